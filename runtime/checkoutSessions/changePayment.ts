import type { Context } from "aws-lambda";
import { rules, validateRefundRequest } from "../../spec/generated/orders.validators.js";
import { ordersRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import {
    answer,
    callerOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    idempotencyKeyOf,
    jsonBodyOf,
    type Problem,
    problemAnswer,
    type Refused,
    scopeProblem,
} from "../shared/http.ts";
import { uuidOf } from "../shared/ids.ts";
import { log } from "../shared/log.ts";
import { changedSince, expectedVersionIn, shownVersion } from "../shared/orders/orderVersion.ts";
import { validationErrorsOf } from "../shared/validationErrors.ts";
import { change, type Decide, type OrderNow } from "./money/change.ts";
import type { Ledger } from "./money/ledger.ts";
import { LedgerStore } from "./money/ledgerStore.ts";
import { decideCapture } from "./money/orderDecisions.ts";
import { OrderVersions } from "./money/orderVersions.ts";
import { decideRefund } from "./money/request.ts";
import { shownEntry, shownPayment } from "./money/shownPayment.ts";
import { SessionVersions } from "./session/versions.ts";

export const env = environment("SESSIONS_TABLE", "PAYMENTS_TABLE", "ORDERS_TABLE", "VERSIONS_TABLE");
const tables = { payments: env.PAYMENTS_TABLE, orders: env.ORDERS_TABLE };
const ledgers = new LedgerStore(dynamo, tables, new SessionVersions(dynamo, env.SESSIONS_TABLE, 0));
const orders = new OrderVersions(dynamo, env.VERSIONS_TABLE);
/** Bytes; 99 lines take less. */
const largestBody = 65_536;

/**
 * POST /orders/{orderId}/refunds and /capture: writes an entry of the order's ledger and answers 202. `keepPayments` carries it
 * out at the provider.
 */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const { orderId = "" } = request.pathParameters ?? {};
    const invocation = log.forInvocation(context, { correlationId, order_id: orderId });
    const denied = scopeProblem(request, ordersRoutes);
    const asked = denied === undefined ? decisionIn(request, orderId) : { problem: denied };
    if ("problem" in asked) return refuse(asked.problem);
    const match = expectedVersionIn(request);
    if ("problem" in match) return refuse(match.problem);
    try {
        const look = async (ledger: Ledger) => await lookAt(ledger, match.expected);
        const changed = await change(ledgers, orderId, asked, correlationId, Date.now, look);
        if (changed === undefined) return refuse({ status: 404, detail: "no payment of this order is known (yet)" });
        if ("problem" in changed) return refuse(changed.problem);
        const { ledger, entry, order } = changed;
        invocation.info("Payment changed", { entry: entry?.id, kind: entry?.kind, status: entry?.status });
        const payment = shownPayment(ledger);
        const body = { orderId, ...(entry && { entry: shownEntry(entry, ledger.currency) }), payment };
        const etag = `"${shownVersion(order.version, { ledger, version: ledger.version })}"`;
        if (entry?.status !== "pending") return answer(200, correlationId, body, { etag });
        return answer(202, correlationId, body, { etag, location: request.rawPath.replace(/\/[^/]+$/, "") });
    } catch (error) {
        invocation.error("The payment could not be changed", { error });
        return problemAnswer(request, { status: 503, detail: "nothing was changed, try again", retryAfter: 5 });
    }

    function refuse(problem: Problem): HttpAnswer {
        invocation.info("Change of a payment refused", { ...problem });
        return problemAnswer(request, problem);
    }
}

/** What of the order is canceled, and whether it or its payment has changed since the client read it. */
async function lookAt(ledger: Ledger, expected: number | undefined): Promise<OrderNow> {
    const order = await orders.look(ledger);
    const version = shownVersion(order.version, { ledger, version: ledger.version });
    return expected === undefined || version === expected ? order : { ...order, refused: changedSince(version) };
}

function decisionIn(request: HttpRequest, orderId: string): Decide | Refused {
    if (request.routeKey.endsWith("/capture")) {
        return (ledger, at, { progress }) => decideCapture(ledger, at, progress);
    }
    const named = idempotencyKeyOf(request);
    if ("problem" in named) return named;
    const { key } = named;
    if (key === undefined) return { problem: { status: 400, detail: "the header Idempotency-Key is required" } };
    const refusal = "the body is no refund";
    const body = jsonBodyOf(request, { most: largestBody, refusal, isOptional: true });
    if ("problem" in body) return body;
    const { value } = body;
    if (!validateRefundRequest(value)) {
        const errors = validationErrorsOf(validateRefundRequest.errors, rules);
        return { problem: { status: 400, detail: refusal, errors } };
    }
    const id = `ref_${uuidOf(callerOf(request), orderId, key)}`;
    return (ledger, at) => decideRefund(ledger, value, { id, at });
}
