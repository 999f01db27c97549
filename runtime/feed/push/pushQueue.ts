import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { uuidOf } from "../../shared/ids.ts";
import { isJsonObject } from "../../shared/json.ts";
import { messageBody } from "../../shared/message.ts";

/** Products of which an API may have to be told. */
export interface PushMessage {
    readonly target: string;
    /** At most `mostProducts`, each once. */
    readonly productIds: readonly string[];
    readonly correlationId: string;
    /** Milliseconds since 1970: when the first of them was changed. */
    readonly changedAt: number;
    /** Milliseconds since 1970: a mark, which was sent then. What was sent before has come to its turn when it comes to its own. */
    readonly markedAt?: number;
    /** Whether the API is told also of what it has already. @default false */
    readonly isAnew?: boolean;
    /** Milliseconds since 1970: when the API refused all of them. If it takes others after that, the fault is theirs. */
    readonly doubtedAt?: number;
}

/** Products of a request. */
export const mostProducts = 100;

/** A message is none of products to be told of. */
class NotAPushError extends Error {
    override readonly name = "NotAPushError";
}

/** Throws NotAPushError. */
export function pushIn(body: string): PushMessage {
    const value: unknown = JSON.parse(body);
    const { target, productIds, correlationId, changedAt, markedAt, isAnew, doubtedAt } = isJsonObject(value)
        ? value
        : {};
    if (typeof target !== "string" || !Array.isArray(productIds))
        throw new NotAPushError("it has no target or products");
    return {
        target,
        productIds: [...new Set(productIds.map(String))].slice(0, mostProducts),
        correlationId: String(correlationId),
        changedAt: typeof changedAt === "number" ? changedAt : Date.now(),
        ...(typeof markedAt === "number" && { markedAt }),
        ...(isAnew === true && { isAnew }),
        ...(typeof doubtedAt === "number" && { doubtedAt }),
    };
}

/** The FIFO queue of all targets, in which the messages of each come one after the other. */
export class PushQueue {
    readonly #client: SQSClient;
    readonly #url: string;

    constructor(client: SQSClient, url: string) {
        this.#client = client;
        this.#url = url;
    }

    /** @param cause the same for the same message, which SQS then takes once within five minutes */
    async send(message: PushMessage, ...cause: readonly string[]): Promise<void> {
        await this.#client.send(
            new SendMessageCommand({
                QueueUrl: this.#url,
                MessageBody: messageBody(message),
                MessageGroupId: message.target,
                MessageDeduplicationId: uuidOf(message.target, ...cause),
            }),
        );
    }

    /** Lets a received message, and with it all of its target, wait. */
    async hide(ReceiptHandle: string, seconds: number): Promise<void> {
        const hide = { QueueUrl: this.#url, ReceiptHandle, VisibilityTimeout: seconds };
        await this.#client.send(new ChangeMessageVisibilityCommand(hide));
    }
}
