import type { Reports } from "../../shared/orders/reports.ts";
import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { OrderPayment } from "../domain/orderPayment.ts";
import type { PricedFulfillment } from "../domain/placement.ts";
import {
    type AffiliateAttribution,
    type AuthenticationMetadata,
    type IntentTrace,
    type MarketingConsent,
    type Message,
    type Order,
    protocolVersion,
    type RiskSignals,
    type Session,
    type SessionStatus,
} from "../domain/protocol.ts";
import type { Reason } from "../events/event.ts";
import type { Cart } from "../pricing/cart.ts";
import type { Quote } from "../pricing/quote.ts";
import type { Hold } from "./holds.ts";
import { consentOptions, linksOf } from "./shopTexts.ts";

/** One version of a session, with members that clients see and hidden ones. */
export interface State {
    /** 1, 2, 3… */
    readonly version: number;
    readonly session: Session;
    readonly hidden: Hidden;
    /** Until when the latest stored version is kept. Seconds since 1970. @default for good */
    readonly keptUntil?: number;
}

/** Write-only members (ACP RFC) and internal state. */
export interface Hidden {
    /** The client that owns the session. */
    readonly caller: string;
    readonly cart: Cart;
    /** Affiliate of the first touch (create) and of the last touch (complete). */
    readonly attribution?: { readonly first?: AffiliateAttribution; readonly last?: AffiliateAttribution };
    readonly orderNotes?: string;
    readonly riskSignals?: RiskSignals;
    readonly marketingConsents?: readonly MarketingConsent[];
    readonly intentTrace?: IntentTrace;
    /** Present while a completion is in progress. */
    readonly completion?: CompletionInProgress;
    /** The payment of the order; absent if nothing was to be paid. */
    readonly payment?: OrderPayment;
    /** The version of the payment's ledger that the order shows. @default none yet */
    readonly ledgerVersion?: number;
    /** Ids of the order's adjustments that are entries of that ledger. @default none */
    readonly ledgerEntries?: readonly string[];
    /** From which reports of the merchant the order has its members. @default none */
    readonly reports?: Reports;
    /** The selected fulfilments with their prices, of the completion's quote. */
    readonly fulfillments?: readonly PricedFulfillment[];
    /** The version of the protocol in which the session was completed, and in which its order's events are told. */
    readonly version?: string;
    /** The prices of the completion's quote contain the taxes. */
    readonly taxIncluded?: true;
    /** Where the client that completed the session hears of the order. */
    readonly orderWebhook?: string;
    /** The shop may go on with the session for its client, which hears of the order as if it had completed it itself. */
    readonly handover?: Pick<Hidden, "version" | "orderWebhook">;
}

interface CompletionInProgress extends Hold {
    /** Id of the idempotency record, which contains the request. */
    readonly recordId: string;
    /** The client's dialect has no authentication of the buyer. */
    readonly unchallenged?: true;
    /** The shop authenticates the buyer, on a page of its own. */
    readonly isHandedOver?: true;
}

/** Events of a session. `at` is in ISO 8601. */
export type SessionEvent =
    | {
          readonly reason: "created";
          readonly sessionId: string;
          readonly caller: string;
          readonly details: SessionDetails;
          readonly cart: Cart;
          readonly quote: Quote;
          readonly hidden: HiddenDetails;
          readonly at: string;
      }
    | {
          readonly reason: "updated" | "repriced";
          readonly cart: Cart;
          readonly quote: Quote;
          readonly hidden: HiddenDetails;
          readonly at: string;
      }
    | {
          readonly reason: "completion_begun";
          readonly cart: Cart;
          readonly quote: Quote;
          readonly hidden: HiddenDetails;
          readonly completion: CompletionInProgress;
          readonly at: string;
      }
    /** The provider charged nothing: it was unavailable, or (with a message) refused our requests. */
    | { readonly reason: "completion_abandoned"; readonly message?: Message; readonly at: string }
    | { readonly reason: "payment_declined"; readonly message: Message; readonly at: string }
    | {
          readonly reason: "authentication_required";
          /** For a client that authenticates the buyer. */
          readonly metadata?: AuthenticationMetadata;
          readonly message: Message;
          readonly at: string;
      }
    | { readonly reason: "completed"; readonly order: Order; readonly payment?: OrderPayment; readonly at: string }
    | { readonly reason: "canceled"; readonly message: Message; readonly hidden: HiddenDetails; readonly at: string }
    | {
          readonly reason: "order_updated";
          readonly order: Order;
          readonly told?: Pick<Session, "messages">;
          readonly hidden?: Pick<Hidden, Followed>;
          readonly at: string;
      };

/** Members of the create request, stored as they are; the currency in lower case. */
type SessionDetails = Pick<Session, "currency" | "locale" | "timezone" | "metadata" | "quote_id">;
export type HiddenDetails = Omit<Hidden, "caller" | "cart" | "completion" | Followed>;
type Followed = "payment" | "ledgerVersion" | "ledgerEntries" | "reports";

export const isTerminal = (status: SessionStatus): status is "completed" | "canceled" | "expired" =>
    status === "completed" || status === "canceled" || status === "expired";

/** The session after an event. Pure; the first event is `created`. */
export function evolve(state: State | undefined, event: SessionEvent, merchant: Merchant): State {
    if (event.reason === "created") return { version: 1, ...created(event, merchant) };
    if (state === undefined) throw new NoSessionError(event.reason);
    const { version, keptUntil } = state;
    return { version: version + 1, ...after(state, event, merchant), ...(keptUntil !== undefined && { keptUntil }) };
}

