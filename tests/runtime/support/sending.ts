import { setTimeout as wait } from "node:timers/promises";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Webhook } from "standardwebhooks";
import { send as sendAuthorized } from "../../../runtime/webhookFanout/authorizedRequests.lazy.ts";
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
import { type LateWays, Transport } from "../../../runtime/webhookFanout/delivery/transport.ts";
import type { Destination } from "../../../runtime/webhookFanout/endpoints/health.ts";
import { Sealing } from "../../../runtime/webhookFanout/endpoints/sealing.ts";
import { Aws, messagesIn } from "./aws.ts";
import { Database } from "./database.ts";
import { endpointItem, masterKeys } from "./outbound.ts";
import type { Received } from "./receiver.ts";
import { environmentOf } from "./started.ts";

export const start = Date.parse("2026-11-20T10:00:00.000Z");
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const body = '{"id":"cs_1:4:completed","type":"checkout_session.completed","data":{"id":"cs_1"}}';
const sealing = await Sealing.from(async () => masterKeys);
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
    readonly database = new Database();
    readonly aws = new Aws(this.database);
    readonly sealing = sealing;
    /** The ways of few endpoints. */
    late: LateWays = {
        authorized: (posting) => sendAuthorized(posting, "127.0.0.1"),
        aws: () => Promise.reject(new Error("there is no such destination")),
        signed: () => Promise.reject(new Error("there is no key to sign with")),
    };
    /** One environment of the function, which knows nothing of what other tests did. */
    #deliverer: Deliverer | undefined;
    // Longer than every real answer here takes, and short for the one that never comes.
    readonly #sender = new Sender({ allowed: ["127.0.0.1"], deadlineMs: 1000 });
    #clients: Pick<Parts, "sqs" | "scheduler"> | undefined;

    /** Another environment of the function. @param sender @default ends requests after a second */
    environment(sender = this.#sender): Deliverer {
        const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
        const client = { endpoint: this.aws.url, region: "eu-west-1", credentials, maxAttempts: 1 };
        this.#clients ??= { sqs: new SQSClient(client), scheduler: new SchedulerClient(client) };
        return new Deliverer({
            ...this.#clients,
            dynamo: this.database.client,
            transport: new Transport({ sealing, sender, late: this.late }),
            names: environmentOf(this.aws),
            now: () => this.now,
            random: () => this.random(),
            wait: (ms) => this.#wait(ms),
        });
    }

    async start(): Promise<void> {
        await this.database.start();
        await this.aws.start();
        await this.reset();
    }

    /** Empties tables and queues, and sets the clock back. */
    async reset(): Promise<void> {
        this.now = start;
        this.random = () => 0.5;
        this.#deliverer = undefined;
        this.waking.length = 0;
        this.aws.reset();
        this.listen();
        await this.database.clear("endpoints", "deliveries", "attempts", "capacity");
    }

    /** Takes down what is put into the attempts queue and the schedules. */
    listen(): void {
        this.aws.answers("SendMessageBatch", (input) => {
            for (const { url, entry, content } of messagesIn({ action: "SendMessageBatch", input })) {
                if (!url.endsWith("/attempts")) continue;
                const { DelaySeconds = 0 } = entry;
                this.#add({ wakeUp: content, dueAt: this.now + DelaySeconds * 1000, by: "queue" });
            }
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
        const endpoint: Destination = endpointItem({
            tenantId: "agent",
            endpointId,
            url,
            secrets: [{ scheme: "v1", sealed: this.sealing.seal(secret, endpointId) }],
            ...over,
        });
        await this.database.put("endpoints", { ...endpoint });
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
        await Promise.all(items.map((one) => this.database.put("deliveries", { ...one })));
        return { tenantId, endpointId, deliveryId, attempt: attempts + 1 };
    }

    /** Another process holds this attempt until the lease ends. */
    async underWay({ endpointId, deliveryId, attempt }: WakeUp, leaseUntil: number): Promise<void> {
        const claim = { deliveryKey: `${endpointId}#${deliveryId}`, number: attempt, leaseUntil, expiresAt: 0 };
        await this.database.put("attempts", claim);
    }

    /** One batch, all at the same time. */
    async batch(wakeUps: readonly WakeUp[]): Promise<Result[]> {
        return await Promise.all(wakeUps.map((wakeUp) => this.attempt(wakeUp)));
    }

    /** @param isRetry whether this message came before */
    async attempt(wakeUp: WakeUp, isRetry = false): Promise<Result> {
        this.#deliverer ??= this.environment();
        return await this.#deliverer.attempt(wakeUp, isRetry);
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
        return await this.database.get("deliveries", { endpointId, deliveryId });
    }

    async destination(endpointId = "ep_1"): Promise<Record<string, unknown> | undefined> {
        return await this.database.get("endpoints", { tenantId: "agent", endpointId });
    }

    /** The log of a delivery's attempts. */
    async attempts(deliveryId = "cs_1:4:completed", endpointId = "ep_1"): Promise<AttemptItem[]> {
        const items = (await this.database.all("attempts")) as unknown as AttemptItem[];
        return items
            .filter(({ deliveryKey }) => deliveryKey === `${endpointId}#${deliveryId}`)
            .sort((one, other) => one.number - other.number);
    }

    /** The events sent to endpoints' owners. */
    get notices(): Notice[] {
        return this.aws.sentTo("events");
    }

    async stop(): Promise<void> {
        this.#sender.close();
        await this.aws.stop();
        await this.database.stop();
    }

    /** In real time, so that requests are made in order; the clock follows. */
    async #wait(ms: number): Promise<void> {
        const until = this.now + ms;
        await wait(ms);
        this.now = Math.max(this.now, until);
    }

    #add(waking: Waking): void {
        this.waking.push(waking);
        this.waking.sort((one, other) => one.dueAt - other.dueAt);
    }
}

/** The event in a request, as its receiver reads it that verifies it when it comes. Throws when it does not verify. */
export function verified({ headers, body: payload }: Pick<Received, "headers" | "body">, key = secret): unknown {
    const now = Date.now;
    Date.now = () => Number(headers["webhook-timestamp"]) * 1000;
    try {
        const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
        return new Webhook(key).verify(payload, texts);
    } finally {
        Date.now = now;
    }
}
