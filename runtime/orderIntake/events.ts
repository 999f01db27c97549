import type { BusEvent } from "../shared/events.ts";
import type { JsonObject } from "../shared/json.ts";
import { bytesIn, largestContent } from "../shared/message.ts";
import type { ValidationError } from "../shared/validationErrors.ts";
import { type Cart, cartOf, type Line, linesOf, type Meta, metaIn, type Order, orderIn } from "./order.ts";
import type { Reservation } from "./reservation.ts";

// The contracts of the order bus; docs and AsyncAPI follow them. Events about what a client sent come from
// `public.api`, events about what we did for it from `order.intake`.

/** `public.api` `order.received.v1`: a new order is stored. */
type OrderReceived = Order & Cart & { readonly lines: readonly Line[]; readonly meta: Meta };

/** `public.api` `order.rejected.v1`: an accepted order cannot be kept. */
export interface OrderRejected {
    readonly orderId: string;
    /** `conflict`: another order has this id. `invalid`: it is not an order (only where API Gateway is the front). */
    readonly reason: "conflict" | "invalid";
    readonly errors?: readonly ValidationError[];
    /** As it came: JSON, or the text that is none. Left out when it is too large to be repeated. */
    readonly order?: unknown;
    readonly meta: Meta;
}

/** `order.intake` `inventory.reserved.v1` and `inventory.shortage.v1`. */
type InventoryDecided = Omit<Reservation, "status"> & { readonly orderId: string; readonly meta: Meta };

/** `order.intake` `document.generated.v1`: the confirmation is in the bucket. */
interface DocumentGenerated {
    readonly orderId: string;
    readonly bucket: string;
    readonly key: string;
    readonly meta: Meta;
}

export function orderReceived(order: Order, meta: Meta): BusEvent {
    const detail: OrderReceived = { ...order, ...cartOf(order), lines: linesOf(order), meta };
    return { source: "public.api", type: "order.received.v1", detail, time: new Date(meta.receivedAt) };
}

/** As long as what we give an order may be. */
const longestMeta: Meta = { correlationId: "x".repeat(128), receivedAt: new Date(0).toISOString() };

/**
 * What is wrong with an order whose event would be too large for a target, which would lose it. Its lines are in the event
 * twice, so that no limit of the body alone holds. Every other message about the order, and its item, is smaller.
 */
export function oversizeOf(order: Order): ValidationError | undefined {
    const bytes = bytesIn(orderReceived(order, longestMeta).detail);
    if (bytes <= largestContent) return undefined;
    return { pointer: "", detail: `makes an event of ${bytes} bytes, more than ${largestContent}` };
}

export function orderRejected({ order, errors, ...rest }: OrderRejected): BusEvent {
    const why = { ...rest, ...(errors && { errors: errors.map(shortened) }) };
    const detail: OrderRejected = isRepeatable({ ...why, order }) ? { ...why, order } : why;
    return { source: "public.api", type: "order.rejected.v1", detail };
}

/** What a client may send is larger, and nested deeper, than what an event can hold. */
function isRepeatable(content: unknown): boolean {
    try {
        return bytesIn(content) <= largestContent;
    } catch {
        return false;
    }
}

/** A client's own name for a member may be as long as the body. */
export const shortened = ({ pointer, detail }: ValidationError): ValidationError => ({
    pointer: pointer.slice(0, 200),
    detail: detail.slice(0, 200),
});

export function inventoryDecided(orderId: string, { status, ...rest }: Reservation, meta: Meta): BusEvent {
    const detail: InventoryDecided = { orderId, ...rest, meta };
    return { source: "order.intake", type: `inventory.${status}.v1`, detail };
}

export function documentGenerated(detail: DocumentGenerated): BusEvent {
    return { source: "order.intake", type: "document.generated.v1", detail };
}

/** What the consumers of `order.received.v1` work with. Throws InvalidOrderError. */
export function readOrderReceived(detail: JsonObject): { order: Order; meta: Meta } {
    return { order: orderIn(detail), meta: metaIn(detail) };
}
