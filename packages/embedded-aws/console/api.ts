import { useEffect, useState } from "preact/hooks";

/** An answer that tells what is wrong. */
class AnswerError extends Error {
    override readonly name = "AnswerError";
    readonly status: number;

    constructor(status: number, message: string) {
        super(message);
        this.status = status;
    }
}

async function answered<Answer>(response: Response): Promise<Answer> {
    const text = await response.text();
    // What a view answers is described by the OpenAPI document, which a test compares with the answers.
    const body = text === "" ? undefined : JSON.parse(text);
    if (response.ok) return body;
    throw new AnswerError(response.status, body?.message ?? body?.detail ?? body?.title ?? text);
}

/** Reads a view: `get("queues", { name })`; of a parameter with several values it is given all. */
export async function get<Answer>(
    view: string,
    parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): Promise<Answer> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        for (const each of value === undefined ? [] : [value].flat()) search.append(name, each);
    }
    const query = search.toString();
    return answered(await fetch(`/_local/${view}${query === "" ? "" : `?${query}`}`));
}

/** Changes something of the cloud. */
export async function post<Answer>(action: string, input: object): Promise<Answer> {
    return answered(
        await fetch(`/_local/${action}`, {
            method: "POST",
            headers: { "content-type": "application/json", "x-console": "1" },
            body: JSON.stringify(input),
        }),
    );
}

interface Loaded<Answer> {
    readonly value: Answer | undefined;
    readonly error: string | undefined;
    readonly isLoading: boolean;
    reload(): void;
}

/** What `load` brings; again when one of `inputs` changes, and then the old value stays until the new one is there. */
export function useLoaded<Answer>(load: () => Promise<Answer>, inputs: readonly unknown[]): Loaded<Answer> {
    const [state, setState] = useState<{ value?: Answer; error?: string; isLoading: boolean }>({ isLoading: true });
    const [turn, setTurn] = useState(0);
    useEffect(() => {
        let isCurrent = true;
        setState((before) => ({ ...before, isLoading: true }));
        load().then(
            (value) => isCurrent && setState({ value, isLoading: false }),
            (error: unknown) =>
                isCurrent &&
                setState((before) => ({
                    ...before,
                    error: error instanceof Error ? error.message : String(error),
                    isLoading: false,
                })),
        );
        return () => {
            isCurrent = false;
        };
    }, [...inputs, turn]);
    return { value: state.value, error: state.error, isLoading: state.isLoading, reload: () => setTurn((n) => n + 1) };
}
