import { randomUUID } from "node:crypto";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { Sandbox } from "../../../runtime/checkoutSessions/payment/sandbox/sandbox.ts";
import { orderIdOf } from "../../../runtime/checkoutSessions/session/order.ts";
import { reservationKey } from "../../../runtime/shared/stockHold.ts";
import { isProof } from "../../proof.ts";
import {
    type Answer,
    Checkout,
    conflicting,
    expectSound,
    guide,
    held,
    intercepted,
    mortal,
    payingWith,
    readyCart,
    sell,
    sessionIn,
    short,
    totalOf,
    traceOf,
} from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { started } from "../support/started.ts";

const times = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** The number of each answer. */
function tally(answers: readonly Answer[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[short(answer)] = (counts[short(answer)] ?? 0) + 1;
    return counts;
}

describe("many requests for one session at once, each to a process of its own", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const checkout = () => new Checkout(database.client);

    it("complete it once by ten keys: one order, one charge, and 409 for the others", async () => {
        const { id } = await checkout().created();

        const answers = await times(10, () => checkout().complete(id, payingWith("spt_success")));

        const { "200 completed": completed, ...others } = tally(answers);
        expect(completed).to.equal(1);
        expect(Object.keys(others).filter((answer) => !answer.startsWith("409 "))).to.deep.equal([]);
        await expectSound(database, id);
        expect((await traceOf(database, id)).reasons).to.deep.equal(["created", "completion_begun", "completed"]);
    });

    it("complete it once by one key: a request without the order in its answer receives 409, and the order at a retry", async () => {
        const { id } = await checkout().created();
        const key = randomUUID();
        const ask = () => checkout().complete(id, payingWith("spt_success"), { key });

        const answers = await times(10, ask);

        const [order] = answers.filter(({ status }) => status === 200).map(({ json }) => json.order);
        expect(order?.id).to.equal(`ord_${id.slice(3)}`);
        for (const answer of answers) {
            expect(short(answer)).to.be.oneOf(["200 completed", "409 idempotency_in_flight"]);
            if (answer.status === 409) expect(Number(answer.headers["retry-after"])).to.be.greaterThan(0);
        }
        for (const again of await times(10, ask)) {
            expect(again).to.deep.include({ status: 200, isReplay: true });
            expect(again.json.order).to.deep.equal(order);
        }
        await expectSound(database, id);
    });

    it("receive 409 where the completion with their key began before they read", async () => {
        const { id } = await checkout().created();
        const asking = { key: randomUUID() };
        const { provider, begun, answer } = held(new Sandbox(database.client, "payments"));
        const late = intercepted(database, async (command, send) => {
            if (command === "QueryCommand") await begun;
            return await send();
        });

        const second = new Checkout(late).complete(id, payingWith("spt_success"), asking);
        const first = new Checkout(database.client, { provider }).complete(id, payingWith("spt_success"), asking);

        expect(short(await second)).to.equal("409 idempotency_in_flight");
        answer();
        expect(short(await first)).to.equal("200 completed");
    });

    it("receive 409 where the completion with their key began between two of their reads", async () => {
        const { id } = await checkout().created();
        const asking = { key: randomUUID() };
        const { provider, begun, answer } = held(new Sandbox(database.client, "payments"));
        const recalled = Promise.withResolvers<void>();
        let queries = 0;
        const late = intercepted(database, async (command, send) => {
            if (command === "QueryCommand") {
                queries += 1;
                // The session has moved on before the first try is written; the second finds the request begun, which
                // it was not when the key was looked up.
                if (queries === 2) await begun;
            }
            if (command === "TransactWriteItemsCommand") await checkout().update(id, {});
            const output = await send();
            if (command === "GetItemCommand") recalled.resolve();
            return output;
        });

        const second = new Checkout(late).complete(id, payingWith("spt_success"), asking);
        await recalled.promise;
        const first = new Checkout(database.client, { provider }).complete(id, payingWith("spt_success"), asking);

        expect(short(await second)).to.equal("409 idempotency_in_flight");
        answer();
        expect(short(await first)).to.equal("200 completed");
    });

    it("complete, change and cancel it: every success is a version, and no canceled session is charged", async () => {
        for (let round = 1; round <= (isProof ? 8 : 2); round += 1) {
            const { id } = await checkout().created();

            const answers = await Promise.all([
                ...["spt_success", "spt_declined", "spt_3ds"].map((token) =>
                    checkout().complete(id, payingWith(token)),
                ),
                ...[1, 2, 3].map((quantity) =>
                    checkout().update(id, { line_items: [{ id: guide.productId, quantity }] }),
                ),
                checkout().cancel(id),
                checkout().read(id),
            ]);

            for (const answer of answers) {
                expect(short(answer)).to.match(/^(200 |405 |409 |400 requires_3ds$)/);
            }
            const { reasons, last } = await expectSound(database, id);
            const completes = answers.slice(0, 3).filter(({ status }) => status === 200);
            const updates = answers.slice(3, 6).filter(({ status }) => status === 200);
            expect(reasons.filter((reason) => reason === "updated")).to.have.length(updates.length);
            expect(reasons.filter((reason) => reason === "canceled")).to.have.length(
                answers[6]?.status === 200 ? 1 : 0,
            );
            expect(
                reasons.filter((reason) =>
                    ["completed", "payment_declined", "authentication_required", "repriced"].includes(reason),
                ),
            ).to.have.length(completes.length);
            expect(last?.session.status).not.to.equal("complete_in_progress");
        }
    });

    it("change it ten times: each change is there or was refused", async () => {
        const { id } = await checkout().created();

        const answers = await times(10, (index) =>
            checkout().update(id, { line_items: [{ id: guide.productId, quantity: index + 1 }] }),
        );

        const { "200 ready_for_payment": changed = 0, ...others } = tally(answers);
        expect(changed).to.be.greaterThan(0);
        expect(others).to.deep.equal(changed === 10 ? {} : { "409 version_conflict": 10 - changed });
        const { history } = await traceOf(database, id);
        expect(history.map(({ version }) => version)).to.deep.equal(
            Array.from({ length: changed + 1 }, (_, index) => index + 1),
        );
    });

    it("change it once by one key", async () => {
        const { id } = await checkout().created();
        const key = randomUUID();

        const answers = await times(10, () => checkout().update(id, { discounts: { codes: [] } }, { key }));

        expect(tally(answers)).to.deep.equal({ "200 ready_for_payment": 10 });
        expect(answers.filter(({ isReplay }) => !isReplay)).to.have.length(1);
        expect((await traceOf(database, id)).reasons).to.deep.equal(["created", "updated"]);
    });

    it("cancel it once by one key, and once by ten", async () => {
        const [one, ten] = [await checkout().created(), await checkout().created()];
        const key = randomUUID();

        const withOne = await times(10, () => checkout().cancel(one.id, {}, { key }));
        const withTen = await times(10, () => checkout().cancel(ten.id));

        expect(tally(withOne)).to.deep.equal({ "200 canceled": 10 });
        expect(tally(withTen)).to.deep.equal({ "200 canceled": 1, "405 method_not_allowed": 9 });
        for (const { id } of [one, ten]) {
            expect((await traceOf(database, id)).reasons).to.deep.equal(["created", "canceled"]);
        }
    });

    it("are the client's retry and the settlement of an abandoned completion: one charge", async () => {
        for (const call of [4, 5, 6]) {
            const { id } = await checkout().created();
            const key = randomUUID();
            await new Checkout(mortal(database, call).client, { leaseMs: -1 })
                .complete(id, payingWith("spt_success"), { key })
                .catch(() => undefined);

            const [retried] = await Promise.all([
                checkout().complete(id, payingWith("spt_success"), { key }),
                // The second one finds that it is finished, or that it is being finished.
                checkout()
                    .settle(id)
                    .catch((error: Error) => expect(error.name).to.equal("LeaseLostError")),
            ]);

            expect(short(retried)).to.be.oneOf(["200 completed", "409 idempotency_in_flight"]);
            await expectSound(database, id);
            const last = await checkout().complete(id, payingWith("spt_success"), { key });
            expect(last).to.deep.include({ status: 200, isReplay: true });
            expect(last.json.status).to.equal("completed");
        }
    });
});

