import { unitsOf } from "../../shared/money.ts";
import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { OrderPayment } from "../domain/orderPayment.ts";
import type { CompleteRequest, Message } from "../domain/protocol.ts";
import type { Charge, PaymentOutcome, TokenRefusal } from "../payment/payment.ts";
import { totalIn } from "../pricing/totals.ts";
import { orderIdOf, orderOf } from "./order.ts";
import type { Begun } from "./requests.ts";
import type { SessionEvent, State } from "./session.ts";

/** All data to finish the completion, also in another invocation. */
export function begunOf(
    { session, version }: State,
    { payment_data: payment, ...request }: CompleteRequest,
    { payment: { capture } }: Merchant,
    handsOver?: true,
): Begun {
    const { authentication_result: authentication } = request;
    const charge: Omit<Charge, "key" | "isResumed"> = {
        sessionId: session.id,
        orderId: orderIdOf(session.id),
        amount: totalIn(session.totals),
        currency: session.currency,
        capture,
        token: payment.instrument?.credential.token ?? "",
        ...(payment.instrument?.credential.type === "card_token" && { isCardToken: true }),
        ...(handsOver && { isHandedOver: true }),
        ...(authentication && { authentication }),
    };
    return { sessionId: session.id, version, charge };
}

/** The event of a charge's result. */
export function decideOutcome(state: State, outcome: PaymentOutcome, merchant: Merchant, now: Date): SessionEvent {
    const at = now.toISOString();
    switch (outcome.status) {
        case "succeeded":
        case "authorized":
            return {
                reason: "completed",
                order: orderOf(state.session, state.hidden, merchant, at),
                ...paymentOf(state, outcome, merchant),
                at,
            };
        case "declined":
            return { reason: "payment_declined", message: declinedFor(state, outcome.token), at };
        case "authentication_required":
            if (state.hidden.completion?.unchallenged) {
                return { reason: "payment_declined", message: unchallenged, at };
            }
            return {
                reason: "authentication_required",
                ...(outcome.metadata && { metadata: outcome.metadata }),
                message: state.hidden.completion?.isHandedOver ? handedOver : authenticationRequired,
                at,
            };
    }
}

function paymentOf(
    { session: { currency, totals } }: State,
    { status, paymentId: id }: Extract<PaymentOutcome, { readonly paymentId: string }>,
    { payment: { provider } }: Merchant,
): { readonly payment?: OrderPayment } {
    const amount = totalIn(totals);
    const state = status === "succeeded" ? "captured" : status;
    return amount === 0 ? {} : { payment: { provider, id, state, amount, currency } };
}

/** The event of a completion that is given up: the provider refuses our requests, and has charged nothing. */
export function decideRefusal(now: Date): SessionEvent {
    return { reason: "completion_abandoned", message: paymentsRefused, at: now.toISOString() };
}

/** What the agent or the buyer can do about a decline. */
function declinedFor({ session }: State, token: TokenRefusal | undefined): Message {
    if (token === undefined) return paymentDeclined;
    const total = `${unitsOf(totalIn(session.totals), session.currency)} ${session.currency.toUpperCase()}`;
    const advice = adviceOn(token, total);
    return blocker("payment_declined", "$.payment_data.instrument.credential.token", advice, "recoverable");
}

function adviceOn(token: TokenRefusal, total: string): string {
    switch (token) {
        case "unlimited":
            return `The token has no limits. Send one with a currency and a maximum amount of at least ${total}.`;
        case "currency":
            return `The token is for another currency. Send one for ${total}.`;
        case "amount":
            return `The token allows less than the total. Send one with an allowance of at least ${total}.`;
        case "session":
            return "The token was granted for another checkout session. Send one for this session.";
        case "used":
            return "The token has been used already. Send a new one.";
        case "expired":
            return "The token has expired. Send a new one.";
        case "revoked":
            return "The token has been revoked. Send a new one.";
        case "unknown":
            return "The payment provider does not know the token. Send one that was granted to this merchant.";
    }
}

const paymentsRefused = blocker(
    "payment_declined",
    "$.payment_data",
    "The shop could not take the payment, because of a fault of its own. Nothing was charged. Try again later.",
    "recoverable",
);

const paymentDeclined = blocker(
    "payment_declined",
    "$.payment_data",
    "The payment was declined. Try another payment method.",
    "requires_buyer_input",
);

const unchallenged = blocker(
    "requires_3ds",
    "$.authentication_result",
    "The card's issuer requires authentication of the buyer, which is not possible here. Nothing was charged. Try another card.",
    "requires_buyer_input",
);

const handedOver = blocker(
    "requires_3ds",
    "$.authentication_result",
    "The card's issuer requires authentication of the buyer. Nothing was charged. The buyer can go on at the shop, or pay with another card.",
    "requires_buyer_input",
);

const authenticationRequired = blocker(
    "requires_3ds",
    "$.authentication_result",
    "The card's issuer requires authentication of the buyer. Complete again with the result.",
    "requires_buyer_input",
);
