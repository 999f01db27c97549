import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../../shared/conditionally.ts";
import type { JsonObject } from "../../../shared/json.ts";
import type { AuthenticationMetadata } from "../../domain/protocol.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentRequestRefusedError,
    PaymentUnavailableError,
    tokenRefusals,
    transStatusOf,
} from "../payment.ts";

const authenticationMetadata: AuthenticationMetadata = {
    acquirer_details: {
        acquirer_bin: "400000",
        acquirer_country: "US",
        acquirer_merchant_id: "sandbox-merchant",
        merchant_name: "Sandbox",
    },
    directory_server: "visa",
    flow_preference: { type: "challenge", challenge: { type: "preferred" } },
};

/**
 * A test double of a payment provider. The token selects the result:
 *
 * - `spt_success`: the charge succeeds.
 * - `spt_3ds`: it requires the buyer's authentication, whose result decides.
 * - `spt_timeout`: it succeeds, but the response is lost; a call with the same key returns it.
 * - `spt_down`: the provider is unavailable.
 * - `spt_misrequested`: the provider refuses the request, a fault of the shop.
 * - `spt_token_expired` and so on: the token does not pay (`tokenRefusals`).
 * - `spt_declined` and every other token: it is declined.
 *
 * Stores each key with its outcome in a table (key `key`); items with the `outcome` `succeeded` or `authorized` are the payments. Tokens
 * are credentials and are not stored.
 */
export class Sandbox implements PaymentProvider {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #now: () => number;

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#now = now;
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        if (charge.token === "spt_down")
            throw new PaymentUnavailableError("the sandbox simulates an unavailable provider");
        if (charge.token === "spt_misrequested")
            throw new PaymentRequestRefusedError("the sandbox simulates a refused request");
        const outcome = outcomeOf(charge);
        const earlier = await this.#record(charge, outcome);
        if (earlier !== undefined) return outcomeIn(earlier, charge);
        if (charge.token === "spt_timeout") {
            throw new PaymentOutcomeUnknownError("the sandbox simulates a lost response");
        }
        return outcome;
    }

    /** Returns an existing item of this key, if any. */
    async #record(charge: Charge, outcome: PaymentOutcome): Promise<JsonObject | undefined> {
        const { key, sessionId, orderId, amount, currency } = charge;
        const put = {
            TableName: this.#table,
            Item: {
                key,
                sessionId,
                orderId,
                amount,
                currency,
                outcome: outcome.status,
                ...(outcome.status === "succeeded" && { chargedAt: new Date(this.#now()).toISOString() }),
                ...(outcome.status === "declined" && { reason: outcome.reason }),
            },
            ConditionExpression: "attribute_not_exists(#key)",
            ExpressionAttributeNames: { "#key": "key" },
        };
        try {
            const written = await conditionally(this.#client, { Put: put });
            return written instanceof ConditionFailed ? (written.found ?? {}) : undefined;
        } catch (cause) {
            throw new PaymentOutcomeUnknownError("the payments table did not answer", { cause });
        }
    }
}

function outcomeOf({ key, token, capture, authentication }: Charge): PaymentOutcome {
    const paid = { status: paidBy[capture], paymentId: paymentIdOf(key) };
    switch (token) {
        case "spt_success":
        case "spt_timeout":
            return paid;
        case "spt_3ds":
            if (authentication === undefined) return authenticationRequired;
            if (transStatusOf(authentication) !== undefined) return paid;
            return declined(`authentication_${authentication.outcome}`);
        default:
            return declined(token.startsWith("spt_token_") ? token.slice("spt_".length) : "card_declined");
    }
}

/** The outcome of the first charge with this key. */
function outcomeIn(item: JsonObject, { key, sessionId, orderId, amount, currency }: Charge): PaymentOutcome {
    const same = Object.entries({ sessionId, orderId, amount, currency }).every(
        ([name, value]) => item[name] === value,
    );
    if (!same) throw new PaymentOutcomeUnknownError(`the key ${key} belongs to another charge`);
    switch (item["outcome"]) {
        case "succeeded":
        case "authorized":
            return { status: item["outcome"], paymentId: paymentIdOf(key) };
        case "authentication_required":
            return authenticationRequired;
        default:
            return declined(String(item["reason"]));
    }
}

function declined(reason: string): PaymentOutcome {
    const token = tokenRefusals.find((refusal) => reason === `token_${refusal}`);
    // A token may contain anything, and is not stored.
    const known = token === undefined && reason.startsWith("token_") ? "card_declined" : reason;
    return { status: "declined", reason: known, ...(token && { token }) };
}

const paidBy = { automatic: "succeeded", manual: "authorized" } as const;

/** `cs_<uuid>:5` → `pay_<uuid>_5` */
const paymentIdOf = (key: string) => key.replace(/^cs_/, "pay_").replace(":", "_");

const authenticationRequired: PaymentOutcome = { status: "authentication_required", metadata: authenticationMetadata };
