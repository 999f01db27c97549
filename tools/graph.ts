import { dirname } from "node:path";
import { type Graph, recordGraph } from "embedded-aws/recorder";
import { readStackConfig } from "embedded-aws/stackConfig";

const root = dirname(import.meta.dirname);

export const place = {
    region: "eu-west-1",
    account: "000000000000",
    awsUrl: "https://sqs.eu-west-1.amazonaws.com",
    apiUrl: "https://api.execute-api.eu-west-1.amazonaws.com",
};

const frames = Error.stackTraceLimit;
let evaluations = 0;

/** The program in index.ts, evaluated anew at every call. */
export const wholeProgram = (): Promise<object> => {
    evaluations += 1;
    return import(`../index.ts?${evaluations}`);
};

/** The graph of a program for a stack, with some settings changed, by their paths; in a preview nothing exists yet. */
export async function graphOf(
    stack: string,
    settings: Changes = {},
    mode: "up" | "preview" = "up",
    run: () => Promise<object> = wholeProgram,
): Promise<Graph> {
    const { project, values } = readStackConfig(root, stack);
    // Pulumi keeps the stack trace of every promise that it makes, which takes longer than all the rest. Where a program fails,
    // `npm start` shows.
    Error.stackTraceLimit = 0;
    try {
        return await recordGraph({
            project,
            stack,
            place,
            config: withChanges(values, project, settings),
            preview: mode === "preview",
            run,
        });
    } finally {
        Error.stackTraceLimit = frames;
    }
}

/** Settings by path, as `pulumi config set --path` takes them: `{"orders.mail.sender": "shop@example.com"}`. */
export type Changes = Readonly<Record<string, unknown>>;

export function withChanges(
    values: Readonly<Record<string, string>>,
    project: string,
    changes: Changes,
): Record<string, string> {
    const changed = { ...values };
    for (const [path, value] of Object.entries(changes)) {
        const [group, ...names] = path.split(".");
        const key = `${project}:${group}`;
        const set = setAt(JSON.parse(changed[key] ?? "{}"), names, value);
        changed[key] = typeof set === "string" ? set : JSON.stringify(set);
    }
    return changed;
}

function setAt(table: unknown, [name, ...names]: readonly string[], value: unknown): unknown {
    if (name === undefined) return value;
    const members: Record<string, unknown> = { ...(table as object) };
    return { ...members, [name]: setAt(members[name] ?? {}, names, value) };
}
