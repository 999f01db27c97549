import type { SubscriptionDefinition } from "./definition.ts";
import type { Message } from "./message.ts";

/** Receivers check signatures against a certificate of AWS, so none is made up. */
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

/** The mail to a subscriber: readable text, or JSON for a machine. */
export function mailOf(
    { protocol, endpoint, arn }: SubscriptionDefinition,
    message: Message,
    text: string,
    { displayName, origin }: { readonly displayName: string | undefined; readonly origin: string },
) {
    const sender = "no-reply@sns.amazonaws.com";
    return {
        sentBy: "sns" as const,
        from: displayName ? `"${displayName}" <${sender}>` : sender,
        to: [endpoint],
        cc: [],
        bcc: [],
        replyTo: [],
        subject: message.subject ?? "AWS Notification Message",
        text:
            protocol === "email-json"
                ? JSON.stringify(notification(message, text, arn, origin))
                : `${text}\n\n--\nTo stop receiving notifications from this topic: ${unsubscribeUrl(arn, origin)}\n`,
    };
}

function unsubscribeUrl(subscriptionArn: string, origin: string): string {
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
