import type { down20260130 } from "./down20260130.ts";
import { messageParam20260116 } from "./params.ts";

type Session = ReturnType<typeof down20260130>;
type Total = Session["totals"][number];

/** A session in the words of 2026-01-16. */
export function down20260116(session: Session) {
    const { id, buyer, status, currency, line_items, fulfillment_details, fulfillment_options, totals, links } =
        session;
    const known = buyerOf(buyer);
    const selected = (session.selected_fulfillment_options ?? []).flatMap(({ type, option_id, item_ids }) => {
        return isServed(type) ? [{ type, [type]: { option_id, item_ids } }] : [];
    });
    const { order } = session;
    return {
        id,
        ...(known && { buyer: known }),
        payment_provider: {
            provider: "stripe" as const,
            merchant_id: merchantIn(session),
            supported_payment_methods: [
                { type: "card" as const, supported_card_networks: ["amex", "discover", "mastercard", "visa"] },
            ],
        },
        status: statusOf(status),
        currency,
        line_items: line_items.map(lineOf),
        ...(fulfillment_details && { fulfillment_details }),
        fulfillment_options: fulfillment_options.flatMap(optionOf),
        ...(selected.length > 0 && { selected_fulfillment_options: selected }),
        totals: totalsOf(totals),
        messages: session.messages.map(messageOf),
        links: links.flatMap(({ type, url }) => {
            return type === "terms_of_use" || type === "privacy_policy" || type === "return_policy"
                ? [{ type, url }]
                : [];
        }),
        ...(order && {
            order: {
                id: order.id,
                checkout_session_id: order.checkout_session_id,
                permalink_url: order.permalink_url,
            },
        }),
    };
}

const isServed = (type: string): type is "shipping" | "digital" => type === "shipping" || type === "digital";

function statusOf(status: Session["status"]) {
    switch (status) {
        case "incomplete":
        case "not_ready_for_payment":
        case "requires_escalation":
        case "pending_approval":
            return "not_ready_for_payment";
        case "complete_in_progress":
        case "in_progress":
            return "in_progress";
        case "expired":
        case "canceled":
            return "canceled";
        case "ready_for_payment":
        case "completed":
            return status;
    }
}

/** The account at the payment provider, which handlers have in their configuration. */
function merchantIn({ capabilities: { payment } }: Session): string {
    return payment?.handlers.map(({ config }) => config["merchant_id"]).find((id) => typeof id === "string") ?? "";
}

/** Undefined unless the names are known, which the form requires. */
function buyerOf(buyer: Session["buyer"]) {
    if (buyer === undefined) return undefined;
    const [, first, last] = /^\s*(\S+)\s+(.*\S)\s*$/s.exec(buyer.full_name ?? "") ?? [];
    const { first_name = first, last_name = last, email, phone_number } = buyer;
    if (first_name === undefined || last_name === undefined) return undefined;
    return { first_name, last_name, email, ...(phone_number !== undefined && { phone_number }) };
}

const amountOf = (totals: readonly Total[], wanted: Total["type"]) =>
    totals.find(({ type }) => type === wanted)?.amount ?? 0;

function lineOf(line: Session["line_items"][number]) {
    const { id, item, quantity, name, description, images, unit_amount, totals } = line;
    const { disclosures, custom_attributes, marketplace_seller_details } = line;
    return {
        id,
        item: { id: item.id, quantity },
        base_amount: amountOf(totals, "items_base_amount"),
        discount: amountOf(totals, "items_discount"),
        subtotal: amountOf(totals, "subtotal"),
        tax: amountOf(totals, "tax"),
        total: amountOf(totals, "total"),
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(images && { images }),
        ...(unit_amount !== undefined && { unit_amount }),
        ...(disclosures && { disclosures }),
        ...(custom_attributes && { custom_attributes }),
        ...(marketplace_seller_details && { marketplace_seller_details }),
    };
}

interface Option {
    readonly type: "shipping" | "digital";
    readonly id: string;
    readonly title: string;
    readonly description?: string;
    readonly carrier?: string;
    readonly earliest_delivery_time?: string;
    readonly latest_delivery_time?: string;
    readonly totals: ReturnType<typeof totalsOf>;
}

function optionOf(option: Session["fulfillment_options"][number]): Option[] {
    if (option.type !== "shipping" && option.type !== "digital") return [];
    const { id, title, description } = option;
    const common = { id, title, ...(description !== undefined && { description }), totals: totalsOf(option.totals) };
    if (option.type === "digital") return [{ type: option.type, ...common }];
    const { carrier, earliest_delivery_time: earliest, latest_delivery_time: latest } = option;
    return [
        {
            type: option.type,
            ...common,
            ...(carrier !== undefined && { carrier }),
            ...(earliest !== undefined && { earliest_delivery_time: earliest }),
            ...(latest !== undefined && { latest_delivery_time: latest }),
        },
    ];
}

const laterTotals: ReadonlySet<string> = new Set(["gift_wrap", "tip", "store_credit", "amount_refunded"]);

const totalsOf = (totals: readonly Total[]) =>
    totals
        .filter(({ type }) => !laterTotals.has(type))
        .map(({ type, display_text, amount, description }) => ({
            type,
            display_text,
            amount,
            ...(description !== undefined && { description }),
        }));

function messageOf(message: Session["messages"][number]) {
    const { content_type, content } = message;
    const param = message.param === undefined ? undefined : messageParam20260116(message.param);
    const text = { ...(param !== undefined && { param }), content_type, content };
    // A warning has no place in this version, but its text has.
    if (message.type !== "error") return { type: "info" as const, ...text };
    return { type: "error" as const, code: codeOf(message.code), ...text };
}

function codeOf(code: Extract<Session["messages"][number], { readonly type: "error" }>["code"]) {
    switch (code) {
        case "missing":
        case "invalid":
        case "out_of_stock":
        case "payment_declined":
        case "requires_sign_in":
        case "requires_3ds":
            return code;
        case "low_stock":
        case "quantity_exceeded":
            return "out_of_stock";
        case "intervention_required":
            return "requires_3ds";
        default:
            return "invalid";
    }
}
