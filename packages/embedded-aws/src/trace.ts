import { isInput, partOf } from "./aws/input.ts";
import type { TraceFile } from "./traceFile.ts";

/** One thing that happened in the cloud, for `/_local/trace`, the console and the terminal. */
export interface TraceEntry {
    /** When it was over; milliseconds since the epoch. */
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
    /** One readable sentence, or the line of a log. */
    readonly text: string;
    /** What was sent: the body of a request, the event of a function. As much of it as a trace keeps. */
    readonly payload?: string;
    /** What was answered. */
    readonly result?: string;
    /** `sqs:SendMessage` */
    readonly action?: string;
    /** What a policy must allow for that: `dynamodb:PutItem` and `dynamodb:UpdateItem` for a transaction. */
    readonly rights?: readonly string[];
    /** ARNs of what was called. */
    readonly callees?: readonly string[];
    /** The status of HTTP; of an invocation 200 or 500. */
    readonly status?: number;
    readonly durationMs?: number;
    /** How long it waited for an environment before, and how much of that was a cold start. */
    readonly waitMs?: number;
    readonly initMs?: number;
    /** Of the request, invocation, event or message that it belongs to. */
    readonly requestId?: string;
    /** Name of the log group that it is a line of. */
    readonly logGroup?: string;
    readonly logStream?: string;
}

/** An entry with its place among all; numbers only grow, also over restarts. */
export interface Recorded extends TraceEntry {
    readonly sequence: number;
}

export type Trace = (entry: TraceEntry) => void;

/** Enough for some thousand requests with all that they cause. */
const entryLimit = 50_000;
/** Of all texts together: large payloads must not fill the memory. */
const characterLimit = 32_000_000;
/** As much of a payload as an entry keeps: enough to find a correlation id in a batch. */
export const tracedCharacters = 16_384;
/** What was dropped is kept longer than the rest: it is the one thing to be found afterwards. */
const dropLimit = 1_000;

/** Of what begins in the same moment, a cause stands before its effects. */
const rank: Readonly<Record<TraceEntry["what"], number>> = {
    request: 0,
    invocation: 1,
    call: 2,
    denied: 2,
    event: 3,
    delivery: 4,
    mail: 4,
    failure: 5,
    dropped: 5,
    log: 6,
    response: 7,
};

/** The last things that happened in the cloud, in memory and on disk; the oldest go first. */
export class TraceStore {
    #entries: Recorded[] = [];
    readonly #dropped: Recorded[] = [];
    readonly #listeners = new Set<(entry: Recorded) => void>();
    readonly #file: TraceFile | undefined;
    #isLoaded = false;
    #characters = 0;
    #sequence: number | undefined;

    /** @param file what it is kept in. @default memory alone */
    constructor(file?: TraceFile) {
        this.#file = file;
    }

