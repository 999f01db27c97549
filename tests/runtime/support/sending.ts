import { type AttributeDefinition, CreateTableCommand, DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Webhook } from "standardwebhooks";
import { Deliverer, type Parts, type Result } from "../../../runtime/webhookFanout/delivery/attempt.ts";
import type { Delivery } from "../../../runtime/webhookFanout/delivery/attemptStore.ts";
import {
    type AttemptItem,
    bodyKeyOf,
    type DeliveryBody,
    type WakeUp,
} from "../../../runtime/webhookFanout/delivery/delivery.ts";
import type { Notice } from "../../../runtime/webhookFanout/delivery/notices.ts";
import { Sender } from "../../../runtime/webhookFanout/delivery/sender.ts";
import type { Destination } from "../../../runtime/webhookFanout/endpoints/health.ts";
import { Sealing } from "../../../runtime/webhookFanout/endpoints/sealing.ts";
import { Aws } from "./aws.ts";
import { Database } from "./database.ts";
import type { Received } from "./receiver.ts";

export const start = Date.parse("2026-11-20T10:00:00.000Z");
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const body = '{"id":"cs_1:4:completed","type":"checkout_session.completed","data":{"id":"cs_1"}}';
export const sealingSecret = JSON.stringify({
    current: "k1",
    keys: { k1: Buffer.alloc(32, 7).toString("base64") },
});
export const leaseMs = 20_000;

/** A wake-up as AWS would bring it. */
export interface Waking {
    readonly wakeUp: WakeUp;
    /** Milliseconds since 1970. */
    readonly dueAt: number;
    readonly by: "queue" | "scheduler";
}

/** What the deliverer needs around it: a real database, queues and a scheduler that a test plays, and a clock it sets. */
export class Sending {
    /** Milliseconds since 1970. */
    now = start;
    /** What the deliverer leaves to chance: the middle, unless a test wants more of it. */
    random = () => 0.5;
    /** What the queue and the scheduler hold, the next one due first. */
    readonly waking: Waking[] = [];
    readonly aws: Aws;
    readonly database: Database;
    readonly sealing: Sealing;
    /** One environment of the function, which knows nothing of what other tests did. */
    deliverer: Deliverer;
    readonly #sender: Sender;
    readonly #clients: Pick<Parts, "sqs" | "scheduler">;

    private constructor(aws: Aws, database: Database, sealing: Sealing) {
        this.aws = aws;
        this.database = database;
        this.sealing = sealing;
        // Longer than every real answer here takes, and short for the one that never comes.
        this.#sender = new Sender({ allowed: ["127.0.0.1"], deadlineMs: 1000 });
        const { AWS_REGION: region } = aws.environment;
        const client = {
            endpoint: aws.url,
            region: region ?? "",
            credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
            maxAttempts: 1,
        };
        this.#clients = { sqs: new SQSClient(client), scheduler: new SchedulerClient(client) };
        this.deliverer = this.environment();
    }

    /** Another environment of the function. */
    environment(): Deliverer {
        return new Deliverer({
            ...this.#clients,
            dynamo: this.database.client,
            sealing: this.sealing,
            sender: this.#sender,
            names: this.names,
            now: () => this.now,
            random: () => this.random(),
        });
    }

    static async start(): Promise<Sending> {
        const database = await Database.start();
        try {
            const aws = await Aws.start(database.url);
            const sending = new Sending(aws, database, await Sealing.from(async () => sealingSecret));
            await sending.reset();
            return sending;
        } catch (error) {
            await database.stop();
            throw error;
        }
    }

    /** The deliverer's environment. */
    get names() {
        const queue = (name: string) => `${this.aws.url}/000000000000/${name}`;
        const arn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;
        return {
            ENDPOINTS_TABLE: "sending-endpoints",
            DELIVERIES_TABLE: "sending-deliveries",
            ATTEMPTS_TABLE: "sending-attempts",
            CAPACITY_TABLE: "sending-capacity",
            ATTEMPTS_QUEUE_URL: queue("attempts"),
            ATTEMPTS_QUEUE_ARN: arn("attempts"),
            ATTEMPTS_DEAD_LETTERS_ARN: arn("attempts-dlq"),
            EXHAUSTED_QUEUE_URL: queue("exhausted"),
            EVENTS_QUEUE_URL: queue("events"),
            SCHEDULE_GROUP: "webhook-attempts",
            SCHEDULE_ROLE_ARN: "arn:aws:iam::000000000000:role/wake",
            SEALING_SECRET: "arn:aws:secretsmanager:eu-west-1:000000000000:secret:sealing",
            ALLOWED_ADDRESSES: "127.0.0.1",
        };
    }

