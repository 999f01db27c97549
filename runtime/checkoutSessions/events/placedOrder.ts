import type { components } from "../../../spec/generated/orders.types.ts";
import { rules, validateCheckoutOrder } from "../../../spec/generated/orders.validators.js";
import { unitsOf } from "../../shared/money.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import { isBlank } from "../domain/blank.ts";
import type { OrderPayment } from "../domain/orderPayment.ts";
import { deliveryPath, type PricedFulfillment } from "../domain/placement.ts";
import type { Address, FulfillmentDetails, LineItem, Order, Session, Total } from "../domain/protocol.ts";
import { orderIn } from "./deliveries.ts";
import type { CheckoutEvent } from "./event.ts";

type PlacedOrder = components["schemas"]["CheckoutOrder"];
type PlacedItem = components["schemas"]["CheckoutItem"];
type PlacedFulfillment = components["schemas"]["Fulfillment"];
type PostalAddress = components["schemas"]["PostalAddress"];
type OrderFulfillment = NonNullable<Order["fulfillments"]>[number];

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
 * The order of a completed session for the order intake (`spec/orders.openapi.yaml`), with all that shipping and
 * bookkeeping need. Deterministic with its id, so that the order intake stores it once. Throws OrderNotPlaceableError.
 */
export function placedOrderOf(event: CheckoutEvent): PlacedOrder {
    const { session, tenantId: clientId, payment, placement = { fulfillments: [] } } = event;
    const { id: orderId, fulfillments = [], confirmation } = orderIn(event);
    const { currency, totals } = session;
    const units = (amount: number) => unitsOf(amount, currency);
    const taxes = (of(totals, "tax")?.breakdown ?? []).map(({ jurisdiction, rate, amount }) => {
        return { jurisdiction, rate: percentOf(rate), amount: units(amount) };
    });
    const notes = plainText(confirmation?.order_notes, 5000);
    const order: PlacedOrder = {
        orderId,
        customer: customerOf(session),
        ...(placement.billingAddress && { billingAddress: addressOf(placement.billingAddress) }),
        items: session.line_items.map((line) => itemOf(line, units)),
        fulfillments: fulfillments.map((one, index) => fulfillmentOf(one, placement.fulfillments[index], event, units)),
        ...(taxes.length > 0 && { taxes }),
        ...(placement.taxIncluded && { taxIncluded: true }),
        totals: totals.map(({ type, display_text: text, amount }) => ({ type, text, amount: units(amount) })),
        total: units(of(totals, "total")?.amount ?? Number.NaN),
        currency,
        ...localeIn(session),
        ...(notes !== undefined && { notes }),
        ...(payment && { payment: paymentOf(payment, units) }),
        checkout: { sessionId: session.id, ...(clientId !== undefined && { clientId }) },
        metadata: { checkoutSessionId: session.id },
    };
    if (validateCheckoutOrder(order)) return order;
    throw new OrderNotPlaceableError(orderId, validationErrorsOf(validateCheckoutOrder.errors, rules));
}

/** Nothing checks what an agent sends as the buyer's locale. */
function localeIn({ locale = "" }: Session): Pick<PlacedOrder, "locale"> {
    try {
        const [canonical] = Intl.getCanonicalLocales(locale.replaceAll("_", "-"));
        return canonical === undefined || canonical.length > 35 ? {} : { locale: canonical };
    } catch {
        return {};
    }
}

const paymentOf = ({ provider, id, state, amount }: OrderPayment, units: (amount: number) => number) => {
    return { provider, id, state, amount: units(amount) };
};

const of = (totals: readonly Total[], type: Total["type"]) => totals.find((total) => total.type === type);

/** 0.08875 is 8.875 %, without the error of a multiplication. */
const percentOf = (rate: number): number => Math.round(rate * 100_000_000) / 1_000_000;

function customerOf({ buyer, fulfillment_details: details }: Session): PlacedOrder["customer"] {
    const names = [buyer?.first_name, buyer?.last_name].filter((part) => part !== undefined).join(" ");
    const name = [buyer?.full_name, names, details?.name, details?.address?.name].map(shortText).find(Boolean);
    const phone = shortText(buyer?.phone_number ?? details?.phone_number);
    const company = shortText(buyer?.company?.name);
    const taxId = shortText(buyer?.company?.tax_id);
    return {
        ...(name !== undefined && { name }),
        email: shortText(buyer?.email ?? details?.email) ?? "unknown",
        ...(phone !== undefined && { phone }),
        ...(company !== undefined && { company }),
        ...(taxId !== undefined && { taxId }),
    };
}

