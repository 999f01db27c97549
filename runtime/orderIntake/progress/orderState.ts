import type { components } from "../../../spec/generated/orders.types.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { minorUnitsOf } from "../../shared/money.ts";
import { hasLeft, piecesGone } from "../../shared/orders/canceledPieces.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import type { Reports } from "../../shared/orders/reports.ts";
import { checkoutOrderIn, linesOf, metaIn, orderIn, type Order as PlacedOrder, type PostalAddress } from "../order.ts";
import { type Fulfillment, openPieces } from "./pieces.ts";

type Schemas = components["schemas"];
export type Note = Schemas["Notes"][number];
export const shownStatuses = [
    "received",
    "reserved",
    "shortage",
    "manual_review",
    "processing",
    "shipped",
    "completed",
    "canceled",
] as const satisfies readonly Schemas["Status"][];
export type ShownStatus = (typeof shownStatuses)[number];

/**
 * What became of an order since it was placed: one version of it. `order` is in the form of the Agentic Commerce Protocol,
 * in which systems of the merchant report, and the order's session has it, too.
 */
export interface OrderState {
    readonly orderId: string;
    /** 1, 2, 3… without a gap; 0: as placed. */
    readonly version: number;
    /** Lower case ISO 4217; empty for an order without one. */
    readonly currency: string;
    readonly order: Order;
    readonly reports: Reports;
    readonly notes: readonly Note[];
    readonly timeline: readonly Entry[];
    /** By line, what the stock has got back, and what it does not get back since a client said so. */
    readonly returned?: readonly Returned[];
}

export interface Returned {
    /** Of the line. */
    readonly id: string;
    readonly given: number;
    readonly kept: number;
}

interface Happened {
    /** Of the fulfilment, the cancellation or the note; of the bus's event. */
    readonly id: string;
    /** ISO 8601, with milliseconds; later than that of the entry before. */
    readonly at: string;
    /** That the fulfilment or the order had then. */
    readonly status?: string;
}

/** A change that a client of the order API asked for. */
export interface ClientEntry extends Happened {
    readonly type: "fulfillment" | "cancellation" | "note";
    /** The client. */
    readonly by: string;
    /** To recognise the request when it comes again. */
    readonly request: { readonly id: string; readonly digest: string };
}

/** A change; `update`: by an event on the bus. */
type Entry = ClientEntry | (Happened & { readonly type: "update"; readonly request?: undefined });

type OrderLine = NonNullable<Order["line_items"]>[number];

/** The state of an order as it was placed, from its item in the orders table. Throws InvalidOrderError. */
export function placedState(item: JsonObject): OrderState {
    const order = orderIn(item);
    const placed = checkoutOrderIn(order);
    const { receivedAt } = metaIn(item);
    const { orderId } = order;
    const currency = "currency" in order ? (order.currency ?? "").toLowerCase() : "";
    const total = "total" in order ? minorUnitsOf(order.total, currency) : undefined;
    return {
        orderId,
        version: 0,
        currency,
        order: {
            id: orderId,
            checkout_session_id: placed?.checkout.sessionId ?? "",
            // Not read here: the session has its own.
            permalink_url: "",
            status: "created",
            line_items: placedLines(order, placed?.items),
            fulfillments: (placed?.fulfillments ?? []).map((one) => plannedFulfillment(one, receivedAt)),
            adjustments: [],
            totals: total === undefined ? [] : [{ type: "total", display_text: "Total", amount: total }],
        },
        reports: {},
        notes: [],
        timeline: [],
    };
}

/** The ids of the lines are the session's, or count them. */
function placedLines(order: PlacedOrder, items: readonly { readonly id: string }[] = []): OrderLine[] {
    return linesOf(order).map(({ productId, name, quantity }, index) => ({
        id: items[index]?.id ?? `li_${index + 1}`,
        title: name,
        ...(productId !== undefined && { product_id: productId }),
        quantity: { ordered: quantity, current: quantity, fulfilled: 0 },
        status: "processing",
    }));
}

function plannedFulfillment(
    { id, type, title, items, earliest, latest, address }: Schemas["Fulfillment"],
    receivedAt: string,
): Fulfillment {
    const destination = address && protocolAddress(address);
    return {
        id,
        type,
        status: "pending",
        line_items: items,
        description: title,
        ...(destination && { destination }),
        ...(earliest !== undefined && latest !== undefined && { estimated_delivery: { earliest, latest } }),
        events: [{ id: `${id}_1`, type: "processing", occurred_at: receivedAt }],
    };
}

/** Undefined if a member is missing that the protocol requires. */
function protocolAddress({ name, company, line1, line2, city, region, postalCode, country }: PostalAddress) {
    if (name === undefined || region === undefined) return undefined;
    return {
        name,
        ...(company !== undefined && { company }),
        line_one: line1,
        ...(line2 !== undefined && { line_two: line2 }),
        city,
        state: region,
        postal_code: postalCode,
        country,
    };
}

/** The status that follows from lines and fulfilments; undefined as long as nothing was fulfilled or canceled. */
export function statusOf(order: Order): "processing" | "shipped" | "completed" | "canceled" | undefined {
    const { line_items: lines = [], fulfillments = [] } = order;
    // Also of an order whose only parcel failed before the rest was canceled.
    if (lines.every(({ id, quantity }) => quantity.current === 0 && piecesGone(order, id) === 0)) return "canceled";
    if (lines.every(({ quantity: { fulfilled = 0 } }) => fulfilled === 0)) return undefined;
    if (hasOpenPieces(order)) return "processing";
    return fulfillments.filter(hasLeft).every(({ status }) => status === "delivered") ? "completed" : "shipped";
}

const hasOpenPieces = (order: Order): boolean => [...openPieces(order).values()].some((pieces) => pieces > 0);

/**
 * How far the order is. The status that it keeps never goes back, so that events may come in any order; it is less far
 * while pieces of a parcel that failed are to be sent again.
 */
export function progressOf(order: Order): string {
    const { status = "created", fulfillments = [] } = order;
    const hasFailed = status === "shipped" && fulfillments.some((one) => one.status === "failed");
    return hasFailed && hasOpenPieces(order) ? "processing" : status;
}

/**
 * The status that the order API shows: the progress of the order, else of its stock.
 * @param stock outcome of the step `reservation`
 */
export function shownStatus(order: Order, stock: unknown): ShownStatus {
    const status = progressOf(order);
    switch (status) {
        case "manual_review":
        case "processing":
        case "shipped":
        case "completed":
        case "canceled":
            return status;
        default: {
            const reserved = isJsonObject(stock) ? stock["status"] : undefined;
            return reserved === "reserved" || reserved === "shortage" ? reserved : "received";
        }
    }
}
