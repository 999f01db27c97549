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
