/**
 * Bytes of the largest thing that a client may send and that travels on from there as one message, and of that message. SNS
 * takes no more; SQS, EventBridge and asynchronous invocations take 1 MB of late, the last two where that has arrived.
 * https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
 */
export const largestMessage = 262_144;
/** Bytes of it that its content may have: what stands around it (an envelope, attributes) is below a kilobyte. */
export const largestContent = largestMessage - 1024;

/** A message attribute, in the form that SQS and SNS both take. */
export interface TextAttribute {
    readonly DataType: "String";
    readonly StringValue: string;
}

/** Attributes, by which subscriptions filter and consumers know a message before they read it. None may be empty. */
export function textAttributes(values: Readonly<Record<string, string>>): Record<string, TextAttribute> {
    return Object.fromEntries(
        Object.entries(values).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
    );
}

/**
 * A JSON value as a message's body. SQS takes all of Unicode but two noncharacters (those that XML lacks, too), which
 * clients can send and JSON can escape.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function messageBody(value: unknown): string {
    return JSON.stringify(value).replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
}

/** Bytes of a JSON value as content of a message. */
export const bytesIn = (value: unknown): number => Buffer.byteLength(messageBody(value));