describe("many creates at once", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const checkout = () => new Checkout(database.client);
    /** The sessions that a caller has. */
    const sessionsOf = async (caller: string) =>
        (await database.all("sessions")).filter(({ Hidden }) => JSON.parse(String(Hidden)).caller === caller);

    it("with one key make one session, which all answers contain", async () => {
        const asking = { caller: "ten-creates", key: randomUUID() };

        const answers = await times(10, () => checkout().create(readyCart, asking));

        expect(tally(answers)).to.deep.equal({ "201 ready_for_payment": 10 });
        expect(answers.filter(({ isReplay }) => !isReplay)).to.have.length(1);
        for (const { json } of answers) expect(json).to.deep.equal(answers[0]?.json);
        expect(await sessionsOf("ten-creates")).to.have.length(1);
    });

    it("with one key and different bodies make one session, and the others are answered that the key is used", async () => {
        const asking = { caller: "ten-bodies", key: randomUUID() };

        const answers = await times(10, (index) =>
            checkout().create({ ...readyCart, line_items: [{ id: guide.productId, quantity: index + 1 }] }, asking),
        );

        expect(tally(answers)).to.deep.equal({ "201 ready_for_payment": 1, "422 idempotency_conflict": 9 });
        expect(await sessionsOf("ten-bodies")).to.have.length(1);
    });
});

