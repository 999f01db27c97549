import { AwsError } from "../aws/call.ts";
import { type Input, parseInput, partsOf, textMapOf, textOf, textsOf } from "../aws/input.ts";
import { queryCode } from "../aws/queueErrors.ts";
import { noOperation } from "../aws/refusals.ts";
import { type AwsService, account, queueName, unlessHidden } from "../aws/service.ts";
import { type Answer, EngineClient, outputOf } from "../storage/engineClient.ts";
import type { QueueEngine } from "../storage/fauxqs.ts";
import {
    batchEntries,
    checkBatchOfMessages,
    checkMessage,
    checkRanges,
    checkReceive,
    invalidParameter,
    Purges,
} from "./queueLimits.ts";

/** What fauxqs 2.4.1 knows of SQS. */
const actions: ReadonlySet<string> = new Set([
    "CreateQueue",
    "DeleteQueue",
    "GetQueueUrl",
    "ListQueues",
    "GetQueueAttributes",
    "SetQueueAttributes",
    "PurgeQueue",
    "SendMessage",
    "SendMessageBatch",
    "ReceiveMessage",
    "DeleteMessage",
    "DeleteMessageBatch",
    "ChangeMessageVisibility",
    "ChangeMessageVisibilityBatch",
    "TagQueue",
    "UntagQueue",
    "ListQueueTags",
]);

const settableAttributes: ReadonlySet<string> = new Set([
    "DelaySeconds",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "Policy",
    "ReceiveMessageWaitTimeSeconds",
    "RedrivePolicy",
    "RedriveAllowPolicy",
    "VisibilityTimeout",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "SqsManagedSseEnabled",
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
]);

/**
 * SQS: fauxqs, and in front of it what it lacks. It accepts names, attributes, parameters and receipt handles that SQS
 * refuses, does not tell a dead letter's source, and its queue URLs name a host that does not resolve and a port that
 * changes.
 */
export class Queues implements AwsService {
    readonly #engine: QueueEngine;
    readonly #client: EngineClient;
    readonly #region: string;
    readonly #origin: () => string;
    readonly #purges = new Purges();
    /** Handles of messages whose receivers have said themselves how long they stay hidden. */
    readonly #hidden = new Set<string>();

    /** @param origin of the endpoint, for the URLs of queues. */
    constructor(engine: QueueEngine, region: string, origin: () => string) {
        this.#engine = engine;
        this.#client = new EngineClient(engine.origin);
        this.#region = region;
        this.#origin = origin;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        return outputOf(await this.answer(action, input, JSON.stringify(input)));
    }

