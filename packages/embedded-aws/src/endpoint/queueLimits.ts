import { AwsError } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textMapOf, textOf, textsOf } from "../aws/input.ts";
import { attributeFault } from "../aws/messageAttributes.ts";

/*
 * What SQS refuses before it looks into a queue; the engine knows the rest, such as the queue's maximum message size.
 * Codes and messages are those of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
 * Quotas: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */

const entryLimit = 10;
/** Bytes of all messages of a batch together, whatever the queue's own maximum is. */
const batchBytes = 1_048_576;
const attributeLimit = 10;

export function invalidParameter(message: string): AwsError {
    return new AwsError("InvalidParameterValue", message);
}

/** The numbers that parameters may have, and how SQS says it. */
const ranges: Readonly<Record<string, { readonly from: number; readonly to: number; readonly rule: string }>> = {
    DelaySeconds: { from: 0, to: 900, rule: "DelaySeconds must be >= 0 and <= 900." },
    MaxNumberOfMessages: { from: 1, to: 10, rule: "Must be between 1 and 10, if provided." },
    VisibilityTimeout: { from: 0, to: 43_200, rule: "Must be between 0 and 43200, if provided." },
    WaitTimeSeconds: { from: 0, to: 20, rule: "Must be >= 0 and <= 20, if provided." },
};

/** @throws AwsError InvalidParameterValue for a number that is out of its range */
export function checkRanges(input: Input): void {
    for (const [name, { from, to, rule }] of Object.entries(ranges)) {
        const value = input[name];
        if (value === undefined || value === null) continue;
        if (typeof value === "number" && Number.isInteger(value) && value >= from && value <= to) continue;
        throw invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${rule}`);
    }
}

const systemAttributes: ReadonlySet<string> = new Set([
    "All",
    "AWSTraceHeader",
    "ApproximateFirstReceiveTimestamp",
    "ApproximateReceiveCount",
    "DeadLetterQueueSourceArn",
    "MessageDeduplicationId",
    "MessageGroupId",
    "SenderId",
    "SentTimestamp",
    "SequenceNumber",
]);

/** The input of ReceiveMessage. @throws AwsError InvalidParameterValue, InvalidAttributeName */
export function checkReceive(input: Input): void {
    checkRanges(input);
    const wanted = [...textsOf(input, "AttributeNames"), ...textsOf(input, "MessageSystemAttributeNames")];
    const unknown = wanted.find((name) => !systemAttributes.has(name));
    if (unknown !== undefined) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
}

/**
 * The entries of a batch. @param kind `SendMessageBatchRequestEntry`
 * @throws AwsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct
 */
export function batchEntries(input: Input, kind: string): readonly Input[] {
    const entries = partsOf(input, "Entries");
    if (entries.length === 0) {
        throw new AwsError("EmptyBatchRequest", `There should be at least one ${kind} in the request.`);
    }
    if (entries.length > entryLimit) {
        const message = `Maximum number of entries per request are ${entryLimit}. You have sent ${entries.length}.`;
        throw new AwsError("TooManyEntriesInBatchRequest", message);
    }
    const seen = new Set<string>();
    for (const entry of entries) {
        const id = textOf(entry, "Id") ?? "";
        if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
            const message =
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. " +
                "It can be at most 80 letters long.";
            throw new AwsError("InvalidBatchEntryId", message);
        }
        if (seen.has(id)) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);
        seen.add(id);
    }
    return entries;
}

/** @throws AwsError MissingParameter, BatchRequestTooLong */
export function checkBatchOfMessages(entries: readonly Input[]): void {
    for (const [index, entry] of entries.entries()) {
        checkBody(entry, `SendMessageBatchRequestEntry.${index + 1}.MessageBody`);
    }
    const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
    if (bytes <= batchBytes) return;
    const message = `Batch requests cannot be longer than ${batchBytes} bytes. You have sent ${bytes} bytes.`;
    throw new AwsError("BatchRequestTooLong", message);
}

function checkBody(message: Input, name: string): void {
    if (textOf(message, "MessageBody")) return;
    throw new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
}

/** Bytes of the text, and of the name, type and value of each attribute. */
function messageBytes(message: Input): number {
    const given = partOf(message, "MessageAttributes");
    const attributes = Object.keys(given).map((name) => {
        const { DataType = "", StringValue = "", BinaryValue = "" } = textMapOf(given, name);
        return Buffer.byteLength(`${name}${DataType}${StringValue}`) + Buffer.from(BinaryValue, "base64").byteLength;
    });
    return attributes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(textOf(message, "MessageBody") ?? ""));
}

/**
 * A message, alone or in a batch. @param isFifo whether the queue is a FIFO queue
 * @throws AwsError MissingParameter, InvalidParameterValue
 */
export function checkMessage(message: Input, isFifo: boolean): void {
    checkBody(message, "MessageBody");
    checkRanges(message);
    const attributes = Object.entries(partOf(message, "MessageAttributes"));
    if (attributes.length > attributeLimit) {
        const count = `Number of message attributes [${attributes.length}] exceeds the allowed maximum`;
        throw invalidParameter(`${count} [${attributeLimit}].`);
    }
    for (const [name, value] of attributes) {
        const fault = attributeFault(name, isInput(value) ? value : {});
        if (fault !== undefined) throw invalidParameter(fault);
    }
    for (const [name, value] of Object.entries(partOf(message, "MessageSystemAttributes"))) {
        const { DataType, StringValue = "" } = isInput(value) ? value : {};
        if (name === "AWSTraceHeader" && DataType === "String" && StringValue !== "") continue;
        throw invalidParameter(`Message system attribute '${name}' is invalid: senders have AWSTraceHeader, a String.`);
    }
    for (const name of ["MessageGroupId", "MessageDeduplicationId"]) {
        const id = textOf(message, name);
        if (id === undefined) continue;
        // A group on a standard queue makes it a fair queue; a deduplication id has no meaning there.
        const reason =
            !isFifo && name === "MessageDeduplicationId"
                ? "The request include parameter that is not valid for this queue type."
                : /^[\x21-\x7E]{1,128}$/.test(id)
                  ? undefined
                  : `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
        if (reason !== undefined)
            throw invalidParameter(`Value ${id} for parameter ${name} is invalid. Reason: ${reason}`);
    }
}

const purgeMs = 60_000;

/** When each queue was purged last: once in 60 seconds and no oftener. */
export class Purges {
    readonly #last = new Map<string, number>();

    /** @param now milliseconds by the process's clock. @throws AwsError PurgeQueueInProgress */
    admit(queue: string, now = performance.now()): void {
        const last = this.#last.get(queue);
        if (last !== undefined && now - last < purgeMs) {
            const message = `Only one PurgeQueue operation on ${queue} is allowed every 60 seconds.`;
            throw new AwsError("PurgeQueueInProgress", message, 403);
        }
        this.#last.set(queue, now);
    }
}
