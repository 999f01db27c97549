import { parseDeadLetter } from "./deadLetter.ts";
import { type Explanation, errorOf, explanationOf, failedAt } from "./explanation.ts";
import type { Identifiers } from "./identifiers.ts";
import type { LogLine } from "./logLine.ts";
import { Logs } from "./logs.ts";
import { type Queue, Reading, Relations } from "./queues.ts";
import { type Recorded, Records } from "./records.ts";
import { redrivePlanOf } from "./redrivePlan.ts";
import { inBatches, type Stack } from "./stack.ts";
import { entriesIn, inOrder, isAbout, type TimelineEntry } from "./timeline.ts";

/** What happened to something, and where it is stuck. */
export interface Journey {
    readonly entries: readonly TimelineEntry[];
    readonly deadLetters: readonly Explanation[];
    readonly orderIds: readonly string[];
    readonly sessionIds: readonly string[];
    readonly correlationIds: readonly string[];
    /** Queues of which not every dead letter was read: others were reading there, or more came than SQS had counted. */
    readonly unread: readonly { readonly queue: string; readonly messages: number; readonly read: number }[];
    /** ISO 8601: from when on logs were looked through. */
    readonly since: string;
}

/** What was found where. */
interface Found {
    /** In tables and queues. */
    readonly told: readonly TimelineEntry[];
    /** In the logs of functions and APIs. */
    readonly lines: readonly LogLine[];
    /** In the same logs, of Lambda about the invocations that these lines are of. */
    readonly reports: readonly LogLine[];
    readonly letters: readonly ReadQueue[];
}

/** Clocks differ, and what is retried ends later than what is said about it. */
const slackMs = 60_000;

/** Collects the records, log lines and dead-letter messages of an order, a session or a correlation id. */
export class Inquiry {
    readonly #id: string;
    readonly #stack: Stack;
    readonly #records: Records;
    readonly #logs: Logs;
    #from: number;
    #groups: readonly string[] = [];
    readonly #cast = { orderIds: new Set<string>(), sessionIds: new Set<string>(), correlationIds: new Set<string>() };
    readonly #recorded: TimelineEntry[] = [];
    readonly #searched = new Set<string>();
    /** By what makes them the same line. */
    readonly #lines = new Map<string, LogLine>();

    /** @param from milliseconds since 1970: from when on logs are looked through for what no table knows of */
    constructor(id: string, stack: Stack, from: number) {
        this.#id = id;
        this.#stack = stack;
        this.#records = new Records(stack);
        this.#logs = new Logs(stack);
        this.#from = from;
    }

