import { isBlank } from "../domain/blank.ts";
import type { Message } from "../domain/protocol.ts";

type Severity = "recoverable" | "requires_buyer_input" | "requires_buyer_review" | "unrecoverable";

export type UcpMessage =
    | {
          readonly type: "error";
          readonly code: string;
          readonly path?: string;
          readonly content: string;
          readonly severity: Severity;
      }
    | { readonly type: "warning"; readonly code: string; readonly path?: string; readonly content: string }
    | { readonly type: "info"; readonly content: string };

/** @param pathOf of a member of the session, in the words of the answer; undefined where it has no such member */
export function ucpMessage(message: Message, pathOf: (param: string) => string | undefined): UcpMessage {
    const path = message.param === undefined ? undefined : pathOf(message.param);
    const { content } = message;
    switch (message.type) {
        case "info":
            return { type: "info", content };
        case "warning":
            return { type: "warning", code: message.code, ...(path !== undefined && { path }), content };
        case "error":
            return ucpError(message.code, path, content, severityOf(message));
    }
}

export const ucpError = (
    code: string,
    path: string | undefined,
    content: string,
    severity: Severity = "recoverable",
): Extract<UcpMessage, { readonly type: "error" }> => ({
    type: "error",
    code: Object.hasOwn(standardCodes, code) ? (standardCodes[code] ?? code) : code,
    ...(path !== undefined && { path }),
    content: isBlank(content) ? code : content,
    severity,
});

/** Codes that platforms know under another name. */
const standardCodes: Readonly<Record<string, string>> = {
    payment_declined: "payment_failed",
    region_restricted: "address_undeliverable",
    invalid_item_id: "item_unavailable",
    not_found: "item_unavailable",
    session_not_found: "not_found",
    cart_not_found: "not_found",
    order_not_found: "not_found",
    product_not_found: "not_found",
    missing_required_field: "missing",
};

/** Most errors can be resolved with another call: another card, another item. */
function severityOf({ code }: Extract<Message, { readonly type: "error" }>): Severity {
    switch (code) {
        case "expired":
            return "unrecoverable";
        case "requires_3ds":
        case "intervention_required":
        case "requires_sign_in":
        case "age_verification_required":
            return "requires_buyer_input";
        case "approval_required":
            return "requires_buyer_review";
        default:
            return "recoverable";
    }
}

const addressMembers: Readonly<Record<string, string>> = {
    name: "first_name",
    line_one: "street_address",
    line_two: "extended_address",
    city: "address_locality",
    state: "address_region",
    country: "address_country",
};

/** Members with other names. What begins with `details` is the address to ship to, with `options` the ways of delivery. */
interface Places {
    /** Undefined where the answer has none. */
    readonly destination: string | undefined;
    readonly options: string | undefined;
}

/** The path of a member of a session or a request, in the words of UCP. Undefined where it has no such member. */
export function ucpPath(param: string, { destination, options }: Places): string | undefined {
    const address = /^\$\.fulfillment_details(?:\.address)?(?:\.(\w+))?$/.exec(param);
    if (address !== null) {
        const [, name] = address;
        if (destination === undefined || name === undefined) return destination;
        return `${destination}.${addressMembers[name] ?? name}`;
    }
    if (/^\$\.(selected_fulfillment_options|fulfillment_options)/.test(param)) return options;
    const billing = /^\$\.payment_data\.billing_address(?:\.(\w+))?$/.exec(param);
    if (billing !== null) {
        const [, name] = billing;
        const path = "$.payment.instruments[0].billing_address";
        return name === undefined ? path : `${path}.${addressMembers[name] ?? name}`;
    }
    if (param.startsWith("$.payment_data")) return "$.payment.instruments[0]";
    if (param.startsWith("$.authentication_result")) return "$.payment";
    if (/^\$\.(capabilities|metadata|marketing)/.test(param)) return undefined;
    return param.replace(/\.available_quantity$/, ".quantity");
}
