import type { ValidateFunction } from "ajv";
import {
    rules,
    validateCancelRequest,
    validateFulfillmentChange,
    validateFulfillmentRequest,
    validateNoteRequest,
} from "../../../spec/generated/orders.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import {
    callerOf,
    type HttpRequest,
    idempotencyKeyOf,
    jsonBodyOf,
    type Problem,
    type Refused,
} from "../../shared/http.ts";
import { uuidOf } from "../../shared/ids.ts";
import { expectedVersionIn } from "../../shared/orders/orderVersion.ts";
import { validationErrorsOf } from "../../shared/validationErrors.ts";
import { isOrderId } from "../order.ts";
import type { Command } from "./decision.ts";

/** A client's request to change an order. */
export interface ChangeRequest {
    readonly orderId: string;
    readonly command: Command;
    /** The client. */
    readonly by: string;
    /** From the client's idempotency key: the same request has the same id, and with the same contents the same digest. */
    readonly request: { readonly id: string; readonly digest: string };
    /** The version that the client has read; absent: any. */
    readonly expected?: number;
}

/** Bytes; 99 lines take less. */
const largestBody = 65_536;

export function changeIn(request: HttpRequest): ChangeRequest | Refused {
    const { orderId, fulfillmentId = "" } = request.pathParameters ?? {};
    if (!isOrderId(orderId)) return bad("orderId has an invalid form");
    const named = idempotencyKeyOf(request);
    if ("problem" in named) return named;
    const { key } = named;
    if (key === undefined) return bad("the header Idempotency-Key is required");
    const match = expectedVersionIn(request);
    if ("problem" in match) return match;
    const command = commandIn(request, fulfillmentId);
    if ("problem" in command) return command;
    const by = callerOf(request);
    const id = uuidOf(by, request.routeKey, orderId, key);
    return { orderId, command, by, request: { id, digest: fingerprint(command) }, ...match };
}

function commandIn(request: HttpRequest, fulfillmentId: string): Command | Refused {
    switch (request.routeKey) {
        case "POST /orders/{orderId}/fulfillments":
            return parsed(request, validateFulfillmentRequest, (value) => ({ type: "fulfill", request: value }));
        case "POST /orders/{orderId}/fulfillments/{fulfillmentId}":
            return parsed(request, validateFulfillmentChange, (value) => ({
                type: "change",
                fulfillmentId,
                request: value,
            }));
        case "POST /orders/{orderId}/cancel":
            return parsed(request, validateCancelRequest, (value) => ({ type: "cancel", request: value }));
        case "POST /orders/{orderId}/notes":
            return parsed(request, validateNoteRequest, (value) => ({ type: "note", request: value }));
        default:
            return { problem: { status: 404, detail: "no such route" } };
    }
}

function parsed<Body>(
    request: HttpRequest,
    validate: ValidateFunction<Body>,
    commandOf: (body: Body) => Command,
): Command | Refused {
    const refusal = "the body is not such a change";
    const body = jsonBodyOf(request, { most: largestBody, refusal });
    if ("problem" in body) return body;
    const { value } = body;
    if (validate(value)) return commandOf(value);
    return { problem: { status: 400, detail: refusal, errors: validationErrorsOf(validate.errors, rules) } };
}

const bad = (detail: string): { readonly problem: Problem } => ({ problem: { status: 400, detail } });
