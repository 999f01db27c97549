import {
    type FunctionConfiguration,
    paginateListEventSourceMappings,
    paginateListFunctions,
} from "@aws-sdk/client-lambda";
import {
    ChangeMessageVisibilityBatchCommand,
    DeleteMessageCommand,
    GetQueueAttributesCommand,
    ListQueueTagsCommand,
    type Message,
    paginateListQueues,
    ReceiveMessageCommand,
    type SQSClient,
} from "@aws-sdk/client-sqs";
import { isJsonObject } from "../../runtime/shared/json.ts";
import { UnreachableError, UsageError } from "./command.ts";
import { nameOf, type ReceivedMessage } from "./deadLetter.ts";
import { parsed } from "./identifiers.ts";
import { inBatches, type Stack } from "./stack.ts";

/** A queue of an environment, and how its messages go on. */
export interface Queue {
    readonly name: string;
    readonly url: string;
    readonly arn: string;
    /** Messages in it, the hidden ones too; SQS counts approximately. */
    readonly messages: number;
    /** ARN of the queue that its dead letters go to; none: it is itself one of dead letters. */
    readonly deadLetters: string | undefined;
    /** Receives after which a message goes there. */
    readonly maxReceives?: number;
}

/** The queues and functions of an environment, and which of them feeds which. */
export class Relations {
    readonly queues: readonly Queue[];
    readonly #functions: readonly FunctionConfiguration[];
    /** ARN of a queue or stream → ARNs of the functions that read it. */
    readonly #readers: ReadonlyMap<string, readonly string[]>;

    private constructor(
        queues: readonly Queue[],
        functions: readonly FunctionConfiguration[],
        readers: ReadonlyMap<string, readonly string[]>,
    ) {
        this.queues = queues;
        this.#functions = functions;
        this.#readers = readers;
    }

    /** Throws Unreachable when nothing bears the environment's tags. */
    static async of(stack: Stack): Promise<Relations> {
        const [queues, functions, readers] = await Promise.all([queuesOf(stack), functionsOf(stack), readersOf(stack)]);
        if (queues.length > 0) return new Relations(queues, functions, readers);
        const tags = Object.entries(stack.tags).map(([name, value]) => `${name}=${value}`);
        throw new UnreachableError(
            `${stack.title} has no queue with the tags ${tags.join(", ")}: is it deployed, there, under this account? ` +
                "(The embedded cloud tags what it makes anew: npm start -- --fresh.)",
        );
    }

    /** Queues of what could not be processed: those that send nothing on. */
    get deadLetters(): readonly Queue[] {
        return this.queues.filter(({ deadLetters }) => deadLetters === undefined);
    }

    deadLettersNamed(name: string): Queue {
        const queue = this.deadLetters.find((each) => each.name === name);
        if (queue !== undefined) return queue;
        throw new UsageError(
            `${name} is no queue of dead letters here; there are: ${this.deadLetters.map((each) => each.name).join(", ")}`,
        );
    }

    queueOf(arn: string): Queue | undefined {
        return this.queues.find((queue) => queue.arn === arn);
    }

    /** ARNs of the queues whose dead letters go to this one. */
    sourcesOf({ arn }: Queue): string[] {
        return this.queues.filter(({ deadLetters }) => deadLetters === arn).map((queue) => queue.arn);
    }

    /** ARNs of the functions that read a queue or a stream. */
    readersOf(arn: string): readonly string[] {
        return this.#readers.get(arn) ?? [];
    }

    /** The function that knows a queue by its environment, because it sends there itself; of these, if it must be. */
    writerTo({ name }: Queue, among?: readonly string[]): FunctionConfiguration | undefined {
        return this.#functions.find(
            ({ FunctionName, Environment: { Variables = {} } = {} }) =>
                (among === undefined || among.some((arn) => nameOf(arn) === FunctionName)) &&
                Object.values(Variables).some((value) => value.endsWith(`/${name}`)),
        );
    }

    logGroupOf(functionArn: string): string {
        const name = nameOf(functionArn);
        const { LoggingConfig } = this.#functions.find(({ FunctionName }) => FunctionName === name) ?? {};
        return LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
    }
}

async function queuesOf({ sqs, tags }: Stack): Promise<Queue[]> {
    const urls: string[] = [];
    for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs, pageSize: 1000 }, {})) {
        urls.push(...QueueUrls);
    }
    const queues = await inBatches(20, urls, async (url) =>
        (await isTagged(sqs, url, tags)) ? queueAt(sqs, url) : [],
    );
    return queues.flat().sort((one, other) => one.name.localeCompare(other.name));
}

