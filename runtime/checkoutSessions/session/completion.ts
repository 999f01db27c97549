import type { Context } from "aws-lambda";
import type { Fields, Log } from "../../shared/log.ts";
import { business } from "../../shared/metrics.ts";
import type { CompleteCommand, Holder, Served } from "../domain/call.ts";
import { inFlight, misrequested, unavailable } from "../domain/problem.ts";
import {
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentRequestRefusedError,
    PaymentUnavailableError,
} from "../payment/payment.ts";
import { asideOf } from "./aside.ts";
import { begunOf, decideOutcome, decideRefusal } from "./charge.ts";
import { type Checkout, commit } from "./commit.ts";
import { type CompletionStore, LeaseLostError } from "./completionStore.ts";
import type { Begun } from "./requests.ts";
import { evolve, type SessionEvent, type State } from "./session.ts";

const minuteMs = 60_000;
/** Providers store idempotency keys for at least a day; later the same key could charge again. */
const namesKeptMs = 23 * 60 * minuteMs;
/** A request that the provider refuses is made again after a rest, by the client's next try or by `settle`. */
const restMs = minuteMs;
/** How long it is tried; after a try of unknown result until the provider would find a charge (`settle` tries 3 hours). */
const refusedForMs = { uncharged: 10 * minuteMs, unknown: 120 * minuteMs };

interface CompletionContext extends Pick<Checkout, "store" | "merchant" | "now"> {
    readonly completions: CompletionStore;
    readonly provider: PaymentProvider;
}

/** A lease until the end of this invocation. */
export function holderOf(context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">): Holder {
    return { holder: context.awsRequestId, until: Date.now() + context.getRemainingTimeInMillis() + 1000 };
}

/**
 * Completes a session: first writes the version `completion_begun` and the request's record, so that no other request
 * begins a completion and a retry can finish this one. Then charges, and writes the final version with the response.
 */
export async function completeSession(till: CompletionContext & Checkout, command: CompleteCommand): Promise<Served> {
    const committed = await commit(till, command, (state, cause, { scope, body, holder, handsOver }) =>
        cause.reason === "completion_begun"
            ? till.completions.begin(state, cause, scope, begunOf(state, body, till.merchant, handsOver), holder)
            : till.store.commit(state, cause, scope, 200),
    );
    if ("unfinished" in committed) {
        const begun = await till.store.requests.takeOver(command.scope.recordId, command.holder);
        if (begun === undefined) return { problem: inFlight() };
        return await ended(till, command, begun, !begun.isUncharged);
    }
    if (!("state" in committed)) return committed;
    const { state, reason } = committed;
    if (reason !== "completion_begun") return { status: 200, session: state.session, ...asideOf(state) };
    return await ended(till, command, begunOf(state, command.body, till.merchant, command.handsOver), false);
}

/** Finishes the completion and maps its errors to problems. */
async function ended(
    till: CompletionContext,
    command: CompleteCommand,
    begun: Begun,
    isResumed: boolean,
): Promise<Served> {
    const { scope, correlationId: requestId, log } = command;
    const { holder } = command.holder;
    try {
        const lease = { recordId: scope.recordId, holder, isResumed, requestId, log };
        const state = await finish(begun, lease, till);
        return { status: 200, session: state.session, ...asideOf(state) };
    } catch (error) {
        if (error instanceof LeaseLostError) return { problem: inFlight() };
        if (error instanceof PaymentUnavailableError) {
            return { problem: unavailable("payment provider unavailable, nothing was charged: try again") };
        }
        if (error instanceof PaymentRequestRefusedError) return { problem: misrequested(restMs / 1000) };
        if (error instanceof PaymentOutcomeUnknownError) {
            const message = "no response from the payment provider: try again with the same key, which charges once";
            return { problem: unavailable(message) };
        }
        throw error;
    }
}

/** The lease on the request's record. */
interface CompletionLease {
    readonly recordId: string;
    readonly holder: string;
    /** Taken over from an earlier invocation, which may have charged. */
    readonly isResumed: boolean;
    readonly requestId: string;
    readonly log: Log;
}