    add(entry: TraceEntry): void {
        const sequence = (this.#sequence ?? this.#file?.next ?? Date.now() * 1000) + 1;
        this.#sequence = sequence;
        const recorded: Recorded = { sequence, ...entry };
        this.#keep(recorded);
        this.#file?.append(sequence, recorded);
        for (const listener of this.#listeners) listener(recorded);
    }

    #keep(entry: Recorded): void {
        if (entry.what === "dropped" && this.#dropped.push(entry) > dropLimit) this.#dropped.shift();
        this.#entries.push(entry);
        this.#characters += charactersOf(entry);
        if (this.#entries.length <= entryLimit && this.#characters <= characterLimit) return;
        // Half at a time, so that forgetting costs next to nothing per entry.
        const forgotten = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
        this.#characters -= forgotten.reduce((sum, each) => sum + charactersOf(each), 0);
    }

    /** Of this run and, from the first question on, of the earlier ones: a start does not read what is not asked for. */
    #all(): readonly Recorded[] {
        if (this.#isLoaded) return this.#entries;
        this.#isLoaded = true;
        const own = this.#entries;
        this.#entries = [];
        this.#characters = 0;
        this.#dropped.length = 0;
        const known = new Set(own.map(({ sequence }) => sequence));
        const earlier = (this.#file?.earlier() ?? []).filter(isRecorded).filter(({ sequence }) => !known.has(sequence));
        for (const entry of [...earlier, ...own]) this.#keep(entry);
        return this.#entries;
    }

    /** Tells of each entry from now on. @returns ends it */
    listen(listener: (entry: Recorded) => void): () => void {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    /**
     * What bears one of the ids, by cause and time: entries that name it, and those of invocations and requests that do.
     */
    of(...ids: readonly string[]): Recorded[] {
        const all = this.#all();
        const direct = new Set(all.filter((entry) => ids.some((id) => isAbout(entry, id))));
        const requests = new Set([...direct].flatMap(({ requestId }) => requestId ?? []));
        // A function's event names the request to the API that it is about.
        for (const { what, payload } of direct) {
            const [, request] = (what === "invocation" && /"requestId":"([^"]+)"/.exec(payload ?? "")) || [];
            if (request !== undefined) requests.add(request);
        }
        return inOrder(
            all.filter(
                (entry) => direct.has(entry) || (entry.requestId !== undefined && requests.has(entry.requestId)),
            ),
        );
    }

    /** The newest entries that a test passes, the newest first; before a number where one is given. */
    newest(limit: number, passes: (entry: Recorded) => boolean, before = Number.POSITIVE_INFINITY): Recorded[] {
        const found: Recorded[] = [];
        const all = this.#all();
        for (let index = all.length - 1; index >= 0 && found.length < limit; index -= 1) {
            const entry = all[index];
            if (entry !== undefined && entry.sequence < before && passes(entry)) found.push(entry);
        }
        return found;
    }

    /** All that came after a number, as it came. */
    after(sequence: number): Recorded[] {
        return this.#all().filter((entry) => entry.sequence > sequence);
    }

    /** What was accepted and is lost, the newest first. */
    dropped(): Recorded[] {
        this.#all();
        return this.#dropped.toReversed();
    }

    /** The lines of log groups from `start` to `end` (milliseconds since 1970), as they came. */
    lines(logGroups: readonly string[], start: number, end: number): Recorded[] {
        return this.#all().filter(
            ({ time, logGroup }) =>
                logGroup !== undefined && logGroups.includes(logGroup) && time >= start && time <= end,
        );
    }

    /** Why something failed: the newest error that a function logged about an id, else what the platform tells. */
    reasonOf(id: string): string | undefined {
        const about = this.#all().filter(({ what, text }) => /^(log|failure|dropped)$/.test(what) && text.includes(id));
        const logged = about.filter(({ what }) => what === "log").flatMap(({ text }) => errorIn(text) ?? []);
        return logged.at(-1) ?? about.findLast(({ what }) => what !== "log")?.text;
    }

    close(): void {
        this.#file?.close();
    }
}

/** When something began. */
export const startOf = ({ time, durationMs = 0 }: TraceEntry): number => time - durationMs;

/** What stands for it in an order: an answer is an effect of what was done until then. */
const momentOf = (entry: TraceEntry): number => (entry.what === "response" ? entry.time : startOf(entry));

/** By cause, then time: what causes begins first, and of what begins together it stands first. */
function inOrder(entries: readonly Recorded[]): Recorded[] {
    return [...entries].sort(
        (one, other) =>
            Math.floor(momentOf(one)) - Math.floor(momentOf(other)) ||
            rank[one.what] - rank[other.what] ||
            momentOf(one) - momentOf(other) ||
            one.sequence - other.sequence,
    );
}

const isAbout = ({ requestId, text, where, payload, result }: TraceEntry, id: string): boolean =>
    requestId === id ||
    text.includes(id) ||
    where.includes(id) ||
    (payload?.includes(id) ?? false) ||
    (result?.includes(id) ?? false);

const charactersOf = ({ text, payload = "", result = "" }: TraceEntry): number =>
    text.length + payload.length + result.length;

const isRecorded = (value: unknown): value is Recorded =>
    isInput(value) && typeof value["sequence"] === "number" && typeof value["text"] === "string";

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
