import { isInput, partOf } from "./aws/input.ts";

/** One thing that happened in the cloud, for `/_local/trace` and the terminal. */
export interface TraceEntry {
    /** Milliseconds since the epoch. */
    readonly time: number;
    readonly what:
        | "request"
        | "response"
        | "call"
        | "denied"
        | "event"
        | "delivery"
        | "invocation"
        | "log"
        | "failure"
        /** An accepted event or message was lost: no target and no dead-letter queue took it. */
        | "dropped"
        | "mail";
    /** Name of the route, function, queue, rule or topic. */
    readonly where: string;
    /** One readable sentence or JSON text; searched for the correlation id. */
    readonly text: string;
    readonly durationMs?: number;
    readonly requestId?: string;
    /** Name of the log group that it is a line of. */
    readonly logGroup?: string;
    readonly logStream?: string;
}

export type Trace = (entry: TraceEntry) => void;

/** Enough for some thousand requests with all that they cause. */
const entryLimit = 50_000;
/** Of all texts together: large payloads must not fill the memory. */
const characterLimit = 16_000_000;
/** What was dropped is kept longer than the rest: it is the one thing to be found afterwards. */
const dropLimit = 1_000;

/** The last things that happened in the cloud, kept in memory; the oldest go first. */
export class TraceStore {
    readonly #entries: TraceEntry[] = [];
    readonly #dropped: TraceEntry[] = [];
    #characters = 0;

    add(entry: TraceEntry): void {
        if (entry.what === "dropped" && this.#dropped.push(entry) > dropLimit) this.#dropped.shift();
        this.#entries.push(entry);
        this.#characters += entry.text.length;
        if (this.#entries.length <= entryLimit && this.#characters <= characterLimit) return;
        // Half at a time, so that forgetting costs next to nothing per entry.
        const forgotten = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
        this.#characters -= forgotten.reduce((sum, { text }) => sum + text.length, 0);
    }

    /** What bears an id, in the order of time: entries that name it, and those of invocations and requests that do. */
    of(id: string): TraceEntry[] {
        const direct = new Set(this.#entries.filter(({ text, requestId }) => requestId === id || text.includes(id)));
        const requests = new Set([...direct].flatMap(({ requestId }) => requestId ?? []));
        return this.#entries
            .filter((entry) => direct.has(entry) || (entry.requestId !== undefined && requests.has(entry.requestId)))
            .sort((one, other) => one.time - other.time)
            .map((entry) => ({ ...entry, text: withoutCredentials(entry.text) }));
    }

    /** What was accepted and is lost, the newest first. */
    dropped(): TraceEntry[] {
        return this.#dropped.toReversed();
    }

    /** The lines of log groups from `start` to `end` (milliseconds since 1970), as they came. */
    lines(logGroups: readonly string[], start: number, end: number): TraceEntry[] {
        return this.#entries.filter(
            ({ time, logGroup }) =>
                logGroup !== undefined && logGroups.includes(logGroup) && time >= start && time <= end,
        );
    }

    /** Why something failed: the newest error that a function logged about an id, else what the platform tells. */
    reasonOf(id: string): string | undefined {
        const about = this.#entries.filter(
            ({ what, text }) => /^(log|failure|dropped)$/.test(what) && text.includes(id),
        );
        const logged = about.filter(({ what }) => what === "log").flatMap(({ text }) => errorIn(text) ?? []);
        return logged.at(-1) ?? about.findLast(({ what }) => what !== "log")?.text;
    }
}

/** Removes headers that hold credentials, in an event as JSON and in one within a string. */
function withoutCredentials(text: string): string {
    const lists = /(\\*"(?:identitySource|cookies)\\*":\s*)\[[^\]]*\]/g;
    return text
        .replace(lists, "$1[***]")
        .replace(/(\\*"(?:x-api-key|authorization|cookie)\\*":\s*\\*")[^"\\]*/gi, "$1***");
}

/** What a JSON log line of the level error says, with its error's name and message. */
function errorIn(text: string): string | undefined {
    if (!/"level":\s*"(error|critical)"/i.test(text)) return undefined;
    let line: unknown;
    try {
        line = JSON.parse(text);
    } catch {
        return undefined;
    }
    if (!isInput(line)) return undefined;
    const { name, message } = partOf(line, "error");
    const cause = name === undefined && message === undefined ? [] : [`${name}: ${message}`];
    return [String(line["message"]), ...cause].join(": ");
}