function itemOf(line: LineItem, units: (amount: number) => number): PlacedItem {
    const { id, item, name, quantity, unit_amount, totals, discount_details: discounts = [] } = line;
    const amount = (type: Total["type"]) => units(of(totals, type)?.amount ?? 0);
    const codes = discounts.flatMap(({ code }) => code ?? []);
    return {
        id,
        productId: item.id,
        productName: shortText(name ?? item.name) ?? item.id,
        quantity,
        unitPrice: units(unit_amount ?? item.unit_amount ?? 0),
        discount: amount("items_discount"),
        ...(codes.length > 0 && { discountCodes: codes }),
        ...taxIn(of(totals, "tax"), units),
        total: amount("total"),
    };
}

/** The breakdown of a line has at most one rate, and the amount also of a tax that the price includes. */
function taxIn(tax: Total | undefined, units: (amount: number) => number): Pick<PlacedItem, "tax" | "taxRate"> {
    const [only] = tax?.breakdown ?? [];
    return only === undefined
        ? { tax: units(tax?.amount ?? 0) }
        : { tax: units(only.amount), taxRate: percentOf(only.rate) };
}

function fulfillmentOf(
    { id, type, line_items = [], destination, estimated_delivery: promise, description }: OrderFulfillment,
    priced: PricedFulfillment = { cost: 0, discount: 0, tax: 0 },
    { session, placement }: CheckoutEvent,
    units: (amount: number) => number,
): PlacedFulfillment {
    const group = session.fulfillment_groups?.find((one) => one.id === priced.groupId);
    const recipient = recipientOf(group?.fulfillment_details ?? session.fulfillment_details ?? {});
    const instructions = plainText(group?.instructions, 500);
    const { cost, discount, tax, percent } = priced;
    const codes = discount > 0 ? deliveryCodesIn(session) : [];
    return {
        id,
        type,
        title: shortText(description) ?? type,
        items: line_items,
        ...(promise && { earliest: promise.earliest, latest: promise.latest }),
        ...(Object.keys(recipient).length > 0 && { recipient }),
        ...(destination && { address: addressOf(destination) }),
        ...(instructions !== undefined && { instructions }),
        price: units(cost),
        discount: units(discount),
        ...(codes.length > 0 && { discountCodes: codes }),
        tax: units(tax),
        ...(percent !== undefined && { taxRate: percent }),
        total: units(cost - discount + (placement?.taxIncluded ? 0 : tax)),
    };
}

/** The codes that have reduced the fulfilments; all of them share each reduction. */
const deliveryCodesIn = ({ discounts }: Session): string[] =>
    (discounts?.applied ?? []).flatMap(({ code, allocations = [] }) =>
        code !== undefined && allocations.some(({ path }) => path === deliveryPath) ? [code] : [],
    );

function recipientOf({ name, email, phone_number }: FulfillmentDetails): NonNullable<PlacedFulfillment["recipient"]> {
    return present({ name: shortText(name), email: shortText(email), phone: shortText(phone_number) });
}

function addressOf(address: Address): PostalAddress {
    return {
        ...present({ name: shortText(address.name), company: shortText(address.company) }),
        line1: addressText(address.line_one),
        ...present({ line2: shortText(address.line_two) }),
        city: addressText(address.city),
        ...present({ region: shortText(address.state) }),
        postalCode: addressText(address.postal_code),
        country: addressText(address.country),
    };
}

const addressText = (text: string): string => shortText(text) ?? "";

/** Without the members that are undefined. */
function present<Name extends string>(members: Record<Name, string | undefined>): { readonly [key in Name]?: string } {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
        [key in Name]?: string;
    };
}

/**
 * A text for the order intake: at most 255 characters (cut with an ellipsis), without control characters. Undefined if no
 * visible character is left.
 */
function shortText(text: string | undefined): string | undefined {
    const readable = (text ?? "").replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]+/gu, " ").trim();
    return isBlank(readable) ? undefined : cut(readable, 255);
}

/** A text of several lines. Undefined if it is absent or empty. */
function plainText(text: string | undefined, most: number): string | undefined {
    const readable = (text ?? "").replace(/(?![\n\t])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, " ").trim();
    return readable === "" ? undefined : cut(readable, most);
}

function cut(text: string, most: number): string {
    const characters = [...text];
    return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
