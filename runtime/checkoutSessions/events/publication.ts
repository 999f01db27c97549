import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { largestContent, messageBody, type TextAttribute, textAttributes } from "../../shared/message.ts";
import type { Placement } from "../domain/placement.ts";
import type { LineItem, Order, Session } from "../domain/protocol.ts";
import { type CheckoutEvent, reasons } from "./event.ts";

/** Input of SNS Publish. */
export interface Publication {
    readonly Message: string;
    /** For the filters of subscriptions. */
    readonly MessageAttributes: Record<string, TextAttribute>;
    /** The session lacks its descriptive members. */
    readonly isShortened: boolean;
}

/** A record or message contains no version of a session. */
export class InvalidCheckoutEventError extends Error {
    override readonly name = "InvalidCheckoutEventError";

    constructor(wrong: readonly string[]) {
        super(`not a version of a session: ${wrong.join(", ")}`);
    }
}

/** A version is too large for a message, even without its descriptive members. */
class EventTooLargeError extends Error {
    override readonly name = "EventTooLargeError";

    constructor({ id }: CheckoutEvent, bytes: number) {
        super(`the event ${id} takes ${bytes} bytes, more than a message may have`);
    }
}

/** The event of an item of the sessions table, without hidden members. Throws InvalidCheckoutEventError. */
export function eventOf(item: JsonObject): CheckoutEvent {
    const { SessionId, Version, Status, Data, Timestamp, Reason, RequestId, Caller, Payment } = item;
    return checked({
        id: `${SessionId}:${Version}`,
        type: `checkout_session.${Reason}`,
        sessionId: SessionId,
        version: Version,
        status: Status,
        timestamp: Timestamp,
        correlationId: RequestId,
        ...(Caller !== undefined && { tenantId: Caller }),
        session: Data,
        ...(Payment !== undefined && { payment: Payment }),
        ...(Reason === "completed" && { placement: placementIn(item["Hidden"]) }),
        ...((Reason === "completed" || Reason === "order_updated") && {
            completedIn: hiddenIn(item["Hidden"]).version,
        }),
        ...(Reason === "completed" && { orderWebhook: hiddenIn(item["Hidden"]).orderWebhook }),
    });
}

/** Without a version of sessions that earlier releases completed. */
function hiddenIn(hidden: unknown): { readonly version?: string; readonly orderWebhook?: string } {
    return JSON.parse(String(hidden));
}

/** Undefined for versions of earlier releases. */
function placementIn(hidden: unknown): Placement | undefined {
    const { cart, fulfillments, taxIncluded }: HiddenPlacement = JSON.parse(String(hidden));
    const { billingAddress } = cart;
    if (fulfillments === undefined) return undefined;
    return { ...(billingAddress && { billingAddress }), fulfillments, ...(taxIncluded && { taxIncluded }) };
}

/** Hidden members of a completed session. */
interface HiddenPlacement extends Partial<Pick<Placement, "fulfillments" | "taxIncluded">> {
    readonly cart: Pick<Placement, "billingAddress">;
}

/** Throws InvalidCheckoutEventError. */
export function readEvent(message: string): CheckoutEvent {
    const value: unknown = JSON.parse(message);
    return checked(isJsonObject(value) ? value : {});
}

/**
 * The message of an event. A session that is too large loses its descriptive members, which its order does not need.
 * Throws EventTooLargeError if that is not enough.
 */
export function publicationOf(event: CheckoutEvent): Publication {
    const { type, status, sessionId, correlationId } = event;
    const whole = messageBody(event);
    const isShortened = Buffer.byteLength(whole) > largestContent;
    const Message = isShortened ? messageBody(withoutDescriptions(event)) : whole;
    const bytes = Buffer.byteLength(Message);
    if (bytes > largestContent) throw new EventTooLargeError(event, bytes);
    return { Message, MessageAttributes: textAttributes({ type, status, sessionId, correlationId }), isShortened };
}

function withoutDescriptions(event: CheckoutEvent): CheckoutEvent {
    const {
        id,
        status,
        currency,
        buyer,
        line_items,
        totals,
        fulfillment_details,
        fulfillment_groups,
        discounts,
        order,
    } = event.session;
    const session: Session = {
        id,
        status,
        currency,
        ...(buyer && { buyer }),
        line_items: line_items.map(bareLine),
        totals,
        ...(fulfillment_details && { fulfillment_details }),
        ...(fulfillment_groups && { fulfillment_groups }),
        ...(discounts && { discounts }),
        ...(order && {
            order: { ...order, ...(order.line_items && { line_items: order.line_items.map(bareOrderLine) }) },
        }),
        capabilities: {},
        fulfillment_options: [],
        messages: [],
        links: [],
    };
    return { ...event, session };
}

function bareLine({ id, item, quantity, name, unit_amount, discount_details, totals }: LineItem): LineItem {
    return {
        id,
        item,
        quantity,
        ...(name !== undefined && { name }),
        ...(unit_amount !== undefined && { unit_amount }),
        ...(discount_details && { discount_details }),
        totals,
    };
}

function bareOrderLine({ description: _, image_url: __, url: ___, ...line }: OrderLine): OrderLine {
    return line;
}

type OrderLine = NonNullable<Order["line_items"]>[number];

const types: ReadonlySet<unknown> = new Set(reasons.map((reason) => `checkout_session.${reason}`));
const isText = (value: unknown) => typeof value === "string" && value !== "";

/** Validates only the members that are used, since the items are internal. */
const checks = {
    id: isText,
    type: (value) => types.has(value),
    sessionId: isText,
    version: Number.isSafeInteger,
    status: isText,
    timestamp: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
    correlationId: isText,
    tenantId: (value) => value === undefined || isText(value),
    session: (value) =>
        isJsonObject(value) &&
        isText(value["id"]) &&
        Array.isArray(value["line_items"]) &&
        Array.isArray(value["totals"]),
    payment: (value) => value === undefined || isJsonObject(value),
    placement: (value) => value === undefined || isJsonObject(value),
    completedIn: (value) => value === undefined || isText(value),
    orderWebhook: (value) => value === undefined || isText(value),
} satisfies Record<keyof CheckoutEvent, (value: unknown) => boolean>;

function checked(value: JsonObject): CheckoutEvent {
    const wrong = Object.entries(checks).flatMap(([name, isRight]) => (isRight(value[name]) ? [] : [name]));
    if (isEvent(value, wrong)) return value;
    throw new InvalidCheckoutEventError(wrong);
}

function isEvent(_value: unknown, wrong: readonly string[]): _value is CheckoutEvent {
    return wrong.length === 0;
}
