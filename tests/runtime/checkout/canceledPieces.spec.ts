import { expect } from "chai";
import fc from "fast-check";
import { isProof } from "../../proof.ts";
import { guide } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { started, startedAws } from "../support/started.ts";
import { StripeDouble, secretKey } from "../support/stripe.ts";
import { accountAt, type PaidOrder, Till } from "../support/till.ts";

/** Random histories: `HISTORIES` of them, if it is set. */
const runs = Number(process.env["HISTORIES"] ?? (isProof ? 60 : 6));

const ordered = 4;
const total = 6435;
const share = (pieces: number) => Math.round((total * pieces) / ordered);

describe("canceled pieces of an order, in its quantities, its money and the stock", () => {
    const database = started(new Database());
    const stripe = started(new StripeDouble(secretKey));
    const aws = startedAws(database, (one) => one.answers("GetSecretValue", () => accountAt(stripe)));
    const till = new Till(database, aws, stripe);

    async function bought(capture: "automatic" | "manual"): Promise<PaidOrder> {
        till.under.length = 0;
        stripe.reset();
        const order = await till.paid(capture, "spt_success", ordered);
        await till.store(order);
        await database.put("products", { ...guide, stock: 0 });
        return order;
    }

    const line = (quantity: number) => ({ lines: [{ id: "li_1", quantity }] });
    const quantity = (members: object) => ({ line_items: [{ id: "li_1", quantity: members }] });
    const adjustment = (id: string, pieces: number, status = "completed") => ({
        adjustments: [
            {
                id,
                type: "cancellation",
                status,
                occurred_at: "2026-11-25T10:00:00Z",
                line_items: [{ id: "li_1", quantity: pieces }],
            },
        ],
    });

    function report({ orderId }: PaidOrder, members: object, secondsLater = 0): void {
        const occurredAt = new Date(Date.now() + secondsLater * 1000).toISOString();
        till.tell("order.updated.v1", { orderId, ...members, meta: { occurredAt } });
    }
    const stock = async () => Number((await database.get("products", { productId: guide.productId }))?.["stock"]);
    const balance = ({ paymentId }: PaidOrder) => stripe.refunds.balanceOf(paymentId);
    async function manage(order: PaidOrder, what: Parameters<Till["manage"]>[1], body: object = {}): Promise<number> {
        const { status } = await till.manage(order, what, body);
        await till.drain(order);
        return status;
    }
    async function reported(order: PaidOrder, members: object, secondsLater = 0): Promise<void> {
        report(order, members, secondsLater);
        await till.drain(order);
    }
    /** The first message that is under way to it. */
    async function heardBy(whom: "keep" | "track", order: PaidOrder): Promise<void> {
        await till.deliver(
            till.under.findIndex(({ to }) => to === whom),
            order,
        );
    }
    const quantityOf = async (order: PaidOrder) => (await till.sessionOf(order)).order.line_items?.[0]?.quantity;

    it("are given back without what the merchant has given of the line before, and no less", async () => {
        for (const goodwill of [{ amount: 5 }, { amount: 5, quantity: 4 }]) {
            const order = await bought("automatic");
            await till.ask(order, "refunds", { lines: [{ id: "li_1", ...goodwill }] });
            await till.drain(order);
            await manage(order, "cancel", line(3));
            expect(balance(order)).to.equal(total - share(3));
        }
    });

    it("are counted once by the agent, also after a capture without them", async () => {
        const order = await bought("manual");
        await manage(order, "cancel", line(2));
        await till.ask(order, "capture");
        await till.drain(order);
        expect(await manage(order, "cancel", line(1))).to.equal(200);
        expect(await quantityOf(order)).to.include({ current: 1 });
        const { adjustments = [] } = (await till.sessionOf(order)).order;
        const canceled = adjustments.filter(({ type }) => type === "cancellation");
        const pieces = canceled.flatMap(({ line_items = [] }) => line_items).map((one) => one.quantity);
        expect(pieces).to.deep.equal([2, 1]);
        expect([balance(order), await stock()]).to.deep.equal([share(4) - share(3), 3]);
    });

    it("do not leave when a system of the merchant has canceled them by an adjustment", async () => {
        const order = await bought("manual");
        await reported(order, adjustment("c1", 1));
        await manage(order, "fulfillments");
        expect(await quantityOf(order)).to.include({ current: 3, fulfilled: 3 });
        expect([balance(order), await stock()]).to.deep.equal([total - share(1), 1]);
        const rest = await bought("automatic");
        await reported(rest, adjustment("c1", 1));
        expect(await manage(rest, "cancel")).to.equal(200);
        expect([balance(rest), await stock()]).to.deep.equal([0, 4]);
    });

    it("are the same when a system repeats them under an id of its own", async () => {
        const order = await bought("manual");
        await manage(order, "cancel", line(1));
        await reported(order, adjustment("erp-77", 1));
        await manage(order, "fulfillments");
        expect([balance(order), await stock()]).to.deep.equal([total - share(1), 1]);
        const other = await bought("manual");
        await reported(other, quantity({ current: 3 }));
        await manage(other, "cancel", line(1));
        await reported(other, { ...quantity({ current: 2 }), ...adjustment("erp-78", 2) });
        await till.ask(other, "capture");
        await till.drain(other);
        expect([balance(other), await stock()]).to.deep.equal([total - share(2), 2]);
    });

    it("are more when a system cancels further ones by an adjustment and states what is still wanted", async () => {
        const order = await bought("automatic");
        await manage(order, "cancel", line(1));
        await reported(order, { ...quantity({ current: 2 }), ...adjustment("erp-1", 1) });
        expect([balance(order), await stock()]).to.deep.equal([total - share(2), 2]);
    });

    it("are none while an adjustment is pending, or after it has failed", async () => {
        const order = await bought("automatic");
        await reported(order, adjustment("c1", 1, "pending"));
        await reported(order, adjustment("c2", 1, "pending"));
        await reported(order, adjustment("c1", 1, "failed"));
        expect([balance(order), await stock()]).to.deep.equal([total, 0]);
        await reported(order, adjustment("c2", 1, "completed"));
        expect([balance(order), await stock()]).to.deep.equal([total - share(1), 1]);
    });

    it("are none once it is heard that they had left before: the stock is taken back, and all is captured", async () => {
        const order = await bought("manual");
        await reported(order, quantity({ current: 2 }));
        await reported(order, quantity({ fulfilled: 4 }), -5);
        expect([balance(order), await stock()]).to.deep.equal([total, 0]);
        const canceled = await bought("automatic");
        await reported(canceled, { status: "canceled" });
        expect(await stock()).to.equal(4);
        await reported(canceled, quantity({ fulfilled: 2 }), -5);
        expect(await stock()).to.equal(2);
    });

    it("are an operator's case where they were given back before it is heard that they had left", async () => {
        const order = await bought("automatic");
        await reported(order, quantity({ current: 2 }));
        const before = till.log.length;
        await reported(order, quantity({ fulfilled: 4 }), -5);
        expect(till.log.slice(before).flatMap(({ notDone }) => notDone ?? [])).to.deep.equal(["PaymentChangeFailed"]);
        expect([balance(order), await stock()], "and stay refunded").to.deep.equal([total - share(2), 0]);
        expect(await quantityOf(order)).to.include({ current: 2, fulfilled: 4 });
        const { adjustments = [] } = (await till.sessionOf(order)).order;
        expect(adjustments).to.have.length(1);
        expect(adjustments[0]).to.deep.include({
            type: "refund",
            status: "completed",
            reason: "canceled",
            line_items: [{ id: "li_1", quantity: 2 }],
        });
    });

    for (const [what, left] of [
        ["a line", quantity({ fulfilled: 4 })],
        ["a parcel", { fulfillments: [{ id: "ful_1", status: "shipped" }] }],
    ] as const) {
        it(`are none of those whose departure the payment has heard of before the order, by ${what}`, async () => {
            for (const how of ["automatic", "manual"] as const) {
                const order = await bought(how);
                report(order, left);
                till.under.push(...till.under.filter(({ to }) => to === "keep"));
                await heardBy("keep", order);
                await heardBy("keep", order);
                report(order, quantity({ current: 2 }), 5);
                await heardBy("keep", order);
                expect(balance(order), `heard by the payment alone, ${how}`).to.equal(total);
                expect((await till.ledgerOf(order))?.ahead, "and the ledger knows").to.have.length(1);
                // The cancellation reaches the order before the departure, or is made by the order's own API.
                const late = till.under.splice(
                    till.under.findIndex(({ to }) => to === "track"),
                    1,
                );
                await till.drain(order);
                expect(balance(order), `heard by the order after the cancellation, ${how}`).to.equal(total);
                till.under.push(...late);
                await till.drain(order);
                expect([balance(order), await stock()]).to.deep.equal([total, 0]);
                await manage(order, "cancel");
                expect((await till.ledgerOf(order))?.ahead, "the order shows it").to.equal(undefined);
                expect(balance(order)).to.equal(total);
            }
        });
    }

    it("are all given back, however late the order shows the reports that make them together", async () => {
        const order = await bought("automatic");
        report(order, adjustment("a", 1));
        report(order, adjustment("b", 2));
        await heardBy("keep", order);
        await heardBy("keep", order);
        await till.drain(order);
        expect([balance(order), await stock()]).to.deep.equal([total - share(3), 3]);
    });

    it("do not go back to the stock where the client says so, and the others do", async () => {
        const order = await bought("automatic");
        await manage(order, "cancel", { ...line(1), restock: false });
        await reported(order, adjustment("c1", 2));
        expect(await stock()).to.equal(1);
        await manage(order, "cancel");
        expect(await stock()).to.equal(3);
    });

    const few = fc.integer({ min: 1, max: 2 });
    const acts = fc.oneof(
        fc.record({ act: fc.constantFrom("cancel" as const, "send" as const, "echo" as const), pieces: few }),
        fc.record({
            act: fc.constant("adjust" as const),
            id: fc.constantFrom("a", "b"),
            status: fc.constantFrom("pending", "failed", "completed", "completed"),
        }),
        fc.record({ act: fc.constantFrom("current" as const, "fulfilled" as const), pieces: fc.nat({ max: ordered }) }),
        fc.record({ act: fc.constant("goodwill" as const), cents: fc.integer({ min: 1, max: 900 }) }),
        fc.record({ act: fc.constant("deliver" as const), message: fc.nat({ max: 20 }), twice: fc.boolean() }),
        fc.constant({ act: "capture" as const }),
    );

    it("agree in all of them after any history, in any order of arrival", async () => {
        const histories = fc.record({
            capture: fc.constantFrom("automatic" as const, "manual" as const),
            happened: fc.array(acts, { minLength: 4, maxLength: 16, size: "max" }),
        });
        await fc.assert(
            fc.asyncProperty(histories, async ({ capture, happened }) => {
                const order = await bought(capture);
                for (const [at, one] of happened.entries()) {
                    switch (one.act) {
                        case "cancel":
                        case "send": {
                            const what = one.act === "send" ? "fulfillments" : "cancel";
                            await till.manage(order, what, line(one.pieces));
                            break;
                        }
                        case "echo":
                            report(order, adjustment(`erp-${at}`, one.pieces), -at);
                            break;
                        case "adjust":
                            report(order, adjustment(one.id, one.id === "a" ? 1 : 2, one.status), at);
                            break;
                        case "current":
                        case "fulfilled":
                            report(order, quantity({ [one.act]: one.pieces }), at % 2 === 0 ? at : -at);
                            break;
                        case "goodwill":
                            await till.ask(order, "refunds", { lines: [{ id: "li_1", amount: one.cents / 100 }] });
                            break;
                        case "capture":
                            await till.ask(order, "capture");
                            break;
                        case "deliver": {
                            const place = one.message % Math.max(1, till.under.length);
                            const copy = till.under[place];
                            if (one.twice && copy !== undefined) till.under.push(copy);
                            await till.deliver(place, order);
                        }
                    }
                }
                await till.drain(order);
                await expectAgreement(order);
            }),
            { numRuns: runs, endOnFailure: isProof },
        );
    }).timeout(60_000 * (4 + runs));

    async function expectAgreement(order: PaidOrder): Promise<void> {
        const versions = (await database.all("orderVersions")).filter(({ orderId }) => orderId === order.orderId);
        const latest = versions.sort((one, other) => Number(one["version"]) - Number(other["version"])).at(-1);
        const state = latest?.["state"] as
            | { order: { line_items: { quantity: Record<string, number> }[] } }
            | undefined;
        const { current = ordered, fulfilled = 0 } = state?.order.line_items[0]?.quantity ?? {};
        const canceled = ordered - Math.max(current, fulfilled);
        expect(await stock(), "the stock has what did not leave and is not wanted").to.equal(canceled);
        await till.expectEqual(order);
        const ledger = await till.ledgerOf(order);
        if (ledger === undefined || ledger.isVoided) return;
        const counted = ledger.canceled?.[0]?.quantity ?? 0;
        expect(counted, "what was given back before it was heard that it had left stays so").to.be.at.least(canceled);
        if (ledger.captured === 0) return expect(counted).to.equal(canceled) && undefined;
        const refunds = ledger.entries.filter(({ kind }) => kind === "refund");
        const goodwill = refunds.filter((one) => !one.isOfCanceled).reduce((sum, { amount }) => sum + amount, 0);
        const most = Math.max(0, total - share(counted));
        expect(balance(order)).to.be.within(Math.max(0, most - goodwill - 1), most + 1);
    }
});
