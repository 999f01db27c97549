import type { Served } from "../domain/call.ts";
import { noSuchOrder } from "../domain/problem.ts";
import { sessionIdOf } from "../session/order.ts";
import type { SessionVersions } from "../session/versions.ts";
import type { UcpCall } from "./calls.ts";
import { capability, envelopeOf } from "./capabilities.ts";
import { ucpError } from "./messages.ts";
import { ucpOrder } from "./order.ts";

/** An order as it is now, for the platform that bought it and proves that it is that one. */
export async function readOrder(
    versions: Pick<SessionVersions, "latest">,
    { id = "", call, telling }: UcpCall,
): Promise<Served> {
    const { negotiated } = telling;
    if (!negotiated.platform.isProven) {
        const content =
            "An order is shown to the platform that bought it: sign the request, or send the platform's API key.";
        const messages = [ucpError("unauthorized", undefined, content, "unrecoverable")];
        return { status: 200, body: { ucp: envelopeOf(negotiated, [capability.order], "error"), messages } };
    }
    const sessionId = sessionIdOf(id);
    const state = sessionId === undefined ? undefined : await versions.latest(sessionId);
    const { order, currency } = state?.session ?? {};
    if (state?.hidden.caller !== call.callerId || order === undefined || currency === undefined) {
        return { problem: noSuchOrder() };
    }
    call.log.info("Order read", { orderId: id, version: state.version });
    return { status: 200, body: ucpOrder(order, currency, envelopeOf(negotiated, [capability.order])) };
}
