import type { down20260116 } from "./down20260116.ts";
import { param20250929 } from "./params.ts";

/** A session in the words of 2025-12-12. */
export function down20251212({
    payment_provider: { merchant_id: _, ...provider },
    ...session
}: ReturnType<typeof down20260116>) {
    return {
        ...session,
        payment_provider: provider,
        fulfillment_options: session.fulfillment_options.map(({ description, totals, ...option }) => {
            const amountOf = (wanted: string) => totals.find(({ type }) => type === wanted)?.amount ?? 0;
            const [total, tax] = [amountOf("total"), amountOf("tax")];
            return {
                ...option,
                ...(description !== undefined && { subtitle: description }),
                subtotal: total - tax,
                tax,
                total,
            };
        }),
    };
}

/** A session in the words of 2025-09-29. */
export function down20250929(session: ReturnType<typeof down20251212>) {
    const {
        payment_provider: { provider },
        line_items,
        fulfillment_details: details,
        selected_fulfillment_options: selected = [],
        totals,
        messages,
        links,
        order,
        ...rest
    } = session;
    const chosen = selected.find(({ type }) => type === "shipping") ?? selected[0];
    const option = chosen && (chosen["shipping"] ?? chosen["digital"]);
    return {
        ...rest,
        payment_provider: { provider, supported_payment_methods: ["card"] },
        line_items: line_items.map(({ id, item, base_amount, discount, subtotal, tax, total }) => {
            return { id, item, base_amount, discount, subtotal, tax, total };
        }),
        ...(details?.address && { fulfillment_address: details.address }),
        ...(typeof option === "object" && { fulfillment_option_id: option.option_id }),
        totals: totals.map(({ description: _, ...total }) => total),
        messages: messages.map(({ param, ...message }) => {
            const own = param === undefined ? undefined : param20250929(param);
            return { ...message, ...(own !== undefined && { param: own }) };
        }),
        links: links.map(({ type, url }) => {
            return { type: type === "return_policy" ? "seller_shop_policies" : type, url };
        }),
        // Only the answer to a completed session has one.
        ...(order && rest.status === "completed" && { order }),
    };
}
