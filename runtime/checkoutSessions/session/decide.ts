import type { CompleteCommand, CredentialType, UpdateMode } from "../domain/call.ts";
import { currenciesOf } from "../domain/merchant.ts";
import { warning } from "../domain/messages.ts";
import {
    authenticationMissing,
    contended,
    ended,
    invalid,
    missing,
    notAllowed,
    nothingInStock,
    notReady,
    type Problem,
    unsupported,
} from "../domain/problem.ts";
import {
    type CancelRequest,
    type CompleteRequest,
    type CreateRequest,
    type Message,
    protocolVersion,
    type SessionStatus,
    type UpdateRequest,
} from "../domain/protocol.ts";
import type { Cart } from "../pricing/cart.ts";
import type { Market } from "../pricing/market.ts";
import { inCountry } from "../pricing/places.ts";
import { quote } from "../pricing/quote.ts";
import { needsBillingAddress } from "../pricing/taxing.ts";
import { totalIn } from "../pricing/totals.ts";
import { pricedCart } from "./pricedCart.ts";
import { emptyCart } from "./request.ts";
import { type Hidden, type HiddenDetails, isTerminal, present, type SessionEvent, type State } from "./session.ts";
import { isTaxedByBilling, isUnpriced, unusableBilling } from "./unready.ts";

/** The result of a command. Decisions are pure functions of session, command and market. */
export type Decision = { readonly event: SessionEvent } | { readonly problem: Problem };

interface Creation {
    readonly sessionId: string;
    readonly caller: string;
    readonly market: Market;
    readonly mode?: UpdateMode | undefined;
    readonly handover?: Hidden["handover"];
}

export function decideCreate(
    request: CreateRequest,
    { sessionId, caller, market, mode, handover }: Creation,
): Decision {
    const { merchant, now } = market;
    const sold = currenciesOf(merchant);
    if (request.currency.toLowerCase() !== merchant.currency || !sold.includes(merchant.currency)) {
        return { problem: invalid(`this shop sells in ${sold.join(", ")}`, "$.currency") };
    }
    const priced = pricedCart(request, emptyCart(request.capabilities), market, mode);
    if ("problem" in priced) return priced;
    if (mode?.needsStock && isSoldOut(priced)) return { problem: nothingInStock() };
    const { locale, timezone, metadata, quote_id, affiliate_attribution: first } = request;
    return {
        event: {
            reason: "created",
            sessionId,
            caller,
            ...priced,
            details: {
                currency: merchant.currency,
                ...(locale !== undefined && { locale }),
                ...(timezone !== undefined && { timezone }),
                ...(metadata !== undefined && { metadata }),
                ...(quote_id !== undefined && { quote_id }),
            },
            hidden: { ...notes(request), ...(first && { attribution: { first } }), ...(handover && { handover }) },
            at: now.toISOString(),
        },
    };
}

const isSoldOut = ({ cart, quote }: Extract<ReturnType<typeof pricedCart>, { readonly quote: unknown }>): boolean =>
    cart.lines.length > 0 &&
    quote.messages.filter((message) => message.type === "error" && message.code === "out_of_stock").length ===
        cart.lines.length;

export function decideUpdate(state: State, request: UpdateRequest, market: Market, mode?: UpdateMode): Decision {
    const { status } = present(state.session, market.now);
    if (!isOpen(status)) return { problem: closed(status) };
    if (status === "authentication_required") {
        return { problem: notReady("the buyer is being authenticated: complete or cancel the checkout session") };
    }
    const priced = pricedCart(request, state.hidden.cart, market, mode);
    if ("problem" in priced) return priced;
    return { event: { reason: "updated", ...priced, hidden: notes(request), at: market.now.toISOString() } };
}

/**
 * Decides whether to begin a completion. Quotes the cart again: if the total or the availability has changed, nothing is
 * charged and the buyer sees the updated session.
 * @param recordId the idempotency record of the request.
 */
