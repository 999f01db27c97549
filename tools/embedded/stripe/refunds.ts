import type { Outcome, TaskQueue, Waits } from "embedded-aws/doubles";
import { listOf, membersOf, missing, ok, type Parameters, type Reply, refusal } from "./answers.ts";
import type { Events } from "./events.ts";
import type { GrantedTokens } from "./grantedTokens.ts";
import { Kept } from "./kept.ts";
import { chargeOf, type Payments } from "./payments.ts";

interface Refund {
    readonly id: string;
    readonly payment_intent: string;
    readonly amount: number;
    readonly status: string;
}

/** https://docs.stripe.com/api/disputes/object */
interface Dispute {
    readonly id: string;
    readonly payment_intent: string;
    readonly amount: number;
    readonly status: string;
}

/** Seconds until a bank has decided about a refund, for tokens that say so. */
const decisionSeconds = 60;

interface RefundSettings {
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly now: () => number;
}

/** What takes money back from payments: refunds and disputes. */
export class Refunds {
    /** By id. */
    readonly refunds: Kept<Refund>;
    /** By id. */
    readonly disputes: Kept<Dispute>;
    readonly #payments: Payments;
    readonly #tokens: GrantedTokens;
    readonly #events: Events;
    readonly #taskQueue: TaskQueue;
    readonly #waits: Waits;
    readonly #now: () => number;

