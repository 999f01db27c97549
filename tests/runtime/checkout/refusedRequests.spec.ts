import { randomUUID } from "node:crypto";
import { expect } from "chai";
import {
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentRequestRefusedError,
} from "../../../runtime/checkoutSessions/payment/payment.ts";
import { orderIdOf } from "../../../runtime/checkoutSessions/session/order.ts";
import { reservationKey } from "../../../runtime/shared/stockHold.ts";
import {
    Checkout,
    expectSound,
    guide,
    payingWith,
    readyCart,
    sell,
    sessionIn,
    short,
    traceOf,
} from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { started } from "../support/started.ts";

const second = 1000;
const minute = 60 * second;

describe("a completion whose requests the payment provider refuses", () => {
    const database = started(new Database());
    const begunAt = Date.now();
    /** A process some time after the first try. */
    const later = (elapsed: number, provider?: PaymentProvider) =>
        new Checkout(database.client, { now: () => begunAt + elapsed, ...(provider && { provider }) });
    const refused = payingWith("spt_misrequested");
    const stockOf = async (productId: string) => (await database.get("products", { productId }))?.["stock"];

    /** A session with the last piece of a product of its own. */
    async function session(): Promise<{ readonly id: string; readonly product: string; readonly key: string }> {
        const product = `product-${randomUUID()}`;
        await sell(database, { ...guide, productId: product, stock: 1 });
        const { id } = await later(0).created({ ...readyCart, line_items: [{ id: product }] });
        return { id, product, key: randomUUID() };
    }

    it("is tried again after a rest, and not before, however often the client asks", async () => {
        const { id, product, key } = await session();

        const first = await later(0).complete(id, refused, { key });
        expect([short(first), first.headers["retry-after"]]).to.deep.equal(["503 service_unavailable", "60"]);
        // These are not tried: the provider would take the payment.
        const good: PaymentProvider = { charge: async () => ({ status: "succeeded", paymentId: "pay_1" }) };
        const early = await later(20 * second, good).complete(id, refused, { key });
        expect([short(early), early.headers["retry-after"]]).to.deep.equal(["503 service_unavailable", "40"]);
        expect(await later(20 * second, good).settle(id)).to.equal(undefined);
        expect(await stockOf(product)).to.equal(0);

        const late = await later(61 * second, good).complete(id, refused, { key });
        expect(short(late)).to.equal("200 completed");
    });

    for (const by of ["the client's retry", "the settlement"] as const) {
        it(`is given up after ten minutes by ${by}: nothing is held, and the agent is told`, async () => {
            const { id, product, key } = await session();
            await later(0).complete(id, refused, { key });
            for (const elapsed of [2, 5, 9]) await later(elapsed * minute).complete(id, refused, { key });
            expect((await traceOf(database, id)).last?.session.status).to.equal("complete_in_progress");

            if (by === "the settlement") await later(11 * minute).settle(id);
            const answer = await later(12 * minute).complete(id, refused, { key });

            const { status, messages } = sessionIn(answer);
            expect(status).to.equal("ready_for_payment");
            expect(messages.at(-1)).to.include({ type: "error", code: "payment_declined", resolution: "recoverable" });
            expect(await stockOf(product)).to.equal(1);
            expect(await database.get("effects", reservationKey(orderIdOf(id)))).to.equal(undefined);
            const { reasons } = await expectSound(database, id);
            expect(reasons).to.deep.equal(["created", "completion_begun", "completion_abandoned"]);
            const again = await later(13 * minute).complete(id, refused, { key });
            expect(again).to.deep.include({ status: 200, isReplay: true, json: answer.json });
            expect(short(await later(13 * minute).complete(id, payingWith("spt_success")))).to.equal("200 completed");
        });
    }

    it("is not given up before the provider would find the charge of an earlier try of unknown result", async () => {
        const { id, product, key } = await session();
        const unknown: PaymentProvider = { charge: () => Promise.reject(new PaymentOutcomeUnknownError("no answer")) };
        const refusing: PaymentProvider = { charge: () => Promise.reject(new PaymentRequestRefusedError("refused")) };
        await later(0, unknown).complete(id, refused, { key });

        for (const elapsed of [11, 60, 118]) {
            const answer = await later(elapsed * minute, refusing).complete(id, refused, { key });
            expect(short(answer)).to.equal("503 service_unavailable");
        }
        const answer = await later(121 * minute, refusing).complete(id, refused, { key });

        expect(short(answer)).to.equal("200 ready_for_payment");
        expect(await stockOf(product)).to.equal(1);
    });

    it("counts as one of unknown result again when a later try does not end", async () => {
        const { id, key } = await session();
        const unknown: PaymentProvider = { charge: () => Promise.reject(new PaymentOutcomeUnknownError("no answer")) };
        await later(0).complete(id, refused, { key });
        await later(2 * minute, unknown).complete(id, refused, { key });

        const answer = await later(20 * minute).complete(id, refused, { key });

        expect(short(answer)).to.equal("503 service_unavailable");
    });
});
