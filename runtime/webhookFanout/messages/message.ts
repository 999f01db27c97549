import { jsonIn } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import type { AttributeName } from "./publication.ts";

/** A message as subscribers get it. */
export interface Message {
    /** The publisher's id, else the topic's: the same for every subscriber, and however often the message arrives. */
    readonly id: string;
    readonly type: string;
    readonly correlationId: string;
    /** ISO 8601: when it was published. */
    readonly publishedAt: string;
    readonly content: JsonObject;
    /** The content as it was published, byte for byte. */
    readonly text: string;
}

/** What arrived is no message that anybody could work on. */
export class NotAMessage extends Error {
    override readonly name = "NotAMessage";
}

/**
 * The message in a notification of the topic: what a function gets as `Sns`, and a queue as its message's body. A message
 * that somebody published without us needs its type; its correlation id is then its own id. Throws NotAMessage.
 */
export function messageIn(notification: unknown): Message {
    const { MessageId, Message: text, MessageAttributes: attributes, Timestamp: at } = objectIn(notification);
    const id = attribute(attributes, "MessageId") ?? MessageId;
    if (typeof id !== "string" || id === "") throw new NotAMessage("it has no id");
    if (typeof text !== "string") throw new NotAMessage("it has no text");
    const content = jsonIn(Buffer.from(text));
    if (!isJsonObject(content)) throw new NotAMessage("its text is not a JSON object");
    const type = attribute(attributes, "MessageType");
    if (type === undefined) throw new NotAMessage("it has no attribute MessageType");
    const publishedAt = Date.parse(attribute(attributes, "Timestamp") ?? String(at));
    if (Number.isNaN(publishedAt)) throw new NotAMessage("it does not say when it was published");
    return {
        id,
        type,
        correlationId: attribute(attributes, "CorrelationId") ?? id,
        publishedAt: new Date(publishedAt).toISOString(),
        content,
        text,
    };
}

function attribute(attributes: unknown, name: AttributeName): string | undefined {
    const value = objectIn(objectIn(attributes)[name])["Value"];
    return typeof value === "string" && value !== "" ? value : undefined;
}

const objectIn = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