    /** Empties tables and queues, and sets the clock back. */
    async reset(): Promise<void> {
        this.now = start;
        this.random = () => 0.5;
        this.deliverer = this.environment();
        this.waking.length = 0;
        this.aws.reset();
        this.listen();
        const { client } = this.database;
        for (const table of tables) {
            await client.send(new DeleteTableCommand({ TableName: table.TableName })).catch(() => undefined);
            await client.send(new CreateTableCommand({ ...table, BillingMode: "PAY_PER_REQUEST" }));
        }
    }

    /** Takes down what is put into the attempts queue and the schedules. */
    listen(): void {
        this.aws.answers("SendMessage", ({ QueueUrl, MessageBody, DelaySeconds }) => {
            if (!String(QueueUrl).endsWith("/attempts")) return undefined;
            this.#add({
                wakeUp: JSON.parse(String(MessageBody)),
                dueAt: this.now + Number(DelaySeconds) * 1000,
                by: "queue",
            });
            return undefined;
        });
        this.aws.answers("CreateSchedule", ({ ScheduleExpression, Target }) => {
            const [, at = ""] = /^at\((.*)\)$/.exec(String(ScheduleExpression)) ?? [];
            const { Input } = Target as { Input: string };
            this.#add({ wakeUp: JSON.parse(Input), dueAt: Date.parse(`${at}Z`), by: "scheduler" });
            return undefined;
        });
    }

    async endpoint(url: string, over: Partial<Destination> = {}): Promise<Destination> {
        const endpointId = over.endpointId ?? "ep_1";
        const endpoint: Destination = {
            tenantId: "agent",
            endpointId,
            kind: "standard",
            url,
            eventTypes: ["*"],
            headers: {},
            concurrency: 10,
            ordered: false,
            status: "enabled",
            secrets: [{ scheme: "v1", sealed: this.sealing.seal(secret, endpointId) }],
            createdAt: new Date(start).toISOString(),
            updatedAt: new Date(start).toISOString(),
            ...over,
        };
        await this.database.put(this.names.ENDPOINTS_TABLE, { ...endpoint });
        return endpoint;
    }

    /** Keeps a delivery that is due now. @returns its first wake-up. */
    async delivery(over: Partial<Delivery> = {}): Promise<WakeUp> {
        const { endpointId = "ep_1", deliveryId = "cs_1:4:completed", orderingKey = "cs_1", attempts = 0 } = over;
        const tenantId = "agent";
        const at = new Date(this.now).toISOString();
        const delivery: Delivery = {
            endpointId,
            deliveryId,
            tenantId,
            eventType: "checkout_session.completed",
            orderingKey,
            occurredAt: at,
            correlationId: "correlation-1",
            status: "pending",
            attempts,
            nextAttemptAt: at,
            createdAt: at,
            expiresAt: Math.floor(this.now / 1000) + 30 * 86_400,
            dueShard: "0",
            ...over,
        };
        const item: DeliveryBody = { ...bodyKeyOf(delivery), body, expiresAt: delivery.expiresAt };
        // Rows of before had it in them.
        const items = over.body === undefined ? [delivery, item] : [delivery];
        await Promise.all(items.map((one) => this.database.put(this.names.DELIVERIES_TABLE, { ...one })));
        return { tenantId, endpointId, deliveryId, attempt: attempts + 1 };
    }

    /** Somebody is at this attempt, and holds it for so long. */
    async underWay({ endpointId, deliveryId, attempt }: WakeUp, leaseUntil: number): Promise<void> {
        const claim = { deliveryKey: `${endpointId}#${deliveryId}`, number: attempt, leaseUntil, expiresAt: 0 };
        await this.database.put(this.names.ATTEMPTS_TABLE, claim);
    }

    /** One batch, all at the same time. @param isRetry whether these messages came before */
    async batch(wakeUps: readonly WakeUp[], isRetry = false): Promise<Result[]> {
        return await Promise.all(wakeUps.map((wakeUp) => this.deliverer.attempt(wakeUp, isRetry)));
    }

    async attempt(wakeUp: WakeUp, isRetry = false): Promise<Result> {
        return await this.deliverer.attempt(wakeUp, isRetry);
    }

    /** Sets the clock to whatever is due next and looks at it, until nothing is any more. @returns what became of each. */
    async run({ until = Number.POSITIVE_INFINITY } = {}): Promise<(Result & { readonly at: number })[]> {
        const results: (Result & { readonly at: number })[] = [];
        for (;;) {
            const [next] = this.waking;
            if (next === undefined || next.dueAt > until) return results;
            this.waking.shift();
            this.now = Math.max(this.now, next.dueAt);
            const at = this.now;
            results.push({ ...(await this.attempt(next.wakeUp)), at });
        }
    }

    async row(deliveryId = "cs_1:4:completed", endpointId = "ep_1"): Promise<Record<string, unknown> | undefined> {
        return await this.database.get(this.names.DELIVERIES_TABLE, { endpointId, deliveryId });
    }

    async destination(endpointId = "ep_1"): Promise<Record<string, unknown> | undefined> {
        return await this.database.get(this.names.ENDPOINTS_TABLE, { tenantId: "agent", endpointId });
    }

    /** The log of a delivery's attempts. */
    async attempts(deliveryId = "cs_1:4:completed", endpointId = "ep_1"): Promise<AttemptItem[]> {
        const items = (await this.database.all(this.names.ATTEMPTS_TABLE)) as unknown as AttemptItem[];
        return items
            .filter(({ deliveryKey }) => deliveryKey === `${endpointId}#${deliveryId}`)
            .sort((one, other) => one.number - other.number);
    }

    /** What was put into a queue, other than wake-ups. */
    sentTo(queue: "exhausted" | "events"): Record<string, unknown>[] {
        return this.aws
            .inputs("SendMessage")
            .filter(({ QueueUrl }) => String(QueueUrl).endsWith(`/${queue}`))
            .map(({ MessageBody }) => JSON.parse(String(MessageBody)));
    }

    get notices(): Notice[] {
        return this.sentTo("events") as unknown as Notice[];
    }

    async stop(): Promise<void> {
        this.#sender.close();
        await this.aws.stop();
        await this.database.stop();
    }

    #add(waking: Waking): void {
        this.waking.push(waking);
        this.waking.sort((one, other) => one.dueAt - other.dueAt);
    }
}

