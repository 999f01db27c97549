import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";
import { isProof } from "../../proof.ts";
import { behaviours, Receiver } from "../../runtime/support/receiver.ts";
import { loggedAttempts, webhookDeliveries } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { EndpointOwner, eventOf, happen, letLeasesRunOut } from "../endpointOwner.ts";

type Event = ReturnType<typeof eventOf>;

const receivedAtLeast = isProof ? 500 : 40;
/** Of so many deliveries some are at every station of their way. */
const onTheirWay = isProof ? 400 : 30;
/** Some of the first are refused once: they come again while the cloud is started again. */
const isRefusedOnce = (id: string) => /^cs_kill-[1-5]?0:/.test(id);

interface Registered {
    readonly id: string;
    readonly receiver: Receiver;
    readonly asksFor: (event: Event) => boolean;
}

/** Events that happen until everything is killed, for an endpoint that asks for all and one that asks for some. */
export class Webhooks {
    readonly #registered: readonly Registered[];
    readonly #happened: Event[] = [];
    /** Nobody knows whether they happened: everything was killed. */
    readonly #uncertain: Event[] = [];

    private constructor(registered: readonly Registered[]) {
        this.#registered = registered;
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
        return new Webhooks([
            { id: all.id, receiver: ofAll, asksFor: () => true },
            { id: some.id, receiver: ofSome, asksFor: ({ type }) => type === created },
        ]);
    }

    async stop(): Promise<void> {
        for (const { receiver } of this.#registered) await receiver.stop();
    }

    get #received(): number {
        return this.#registered.reduce((sum, { receiver }) => sum + receiver.received.length, 0);
    }

    /** @returns what ends when the cloud does */
    async begin(embedded: Embedded): Promise<{ ended: Promise<unknown> }> {
        const before = this.#received;
        const ended = this.#happen(embedded);
        await eventually(() => expect(this.#received - before).to.be.at.least(receivedAtLeast));
        return { ended };
    }

    async #happen(embedded: Embedded): Promise<void> {
        let isRunning = true;
        void embedded.ended().then(() => {
            isRunning = false;
        });
        while (isRunning) {
            const first = this.#happened.length;
            const events = Array.from({ length: 10 }, (_, index) => eventOf("kill", first + index));
            // Every other one is for both endpoints.
            if (1.5 * first - this.#received > onTheirWay) await pause(10);
            else if (
                await happen(embedded, events).then(
                    () => true,
                    () => false,
                )
            )
                this.#happened.push(...events);
            else this.#uncertain.push(...events);
        }
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
        const logged = await loggedAttempts(embedded);
        for (const { id: endpointId, receiver, asksFor } of this.#registered) {
            const known = [...this.#happened, ...this.#uncertain].filter(asksFor).map(({ id }) => id);
            const received = Map.groupBy(receiver.received, ({ headers }) => String(headers["webhook-id"]));
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
}