describe("a discount code whose last use several sessions want at once", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const checkout = () => new Checkout(database.client);

    it("is redeemed by one; the others are repriced and not charged before they accept the price", async () => {
        await sell(database, { code: "LAST", name: "The last one", amountOff: 500, usageLimit: 1 });
        const sessions = await times(3, () => checkout().created({ ...readyCart, discounts: { codes: ["last"] } }));
        const shown = new Set(sessions.map(totalOf));
        expect(shown).to.have.length(1);

        const answers = await Promise.all(sessions.map(({ id }) => checkout().complete(id, payingWith("spt_success"))));

        expect(tally(answers)).to.deep.equal({ "200 completed": 1, "200 ready_for_payment": 2 });
        expect(await database.get("discounts", { code: "LAST" })).to.include({ timesRedeemed: 1 });
        for (const answer of answers) {
            const session = sessionIn(answer);
            await expectSound(database, session.id);
            if (session.status === "completed") {
                expect(shown).to.include(totalOf(session));
                continue;
            }
            expect(totalOf(session)).to.be.greaterThan(Math.max(...shown));
            expect(session.discounts?.rejected?.map(({ reason }) => reason)).to.deep.equal([
                "discount_code_usage_limit_reached",
            ]);
            expect(session.messages.flatMap((message) => ("code" in message ? message.code : []))).to.include(
                "price_change",
            );
            expect((await traceOf(database, session.id)).taken).to.deep.equal([]);

            const agreed = await checkout().complete(session.id, payingWith("spt_success"));
            expect(short(agreed)).to.equal("200 completed");
            await expectSound(database, session.id);
        }
        expect(await database.get("discounts", { code: "LAST" })).to.include({ timesRedeemed: 1 });
    });

    it("is free again when the session that redeemed it is declined", async () => {
        await sell(database, { code: "AGAIN", name: "The last one", amountOff: 500, usageLimit: 1 });
        const [first, second] = await times(2, () =>
            checkout().created({ ...readyCart, discounts: { codes: ["AGAIN"] } }),
        );

        const declined = await checkout().complete(first?.id ?? "", payingWith("spt_declined"));
        const bought = await checkout().complete(second?.id ?? "", payingWith("spt_success"));

        expect([declined, bought].map(short)).to.deep.equal(["200 ready_for_payment", "200 completed"]);
        expect(await database.get("discounts", { code: "AGAIN" })).to.include({ timesRedeemed: 1 });
        const late = await checkout().complete(first?.id ?? "", payingWith("spt_success"));
        expect(short(late)).to.equal("200 ready_for_payment");
        await expectSound(database, first?.id ?? "");
    });

    it("does not stop the sale when the merchant deletes it meanwhile", async () => {
        await sell(database, { code: "GONE", name: "Soon gone", amountOff: 500, usageLimit: 1 });
        const { id } = await checkout().created({ ...readyCart, discounts: { codes: ["GONE"] } });
        const key = randomUUID();
        await new Checkout(mortal(database, 4).client, { leaseMs: -1 })
            .complete(id, payingWith("spt_declined"), { key })
            .catch(() => undefined);
        await database.client.send(new DeleteCommand({ TableName: "discounts", Key: { code: "GONE" } }));

        const answer = await checkout().complete(id, payingWith("spt_declined"), { key });

        expect(short(answer)).to.equal("200 ready_for_payment");
        const another = await checkout().created({ ...readyCart, discounts: { codes: ["GONE"] } });
        expect(another.discounts?.rejected?.map(({ reason }) => reason)).to.deep.equal(["discount_code_invalid"]);
    });
});

