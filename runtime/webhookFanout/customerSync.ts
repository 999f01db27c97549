import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SNSEvent, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { AuditTrail } from "../shared/auditTrail.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { leaseOf } from "../shared/lease.ts";
import { log } from "../shared/log.ts";
import { textAttributes } from "../shared/message.ts";
import { secretReader } from "../shared/secret.ts";
import { commercetoolsAccountIn, publicApiAccountIn, segmentAccountIn } from "./customers/accounts.ts";
import { CommercetoolsApi } from "./customers/commercetools.ts";
import { DeletionEvents, Regulations } from "./customers/deletions.ts";
import { CustomerLocks } from "./customers/locks.ts";
import type { Arrival } from "./customers/notification.ts";
import { auditedAs, type Outcome, Report } from "./customers/report.ts";
import { Segment } from "./customers/segment.ts";
import { syncCustomers } from "./customers/sync.ts";

export const env = environment(
    "SEGMENT_SECRET",
    "SEGMENT_REGION",
    /** Empty: sends the notifications' own content, without reading the customer from the API of commercetools. */
    "COMMERCETOOLS_SECRET",
    /** `segment`: deletes customers by Segment's Public API; `queue`: publishes events for who does. */
    "DELETIONS",
    "EVENT_BUS_NAME",
    "CUSTOMERS_TABLE",
    "RETRY_QUEUE_URL",
    "RETRY_QUEUE_ARN",
    "PARKED_QUEUE_URL",
    "AUDIT_TABLE",
    "AUDIT_DAYS",
);
const sqs = new SQSClient({});
const locks = new CustomerLocks(dynamo, env.CUSTOMERS_TABLE);
const trail = AuditTrail.of(dynamo, { ...env, SUBSCRIBER: auditedAs });
const segmentSecret = await secretReader(env.SEGMENT_SECRET)();
const segment = new Segment(segmentAccountIn(segmentSecret, env.SEGMENT_REGION));
const deletions =
    env.DELETIONS === "segment"
        ? new Regulations(publicApiAccountIn(segmentSecret, env.SEGMENT_REGION))
        : new DeletionEvents(new EventBridgeClient({}), env.EVENT_BUS_NAME);
const api =
    env.COMMERCETOOLS_SECRET === ""
        ? undefined
        : new CommercetoolsApi(commercetoolsAccountIn(await secretReader(env.COMMERCETOOLS_SECRET)()));

/** A message reaches the queue after two failed requests to Segment. */
const retryAfterSeconds = 10;

/**
 * Topic commercetools-webhook: sends customers that commercetools created or changed to Segment. Notifications that
 * Segment does not confirm go to a queue, which retries them for hours; Lambda itself would retry twice within minutes.
 * A notification that Segment could not be told of, in whole or in part, is parked in a queue, from which it is redriven
 * when it can be used (`npm run dlq`); one that is skipped whole has a row in the audit table, too.
 */
export async function handler(
    event: SNSEvent | SQSEvent,
    context: Context,
): Promise<SQSBatchResponse | Partial<Record<Outcome, number>>> {
    const report = new Report(log.forInvocation(context));
    const sync = async (arrivals: readonly Arrival[]) => {
        await syncCustomers(arrivals, { segment, deletions, locks, api, lease: leaseOf(context), report });
        await report.park(park, trail);
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

/** If a message cannot be queued, Lambda retries the whole event; confirmed notifications are skipped then. */
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

function park(arrival: Arrival, why: string): Promise<unknown> {
    const { MessageBody, MessageAttributes } = retryMessage(arrival);
    const attributes = { ...MessageAttributes, ...textAttributes({ reason: why, returnTo: env.RETRY_QUEUE_ARN }) };
    return sqs.send(
        new SendMessageCommand({ QueueUrl: env.PARKED_QUEUE_URL, MessageBody, MessageAttributes: attributes }),
    );
}

/** Without confirmations of subscriptions. */
function arrivalsOf({ Records }: SNSEvent): Arrival[] {
    return Records.filter(({ Sns }) => Sns.Type === "Notification").map(({ Sns }) => ({
        id: Sns.MessageId,
        publishedAt: Sns.Timestamp,
        text: Sns.Message,
    }));
}

function retryMessage({ id, publishedAt, text }: Arrival) {
    return { MessageBody: text, MessageAttributes: textAttributes({ notificationId: id, publishedAt }) };
}

function retriedIn({ body, messageId, messageAttributes, attributes }: SQSRecord): Arrival {
    return {
        id: messageAttributes["notificationId"]?.stringValue ?? messageId,
        publishedAt:
            messageAttributes["publishedAt"]?.stringValue ?? new Date(Number(attributes.SentTimestamp)).toISOString(),
        text: body,
    };
}
