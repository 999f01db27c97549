import type { ValidateFunction } from "ajv";
import {
    validateDocumentGenerated,
    validateInventoryReserved,
    validateInventoryShortage,
    validateOrderReceived,
    validateOrderRejected,
    validateOrderUpdated,
    validatePaymentUpdated,
    validateProductUpdated,
} from "../../../spec/generated/events.validators.js";
import { canonicalJson } from "../../shared/canonical.ts";
import { timeOf } from "../../shared/events.ts";
import { isCorrelationId, jsonIn } from "../../shared/http.ts";
import { uuidOf } from "../../shared/ids.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { OutboundEvent } from "../delivery/newDelivery.ts";
import { type EventType, isEventType } from "../endpoints/eventTypes.ts";
import { ownSource } from "../ownEvents/newEvent.ts";

/** A message of the deliveries queue contains no known event. */
class UnreadableEventError extends Error {
    override readonly name = "UnreadableEventError";

    constructor(what: string, errors: readonly ValidationError[]) {
        super(`${what} cannot be read: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`);
    }
}

/** Parses a delivery of the checkout or an event of the order bus. Throws UnreadableEventError. */
export function readEvent(message: string): OutboundEvent {
    const value = jsonIn(Buffer.from(message, "utf8"));
    if (!isJsonObject(value))
        throw new UnreadableEventError("a message", [{ pointer: "", detail: "must be an object" }]);
    if (!("detail-type" in value)) return checkoutEvent(value);
    return String(value["source"]).startsWith(ownSource) ? ownEvent(value) : busEvent(value);
}

/** `Delivery` of checkoutSessions. */
interface CheckoutDelivery {
    readonly id: string;
    readonly type: EventType;
    readonly timestamp: string;
    readonly correlationId: string;
    readonly tenantId?: string;
    readonly data: JsonObject;
    readonly completedIn?: string;
    readonly older?: { readonly until: string; readonly data: JsonObject };
    readonly webhook?: string;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isTime = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

/** Validates only the members that are used, since the messages are internal. */
const checks = {
    id: (value) => isText(value) && /^[\w:-]{1,200}$/.test(value),
    type: isEventType,
    timestamp: isTime,
    correlationId: isText,
    tenantId: (value) => value === undefined || isText(value),
    data: isJsonObject,
    webhook: (value) => value === undefined || isText(value),
    completedIn: (value) => value === undefined || isText(value),
    older: (value) =>
        value === undefined || (isJsonObject(value) && isText(value["until"]) && isJsonObject(value["data"])),
} satisfies Record<keyof CheckoutDelivery, (value: unknown) => boolean>;

function checkoutEvent(value: JsonObject): OutboundEvent {
    const wrong = Object.entries(checks).flatMap(([name, isRight]) => (isRight(value[name]) ? [] : [name]));
    if (!isDelivery(value, wrong)) {
        const errors = wrong.map((name) => ({ pointer: `/${name}`, detail: "is missing or invalid" }));
        throw new UnreadableEventError(String(value["type"]), errors);
    }
    const { id, type, timestamp, correlationId, tenantId, data, completedIn, older, webhook } = value;
    // `<sessionId>:<version>:…`
    const [orderingKey = id] = id.split(":");
    const occurredAt = new Date(timestamp).toISOString();
    return {
        id,
        type,
        ...(tenantId !== undefined && { tenantId }),
        orderingKey,
        occurredAt,
        correlationId,
        data,
        ...(completedIn !== undefined && { completedIn }),
        ...(older && { older }),
        ...(webhook !== undefined && { webhook }),
    };
}

function isDelivery(_value: unknown, wrong: readonly string[]): _value is CheckoutDelivery {
    return wrong.length === 0;
}

/** Common members of all events of the order bus: an event is of an order, or of a product. */
type Detail = { readonly meta?: { readonly correlationId?: string } } & (
    | { readonly orderId: string }
    | { readonly productId: string }
);

const details: Partial<Record<EventType, ValidateFunction<Detail>>> = {
    "order.received.v1": validateOrderReceived,
    "order.rejected.v1": validateOrderRejected,
    "inventory.reserved.v1": validateInventoryReserved,
    "inventory.shortage.v1": validateInventoryShortage,
    "document.generated.v1": validateDocumentGenerated,
    "payment.updated.v1": validatePaymentUpdated,
    "order.updated.v1": validateOrderUpdated,
    "product.updated.v1": validateProductUpdated,
};

/** Only `POST /events` publishes with this source, and has validated the event. */
function ownEvent({ source, "detail-type": type, time, detail }: JsonObject): OutboundEvent {
    const { id, tenantId, recipient, orderingKey, data, meta } = isJsonObject(detail) ? detail : {};
    const { correlationId } = isJsonObject(meta) ? meta : {};
    const isWhole = isText(id) && isText(tenantId) && isText(orderingKey) && isJsonObject(data) && isTime(time);
    if (!isWhole || !isText(type) || !isText(source) || !isText(correlationId))
        throw new UnreadableEventError(String(type), [{ pointer: "/detail", detail: "is no event of a client" }]);
    const occurredAt = new Date(timeOf(time, meta)).toISOString();
    const own = { id, type, source, tenantId, orderingKey, occurredAt, correlationId, data };
    return { ...own, ...(isText(recipient) && { recipient }) };
}

function busEvent({ id, "detail-type": type, time, detail }: JsonObject): OutboundEvent {
    const validate = isEventType(type) ? details[type] : undefined;
    if (!isEventType(type) || validate === undefined || !isTime(time)) {
        throw new UnreadableEventError(String(type), [{ pointer: "", detail: "is not an event of the order bus" }]);
    }
    if (!validate(detail)) throw new UnreadableEventError(type, validationErrorsOf(validate.errors, {}));
    const { meta = {} } = detail;
    return {
        // Not the bus's id, which changes if the source publishes an event again after a crash, as its own time does. The rest
        // of the detail stays the same, and is unique by its order and correlation id, or by its product's change.
        id: `evt_${uuidOf(type, canonicalJson({ ...detail, meta: { ...meta, occurredAt: undefined } }))}`,
        type,
        orderingKey: "orderId" in detail ? detail.orderId : `product:${detail.productId}`,
        occurredAt: new Date(timeOf(time, meta)).toISOString(),
        correlationId: isCorrelationId(meta.correlationId) ? meta.correlationId : String(id),
        data: detail,
    };
}
