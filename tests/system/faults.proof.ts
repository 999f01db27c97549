import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { Session } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { verify } from "../../tools/audit.ts";
import { Receiver } from "../runtime/support/receiver.ts";
import { ask } from "./client.ts";
import {
    auditRows,
    charges,
    effectsIn,
    loggedAttempts,
    stockOf,
    storedVersions,
    webhookDeliveries,
} from "./effects.ts";
import { copyOfProject, Embedded, endAll, eventually, run } from "./embedded.ts";
import { wakeOverdue } from "./endpointOwner.ts";
import { cleaner, parcel, payment, standardShipping } from "./shopping.ts";

const orderCount = 60;
const sessionCount = 16;
const messageCount = 24;
/** Clients at a time. */
const clients = 6;
/** As long a client tries, and as long the system may take to come to rest. */
const patienceMs = 90_000;

/** The faults so far, as the fault mode reports them. */
class Dealt {
    readonly #counts: Readonly<Record<string, number>>;
    /** By function: the number of its time-outs, which slow machines cause. */
    readonly #timeouts: ReadonlyMap<string, number>;

    private constructor(counts: Readonly<Record<string, number>>, timeouts: ReadonlyMap<string, number>) {
        this.#counts = counts;
        this.#timeouts = timeouts;
    }

    static async soFar(embedded: Embedded): Promise<Dealt> {
        const { functions }: { functions: { name: string }[] } = await embedded.look("resources");
        const ended = embedded.output.split("\n").filter((line) => line.includes("Task timed out"));
        const timeouts = functions.map(({ name }): [string, number] => [
            name,
            ended.filter((line) => line.includes(` ${name} `)).length,
        ]);
        return new Dealt(await embedded.look("faults"), new Map(timeouts));
    }

    /** How many faults there were whose description begins so. */
    count(beginning: string): number {
        const found = Object.entries(this.#counts).filter(([what]) => what.startsWith(beginning));
        return found.reduce((sum, [, count]) => sum + count, 0);
    }

    /** How many in all of a function's calls of an action. */
    of(place: string): number {
        this.timeouts(place.split(" ")[0] ?? "");
        return ["throttled", "conflict", "lost"].reduce((sum, kind) => sum + this.count(`${kind} ${place}`), 0);
    }

    /** The number of time-outs of a function. */
    timeouts(functionName: string): number {
        const count = this.#timeouts.get(functionName);
        if (count === undefined) throw new Error(`there is no function ${functionName}`);
        return count;
    }

    /**
     * The number of possible repeats of an output: its answer was lost, the function was ended before it
     * recorded it, or recording failed in all three tries (docs/decisions/0003-steps.md).
     */
    repeats(functionName: string, action: string): number {
        const recording = Math.floor(this.of(`${functionName} dynamodb:UpdateItem`) / 3);
        return this.count(`lost ${functionName} ${action}`) + this.timeouts(functionName) + recording;
    }
}

/** A client that asks the same again until it is answered, as clients of an API at AWS do. */
class Client {
    readonly #embedded: Embedded;

    constructor(embedded: Embedded) {
        this.#embedded = embedded;
    }

    // biome-ignore lint/suspicious/noExplicitAny: each caller knows what it asked for
    async post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<any> {
        const deadline = Date.now() + patienceMs;
        for (;;) {
            const answer = await ask(`${this.#embedded.url}${path}`, {
                method: "POST",
                headers: { "content-type": "application/json", "x-api-key": "local-key", ...headers },
                body: JSON.stringify(body),
            });
            const text = await answer.text();
            if (answer.ok) return JSON.parse(text);
            const passes = answer.status >= 500 || answer.status === 429 || text.includes("idempotency_in_flight");
            if (!passes || Date.now() > deadline) throw new Error(`POST ${path}: ${answer.status} ${text}`);
            await delay(100);
        }
    }

    checkout(path: string, body: object): Promise<Session> {
        return this.post(`/checkout_sessions${path}`, body, {
            authorization: "Bearer local-key",
            "api-version": "2026-04-17",
            "idempotency-key": randomUUID(),
        });
    }
}

/** Does a thing for each number below `count`, some at the same time. */
async function each<Result>(count: number, work: (number: number) => Promise<Result>): Promise<Result[]> {
    const results: Result[] = [];
    let next = 0;
    const worker = async () => {
        while (next < count) {
            const number = next++;
            results[number] = await work(number);
        }
    };
    await Promise.all(Array.from({ length: clients }, worker));
    return results;
}

const times = (ids: readonly string[]) =>
    new Map([...Map.groupBy(ids, (id) => id)].map(([id, all]) => [id, all.length]));
/** Whether there are these and no others, however often. */
function expectAll(what: string, found: Iterable<string>, wanted: readonly string[]): void {
    const known = new Set(found);
    const missing = wanted.filter((id) => !known.has(id));
    expect({ missing, unknown: [...known].filter((id) => !wanted.includes(id)) }, what).to.deep.equal(nothing);
}
const nothing = { missing: [], unknown: [] };

const surplus = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + count - 1, 0);

