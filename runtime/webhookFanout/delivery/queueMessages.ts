import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { messageBody, textAttributes } from "../../shared/message.ts";
import { Batcher } from "./batcher.ts";

/** A message of a queue. */
interface QueueMessage {
    readonly content: object;
    readonly attributes: Readonly<Record<string, string>>;
    /** On a standard queue a message group means fairness (an endpoint with many messages does not delay others), not order. */
    readonly group?: string;
    /** At most 900. @default 0 */
    readonly delaySeconds?: number;
}

/** SQS did not accept a message. */
class NotSentError extends Error {
    override readonly name = "NotSentError";
}

/** SendMessageBatch takes ten messages. */
const perCall = 10;

/** Sends small messages to a queue; concurrent ones share calls. */
export class QueueMessages {
    readonly #client: SQSClient;
    readonly #queueUrl: string;
    readonly #batcher: Batcher<QueueMessage, NotSentError | undefined>;

    constructor(client: SQSClient, queueUrl: string) {
        this.#client = client;
        this.#queueUrl = queueUrl;
        this.#batcher = new Batcher((messages) => this.#sendAll(messages), { atMost: perCall });
    }

    /** Throws NotSentError, and SQS's errors. */
    async send(message: QueueMessage): Promise<void> {
        const error = await this.#batcher.add(message);
        if (error !== undefined) throw error;
    }

    /** SendMessageBatch succeeds although some entries fail: entries not listed as successful have failed. */
    async #sendAll(messages: readonly QueueMessage[]): Promise<(NotSentError | undefined)[]> {
        const { Successful = [], Failed = [] } = await this.#client.send(
            new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: messages.map(entryOf) }),
        );
        const sent = new Set(Successful.map(({ Id }) => Id));
        return messages.map((_, index) => {
            if (sent.has(String(index))) return undefined;
            const { Code = "no answer", Message = "" } = Failed.find(({ Id }) => Id === String(index)) ?? {};
            return new NotSentError(`${Code} ${Message}`.trim());
        });
    }
}

function entryOf({ content, attributes, group, delaySeconds }: QueueMessage, index: number) {
    return {
        Id: String(index),
        MessageBody: messageBody(content),
        MessageAttributes: textAttributes(attributes),
        ...(group !== undefined && { MessageGroupId: group }),
        ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
    };
}
