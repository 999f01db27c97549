import type { components } from "../../spec/generated/orders.types.ts";
import {
    rules,
    validateCartOrder,
    validateOrderId,
    validateProductOrder,
} from "../../spec/generated/orders.validators.js";
import { fingerprint } from "../shared/canonical.ts";
import { isJsonObject, type JsonObject } from "../shared/json.ts";
import { type ValidationError, validationErrorsOf } from "../shared/validationErrors.ts";

type CartOrder = components["schemas"]["CartOrder"];
type ProductOrder = components["schemas"]["ProductOrder"];

/** An order of a client: a cart or a single product. */
type OrderBody = CartOrder | ProductOrder;
/** A received order, with the client's id or a generated one. */
export type Order = OrderBody & { readonly orderId: string };

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
export interface Cart extends Omit<CartOrder, "total"> {
    readonly orderId: string;
    readonly total?: number;
}

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

export function linesOf(order: ProductOrder | Pick<CartOrder, "items">): Line[] {
    if ("productId" in order) {
        return [{ productId: order.productId, name: order.productName, quantity: order.quantity }];
    }
    return order.items.map((item) => {
        if (typeof item === "string") return { name: item, quantity: 1 };
        const { productName, ...rest } = item;
        return { ...rest, name: productName };
    });
}

export function cartOf(order: Order): Cart {
    if (!("productId" in order)) return order;
    const { orderId, productId, productName, quantity, customerEmail } = order;
    return { orderId, customer: { email: customerEmail }, items: [{ productId, productName, quantity }] };
}

/** `Ada Lovelace <ada@example.com>` */
export function customerText(customer: CartOrder["customer"]): string {
    if (typeof customer === "string") return customer;
    return customer.name === undefined ? customer.email : `${customer.name} <${customer.email}>`;
}

/**
 * `EUR 99.99`, or `99.99` without a currency. The ISO 4217 code instead of the symbol: it is unambiguous, and every font
 * has its letters.
 */
export function amountText(amount: number, currency?: string): string {
    // Unit prices may be fractions of a cent: a screw at 0.0035.
    const digits = { maximumFractionDigits: 6 };
    const format =
        currency === undefined
            ? new Intl.NumberFormat("en-US", { ...digits, minimumFractionDigits: 2 })
            : new Intl.NumberFormat("en-US", { ...digits, style: "currency", currency, currencyDisplay: "code" });
    return format.format(amount);
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
    // An event of a product order also carries the members of a cart.
    const names = Object.hasOwn(record, "customerEmail") ? productMembers : cartMembers;
    const members = Object.fromEntries(
        names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]),
    );
    const parsed = parseOrder(members);
    if ("errors" in parsed) throw new InvalidOrderError(parsed.errors);
    if (parsed.body.orderId === undefined)
        throw new InvalidOrderError([{ pointer: "/orderId", detail: "is required" }]);
    return withOrderId(parsed.body, parsed.body.orderId);
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
    "metadata",
] as const satisfies (keyof CartOrder)[];