/** The first event is not `created`. */
export class NoSessionError extends Error {
    override readonly name = "NoSessionError";

    constructor(reason: Reason) {
        super(`${reason} precedes the creation of the session`);
    }
}

type Body = Pick<State, "session" | "hidden">;
type Event<R extends Reason> = Extract<SessionEvent, { readonly reason: R }>;

function created(event: Event<"created">, merchant: Merchant): Body {
    const { sessionId, caller, details, cart, quote, hidden, at } = event;
    return {
        session: {
            id: sessionId,
            protocol: { version: protocolVersion },
            ...quoted(cart, quote),
            ...details,
            links: linksOf(merchant),
            ...(merchant.marketingChannels.length > 0 && { marketing_consent_options: consentOptions(merchant) }),
            created_at: at,
            ...changedAt(at, merchant),
        },
        hidden: { caller, cart, ...hidden },
    };
}

function after({ session, hidden }: State, event: Exclude<SessionEvent, Event<"created">>, merchant: Merchant): Body {
    const { authentication_metadata: _, ...rest } = session;
    const { completion: __, ...settled } = hidden;
    const changed = changedAt(event.at, merchant);
    switch (event.reason) {
        case "updated":
        case "repriced":
            return {
                session: { ...withoutCart(rest), ...quoted(event.cart, event.quote), ...changed },
                hidden: merged(settled, event.cart, event.hidden),
            };
        case "completion_begun":
            return {
                session: {
                    ...withoutCart(rest),
                    ...quoted(event.cart, event.quote),
                    status: "complete_in_progress",
                    ...changed,
                },
                hidden: { ...merged(settled, event.cart, event.hidden), completion: event.completion },
            };
        case "completion_abandoned":
        case "payment_declined":
            return {
                session: {
                    ...rest,
                    status: "ready_for_payment",
                    messages: event.message ? [...rest.messages, event.message] : rest.messages,
                    ...changed,
                },
                hidden: settled,
            };
        case "authentication_required":
            return {
                session: {
                    ...rest,
                    status: "authentication_required",
                    ...(event.metadata && { authentication_metadata: event.metadata }),
                    messages: [...rest.messages, event.message],
                    ...changed,
                },
                hidden: settled,
            };
        case "completed":
            return {
                session: { ...rest, status: "completed", order: event.order, updated_at: event.at },
                hidden: { ...settled, ...(event.payment && { payment: event.payment }) },
            };
        case "canceled":
            return {
                session: {
                    ...rest,
                    status: "canceled",
                    messages: [...rest.messages, event.message],
                    updated_at: event.at,
                },
                hidden: { ...settled, ...event.hidden },
            };
        case "order_updated":
            return {
                session: { ...rest, order: event.order, ...event.told, updated_at: event.at },
                hidden: { ...settled, ...event.hidden },
            };
    }
}

/** Members derived from cart and quote. */
function quoted(cart: Cart, quote: Quote) {
    return {
        status: quote.status,
        capabilities: quote.capabilities,
        ...(cart.buyer && { buyer: cart.buyer }),
        line_items: quote.lineItems,
        ...(cart.fulfillmentDetails && { fulfillment_details: cart.fulfillmentDetails }),
        ...(cart.fulfillmentGroups && { fulfillment_groups: cart.fulfillmentGroups }),
        fulfillment_options: quote.fulfillmentOptions,
        ...(quote.selected.length > 0 && { selected_fulfillment_options: quote.selected }),
        totals: quote.totals,
        ...(quote.discounts && { discounts: quote.discounts }),
        messages: quote.messages,
    };
}

/** Removes the optional ones of these. */
function withoutCart<Rest extends Omit<Session, "authentication_metadata">>(session: Rest) {
    const { buyer, fulfillment_details, fulfillment_groups, selected_fulfillment_options, discounts, ...rest } =
        session;
    return rest;
}

function merged(hidden: Omit<Hidden, "completion">, cart: Cart, details: HiddenDetails): Hidden {
    const attribution = { ...hidden.attribution, ...details.attribution };
    return { ...hidden, cart, ...details, ...(Object.keys(attribution).length > 0 && { attribution }) };
}

/** Every change extends the expiry. */
function changedAt(at: string, { sessionHours }: Merchant) {
    return { updated_at: at, expires_at: new Date(Date.parse(at) + sessionHours * 3_600_000).toISOString() };
}

/**
 * The current session: shows an unchanged session as expired after `sessionHours`, without a write. A session with a
 * payment in progress does not expire.
 */
export function present(session: Session, now: Date): Session {
    const { status, expires_at: expiresAt } = session;
    const isOpen = !isTerminal(status) && status !== "complete_in_progress";
    if (!isOpen || expiresAt === undefined || Date.parse(expiresAt) > now.getTime()) return inOrder(session);
    const message = blocker("expired", "$.expires_at", "This checkout session has expired. Create a new one.");
    return inOrder({ ...session, status: "expired", messages: [...session.messages, message] });
}

/** Restores the order of members, which DynamoDB does not keep. */
function inOrder(session: Session): Session {
    const { id, protocol, status, currency, buyer, line_items, totals, ...rest } = session;
    return {
        id,
        ...(protocol && { protocol }),
        status,
        currency,
        ...(buyer && { buyer }),
        line_items,
        totals,
        ...rest,
    };
}
