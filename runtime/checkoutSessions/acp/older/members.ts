import { isJsonObject, type JsonObject } from "../../../shared/json.ts";
import type { CommandName } from "../../domain/call.ts";

/** The members that a version knows: of an object, of each element of a list, or anything at all. */
type Members = "any" | readonly [Members] | { readonly [name: string]: Members };

const named = (...names: string[]): { readonly [name: string]: Members } =>
    Object.fromEntries(names.map((name) => [name, "any" as const]));

const address = named("name", "line_one", "line_two", "city", "state", "country", "postal_code");
const details = { ...named("name", "phone_number", "email"), address };
const buyer = named("first_name", "last_name", "email", "phone_number");
const items: Members = [named("id", "quantity")];
const chosen = named("option_id", "item_ids");
const result = {
    outcome: "any",
    outcome_details: named("three_ds_cryptogram", "electronic_commerce_indicator", "transaction_id", "version"),
} as const;
const paymentByToken = { ...named("token", "provider"), billing_address: address };

type Requests = Readonly<Record<CommandName, Members>>;

export const members20250929: Requests = {
    create: { buyer, items, fulfillment_address: address },
    update: { buyer, items, fulfillment_address: address, fulfillment_option_id: "any" },
    complete: { buyer, payment_data: paymentByToken },
    cancel: {},
};

export const members20251212: Requests = {
    create: { buyer, items, fulfillment_details: details, affiliate_attribution: "any" },
    update: {
        buyer,
        items,
        fulfillment_details: details,
        selected_fulfillment_options: [{ type: "any", shipping: chosen, digital: chosen }],
    },
    complete: { buyer, payment_data: paymentByToken, authentication_result: result, affiliate_attribution: "any" },
    cancel: "any",
};

const wholeBuyer: Members = {
    ...buyer,
    ...named("full_name", "customer_id", "account_type", "authentication_status"),
    company: named("name", "tax_id", "department", "cost_center"),
    loyalty: named("tier", "points_balance", "member_since"),
    tax_exemption: named("certificate_id", "certificate_type", "exempt_regions", "expires_at"),
};
const cart: Members = {
    buyer: wholeBuyer,
    // `Item` of the schema has no quantity, which a request must have.
    line_items: [{ ...named("id", "name", "unit_amount", "quantity"), item: named("id", "name", "unit_amount") }],
    fulfillment_details: details,
    fulfillment_groups: [
        {
            ...named("id", "item_ids", "destination_type", "location_id", "instructions"),
            fulfillment_details: details,
        },
    ],
    coupons: "any",
    discounts: named("codes"),
};

export const members20260130: Requests = {
    create: {
        ...cart,
        ...named("currency", "capabilities", "affiliate_attribution", "locale", "timezone", "quote_id", "metadata"),
    },
    update: { ...cart, selected_fulfillment_options: [named("type", "option_id", "item_ids")] },
    complete: {
        buyer: wholeBuyer,
        payment_data: {
            ...named("handler_id", "instrument", "purchase_order_number"),
            ...named("payment_terms", "due_date", "approval_required"),
            billing_address: address,
        },
        authentication_result: result,
        affiliate_attribution: "any",
        risk_signals: named("ip_address", "user_agent", "accept_language", "session_id", "device_fingerprint"),
    },
    cancel: "any",
};

/** At most as many names are noted. */
const most = 20;

/** The value without the members that the version does not know, and the names of those. */
export function known(value: unknown, members: Members): { readonly value: unknown; readonly ignored: string[] } {
    const ignored = new Set<string>();
    return { value: taken(value, members, ""), ignored: [...ignored] };

    function taken(value: unknown, members: Members, path: string): unknown {
        if (members === "any") return value;
        if (isList(members)) {
            return Array.isArray(value) ? value.map((element) => taken(element, members[0], `${path}[]`)) : value;
        }
        return isJsonObject(value) ? membersOf(value, members, path) : value;
    }

    function membersOf(value: JsonObject, members: { readonly [name: string]: Members }, path: string): JsonObject {
        const found: [string, unknown][] = [];
        for (const [name, inside] of Object.entries(value)) {
            const own = Object.hasOwn(members, name) ? members[name] : undefined;
            const place = path === "" ? name : `${path}.${name}`;
            if (own !== undefined) found.push([name, taken(inside, own, place)]);
            else if (ignored.size < most) ignored.add(place.slice(0, 100));
        }
        return Object.fromEntries(found);
    }
}

const isList = (members: Members): members is readonly [Members] => Array.isArray(members);