/** What is gone when it is looked at has no tags. */
async function isTagged(sqs: SQSClient, QueueUrl: string, wanted: Stack["tags"]): Promise<boolean> {
    const { Tags = {} } = await sqs.send(new ListQueueTagsCommand({ QueueUrl })).catch(absent);
    return Object.entries(wanted).every(([name, value]) => Tags[name] === value);
}

async function queueAt(sqs: SQSClient, url: string): Promise<Queue[]> {
    const { Attributes = {} } = await sqs
        .send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }))
        .catch(absent);
    const { QueueArn: arn, RedrivePolicy } = Attributes;
    if (arn === undefined) return [];
    const messages = [
        Attributes.ApproximateNumberOfMessages,
        Attributes.ApproximateNumberOfMessagesNotVisible,
        Attributes.ApproximateNumberOfMessagesDelayed,
    ].reduce((sum, count) => sum + Number(count ?? 0), 0);
    const policy = parsed(RedrivePolicy);
    const { deadLetterTargetArn: target, maxReceiveCount } = isJsonObject(policy) ? policy : {};
    const queue = { name: nameOf(arn), url, arn, messages };
    if (typeof target !== "string") return [{ ...queue, deadLetters: undefined }];
    return [{ ...queue, deadLetters: target, maxReceives: Number(maxReceiveCount) }];
}

function absent(error: unknown): Record<string, undefined> {
    if (error instanceof Error && /QueueDoesNotExist|NonExistentQueue/.test(error.name)) return {};
    throw error;
}

async function functionsOf({ lambda }: Stack): Promise<FunctionConfiguration[]> {
    const found: FunctionConfiguration[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) found.push(...Functions);
    return found;
}

async function readersOf({ lambda }: Stack): Promise<Map<string, string[]>> {
    const readers = new Map<string, string[]>();
    for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: lambda }, {})) {
        for (const { EventSourceArn = "", FunctionArn = "" } of EventSourceMappings) {
            readers.set(EventSourceArn, [...(readers.get(EventSourceArn) ?? []), FunctionArn]);
        }
    }
    return readers;
}

/**
 * The messages of a queue, each once. While they are read they are hidden from others; what is not deleted by then is
 * given back at the end, and comes back by itself when this process is killed.
 */
export class Reading {
    readonly #sqs: SQSClient;
    readonly #url: string;
    /** As far as SQS has counted. */
    readonly #counted: number;
    readonly #hiddenSeconds: number;
    readonly #open = new Map<string, ReceivedMessage>();

    /** @param hiddenSeconds how long ten messages may take */
    constructor(sqs: SQSClient, { url, messages }: Queue, hiddenSeconds = 60) {
        this.#sqs = sqs;
        this.#url = url;
        this.#counted = messages;
        this.#hiddenSeconds = hiddenSeconds;
    }

    /** @param most @default all that there are */
    async *messages(most = Number.POSITIVE_INFINITY): AsyncGenerator<ReceivedMessage> {
        const seen = new Set<string>();
        while (seen.size < most) {
            const { Messages = [] } = await this.#sqs.send(
                new ReceiveMessageCommand({
                    QueueUrl: this.#url,
                    MaxNumberOfMessages: Math.min(10, most - seen.size),
                    VisibilityTimeout: this.#hiddenSeconds,
                    // A short poll asks some of SQS's servers only, and may find nothing where there is something.
                    WaitTimeSeconds: seen.size < this.#counted ? 1 : 0,
                    MessageAttributeNames: ["All"],
                    MessageSystemAttributeNames: ["All"],
                }),
            );
            const held = Messages.map(heldIn);
            for (const message of held) this.#open.set(message.messageId, message);
            const fresh = held.filter(({ messageId }) => !seen.has(messageId));
            // Either there is nothing more, or what was seen first has come back.
            if (fresh.length === 0) return;
            for (const message of fresh) {
                seen.add(message.messageId);
                yield message;
            }
        }
    }

    async delete({ messageId, receiptHandle: ReceiptHandle }: ReceivedMessage): Promise<void> {
        await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle }));
        this.#open.delete(messageId);
    }

    /** Best effort: what is not given back is hidden for a while longer. */
    async giveBack(): Promise<void> {
        const entries = [...this.#open.values()].map(({ receiptHandle: ReceiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle,
            VisibilityTimeout: 0,
        }));
        this.#open.clear();
        for (let first = 0; first < entries.length; first += 10) {
            const Entries = entries.slice(first, first + 10);
            await this.#sqs
                .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.#url, Entries }))
                .catch(() => undefined);
        }
    }
}

const heldIn = (message: Message): ReceivedMessage => ({
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: message.MessageAttributes ?? {},
    system: message.Attributes ?? {},
});
