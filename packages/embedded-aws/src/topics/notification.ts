import type { Message } from "./message.ts";

/** Nobody could check a signature against a certificate of AWS here, so none is made up. */
const unsigned = { SignatureVersion: "1", Signature: "unsigned" };

/** What SNS sends to queues and addresses: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export function notification(message: Message, text: string, subscriptionArn: string, origin: string): object {
    return {
        Type: "Notification",
        MessageId: message.id,
        TopicArn: message.topicArn,
        ...(message.subject === undefined ? {} : { Subject: message.subject }),
        Message: text,
        Timestamp: message.time,
        ...unsigned,
        SigningCertURL: `${origin}/SimpleNotificationService.pem`,
        UnsubscribeURL: unsubscribeUrl(subscriptionArn, origin),
        ...(Object.keys(message.attributes).length === 0 ? {} : { MessageAttributes: attributesOf(message) }),
    };
}

/** The event of a function: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function functionEvent(message: Message, text: string, subscriptionArn: string, origin: string): object {
    const Sns = {
        Type: "Notification",
        MessageId: message.id,
        TopicArn: message.topicArn,
        Subject: message.subject ?? null,
        Message: text,
        Timestamp: message.time,
        ...unsigned,
        SigningCertUrl: `${origin}/SimpleNotificationService.pem`,
        UnsubscribeUrl: unsubscribeUrl(subscriptionArn, origin),
        MessageAttributes: attributesOf(message),
    };
    return { Records: [{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscriptionArn, Sns }] };
}

export function unsubscribeUrl(subscriptionArn: string, origin: string): string {
    return `${origin}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
}

function attributesOf(message: Message): object {
    return Object.fromEntries(
        Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
            name,
            { Type: DataType, Value: StringValue ?? BinaryValue },
        ]),
    );
}
