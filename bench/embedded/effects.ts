import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { EmbeddedCloud } from "./cloud.ts";

export const effects = ["stored", "notified", "reserved", "documented", "announced"] as const;
type Effect = (typeof effects)[number];

/** Times of each order's steps in milliseconds since the epoch, as their actors report them. */
export class EffectTimes {
    readonly #times = new Map<Effect, Map<string, number>>(effects.map((effect) => [effect, new Map()]));

    add(effect: Effect, orderId: string, at: number): void {
        this.#times.get(effect)?.set(orderId, at);
    }

    /** `undefined` when it has not happened. */
    of(effect: Effect, orderId: string): number | undefined {
        return this.#times.get(effect)?.get(orderId);
    }

    /** The last effect of an order; `undefined` while one is missing. */
    complete(orderId: string): number | undefined {
        const times = effects.flatMap((effect) => this.of(effect, orderId) ?? []);
        return times.length < effects.length ? undefined : Math.max(...times);
    }
}

/**
 * Looks now and then until everything has happened to every order, or the patience is at its end. That it looks so
 * seldom costs no precision: the times are those of the records.
 */
export async function awaitEffects(
    cloud: EmbeddedCloud,
    orderIds: readonly string[],
    patienceMs: number,
): Promise<EffectTimes> {
    const times = new EffectTimes();
    const end = Date.now() + patienceMs;
    const place = {
        endpoint: cloud.awsUrl,
        region: "eu-west-1",
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
    };
    const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(place));
    const sqs = new SQSClient(place);
    while (Date.now() < end && !orderIds.every((orderId) => times.complete(orderId) !== undefined)) {
        await sleep(500);
        await readTables(dynamo, times);
        await readNotifications(sqs, times);
        await readMail(cloud.url, orderIds.length, times);
    }
    return times;
}

async function readTables(client: DynamoDBDocumentClient, times: EffectTimes): Promise<void> {
    for await (const { Items = [] } of paginateScan({ client }, { TableName: "ecommerce-orders-dev" })) {
        for (const { orderId, storedAt } of Items) times.add("stored", orderId, Date.parse(storedAt));
    }
    for await (const { Items = [] } of paginateScan({ client }, { TableName: "ecommerce-order-effects-dev" })) {
        for (const { orderId, effect, doneAt } of Items) {
            if (doneAt === undefined) continue;
            if (effect === "reservation") times.add("reserved", orderId, Date.parse(doneAt));
            if (effect === "document") times.add("documented", orderId, Date.parse(doneAt));
        }
    }
}

/** What was received once stays hidden for longer than the bench takes. */
async function readNotifications(sqs: SQSClient, times: EffectTimes): Promise<void> {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "order-notifications-queue-dev" }));
    const receive = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ["SentTimestamp"],
    });
    for (;;) {
        const { Messages = [] } = await sqs.send(receive);
        if (Messages.length === 0) return;
        for (const { Body = "", Attributes } of Messages) {
            times.add("notified", JSON.parse(Body).orderData.orderId, Number(Attributes?.SentTimestamp));
        }
    }
}

async function readMail(url: string, limit: number, times: EffectTimes): Promise<void> {
    const response = await fetch(`${url}/_local/mail?limit=${limit}`);
    const mails: { time: number; text?: string }[] = JSON.parse(await response.text());
    for (const { time, text = "" } of mails) {
        const [orderId] = /\bbench-\d+\b/.exec(text) ?? [];
        if (orderId !== undefined) times.add("announced", orderId, time);
    }
}
