import type { SQSRecord } from "aws-lambda";
import { EnvironmentError } from "../shared/environment.ts";
import {
    callerOf,
    type HttpRequest,
    idempotencyKeyOf,
    isCorrelationId,
    jsonBodyOf,
    jsonIn,
    type Problem,
    type Refused,
} from "../shared/http.ts";
import { uuidOf, uuidV7 } from "../shared/ids.ts";
import { isJsonObject } from "../shared/json.ts";
import { largestMessage } from "../shared/message.ts";
import { checkout, isReserved, senderAttribute } from "../shared/orderMessage.ts";
import type { ValidationError } from "../shared/validationErrors.ts";
import { oversizeOf } from "./events.ts";
import {
    isOrderId,
    type Meta,
    type Order,
    parseCheckoutOrder,
    parseNewOrder,
    parseOrder,
    reservedId,
    withOrderId,
} from "./order.ts";

// Parses orders from requests to `receive`, and from messages of the orders queue, which API Gateway may send itself.

export interface ReceivedOrder {
    readonly order: Order;
    /** The source of the id, which may already belong to another order; absent for a generated id. */
    readonly idFrom?: "orderId" | "Idempotency-Key";
}

/** The order in a request, or a problem, also if its event would be too large. */
export function orderInRequest(request: HttpRequest): ReceivedOrder | Refused {
    const idTaken = orderFrom(request);
    const oversize = "problem" in idTaken ? undefined : oversizeOf(idTaken.order);
    return oversize ? { problem: { status: 413, detail: `the order ${oversize.detail}` } } : idTaken;
}

const refusal = "the body is not an order";

function orderFrom(request: HttpRequest): ReceivedOrder | Refused {
    const given = idempotencyKeyOf(request);
    if ("problem" in given) return given;
    const { key } = given;
    const body = jsonBodyOf(request, { most: largestMessage, refusal });
    if ("problem" in body) return body;

    const parsed = parseNewOrder(body.value);
    if ("errors" in parsed) return { problem: invalid(parsed.errors) };

    const { orderId } = parsed.body;
    if (orderId !== undefined && isReserved(orderId)) return { problem: invalid([reservedId]) };
    if (orderId !== undefined) return { order: withOrderId(parsed.body, orderId), idFrom: "orderId" };
    if (key === undefined) return { order: withOrderId(parsed.body, uuidV7()) };
    return { order: withOrderId(parsed.body, uuidOf(callerOf(request), key)), idFrom: "Idempotency-Key" };
}

export function takenProblem(idFrom: NonNullable<ReceivedOrder["idFrom"]>): Problem {
    switch (idFrom) {
        case "orderId":
            return { status: 409, detail: "another order has this orderId", errors: [taken] };
        case "Idempotency-Key":
            return { status: 422, detail: "this Idempotency-Key came with another order before" };
    }
}

const taken = { pointer: "/orderId", detail: "is the id of another order" };

function invalid(errors: NonNullable<Problem["errors"]>): Problem {
    return { status: 400, detail: refusal, errors };
}

/** The sender of the orders queue: the callback `receive`, or API Gateway. */
type Ingress = "lambda" | "queue";

/** Throws EnvironmentError. */
export function ingressFrom(setting: string): Ingress {
    if (setting === "lambda" || setting === "queue") return setting;
    throw new EnvironmentError(`FRONT must be lambda or queue, not "${setting}"`);
}

type OrderMessageContent = { readonly orderId: string; readonly meta: Meta } & (
    | { readonly order: Order }
    | {
          readonly errors: readonly ValidationError[];
          /** A valid order whose event would be too large. */
          readonly isOversize?: true;
          /** The parsed body, or its text. */
          readonly content: unknown;
      }
);

/**
 * The order in a message. `receive` sends orders with their ids; API Gateway sends the client's unvalidated body, and
 * an order without an id gets the id of its message.
 */
export function readMessage(
    { body, messageId, messageAttributes, attributes }: SQSRecord,
    front: Ingress,
): OrderMessageContent {
    const correlationId = messageAttributes["correlationId"]?.stringValue;
    const receivedAt = messageAttributes["receivedAt"]?.stringValue ?? "";
    const meta: Meta = {
        correlationId: isCorrelationId(correlationId) ? correlationId : messageId,
        receivedAt: new Date(Date.parse(receivedAt) || Number(attributes.SentTimestamp)).toISOString(),
    };
    const value = jsonIn(Buffer.from(body));
    const own = isJsonObject(value) ? value["orderId"] : undefined;
    // Clients cannot set message attributes.
    const isFromCheckout = messageAttributes[senderAttribute]?.stringValue === checkout;
    const isForeign = isOrderId(own) && isReserved(own) && !isFromCheckout;
    // Events about a rejected order must not carry the id of a checkout's order.
    const orderId = isOrderId(own) && !isForeign ? own : messageId;
    if (value === undefined) {
        return { orderId, meta, errors: [{ pointer: "", detail: "is not JSON" }], content: body };
    }
    if (isForeign) return { orderId, meta, errors: [reservedId], content: value };
    if (isFromCheckout) {
        const placed = parseCheckoutOrder(value);
        if ("errors" in placed) return { orderId, meta, errors: placed.errors, content: value };
        return whole(placed.order);
    }
    // `receive` has accepted what it sent.
    const parsed = front === "queue" ? parseNewOrder(value) : parseOrder(value);
    if ("errors" in parsed) return { orderId, meta, errors: parsed.errors, content: value };
    if (parsed.body.orderId === undefined && front === "lambda") {
        return {
            orderId,
            meta,
            errors: [{ pointer: "/orderId", detail: "is required" }],
            content: value,
        };
    }
    return whole(withOrderId(parsed.body, orderId));

    function whole(order: Order): OrderMessageContent {
        const oversize = oversizeOf(order);
        if (oversize) return { orderId, meta, isOversize: true, errors: [oversize], content: value };
        return { orderId, meta, order };
    }
}
