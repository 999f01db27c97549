import type { TraceEntry } from "embedded-aws/console";
import { Inquiry } from "../operator/journey.ts";
import { complaintOf, type LogLine } from "../operator/logLine.ts";
import { Logs } from "../operator/logs.ts";
import type { Stack } from "../operator/stack.ts";
import type { TimelineEntry } from "../operator/timeline.ts";

const minuteMs = 60_000;
/** How far back a page without an id looks. */
const recentMs = { failures: 60 * minuteMs, others: 15 * minuteMs } as const;
const mostShown = 60;
/** CloudWatch may know of a line only so much later. */
const lateMs = minuteMs;

/** Lines of our functions, Lambda's about invocations, and access logs of APIs. */
const words = ['"level":"', '"platform.report"', "REPORT RequestId", '"route":"', "Task timed out"];
const complaints = ['"level":"error"', '"level":"ERROR"', "Task timed out"];

/** What happened in an environment on AWS, by its tables and logs, in the form of the console's traces. */
export class Timelines {
    readonly #stack: Stack;
    readonly #logs: Logs;
    readonly #urnOf: (name: string) => string | undefined;
    #groups: Promise<readonly string[]> | undefined;
    #followedFrom: number | undefined;
    /** Lines that were told, by when and where they are. */
    #told = new Map<string, number>();

    /** @param urnOf finds a resource of the program by its name */
    constructor(stack: Stack, urnOf: (name: string) => string | undefined) {
        this.#stack = stack;
        this.#logs = new Logs(stack);
        this.#urnOf = urnOf;
    }

    /**
     * What became of an order with its session, as `npm run journey` finds it, an invocation with its log lines as one; the
     * ids of both name the same.
     */
    async of(ids: readonly string[]) {
        const [id] = ids;
        if (id === undefined) return [];
        const { told, lines, reports } = await new Inquiry(id, this.#stack, Date.now() - 24 * 60 * minuteMs).find();
        const entries: TraceEntry[] = [...told.map(entryOf), ...invocationsIn(lines, reports)];
        return entries.sort((one, other) => one.time - other.time).map((entry, index) => this.#shown(entry, index, {}));
    }

    /** What functions and APIs logged of late, the newest first. @param kinds of entries, with commas; all without */
    async recent(kinds: string, where: string) {
        const isOfFailures = /^(failure|denied|dropped|,)+$/.test(kinds);
        const from = Date.now() - (isOfFailures ? recentMs.failures : recentMs.others);
        const lines = await this.#find(isOfFailures ? complaints : words, from);
        const asked = kinds === "log" ? "event" : kinds;
        const entries = lines
            .map(entryIn)
            .filter(
                ({ what, where: at }) =>
                    (asked === "" || asked.split(",").includes(what)) && (where === "" || at === where),
            )
            .toReversed()
            .slice(0, mostShown)
            .map((entry, index) =>
                this.#shown(entry, lines.length - index, idsOf(lines.find(({ text }) => text === entry.payload))),
            );
        return { entries, next: null };
    }

    /** What was logged since it was last asked; some seconds late, as CloudWatch comes to know of it. */
    async news(): Promise<TraceEntry[]> {
        const now = Date.now();
        this.#followedFrom ??= now - 5_000;
        const lines = await this.#find(words, Math.max(this.#followedFrom, now - lateMs));
        const fresh = lines.filter((line) => !this.#told.has(nameOf(line)));
        this.#told = new Map([...this.#told].filter(([, time]) => time > now - 2 * lateMs));
        for (const line of fresh) this.#told.set(nameOf(line), line.time);
        return fresh.map(entryIn);
    }

    async #find(some: readonly string[], from: number): Promise<LogLine[]> {
        this.#groups ??= this.#logs.groups();
        return await this.#logs.find({ groups: await this.#groups, words: some, from });
    }

    #shown(entry: TraceEntry, sequence: number, ids: Readonly<Record<string, string>>) {
        const resource = this.#urnOf(entry.where);
        const start = entry.time - (entry.durationMs ?? 0);
        return { ...entry, sequence, start, ids, ...(resource !== undefined && { resource }) };
    }
}

/** What a table or a queue tells. */
const entryOf = ({ time, where, what, level, durationMs = 0 }: TimelineEntry): TraceEntry => ({
    time: time + durationMs,
    durationMs,
    what: level === "error" ? "failure" : "event",
    where,
    text: what,
});

/** Answers of APIs, and invocations with the lines that they logged. */
function invocationsIn(lines: readonly LogLine[], reports: readonly LogLine[]): TraceEntry[] {
    const isOfApi = ({ message }: LogLine) => answer.test(message);
    const logged = [...lines.filter((line) => !isOfApi(line)), ...reports.filter(({ isReport }) => !isReport)];
    const ends = reports.filter(({ isReport }) => isReport);
    const isEnded = ({ where, requestId }: LogLine) =>
        ends.some((end) => end.where === where && end.requestId === requestId);
    const running = Map.groupBy(
        logged.filter((line) => !isEnded(line)),
        ({ where, requestId }) => `${where} ${requestId}`,
    );
    const isFailed = (requestId: string | undefined) =>
        logged.some((line) => line.requestId === requestId && line.level === "error");
    return [
        ...lines.filter(isOfApi).map(entryIn),
        ...ends.map((end) => ({ ...entryIn(end), ...(isFailed(end.requestId) && { status: 500 }) })),
        ...[...running.values()].flatMap((own) => unended(own, isFailed(own[0]?.requestId))),
        ...logged.map(({ time, where, text, requestId }): TraceEntry => {
            return { time, where, what: "log", text, ...(requestId !== undefined && { requestId }) };
        }),
    ];
}

/** An invocation of which CloudWatch has no end yet. */
function unended(lines: readonly LogLine[], isFailed: boolean): TraceEntry[] {
    const [first] = lines;
    if (first === undefined) return [];
    const { where, requestId } = first;
    const times = lines.map(({ time }) => time);
    const time = Math.max(...times);
    const durationMs = time - Math.min(...times);
    const status = isFailed ? 500 : 200;
    const entry = { time, durationMs, where, what: "invocation", text: "has not ended yet", status } as const;
    return [{ ...entry, ...(requestId !== undefined && { requestId }) }];
}

const nameOf = ({ time, where, text }: LogLine): string => `${time} ${where} ${text}`;

const idsOf = (line: LogLine | undefined): Record<string, string> =>
    Object.fromEntries(Object.entries(line?.about ?? {}).filter(([, value]) => value !== undefined));

const answer = /^(.*) answered (\d{3})$/;

/** A line as what it tells of: the end of an invocation, an answer of an API, or what a function says. */
function entryIn(line: LogLine): TraceEntry {
    const { time, where, level, text, requestId, durationMs, initMs, isReport } = line;
    const entry = {
        time: time + (isReport ? 0 : (durationMs ?? 0)),
        where,
        payload: text,
        ...(requestId !== undefined && { requestId }),
        ...(durationMs !== undefined && { durationMs }),
        ...(initMs !== undefined && { initMs, waitMs: initMs }),
    };
    const isBad = level === "error";
    if (isReport)
        return { ...entry, what: "invocation", text: isBad ? "failed" : "succeeded", status: isBad ? 500 : 200 };
    const [, route, status] = answer.exec(line.message) ?? [];
    if (route !== undefined) return { ...entry, what: "response", where: route, text: "", status: Number(status) };
    return { ...entry, what: isBad ? "failure" : "event", text: complaintOf(line) };
}
