import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SNSEvent, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { AuditTrail } from "../shared/auditTrail.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { leaseOf } from "../shared/lease.ts";
import { log } from "../shared/log.ts";
import { textAttributes } from "../shared/message.ts";
import { secretReader } from "../shared/secret.ts";
import { commercetoolsAccountIn, segmentAccountIn } from "./customers/accounts.ts";
import { CommercetoolsApi } from "./customers/commercetools.ts";
import { CustomerLocks } from "./customers/locks.ts";
import type { Arrival } from "./customers/notification.ts";
import { auditedAs, type Outcome, Report } from "./customers/report.ts";
import { Segment } from "./customers/segment.ts";
import { syncCustomers } from "./customers/sync.ts";

export const env = environment(
    "SEGMENT_SECRET",
    "SEGMENT_REGION",
    /** Empty: notifications are told as they are, the API of commercetools is not asked. */
    "COMMERCETOOLS_SECRET",
    "CUSTOMERS_TABLE",
    "RETRY_QUEUE_URL",
    "AUDIT_TABLE",
    "AUDIT_DAYS",
);
const sqs = new SQSClient({});
const locks = new CustomerLocks(dynamo, env.CUSTOMERS_TABLE);
const trail = AuditTrail.of(dynamo, { ...env, SUBSCRIBER: auditedAs });
const segment = new Segment(segmentAccountIn(await secretReader(env.SEGMENT_SECRET)(), env.SEGMENT_REGION));
const api =
    env.COMMERCETOOLS_SECRET === ""
        ? undefined
        : new CommercetoolsApi(commercetoolsAccountIn(await secretReader(env.COMMERCETOOLS_SECRET)()));

/** Segment has tried twice when a message comes to the queue: a moment for it to recover. */
const retryAfterSeconds = 10;

/**
 * Topic commercetools-webhook: tells Segment about customers that commercetools created or changed. What Segment does
 * not confirm waits in a queue, which brings it back here for hours: Lambda itself would try twice more within minutes.
 * What can never be told has a row in the audit table, or waits, too, until it has.
 */
export async function handler(
    event: SNSEvent | SQSEvent,
    context: Context,
): Promise<SQSBatchResponse | Partial<Record<Outcome, number>>> {
    const report = new Report(log.forInvocation(context));
    const sync = async (arrivals: readonly Arrival[]) => {
        await syncCustomers(arrivals, { segment, locks, api, lease: leaseOf(context), report });
        await report.audit(trail);
    };
    if (isFromTopic(event)) {
        await sync(arrivalsOf(event));
        await tryLater(report.of("failed"));
        return report.counts();
    }
    const retried = new Map(event.Records.map((record) => [retriedIn(record), record.messageId]));
    await sync([...retried.keys()]);
    const failed = new Set(report.of("failed"));
    const messageIds = [...retried].filter(([arrival]) => failed.has(arrival)).map(([, messageId]) => messageId);
    return { batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })) };
}

function isFromTopic(event: SNSEvent | SQSEvent): event is SNSEvent {
    return event.Records.some((record) => "Sns" in record);
}

/** When one cannot even wait, Lambda brings the whole event again, of which what was confirmed is known. */
async function tryLater(arrivals: readonly Arrival[]): Promise<void> {
    const sent = await Promise.allSettled(
        arrivals.map((arrival) => {
            const message = { ...retryMessage(arrival), DelaySeconds: retryAfterSeconds };
            return sqs.send(new SendMessageCommand({ QueueUrl: env.RETRY_QUEUE_URL, ...message }));
        }),
    );
    const lost = sent.find((outcome) => outcome.status === "rejected");
    if (lost) throw lost.reason;
}

/** The notifications among what SNS hands over; the confirmation of a subscription is none. */
function arrivalsOf({ Records }: SNSEvent): Arrival[] {
    return Records.filter(({ Sns }) => Sns.Type === "Notification").map(({ Sns }) => ({
        id: Sns.MessageId,
        publishedAt: Sns.Timestamp,
        text: Sns.Message,
    }));
}

/** A notification as a message of the retry queue. */
function retryMessage({ id, publishedAt, text }: Arrival) {
    return { MessageBody: text, MessageAttributes: textAttributes({ notificationId: id, publishedAt }) };
}

/** The notification in a message of the retry queue. */
function retriedIn({ body, messageId, messageAttributes, attributes }: SQSRecord): Arrival {
    return {
        id: messageAttributes["notificationId"]?.stringValue ?? messageId,
        publishedAt:
            messageAttributes["publishedAt"]?.stringValue ?? new Date(Number(attributes.SentTimestamp)).toISOString(),
        text: body,
    };
}