/**
 * Finishes a begun completion: charges with the id of the version that began it as idempotency key, and writes the result
 * with the response. The holder of the lease may repeat this: the provider charges once for each key, and the final
 * version is written once.
 *
 * Throws PaymentUnavailableError: a new completion is possible. PaymentRequestRefusedError: it must be finished again after
 * a rest. PaymentOutcomeUnknownError: it must be finished again; also for a resumed completion with an unavailable
 * provider, which may have charged before. LeaseLostError: another invocation finished it.
 */
export async function finish(
    { sessionId, version, charge }: Begun,
    { recordId, holder, isResumed, requestId, log }: CompletionLease,
    { store, completions, provider, merchant, now }: CompletionContext,
): Promise<State> {
    const state = await store.versions.latest(sessionId);
    if (state?.version !== version) throw new LeaseLostError(`the completion of ${sessionId} has ended already`);
    const hold = state.hidden.completion;
    const begunAt = Date.parse(state.session.updated_at ?? "");
    if (isResumed && now() - begunAt > namesKeptMs) {
        await store.requests.release(recordId, holder);
        throw new PaymentOutcomeUnknownError(
            `the idempotency key ${sessionId}:${version} may have expired: look the charge up at the provider`,
        );
    }

    let event: SessionEvent;
    let reason: string | undefined;
    try {
        const outcome = await pay();
        event = decideOutcome(state, outcome, merchant, new Date(now()));
        reason = outcome.status === "declined" ? outcome.reason : undefined;
    } catch (error) {
        const unanswered = business({ SessionsCompleted: 0, PaymentsDeclined: 0, PaymentsUnanswered: 1 });
        if (error instanceof PaymentRequestRefusedError) {
            const refused = { sessionId, error, ...business({ PaymentRequestsRefused: 1 }) };
            log.error("The payment provider refused the request", refused);
            if (now() - begunAt < (isResumed ? refusedForMs.unknown : refusedForMs.uncharged)) {
                await store.requests.rest(recordId, holder, now() + restMs, !isResumed);
                throw error;
            }
            event = decideRefusal(new Date(now()));
        } else if (error instanceof PaymentUnavailableError && !isResumed) {
            log.error("The payment provider charged nothing", { sessionId, error, ...unanswered });
            const next = after({ reason: "completion_abandoned", at: new Date(now()).toISOString() });
            await completions.abandon(next, { reason: "completion_abandoned", requestId }, recordId, holder, hold);
            throw error;
        } else {
            log.error("The result of the payment is unknown", { sessionId, error, ...unanswered });
            await store.requests.release(recordId, holder);
            if (error instanceof PaymentUnavailableError) {
                throw new PaymentOutcomeUnknownError("payment provider unavailable, an earlier try may have charged", {
                    cause: error,
                });
            }
            throw error;
        }
    }
    const next = after(event);
    const returned = event.reason === "completed" ? undefined : hold;
    try {
        await completions.finish(next, { reason: event.reason, requestId }, recordId, holder, returned);
    } catch (error) {
        // So that the next try need not wait for the end of the lease.
        await store.requests.release(recordId, holder);
        throw error;
    }
    const ended = { sessionId, version: next.version, reason, ...countOf(event) };
    log.info(`Completion ended: ${event.reason}`, ended);
    return next;

    /** Providers do not accept an amount of 0. */
    async function pay(): Promise<PaymentOutcome> {
        if (charge.amount === 0) return { status: "succeeded", paymentId: "none" };
        return await provider.charge({ ...charge, key: `${sessionId}:${version}`, isResumed });
    }

    function after(event: SessionEvent): State {
        return evolve(state, event, merchant);
    }
}

/** A required authentication is neither a payment nor a decline. */
function countOf({ reason }: SessionEvent): Fields {
    if (reason !== "completed" && reason !== "payment_declined") return {};
    const isPaid = Number(reason === "completed");
    return business({ SessionsCompleted: isPaid, PaymentsDeclined: 1 - isPaid, PaymentsUnanswered: 0 });
}
