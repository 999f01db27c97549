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

/** An order as a client sends it: a cart, or a single product. */
type OrderBody = CartOrder | ProductOrder;
/** An order as it was received; its id is the client's or was given on receipt. */
export type Order = OrderBody & { readonly orderId: string };

/** One thing ordered, in the same form for every form of order. */
export interface Line {
    readonly productId?: string;
    readonly name: string;
    readonly quantity: number;
    /** In units of the order's currency. */
    readonly unitPrice?: number;
}

/** How the order came in. */
export interface Meta {
    readonly correlationId: string;
    /** ISO 8601 */
    readonly receivedAt: string;
}

/** An order in the form of a cart; a single product has no total. */
export interface Cart extends Omit<CartOrder, "total"> {
    readonly orderId: string;
    readonly total?: number;
}

type Parsed = { readonly body: OrderBody } | { readonly errors: readonly ValidationError[] };

/**
 * Checks a JSON value against the schema in `spec/orders.openapi.yaml`. Which of the two forms was meant is decided
 * first, by the members that only one of them has, so that the faults speak of that form alone.
 */
export function parseOrder(value: unknown): Parsed {
    if (meansProduct(value)) {
        return validateProductOrder(value)
            ? { body: value }
            : { errors: validationErrorsOf(validateProductOrder.errors, rules) };
    }
    return validateCartOrder(value) ? { body: value } : { errors: validationErrorsOf(validateCartOrder.errors, rules) };
}

/** What is wrong with an order whose id is one of the checkout's, and which does not come from there. */
export const reservedId: ValidationError = {
    pointer: "/orderId",
    detail: "must not begin with ord_, as those of the checkout do",
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

/** The order under its id; one that has an id already keeps it. */
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

/** Who ordered, in words. */
export function customerText(customer: CartOrder["customer"]): string {
    if (typeof customer === "string") return customer;
    return customer.name === undefined ? customer.email : `${customer.name} <${customer.email}>`;
}

/**
 * An amount to read, in units of its currency (ISO 4217): `EUR 99.99`, or `99.99` where the currency is not known. The
 * code and not the symbol: it is unambiguous and every font has it.
 */
export function amountText(amount: number, currency?: string): string {
    // A price may have more digits than its currency's coins: a screw at 0.0035.
    const digits = { maximumFractionDigits: 6 };
    const format =
        currency === undefined
            ? new Intl.NumberFormat("en-US", { ...digits, minimumFractionDigits: 2 })
            : new Intl.NumberFormat("en-US", { ...digits, style: "currency", currency, currencyDisplay: "code" });
    return format.format(amount);
}

/** Equal for equal orders, whatever the order of their members. */
export function fingerprintOf(order: Order): string {
    return fingerprint(order);
}

/**
 * The order inside a record that holds more beside it: a table item, an event. Members are in the order of the schema,
 * which DynamoDB does not keep. Throws InvalidOrderError.
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

/** A record that should hold an order does not. */
export class InvalidOrderError extends Error {
    override readonly name = "InvalidOrderError";
    readonly errors: readonly ValidationError[];

    constructor(errors: readonly ValidationError[]) {
        super(`not an order: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`);
        this.errors = errors;
    }
}

/** The `meta` of a record. Throws InvalidOrderError. */
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
