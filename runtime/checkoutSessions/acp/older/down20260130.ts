import type { Address, Order, Session, SessionStatus } from "../../domain/protocol.ts";

/** A session in the words of 2026-01-30. */
export function down20260130(session: Session) {
    const {
        protocol: _,
        status,
        capabilities: { payment, interventions, ...capabilities },
        fulfillment_details: details,
        fulfillment_groups: groups,
        fulfillment_options: options,
        messages,
        authentication_metadata: __,
        marketing_consent_options: ___,
        order,
        totals,
        ...rest
    } = session;
    return {
        ...rest,
        protocol: { version: "2026-01-30" },
        status: unchallenged(status),
        capabilities: {
            ...capabilities,
            ...(payment && { payment: { handlers: payment.handlers.map(handlerOf) } }),
            ...(interventions && { interventions: unchallenging(interventions) }),
        },
        ...(details && { fulfillment_details: withoutCompany(details) }),
        ...(groups && { fulfillment_groups: groups.map(groupOf) }),
        fulfillment_options: options.map(optionOf),
        totals: totals.filter(({ type }) => type !== "amount_refunded"),
        messages: messages.map((message) => messageOf(message, status)),
        ...(order && { order: orderOf(order) }),
    };
}

/** A challenge cannot be offered: the merchant never learns the buyer's browser, which the form requires. */
const unchallenged = (status: SessionStatus) => (status === "authentication_required" ? "ready_for_payment" : status);

type Message = Session["messages"][number];

/** Of a charge that waits for a challenge of another version: what an agent of this one can do about it. */
function messageOf({ resolution: _, ...message }: Message, status: SessionStatus) {
    const isChallenge = status === "authentication_required" && message.type === "error";
    return isChallenge && message.code === "requires_3ds" ? { ...message, content: challenged } : message;
}

const challenged =
    "The card's issuer requires authentication of the buyer, which this version of the protocol does not have. Nothing was charged. Pay with another card.";

type Handler = NonNullable<Session["capabilities"]["payment"]>["handlers"][number];
type Interventions = NonNullable<Session["capabilities"]["interventions"]>;
type Group = NonNullable<Session["fulfillment_groups"]>[number];

function handlerOf({ display_name: _, display_order: __, ...handler }: Handler) {
    const config: Handler["config"] = { ...handler.config, supports_3ds: false };
    return { ...handler, config };
}

const unchallenging = ({ supported, ...interventions }: Interventions) => ({
    ...interventions,
    ...(supported && { supported: supported.filter((name) => name !== "3ds") }),
});

const groupOf = ({ fulfillment_details: details, ...group }: Group) => ({
    ...group,
    ...(details && { fulfillment_details: withoutCompany(details) }),
});

const addressOf = ({ company: _, ...address }: Address) => address;

function withoutCompany<Details extends { readonly address?: Address }>({ address, ...rest }: Details) {
    return { ...rest, ...(address && { address: addressOf(address) }) };
}

function optionOf(option: Session["fulfillment_options"][number]) {
    if (option.type !== "pickup") return option;
    return { ...option, location: { ...option.location, address: addressOf(option.location.address) } };
}

function orderOf(order: Order) {
    const { id, checkout_session_id, order_number, permalink_url, estimated_delivery, confirmation, support } = order;
    const status = statusOf(order.status);
    const { order_notes: _, ...confirmed } = confirmation ?? {};
    return {
        id,
        checkout_session_id,
        ...(order_number !== undefined && { order_number }),
        permalink_url,
        ...(status !== undefined && { status }),
        ...(estimated_delivery && { estimated_delivery }),
        ...(confirmation && { confirmation: confirmed }),
        ...(support && { support }),
    };
}

/** Undefined for what 2026-01-30 has no word for, such as a cancellation. */
function statusOf(status: string | undefined) {
    switch (status) {
        case "created":
        case "open":
        case "confirmed":
            return "confirmed";
        case "processing":
        case "shipped":
        case "delivered":
            return status;
        case "completed":
            return "delivered";
        default:
            return undefined;
    }
}