export function decideCompletion(
    state: State,
    request: CompleteRequest,
    recordId: string,
    market: Market,
    { challenges, version, handsOver, credentials, orderWebhook, isTakenOver }: CompletionTerms = newest,
): Decision {
    const {
        status,
        totals,
        capabilities,
        messages,
        marketing_consent_options: options = [],
    } = present(state.session, market.now);
    if (!isOpen(status)) return { problem: closed(status) };
    switch (status) {
        case "authentication_required":
            // A dialect without challenges gives the charge up that waits for one, and pays with another card.
            if (request.authentication_result === undefined && !handsOver && !isTakenOver && challenges) {
                return { problem: authenticationMissing() };
            }
            break;
        case "ready_for_payment":
            break;
        case "not_ready_for_payment":
            if (request.payment_data.billing_address && isTaxedByBilling(messages)) break;
            if (isUnpriced(messages)) break;
            return { problem: notReady(unready) };
        case "incomplete":
            return { problem: notReady(unready) };
    }
    const { payment_data: payment, buyer, affiliate_attribution: last, risk_signals: riskSignals } = request;
    const refusal = unsupportedIn(payment, credentials);
    if (refusal !== undefined) return { problem: refusal };
    if (!capabilities.payment?.handlers.some(({ id }) => id === payment.handler_id)) {
        return { problem: invalid("the checkout session offers no such handler", "$.payment_data.handler_id") };
    }
    const { billing_address: billed } = payment;
    const unusable = billed && unusableBilling(billed);
    if (unusable !== undefined) return { problem: unusable };
    const billingAddress = billed && inCountry(billed);
    const cart = { ...state.hidden.cart, ...(buyer && { buyer }), ...(billingAddress && { billingAddress }) };
    if (cart.buyer?.email === undefined && cart.fulfillmentDetails?.email === undefined) {
        return { problem: missing("the order needs the buyer's e-mail address", "$.buyer") };
    }
    if (needsBillingAddress(cart, market)) {
        return {
            problem: missing("the tax of downloads is that of the billing address", "$.payment_data.billing_address"),
        };
    }
    const consents = request.marketing_consents?.filter(
        ({ channel }) => options.some((option) => option.channel === channel) && canReach(cart, channel),
    );
    const hidden: HiddenDetails = {
        ...notes(request),
        ...(last && { attribution: { last } }),
        ...(riskSignals && { riskSignals }),
        ...(consents && { marketingConsents: consents }),
    };
    const priced = { cart, quote: quote(cart, market), hidden, at: market.now.toISOString() };
    if (priced.quote.status !== "ready_for_payment") return { event: { reason: "repriced", ...priced } };
    if (priced.quote.total !== totalIn(totals)) {
        const messages = [...priced.quote.messages, priceChanged];
        return { event: { reason: "repriced", ...priced, quote: { ...priced.quote, messages } } };
    }
    const { redeems, stock, fulfillments } = priced.quote;
    return {
        event: {
            reason: "completion_begun",
            ...priced,
            hidden: {
                ...hidden,
                version,
                fulfillments,
                ...(market.merchant.taxIncluded && { taxIncluded: true }),
                ...(orderWebhook !== undefined && { orderWebhook }),
            },
            completion: {
                recordId,
                redeems,
                stock,
                isCounted: true,
                ...(!challenges && { unchallenged: true }),
                ...(handsOver && { isHandedOver: true }),
            },
        },
    };
}

export function decideCancel(state: State, request: CancelRequest, now: Date): Decision {
    const { status } = present(state.session, now);
    if (isTerminal(status)) return { problem: notAllowed(`the checkout session is ${status}`, "GET") };
    if (status === "complete_in_progress") return { problem: contended("the checkout session is being completed") };
    const { intent_trace: intentTrace } = request;
    return {
        event: {
            reason: "canceled",
            message: canceled,
            hidden: { ...(intentTrace && { intentTrace }) },
            at: now.toISOString(),
        },
    };
}

interface CompletionTerms
    extends Pick<CompleteCommand, "challenges" | "version" | "handsOver" | "credentials" | "orderWebhook"> {
    /** The shop goes on for the client: a charge that waits for its buyer is given up, and another one made. */
    readonly isTakenOver?: true;
}

const newest: CompletionTerms = { challenges: true, version: protocolVersion };

type OpenStatus = "incomplete" | "not_ready_for_payment" | "ready_for_payment" | "authentication_required";

function isOpen(status: SessionStatus): status is OpenStatus {
    const open: readonly SessionStatus[] = [
        "incomplete",
        "not_ready_for_payment",
        "ready_for_payment",
        "authentication_required",
    ];
    return open.includes(status);
}

function closed(status: Exclude<SessionStatus, OpenStatus>): Problem {
    switch (status) {
        case "completed":
        case "canceled":
        case "expired":
            return ended(status);
        case "complete_in_progress":
            return contended("the checkout session is being completed");
        case "requires_escalation":
        case "pending_approval":
        case "in_progress":
            return notReady(`the checkout session is ${status}`);
    }
}

function notes({ order_notes: orderNotes }: UpdateRequest | CreateRequest | CompleteRequest): HiddenDetails {
    return orderNotes === undefined ? {} : { orderNotes };
}

/** A consent requires an address of the channel (ACP RFC, marketing consent). */
function canReach({ buyer, fulfillmentDetails }: Cart, channel: string): boolean {
    switch (channel) {
        case "email":
            return (buyer?.email ?? fulfillmentDetails?.email) !== undefined;
        case "sms":
        case "whatsapp":
            return (buyer?.phone_number ?? fulfillmentDetails?.phone_number) !== undefined;
        default:
            return true;
    }
}

const unready = "the checkout session cannot be paid yet: its messages contain the reasons";

const priceChanged = warning(
    "price_change",
    "$.totals",
    "The total has changed. Nothing was charged: complete again if the buyer agrees.",
    "requires_buyer_review",
);

const canceled: Message = {
    type: "info",
    content_type: "plain",
    content: "The checkout session has been canceled.",
};

/** Terms of payment that this merchant does not offer, and instruments that its handler does not take. */
function unsupportedIn(
    payment: CompleteRequest["payment_data"],
    credentials: readonly CredentialType[] = ["spt"],
): Problem | undefined {
    const { purchase_order_number, payment_terms: terms, due_date, approval_required, instrument } = payment;
    const refuse = (message: string, member: string) => unsupported(message, `$.payment_data.${member}`);
    if (purchase_order_number !== undefined) {
        return refuse("purchase orders are not accepted here", "purchase_order_number");
    }
    if (terms !== undefined && terms !== "immediate") return refuse("payment is immediate here", "payment_terms");
    if (due_date !== undefined) return refuse("payment is immediate here", "due_date");
    if (approval_required === true) return refuse("orders wait for no approval here", "approval_required");
    if (instrument?.type !== "card") return refuse("the handler takes instruments of type card", "instrument.type");
    if (!credentials.some((type) => type === instrument.credential.type)) {
        return refuse(`the handler takes credentials of type ${credentials.join(", ")}`, "instrument.credential.type");
    }
    return undefined;
}
