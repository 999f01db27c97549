import { expect } from "chai";
import { nameOf, parseDeadLetter, type ReceivedMessage } from "../../tools/operator/deadLetter.ts";
import { explanationOf, linesOf, triesOf } from "../../tools/operator/explanation.ts";
import { identifiersIn } from "../../tools/operator/identifiers.ts";
import type { Queue, Relations } from "../../tools/operator/queues.ts";
import { notificationEvent } from "../../tools/operator/redrivePlan.ts";
import { counted } from "../../tools/operator/terminal.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:orders";
const order = { orderId: "o-1", customer: "Ada" };
const event = { id: "e-1", detail: { ...order, meta: { correlationId: "c-1" } } };
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:inventory-dev:$LATEST";

function held(
    body: unknown,
    attributes: Record<string, string> = {},
    system: Record<string, string> = {},
): ReceivedMessage {
    return {
        messageId: "m-1",
        receiptHandle: "h-1",
        body: typeof body === "string" ? body : JSON.stringify(body),
        attributes: Object.fromEntries(
            Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
        ),
        system: { SentTimestamp: "1767323045678", ApproximateReceiveCount: "4", ...system },
    };
}

describe("A dead-letter message", () => {
    it("of a queue came from the queue that SQS names, whatever its body", () => {
        const moved = { DeadLetterQueueSourceArn: queue };
        const event = held({ ...order, reason: "x", record: {} }, { RULE_ARN: "r", correlationId: "c-1" }, moved);
        const deadLetter = parseDeadLetter(event, ["another", "and another"]);
        expect(deadLetter.origin).to.deep.equal({ kind: "message", queueArn: queue });
        expect(deadLetter).to.not.have.property("error");
        expect(deadLetter.about).to.deep.equal({ orderId: "o-1", correlationId: "c-1" });
        expect(deadLetter).to.include({ sentAt: 1767323045678 });
    });

    it("without a source came from the only queue that it can have come from", () => {
        expect(parseDeadLetter(held("no JSON"), [queue]).origin).to.deep.equal({ kind: "message", queueArn: queue });
        expect(parseDeadLetter(held("no JSON"), [queue, "another"]).origin).to.deep.equal({ kind: "unknown" });
        expect(parseDeadLetter(held(order), []).origin).to.deep.equal({ kind: "unknown" });
    });

    it("that a function parked says why, and where it goes when it can be used", () => {
        const parked = held(
            { type: "CustomerAddressAdded" },
            { returnTo: queue, reason: "it does not contain: addresses" },
        );
        expect(parseDeadLetter(parked, [])).to.deep.include({
            origin: { kind: "message", queueArn: queue },
            error: "it does not contain: addresses",
        });
        const failed = held("no JSON", { returnTo: "another", reason: "x" }, { DeadLetterQueueSourceArn: queue });
        expect(parseDeadLetter(failed, []).origin).to.deep.equal({ kind: "message", queueArn: queue });
    });

    it("was tried as often as its queue allows where the queue moved it, and not where a function parked it", () => {
        // Of the relations only this is asked for.
        const relations = { queueOf: () => ({ maxReceives: 72 }) } as unknown as Relations;
        const tried = (...args: Parameters<typeof held>) => triesOf(parseDeadLetter(held(...args), []), relations);
        const parked = { returnTo: queue, reason: "x" };
        expect(tried("no JSON", parked)).to.deep.equal({});
        expect(tried("no JSON", parked, { DeadLetterQueueSourceArn: queue })).to.deep.equal({ tries: 72 });
    });

    it("of a deleted customer names the customer, and tells whether data must be erased", () => {
        const detail = { customerId: "c-20", anonymousId: "a-20", dataErasure: true };
        const { about, ...others } = parseDeadLetter(held({ detail }), []);
        const said = { failed: "", error: "", redrive: "" };
        // Of the queue only its name is asked for.
        const explanation = explanationOf({ about, ...others }, { name: "customer-deletions" } as Queue, said);
        expect(explanation).to.include({ customerId: "c-20" });
        expect(linesOf(explanation, 0)).to.deep.include.members([
            ["customer", "c-20"],
            ["anonymous id", "a-20"],
            ["data erasure", "true"],
        ]);
    });

    it("is counted in English", () => {
        expect([counted(1, "delivery"), counted(2, "delivery"), counted(2, "queue")]).to.deep.equal([
            "1 delivery",
            "2 deliveries",
            "2 queues",
        ]);
    });

    it("of an asynchronous invocation has the event and the function's error", () => {
        const record = {
            version: "1.0",
            requestContext: { requestId: "r-1", functionArn, condition: "RetriesExhausted", approximateInvokeCount: 3 },
            requestPayload: event,
            responsePayload: { errorType: "TypeError", errorMessage: "no stock", trace: [] },
        };
        const { origin, error, about } = parseDeadLetter(held(record), []);
        expect(origin).to.deep.equal({ kind: "invocation", functionArn, requestId: "r-1", payload: event });
        expect(error).to.equal("TypeError: no stock");
        expect(about).to.deep.equal({ orderId: "o-1", correlationId: "c-1" });
        const { responsePayload: _, ...neverRun } = record;
        expect(parseDeadLetter(held(neverRun), []).error).to.equal("RetriesExhausted");
    });

    it("of a stream names the records by their position", () => {
        const info = {
            shardId: "shardId-1",
            startSequenceNumber: "100",
            endSequenceNumber: "102",
            approximateArrivalOfFirstRecord: "2026-01-02T03:04:05Z",
            batchSize: 2,
            streamArn: "arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/1",
        };
        const requestContext = { requestId: "r-1", functionArn, condition: "RetryAttemptsExhausted" };
        const { origin, error } = parseDeadLetter(held({ requestContext, DDBStreamBatchInfo: info }), []);
        expect(origin).to.deep.equal({
            kind: "stream",
            functionArn,
            requestId: "r-1",
            batch: {
                streamArn: info.streamArn,
                shardId: "shardId-1",
                first: "100",
                last: "102",
                size: 2,
                arrival: "2026-01-02T03:04:05Z",
            },
        });
        expect(error).to.equal(undefined);
    });

    it("of a rule or a schedule has the target and the error in its attributes", () => {
        const reason = { ERROR_CODE: "NO_PERMISSIONS", ERROR_MESSAGE: "not allowed" };
        const targetArn = "arn:aws:lambda:eu-west-1:000000000000:function:document-dev";
        const ruleArn = "arn:aws:events:eu-west-1:000000000000:rule/bus/route-to-document";
        const undelivered = parseDeadLetter(held(event, { RULE_ARN: ruleArn, TARGET_ARN: targetArn, ...reason }), [
            queue,
        ]);
        expect(undelivered.origin).to.deep.equal({ kind: "event", ruleArn, targetArn });
        expect(undelivered.error).to.equal("NO_PERMISSIONS: not allowed");
        const missed = parseDeadLetter(held({}, { SCHEDULE_ARN: "s", TARGET_ARN: targetArn, ...reason }), []);
        expect(missed.origin).to.deep.equal({ kind: "schedule", targetArn });
    });

    it("of a topic is recognized by its error, because the same text may have come through the subscribed queue", () => {
        const notification = { Type: "Notification", TopicArn: "arn:t", Message: JSON.stringify(event.detail) };
        const failed = parseDeadLetter(held(notification, { RequestID: "r", ErrorCode: "404", ErrorMessage: "gone" }), [
            queue,
        ]);
        expect(failed.origin).to.deep.equal({ kind: "notification", topicArn: "arn:t" });
        expect(failed.error).to.equal("404: gone");
        expect(failed.about).to.deep.equal({ orderId: "o-1", correlationId: "c-1" });
        expect(parseDeadLetter(held(notification), [queue]).origin.kind).to.equal("message");
        expect(parseDeadLetter(held(notification), []).origin.kind).to.equal("notification");
    });

    it("that a function sent has the record, and one of a delivery the reason why it is exhausted", () => {
        const record = {
            eventSourceARN: "arn:s",
            dynamodb: { NewImage: { SessionId: { S: "cs_1" }, Version: { N: "1" } } },
        };
        const aside = parseDeadLetter(held({ reason: "Error: no version", record }), []);
        expect(aside.origin).to.deep.equal({ kind: "record", record });
        expect(aside).to.include({ error: "Error: no version" });
        expect(aside.about).to.deep.equal({ sessionId: "cs_1" });
        const exhausted = parseDeadLetter(
            held({ reason: "500", tenantId: "shop", endpointId: "we_1", deliveryId: "d-1" }),
            [],
        );
        expect(exhausted.origin).to.deep.equal({
            kind: "delivery",
            tenantId: "shop",
            endpointId: "we_1",
            deliveryId: "d-1",
        });
        expect(exhausted.error).to.equal("500");
    });
});

