import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { OrderPayment } from "../domain/orderPayment.ts";
import type { CompleteRequest } from "../domain/protocol.ts";
import type { Charge, PaymentOutcome } from "../payment/payment.ts";
import { totalIn } from "../pricing/totals.ts";
import { orderIdOf, orderOf } from "./order.ts";
import type { Begun } from "./requests.ts";
import type { SessionEvent, State } from "./session.ts";

/** All data to finish the completion, also in another invocation. */
export function begunOf(
    { session, version }: State,
    { payment_data: payment, ...request }: CompleteRequest,
    { payment: { capture } }: Merchant,
): Begun {
    const { authentication_result: authentication } = request;
    const charge: Omit<Charge, "key" | "isResumed"> = {
        sessionId: session.id,
        orderId: orderIdOf(session.id),
        amount: totalIn(session.totals),
        currency: session.currency,
        capture,
        token: payment.instrument?.credential.token ?? "",
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
            return { reason: "payment_declined", message: paymentDeclined, at };
        case "authentication_required":
            return {
                reason: "authentication_required",
                metadata: outcome.metadata,
                message: authenticationRequired,
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

const paymentDeclined = blocker(
    "payment_declined",
    "$.payment_data",
    "The payment was declined. Try another payment method.",
    "requires_buyer_input",
);

const authenticationRequired = blocker(
    "requires_3ds",
    "$.authentication_result",
    "The card's issuer requires authentication of the buyer. Complete again with the result.",
    "requires_buyer_input",
);
