import { randomUUID } from "node:crypto";
import { expect } from "chai";
import type { AuthenticationResult } from "../../runtime/checkoutSessions/domain/protocol.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    PaymentUnavailableError,
} from "../../runtime/checkoutSessions/payment/payment.ts";
import { Sandbox } from "../../runtime/checkoutSessions/payment/sandbox/sandbox.ts";
import { clientAt, Database } from "./support/database.ts";
import { started } from "./support/started.ts";

const declinedCard: PaymentOutcome = { status: "declined", reason: "card_declined" };
const charging: AuthenticationResult["outcome"][] = ["authenticated", "attempt_acknowledged", "informational"];
const refusing: AuthenticationResult["outcome"][] = [
    "abandoned",
    "canceled",
    "denied",
    "internal_error",
    "not_supported",
    "processing_error",
    "rejected",
];

describe("the sandbox payment provider", () => {
    const database = started(new Database());
    /** A provider of its own each time, as in another process: what it knows is in the table. */
    const sandbox = () => new Sandbox(database.client, "payments", () => Date.parse("2026-11-20T10:00:00Z"));
    const charge = (token: string, more: Partial<Charge> = {}): Charge => ({
        key: `cs_1:${randomUUID()}`,
        isResumed: false,
        sessionId: "cs_1",
        orderId: "ord_1",
        amount: 2598,
        currency: "usd",
        capture: "automatic",
        token,
        ...more,
    });
    const pay = (wanted: Charge) => sandbox().charge(wanted);
    const thrownBy = (wanted: Charge) =>
        pay(wanted).then(
            () => undefined,
            (error: unknown) => error,
        );
    const itemOf = ({ key }: Charge) => database.get("payments", { key });

    it("authorises a payment that is captured by hand", async () => {
        const wanted = charge("spt_success", { capture: "manual" });

        expect(await pay(wanted)).to.have.property("status", "authorized");
        expect(await pay(wanted), "again").to.have.property("status", "authorized");
        expect(await itemOf(wanted))
            .to.include({ outcome: "authorized" })
            .and.not.to.have.property("chargedAt");
    });

    it("charges, and stores the amount and time, but not the token", async () => {
        const wanted = charge("spt_success");

        const outcome = await pay(wanted);

        expect(outcome).to.have.property("status", "succeeded");
        const { token, isResumed, capture, ...kept } = wanted;
        expect(await itemOf(wanted)).to.deep.equal({
            ...kept,
            outcome: "succeeded",
            chargedAt: "2026-11-20T10:00:00.000Z",
        });
    });

    it("charges once for a key, and returns the same payment again", async () => {
        const wanted = charge("spt_success");

        const first = await pay(wanted);

        expect(await pay(wanted)).to.deep.equal(first);
        expect(await pay(charge("spt_success"))).not.to.deep.equal(first);
    });

    it("charges once although twenty ask with one key at the same time", async () => {
        const wanted = charge("spt_success", { sessionId: "cs_crowded" });

        const outcomes = await Promise.all(Array.from({ length: 20 }, () => pay(wanted)));

        expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).to.have.length(1);
        const items = (await database.all("payments")).filter(({ sessionId }) => sessionId === "cs_crowded");
        expect(items.map(({ outcome }) => outcome)).to.deep.equal(["succeeded"]);
    });

    for (const token of ["spt_declined", "spt_unheard_of", "vt_1", ""]) {
        it(`declines ${token === "" ? "an empty token" : token}, now and later`, async () => {
            const wanted = charge(token);

            expect(await pay(wanted)).to.deep.equal(declinedCard);
            expect(await pay(wanted)).to.deep.equal(declinedCard);
            expect(await itemOf(wanted))
                .to.include({ outcome: "declined" })
                .and.not.to.have.property("chargedAt");
        });
    }

    it("asks for the buyer's authentication with what the agent needs for it", async () => {
        const wanted = charge("spt_3ds");

        const outcome = await pay(wanted);

        expect(outcome).to.have.nested.property("metadata.directory_server", "visa");
        expect(outcome).to.have.nested.property("metadata.acquirer_details.acquirer_bin").with.length.at.most(11);
        expect(await pay(wanted)).to.deep.equal(outcome);
        expect(await itemOf(wanted)).to.include({ outcome: "authentication_required" });
    });

    for (const outcome of charging) {
        it(`charges a buyer whose authentication ended with ${outcome}`, async () => {
            expect(await pay(charge("spt_3ds", { authentication: { outcome } }))).to.include({ status: "succeeded" });
        });
    }
    for (const outcome of refusing) {
        it(`declines a buyer whose authentication ended with ${outcome}`, async () => {
            expect(await pay(charge("spt_3ds", { authentication: { outcome } }))).to.deep.equal({
                status: "declined",
                reason: `authentication_${outcome}`,
            });
        });
    }

    it("charges and loses the answer to spt_timeout once; the same key gets it", async () => {
        const wanted = charge("spt_timeout");

        expect(await thrownBy(wanted)).to.be.instanceOf(PaymentOutcomeUnknownError);
        expect(await itemOf(wanted)).to.include({ outcome: "succeeded" });

        const later = await pay(wanted);
        expect(later).to.include({ status: "succeeded" });
        expect(await pay(wanted)).to.deep.equal(later);
    });

    it("is unavailable for spt_down, and charges nothing", async () => {
        const wanted = charge("spt_down");

        expect(await thrownBy(wanted)).to.be.instanceOf(PaymentUnavailableError);
        expect(await itemOf(wanted)).to.equal(undefined);
    });

    it("refuses a key for two different charges", async () => {
        const wanted = charge("spt_success");
        await pay(wanted);

        for (const other of [{ amount: 2599 }, { currency: "eur" }, { sessionId: "cs_2" }, { orderId: "ord_2" }]) {
            expect(await thrownBy({ ...wanted, ...other })).to.be.instanceOf(PaymentOutcomeUnknownError);
        }
        expect(await itemOf(wanted)).to.include({ amount: 2598, outcome: "succeeded" });
    });

    it("reports an unknown outcome of a charge when its table does not answer", async () => {
        const client = clientAt("http://127.0.0.1:1", { maxAttempts: 1 });

        const error = await new Sandbox(client, "payments").charge(charge("spt_success")).catch((thrown) => thrown);

        expect(error).to.be.instanceOf(PaymentOutcomeUnknownError).and.to.have.property("cause");
    });
});
