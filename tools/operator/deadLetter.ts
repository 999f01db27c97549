import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { type Identifiers, identifiersIn, parsed } from "./identifiers.ts";

/** A message as it was received. */
export interface ReceivedMessage {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
    /** System attributes: `SentTimestamp`, `DeadLetterQueueSourceArn`… */
    readonly system: Readonly<Record<string, string>>;
}

/** Where a batch of a stream stands. */
export interface StreamBatch {
    readonly streamArn: string;
    readonly shardId: string;
    readonly first: string;
    readonly last: string;
    readonly size: number;
    /** ISO 8601 */
    readonly arrival: string;
}

/** On which way something came among the dead letters. */
type Origin =
    /** Tried as often as its queue allows. */
    | { readonly kind: "message"; readonly queueArn: string }
    /** An asynchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
    | {
          readonly kind: "invocation";
          readonly functionArn: string;
          readonly requestId: string;
          readonly payload: unknown;
      }
    /** Records of a stream: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
    | {
          readonly kind: "stream";
          readonly functionArn: string;
          readonly requestId: string;
          readonly batch: StreamBatch;
      }
    /** An event that its rule could not deliver: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
    | { readonly kind: "event"; readonly ruleArn: string; readonly targetArn: string }
    /** What a schedule could not do: https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
    | { readonly kind: "schedule"; readonly targetArn: string }
    /** What a topic could not deliver: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
    | { readonly kind: "notification"; readonly topicArn: string }
    /** A record of which no try can make a message (`runtime/shared/outbox.ts`). */
    | { readonly kind: "record"; readonly record: JsonObject }
    /** A delivery that was given up (`Exhausted` in runtime/webhookFanout/delivery/notices.ts). */
    | {
          readonly kind: "delivery";
          /** Whose endpoint it is. */
          readonly tenantId: string;
          readonly endpointId: string;
          readonly deliveryId: string;
      }
    /** An order that was accepted and is not stored (`RejectedOrder` in runtime/orderIntake/store.ts). */
    | {
          readonly kind: "order";
          readonly reason: "conflict" | "invalid";
          /** The order as it came. */
          readonly body: string;
          /** The message that it came in. */
          readonly messageId: string;
          readonly receivedAt: string;
      }
    | { readonly kind: "unknown" };

/** A dead-letter message with its origin and identifiers. */
export interface DeadLetter {
    readonly held: ReceivedMessage;
    readonly origin: Origin;
    readonly about: Identifiers;
    /** Why it is dead, where it says so itself. */
    readonly error?: string;
    /** Milliseconds since 1970 */
    readonly sentAt: number;
}

/** @param sources ARNs of the queues whose dead letters go where this one lies. */
export function parseDeadLetter(held: ReceivedMessage, sources: readonly string[]): DeadLetter {
    const body = parsed(held.body);
    const attributes = textsOf(held.attributes);
    const { origin, error } =
        parkedIn(held, attributes) ??
        (isJsonObject(body) ? readBody(held, body, attributes, sources) : queued(held, sources));
    return {
        held,
        origin,
        about: identifiersIn(attributes, body),
        ...(error !== undefined && { error }),
        sentAt: Number(held.system["SentTimestamp"]),
    };
}

/** What a function parked until it can be used; it says itself where it goes then. */
function parkedIn({ system }: ReceivedMessage, { returnTo, reason }: Readonly<Record<string, string>>) {
    if (returnTo === undefined || system["DeadLetterQueueSourceArn"] !== undefined) return undefined;
    return { origin: { kind: "message", queueArn: returnTo }, ...(reason !== undefined && { error: reason }) } as const;
}

interface Read {
    readonly origin: Origin;
    readonly error?: string;
}

