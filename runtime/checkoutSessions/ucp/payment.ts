import { jsonIn } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import type { CredentialType } from "../domain/call.ts";
import type { Merchant } from "../domain/merchant.ts";
import { type CommandRefused, invalid, missing } from "../domain/problem.ts";
import { cardHandler } from "../domain/protocol.ts";
import { addressIn } from "./address.ts";

/** Types of credentials that instruments become. */
export const ucpCredentials: readonly CredentialType[] = ["spt", "card_token"];

/** A way to pay that platforms are told of. */
interface Handler {
    /** In UCP's registry. */
    readonly name: string;
    /** Instruments name it. */
    readonly id: string;
    /** As the handler's own document asks for it. */
    readonly declared: {
        readonly version: string;
        readonly spec?: string;
        readonly schema?: string;
        readonly available_instruments: readonly { readonly type: string }[];
        readonly config: object;
    };
    /** What the provider charges; undefined for a credential that is not the handler's. */
    readonly credentialOf: (credential: JsonObject) => Credential | undefined;
}

interface Credential {
    readonly type: CredentialType;
    readonly token: string;
}

const available_instruments = [{ type: "card" }];

function handlersOf({ payment: { provider, merchantId, googlePay } }: Merchant): Handler[] {
    switch (provider) {
        case "sandbox":
            return [
                {
                    name: "com.example.sandbox",
                    id: "sandbox",
                    declared: { version: "2026-04-08", available_instruments, config: { merchant_id: merchantId } },
                    credentialOf: tokenIn,
                },
            ];
        case "stripe":
            return [
                {
                    name: "com.stripe.payments",
                    id: "stripe_payments",
                    declared: {
                        version: "2026-04-08",
                        spec: "https://docs.stripe.com/agentic-commerce/ucp/stripe-payments-handler",
                        available_instruments,
                        config: { merchant_id: merchantId },
                    },
                    credentialOf: tokenIn,
                },
                ...(googlePay ? [googlePayHandler(googlePay)] : []),
            ];
    }
}

/** https://developers.google.com/pay/api/universal-commerce-protocol/reference/config */
function googlePayHandler({ merchantId, publishableKey }: NonNullable<Merchant["payment"]["googlePay"]>): Handler {
    const document = "https://pay.google.com/gp/p/ucp/2026-01-23/";
    return {
        name: "com.google.pay",
        id: "google_pay",
        declared: {
            version: "2026-01-23",
            spec: document,
            schema: `${document}schemas/config.json`,
            available_instruments,
            config: {
                api_version: 2,
                api_version_minor: 0,
                environment: publishableKey.startsWith("pk_live_") ? "PRODUCTION" : "TEST",
                merchant_info: { merchant_id: merchantId },
                allowed_payment_methods: [
                    {
                        type: "CARD",
                        parameters: {
                            allowed_auth_methods: ["PAN_ONLY"],
                            allowed_card_networks: ["AMEX", "DISCOVER", "JCB", "MASTERCARD", "VISA"],
                        },
                        tokenization_specification: {
                            type: "PAYMENT_GATEWAY",
                            parameters: {
                                gateway: "stripe",
                                "stripe:version": "2018-10-31",
                                "stripe:publishableKey": publishableKey,
                            },
                        },
                    },
                ],
            },
        },
        credentialOf: stripeTokenIn,
    };
}

function tokenIn({ token }: JsonObject): Credential | undefined {
    return typeof token === "string" && token !== "" ? { type: "spt", token } : undefined;
}

/** Google Pay gives what the gateway made of the card: of Stripe, a token as JSON text. */
function stripeTokenIn({ type, token }: JsonObject): Credential | undefined {
    const made = type === "PAYMENT_GATEWAY" && typeof token === "string" ? jsonIn(Buffer.from(token)) : undefined;
    const { id } = isJsonObject(made) ? made : {};
    return typeof id === "string" && id.startsWith("tok_") ? { type: "card_token", token: id } : undefined;
}

/** The merchant's handlers for a profile's or an answer's `payment_handlers`. */
export const paymentHandlersOf = (merchant: Merchant) =>
    Object.fromEntries(handlersOf(merchant).map(({ name, id, declared }) => [name, [{ id, ...declared }]]));

/** The member `payment` of a completion in the vocabulary of commands. Refusals never quote a credential. */
export function paymentDataIn(
    payment: unknown,
    merchant: Merchant,
): { readonly payment_data: object } | CommandRefused {
    const { instruments = [] } = isJsonObject(payment) ? payment : {};
    if (!Array.isArray(instruments) || !instruments.every(isJsonObject)) {
        return { problem: invalid("must be a list of objects", "$.payment_data") };
    }
    if (instruments.length === 0) return { problem: missing("send an instrument to pay with", "$.payment_data") };
    const selected = instruments.filter((each) => each["selected"] === true);
    const [chosen, another] = selected.length > 0 || instruments.length > 1 ? selected : instruments;
    if (chosen === undefined || another !== undefined) {
        return { problem: invalid("select one of the instruments: this shop charges one", "$.payment_data") };
    }
    const { handler_id: handlerId, type, credential, billing_address: billed } = chosen;
    const handler = handlersOf(merchant).find(({ id }) => id === handlerId);
    if (handler === undefined) {
        return { problem: invalid("is none of the handlers that this shop advertises", "$.payment_data.handler_id") };
    }
    const isTaken = type === undefined || handler.declared.available_instruments.some((each) => each.type === type);
    if (!isTaken) {
        const content = `is no type of instrument that the handler ${handler.name} takes`;
        return { problem: invalid(content, "$.payment_data.instrument.type") };
    }
    const charged = isJsonObject(credential) ? handler.credentialOf(credential) : undefined;
    if (charged === undefined) {
        const content = `the instrument lacks a credential of the handler ${handler.name}`;
        return { problem: invalid(content, "$.payment_data.instrument.credential") };
    }
    return {
        payment_data: {
            handler_id: cardHandler,
            instrument: { type: "card", credential: charged },
            ...(isJsonObject(billed) && { billing_address: addressIn(billed) }),
        },
    };
}
