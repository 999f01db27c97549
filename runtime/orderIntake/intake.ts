import { bodyOf, callerOf, type HttpRequest, header, isJson, jsonIn, type Problem } from "../shared/http.ts";
import { uuidOf, uuidV7 } from "../shared/ids.ts";
import { type Order, parseOrder, withOrderId } from "./order.ts";

/** The largest body, in bytes. */
const bodyLimit = 256 * 1024;

/** The order in a request, or why there is none. */
export function orderInRequest(request: HttpRequest): { readonly order: Order } | { readonly problem: Problem } {
    if (!isJson(request)) return { problem: { status: 415, detail: "the content type must be application/json" } };

    const bytes = bodyOf(request);
    if (bytes.length > bodyLimit) {
        return { problem: { status: 413, detail: `the body has ${bytes.length} bytes, more than ${bodyLimit}` } };
    }
    const value = jsonIn(bytes);
    if (value === undefined) return { problem: invalid([{ pointer: "", detail: "is not JSON in UTF-8" }]) };

    const parsed = parseOrder(value);
    if ("faults" in parsed) return { problem: invalid(parsed.faults) };

    if (parsed.body.orderId !== undefined) return { order: withOrderId(parsed.body, parsed.body.orderId) };
    const key = header(request, "idempotency-key");
    if (key === undefined) return { order: withOrderId(parsed.body, uuidV7()) };
    if (!/^[!-~]{1,255}$/.test(key)) {
        return { problem: { status: 400, detail: "Idempotency-Key must be 1 to 255 visible ASCII characters" } };
    }
    return { order: withOrderId(parsed.body, uuidOf(callerOf(request), key)) };
}

function invalid(errors: NonNullable<Problem["errors"]>): Problem {
    return { status: 400, detail: "the body is not an order", errors };
}
