import { expect } from "chai";
import { isProof } from "../proof.ts";
import { behaviours, Receiver } from "../runtime/support/receiver.ts";
import { loggedAttempts, webhookDeliveries } from "./effects.ts";
import { Embedded, endAll, eventually } from "./embedded.ts";
import { EndpointOwner, eventOf, happen, letLeasesRunOut } from "./endpointOwner.ts";

const count = isProof ? 1000 : 200;
/** Some of the first are refused once: they come again while the cloud is started again. */
const isRefusedOnce = (id: string) => /^cs_kill-[1-5]?0:/.test(id);

describe("webhooks after kill -9", () => {
    const receivers: Receiver[] = [];
    after(async () => {
        await endAll();
        for (const receiver of receivers) await receiver.stop();
    });

    it("reach every endpoint that asks for them, under the same id if they arrive twice, and all attempts are in the log", async () => {
        const environment = { LOCAL_WAIT_FACTOR: "0.004" };
        const first = await Embedded.start({ environment });
        const events = Array.from({ length: count }, (_, index) => eventOf("kill", index));
        const ofAll = await Receiver.start(behaviours.healthy);
        const ofSome = await Receiver.start((response, { headers }) => {
            const id = String(headers["webhook-id"]);
            const isFirst = ofSome.ids.filter((each) => each === id).length === 1;
            response.writeHead(isRefusedOnce(id) && isFirst ? 500 : 200).end();
        });
        receivers.push(ofAll, ofSome);
        const owner = new EndpointOwner(first.url);
        const { id: all } = await owner.register({ url: ofAll.url, concurrency: 20 });
        const { id: some } = await owner.register({ url: ofSome.url, eventTypes: ["checkout_session.created"] });
        const wanted = new Map([
            [all, events],
            [some, events.filter(({ type }) => type === "checkout_session.created")],
        ]);

        await happen(first, events);
        // In the middle of it: some are delivered, some are at every station of their way.
        await eventually(() => {
            expect(ofAll.received.length + ofSome.received.length).to.be.at.least(count / 2);
        });
        const before = ofAll.received.length + ofSome.received.length;
        expect(before, "killed in the middle").to.be.below(1.4 * count);
        await first.kill();

        const second = await Embedded.start({ environment, continues: first });
        await letLeasesRunOut(second);
        await eventually(() => {
            expect(new Set(ofAll.ids), "ids of all endpoints").to.have.property("size", events.length);
        });
        await eventually(async () => {
            const deliveries = await webhookDeliveries(second);
            const pending = deliveries.filter(({ status }) => status !== "delivered");
            expect(
                pending.map(({ deliveryId, status, lastError }) => [deliveryId, status, lastError]),
                "not delivered",
            ).to.deep.equal([]);
            for (const [endpointId, expected] of wanted) {
                const kept = deliveries.filter((each) => each.endpointId === endpointId);
                expect(kept.map(({ deliveryId }) => deliveryId)).to.have.members(expected.map(({ id }) => id));
            }
        });

        const logged = await loggedAttempts(second);
        for (const { endpointId, deliveryId, attempts, body } of await webhookDeliveries(second)) {
            const log = logged.get(`${endpointId}#${deliveryId}`) ?? [];
            const numbers = log.map(({ number }) => number).sort((one, other) => one - other);
            expect(numbers, deliveryId).to.deep.equal(Array.from({ length: attempts }, (_, index) => index + 1));
            expect(log.find(({ number }) => number === attempts)?.status).to.equal("succeeded");
            const receiver = endpointId === all ? ofAll : ofSome;
            const received = receiver.received.filter(({ headers }) => headers["webhook-id"] === deliveryId);
            expect(received.length, `${deliveryId} was received`).to.be.at.least(attempts);
            for (const each of received) expect(each.body).to.equal(body);
        }
        for (const [receiver, expected] of [
            [ofAll, wanted.get(all)],
            [ofSome, wanted.get(some)],
        ] as const) {
            const ids = new Set(expected?.map(({ id }) => id));
            expect(new Set(receiver.ids)).to.deep.equal(ids);
        }
        const queues: { name: string; deadLetters: boolean; messages: unknown[] }[] = await second.look("queues");
        expect(queues.filter(({ deadLetters, messages }) => deadLetters && messages.length > 0)).to.deep.equal([]);
        await second.stop();
    });
});
