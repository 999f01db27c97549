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
import { isOrderId, type Meta, type Order, parseOrder, reservedId, withOrderId } from "./order.ts";

// How an order comes in: in a request to `receive`, or in a message of the orders queue, where API Gateway puts it itself.

/** An order that a client sends. */
export interface ReceivedOrder {
    readonly order: Order;
    /** What its id comes from, by which another order may have it already; absent for an id that is new. */
    readonly idFrom?: "orderId" | "Idempotency-Key";
}

/** The order in a request, or why there is none: also when its event would not get to everybody. */
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

    const parsed = parseOrder(body.value);
    if ("errors" in parsed) return { problem: invalid(parsed.errors) };

    const { orderId } = parsed.body;
    if (orderId !== undefined && isReserved(orderId)) return { problem: invalid([reservedId]) };
    if (orderId !== undefined) return { order: withOrderId(parsed.body, orderId), idFrom: "orderId" };
    if (key === undefined) return { order: withOrderId(parsed.body, uuidV7()) };
    return { order: withOrderId(parsed.body, uuidOf(callerOf(request), key)), idFrom: "Idempotency-Key" };
}

/** Why an order is refused whose id is taken by another one. */
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

/** Who puts messages into the orders queue: the callback `receive`, or API Gateway itself. */
type Ingress = "lambda" | "queue";

/** Throws EnvironmentError when it is neither. */
export function ingressFrom(setting: string): Ingress {
    if (setting === "lambda" || setting === "queue") return setting;
    throw new EnvironmentError(`FRONT must be lambda or queue, not "${setting}"`);
}

/** What a message holds: an order, or something that is none and why. */
type OrderMessageContent = { readonly orderId: string; readonly meta: Meta } & (
    | { readonly order: Order }
    | {
          readonly errors: readonly ValidationError[];
          /** Whether it is an order, and too large a one to be told of. */
          readonly isOversize?: true;
          /** The body as far as it could be read. */
          readonly content: unknown;
      }
);

/**
 * The order in a message. What `receive` sends is an order with its id; what API Gateway sends is the client's body,
 * unchecked, and an order without an id there goes by the id of its message.
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
    // By how the message came, which a client cannot tell, and never by its body.
    const isForeign = isOrderId(own) && isReserved(own) && messageAttributes[senderAttribute]?.stringValue !== checkout;
    // What is told of a rejected order must not be taken for news of the checkout's.
    const orderId = isOrderId(own) && !isForeign ? own : messageId;
    if (value === undefined) {
        return { orderId, meta, errors: [{ pointer: "", detail: "is not JSON" }], content: body };
    }
    if (isForeign) return { orderId, meta, errors: [reservedId], content: value };
    const parsed = parseOrder(value);
    if ("errors" in parsed) return { orderId, meta, errors: parsed.errors, content: value };
    if (parsed.body.orderId === undefined && front === "lambda") {
        return {
            orderId,
            meta,
            errors: [{ pointer: "/orderId", detail: "is required" }],
            content: value,
        };
    }
    const order = withOrderId(parsed.body, orderId);
    const oversize = oversizeOf(order);
    if (oversize) return { orderId, meta, isOversize: true, errors: [oversize], content: value };
    return { orderId, meta, order };
}
