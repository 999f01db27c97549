import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { tokenRefusals } from "../../../runtime/checkoutSessions/payment/payment.ts";
import { ask } from "../client.ts";
import { charges, versionsOf } from "../effects.ts";
import { eventually } from "../embedded.ts";
import { authenticated, cart, payment, type Shop, totalOf } from "../shopping.ts";

/** What becomes of a completion, by what the provider says. */
export function payments(shop: Shop): void {
    const chargesOf = async (id: string) =>
        (await charges(shop.embedded)).filter(({ sessionId }) => sessionId === id).length;

    describe("paying for a session", () => {
        it("with a card that is declined leaves it ready, without an order; a new key pays", async () => {
            const { id } = await shop.agent.ready();
            const declined = await shop.agent.complete(id, payment("spt_declined"), { "idempotency-key": "first-try" });
            expect(declined.status).to.equal(200);
            expect(declined.session.status).to.equal("ready_for_payment");
            expect(declined.session.order).to.equal(undefined);
            expect(declined.session.messages).to.have.length(1);
            expect(declined.session.messages[0]).to.include({
                type: "error",
                code: "payment_declined",
                resolution: "requires_buyer_input",
                param: "$.payment_data",
            });
            const again = await shop.agent.complete(id, payment("spt_declined"), { "idempotency-key": "first-try" });
            expect(again.isReplay).to.equal(true);
            expect(again.status).to.equal(200);
            expect(again.body).to.deep.equal(declined.body);
            expect(await chargesOf(id)).to.equal(0);
            const paid = await shop.agent.complete(id, payment("spt_success"));
            expect(paid.session.status).to.equal("completed");
            expect(paid.session.messages).to.deep.equal([]);
            expect(await chargesOf(id)).to.equal(1);
        });

        it("with a token that does not pay says what the agent should do, in the protocol's form", async () => {
            const { id } = await shop.agent.ready();
            for (const refusal of tokenRefusals) {
                const { session } = await shop.agent.complete(id, payment(`spt_token_${refusal}`));
                expect(session.status).to.equal("ready_for_payment");
                expect(session.messages.at(-1)).to.include({ code: "payment_declined", resolution: "recoverable" });
            }
            expect((await shop.agent.complete(id)).session.status).to.equal("completed");
        });

        it("with 3D Secure asks for the buyer's authentication and follows its result", async () => {
            const { id } = await shop.agent.ready();
            const asked = await shop.agent.complete(id, payment("spt_3ds"));
            expect(asked.status).to.equal(200);
            expect(asked.session.status).to.equal("authentication_required");
            expect(asked.session.authentication_metadata).to.have.all.keys(
                "acquirer_details",
                "directory_server",
                "flow_preference",
            );
            expect(asked.session.messages[0]).to.include({ code: "requires_3ds", param: "$.authentication_result" });
            const missing = await shop.agent.complete(id, payment("spt_3ds"));
            expect(missing.status).to.equal(400);
            expect(missing.error).to.include({
                type: "invalid_request",
                code: "requires_3ds",
                param: "$.authentication_result",
            });
            expect((await shop.agent.get(id)).session.status).to.equal("authentication_required");
            const result = { ...payment("spt_3ds"), authentication_result: authenticated };
            const { session } = await shop.agent.complete(id, result);
            expect(session.status).to.equal("completed");
            expect(session.authentication_metadata).to.equal(undefined);
            expect(await chargesOf(id)).to.equal(1);
        });

        for (const outcome of ["denied", "abandoned", "internal_error"]) {
            it(`with an authentication that was ${outcome} is declined, and may be tried anew`, async () => {
                const { id } = await shop.agent.ready();
                await shop.agent.complete(id, payment("spt_3ds"));
                const reply = await shop.agent.complete(id, {
                    ...payment("spt_3ds"),
                    authentication_result: { outcome },
                });
                expect(reply.status).to.equal(200);
                expect(reply.session.status).to.equal("ready_for_payment");
                expect(reply.session.messages.at(-1)).to.include({ code: "payment_declined" });
                expect(await chargesOf(id)).to.equal(0);
                expect((await shop.agent.complete(id)).session.status).to.equal("completed");
            });
        }

        it("while the provider is unavailable is 503, stored under no key, and changes nothing", async () => {
            const { id } = await shop.agent.ready();
            const key = { "idempotency-key": "down-then-up" };
            for (const _ of [1, 2]) {
                const away = await shop.agent.complete(id, payment("spt_down"), key);
                expect(away.status).to.equal(503);
                expect(away.error).to.include({ type: "service_unavailable" });
                expect(away.isReplay).to.equal(false);
                expect((await shop.agent.get(id)).session.status).to.equal("ready_for_payment");
            }
            expect(await chargesOf(id)).to.equal(0);
            const paid = await shop.agent.complete(id, payment("spt_success"), key);
            expect(paid.session.status).to.equal("completed");
            expect(paid.isReplay).to.equal(false);
            expect(await chargesOf(id)).to.equal(1);
        });

        it("whose outcome is unknown is 503, and the same key finishes it with one charge", async () => {
            const { id } = await shop.agent.ready();
            const key = { "idempotency-key": "lost-answer" };
            const lost = await shop.agent.complete(id, payment("spt_timeout"), key);
            expect(lost.status).to.equal(503);
            expect(lost.error).to.include({ type: "service_unavailable" });
            expect((await shop.agent.get(id)).session.status).to.equal("complete_in_progress");
            const another = await shop.agent.complete(id, payment("spt_success"));
            expect(another.status).to.equal(409);
            const other = await shop.agent.complete(id, payment("spt_success"), key);
            expect(other.status).to.equal(422);
            const { status, session } = await shop.agent.complete(id, payment("spt_timeout"), key);
            expect(status).to.equal(200);
            expect(session.status).to.equal("completed");
            const replay = await shop.agent.complete(id, payment("spt_timeout"), key);
            expect(replay.isReplay).to.equal(true);
            expect(replay.body).to.deep.equal(session);
            expect(await chargesOf(id)).to.equal(1);
        });

        it("whose outcome is unknown is settled when the caller never comes back", async () => {
            const { id } = await shop.agent.ready();
            const key = { "idempotency-key": "gone-for-good" };
            expect((await shop.agent.complete(id, payment("spt_timeout"), key)).status).to.equal(503);
            const begun = (await versionsOf(shop.embedded, id)).at(-1);
            expect(begun?.Reason).to.equal("completion_begun");
            // The message that is on its way stays hidden for a minute; this one is the same without the delay.
            const { sqs } = shop.embedded.clients();
            await eventually(async () => {
                const queues: { name: string; delayed: number; messages: { body: { sessionId: string } }[] }[] =
                    await shop.embedded.look("queues");
                const queue = queues.find(({ name }) => name === "checkout-settlements-queue-dev");
                expect(queue?.messages.map(({ body }) => body)).to.deep.include({
                    sessionId: id,
                    version: begun?.Version,
                });
            });
            await sqs.send(
                new SendMessageCommand({
                    QueueUrl: `${shop.embedded.awsUrl}/000000000000/checkout-settlements-queue-dev`,
                    MessageBody: JSON.stringify({ sessionId: id, version: begun?.Version }),
                }),
            );
            sqs.destroy();
            await eventually(async () => {
                const { session } = await shop.agent.get(id);
                expect(session.status).to.equal("completed");
                expect((await ask(`${shop.embedded.url}/orders/${session.order?.id}`)).status).to.equal(200);
            });
            expect(await chargesOf(id)).to.equal(1);
            const late = await shop.agent.complete(id, payment("spt_timeout"), key);
            expect(late.status).to.equal(200);
            expect(late.isReplay).to.equal(true);
            expect(late.session.status).to.equal("completed");
        });

        it("charges nothing when the price has changed since the buyer saw it, and the new one on the next try", async () => {
            await stockUp(shop, { price: 500, stock: 10 });
            const { id } = await shop.agent.ready({ ...cart, line_items: [{ id: special }] });
            await stockUp(shop, { price: 450, stock: 10 });
            const reply = await shop.agent.complete(id);
            expect(reply.status).to.equal(200);
            expect(reply.session.status).to.equal("ready_for_payment");
            expect(reply.session.messages[0]).to.include({ type: "warning", code: "price_change" });
            expect(totalOf(reply.session)).to.equal(450);
            expect(await chargesOf(id)).to.equal(0);
            expect((await shop.agent.complete(id)).session.status).to.equal("completed");
            expect(await chargesOf(id)).to.equal(1);
        });

        it("charges nothing for a product that has sold out since the buyer saw it", async () => {
            await stockUp(shop, { price: 500, stock: 10 });
            const { id } = await shop.agent.ready({ ...cart, line_items: [{ id: special }] });
            await stockUp(shop, { price: 500, stock: 0 });
            const reply = await shop.agent.complete(id);
            expect(reply.status).to.equal(200);
            expect(reply.session.status).to.equal("not_ready_for_payment");
            expect(reply.session.messages[0]).to.include({ type: "error", code: "out_of_stock" });
            expect(await chargesOf(id)).to.equal(0);
        });

        it("accepts only the handlers that the session offers", async () => {
            const { id } = await shop.agent.ready();
            const { payment_data } = payment("spt_success");
            const other = await shop.agent.complete(id, { payment_data: { ...payment_data, handler_id: "gift_card" } });
            expect(other.status).to.equal(400);
            expect(other.error).to.include({ code: "invalid", param: "$.payment_data.handler_id" });
            const onAccount = await shop.agent.complete(id, { payment_data: { purchase_order_number: "PO-1" } });
            expect(onAccount.status).to.equal(400);
            expect(onAccount.error.param).to.equal("$.payment_data.purchase_order_number");
        });

        it("needs an e-mail address, which may come with the completion", async () => {
            const { buyer, ...anonymous } = cart;
            const { id } = await shop.agent.ready(anonymous);
            const missing = await shop.agent.complete(id);
            expect(missing.status).to.equal(400);
            expect(missing.error).to.include({ code: "missing_required_field", param: "$.buyer" });
            const { session } = await shop.agent.complete(id, { ...payment("spt_success"), buyer });
            expect(session.status).to.equal("completed");
            expect(session.buyer).to.deep.equal(buyer);
        });
    });
}

/** A product of the tests' own. */
const special = "special-offer";

async function stockUp(
    { embedded }: Shop,
    { price, stock }: { readonly price: number; readonly stock: number },
): Promise<void> {
    const { dynamo } = embedded.clients();
    const Item = { productId: special, name: "Voucher", price, currency: "usd", stock, digital: true };
    await dynamo.send(new PutCommand({ TableName: "catalog-products-dev", Item }));
    dynamo.destroy();
}