    async journey(): Promise<Journey> {
        const { told, lines, reports, letters } = await this.find();
        const { orderIds, sessionIds, correlationIds } = this.#cast;
        return {
            unread: letters
                .filter(({ messages, read }) => read < messages)
                .map(({ queue, messages, read }) => ({ queue, messages, read })),
            entries: inOrder([...told, ...entriesIn(lines, reports)]),
            deadLetters: letters.flatMap(({ explanations }) => explanations),
            orderIds: [...orderIds],
            sessionIds: [...sessionIds],
            correlationIds: [...correlationIds],
            since: new Date(this.#from).toISOString(),
        };
    }

    /** Looks through tables, logs and queues. */
    async find(): Promise<Found> {
        // The order that a session becomes is called like it.
        await this.#meet(this.#id.replace(/^cs_/, "ord_"), this.#id.replace(/^ord_/, "cs_"));
        const first = Math.min(...this.#recorded.map(({ time }) => time));
        if (Number.isFinite(first)) this.#from = first - slackMs;
        this.#groups = await this.#logs.groups();
        await this.#search();
        await this.#follow();
        await this.#search();

        const own = [...this.#lines.values()].filter(({ about }) => this.#concerns(about));
        const [reports, deliveries, redrives, skipped, letters] = await Promise.all([
            this.#reports(own),
            this.#records.deliveries(this.#cast, this.#from),
            this.#records.redrives((about) => this.#concerns(about), this.#from),
            this.#records.skipped([...new Set([this.#id, ...this.#cast.correlationIds])]),
            this.#deadLetters(),
        ]);
        const stuckLetters = letters.flatMap(({ explanations }) => explanations.map(stuck));
        return {
            told: [...this.#recorded, ...deliveries, ...redrives, ...skipped, ...stuckLetters],
            lines: own,
            reports,
            letters,
        };
    }

    /** Takes up what the tables know of an order and a session; an id that is neither is not in there. */
    async #meet(orderId: string | undefined, sessionId: string | undefined): Promise<void> {
        const { orderIds, sessionIds } = this.#cast;
        if (orderId !== undefined && !orderIds.has(orderId)) {
            this.#take(orderId, orderIds, await this.#records.order(orderId));
        }
        if (sessionId !== undefined && !sessionIds.has(sessionId)) {
            this.#take(sessionId, sessionIds, await this.#records.session(sessionId));
        }
    }

    #take(id: string, ids: Set<string>, recorded: Recorded | undefined): void {
        if (recorded === undefined) return;
        ids.add(id);
        this.#recorded.push(...recorded.entries);
        for (const correlationId of recorded.correlationIds) this.#cast.correlationIds.add(correlationId);
    }

    /** Looks for every id that has not been looked for. */
    async #search(): Promise<void> {
        const { orderIds, sessionIds, correlationIds } = this.#cast;
        const ids = new Set([this.#id, ...orderIds, ...sessionIds, ...correlationIds]);
        const words = [...ids].filter((id) => !this.#searched.has(id));
        if (words.length === 0) return;
        for (const line of await this.#logs.find({ groups: this.#groups, words, from: this.#from })) {
            this.#lines.set(`${line.time} ${line.where} ${line.text}`, line);
        }
        for (const word of words) this.#searched.add(word);
    }

    /** Lines that name what was asked for name what belongs to it, too, stored or not. */
    async #follow(): Promise<void> {
        for (const { about } of [...this.#lines.values()]) {
            const { orderId, sessionId, correlationId } = about;
            if (!Object.values(about).includes(this.#id)) continue;
            if (orderId === this.#id) this.#cast.orderIds.add(orderId);
            if (sessionId === this.#id) this.#cast.sessionIds.add(sessionId);
            if (correlationId !== undefined) this.#cast.correlationIds.add(correlationId);
            await this.#meet(orderId, sessionId);
        }
    }

    #concerns(about: Identifiers): boolean {
        return isAbout(about, this.#cast) || Object.values(about).includes(this.#id);
    }

    /** What Lambda reports about the invocations: how long they took, and whether they broke off. */
    async #reports(own: readonly LogLine[]): Promise<LogLine[]> {
        const words = [...new Set(own.flatMap(({ requestId }) => requestId ?? []))];
        const times = own.map(({ time }) => time);
        if (words.length === 0) return [];
        const [from, to] = [Math.min(...times) - slackMs, Math.max(...times) + 15 * slackMs];
        const lines = await this.#logs.find({ groups: this.#groups, words, from, to });
        return lines.filter(({ about }) => Object.keys(about).length === 0);
    }

    async #deadLetters(): Promise<ReadQueue[]> {
        const relations = await Relations.of(this.#stack);
        const held = relations.deadLetters.filter(({ messages }) => messages > 0);
        return await inBatches(10, held, (queue) => this.#lettersIn(queue, relations));
    }

    async #lettersIn(queue: Queue, relations: Relations): Promise<ReadQueue> {
        // All are hidden until the last is read: what came back meanwhile would be taken for the end.
        const reading = new Reading(this.#stack.sqs, queue, 60 + Math.ceil(queue.messages / 20));
        const sources = relations.sourcesOf(queue);
        const explanations: Explanation[] = [];
        let read = 0;
        try {
            for await (const held of reading.messages()) {
                read += 1;
                const deadLetter = parseDeadLetter(held, sources);
                if (!this.#concerns(deadLetter.about)) continue;
                const plan = await redrivePlanOf(deadLetter, { stack: this.#stack, relations, queue });
                const error = await errorOf(deadLetter, relations, this.#logs);
                const failed = failedAt(deadLetter, queue, relations);
                explanations.push(explanationOf(deadLetter, queue, { failed, error, redrive: plan.words }));
            }
        } catch (error) {
            // SQS hides 120,000 messages of a queue at a time: the rest counts as unread.
            if (!(error instanceof Error && error.name === "OverLimit")) throw error;
        } finally {
            await reading.giveBack();
        }
        return { queue: queue.name, messages: queue.messages, read, explanations };
    }
}

/** What was found among the dead letters of a queue. */
interface ReadQueue {
    readonly queue: string;
    /** How many there are, as far as SQS has counted. */
    readonly messages: number;
    readonly read: number;
    readonly explanations: readonly Explanation[];
}

const stuck = ({ firstSeen, queue, failed, error }: Explanation): TimelineEntry => ({
    time: Date.parse(firstSeen),
    where: queue,
    what: `a dead-letter message, which lies there: ${failed}: ${error}`,
    level: "error",
});