describe("orders, checkouts, messages and deliveries while calls fail, answers are lost and messages come twice", function () {
    this.timeout(300_000);
    const receivers: Receiver[] = [];
    afterEach(async () => {
        await endAll();
        for (const receiver of receivers.splice(0)) await receiver.stop();
    });

    for (const { seed, mails } of [
        { seed: 1, mails: false },
        { seed: 20, mails: true },
        { seed: 300, mails: true },
    ]) {
        it(`come to all that docs/decisions/0003-steps.md promises and to nothing else (seed ${seed}${mails ? ", with mails" : ""})`, async () => {
            const directory = copyOfProject();
            if (mails) {
                const file = join(directory, "Pulumi.dev.yaml");
                const settings = readFileSync(file, "utf8");
                const mailing = settings.replace("\n    mail:\n", "\n    mail:\n      sender: shop@example.com\n");
                expect(mailing).not.to.equal(settings);
                writeFileSync(file, mailing);
            }
            const environment = { LOCAL_FAULTS: String(seed), LOCAL_WAIT_FACTOR: "0.01" };
            const embedded = await Embedded.start({ directory, environment });
            const client = new Client(embedded);
            const stock = await stockOf(embedded, cleaner);

            // Two who register at the same moment, and each of them twice with one key.
            const refusing = new Set<string>();
            const healthy = await Receiver.start((response) => void response.writeHead(200).end());
            const unwilling = await Receiver.start((response, { headers }) => {
                const id = String(headers["webhook-id"]);
                const isRefused = refusing.size < 2 && !refusing.has(id);
                if (isRefused) refusing.add(id);
                response.writeHead(isRefused ? 500 : 200).end();
            });
            receivers.push(healthy, unwilling);
            const register = (url: string, eventTypes: readonly string[]) =>
                client.post("/webhook_endpoints", { url, eventTypes }, { "idempotency-key": url });
            const registered = await Promise.all([
                register(healthy.url, ["*"]),
                register(unwilling.url, ["order.*"]),
                register(healthy.url, ["*"]),
                register(unwilling.url, ["order.*"]),
            ]);
            const [all, some] = registered.map(({ endpoint }) => String(endpoint.id));
            expect(new Set(registered.map(({ endpoint }) => endpoint.id)).size, "endpoints").to.equal(2);

            const posting = each(orderCount, async (number) => {
                const orderId = `order-${number}`;
                const item = { productId: cleaner, productName: "Eco-Friendly Cleaner", quantity: 1 };
                await client.post("/orders", { orderId, customer: "Ada", items: [item], total: 12.99 });
                return orderId;
            });
            const shopping = each(sessionCount, async (number) => {
                const { id, line_items: lines } = await client.checkout("", parcel);
                await client.checkout(`/${id}`, standardShipping(...lines.map((line) => line.id)));
                const token = number % 4 === 3 ? "spt_timeout" : "spt_success";
                const session = await client.checkout(`/${id}/complete`, payment(token));
                expect(session.status).to.equal("completed");
                return { sessionId: id, orderId: session.order?.id ?? "no order" };
            });
            const publishing = each(messageCount, async (number) => {
                const correlationId = `message-${number}`;
                const message = { severity: "warning", code: "stock-low" };
                const body = { messageType: "business-alert", message };
                await client.post("/messages", body, { "x-correlation-id": correlationId });
                return correlationId;
            });
            const [orderIds, purchases, messages] = await Promise.all([posting, shopping, publishing]);
            const expectedOrders = [...orderIds, ...purchases.map(({ orderId }) => orderId)];

            const settled = eventually(async () => {
                await redriveAll(embedded);
                const effects = await effectsIn(embedded);
                expectAll("orders", effects.orders.keys(), expectedOrders);
                expectAll("documents", effects.documents, expectedOrders);
                expectAll("announcements", effects.announcements.keys(), expectedOrders);
                const done = ["announcement", "document", "notification", "reservation", ...(mails ? ["mail"] : [])];
                for (const id of expectedOrders) {
                    const recorded = effects.recorded.get(id)?.filter(({ doneAt }) => doneAt !== undefined) ?? [];
                    const steps = recorded.map(({ effect }) => String(effect));
                    // Orders with an address.
                    const toCustomer = steps.filter((step) => /-mail(\/|$)/.test(step));
                    expect(
                        steps.filter((step) => !toCustomer.includes(step)),
                        id,
                    ).to.have.members(done);
                    if (mails && purchases.some(({ orderId }) => orderId === id)) {
                        expect(toCustomer, id).to.include("confirmation-mail");
                    }
                }
                const versions = Map.groupBy(await storedVersions(embedded), ({ SessionId }) => SessionId);
                expect([...versions.keys()], "sessions").to.have.length.of.at.least(sessionCount);
                for (const { sessionId } of purchases) {
                    const own = (versions.get(sessionId) ?? []).sort((one, other) => one.Version - other.Version);
                    expect(own.at(-1)?.Reason, sessionId).to.equal("order_updated");
                }
                const rows = (await auditRows(embedded)).filter(({ outcome }) => outcome !== "failed");
                expect(new Set(rows.map(({ correlationId }) => correlationId)), "messages").to.include.all.keys(
                    ...messages,
                );
                const pending = (await webhookDeliveries(embedded)).filter(({ status }) => status !== "delivered");
                // Longer than any lease: who was to come to it is gone.
                const forgotten = new Date(Date.now() - 30_000).toISOString();
                const overdue = pending.filter(({ nextAttemptAt = forgotten }) => nextAttemptAt < forgotten);
                if (overdue.length > 0) await wakeOverdue(embedded, overdue);
                expect(
                    pending.map((delivery) =>
                        [delivery.deliveryId, delivery.attempts, delivery.nextAttemptAt, delivery.lastError].join(" "),
                    ),
                    "not delivered",
                ).to.deep.equal([]);
            }, patienceMs);
            await settled.catch(async (error: unknown) => {
                throw new Error(`${error}\ndead letters: ${JSON.stringify(await deadLetters(embedded))}`);
            });
            await quiet(embedded);

            const dealt = await Dealt.soFar(embedded);
            expect(dealt.count(""), "faults").to.be.greaterThan(100);
            // Orders.
            const { notifications, announcements } = await effectsIn(embedded);
            expect(stock - (await stockOf(embedded, cleaner)), "stock").to.equal(orderCount + 2 * sessionCount);
            expect(surplus(announcements), "announcements").to.be.at.most(
                dealt.repeats("announcements-dev", "sns:Publish") + dealt.count("lost sns"),
            );
            if (mails) {
                const sent: { sentBy: string; subject: string }[] = await embedded.look("mail?limit=100000");
                const bySes = sent.filter(({ sentBy }) => sentBy === "ses").map(({ subject }) => subject);
                const toShop = bySes.filter((subject) => subject.startsWith("New Order Received: "));
                const toCustomers = bySes.filter((subject) => !toShop.includes(subject));
                // Only orders of sessions have an address.
                for (const [subjects, count, mailer] of [
                    [toShop, expectedOrders.length, "mailer-dev"],
                    [toCustomers, sessionCount, "customer-mailer-dev"],
                ] as const) {
                    expect(new Set(subjects).size, `mails of ${mailer}`).to.equal(count);
                    expect(surplus(times(subjects)), `mails of ${mailer}`).to.be.at.most(
                        dealt.repeats(mailer, "ses:SendEmail"),
                    );
                }
            } else {
                expectAll("notifications", notifications.keys(), expectedOrders);
                expect(surplus(notifications), "notifications").to.be.at.most(
                    dealt.repeats("notifier-dev", "sqs:SendMessage"),
                );
            }
            // Checkouts.
            const paid = await charges(embedded);
            expect(
                paid.map(({ sessionId }) => sessionId),
                "charges",
            ).to.have.members(purchases.map(({ sessionId }) => sessionId));
            expect(
                paid.map(({ orderId }) => orderId),
                "charges",
            ).to.have.members(purchases.map(({ orderId }) => orderId));
            const versions = Map.groupBy(await storedVersions(embedded), ({ SessionId }) => SessionId);
            // An answer that is lost is given again for the same key: no session is created for it once more.
            expect([...versions.keys()], "sessions").to.have.members(purchases.map(({ sessionId }) => sessionId));
            for (const [sessionId, own] of versions) {
                const reasons = own.sort((one, other) => one.Version - other.Version).map(({ Reason }) => Reason);
                expect(
                    own.map(({ Version }) => Version),
                    sessionId,
                ).to.deep.equal(own.map((_, index) => index + 1));
                expect(reasons.slice(0, 4), sessionId).to.deep.equal([
                    "created",
                    "updated",
                    "completion_begun",
                    "completed",
                ]);
                expect(new Set(reasons.slice(4)), sessionId).to.deep.equal(new Set(["order_updated"]));
            }
            // Messages: for each that was accepted one row of each subscriber, for one that a client sent again at most one more.
            const { dynamo } = embedded.clients();
            expect(
                (await verify({ client: dynamo, table: "pubsub-audit-dev", copies: "pubsub-messages-dev" })).findings,
                "audit chains",
            ).to.deep.equal([]);
            dynamo.destroy();
            const rows = (await auditRows(embedded)).filter(({ outcome }) => outcome !== "failed");
            const subscribers = new Set(rows.map(({ subscriber }) => subscriber));
            const again =
                dealt.count("lost apigateway.amazonaws.com lambda:Invoke") +
                Math.floor(dealt.of("pubsub-publisher-dev sns:Publish") / 3);
            for (const subscriber of subscribers) {
                const own = rows.filter((row) => row.subscriber === subscriber);
                expect(new Set(own.map(({ messageId }) => messageId)).size, subscriber).to.equal(own.length);
                const counts = times(own.map(({ correlationId }) => correlationId));
                expect([...counts.keys()], subscriber).to.have.members(messages);
                expect(surplus(counts), subscriber).to.be.at.most(again);
            }
            // Deliveries: of each event one to each endpoint, under one id; sent once for each attempt in the log.
            const deliveries = await webhookDeliveries(embedded);
            const ofOrders = (endpoint: string | undefined) =>
                deliveries.filter(
                    ({ endpointId, eventType }) => endpointId === endpoint && eventType === "order.received.v1",
                );
            for (const endpoint of [all, some]) {
                expect(ofOrders(endpoint).map(({ body }) => JSON.parse(body).data.orderId)).to.have.members(
                    expectedOrders,
                );
            }
            const ofSessions = deliveries.filter(
                ({ endpointId, eventType }) => endpointId === all && eventType.startsWith("checkout_session."),
            );
            const stored = [...versions].flatMap(([id, own]) =>
                own.map(({ Version, Reason }) => `${id}:${Version}:${Reason}`),
            );
            expect(
                stored.filter((id) => !ofSessions.some(({ deliveryId }) => deliveryId === id)),
                "versions without an event",
            ).to.deep.equal([]);
            const logged = await loggedAttempts(embedded);
            let unlogged = 0;
            for (const { endpointId, deliveryId, attempts, body } of deliveries) {
                const log = logged.get(`${endpointId}#${deliveryId}`) ?? [];
                const numbers = log.map(({ number }) => number).sort((one, other) => one - other);
                expect(numbers, deliveryId).to.deep.equal(Array.from({ length: attempts }, (_, index) => index + 1));
                const receiver = endpointId === all ? healthy : unwilling;
                const received = receiver.received.filter(({ headers }) => headers["webhook-id"] === deliveryId);
                expect(received.length, `${deliveryId} was received`).to.be.at.least(attempts);
                unlogged += received.length - attempts;
                for (const one of received) expect(one.body).to.equal(body);
            }
            // A batch that is ended in the middle has ten deliveries at most.
            const unrecorded =
                dealt.of("webhook-deliverer-dev dynamodb:TransactWriteItems") +
                10 * dealt.timeouts("webhook-deliverer-dev");
            expect(unlogged, "sent twice").to.be.at.most(unrecorded);
            expect(await deadLetters(embedded), "dead letters").to.deep.equal([]);
            await embedded.stop();
        });
    }
});