describe("a product that more buyers complete with than there are pieces", () => {
    const database = started(new Database());
    const checkout = () => new Checkout(database.client);
    const stockOf = async (productId: string) => (await database.get("products", { productId }))?.["stock"];
    const cartOf = (id: string) => ({ ...readyCart, line_items: [{ id }] });

    it("is sold as often as there are pieces; the others are told so, and not charged", async () => {
        await sell(database, { ...guide, productId: "scarce", stock: 5 });
        const sessions = await times(20, () => checkout().created(cartOf("scarce")));

        const answers = await Promise.all(sessions.map(({ id }) => checkout().complete(id, payingWith("spt_success"))));

        expect(tally(answers)).to.deep.equal({ "200 completed": 5, "200 not_ready_for_payment": 15 });
        expect(await stockOf("scarce")).to.equal(0);
        for (const { json } of answers.filter(({ json }) => json.status !== "completed")) {
            expect(json.messages?.[0]).to.include({ code: "out_of_stock", param: "$.line_items[0].item.id" });
        }
        for (const { id } of sessions) await expectSound(database, id);
    });

    it("is there again when the payment is declined, must be authenticated or cannot be made", async () => {
        await sell(database, { ...guide, productId: "one", stock: 1 });
        for (const token of ["spt_declined", "spt_3ds", "spt_down"]) {
            const { id } = await checkout().created(cartOf("one"));
            await checkout().complete(id, payingWith(token));
            expect(await stockOf("one"), token).to.equal(1);
            expect(await database.get("effects", reservationKey(orderIdOf(id))), token).to.equal(undefined);
        }
    });

    it("stays uncounted when the merchant stops counting it while a completion holds a piece", async () => {
        await sell(database, { ...guide, productId: "uncounted", stock: 1 });
        const { id } = await checkout().created(cartOf("uncounted"));
        const { provider, begun, answer } = held(new Sandbox(database.client, "payments"));
        const completed = new Checkout(database.client, { provider }).complete(id, payingWith("spt_declined"));
        await begun;
        await sell(database, { ...guide, productId: "uncounted" });
        answer();

        expect(short(await completed)).to.equal("200 ready_for_payment");
        expect(await database.get("products", { productId: "uncounted" })).not.to.have.property("stock");
    });

    /** A process whose transactions always conflict, at one of their items. */
    const contended = (item: number) =>
        intercepted(database, async (command, send, input) => {
            const { TransactItems: items = [] } = input as { readonly TransactItems?: readonly unknown[] };
            if (command === "TransactWriteItemsCommand") throw conflicting(items.length, item);
            return await send();
        });

    it("is answered with 503 and Retry-After when its stock conflicts all the time, and sold by the same key later", async () => {
        await sell(database, { ...guide, productId: "wanted", stock: 1 });
        const { id } = await checkout().created(cartOf("wanted"));
        const asking = { key: randomUUID() };

        const busy = await new Checkout(contended(3)).complete(id, payingWith("spt_success"), asking);

        expect(short(busy)).to.equal("503 service_unavailable");
        expect(Number(busy.headers["retry-after"])).to.be.within(1, 5);
        expect(await stockOf("wanted")).to.equal(1);
        const later = await checkout().complete(id, payingWith("spt_success"), asking);
        expect(short(later)).to.equal("200 completed");
    });

    it("is answered with 409 when the session itself conflicts all the time", async () => {
        await sell(database, { ...guide, productId: "quiet", stock: 1 });
        const { id } = await checkout().created(cartOf("quiet"));

        const answer = await new Checkout(contended(0)).complete(id, payingWith("spt_success"));

        expect(short(answer)).to.equal("409 version_conflict");
    });

    it("is answered with 503 when it is sold to others before each try, and restocked", async () => {
        await sell(database, { ...guide, productId: "flickering", stock: 1 });
        const { id } = await checkout().created(cartOf("flickering"));
        const unlucky = intercepted(database, async (command, send) => {
            if (command !== "TransactWriteItemsCommand") return await send();
            await sell(database, { ...guide, productId: "flickering", stock: 0 });
            return await send().finally(() => sell(database, { ...guide, productId: "flickering", stock: 1 }));
        });

        const answer = await new Checkout(unlucky).complete(id, payingWith("spt_success"));

        expect(short(answer)).to.equal("503 service_unavailable");
        expect(answer.headers).to.have.property("retry-after");
    });

    it("can be finished at once by the same key when giving it back conflicted all the time", async () => {
        await sell(database, { ...guide, productId: "returned", stock: 1 });
        const { id } = await checkout().created(cartOf("returned"));
        const asking = { key: randomUUID() };
        const ending = intercepted(database, async (command, send, input) => {
            const { TransactItems: items = [] } = input as { readonly TransactItems?: readonly object[] };
            const isEnd = JSON.stringify(items).includes("payment_declined");
            if (command === "TransactWriteItemsCommand" && isEnd) throw conflicting(items.length, 3);
            return await send();
        });
        const busy = await new Checkout(ending).complete(id, payingWith("spt_declined"), asking);
        expect(short(busy)).to.equal("503 service_unavailable");

        const again = await checkout().complete(id, payingWith("spt_declined"), asking);

        expect(short(again)).to.equal("200 ready_for_payment");
        expect(await stockOf("returned")).to.equal(1);
    });
});
