import type { TaskQueue } from "embedded-aws/doubles";
import { membersOf, missing, ok, type Parameters, type Reply, refusal } from "./answers.ts";
import { Kept } from "./kept.ts";

/** `shared_payment.granted_token`: https://docs.stripe.com/api/shared-payment/granted-token?api-version=2026-04-22.preview */
export interface GrantedToken {
    readonly id?: string;
    readonly object?: string;
    /** Seconds since 1970 */
    readonly created?: number;
    readonly livemode?: boolean;
    readonly payment_method_details?: object;
    readonly shared_metadata?: object | null;
    readonly deactivated_at?: number | null;
    readonly deactivated_reason?: string | null;
    readonly usage_details?: { readonly amount_captured: { readonly value: number; readonly currency: string } } | null;
    readonly usage_limits?: {
        readonly currency: string;
        readonly max_amount: number;
        readonly expires_at?: number;
    } | null;
}

/** What happens to a charge. */
export type Scenario = (typeof scenarios)[number];
const scenarios = [
    "success",
    "declined",
    "insufficient_funds",
    "3ds",
    "processing",
    "processing_declined",
    "500",
    "500_uncharged",
    "timeout",
    "down",
    "misrequested",
    "dispute",
    "refund_pending",
    "refund_fails",
] as const;

/** Stripe's payment methods for tests: https://docs.stripe.com/testing */
const paymentMethods: Readonly<Record<string, { readonly brand: string; readonly scenario: Scenario }>> = {
    pm_card_visa: { brand: "visa", scenario: "success" },
    pm_card_mastercard: { brand: "mastercard", scenario: "success" },
    pm_card_amex: { brand: "amex", scenario: "success" },
    pm_card_visa_chargeDeclined: { brand: "visa", scenario: "declined" },
    pm_card_visa_chargeDeclinedInsufficientFunds: { brand: "visa", scenario: "insufficient_funds" },
    pm_card_createDispute: { brand: "visa", scenario: "dispute" },
    pm_card_pendingRefund: { brand: "visa", scenario: "refund_pending" },
    pm_card_refundFail: { brand: "visa", scenario: "refund_fails" },
    pm_card_authenticationRequired: { brand: "visa", scenario: "3ds" },
};

/** `spt_3ds`, and `spt_3ds_eur` for another currency than usd. */
const named = new RegExp(`^spt_(${scenarios.toReversed().join("|")})(?:_([a-z]{3}))?$`);

/** What agents have granted the shop to charge. */
export class GrantedTokens {
    /** By id. */
    readonly granted: Kept<GrantedToken>;
    readonly #scenarios: Kept<Scenario>;
    readonly #now: () => number;

    constructor(taskQueue: TaskQueue, now: () => number) {
        this.granted = new Kept(taskQueue, "token");
        this.#scenarios = new Kept(taskQueue, "scenario");
        this.#now = now;
    }

    scenarioOf(id: string): Scenario {
        const [, scenario] = named.exec(id) ?? [];
        return (scenario as Scenario | undefined) ?? this.#scenarios.get(id) ?? "success";
    }

    /** As an agent does it at Stripe's endpoint for tests. */
    grant(parameters: Parameters): Reply {
        const method = paymentMethods[parameters["payment_method"] ?? ""];
        if (method === undefined) return missing("PaymentMethod", parameters["payment_method"] ?? "", "payment_method");
        const { currency, max_amount, expires_at } = membersOf("usage_limits", parameters);
        if (currency === undefined || !/^[1-9]\d*$/.test(max_amount ?? "")) {
            return refusal("usage_limits need a currency and a max_amount", { param: "usage_limits" });
        }
        const id = `spt_${crypto.randomUUID().replaceAll("-", "")}`;
        const limits = {
            currency,
            max_amount: Number(max_amount),
            ...(expires_at && { expires_at: Number(expires_at) }),
        };
        const shared = membersOf("shared_metadata", parameters);
        const token = this.#tokenOf(id, limits, method.brand, Object.keys(shared).length > 0 ? shared : null);
        this.granted.set(id, token);
        this.#scenarios.set(id, method.scenario);
        return ok(token);
    }

    look(id: string): Reply {
        if (this.scenarioOf(id) === "down") return { ...refusal("the double plays a Stripe that is away", {}, 503) };
        const token = this.find(id);
        return token === undefined ? missing("shared_payment.granted_token", id) : ok(token);
    }

    /** One that was granted, or one of the named ones, which are good for any number of charges. */
    find(id: string): GrantedToken | undefined {
        const granted = this.granted.get(id);
        if (granted !== undefined) return granted;
        const [, scenario, currency = "usd"] = named.exec(id) ?? [];
        if (scenario === undefined) return undefined;
        return this.#tokenOf(id, { currency, max_amount: 99_999_999 }, "visa", null);
    }

    /** Why it does not pay; undefined when it does. */
    refusalOf(id: string, amount: number, currency: string): Reply | undefined {
        const param = "payment_method_data[shared_payment_granted_token]";
        const token = this.find(id);
        if (token === undefined) return missing("shared_payment.granted_token", "…", param);
        const { usage_limits: limits, usage_details: used, deactivated_reason: reason } = token;
        if (reason) return refusal(`This token is ${reason}.`, { param });
        if (limits?.expires_at !== undefined && limits.expires_at * 1000 <= this.#now()) {
            return refusal("This token is expired.", { param });
        }
        if (
            limits &&
            (limits.currency !== currency || (used?.amount_captured.value ?? 0) + amount > limits.max_amount)
        ) {
            return refusal("This token was not granted for that much.", { param });
        }
        return undefined;
    }

    /** It has paid. */
    use(id: string, amount: number, currency: string): void {
        const token = this.granted.get(id);
        if (token === undefined) return;
        const value = (token.usage_details?.amount_captured.value ?? 0) + amount;
        const isConsumed = value >= (token.usage_limits?.max_amount ?? Number.POSITIVE_INFINITY);
        this.granted.set(id, {
            ...token,
            usage_details: { amount_captured: { value, currency } },
            ...(isConsumed && {
                deactivated_at: Math.floor(this.#now() / 1000),
                deactivated_reason: "consumed",
            }),
        });
    }

    #tokenOf(
        id: string,
        limits: GrantedToken["usage_limits"] & object,
        brand: string,
        shared: object | null,
    ): GrantedToken {
        return {
            id,
            object: "shared_payment.granted_token",
            created: Math.floor(this.#now() / 1000),
            deactivated_at: null,
            deactivated_reason: null,
            livemode: false,
            payment_method_details: { type: "card", card: { brand, last4: "4242", exp_month: 12, exp_year: 2034 } },
            shared_metadata: shared,
            usage_details: null,
            usage_limits: limits,
        };
    }
}