/** Waits until nothing is under way any more: no message in a queue that is read, no work of a service. */
async function quiet(embedded: Embedded): Promise<void> {
    await eventually(async () => {
        const { pending, triggers }: { pending: { kind: string }[]; triggers: { source: string; inFlight: number }[] } =
            await embedded.look("resources");
        // A rate has its next occurrence at all times.
        expect(pending.filter(({ kind }) => kind !== "schedule")).to.deep.equal([]);
        const queues: { name: string; visible: number; inFlight: number }[] = await embedded.look("queues");
        const read = queues.filter(({ name }) => triggers.some(({ source }) => source.endsWith(`:${name}`)));
        expect(read.filter(({ visible, inFlight }) => visible + inFlight > 0)).to.deep.equal([]);
        expect(triggers.filter(({ inFlight }) => inFlight > 0)).to.deep.equal([]);
    }, patienceMs);
}

/** Sends back what failed in all of its tries, as an operator does. */
async function redriveAll(embedded: Embedded): Promise<void> {
    const queues = new Set((await deadLetters(embedded)).map(({ queue }) => queue));
    for (const queue of queues) await run("dlq", ["redrive", queue, "--endpoint", embedded.awsUrl]);
}

/** What could not be processed, and why. */
async function deadLetters(embedded: Embedded): Promise<{ queue: string; body: string; reason: unknown }[]> {
    const queues: { name: string; deadLetters: boolean; messages: { body: unknown; reason: unknown }[] }[] =
        await embedded.look("queues");
    // Without a sender of mails the notifications are left to a consumer of one's own.
    const dead = queues.filter(({ name, deadLetters }) => deadLetters && name !== "order-notifications-queue-dev");
    return dead.flatMap(({ name: queue, messages }) =>
        messages.map(({ body, reason }) => ({ queue, body: JSON.stringify(body).slice(-600), reason })),
    );
}