    constructor({ taskQueue, waits, now }: RefundSettings, tokens: GrantedTokens, payments: Payments, events: Events) {
        this.#taskQueue = taskQueue;
        this.#waits = waits;
        this.#now = now;
        this.#tokens = tokens;
        this.#payments = payments;
        this.#events = events;
        this.refunds = new Kept(taskQueue, "refund");
        this.disputes = new Kept(taskQueue, "dispute");
        taskQueue.handle<{ id: string; status: string }>("stripe refund", 1, async ({ payload }) =>
            taskQueue.atomically(() => this.#decide(payload.id, payload.status)),
        );
        taskQueue.handle<{ id: string }>("stripe dispute", 1, async ({ payload }) =>
            taskQueue.atomically((): Outcome => {
                this.dispute(payload.id);
                return { done: true };
            }),
        );
    }

    /** What the shop has of a payment: captured, neither refunded nor disputed. */
    balanceOf(intent: string): number {
        const { amount_received: paid = 0 } = this.#payments.intents.get(intent) ?? {};
        const taken = this.#disputesOf(intent).filter(({ status }) => status !== "won");
        return paid - sumOf(this.#refundsOf(intent).filter(isValid)) - sumOf(taken);
    }

    /** https://docs.stripe.com/api/refunds/create */
    create(parameters: Parameters): Reply {
        const { payment_intent: id = "", amount: wanted, reason = null } = parameters;
        const intent = this.#payments.intents.get(id);
        if (intent === undefined) return missing("payment_intent", id, "payment_intent");
        const { amount_received: paid = 0, currency } = intent;
        const refunded = sumOf(this.#refundsOf(id).filter(isValid));
        if (paid === 0) return refusal("This PaymentIntent has no charge to refund.", { param: "payment_intent" });
        if (this.#disputesOf(id).some(({ status }) => status !== "won")) {
            return refusal("The charge is disputed.", { code: "charge_disputed" });
        }
        if (refunded >= paid) return refusal("It has been refunded.", { code: "charge_already_refunded" });
        if (wanted !== undefined && !/^[1-9]\d*$/.test(wanted)) {
            return refusal("Invalid integer", { code: "parameter_invalid_integer", param: "amount" });
        }
        const amount = wanted === undefined ? paid - refunded : Number(wanted);
        if (amount > paid - refunded) return refusal("That is more than was paid.", { param: "amount" });
        const scenario = this.#tokens.scenarioOf(intent.payment_method ?? "");
        const refund = {
            id: `re_${this.refunds.size + 1}`,
            object: "refund",
            amount,
            currency,
            payment_intent: id,
            charge: chargeOf(id),
            reason,
            status: scenario === "refund_pending" ? "pending" : "succeeded",
            metadata: membersOf("metadata", parameters),
            created: this.#seconds,
        };
        this.refunds.set(refund.id, refund);
        this.#events.emit("refund.created", refund);
        const amount_refunded = refunded + amount;
        const isWhole = amount_refunded === paid;
        this.#events.emit("charge.refunded", {
            id: chargeOf(id),
            object: "charge",
            amount: paid,
            amount_refunded,
            refunded: isWhole,
            payment_intent: id,
        });
        if (scenario === "refund_pending") this.#later(refund.id, "succeeded");
        if (scenario === "refund_fails") this.#later(refund.id, "failed");
        return ok(refund);
    }

    look(id: string): Reply {
        const refund = this.refunds.get(id);
        return refund === undefined ? missing("refund", id) : ok(refund);
    }

    list(parameters: Parameters): Reply {
        const { payment_intent: id } = parameters;
        return listOf("/v1/refunds", id === undefined ? this.refunds.values() : this.#refundsOf(id), parameters);
    }

    /** A buyer disputes what is left of a payment, as after a charge of Stripe's card for that. */
    dispute(id: string): void {
        const intent = this.#payments.intents.get(id);
        const amount = this.balanceOf(id);
        if (intent?.status !== "succeeded" || amount <= 0) return;
        const dispute = {
            id: `dp_${this.disputes.size + 1}`,
            object: "dispute",
            amount,
            currency: intent.currency,
            charge: chargeOf(id),
            payment_intent: id,
            reason: "fraudulent",
            status: "needs_response",
            metadata: {},
            created: this.#seconds,
        };
        this.disputes.set(dispute.id, dispute);
        this.#events.emit("charge.dispute.created", dispute);
        this.#events.emit("charge.dispute.funds_withdrawn", dispute);
    }

    /** Evidence decides as in Stripe's tests. https://docs.stripe.com/testing#evidence */
    updateDispute(id: string, { "evidence[uncategorized_text]": evidence }: Parameters): Reply {
        if (evidence === "winning_evidence") return this.closeDispute(id, "won");
        if (evidence === "losing_evidence") return this.closeDispute(id, "lost");
        return this.lookAtDispute(id);
    }

    closeDispute(id: string, status: "won" | "lost" = "lost"): Reply {
        const dispute = this.disputes.get(id);
        if (dispute === undefined) return missing("dispute", id);
        if (dispute.status !== "needs_response") return refusal("This dispute is already closed");
        const closed = { ...dispute, status };
        this.disputes.set(id, closed);
        this.#events.emit("charge.dispute.closed", closed);
        if (status === "won") this.#events.emit("charge.dispute.funds_reinstated", closed);
        return ok(closed);
    }

    lookAtDispute(id: string): Reply {
        const dispute = this.disputes.get(id);
        return dispute === undefined ? missing("dispute", id) : ok(dispute);
    }

    listDisputes(parameters: Parameters): Reply {
        const { payment_intent: id } = parameters;
        return listOf("/v1/disputes", id === undefined ? this.disputes.values() : this.#disputesOf(id), parameters);
    }

    #later(id: string, status: string): void {
        const delayMs = this.#waits.ms(decisionSeconds);
        this.#taskQueue.add([{ kind: "stripe refund", payload: { id, status }, delayMs }]);
    }

    #decide(id: string, status: string): Outcome {
        const refund = this.refunds.get(id);
        if (refund === undefined || refund.status === "failed") return { done: true };
        const decided = {
            ...refund,
            status,
            ...(status === "failed" && { failure_reason: "expired_or_canceled_card" }),
        };
        this.refunds.set(id, decided);
        this.#events.emit("refund.updated", decided);
        if (status === "failed") this.#events.emit("refund.failed", decided);
        return { done: true };
    }

    #refundsOf(intent: string): Refund[] {
        return [...this.refunds.values()].filter(({ payment_intent }) => payment_intent === intent);
    }

    #disputesOf(intent: string): Dispute[] {
        return [...this.disputes.values()].filter(({ payment_intent }) => payment_intent === intent);
    }

    get #seconds(): number {
        return Math.floor(this.#now() / 1000);
    }
}

const isValid = ({ status }: Refund) => status !== "failed" && status !== "canceled";
const sumOf = (all: readonly { readonly amount: number }[]) => all.reduce((sum, { amount }) => sum + amount, 0);