function readBody(
    held: ReceivedMessage,
    body: JsonObject,
    attributes: Readonly<Record<string, string>>,
    sources: readonly string[],
): Read {
    // It says what moved it; what is in it may be what failed elsewhere before.
    if (held.system["DeadLetterQueueSourceArn"] !== undefined) return queued(held, sources);
    const { RULE_ARN: ruleArn, SCHEDULE_ARN: scheduleArn, TARGET_ARN: targetArn = "" } = attributes;
    if (ruleArn !== undefined) return { origin: { kind: "event", ruleArn, targetArn }, ...undelivered(attributes) };
    if (scheduleArn !== undefined) return { origin: { kind: "schedule", targetArn }, ...undelivered(attributes) };
    const { requestContext, requestPayload, responsePayload, DDBStreamBatchInfo } = body;
    if (isJsonObject(requestContext) && typeof requestContext["functionArn"] === "string") {
        const { functionArn, requestId, condition } = requestContext;
        const invoked = { functionArn, requestId: String(requestId) };
        if (isJsonObject(DDBStreamBatchInfo)) {
            return { origin: { kind: "stream", ...invoked, batch: batchIn(DDBStreamBatchInfo) } };
        }
        const error = errorIn(responsePayload) ?? String(condition);
        return { origin: { kind: "invocation", ...invoked, payload: requestPayload }, error };
    }
    const { Type: type, TopicArn: topicArn, record, reason, tenantId, endpointId, deliveryId } = body;
    const isUndelivered = attributes["ErrorCode"] !== undefined || sources.length === 0;
    if (type === "Notification" && typeof topicArn === "string" && isUndelivered) {
        const { ErrorCode, ErrorMessage } = attributes;
        const error = [ErrorCode, ErrorMessage].filter((part) => part !== undefined).join(": ");
        return { origin: { kind: "notification", topicArn }, ...(error !== "" && { error }) };
    }
    const rejected = rejectedIn(body);
    if (rejected !== undefined) return rejected;
    if (typeof reason === "string") {
        if (isJsonObject(record)) return { origin: { kind: "record", record }, error: reason };
        if (typeof endpointId === "string" && typeof deliveryId === "string") {
            return { origin: { kind: "delivery", tenantId: String(tenantId), endpointId, deliveryId }, error: reason };
        }
    }
    return queued(held, sources);
}

function rejectedIn({ reason, error, body, messageId, receivedAt }: JsonObject): Read | undefined {
    if (reason !== "conflict" && reason !== "invalid") return undefined;
    if (typeof error !== "string" || typeof body !== "string" || typeof messageId !== "string") return undefined;
    return { origin: { kind: "order", reason, body, messageId, receivedAt: String(receivedAt) }, error };
}

function queued({ system }: ReceivedMessage, [source, ...others]: readonly string[]): Read {
    const queueArn = system["DeadLetterQueueSourceArn"] ?? (others.length === 0 ? source : undefined);
    return { origin: queueArn === undefined ? { kind: "unknown" } : { kind: "message", queueArn } };
}

function undelivered({ ERROR_CODE, ERROR_MESSAGE }: Readonly<Record<string, string>>): { readonly error?: string } {
    const parts = [ERROR_CODE, ERROR_MESSAGE].filter((part) => part !== undefined);
    return parts.length === 0 ? {} : { error: parts.join(": ") };
}

function batchIn(info: JsonObject): StreamBatch {
    const text = (name: string) => String(info[name]);
    return {
        streamArn: text("streamArn"),
        shardId: text("shardId"),
        first: text("startSequenceNumber"),
        last: text("endSequenceNumber"),
        size: Number(info["batchSize"]),
        arrival: text("approximateArrivalOfFirstRecord"),
    };
}

/** What a function answers that throws: `{errorType, errorMessage, trace}`. */
function errorIn(payload: unknown): string | undefined {
    if (!isJsonObject(payload)) return undefined;
    const { errorType, errorMessage } = payload;
    const parts = [errorType, errorMessage].filter((part) => typeof part === "string" && part !== "");
    return parts.length === 0 ? undefined : parts.join(": ");
}

function textsOf(attributes: ReceivedMessage["attributes"]): Record<string, string> {
    const texts = Object.entries(attributes).flatMap(([name, { StringValue }]) =>
        StringValue === undefined ? [] : [[name, StringValue]],
    );
    return Object.fromEntries(texts);
}

/** `order-store-dev` of an ARN of a function, a queue or a rule, without version or alias. */
export const nameOf = (arn: string): string =>
    /:function:([^:]+)/.exec(arn)?.[1] ?? arn.slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1);
