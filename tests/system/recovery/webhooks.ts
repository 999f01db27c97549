import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";
import { isProof } from "../../proof.ts";
import { behaviours, Receiver } from "../../runtime/support/receiver.ts";
import { loggedAttempts, webhookDeliveries } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { EndpointOwner, eventOf, happen, letLeasesRunOut } from "../endpointOwner.ts";
import { type Arrival, OwnersAccount } from "../ownersAccount.ts";

type Event = ReturnType<typeof eventOf>;

const receivedAtLeast = isProof ? 600 : 40;
/** Of so many deliveries some are at every station of their way: in `npm run proof` a kill meets a thousand with those received. */
const onTheirWay = isProof ? 400 : 30;
/** Some of the first are refused once: they come again while the cloud is started again. */
const isRefusedOnce = (id: string) => /^cs_kill-[1-5]?0:/.test(id);

interface Registered {
    readonly id: string;
    /** What has come there so far. */
    readonly arrived: () => readonly Arrival[];
    readonly asksFor: (event: Event) => boolean;
}

/** A queue of an owner's account, and what was taken from it. */
interface OwnersQueue {
    readonly url: string;
    readonly taken: Arrival[];
}

/**
 * Events that happen until everything is killed, for an endpoint that asks for all and one that asks for some, in `npm run proof`
 * also for a queue and a bus of an owner's account.
 */
export class Webhooks {
    readonly #registered: readonly Registered[];
    readonly #receivers: readonly Receiver[];
    readonly #queues: readonly OwnersQueue[];
    readonly #happened: Event[] = [];
    /** Nobody knows whether they happened: everything was killed. */
    readonly #uncertain: Event[] = [];
    /** How many deliveries each endpoint was waiting for when everything was killed. */
    readonly #onTheirWay: (readonly number[])[] = [];

    private constructor(
        registered: readonly Registered[],
        receivers: readonly Receiver[],
        queues: readonly OwnersQueue[],
    ) {
        this.#registered = registered;
        this.#receivers = receivers;
        this.#queues = queues;
    }

    static async of(embedded: Embedded): Promise<Webhooks> {
        const ofAll = await Receiver.start(behaviours.healthy);
        const ofSome = await Receiver.start((response, { headers }) => {
            const id = String(headers["webhook-id"]);
            const isFirst = ofSome.ids.filter((each) => each === id).length === 1;
            response.writeHead(isRefusedOnce(id) && isFirst ? 500 : 200).end();
        });
        const owner = new EndpointOwner(embedded.url);
        const created = "checkout_session.created";
        const all = await owner.register({ url: ofAll.url, eventTypes: ["checkout_session.*"], concurrency: 20 });
        const some = await owner.register({ url: ofSome.url, eventTypes: [created] });
        const registered: Registered[] = [
            { id: all.id, arrived: () => requestsOf(ofAll), asksFor: () => true },
            { id: some.id, arrived: () => requestsOf(ofSome), asksFor: ({ type }) => type === created },
        ];
        if (!isProof) return new Webhooks(registered, [ofAll, ofSome], []);

        const account = new OwnersAccount(embedded, "kill");
        const ofQueue = await account.makeQueue("kill");
        const ofBus = await account.makeQueue("kill-of-the-bus");
        const busArn = await account.makeBus("kill", ofBus);
        const { roleArn } = account;
        const queues: OwnersQueue[] = [];
        const ids: string[] = [];
        for (const [{ url }, destination] of [
            [ofQueue, { type: "sqs", queueArn: ofQueue.arn, roleArn }],
            [ofBus, { type: "eventbridge", busArn, roleArn }],
        ] as const) {
            const eventTypes = ["checkout_session.*"];
            const { id } = await owner.register({ destination, eventTypes, concurrency: 20 });
            ids.push(id);
            const taken: Arrival[] = [];
            queues.push({ url, taken });
            registered.push({ id, arrived: () => taken, asksFor: () => true });
        }
        await account.trust(ids, [ofQueue.arn, busArn]);
        account.close();
        return new Webhooks(registered, [ofAll, ofSome], queues);
    }

    async stop(): Promise<void> {
        for (const receiver of this.#receivers) await receiver.stop();
    }

    get #received(): number {
        return this.#registered.reduce((sum, { arrived }) => sum + arrived().length, 0);
    }

