// Child process of `function.ts`: one Lambda environment. It loads the callback, then invokes it for each message. When
// it is asked what of the callback's code has run so far, it says that instead.
// Plain JavaScript, because stripping types doubles the start of a process.
import { Session } from "node:inspector/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const file = process.argv[2] ?? "";
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** @param {import("./function.ts").Outcome} outcome */
const send = (outcome) => process.send?.(outcome);
/** @type {{ handler: (event: unknown, context: unknown) => Promise<unknown> }} */
const { handler } = await import(file);

process.on("message", (/** @type {import("./function.ts").Invocation | "what ran"} */ message) => {
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
            (/** @type {Error} */ error) => send({ id, error: { name: error.name, message: error.message } }),
        )
        .finally(ended);
});
// Whoever started it is gone, in whichever way: what the callback still waits for keeps no process.
process.on("disconnect", () => process.exit());
send({ ready: true });

/** The callback's file, and what it loads from beside it. @returns {Promise<import("./bundles.ts").Ran[]>} */
async function whatRan() {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const folder = new URL(".", pathToFileURL(file)).href;
    return result
        .filter(({ url }) => url.startsWith(folder) && url.endsWith(".mjs"))
        .map(({ url, functions }) => ({
            file: fileURLToPath(url),
            spans: spansOf(functions.flatMap(({ ranges }) => ranges)),
        }));
}

/**
 * Of ranges within ranges the innermost decides whether its code has run.
 * @param {readonly import("node:inspector/promises").Profiler.CoverageRange[]} ranges
 * @returns {import("./bundles.ts").Span[]}
 */
function spansOf(ranges) {
    const sorted = ranges.toSorted(
        (one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset,
    );
    /** @type {[from: number, to: number][]} */
    const spans = [];
    /** @type {import("node:inspector/promises").Profiler.CoverageRange[]} */
    const open = [];
    let at = 0;
    const upTo = (/** @type {number} */ end) => {
        const last = spans.at(-1);
        if ((open.at(-1)?.count ?? 0) > 0 && end > at) {
            if (last?.[1] === at) last[1] = end;
            else spans.push([at, end]);
        }
        at = Math.max(at, end);
    };
    const closeUpTo = (/** @type {number} */ end) => {
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
