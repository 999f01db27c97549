import type { JsonObject } from "../../shared/json.ts";
import type { Problem } from "../domain/problem.ts";
import type { Session } from "../domain/protocol.ts";
import { envelopeOf } from "./capabilities.ts";
import { type UcpCheckout, ucpCheckout } from "./checkout.ts";
import { type UcpMessage, ucpError, ucpPath } from "./messages.ts";
import type { Telling } from "./telling.ts";
import { malformed } from "./up.ts";

/** An error of the protocol: what is asked for was not looked at. */
interface ProtocolError {
    readonly code: string;
    readonly content: string;
    /** JSONPath into the request. */
    readonly path?: string;
    readonly continue_url?: string;
}

/** What has gone wrong with a purchase: there is nothing that could be told instead. */
interface ErrorAnswer {
    readonly ucp: ReturnType<typeof envelopeOf>;
    readonly messages: readonly UcpMessage[];
    readonly continue_url?: string;
}

interface ToldRefusal {
    readonly status: number;
    readonly body: ProtocolError | ErrorAnswer | UcpCheckout;
    readonly headers?: Readonly<Record<string, string>>;
}

/** Problems with a purchase, which a platform finds among the messages of an answer with the status 200. */
const ofPurchases: ReadonlySet<string> = new Set([
    "invalid",
    "invalid_type",
    "unsupported",
    "missing_required_field",
    "invalid_item_id",
    "out_of_stock",
    "requires_3ds",
    "session_not_found",
    "cart_not_found",
    "order_not_found",
    "product_not_found",
    "session_completed",
    "session_canceled",
    "session_expired",
    "session_not_ready",
    // Only a cancellation of what has ended: `noRoute` tells of methods.
    "method_not_allowed",
]);

export const isOfPurchase = ({ error: { code } }: Problem): boolean => ofPurchases.has(code);

/** @param found the session that the request was about, unchanged */
export function refusedAs(
    problem: Problem,
    telling: Telling,
    names: readonly string[],
    found?: { readonly session: Session; readonly aside?: JsonObject },
): ToldRefusal {
    if (!isOfPurchase(problem)) return protocolError(problem);
    const { code, message, param } = problem.error;
    const path = param === undefined ? undefined : ucpPath(param, requested);
    if (found === undefined) {
        const messages = [ucpError(code, path, message, "unrecoverable")];
        return { status: 200, body: { ucp: envelopeOf(telling.negotiated, names, "error"), messages } };
    }
    const isEnded = /^session_(completed|canceled|expired)$|^method_not_allowed$/.test(code);
    const refusal = ucpError(code, path, message, isEnded ? "unrecoverable" : "recoverable");
    return { status: 200, body: ucpCheckout(found, telling, [refusal]) };
}

/** Where a request has what it asks for. */
const requested = {
    destination: "$.fulfillment.methods[0].destinations[0]",
    options: "$.fulfillment.methods[0].groups[0].selected_option_id",
};

function protocolError({ status, error, headers }: Problem): ToldRefusal {
    const { code, message, param } = error;
    return {
        // The same key with another request is a conflict.
        status: code === "idempotency_conflict" ? 409 : status,
        body: {
            code: code === malformed ? "invalid_request" : code,
            content: message,
            ...(code === malformed && param !== undefined && { path: param }),
        },
        ...(headers && { headers }),
    };
}
