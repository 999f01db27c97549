// Child process of `function.ts`: one Lambda environment. It loads the callback, then invokes it for each message. When
// it is asked what of the callback's code has run so far, it says that instead.
import { type Profiler, Session } from "node:inspector/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface Invocation {
    readonly id: number;
    readonly event: unknown;
    readonly remainingMs: number;
}
export type Outcome =
    | { readonly ready: true }
    | { readonly ran: readonly Ran[] }
    | { readonly id: number; readonly result: unknown }
    | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

/** From one place of the code, in UTF-16 units, to before another. */
export type Span = readonly [from: number, to: number];

/** What has run of a file of the bundle. */
export interface Ran {
    readonly file: string;
    readonly spans: readonly Span[];
}

const file = process.argv[2] ?? "";
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

const send = (outcome: Outcome) => process.send?.(outcome);
const { handler }: { handler: (event: unknown, context: unknown) => Promise<unknown> } = await import(file);

process.on("message", (message: Invocation | "what ran") => {
    if (message === "what ran") {
        void whatRan().then((ran) => send({ ran }));
        return;
    }
    const { id, event, remainingMs } = message;
    const ends = Date.now() + remainingMs;
    const context = { awsRequestId: `request-${id}`, getRemainingTimeInMillis: () => ends - Date.now() };
    const ended = () => process.stdout.write(`${JSON.stringify({ ended: id })}\n`);
    handler(event, context)
        .then(
            (result) => send({ id, result: result ?? null }),
            (error: Error) => send({ id, error: { name: error.name, message: error.message } }),
        )
        .finally(ended);
});
send({ ready: true });

/** The callback's file, and what it loads from beside it. */
async function whatRan(): Promise<Ran[]> {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const folder = new URL(".", pathToFileURL(file)).href;
    return result
        .filter(({ url }) => url.startsWith(folder) && url.endsWith(".mjs"))
        .map(({ url, functions }) => ({
            file: fileURLToPath(url),
            spans: spansOf(functions.flatMap(({ ranges }) => ranges)),
        }));
}

/** Of ranges within ranges the innermost decides whether its code has run. */
function spansOf(ranges: readonly Profiler.CoverageRange[]): Span[] {
    const sorted = ranges.toSorted(
        (one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset,
    );
    const spans: [from: number, to: number][] = [];
    const open: Profiler.CoverageRange[] = [];
    let at = 0;
    const upTo = (end: number) => {
        const last = spans.at(-1);
        if ((open.at(-1)?.count ?? 0) > 0 && end > at) {
            if (last?.[1] === at) last[1] = end;
            else spans.push([at, end]);
        }
        at = Math.max(at, end);
    };
    const closeUpTo = (end: number) => {
        for (let inner = open.at(-1); inner !== undefined && inner.endOffset <= end; inner = open.at(-1)) {
            upTo(inner.endOffset);
            open.pop();
        }
    };
    for (const range of sorted) {
        closeUpTo(range.startOffset);
        upTo(range.startOffset);
        open.push(range);
    }
    closeUpTo(Number.POSITIVE_INFINITY);
    return spans;
}
