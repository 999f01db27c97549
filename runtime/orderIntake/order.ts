import type { components } from "../../spec/generated/orders.types.ts";
import {
    rules,
    validateCartOrder,
    validateCheckoutOrder,
    validateOrderId,
    validateProductOrder,
} from "../../spec/generated/orders.validators.js";
import { fingerprint } from "../shared/canonical.ts";
import { isJsonObject, type JsonObject } from "../shared/json.ts";
import { minorUnitsOf } from "../shared/money.ts";
import { type ValidationError, validationErrorsOf } from "../shared/validationErrors.ts";
import { isolated } from "./readableText.ts";

type CartOrder = components["schemas"]["CartOrder"];
type ProductOrder = components["schemas"]["ProductOrder"];

/** The order of a paid checkout session, which only the checkout sends. */
export type CheckoutOrder = components["schemas"]["CheckoutOrder"];
export type PostalAddress = components["schemas"]["PostalAddress"];

/** An order of a client: a cart or a single product. */
type OrderBody = CartOrder | ProductOrder;
/** A received order, with the client's id or a generated one. */
export type Order = (OrderBody & { readonly orderId: string }) | CheckoutOrder;

/** An order line, the same for both forms of orders. */
export interface Line {
    readonly productId?: string;
    readonly name: string;
    readonly quantity: number;
    /** In units of the order's currency. */
    readonly unitPrice?: number;
}

export interface Meta {
    readonly correlationId: string;
    /** ISO 8601 */
    readonly receivedAt: string;
}

/** An order as a cart; the cart of a product order has no total. */
export type Cart =
    | (Omit<CartOrder, "total" | "orderId"> & { readonly orderId: string; readonly total?: number })
    | CheckoutOrder;

type Parsed = { readonly body: OrderBody } | { readonly errors: readonly ValidationError[] };

/**
 * Validates a JSON value against `spec/orders.openapi.yaml`. The members that only one of the two forms has select the
 * form first, so that the errors concern one form only.
 */
export function parseOrder(value: unknown): Parsed {
    if (meansProduct(value)) {
        return validateProductOrder(value)
            ? { body: value }
            : { errors: validationErrorsOf(validateProductOrder.errors, rules) };
    }
    return validateCartOrder(value) ? { body: value } : { errors: validationErrorsOf(validateCartOrder.errors, rules) };
}

/** The same for an order that is not accepted yet: its total can be paid in its currency. */
export function parseNewOrder(value: unknown): Parsed {
    const parsed = parseOrder(value);
    if ("errors" in parsed || !("total" in parsed.body)) return parsed;
    const { total, currency } = parsed.body;
    if (currency === undefined || minorUnitsOf(total, currency) !== undefined) return parsed;
    return { errors: [{ pointer: "/total", detail: `has more digits than ${currency}` }] };
}

/** Validates an order that the checkout sent. Earlier versions of it sent carts. */
export function parseCheckoutOrder(
    value: unknown,
): { readonly order: Order } | { readonly errors: readonly ValidationError[] } {
    if (isCheckoutOrder(value)) {
        return validateCheckoutOrder(value)
            ? { order: value }
            : { errors: validationErrorsOf(validateCheckoutOrder.errors, rules) };
    }
    const parsed = parseOrder(value);
    if ("errors" in parsed) return parsed;
    const { orderId } = parsed.body;
    if (orderId === undefined) return { errors: [{ pointer: "/orderId", detail: "is required" }] };
    return { order: withOrderId(parsed.body, orderId) };
}

/** By the member that clients cannot send. */
const isCheckoutOrder = (value: unknown): boolean => isJsonObject(value) && Object.hasOwn(value, "checkout");

/** The order with all that its checkout knew; undefined for an order of `POST /orders`. */
export function checkoutOrderIn(order: Cart | Order): CheckoutOrder | undefined {
    return "checkout" in order ? order : undefined;
}

/** The error of an order that has an id of the checkout and another sender. */
export const reservedId: ValidationError = {
    pointer: "/orderId",
    detail: "must not begin with ord_, which is reserved for orders of the checkout",
};

