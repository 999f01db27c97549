import { createHash } from "node:crypto";
import type { Context, SNSEvent, SNSEventRecord, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { dynamo } from "../../shared/dynamo.ts";
import { jsonIn } from "../../shared/http.ts";
import { type Log, log } from "../../shared/log.ts";
import { done, notDone, type Outcome } from "../../shared/outcome.ts";
import type { Write } from "../../shared/transact.ts";
import type { Outcome as AuditOutcome, Entry } from "./auditChain.ts";
import { AuditTrail, type AuditVariables } from "./auditTrail.ts";
import { type Message, messageIn } from "./message.ts";
import { metrics, msSince } from "./metrics.ts";

/** What came of a message. */
export interface Worked {
    /** @default processed */
    readonly outcome?: Exclude<AuditOutcome, "failed">;
    /** For the log and the audit row: ids and numbers, and nothing personal. @default nothing */
    readonly result?: Entry["result"];
    /** What is to be written together with the audit row: up to 97 items. @default nothing */
    readonly writes?: readonly Write[];
}

type Work = (message: Message, log: Log) => Promise<Worked>;

/** Some messages of an event failed; Lambda brings the event again, and in the end puts it into the failures. */
export class MessagesFailed extends AggregateError {
    override readonly name = "MessagesFailed";

    constructor(ids: readonly string[], errors: readonly unknown[]) {
        super(errors, `failed at the messages ${ids.join(", ")}`);
    }
}

/**
 * The handler of a subscriber, whether the topic calls it itself or by a queue. Every message of the event is worked on,
 * whatever becomes of the others; one that the subscriber is done with is passed over. What `work` returns is written
 * once, with the mark that the message is done with; what it does elsewhere may happen again, when the function is ended
 * in between or two copies of a message arrive at the same moment. Errors go on to Lambda, which tries again.
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
        throw new MessagesFailed(failed, errors);
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
            return done(invocation, "Message worked on before", metrics({ Repeated: 1 }));

        const contentHash = createHash("sha256").update(message.text).digest("hex");
        const subject = { messageId, messageType, correlationId, contentHash };
        const worked = work(message, invocation).catch(async (error: unknown) => {
            await recordFailure(trail, subject, error, invocation);
            throw error;
        });
        const { outcome = "processed", result = {}, writes } = await worked;
        const recorded = await trail.record({ ...subject, outcome, result }, writes);
        if (recorded === "repeated") {
            return done(invocation, "Message worked on elsewhere meanwhile", metrics({ Repeated: 1 }));
        }
        const counted = metrics({ Worked: 1, Failed: 0, WorkMs: msSince(start) });
        const fields = { result, ...counted };
        return outcome === "skipped"
            ? notDone(invocation, "MessageSkipped", fields)
            : done(invocation, `Message ${outcome}`, fields);
    } catch (error) {
        invocation.error("The message could not be worked on", { error, ...metrics({ Worked: 0, Failed: 1 }) });
        throw error;
    }
}

/** Tells the error's name and not its message, which may tell what is in the message. */
async function recordFailure(
    trail: AuditTrail,
    subject: Pick<Entry, "messageId" | "messageType" | "correlationId" | "contentHash">,
    error: unknown,
    invocation: Log,
): Promise<void> {
    const result = { error: error instanceof Error ? error.name : typeof error };
    // What matters is the error itself, which goes on in any case.
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
