import { type DeadLetter, nameOf } from "./deadLetter.ts";
import type { Identifiers } from "./identifiers.ts";
import { complaintIn, complaintOf } from "./logLine.ts";
import type { Logs } from "./logs.ts";
import type { Queue, Relations } from "./queues.ts";
import { span } from "./terminal.ts";

/** A dead-letter message as an operator sees it. */
export interface Explanation extends Identifiers {
    readonly queue: string;
    readonly messageId: string;
    /** What failed on it: the function, or what could not be reached. */
    readonly failed: string;
    readonly error: string;
    /** ISO 8601: when it was sent at first. */
    readonly firstSeen: string;
    /** Tries of its consumer, where SQS moved it: SQS's own count also has the times that it was looked at. */
    readonly tries?: number;
    /** What redriving it would do. */
    readonly redrive: string;
}

/** What failed, by the message and by who reads the queue that it came from. */
export function failedAt({ origin }: DeadLetter, queue: Queue, relations: Relations): string {
    switch (origin.kind) {
        case "message": {
            const readers = relations.readersOf(origin.queueArn).map(nameOf);
            return readers.length === 0 ? `the consumer of ${nameOf(origin.queueArn)}` : readers.join(", ");
        }
        case "invocation":
        case "stream":
            return nameOf(origin.functionArn);
        case "event":
            return `the rule ${nameOf(origin.ruleArn)}, on its way to ${nameOf(origin.targetArn)}`;
        case "schedule":
            return `a schedule, on its way to ${nameOf(origin.targetArn)}`;
        case "notification":
            return `the topic ${nameOf(origin.topicArn)}, on its way to its subscriber`;
        case "record":
        case "delivery":
        case "order":
            return relations.writerTo(queue)?.FunctionName ?? "unknown";
        case "unknown":
            return "unknown";
    }
}

/** As often as its queue allows, where the queue moved it: a function parks at the first try. */
export function triesOf({ origin, held }: DeadLetter, relations: Relations): { readonly tries?: number } {
    const isParked = held.attributes["returnTo"] !== undefined && held.system["DeadLetterQueueSourceArn"] === undefined;
    const tries = origin.kind === "message" && !isParked ? relations.queueOf(origin.queueArn)?.maxReceives : undefined;
    return tries === undefined ? {} : { tries };
}

/** Why it is dead: by what it says itself, else by what the function logged about it. */
export async function errorOf(deadLetter: DeadLetter, relations: Relations, logs: Logs): Promise<string> {
    if (deadLetter.error !== undefined) return deadLetter.error;
    const { held, origin, about, sentAt } = deadLetter;
    const from = sentAt - 60_000;
    switch (origin.kind) {
        case "message": {
            const groups = relations.readersOf(origin.queueArn).map((arn) => relations.logGroupOf(arn));
            const found = await complaint(logs, groups, [held.messageId, about.correlationId, about.orderId], from);
            return found ?? (await crashIn(logs, groups, from)) ?? unlogged(groups);
        }
        case "stream": {
            const groups = [relations.logGroupOf(origin.functionArn)];
            return (await complaint(logs, groups, [origin.requestId], from - 20 * 3_600_000)) ?? unlogged(groups);
        }
        default:
            return "it does not say why";
    }
}

/** By the first of the words that a complaint names: the message, else what it is about. */
async function complaint(
    logs: Logs,
    groups: readonly string[],
    words: readonly (string | undefined)[],
    from: number,
): Promise<string | undefined> {
    const known = words.filter((word) => word !== undefined);
    const lines = groups.length === 0 ? [] : await logs.find({ groups, words: known, from });
    for (const word of known) {
        const line = complaintIn(lines.filter(({ text }) => text.includes(word)));
        if (line !== undefined) return complaintOf(line);
    }
    return undefined;
}

/** Who times out or crashes names no message. */
async function crashIn(logs: Logs, groups: readonly string[], from: number): Promise<string | undefined> {
    if (groups.length === 0) return undefined;
    const words = ["Task timed out", "Status: timeout", "Status: error", '"status":"timeout"', '"status":"error"'];
    const line = complaintIn(await logs.find({ groups, words, from }));
    return line && `perhaps, for no line names the message: ${complaintOf(line)}`;
}

const unlogged = (groups: readonly string[]): string =>
    groups.length === 0 ? "its queue has no consumer" : `no log line about it in ${groups.join(", ")}`;

/** Everything about a message but the hints for the terminal. */
export function explanationOf(
    { held, about, sentAt }: DeadLetter,
    { name: queue }: Queue,
    { failed, error, tries, redrive }: Pick<Explanation, "failed" | "error" | "tries" | "redrive">,
): Explanation {
    const firstSeen = new Date(sentAt).toISOString();
    const tried = tries === undefined ? {} : { tries };
    return { queue, messageId: held.messageId, failed, error, ...about, firstSeen, ...tried, redrive };
}

/** Its lines on a screen: what is known of it by name. */
export function linesOf(explanation: Explanation, now: number): [name: string, value: string][] {
    const { firstSeen, tries, messageId, redrive, orderId, sessionId, endpointId, deliveryId } = explanation;
    const { customerId, anonymousId, dataErasure } = explanation;
    const lines: [string, string | undefined][] = [
        ["order", orderId],
        ["session", sessionId],
        ["delivery", deliveryId],
        ["endpoint", endpointId],
        ["customer", customerId],
        ["anonymous id", anonymousId],
        ["data erasure", dataErasure],
        ["correlation", explanation.correlationId],
        ["message", messageId],
        [
            "first seen",
            `${firstSeen} (${span(now - Date.parse(firstSeen))} ago)${tries === undefined ? "" : `, tried ${tries} times`}`,
        ],
        ["redrive", redrive],
    ];
    return lines.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** Counts failures by their text, the most frequent first. */
export function kindsOf(letters: readonly { readonly failed: string }[]): string {
    const counts = Map.groupBy(letters, ({ failed }) => failed);
    return [...counts]
        .sort(([, one], [, other]) => other.length - one.length)
        .map(([failed, { length }]) => (length === 1 ? failed : `${failed} (${length})`))
        .join("; ");
}
