import { marshall } from "@aws-sdk/util-dynamodb";

/** The two bodies that the source systems document. */
export const cartBody = { orderId: "12345", customer: "John Doe", items: ["Widget A", "Widget B"], total: 99.99 };
export const productBody = {
    productId: "12345",
    productName: "Eco-Friendly Cleaner",
    quantity: 2,
    customerEmail: "customer@example.com",
};
export const meta = { correlationId: "correlation-1", receivedAt: "2026-11-20T10:11:12.000Z" };

/** What a callback answers a client. */
export interface HttpAnswer {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

/** A request of an HTTP API, payload format 2.0. */
export function httpRequest(over: Record<string, unknown> = {}): Record<string, unknown> {
    const { requestContext = {}, headers = {}, ...rest } = over;
    return {
        version: "2.0",
        routeKey: "POST /orders",
        rawPath: "/orders",
        rawQueryString: "",
        headers: { "content-type": "application/json", ...(headers as object) },
        requestContext: {
            accountId: "000000000000",
            apiId: "api-id",
            domainName: "api-id.execute-api.eu-west-1.amazonaws.com",
            http: { method: "POST", path: "/orders", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
            requestId: "JKJaXmPLvHcESHA=",
            routeKey: "POST /orders",
            stage: "$default",
            time: "20/Nov/2026:10:11:12 +0000",
            timeEpoch: 1795169472000,
            ...(requestContext as object),
        },
        isBase64Encoded: false,
        ...rest,
    };
}

/** A message of a queue as Lambda hands it over. */
export function sqsRecord(messageId: string, body: unknown, attributes: Record<string, string> = {}) {
    return {
        messageId,
        receiptHandle: "handle",
        body: typeof body === "string" ? body : JSON.stringify(body),
        attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: "1795169472000",
            SenderId: "AIDAIENQZJOLO23YVJ4VO",
            ApproximateFirstReceiveTimestamp: "1795169472001",
        },
        messageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: "String", stringValue }]),
        ),
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:eu-west-1:000000000000:orders",
        awsRegion: "eu-west-1",
    };
}

/** A record of a table's stream. */
export function streamRecord(sequenceNumber: number, item: object, eventName = "INSERT") {
    return {
        eventID: `event-${sequenceNumber}`,
        eventName,
        eventVersion: "1.1",
        eventSource: "aws:dynamodb",
        awsRegion: "eu-west-1",
        dynamodb: {
            SequenceNumber: String(sequenceNumber),
            NewImage: marshall(item),
            StreamViewType: "NEW_AND_OLD_IMAGES",
        },
    };
}

/** Messages of a topic as Lambda hands them over. */
export function snsEvent(...messages: readonly unknown[]) {
    return {
        Records: messages.map((message, index) => ({
            EventVersion: "1.0",
            EventSubscriptionArn: "arn:aws:sns:eu-west-1:000000000000:checkout-events:subscription",
            EventSource: "aws:sns",
            Sns: {
                Type: "Notification",
                MessageId: `message-${index}`,
                TopicArn: "arn:aws:sns:eu-west-1:000000000000:checkout-events",
                Message: typeof message === "string" ? message : JSON.stringify(message),
                Timestamp: "2026-11-20T10:11:12.000Z",
                SignatureVersion: "1",
                Signature: "",
                SigningCertUrl: "",
                UnsubscribeUrl: "",
                MessageAttributes: {},
            },
        })),
    };
}

/** An `order.received.v1` as EventBridge delivers it. */
export function orderReceivedEvent(detail: object) {
    return busEvent("order.received.v1", detail);
}

/** An event as EventBridge delivers it. */
export function busEvent(type: string, detail: object, source = "public.api") {
    return {
        version: "0",
        id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": type,
        source,
        account: "000000000000",
        time: "2026-11-20T10:11:12Z",
        region: "eu-west-1",
        resources: [],
        detail,
    };
}