    /** @returns what ends when the cloud does */
    async begin(embedded: Embedded): Promise<{ ended: Promise<unknown> }> {
        const received = () => this.#registered.map(({ arrived }) => arrived().length);
        const before = received();
        const ended = Promise.all([this.#happen(embedded), this.#takeUntilEnd(embedded)]);
        await eventually(() => {
            const since = received().map((count, index) => count - (before[index] ?? 0));
            expect(Math.min(...since), String(since)).to.be.above(0);
            expect(since.reduce((sum, count) => sum + count)).to.be.at.least(receivedAtLeast);
        });
        return { ended };
    }

    /** Its owner works at each queue, until the cloud ends. */
    async #takeUntilEnd(embedded: Embedded): Promise<void> {
        const account = new OwnersAccount(embedded, "kill");
        let isRunning = true;
        void embedded.ended().then(() => {
            isRunning = false;
        });
        await Promise.all(
            this.#queues.map(async (queue) => {
                // It is killed while it answers.
                while (isRunning) await takeFrom(account, queue).catch(() => 0);
            }),
        );
        account.close();
    }

    async #happen(embedded: Embedded): Promise<void> {
        let isRunning = true;
        // Every other event is one that the second endpoint does not ask for.
        const deliveriesAnEvent = this.#registered.length - 0.5;
        void embedded.ended().then(() => {
            isRunning = false;
        });
        while (isRunning) {
            const first = this.#happened.length;
            const events = Array.from({ length: 10 }, (_, index) => eventOf("kill", first + index));
            if (deliveriesAnEvent * first - this.#received > onTheirWay) await pause(10);
            else if (
                await happen(embedded, events).then(
                    () => true,
                    () => false,
                )
            )
                this.#happened.push(...events);
            else this.#uncertain.push(...events);
        }
        this.#onTheirWay.push(
            this.#registered.map(({ arrived, asksFor }) => {
                const ids = new Set(arrived().map(({ id }) => id));
                return this.#happened.filter((event) => asksFor(event) && !ids.has(event.id)).length;
            }),
        );
    }

    /** Every event has reached the endpoints that ask for it, under the same id if twice, and all attempts are in the log. */
    async expectDone(embedded: Embedded): Promise<void> {
        await letLeasesRunOut(embedded);
        const deliveries = await eventually(async () => {
            const all = await webhookDeliveries(embedded);
            const pending = all.filter(({ status }) => status !== "delivered");
            expect(
                pending.map(({ deliveryId, status, lastError }) => [deliveryId, status, lastError]),
                "not delivered",
            ).to.deep.equal([]);
            for (const { id, asksFor } of this.#registered) {
                const kept = all.filter(({ endpointId }) => endpointId === id).map(({ deliveryId }) => deliveryId);
                expect(kept).to.include.members(this.#happened.filter(asksFor).map((event) => event.id));
            }
            return all;
        });
        if (isProof) {
            expect(deliveries.length, "deliveries").to.be.at.least(1000);
            expect(Math.min(...this.#onTheirWay.flat()), "were on their way at every kill").to.be.above(0);
        }
        await this.#takeAll(embedded);
        const logged = await loggedAttempts(embedded);
        for (const { id: endpointId, arrived, asksFor } of this.#registered) {
            const known = [...this.#happened, ...this.#uncertain].filter(asksFor).map(({ id }) => id);
            const received = Map.groupBy(arrived(), ({ id }) => id);
            const own = [...received.keys()].filter((id) => id.startsWith("cs_kill-"));
            expect(
                own.filter((id) => !known.includes(id)),
                "not asked for",
            ).to.deep.equal([]);
            for (const { deliveryId, attempts, body } of deliveries.filter((each) => each.endpointId === endpointId)) {
                const log = logged.get(`${endpointId}#${deliveryId}`) ?? [];
                const numbers = log.map(({ number }) => number).sort((one, other) => one - other);
                expect(numbers, deliveryId).to.deep.equal(Array.from({ length: attempts }, (_, index) => index + 1));
                expect(log.find(({ number }) => number === attempts)?.status).to.equal("succeeded");
                const requests = received.get(deliveryId) ?? [];
                expect(requests.length, `${deliveryId} was received`).to.be.at.least(attempts);
                for (const request of requests) expect(request.body).to.equal(body);
            }
        }
    }
    /** What is delivered is in the queues, also what was on its way to their owner when everything was killed. */
    async #takeAll(embedded: Embedded): Promise<void> {
        const account = new OwnersAccount(embedded, "kill");
        await eventually(async () => {
            for (const queue of this.#queues) {
                while ((await takeFrom(account, queue)) > 0);
                expect(queue.taken.map(({ id }) => id)).to.include.members(this.#happened.map(({ id }) => id));
            }
        });
        account.close();
    }
}

const requestsOf = ({ received }: Receiver): Arrival[] =>
    received.map(({ headers, body }) => ({ id: String(headers["webhook-id"]), body }));

async function takeFrom(account: OwnersAccount, { url, taken }: OwnersQueue): Promise<number> {
    const before = taken.length;
    await account.take(url, (arrivals) => taken.push(...arrivals));
    return taken.length - before;
}
