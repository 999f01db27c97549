import { expect } from "chai";
import { charges, deliveriesOf, effectsIn, publishedEvents, storedVersions, versionsOf } from "../effects.ts";
import { eventually } from "../embedded.ts";
import { authenticated, buyer, cart, payment, type Shop } from "../shopping.ts";

/** Data of a session that no answer, event or log contains. */
export function privacy(shop: Shop): void {
    describe("confidential data of agents", () => {
        const secrets = {
            first: "secret-of-the-first-touch",
            last: "secret-of-the-last-touch",
            trace: "secret-of-the-trace",
            cryptogram: "secret-of-the-cryptogram",
            device: "secret-of-the-device",
            token: "spt_secret-of-the-payment",
        };
        let completed: string;
        let canceled: string;

        before(async () => {
            const { agent } = shop;
            const attributed = (token: string) => ({
                affiliate_attribution: { provider: "affiliates.example", token, campaign_id: "spring" },
            });
            const session = await agent.ready({ ...cart, ...attributed(secrets.first) });
            await agent.update(session.id, { order_notes: "Ring twice" });
            // Declined: it is a token that the sandbox does not know.
            await agent.complete(session.id, payment(secrets.token));
            await agent.complete(session.id, payment("spt_3ds"));
            const { outcome_details } = authenticated;
            const completion = await agent.complete(session.id, {
                ...payment("spt_3ds"),
                ...attributed(secrets.last),
                authentication_result: {
                    ...authenticated,
                    outcome_details: { ...outcome_details, three_ds_cryptogram: secrets.cryptogram },
                },
                risk_signals: { device_fingerprint: secrets.device },
                marketing_consents: [
                    { channel: "email", opted_in: true },
                    { channel: "sms", opted_in: true },
                    { channel: "pigeon", opted_in: true },
                ],
            });
            expect(completion.session.status).to.equal("completed");
            completed = session.id;
            const another = await agent.ready({ ...cart, ...attributed(secrets.first) });
            await agent.cancel(another.id, { intent_trace: { reason_code: "other", trace_summary: secrets.trace } });
            canceled = another.id;
            for (const id of [completed, canceled]) {
                await agent.get(id);
                await agent.send("GET", `/${id}/versions`);
                await agent.send("GET", `/${id}/versions/2?since=1`);
            }
        });

        it("is kept: both touches, the trace, and the consents to channels that were offered", async () => {
            const ofCompleted = (await versionsOf(shop.embedded, completed)).at(-1)?.hidden;
            expect(ofCompleted?.attribution?.first?.token).to.equal(secrets.first);
            expect(ofCompleted?.attribution?.last?.token).to.equal(secrets.last);
            expect(ofCompleted?.riskSignals?.device_fingerprint).to.equal(secrets.device);
            expect(ofCompleted?.marketingConsents).to.deep.equal([{ channel: "email", opted_in: true }]);
            const ofCanceled = (await versionsOf(shop.embedded, canceled)).at(-1)?.hidden;
            expect(ofCanceled?.intentTrace?.trace_summary).to.equal(secrets.trace);
        });

        it("lists the channels that buyers may subscribe to, with their texts", async () => {
            const { session } = await shop.agent.get(canceled);
            expect(session.marketing_consent_options?.map(({ channel }) => channel)).to.deep.equal(["email"]);
        });

        it("is in no answer, event, delivery or log line", async () => {
            const { embedded } = shop;
            const published = await eventually(async () => {
                const lists = await Promise.all(
                    [completed, canceled].flatMap((id) => [publishedEvents(embedded, id), deliveriesOf(embedded, id)]),
                );
                const [events = [], deliveries = []] = lists;
                expect(events.map(({ type }) => type)).to.include("checkout_session.order_updated");
                expect(deliveries.map(({ type }) => type)).to.include("order_update");
                return JSON.stringify(lists);
            });
            const places = { published, answers: shop.answers.join("\n"), logged: embedded.output };
            expect(places.answers).to.include(completed);
            expect(places.logged).to.include(completed);
            for (const [place, text] of Object.entries(places)) {
                for (const secret of Object.values(secrets)) {
                    expect(text.includes(secret), `${secret} in ${place}`).to.equal(false);
                }
                expect(text.includes("local-key"), `the key in ${place}`).to.equal(false);
            }
            // People's names and addresses are for those who get the order, and for no log.
            for (const personal of [buyer.email, buyer.last_name, "12 Main Street"]) {
                expect(places.logged.includes(personal), `${personal} was logged`).to.equal(false);
            }
        });

        it("leaves no credential of a payment behind in a table", async () => {
            const versions = await versionsOf(shop.embedded, completed);
            for (const secret of [secrets.token, secrets.cryptogram]) {
                expect(JSON.stringify(versions)).not.to.include(secret);
            }
        });
    });

    describe("after all of this", () => {
        it("every session has versions without a gap, and one charge and one order where it is completed", async () => {
            const versions = Map.groupBy(await storedVersions(shop.embedded), ({ SessionId }) => SessionId);
            const charged = Map.groupBy(await charges(shop.embedded), ({ sessionId }) => sessionId);
            const orderIds: string[] = [];
            for (const [id, ofSession] of versions) {
                const numbers = ofSession.map(({ Version }) => Version).sort((one, other) => one - other);
                expect(numbers, id).to.deep.equal(numbers.map((_, index) => index + 1));
                const order = ofSession.find(({ Reason }) => Reason === "completed")?.Data.order;
                const isBegun = ofSession.some(({ Status }) => Status === "complete_in_progress");
                if (!isBegun) expect(charged.has(id), id).to.equal(false);
                if (order === undefined) continue;
                expect(charged.get(id)?.map(({ orderId }) => orderId)).to.deep.equal([order.id]);
                orderIds.push(order.id);
            }
            expect(orderIds.length).to.be.greaterThan(20);
            await eventually(async () => {
                const { orders } = await effectsIn(shop.embedded);
                expect([...orders.keys()]).to.have.members(orderIds);
            });
        });

        it("no message is left in a queue, and no function has failed", async () => {
            await eventually(async () => {
                const queues: { name: string; visible: number; inFlight: number }[] =
                    await shop.embedded.look("queues");
                const full = queues.filter(({ visible, inFlight }) => visible + inFlight > 0);
                // These two wait for consumers outside of the program.
                expect(full.map(({ name }) => name)).to.have.members([
                    "order-notifications-queue-dev",
                    "webhook-deliveries-queue-dev",
                ]);
            });
            const errors = shop.embedded.output
                .split("\n")
                .filter((logged) => / error /.test(logged))
                // What the sandbox's own tokens play.
                .filter((logged) => !/the sandbox simulates/.test(logged))
                // A test takes the stock away (payments.ts), on a busy machine before it is reserved for the order before.
                .filter((logged) => !/notDone=OrderShort/.test(logged));
            expect(errors).to.deep.equal([]);
        });
    });
}
