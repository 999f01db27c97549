import { setTimeout } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { UnreachableError } from "./command.ts";

/** The stack did not answer as it should. */
export class CheckFailedError extends Error {
    override readonly name = "CheckFailed";
}

export interface CheckResult {
    readonly name: string;
    readonly outcome: "good" | "failed" | "skipped";
    readonly ms: number;
    /** What was found. */
    readonly words: string;
}

/** Runs steps one after the other and reports each when it ends. */
export class Checks {
    readonly #report: (result: CheckResult) => void;
    readonly results: CheckResult[] = [];

    constructor(report: (result: CheckResult) => void) {
        this.#report = report;
    }

    /** What a step found, with words for people; undefined when it failed. */
    async step<Found>(
        name: string,
        work: () => Promise<{ readonly words: string; readonly found: Found }>,
    ): Promise<Found | undefined> {
        const startedAt = performance.now();
        try {
            const { words, found } = await work();
            this.#end({ name, outcome: "good", ms: performance.now() - startedAt, words });
            return found;
        } catch (error) {
            if (!(error instanceof CheckFailedError)) throw error;
            this.#end({ name, outcome: "failed", ms: performance.now() - startedAt, words: error.message });
            return undefined;
        }
    }

    skip(name: string, words: string): void {
        this.#end({ name, outcome: "skipped", ms: 0, words });
    }

    #end(result: CheckResult): void {
        this.results.push(result);
        this.#report(result);
    }
}

interface Answer {
    readonly status: number;
    readonly headers: Headers;
    readonly body: JsonObject;
}

/** The public API of a stack, called with a caller's key, if there is one. */
export class Api {
    readonly #url: string;
    readonly #key: string | undefined;

    constructor(url: string, key: string | undefined) {
        this.#url = url.replace(/\/$/, "");
        this.#key = key;
    }

    /** Throws CheckFailed for a status that is not expected, and Unreachable where nothing answers. */
    async call(
        method: string,
        path: string,
        expected: readonly number[],
        body?: object,
        headers: Readonly<Record<string, string>> = {},
    ): Promise<Answer> {
        let answer: Response;
        try {
            answer = await fetch(this.#url + path, {
                method,
                headers: {
                    ...(this.#key !== undefined && { "x-api-key": this.#key }),
                    ...(body !== undefined && { "content-type": "application/json" }),
                    ...headers,
                },
                ...(body !== undefined && { body: JSON.stringify(body) }),
                signal: AbortSignal.timeout(30_000),
            });
        } catch (error) {
            const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
            throw new UnreachableError(`${this.#url} does not answer ${method} ${path}: ${cause}`, { cause: error });
        }
        const text = await answer.text();
        if (!expected.includes(answer.status)) {
            throw new CheckFailedError(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
        }
        return { status: answer.status, headers: answer.headers, body: jsonIn(text) };
    }

    /** Calls the checkout, as an agent does. */
    agent(method: string, path: string, body?: object): Promise<Answer> {
        return this.call(method, path, [200, 201], body, {
            authorization: `Bearer ${this.#key}`,
            "api-version": "2026-04-17",
            "idempotency-key": crypto.randomUUID(),
        });
    }
}

function jsonIn(text: string): JsonObject {
    try {
        const value: unknown = JSON.parse(text);
        return isJsonObject(value) ? value : {};
    } catch {
        return {};
    }
}

/** Asks again until there is an answer; throws CheckFailed when it takes too long. */
export async function within<Found>(
    seconds: number,
    what: string,
    look: () => Promise<Found | undefined>,
): Promise<Found> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new CheckFailedError(`${what} took longer than ${seconds} s`);
        await setTimeout(250);
    }
}