export function isOrderId(value: unknown): value is string {
    return validateOrderId(value);
}

function meansProduct(value: unknown): boolean {
    if (!isJsonObject(value)) return false;
    // Null counts as absent.
    const hasAny = (names: readonly string[]) => names.some((name) => (value[name] ?? null) !== null);
    return hasAny(["productId", "productName", "quantity", "customerEmail"]) && !hasAny(["customer", "items", "total"]);
}

/** An id in the body takes precedence. */
export function withOrderId(body: OrderBody, orderId: string): Order {
    return { orderId, ...body };
}

export function linesOf(order: ProductOrder | Pick<CartOrder | CheckoutOrder, "items">): Line[] {
    if ("productId" in order) {
        return [{ productId: order.productId, name: order.productName, quantity: order.quantity }];
    }
    return order.items.map((item) => {
        if (typeof item === "string") return { name: item, quantity: 1 };
        const { productName, quantity, productId, unitPrice } = item;
        return {
            ...(productId !== undefined && { productId }),
            name: productName,
            quantity,
            ...(unitPrice !== undefined && { unitPrice }),
        };
    });
}

export function cartOf(order: Order): Cart {
    if (!("productId" in order)) return order;
    const { orderId, productId, productName, quantity, customerEmail } = order;
    return { orderId, customer: { email: customerEmail }, items: [{ productId, productName, quantity }] };
}

/** `Ada Lovelace <ada@example.com>` */
export function customerText(customer: Cart["customer"]): string {
    if (typeof customer === "string") return customer;
    return customer.name === undefined ? customer.email : `${isolated(customer.name)} <${isolated(customer.email)}>`;
}

/** Independent of the order of members. */
export function fingerprintOf(order: Order): string {
    return fingerprint(order);
}

/**
 * The order in a table item or event, with members in the order of the schema, which DynamoDB does not keep.
 * Throws InvalidOrderError.
 */
export function orderIn(record: JsonObject): Order {
    const names = membersOf(record);
    const members = Object.fromEntries(
        names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]),
    );
    const parsed = parseCheckoutOrder(members);
    if ("errors" in parsed) throw new InvalidOrderError(parsed.errors);
    return parsed.order;
}

function membersOf(record: JsonObject): readonly string[] {
    if (isCheckoutOrder(record)) return checkoutMembers;
    // An event of a product order also carries the members of a cart.
    return Object.hasOwn(record, "customerEmail") ? productMembers : cartMembers;
}

/** A record contains no valid order. */
export class InvalidOrderError extends Error {
    override readonly name = "InvalidOrderError";
    readonly errors: readonly ValidationError[];

    constructor(errors: readonly ValidationError[]) {
        super(`not an order: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`);
        this.errors = errors;
    }
}

/** Throws InvalidOrderError. */
export function metaIn(record: JsonObject): Meta {
    const { correlationId, receivedAt } = isJsonObject(record["meta"]) ? record["meta"] : {};
    if (typeof correlationId !== "string" || typeof receivedAt !== "string" || Number.isNaN(Date.parse(receivedAt))) {
        throw new InvalidOrderError([{ pointer: "/meta", detail: "must name correlationId and receivedAt" }]);
    }
    return { correlationId, receivedAt };
}

const productMembers = [
    "orderId",
    "productId",
    "productName",
    "quantity",
    "customerEmail",
] as const satisfies (keyof ProductOrder)[];
const cartMembers = [
    "orderId",
    "customer",
    "items",
    "total",
    "currency",
    "locale",
    "metadata",
] as const satisfies (keyof CartOrder)[];
const checkoutMembers = [
    "orderId",
    "customer",
    "billingAddress",
    "items",
    "fulfillments",
    "taxes",
    "taxIncluded",
    "totals",
    "total",
    "currency",
    "locale",
    "notes",
    "payment",
    "checkout",
    "metadata",
] as const satisfies (keyof CheckoutOrder)[];
