import type { Context, EventBridgeEvent } from "aws-lambda";
import { canonicalJson } from "../shared/canonical.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { isJsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { orderAfter, readOrderEvent } from "../shared/orders/orderEvent.ts";
import { untoldNotes } from "../shared/orders/orderProgress.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { pause } from "../shared/pause.ts";
import type { ValidationError } from "../shared/validationErrors.ts";
import { merchantFrom } from "./domain/merchant.ts";
import type { Message, Order } from "./domain/protocol.ts";
import { orderWithPayment, readPaymentUpdated } from "./money/paymentEvent.ts";
import { sessionIdOf } from "./session/order.ts";
import { evolve, type SessionEvent, type State } from "./session/session.ts";
import { isTooLarge, SessionVersions } from "./session/versions.ts";

export const env = environment("SESSIONS_TABLE", "MERCHANT", "HISTORY_DAYS");
const merchant = merchantFrom(env.MERCHANT);
const versions = new SessionVersions(dynamo, env.SESSIONS_TABLE, Number(env.HISTORY_DAYS));
const attempts = 6;
/** Bytes of a session that updates by the merchant's systems leave to payments and statuses. */
const kept = 10_000;

/** The order's session is not completed: EventBridge retries, and finally sends the event to the failure queue. */
class NotCompletedError extends Error {
    override readonly name = "NotCompletedError";
}

/** All attempts conflicted with other writes. Lambda retries the event. */
class SessionContendedError extends Error {
    override readonly name = "SessionContendedError";
}

/** Order bus: writes changes of a session's order as a new version of the session, if there are any. */
export async function handler(event: EventBridgeEvent<string, unknown>, context: Context): Promise<void> {
    await followed(event, context);
}

/** Content of an update contradicts the order or has an invalid form: the failure queue keeps the event for operators. */
class UpdateRefusedError extends Error {
    override readonly name = "UpdateRefusedError";

    constructor(refused: readonly ValidationError[]) {
        super(
            `refused, the rest is applied: ${refused.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`,
        );
    }
}

async function followed(event: EventBridgeEvent<string, unknown>, context: Context): Promise<Outcome> {
    let invocation = log.forInvocation(context, { event_id: event.id, type: event["detail-type"] });
    try {
        const change = changeIn(event);
        const { orderId: order_id, correlationId } = change;
        const sessionId = sessionIdOf(order_id);
        invocation = invocation.with({ correlationId, order_id, sessionId });
        const { outcome, refused = [] } =
            sessionId === undefined ? { outcome: "no session" } : await follow(sessionId, change);
        // Only sessions process such updates; events about stock also concern other orders.
        if (outcome === "no session" && isForeignUpdate(event)) return notDone(invocation, "OrderUpdateUnused");
        if (refused.length > 0) throw new UpdateRefusedError(refused);
        return done(invocation, "Order followed", { outcome });
    } catch (error) {
        invocation.error("The order could not be followed", { error });
        throw error;
    }
}

/** An update by a system of the merchant; what the order API changes stands in the order itself, too. */
const isForeignUpdate = ({ "detail-type": type, detail }: EventBridgeEvent<string, unknown>) => {
    const { meta } = isJsonObject(detail) ? detail : {};
    return type === "order.updated.v1" && !(isJsonObject(meta) && "change" in meta);
};

interface Followed {
    readonly outcome: "updated" | "no news" | "no session";
    readonly refused?: readonly ValidationError[];
}

/** A change of an order by an event. */
interface Change {
    readonly orderId: string;
    readonly correlationId: string;
    /** It says little: a status, or what became of the payment. */
    readonly isShort: boolean;
    /** `news` undefined: the order shows it already. */
    of(state: State, order: Order): { readonly news: News | undefined; readonly refused: readonly ValidationError[] };
}
type News = Pick<Extract<SessionEvent, { readonly reason: "order_updated" }>, "order" | "told" | "hidden">;

function changeIn(event: EventBridgeEvent<string, unknown>): Change {
    if (event["detail-type"] === "payment.updated.v1") return paymentChangeIn(event.detail);
    const received = readOrderEvent(event);
    const { orderId, correlationId, changes } = received;
    return {
        orderId,
        correlationId,
        isShort: changes.every(({ update }) => Object.keys(update).every((name) => /^(orderId|status)$/.test(name))),
        of: (state, order) => {
            const { refused, ...after } = orderAfter(order, state, received);
            const hasReports = canonicalJson(after.reports) !== canonicalJson(state.hidden.reports ?? {});
            const isNews = hasReports || canonicalJson(after.order) !== canonicalJson(order);
            const told = untoldNotes(state.hidden.reports, received.changes).map(messageOf);
            const news = {
                order: after.order,
                ...(told.length > 0 && { told: { messages: [...state.session.messages, ...told] } }),
                ...(hasReports && { hidden: { reports: after.reports } }),
            };
            return { news: isNews ? news : undefined, refused };
        },
    };
}

/** The protocol's order has no place for what the shop tells the customer. */
const messageOf = ({ text }: { readonly text: string }): Message => ({
    type: "info",
    param: "$.order",
    content_type: "plain",
    content: text,
});

function paymentChangeIn(detail: unknown): Change {
    const updated = readPaymentUpdated(detail);
    const { orderId, version, payment, adjustments, meta } = updated;
    const ledgerEntries = adjustments.map(({ id }) => id);
    return {
        orderId,
        correlationId: meta.correlationId,
        isShort: true,
        of: ({ hidden }, order) => {
            // Events come in any order; a later one contains an earlier one.
            if (version <= (hidden.ledgerVersion ?? 0)) return { news: undefined, refused: [] };
            const after = { payment, ledgerVersion: version, ledgerEntries };
            return { news: { order: orderWithPayment(order, updated), hidden: after }, refused: [] };
        },
    };
}

async function follow(sessionId: string, change: Change): Promise<Followed> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const state = await versions.latest(sessionId);
        if (state === undefined) return { outcome: "no session" };
        const { order } = state.session;
        if (order === undefined) throw new NotCompletedError(`${sessionId} has no order yet`);
        const { news, refused } = change.of(state, order);
        if (news === undefined) return { outcome: "no news", refused };
        const next = evolve(state, { reason: "order_updated", ...news, at: new Date().toISOString() }, merchant);
        if (isTooLarge(next, change.isShort ? kept : 0)) {
            return { outcome: "no news", refused: [{ pointer: "", detail: "makes the session too large" }] };
        }
        const written = await versions.append(next, { reason: "order_updated", requestId: change.correlationId });
        if (written === "appended") return { outcome: "updated", refused };
        await pause(attempt);
    }
    throw new SessionContendedError(`${sessionId} changed during ${attempts} attempts to update its order`);
}
