import type { SNSEvent, SQSRecord } from "aws-lambda";
import { textAttributes } from "../../shared/message.ts";
import type { Arrival } from "./notification.ts";

/** The notifications among what SNS hands over; the confirmation of a subscription is none. */
export function arrivalsOf({ Records }: SNSEvent): Arrival[] {
    return Records.filter(({ Sns }) => Sns.Type === "Notification").map(({ Sns }) => ({
        id: Sns.MessageId,
        publishedAt: Sns.Timestamp,
        text: Sns.Message,
    }));
}

/** A notification as a message of the retry queue. */
export function retryMessage({ id, publishedAt, text }: Arrival) {
    return { MessageBody: text, MessageAttributes: textAttributes({ notificationId: id, publishedAt }) };
}

/** The notification in a message of the retry queue. */
export function retriedIn({ body, messageId, messageAttributes, attributes }: SQSRecord): Arrival {
    return {
        id: messageAttributes["notificationId"]?.stringValue ?? messageId,
        publishedAt:
            messageAttributes["publishedAt"]?.stringValue ?? new Date(Number(attributes.SentTimestamp)).toISOString(),
        text: body,
    };
}
