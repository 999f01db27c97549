import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import Stripe from "stripe";
import { proof } from "../../proof.ts";
import { Receiver } from "../../runtime/support/receiver.ts";
import { ask } from "../client.ts";
import { effectsIn, versionsOf } from "../effects.ts";
import { Embedded, endAll, eventually } from "../embedded.ts";
import { Agent, authenticated, letLeasesRunOut, payment } from "../shopping.ts";
import { otherProject, otherShop } from "./cloud.ts";

/** A payment as the double of Stripe returns it. */
interface Payment {
    readonly id: string;
    readonly amount_received: number;
    readonly metadata: Readonly<Record<string, string>>;
}

describe("the checkout with Stripe", () => {
    after(endAll);

    /** Asks Stripe as the merchant does. */
    async function askStripe(
        embedded: Embedded,
        path: string,
        form?: Readonly<Record<string, string>>,
        // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
    ): Promise<any> {
        const answer = await ask(`${embedded.url}/_local/doubles/stripe/v1/${path}`, {
            headers: { authorization: "Bearer sk_test_local", "stripe-version": "2026-04-22.preview" },
            ...(form && { method: "POST", body: new URLSearchParams(form) }),
        });
        expect(answer.status, path).to.equal(200);
        return await answer.json();
    }

    async function paymentsOf(embedded: Embedded, sessionId: string): Promise<Payment[]> {
        const { data }: { data: Payment[] } = await askStripe(embedded, "payment_intents?limit=100");
        return data.filter(({ metadata }) => metadata["checkout_session_id"] === sessionId);
    }

    async function expectOneSale(embedded: Embedded, agent: Agent, sessionId: string): Promise<Payment> {
        const { session } = await agent.get(sessionId);
        expect(session.status).to.equal("completed");
        const paid = (await paymentsOf(embedded, sessionId)).filter(({ amount_received }) => amount_received > 0);
        expect(paid, `payments of ${sessionId}`).to.have.length(1);
        const orderId = session.order?.id ?? "no order";
        expect(paid[0]?.metadata["order_id"]).to.equal(orderId);
        await eventually(async () => {
            const { orders } = await effectsIn(embedded);
            expect([...orders.keys()].filter((id) => id === orderId)).to.have.length(1);
        });
        return paid[0] ?? expect.fail("no payment");
    }

    it("sells, declines and asks for the buyer's authentication; Stripe sends payment and refund events", async function () {
        const embedded = await otherShop.open(this);
        const agent = new Agent(embedded.url);
        const receiver = await Receiver.start((response) => void response.end());
        const endpoint = {
            url: receiver.url,
            "enabled_events[0]": "payment_intent.succeeded",
            "enabled_events[1]": "charge.refunded",
        };
        const { secret } = await askStripe(embedded, "webhook_endpoints", endpoint);

        const { id } = await agent.ready();
        const declined = await agent.complete(id, payment("spt_declined"));
        expect(declined.session.messages[0]).to.include({ code: "payment_declined" });
        const asked = await agent.complete(id, payment("spt_3ds"));
        expect(asked.session.status).to.equal("authentication_required");
        const body = { ...payment("spt_3ds"), authentication_result: authenticated };
        expect((await agent.complete(id, body)).session.status).to.equal("completed");
        const paid = await expectOneSale(embedded, agent, id);

        const granted = await askStripe(embedded, "test_helpers/shared_payment/granted_tokens", {
            payment_method: "pm_card_mastercard",
            "usage_limits[currency]": "usd",
            "usage_limits[max_amount]": String(paid.amount_received),
        });
        const another = await agent.ready();
        expect((await agent.complete(another.id, payment(granted.id))).session.status).to.equal("completed");
        await expectOneSale(embedded, agent, another.id);

        expect(await askStripe(embedded, "refunds", { payment_intent: paid.id })).to.include({
            amount: paid.amount_received,
        });
        await receiver.has(3);
        const { webhooks } = new Stripe("sk_test_local");
        const events = receiver.received.map((received) =>
            webhooks.constructEvent(received.body, String(received.headers["stripe-signature"]), secret),
        );
        expect(events.map(({ type }) => type).sort()).to.deep.equal([
            "charge.refunded",
            "payment_intent.succeeded",
            "payment_intent.succeeded",
        ]);
        await receiver.stop();
    });

    it("takes refunds of the dashboard and of the merchant into the order, as Stripe's signed events come", async function () {
        const embedded = await otherShop.open(this);
        const agent = new Agent(embedded.url);
        const { id } = await agent.ready();
        await agent.complete(id, payment("spt_success"));
        const paid = await expectOneSale(embedded, agent, id);
        await askStripe(embedded, "refunds", { payment_intent: paid.id, amount: "100" });
        const refundsIn = async () => (await agent.get(id)).session.order?.adjustments ?? [];
        await eventually(async () =>
            expect((await refundsIn()).map(({ amount, status }) => [amount, status])).to.deep.equal([
                [100, "completed"],
            ]),
        );

        const asked = await ask(`${embedded.url}/orders/ord_${id.slice(3)}/refunds`, {
            method: "POST",
            headers: { "x-api-key": "local-key", "idempotency-key": "rest", "content-type": "application/json" },
            body: "{}",
        });
        expect(asked.status, await asked.text()).to.equal(202);
        await eventually(async () => {
            expect((await refundsIn()).map(({ status }) => status)).to.deep.equal(["completed", "completed"]);
            const { data } = await askStripe(embedded, `refunds?payment_intent=${paid.id}`);
            const refunded = data.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0);
            expect(refunded).to.equal(paid.amount_received);
        });
    });

    proof(
        "makes one charge and one order of each purchase whose function, or cloud, was killed between the two",
        async () => {
            const directory = otherProject();
            const environment = { LOCAL_WAIT_FACTOR: "0.02" };
            let embedded = await Embedded.start({ directory, environment });
            let agent = new Agent(embedded.url);
            const tokens = ["spt_processing", "spt_500", "spt_timeout"];
            const begin = async () => {
                const sessions = await Promise.all(
                    tokens.map(async (token) => ({ token, id: (await agent.parcel()).id })),
                );
                const tries = sessions.map(({ id, token }) =>
                    agent.complete(id, payment(token), { "idempotency-key": id }).catch(() => undefined),
                );
                await eventually(async () => {
                    for (const { id } of sessions) expect(await paymentsOf(embedded, id)).to.have.length(1);
                });
                return { sessions, ended: Promise.all(tries) };
            };

            const one = await begin();
            const { functions }: { functions: { name: string; pids: number[] }[] } = await embedded.look("resources");
            const pids = functions
                .filter(({ name }) => name.startsWith("session-completer"))
                .flatMap(({ pids }) => pids);
            expect(pids, "processes that complete").not.to.deep.equal([]);
            for (const pid of pids) process.kill(pid, "SIGKILL");
            await one.ended;

            const other = await begin();
            await embedded.kill();
            await other.ended;
            embedded = await Embedded.start({ directory, environment, continues: embedded });
            agent = new Agent(embedded.url);
            await letLeasesRunOut(embedded);

            // The one half is finished by their callers' next try, the other by the settlement.
            await Promise.all(one.sessions.map(({ id, token }) => persist(id, token)));
            await settle(other.sessions.map(({ id }) => id));
            for (const { id } of [...one.sessions, ...other.sessions]) await expectOneSale(embedded, agent, id);
            const { orders } = await effectsIn(embedded);
            expect(orders.size).to.equal(2 * tokens.length);
            await embedded.stop();

            async function persist(id: string, token: string): Promise<void> {
                await eventually(async () => {
                    const reply = await agent.complete(id, payment(token), { "idempotency-key": id });
                    expect(reply.status, reply.text).to.equal(200);
                });
            }

            /** Their settlements stay hidden for a minute; these are the same without the delay. */
            async function settle(ids: readonly string[]): Promise<void> {
                const { sqs } = embedded.clients();
                for (const id of ids) {
                    const [begun] = (await versionsOf(embedded, id)).filter(
                        ({ Reason }) => Reason === "completion_begun",
                    );
                    await sqs.send(
                        new SendMessageCommand({
                            QueueUrl: `${embedded.awsUrl}/000000000000/checkout-settlements-queue-dev`,
                            MessageBody: JSON.stringify({ sessionId: id, version: begun?.Version }),
                        }),
                    );
                }
                sqs.destroy();
                await eventually(async () => {
                    for (const id of ids) expect((await agent.get(id)).session.status).to.equal("completed");
                });
            }
        },
    );
});
