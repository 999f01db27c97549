import type { SQSMessageAttributes, SQSRecord } from "aws-lambda";
import { fieldsOf } from "./fields.ts";

/**
 * A message of ReceiveMessage as a record of the function's event:
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event
 * Throws Error when it is no message.
 */
export function queueRecord(message: unknown, eventSourceARN: string, awsRegion: string): SQSRecord {
    const { MessageId, ReceiptHandle, Body, Attributes, MessageAttributes, MD5OfBody, MD5OfMessageAttributes } =
        fieldsOf(message);
    if (typeof MessageId !== "string" || typeof ReceiptHandle !== "string" || typeof Body !== "string") {
        throw new Error(`ReceiveMessage gave a message without id, receipt handle or body: ${JSON.stringify(message)}`);
    }
    const attributes = textsOf(Attributes);
    return {
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: {
            ...attributes,
            ApproximateReceiveCount: attributes["ApproximateReceiveCount"] ?? "1",
            SentTimestamp: attributes["SentTimestamp"] ?? "0",
            SenderId: attributes["SenderId"] ?? "",
            ApproximateFirstReceiveTimestamp: attributes["ApproximateFirstReceiveTimestamp"] ?? "0",
        },
        messageAttributes: messageAttributes(MessageAttributes),
        md5OfBody: String(MD5OfBody),
        ...(typeof MD5OfMessageAttributes === "string" && { md5OfMessageAttributes: MD5OfMessageAttributes }),
        eventSource: "aws:sqs",
        eventSourceARN,
        awsRegion,
    };
}

function messageAttributes(value: unknown): SQSMessageAttributes {
    const attributes: SQSMessageAttributes = {};
    for (const [name, attribute] of Object.entries(fieldsOf(value))) {
        const { DataType, StringValue, BinaryValue } = fieldsOf(attribute);
        attributes[name] = {
            ...(typeof StringValue === "string" && { stringValue: StringValue }),
            ...(typeof BinaryValue === "string" && { binaryValue: BinaryValue }),
            stringListValues: [],
            binaryListValues: [],
            dataType: String(DataType),
        };
    }
    return attributes;
}

function textsOf(value: unknown): Record<string, string> {
    return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, text]) => [name, String(text)]));
}
