/**
 * Maximum bytes of a request body that becomes one message, and of that message: the limit of SNS. SQS, EventBridge and
 * asynchronous invocations accept 1 MB (the last two not yet in all regions).
 * https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
 */
export const largestMessage = 262_144;
/** Maximum bytes of a message's content: envelope and attributes take less than a kilobyte. */
export const largestContent = largestMessage - 1024;

/** A message attribute of SQS and SNS. */
export interface TextAttribute {
    readonly DataType: "String";
    readonly StringValue: string;
}

/** Attributes for filters of subscriptions and for consumers. None may be empty. */
export function textAttributes(values: Readonly<Record<string, string>>): Record<string, TextAttribute> {
    return Object.fromEntries(
        Object.entries(values).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
    );
}

/**
 * A JSON value as a message body. Escapes the two noncharacters that SQS (like XML) rejects.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function messageBody(value: unknown): string {
    return JSON.stringify(value).replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
}

export const bytesIn = (value: unknown): number => Buffer.byteLength(messageBody(value));
