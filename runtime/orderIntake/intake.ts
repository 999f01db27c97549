import { bodyOf, callerOf, type HttpRequest, header, isJson, jsonIn, type Problem } from "../shared/http.ts";
import { uuidOf, uuidV7 } from "../shared/ids.ts";
import { largestMessage } from "../shared/message.ts";
import { isReserved } from "../shared/orderMessage.ts";
import { oversizeOf } from "./events.ts";
import { type Order, parseOrder, reservedId, withOrderId } from "./order.ts";

/** An order that a client sends. */
export interface Taken {
    readonly order: Order;
    /** What its id comes from, by which another order may have it already; absent for an id that is new. */
    readonly idFrom?: "orderId" | "Idempotency-Key";
}

/** The order in a request, or why there is none: also when its event would not get to everybody. */
export function orderInRequest(request: HttpRequest): Taken | { readonly problem: Problem } {
    const taken = takenFrom(request);
    const oversize = "problem" in taken ? undefined : oversizeOf(taken.order);
    return oversize ? { problem: { status: 413, detail: `the order ${oversize.detail}` } } : taken;
}

function takenFrom(request: HttpRequest): Taken | { readonly problem: Problem } {
    const key = header(request, "idempotency-key");
    if (key !== undefined && !/^[!-~]{1,255}$/.test(key)) {
        return { problem: { status: 400, detail: "Idempotency-Key must be 1 to 255 visible ASCII characters" } };
    }
    if (!isJson(request)) return { problem: { status: 415, detail: "the content type must be application/json" } };

    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        return { problem: { status: 413, detail: `the body has ${bytes.length} bytes, more than ${largestMessage}` } };
    }
    const value = jsonIn(bytes);
    if (value === undefined) return { problem: invalid([{ pointer: "", detail: "is not JSON in UTF-8" }]) };

    const parsed = parseOrder(value);
    if ("faults" in parsed) return { problem: invalid(parsed.faults) };

    const { orderId } = parsed.body;
    if (orderId !== undefined && isReserved(orderId)) return { problem: invalid([reservedId]) };
    if (orderId !== undefined) return { order: withOrderId(parsed.body, orderId), idFrom: "orderId" };
    if (key === undefined) return { order: withOrderId(parsed.body, uuidV7()) };
    return { order: withOrderId(parsed.body, uuidOf(callerOf(request), key)), idFrom: "Idempotency-Key" };
}

/** Why an order is refused whose id is taken by another one. */
export function takenProblem(idFrom: NonNullable<Taken["idFrom"]>): Problem {
    switch (idFrom) {
        case "orderId":
            return { status: 409, detail: "another order has this orderId", errors: [taken] };
        case "Idempotency-Key":
            return { status: 422, detail: "this Idempotency-Key came with another order before" };
    }
}

const taken = { pointer: "/orderId", detail: "is the id of another order" };

function invalid(errors: NonNullable<Problem["errors"]>): Problem {
    return { status: 400, detail: "the body is not an order", errors };
}