describe("Identifiers", () => {
    it("are found in JSON, in JSON within texts, in attributes and in items of streams, the outermost first", () => {
        const inner = JSON.stringify({ correlationId: "inner", order_id: "o-1" });
        const value = {
            Records: [
                { Sns: { Message: inner, MessageAttributes: { CorrelationId: { Type: "String", Value: "outer" } } } },
            ],
        };
        expect(identifiersIn(value).orderId).to.equal("o-1");
        expect(identifiersIn({ correlationId: "outer" }, value).correlationId).to.equal("outer");
        expect(identifiersIn({ endpointId: { S: "we_1" } })).to.deep.equal({ endpointId: "we_1" });
        expect(identifiersIn("{no JSON", { orderId: "" }, null, 7)).to.deep.equal({});
    });

    it("are searched for to a limited depth", () => {
        let deep: object = { orderId: "o-1" };
        for (let level = 0; level < 10_000; level += 1) deep = { deep };
        expect(identifiersIn(deep)).to.deep.equal({});
    });
});

describe("A name", () => {
    it("is the resource's name in an ARN", () => {
        expect(nameOf(functionArn)).to.equal("inventory-dev");
        expect(nameOf("arn:aws:events:eu-west-1:000000000000:rule/bus/route")).to.equal("route");
        expect(nameOf(queue)).to.equal("orders");
    });
});

describe("A notification for a function", () => {
    it("has the form that SNS gives it", () => {
        const notification = {
            Type: "Notification",
            MessageId: "m",
            TopicArn: "t",
            Message: "x",
            SigningCertURL: "c",
            UnsubscribeURL: "u",
        };
        expect(notificationEvent(notification, "arn:sub")).to.deep.equal({
            Records: [
                {
                    EventSource: "aws:sns",
                    EventVersion: "1.0",
                    EventSubscriptionArn: "arn:sub",
                    Sns: {
                        Type: "Notification",
                        MessageId: "m",
                        TopicArn: "t",
                        Message: "x",
                        Subject: null,
                        MessageAttributes: {},
                        SigningCertUrl: "c",
                        UnsubscribeUrl: "u",
                    },
                },
            ],
        });
    });
});