    /** @param body JSON text of the input. @throws AwsError for what is refused before the engine is asked. */
    async answer(action: string, input: Input, body: Buffer | string): Promise<Answer> {
        if (!actions.has(action)) {
            throw noOperation("sqs", action);
        }
        switch (action) {
            case "CreateQueue":
                checkName(input);
                await this.#checkAttributes(input);
                return this.#withOwnUrls(await this.#forward(action, body));
            case "SetQueueAttributes":
                await this.#checkAttributes(input);
                return this.#forward(action, body);
            case "GetQueueUrl":
            case "ListQueues":
                return this.#withOwnUrls(await this.#forward(action, body));
            case "PurgeQueue": {
                // A missing queue is the first error.
                await this.run("GetQueueAttributes", { QueueUrl: input["QueueUrl"] });
                this.#purges.admit(queueName(textOf(input, "QueueUrl") ?? ""));
                return this.#forward(action, body);
            }
            case "SendMessage":
                checkMessage(input, isFifo(input));
                return this.#forward(action, body);
            case "SendMessageBatch": {
                const entries = batchEntries(input, "SendMessageBatchRequestEntry");
                checkBatchOfMessages(entries);
                return this.#batch(action, input, body, entries, (entry) => checkMessage(entry, isFifo(input)));
            }
            case "DeleteMessage":
                checkHandle(input);
                checkRanges(input);
                return this.#forward(action, body);
            case "ChangeMessageVisibility":
                checkHandle(input);
                checkRanges(input);
                this.#hidden.add(textOf(input, "ReceiptHandle") ?? "");
                return this.#forward(action, body);
            case "DeleteMessageBatch":
            case "ChangeMessageVisibilityBatch": {
                const all = batchEntries(input, `${action}RequestEntry`);
                const entries = input[unlessHidden] === true ? all.filter((entry) => !this.#takeHidden(entry)) : all;
                if (entries.length < all.length) return this.#batchOf(action, input, entries);
                return this.#batch(action, input, body, entries, (entry) => {
                    checkHandle(entry);
                    checkRanges(entry);
                });
            }
            case "ReceiveMessage":
                checkReceive(input);
                return this.#withSources(input, await this.#forward(action, body));
            default:
                return this.#forward(action, body);
        }
    }

    /** Makes received messages visible again whose receiver was gone before it got them. */
    async giveBack(queueUrl: string, received: Answer): Promise<void> {
        const messages = partsOf(parseInput(received.body.toString()), "Messages");
        if (messages.length === 0) return;
        const Entries = messages.map(({ ReceiptHandle }, index) => ({
            Id: `${index}`,
            ReceiptHandle,
            VisibilityTimeout: 0,
        }));
        await this.run("ChangeMessageVisibilityBatch", { QueueUrl: queueUrl, Entries });
    }

    close(): void {
        this.#client.close();
    }

    /** @throws AwsError what the engine refuses, which is then worded as SQS words it. */
    async #forward(action: string, body: Buffer | string): Promise<Answer> {
        const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` };
        const answer = await this.#client.send("POST", "/", headers, body);
        if (answer.status !== 200) outputOf(answer);
        return answer;
    }

    #withOwnUrls(answer: Answer): Answer {
        const text = answer.body.toString().replaceAll(/http:\/\/[^/"]+\/(?=\d{12}\/)/g, `${this.#origin()}/`);
        return { ...answer, headers: withoutLength(answer), body: Buffer.from(text) };
    }

    async #checkAttributes(input: Input): Promise<void> {
        const attributes = textMapOf(input, "Attributes");
        const unknown = Object.keys(attributes).find((name) => !settableAttributes.has(name));
        if (unknown !== undefined) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);

        const policy = attributes["RedrivePolicy"];
        if (policy === undefined || policy === "") return;
        const refused = (reason: string) =>
            invalidParameter(`Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
        const { deadLetterTargetArn, maxReceiveCount } = parseInput(policy);
        const receives = Number(maxReceiveCount);
        if (!Number.isInteger(receives) || receives < 1 || receives > 1000) {
            throw refused("Invalid value for maxReceiveCount: it must be an integer from 1 to 1000.");
        }
        const target = String(deadLetterTargetArn);
        const known = await this.run("GetQueueUrl", { QueueName: target.slice(target.lastIndexOf(":") + 1) }).catch(
            () => undefined,
        );
        if (known === undefined) throw refused("Dead letter target does not exist.");
    }

    #takeHidden(entry: Input): boolean {
        return this.#hidden.delete(textOf(entry, "ReceiptHandle") ?? "");
    }

    async #batchOf(action: string, input: Input, entries: readonly Input[]): Promise<Answer> {
        const done = { Successful: [], Failed: [] };
        if (entries.length === 0) return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(done)) };
        return await this.#forward(action, JSON.stringify({ ...input, Entries: entries }));
    }

    /** What is wrong with an entry fails that entry; the others are done. @param check throws AwsError */
    async #batch(
        action: string,
        input: Input,
        body: Buffer | string,
        entries: readonly Input[],
        check: (entry: Input) => void,
    ): Promise<Answer> {
        const good: Input[] = [];
        const failed: object[] = [];
        for (const entry of entries) {
            try {
                check(entry);
                good.push(entry);
            } catch (error) {
                if (!(error instanceof AwsError)) throw error;
                const { message: Message, code } = error;
                failed.push({ Id: entry["Id"], SenderFault: true, Code: queryCode(code), Message });
            }
        }
        if (failed.length === 0) return this.#forward(action, body);
        const done = good.length === 0 ? {} : await this.run(action, { ...input, Entries: good });
        const result = { Successful: partsOf(done, "Successful"), Failed: [...partsOf(done, "Failed"), ...failed] };
        const headers = { "content-type": "application/x-amz-json-1.0" };
        return { status: 200, headers, body: Buffer.from(JSON.stringify(result)) };
    }

    #withSources(input: Input, answer: Answer): Answer {
        const wanted = [...textsOf(input, "AttributeNames"), ...textsOf(input, "MessageSystemAttributeNames")];
        if (!wanted.includes("All") && !wanted.includes("DeadLetterQueueSourceArn")) return answer;
        const messages = partsOf(parseInput(answer.body.toString()), "Messages").map((message) => {
            const source = this.#engine.deadLetterSource(textOf(message, "MessageId") ?? "");
            if (source === undefined) return message;
            const DeadLetterQueueSourceArn = `arn:aws:sqs:${this.#region}:${account}:${source}`;
            return { ...message, Attributes: { ...textMapOf(message, "Attributes"), DeadLetterQueueSourceArn } };
        });
        if (messages.length === 0) return answer;
        return { ...answer, headers: withoutLength(answer), body: Buffer.from(JSON.stringify({ Messages: messages })) };
    }
}

function withoutLength(answer: Answer): Answer["headers"] {
    const { "content-length": _, ...headers } = answer.headers;
    return headers;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
function checkName(input: Input): void {
    const name = textOf(input, "QueueName") ?? "";
    const isFifo = textMapOf(input, "Attributes")["FifoQueue"] === "true";
    const plain = isFifo ? name.replace(/\.fifo$/, "") : name;
    if (name.length > 80 || !/^[A-Za-z0-9_-]+$/.test(plain) || (isFifo && !name.endsWith(".fifo"))) {
        const rule = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
        throw invalidParameter(isFifo ? `${rule}, and must end with .fifo.` : `${rule}.`);
    }
}

/**
 * The engine's handles are UUIDs. One that is well formed but no longer valid is not an error to SQS either.
 * @throws AwsError ReceiptHandleIsInvalid
 */
function checkHandle(input: Input): void {
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(textOf(input, "ReceiptHandle") ?? "")) return;
    throw new AwsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
}

function isFifo(input: Input): boolean {
    return textOf(input, "QueueUrl")?.endsWith(".fifo") === true;
}
