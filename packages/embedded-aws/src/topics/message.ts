import { randomUUID } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textMapOf, textOf } from "../aws/input.ts";
import { attributeFault } from "../aws/messageAttributes.ts";
import type { FilteredMessage } from "./filterPolicy.ts";

interface AttributeValue {
    readonly DataType: string;
    readonly StringValue?: string;
    /** Base64 */
    readonly BinaryValue?: string;
}

/** What was published, ready for each protocol. */
export interface Message {
    readonly id: string;
    readonly topicArn: string;
    readonly subject: string | undefined;
    /** The text for subscribers whose protocol has no text of its own. */
    readonly text: string;
    /** Texts by protocol, of a message with the structure `json`. */
    readonly texts: Readonly<Record<string, string>>;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
    /** ISO 8601 */
    readonly time: string;
}

/** Bytes of a message, and of all messages of a batch together: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const sizeLimit = 256 * 1024;

/** Reads the input of Publish or an entry of PublishBatch. @throws AwsError InvalidParameter, ParameterValueInvalid */
export function messageOf(input: Input, id: string, topicArn: string): Message {
    const whole = textOf(input, "Message");
    const subject = textOf(input, "Subject");
    if (whole === undefined || whole === "") throw invalid("Empty message");
    if (subject !== undefined && !/^[^\s\p{Cc}][^\p{Cc}]{0,99}$/u.test(subject)) throw invalid("Subject");
    // No topic of this cloud is FIFO.
    if (textOf(input, "MessageDeduplicationId") !== undefined) throw invalid("MessageDeduplicationId");
    const attributes = attributesOf(input);
    if (bytesOf(input) > sizeLimit) throw invalid("Message too long");
    const texts = textOf(input, "MessageStructure") === "json" ? textsByProtocol(whole) : {};
    return {
        id,
        topicArn,
        subject,
        text: texts["default"] ?? whole,
        texts,
        attributes,
        time: new Date().toISOString(),
    };
}

export function invalid(what: string): AwsError {
    return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

function textsByProtocol(text: string): Readonly<Record<string, string>> {
    let parsed: unknown;
    try {
        parsed = JSON.parse(text);
    } catch {
        parsed = undefined;
    }
    if (!isInput(parsed)) throw invalid("Message Structure - JSON message body failed to parse");
    if (typeof parsed["default"] !== "string")
        throw invalid("Message Structure - No default entry in JSON message body");
    return Object.fromEntries(
        Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
}

function attributesOf(input: Input): Readonly<Record<string, AttributeValue>> {
    const given = partOf(input, "MessageAttributes");
    return Object.fromEntries(
        Object.entries(given).map(([name, value]) => {
            const attribute = isInput(value) ? value : {};
            const fault = attributeFault(name, attribute);
            if (fault !== undefined) throw new AwsError("ParameterValueInvalid", fault);
            const { DataType = "", StringValue = "", BinaryValue = "" } = textMapOf(given, name);
            return [name, DataType.startsWith("Binary") ? { DataType, BinaryValue } : { DataType, StringValue }];
        }),
    );
}

const batchLimit = 10;

/** What is taken of a batch, and how its entries went. */
interface Batch {
    readonly messages: readonly Message[];
    readonly Successful: readonly object[];
    readonly Failed: readonly object[];
}

/** Reads the input of PublishBatch: the messages, and the answer. @throws AwsError where the whole batch is refused */
export function batchOf(input: Input, topicArn: string): Batch {
    const entries = partsOf(input, "PublishBatchRequestEntries");
    const ids = entries.map((entry) => textOf(entry, "Id") ?? "");
    if (entries.length === 0) throw new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
    if (entries.length > batchLimit) {
        throw new AwsError("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
    }
    if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id))) {
        throw new AwsError("InvalidBatchEntryId", "The Id of a batch entry in a batch request is invalid.");
    }
    if (new Set(ids).size < ids.length) {
        throw new AwsError("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
    }
    let bytes = 0;
    const messages: Message[] = [];
    const Successful: object[] = [];
    const Failed: object[] = [];
    entries.forEach((entry, index) => {
        const Id = ids[index];
        try {
            const message = messageOf(entry, randomUUID(), topicArn);
            bytes += bytesOf(entry);
            messages.push(message);
            Successful.push({ Id, MessageId: message.id });
        } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
        }
    });
    if (bytes > sizeLimit) {
        throw new AwsError("BatchRequestTooLong", "All the messages of the batch together are more than the limit.");
    }
    return { messages, Successful, Failed };
}

/** How large a message is. @throws AwsError ParameterValueInvalid */
function bytesOf(input: Input): number {
    const parts = Object.entries(attributesOf(input)).flatMap(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        DataType,
        StringValue ?? BinaryValue ?? "",
    ]);
    return [textOf(input, "Message") ?? "", ...parts].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

/** The message as a filter policy sees it. */
export function filtered(message: Message): FilteredMessage {
    const attributes = Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { type: DataType, value: StringValue ?? BinaryValue ?? "" },
    ]);
    return { body: message.text, attributes: Object.fromEntries(attributes) };
}
