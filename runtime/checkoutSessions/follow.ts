import type { Context, EventBridgeEvent } from "aws-lambda";
import { canonicalJson } from "../shared/canonical.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { pause } from "../shared/pause.ts";
import type { ValidationError } from "../shared/validationErrors.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { type OrderEvent, readOrderEvent, sessionIdOf } from "./events/orderEvent.ts";
import { progressed } from "./events/orderProgress.ts";
import { evolve } from "./session/session.ts";
import { SessionVersions } from "./session/versions.ts";

export const env = environment("SESSIONS_TABLE", "MERCHANT", "HISTORY_DAYS");
const merchant = merchantFrom(env.MERCHANT);
const versions = new SessionVersions(dynamo, env.SESSIONS_TABLE, Number(env.HISTORY_DAYS));
const attempts = 6;

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
        const orderEvent = readOrderEvent(event);
        const { orderId: order_id, correlationId } = orderEvent;
        const sessionId = sessionIdOf(order_id);
        invocation = invocation.with({ correlationId, order_id, sessionId });
        const { outcome, refused = [] } =
            sessionId === undefined ? { outcome: "no session" } : await follow(sessionId, orderEvent);
        // Only sessions process such updates; events about stock also concern other orders.
        if (outcome === "no session" && isUpdate(event)) return notDone(invocation, "OrderUpdateUnused");
        if (refused.length > 0) throw new UpdateRefusedError(refused);
        return done(invocation, "Order followed", { outcome });
    } catch (error) {
        invocation.error("The order could not be followed", { error });
        throw error;
    }
}

const isUpdate = ({ "detail-type": type }: EventBridgeEvent<string, unknown>) => type === "order.updated.v1";

interface Followed {
    readonly outcome: "updated" | "no news" | "no session";
    readonly refused?: readonly ValidationError[];
}

async function follow(sessionId: string, event: OrderEvent): Promise<Followed> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const state = await versions.latest(sessionId);
        if (state === undefined) return { outcome: "no session" };
        const { order, currency } = state.session;
        if (order === undefined) throw new NotCompletedError(`${sessionId} has no order yet`);
        const { order: after, refused: impossible } = progressed(order, event.changes, currency);
        const refused = [...event.refused, ...impossible];
        if (canonicalJson(after) === canonicalJson(order)) return { outcome: "no news", refused };
        const next = evolve(state, { reason: "order_updated", order: after, at: new Date().toISOString() }, merchant);
        const written = await versions.append(next, { reason: "order_updated", requestId: event.correlationId });
        if (written === "appended") return { outcome: "updated", refused };
        await pause(attempt);
    }
    throw new SessionContendedError(`${sessionId} changed during ${attempts} attempts to update its order`);
}
