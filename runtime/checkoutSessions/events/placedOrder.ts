import type { components } from "../../../spec/generated/orders.types.ts";
import { rules, validateCartOrder } from "../../../spec/generated/orders.validators.js";
import { unitsOf } from "../../shared/money.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { LineItem, Session } from "../domain/protocol.ts";
import { orderIn } from "./deliveries.ts";
import type { CheckoutEvent } from "./event.ts";

type CartOrder = components["schemas"]["CartOrder"];

/** An order for the order intake. */
type PlacedOrder = CartOrder & { readonly orderId: string };

/** The order of a completed session is invalid for the order intake: a bug. */
class OrderNotPlaceableError extends Error {
    override readonly name = "OrderNotPlaceableError";

    constructor(orderId: string, errors: readonly ValidationError[]) {
        super(
            `the order ${orderId} cannot be placed: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`,
        );
    }
}

/**
 * The order of a completed session, as a cart (`spec/orders.openapi.yaml`). Deterministic with its id, so that the order
 * intake stores it once. Throws OrderNotPlaceableError.
 */
export function placedOrderOf(event: CheckoutEvent): PlacedOrder {
    const { session } = event;
    const { id: orderId } = orderIn(event);
    const customer = customerOf(session);
    const order = {
        orderId,
        items: session.line_items.map((line) => itemOf(line, session.currency)),
        total: unitsOf(totalOf(session), session.currency),
        currency: session.currency,
        metadata: { checkoutSessionId: session.id },
    };
    // The protocol allows more e-mail addresses than the order intake (JOHN@[192.0.2.1]): these are sent as text.
    const placed = [customer, customerText(customer)].map((value): PlacedOrder => ({ ...order, customer: value }));
    const valid = placed.find((candidate) => validateCartOrder(candidate));
    if (valid === undefined)
        throw new OrderNotPlaceableError(orderId, validationErrorsOf(validateCartOrder.errors, rules));
    return valid;
}

type Customer = components["schemas"]["Customer"];

function customerOf({ buyer, fulfillment_details: details }: Session): Customer {
    const names = [buyer?.first_name, buyer?.last_name].filter((part) => part !== undefined).join(" ");
    const name = [buyer?.full_name, names, details?.name, details?.address?.name].map(shortText).find(Boolean);
    return { ...(name !== undefined && { name }), email: buyer?.email ?? details?.email ?? "" };
}

function customerText({ name = "", email }: Customer): string {
    return shortText(`${name} ${email}`) ?? "unknown";
}

function itemOf({ item, name, quantity, unit_amount }: LineItem, currency: string) {
    const price = unit_amount ?? item.unit_amount;
    return {
        productId: item.id,
        productName: shortText(name ?? item.name) ?? item.id,
        quantity,
        ...(price !== undefined && { unitPrice: unitsOf(price, currency) }),
    };
}

function totalOf({ totals }: Session): number {
    return totals.find(({ type }) => type === "total")?.amount ?? Number.NaN;
}

/**
 * A name for the order intake: at most 255 characters (cut with an ellipsis), without control characters. Undefined if no
 * visible character is left.
 */
function shortText(text: string | undefined): string | undefined {
    const readable = (text ?? "").replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]+/gu, " ").trim();
    if (/^[\s\p{Z}\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(readable)) return undefined;
    const characters = [...readable];
    return characters.length <= 255 ? readable : `${characters.slice(0, 254).join("")}…`;
}
