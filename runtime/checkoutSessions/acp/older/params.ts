// Paths (RFC 9535) of members, in the words of older versions. Undefined where the version lacks the member.

const memberIn = (path: string): string => /^\$\.(\w+)/.exec(path)?.[1] ?? "";

const sessionMembers: ReadonlySet<string> = new Set([
    "",
    "authentication_result",
    "buyer",
    "fulfillment_details",
    "fulfillment_options",
    "intent_trace",
    "affiliate_attribution",
    "items",
    "line_items",
    "links",
    "payment_data",
    "selected_fulfillment_options",
    "status",
    "totals",
]);

function param20260116(path: string): string | undefined {
    const own = path
        .replace(/^\$\.payment_data\.(instrument|handler_id)\b.*/, "$.payment_data.token")
        .replace(/^(\$\.selected_fulfillment_options\[\d+\])\..*/, "$1");
    return sessionMembers.has(memberIn(own)) ? own : undefined;
}

/** Of a message in a session. */
export const messageParam20260116 = (path: string): string | undefined =>
    param20260116(path.replace(/^(\$\.line_items\[\d+\])\.(available_)?quantity$/, "$1.item.quantity"));

/** Of an error in a request. */
export const requestParam20260116 = (path: string): string | undefined =>
    param20260116(path.replace(/^\$\.line_items\b/, "$.items"));

/** From that of 2025-12-12. */
export function param20250929(path: string): string | undefined {
    const own = path
        .replace(/^\$\.fulfillment_details\.address\b/, "$.fulfillment_address")
        .replace(/^\$\.selected_fulfillment_options\b.*/, "$.fulfillment_option_id");
    return later.has(memberIn(own)) ? undefined : own;
}

const later: ReadonlySet<string> = new Set([
    "affiliate_attribution",
    "authentication_result",
    "fulfillment_details",
    "intent_trace",
]);
