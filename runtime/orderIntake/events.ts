import type { BusEvent } from "../shared/events.ts";
import type { JsonObject } from "../shared/json.ts";
import { bytesIn, largestContent } from "../shared/message.ts";
import { limited, type ValidationError } from "../shared/validationErrors.ts";
import { type Cart, cartOf, type Line, linesOf, type Meta, metaIn, type Order, orderIn } from "./order.ts";
import type { Reservation } from "./reservation.ts";

// Event contracts of the order bus, described in spec/events.asyncapi.yaml. Source `public.api`: orders of clients;
// source `order.intake`: results of processing them.

/** `public.api` `order.received.v1`: a new order is stored. */
type OrderReceived = Order & Cart & { readonly lines: readonly Line[]; readonly meta: Meta };

/** `public.api` `order.rejected.v1`: an accepted order is not stored. */
export interface OrderRejected {
    readonly orderId: string;
    /** `conflict`: another order has this id. `invalid`: not an order (only where API Gateway is the ingress). */
    readonly reason: "conflict" | "invalid";
    readonly errors?: readonly ValidationError[];
    /** As received: JSON, or text that is not JSON. Absent if too large for an event. */
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

const longestMeta: Meta = { correlationId: "x".repeat(128), receivedAt: new Date(0).toISOString() };

/**
 * The error of an order whose event would exceed the size limit of targets. The event contains the lines twice, so a
 * limit for the body is not enough. Every other message about the order, and its item, is smaller.
 */
export function oversizeOf(order: Order): ValidationError | undefined {
    const bytes = bytesIn(orderReceived(order, longestMeta).detail);
    if (bytes <= largestContent) return undefined;
    return { pointer: "", detail: `makes an event of ${bytes} bytes, more than ${largestContent}` };
}

export function orderRejected({ order, errors, ...rest }: OrderRejected): BusEvent {
    // Details may quote the order.
    const told = errors && limited(errors).map(({ pointer, detail }) => ({ pointer, detail: detail.slice(0, 200) }));
    const why = { ...rest, ...(told && { errors: told }) };
    const detail: OrderRejected = isRepeatable({ ...why, order }) ? { ...why, order } : why;
    return { source: "public.api", type: "order.rejected.v1", detail };
}

/** Request bodies may be larger, and nested deeper, than an event. */
function isRepeatable(content: unknown): boolean {
    try {
        return bytesIn(content) <= largestContent;
    } catch {
        return false;
    }
}

export function inventoryDecided(
    orderId: string,
    { status, uncounted: _, ...rest }: Reservation,
    meta: Meta,
): BusEvent {
    const detail: InventoryDecided = { orderId, ...rest, meta };
    return { source: "order.intake", type: `inventory.${status}.v1`, detail };
}

export function documentGenerated(detail: DocumentGenerated): BusEvent {
    return { source: "order.intake", type: "document.generated.v1", detail };
}

/** Throws InvalidOrderError. */
export function readOrderReceived(detail: JsonObject): { order: Order; meta: Meta } {
    return { order: orderIn(detail), meta: metaIn(detail) };
}
