import Stripe from "stripe";
import { isJsonObject, type JsonObject } from "../../../shared/json.ts";
import type {
    DisputeSnapshot,
    MoneyProvider,
    PaymentOrder,
    PaymentOrderOutcome,
    PaymentSnapshot,
    RefundSnapshot,
} from "../money.ts";
import { PaymentOutcomeUnknownError, PaymentUnavailableError } from "../payment.ts";
import { accountIn, type StripeAccount } from "./account.ts";
import { codeIn, describe, StripeClient, statusOf } from "./client.ts";

/** Timeouts in milliseconds: two looks and an order leave time to write within 30 s. */
const patience = { look: 5000, order: 12_000 };
/** Elements of a page; Stripe returns at most 100. */
const pageSize = 100;

/** @param secret see `accountIn`. Throws EnvironmentError. */
export const stripeMoneyFrom = (secret: string): MoneyProvider => new StripeMoney(accountIn(secret));

/**
 * Captures, voids and refunds at Stripe. Errors contain only Stripe's codes and request id, as in `StripePayments`.
 * A refund names its entry in its metadata, so that it is found again when Stripe has forgotten the idempotency key.
 * https://docs.stripe.com/api/refunds https://docs.stripe.com/api/disputes
 */
export class StripeMoney implements MoneyProvider {
    readonly #stripe: StripeClient;
    readonly #patience: typeof patience;

    constructor(account: StripeAccount, wait = patience) {
        this.#stripe = new StripeClient(account);
        this.#patience = wait;
    }

    async look(paymentId: string): Promise<PaymentSnapshot | undefined> {
        // Must not be part of a path.
        if (!/^\w{1,255}$/.test(paymentId)) return undefined;
        try {
            const [intent, refunds, disputes] = await Promise.all([
                this.#get(`/v1/payment_intents/${paymentId}`),
                this.#list("/v1/refunds", paymentId),
                this.#list("/v1/disputes", paymentId),
            ]);
            return snapshotOf(objectIn(intent), refunds, disputes);
        } catch (error) {
            if (statusOf(error) === 404) return undefined;
            throw new PaymentUnavailableError(`the payment could not be looked up: ${describe(error)}`);
        }
    }

    async carryOut({ entryId, kind, orderId, paymentId, amount }: PaymentOrder): Promise<PaymentOrderOutcome> {
        const calls = {
            capture: [`/v1/payment_intents/${paymentId}/capture`, { amount_to_capture: amount }],
            void: [`/v1/payment_intents/${paymentId}/cancel`, {}],
            refund: [
                "/v1/refunds",
                { payment_intent: paymentId, amount, metadata: { order_id: orderId, entry: entryId } },
            ],
        } as const;
        const [path, parameters] = calls[kind];
        const options = { timeout: this.#patience.order, idempotencyKey: `${orderId}:${entryId}` };
        try {
            await this.#stripe.post(path, parameters, options);
            return { status: "done" };
        } catch (error) {
            return refusalIn(error);
        }
    }

    #get(path: string): Promise<unknown> {
        return this.#stripe.get(path, { timeout: this.#patience.look });
    }

    /** All objects of the payment, oldest first. */
    async #list(path: string, paymentId: string): Promise<JsonObject[]> {
        const found: JsonObject[] = [];
        for (;;) {
            const last = found.at(-1)?.["id"];
            const query = new URLSearchParams({
                payment_intent: paymentId,
                limit: String(pageSize),
                ...(last !== undefined && { starting_after: String(last) }),
            });
            const { data, has_more: hasMore } = objectIn(await this.#get(`${path}?${query}`));
            const page = Array.isArray(data) ? data.map(objectIn) : [];
            found.push(...page);
            if (hasMore !== true || page.length === 0) return found.reverse();
        }
    }
}

/** Throws for errors after which it is open what was done. */
function refusalIn(error: unknown): PaymentOrderOutcome {
    const what = `the result at Stripe is unknown: ${describe(error)}`;
    if (!(error instanceof Stripe.errors.StripeError)) throw new PaymentOutcomeUnknownError(what);
    if (error instanceof Stripe.errors.StripeIdempotencyError) throw new PaymentOutcomeUnknownError(what);
    switch (error.statusCode) {
        case 400:
        case 402:
        case 404:
            return { status: "refused", reason: codeIn(error.code ?? error.type) };
        case 401:
        case 403:
        case 429:
            throw new PaymentUnavailableError(`Stripe did nothing: ${describe(error)}`);
        default:
            // No or an unreadable response, 409 (another request is in progress), 5xx.
            throw new PaymentOutcomeUnknownError(what);
    }
}

function snapshotOf(
    intent: JsonObject,
    refunds: readonly JsonObject[],
    disputes: readonly JsonObject[],
): PaymentSnapshot {
    const { order_id: orderId } = objectIn(intent["metadata"]);
    return {
        id: String(intent["id"]),
        state: stateOf(intent["status"]),
        amount: numberIn(intent["amount"]),
        captured: numberIn(intent["amount_received"]),
        currency: String(intent["currency"]),
        ...(typeof orderId === "string" && { orderId }),
        refunds: refunds.map(refundOf),
        disputes: disputes.map(disputeOf),
    };
}

function stateOf(status: unknown): PaymentSnapshot["state"] {
    switch (status) {
        case "requires_capture":
            return "authorized";
        case "succeeded":
            return "captured";
        case "canceled":
            return "voided";
        default:
            return "open";
    }
}

function refundOf({
    id,
    amount,
    status,
    created,
    metadata,
    reason,
    failure_reason: failure,
}: JsonObject): RefundSnapshot {
    const { entry } = objectIn(metadata);
    const why = [failure, reason].find((text) => typeof text === "string");
    return {
        id: String(id),
        ...(typeof entry === "string" && { entryId: entry }),
        amount: numberIn(amount),
        status: refundStatusOf(status),
        ...(why !== undefined && { reason: codeIn(why) }),
        at: timeIn(created),
    };
}

function refundStatusOf(status: unknown): RefundSnapshot["status"] {
    switch (status) {
        case "succeeded":
            return "completed";
        case "failed":
        case "canceled":
            return "failed";
        default:
            // `pending`, `requires_action`
            return "pending";
    }
}

function disputeOf({ id, amount: of, status, created, reason }: JsonObject): DisputeSnapshot {
    const amount = numberIn(of);
    return {
        id: String(id),
        amount,
        ...disputeStatusOf(status, amount),
        ...(reason !== undefined && { reason: codeIn(reason) }),
        at: timeIn(created),
    };
}

/** An inquiry (`warning_…`) takes no money. https://docs.stripe.com/disputes/how-disputes-work */
function disputeStatusOf(status: unknown, amount: number): Pick<DisputeSnapshot, "status" | "withdrawn"> {
    switch (status) {
        case "lost":
            return { status: "completed", withdrawn: amount };
        case "won":
        case "prevented":
        case "warning_closed":
            return { status: "failed", withdrawn: 0 };
        case "warning_needs_response":
        case "warning_under_review":
            return { status: "pending", withdrawn: 0 };
        default:
            // `needs_response`, `under_review`, `appeal_needs_response`, `appeal_under_review`
            return { status: "pending", withdrawn: amount };
    }
}

const objectIn = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
/** Throws for an answer that is not Stripe's. */
function numberIn(value: unknown): number {
    if (typeof value !== "number") throw new PaymentUnavailableError("Stripe's response lacks an amount");
    return value;
}
const timeIn = (seconds: unknown): string => new Date(numberIn(seconds) * 1000).toISOString();
