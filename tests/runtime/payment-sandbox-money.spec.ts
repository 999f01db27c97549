import { randomUUID } from "node:crypto";
import { expect } from "chai";
import type { PaymentOrder } from "../../runtime/checkoutSessions/payment/money.ts";
import { PaymentUnavailableError } from "../../runtime/checkoutSessions/payment/payment.ts";
import { Sandbox } from "../../runtime/checkoutSessions/payment/sandbox/sandbox.ts";
import { SandboxMoney } from "../../runtime/checkoutSessions/payment/sandbox/sandboxMoney.ts";
import { clientAt, Database } from "./support/database.ts";
import { started } from "./support/started.ts";

describe("what the sandbox does with a payment after the charge", () => {
    const database = started(new Database());
    const money = () => new SandboxMoney(database.client, "payments", () => Date.parse("2026-11-20T10:00:00Z"));

    async function charged(capture: "automatic" | "manual", token = "spt_success"): Promise<string> {
        const uuid = randomUUID();
        const outcome = await new Sandbox(database.client, "payments").charge({
            key: `cs_${uuid}:5`,
            isResumed: false,
            sessionId: `cs_${uuid}`,
            orderId: `ord_${uuid}`,
            amount: 2598,
            currency: "usd",
            capture,
            token,
        });
        return "paymentId" in outcome ? outcome.paymentId : `pay_${uuid}_5`;
    }

    const order = (paymentId: string, kind: PaymentOrder["kind"], entryId = `${kind}_1`, amount = 2598) => ({
        entryId,
        kind,
        orderId: "ord_1",
        paymentId,
        amount,
    });
    const done = { status: "done" };
    const refused = (reason: string) => ({ status: "refused", reason });

    it("captures what is authorised, once, and refunds nothing before", async () => {
        const id = await charged("manual");
        expect(await money().look(id)).to.include({ state: "authorized", amount: 2598, captured: 0, currency: "usd" });
        expect(await money().carryOut(order(id, "refund"))).to.deep.equal(refused("charge_already_refunded"));

        for (const entry of ["capture_1", "capture_1", "capture_2"]) {
            expect(await money().carryOut(order(id, "capture", entry))).to.deep.equal(done);
        }
        expect(await money().look(id)).to.include({ state: "captured", captured: 2598 });
        expect(await money().carryOut(order(id, "void"))).to.deep.equal(refused("payment_intent_unexpected_state"));
    });

    it("captures a part and releases the rest, and no more than is authorised", async () => {
        const id = await charged("manual");
        expect(await money().carryOut(order(id, "capture", "capture_1", 2599))).to.deep.equal(
            refused("amount_too_large"),
        );
        expect(await money().carryOut(order(id, "capture", "capture_1", 1299))).to.deep.equal(done);
        expect(await money().carryOut(order(id, "capture", "capture_2"))).to.deep.equal(done);
        expect(await money().look(id)).to.include({ state: "captured", amount: 2598, captured: 1299 });
        expect(await money().carryOut(order(id, "refund", "r", 1300))).to.deep.equal(refused("amount_too_large"));
    });

    it("releases what is authorised, once, and captures nothing afterwards", async () => {
        const id = await charged("manual");

        expect(await money().carryOut(order(id, "void"))).to.deep.equal(done);
        expect(await money().carryOut(order(id, "void"))).to.deep.equal(done);
        expect(await money().carryOut(order(id, "capture"))).to.deep.equal(refused("payment_intent_unexpected_state"));
        expect(await money().look(id)).to.include({ state: "voided", captured: 0 });
    });

    it("refunds each entry once, and never more than is left", async () => {
        const id = await charged("automatic");
        for (const [entry, amount, outcome] of [
            ["ref_a", 2000, done],
            ["ref_a", 2000, done],
            ["ref_b", 599, refused("amount_too_large")],
            ["ref_b", 598, done],
            ["ref_c", 1, refused("charge_already_refunded")],
        ] as const) {
            expect(await money().carryOut(order(id, "refund", entry, amount)), entry).to.deep.equal(outcome);
        }
        const { refunds = [] } = (await money().look(id)) ?? {};
        expect(refunds.map(({ entryId, amount, status, at }) => [entryId, amount, status, at])).to.deep.equal([
            ["ref_a", 2000, "completed", "2026-11-20T10:00:00.000Z"],
            ["ref_b", 598, "completed", "2026-11-20T10:00:00.000Z"],
        ]);
        expect(new Set(refunds.map((refund) => refund.id)).size).to.equal(2);
    });

    it("refunds no more than was paid when many are carried out at once", async () => {
        const id = await charged("automatic");
        const asked = Array.from({ length: 6 }, (_, index) => order(id, "refund", `ref_${index}`, 1000));
        const tried = await Promise.allSettled(asked.map((one) => money().carryOut(one)));
        for (const outcome of tried) {
            if (outcome.status === "rejected") expect(outcome.reason).to.be.instanceOf(PaymentUnavailableError);
        }
        for (const one of asked) await money().carryOut(one);

        const { refunds = [] } = (await money().look(id)) ?? {};
        expect(refunds.map(({ amount }) => amount)).to.deep.equal([1000, 1000]);
    });

    it("knows the payment's order, and no payment that was declined or never made", async () => {
        const id = await charged("automatic");
        expect(await money().look(id)).to.include({ id, orderId: id.replace("pay_", "ord_").replace(/_5$/, "") });
        for (const unknown of [await charged("automatic", "spt_declined"), "pay_none_1", "?"]) {
            expect(await money().look(unknown)).to.equal(undefined);
            expect(await money().carryOut(order(unknown, "refund"))).to.deep.equal(refused("resource_missing"));
        }
    });

    it("says that nothing was done when its table does not answer", async () => {
        const away = new SandboxMoney(clientAt("http://127.0.0.1:1", { maxAttempts: 1 }), "payments");
        for (const asked of [away.look("pay_1_1"), away.carryOut(order("pay_1_1", "refund"))]) {
            expect(await asked.catch((error: unknown) => error)).to.be.instanceOf(PaymentUnavailableError);
        }
    });
});
