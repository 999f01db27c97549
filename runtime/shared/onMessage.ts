import { createHash } from "node:crypto";
import type { Context, SNSEvent, SNSEventRecord, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Outcome as AuditOutcome, Entry } from "./auditChain.ts";
import { AuditTrail, type AuditVariables } from "./auditTrail.ts";
import { dynamo } from "./dynamo.ts";
import { jsonIn } from "./http.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { type Log, log } from "./log.ts";
import { messageMetrics, msSince } from "./metrics.ts";
import { done, notDone, type Outcome } from "./outcome.ts";
import type { Write } from "./transact.ts";

interface Message {
    /** The publisher's id, else the topic's: the same for every subscriber and every copy. */
    readonly id: string;
    readonly type: string;
    readonly correlationId: string;
    /** ISO 8601 */
    readonly publishedAt: string;
    readonly content: JsonObject;
    /** The published text, unchanged. */
    readonly text: string;
}

/** Attributes for filters of subscriptions. */
export type AttributeName = "CorrelationId" | "Environment" | "MessageId" | "MessageType" | "Timestamp";

/** A notification contains no valid message. */
class InvalidMessageError extends Error {
    override readonly name = "InvalidMessageError";
}

/** The result of a message. */
interface Worked {
    /** @default processed */
    readonly outcome?: Exclude<AuditOutcome, "failed">;
    /** For the log and the audit row: ids and numbers, no personal data. @default none */
    readonly result?: Entry["result"];
    /** Up to 96 writes in the transaction of the audit row. @default none */
    readonly writes?: readonly Write[];
}

type Work = (message: Message, log: Log) => Promise<Worked>;

/** Some messages of an event failed. Lambda retries the event, and finally sends it to the failure queue. */
class MessagesFailedError extends AggregateError {
    override readonly name = "MessagesFailedError";

    constructor(ids: readonly string[], errors: readonly unknown[]) {
        super(errors, `failed at the messages ${ids.join(", ")}`);
    }
}

/**
 * Handler of a subscriber, invoked by the topic or through a queue. Processes all messages of the event independently and
 * skips those that are done. Writes the result of `work` once, in one transaction with the mark that the message is done.
 * Other side effects of `work` may repeat, after a crash or if two copies of a message arrive at the same time. Lambda
 * retries errors.
 */
export function onMessage(env: AuditVariables, work: Work) {
    const trail = AuditTrail.of(dynamo, env);
    return async (event: SNSEvent | SQSEvent, context: Context): Promise<SQSBatchResponse | undefined> => {
        const records: readonly (SNSEventRecord | SQSRecord)[] = event.Records;
        const outcomes = await Promise.allSettled(records.map((record) => receive(record, trail, work, context)));
        const failed = records.filter((_, index) => outcomes[index]?.status === "rejected").map(idOf);
        if (records.some(isQueued)) return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
        if (failed.length === 0) return undefined;
        const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
        throw new MessagesFailedError(failed, errors);
    };
}

async function receive(
    record: SNSEventRecord | SQSRecord,
    trail: AuditTrail,
    work: Work,
    context: Context,
): Promise<Outcome> {
    const start = performance.now();
    let invocation = log.forInvocation(context, { record_id: idOf(record) });
    try {
        const message = messageIn(isQueued(record) ? jsonIn(Buffer.from(record.body)) : record.Sns);
        const { id: messageId, type: messageType, correlationId } = message;
        invocation = invocation.with({ correlationId, messageId, messageType });
        if (await trail.isDone(messageId))
            return done(invocation, "Message processed before", messageMetrics({ Repeated: 1 }));

        const contentHash = createHash("sha256").update(message.text).digest("hex");
        const subject = { messageId, messageType, correlationId, contentHash };
        const worked = work(message, invocation).catch(async (error: unknown) => {
            await recordFailure(trail, subject, error, invocation);
            throw error;
        });
        const { outcome = "processed", result = {}, writes } = await worked;
        const recorded = await trail.record({ ...subject, outcome, result }, writes);
        if (recorded === "repeated") {
            return done(
                invocation,
                "Message processed by another invocation meanwhile",
                messageMetrics({ Repeated: 1 }),
            );
        }
        const counted = messageMetrics({ Worked: 1, Failed: 0, WorkMs: msSince(start) });
        const fields = { result, ...counted };
        return outcome === "skipped"
            ? notDone(invocation, "MessageSkipped", fields)
            : done(invocation, `Message ${outcome}`, fields);
    } catch (error) {
        invocation.error("The message could not be processed", { error, ...messageMetrics({ Worked: 0, Failed: 1 }) });
        throw error;
    }
}

/** Records the error's name only: its message may quote content. */
async function recordFailure(
    trail: AuditTrail,
    subject: Pick<Entry, "messageId" | "messageType" | "correlationId" | "contentHash">,
    error: unknown,
    invocation: Log,
): Promise<void> {
    const result = { error: error instanceof Error ? error.name : typeof error };
    // The caller rethrows the original error in any case.
    await trail.record({ ...subject, outcome: "failed", result }).catch((fault: unknown) => {
        notDone(invocation, "AuditRowMissing", { error: fault });
    });
}

function isQueued(record: SNSEventRecord | SQSRecord): record is SQSRecord {
    return "body" in record;
}

function idOf(record: SNSEventRecord | SQSRecord): string {
    return isQueued(record) ? record.messageId : record.Sns.MessageId;
}

/**
 * The message in a notification of the topic (a function's `Sns`, a queue's message body). A message of another publisher
 * needs the attribute MessageType; its id is then the correlation id. Throws InvalidMessageError.
 */
function messageIn(notification: unknown): Message {
    const { MessageId, Message: text, MessageAttributes: attributes, Timestamp: at } = objectIn(notification);
    const id = attribute(attributes, "MessageId") ?? MessageId;
    if (typeof id !== "string" || id === "") throw new InvalidMessageError("it has no id");
    if (typeof text !== "string") throw new InvalidMessageError("it has no text");
    const content = jsonIn(Buffer.from(text));
    if (!isJsonObject(content)) throw new InvalidMessageError("its text is not a JSON object");
    const type = attribute(attributes, "MessageType");
    if (type === undefined) throw new InvalidMessageError("it has no attribute MessageType");
    const publishedAt = Date.parse(attribute(attributes, "Timestamp") ?? String(at));
    if (Number.isNaN(publishedAt)) throw new InvalidMessageError("it does not say when it was published");
    return {
        id,
        type,
        correlationId: attribute(attributes, "CorrelationId") ?? id,
        publishedAt: new Date(publishedAt).toISOString(),
        content,
        text,
    };
}

function attribute(attributes: unknown, name: AttributeName): string | undefined {
    const value = objectIn(objectIn(attributes)[name])["Value"];
    return typeof value === "string" && value !== "" ? value : undefined;
}

const objectIn = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