/** The event in a request, as its receiver reads it that verifies it when it comes. Throws when it does not verify. */
export function verified({ headers, body: payload }: Received, key = secret): unknown {
    const now = Date.now;
    Date.now = () => Number(headers["webhook-timestamp"]) * 1000;
    try {
        const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
        return new Webhook(key).verify(payload, texts);
    } finally {
        Date.now = now;
    }
}

const attribute = (AttributeName: string, AttributeType: "S" | "N" = "S"): AttributeDefinition => ({
    AttributeName,
    AttributeType,
});
const keys = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: "HASH" as const },
    { AttributeName: sort, KeyType: "RANGE" as const },
];

const tables = [
    {
        TableName: "sending-endpoints",
        AttributeDefinitions: [attribute("tenantId"), attribute("endpointId")],
        KeySchema: keys("tenantId", "endpointId"),
    },
    {
        TableName: "sending-deliveries",
        AttributeDefinitions: ["endpointId", "deliveryId", "orderKey", "nextAttemptAt"].map((name) => attribute(name)),
        KeySchema: keys("endpointId", "deliveryId"),
        GlobalSecondaryIndexes: [
            {
                IndexName: "waiting",
                KeySchema: keys("orderKey", "nextAttemptAt"),
                Projection: { ProjectionType: "INCLUDE" as const, NonKeyAttributes: ["occurredAt"] },
            },
        ],
    },
    {
        TableName: "sending-attempts",
        AttributeDefinitions: [attribute("deliveryKey"), attribute("number", "N")],
        KeySchema: keys("deliveryKey", "number"),
    },
    {
        TableName: "sending-capacity",
        AttributeDefinitions: [attribute("endpointId"), attribute("slot", "N")],
        KeySchema: keys("endpointId", "slot"),
    },
];
