import type { Context } from "aws-lambda";
import type { Fields, Log } from "../../shared/log.ts";
import { business } from "../../shared/metrics.ts";
import type { Post } from "../api/call.ts";
import type { Served } from "../api/served.ts";
import { inFlight, noSuchSession, unavailable } from "../domain/problem.ts";
import type { CompleteRequest } from "../domain/protocol.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknown,
    type PaymentProvider,
    PaymentUnavailable,
} from "../payment/payment.ts";
import { totalIn } from "../pricing/totals.ts";
import { decideCompletion, decideOutcome } from "./decide.ts";
import { orderIdOf } from "./order.ts";
import type { Begun, Holder } from "./requests.ts";
import { evolve, type SessionEvent, type State } from "./session.ts";
import { marketOf, ownSession, type Shop } from "./sessions.ts";
import { LeaseLost } from "./store.ts";
import { type Step, transition } from "./transition.ts";

/** Providers know a charge by its name for a day at least: after that the same name could charge again. */
const namesKeptMs = 23 * 60 * 60 * 1000;

/** What finishing a completion works with. */
export type Till = Pick<Shop, "store" | "merchant" | "now"> & { readonly provider: PaymentProvider };

/** A lease that holds until this invocation has certainly ended. */
export function holderOf(context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">): Holder {
    return { holder: context.awsRequestId, until: Date.now() + context.getRemainingTimeInMillis() + 1000 };
}

/**
 * Completes a session: the version that begins it and the reservation of the key are written first, so that nobody else
 * begins and a retry finds what there is to finish. Then it is charged, and the end is written with the answer.
 */
export async function completeSession(
    till: Till & Shop,
    sessionId: string,
    post: Post<CompleteRequest>,
    holder: Holder,
): Promise<Served> {
    const { scope, body, correlationId: requestId } = post;
    const done = await transition(post, { decide, write }, till);
    if ("unfinished" in done) {
        const begun = await till.store.requests.takeOver(scope.recordId, holder);
        return begun === undefined ? { problem: inFlight(1) } : await answered(begun, true);
    }
    if (!("state" in done)) return done;
    if (done.event.reason !== "completion_begun") return { status: 200, session: done.state.session };
    return await answered(begunOf(done.state, body), false);

    async function decide(): ReturnType<Step["decide"]> {
        const before = await ownSession(till, sessionId, post);
        if (before === undefined) return { decision: { problem: noSuchSession() } };
        return { before, decision: decideCompletion(before, body, scope.recordId, await marketOf(till, before)) };
    }

    function write(next: State, { reason }: SessionEvent): ReturnType<Step["write"]> {
        const cause = { reason, requestId };
        if (reason !== "completion_begun") return till.store.commit(next, cause, scope, 200);
        return till.store.begin(next, cause, scope, begunOf(next, body), holder);
    }

    async function answered(begun: Begun, isResumed: boolean): Promise<Served> {
        try {
            const hold = { recordId: scope.recordId, holder: holder.holder, isResumed, requestId, log: post.log };
            const { session } = await finish(begun, hold, till);
            return { status: 200, session };
        } catch (error) {
            if (error instanceof LeaseLost) return { problem: inFlight(1) };
            if (error instanceof PaymentUnavailable) {
                return { problem: unavailable("the payment provider is away, nothing was charged: try again") };
            }
            if (error instanceof PaymentOutcomeUnknown) {
                const message = "the payment provider has not answered: try again with the same key, it charges once";
                return { problem: unavailable(message) };
            }
            throw error;
        }
    }
}

/** What finishing the completion takes, also for somebody else and later. */
function begunOf({ session, version }: State, { payment_data: payment, ...request }: CompleteRequest): Begun {
    const { authentication_result: authentication } = request;
    const charge: Omit<Charge, "key" | "isResumed"> = {
        sessionId: session.id,
        orderId: orderIdOf(session.id),
        amount: totalIn(session.totals),
        currency: session.currency,
        token: payment.instrument?.credential.token ?? "",
        ...(authentication && { authentication }),
    };
    return { sessionId: session.id, version, charge };
}

/** Who finishes a completion: the holder of the lease of a request's record. */
export interface Hold {
    readonly recordId: string;
    readonly holder: string;
    /** Whether it was taken over: nobody knows how far the one before came. */
    readonly isResumed: boolean;
    readonly requestId: string;
    readonly log: Log;
}

/**
 * Finishes a completion that has begun: charges under the name of the version that began it, and writes what came of
 * it together with the answer to the request. Whoever holds the lease may do it, as often as it takes: the provider
 * charges once for each name, and the version that ends the completion can be written once.
 *
 * Throws PaymentUnavailable, after which the session can be completed anew; PaymentOutcomeUnknown, after which only
 * finishing it again helps (also for a provider that is away when a completion is resumed: it may have charged before);
 * LeaseLost when somebody else did.
 */
export async function finish(
    { sessionId, version, charge }: Begun,
    { recordId, holder, isResumed, requestId, log }: Hold,
    { store, provider, merchant, now }: Till,
): Promise<State> {
    const state = await store.versions.latest(sessionId);
    if (state?.version !== version) throw new LeaseLost(`the completion of ${sessionId} has ended already`);
    const redeems = state.hidden.completion?.redeems ?? [];
    const begunAt = Date.parse(state.session.updated_at ?? "");
    if (isResumed && now() - begunAt > namesKeptMs) {
        await store.requests.release(recordId, holder);
        throw new PaymentOutcomeUnknown(
            `the provider may have forgotten the charge ${sessionId}:${version}: look it up`,
        );
    }

    let outcome: PaymentOutcome;
    try {
        outcome = await pay();
    } catch (error) {
        const unanswered = business({ SessionsCompleted: 0, PaymentsDeclined: 0, PaymentsUnanswered: 1 });
        if (error instanceof PaymentUnavailable && !isResumed) {
            log.error("The payment provider charged nothing", { sessionId, error, ...unanswered });
            const next = after({ reason: "completion_abandoned", at: new Date(now()).toISOString() });
            await store.abandon(next, { reason: "completion_abandoned", requestId }, recordId, holder, redeems);
        } else {
            log.error("Nobody knows whether the payment was charged", { sessionId, error, ...unanswered });
            await store.requests.release(recordId, holder);
            if (error instanceof PaymentUnavailable) {
                throw new PaymentOutcomeUnknown("the provider is away and may have charged before", { cause: error });
            }
        }
        throw error;
    }
    const event = decideOutcome(state, outcome, merchant, new Date(now()));
    const next = after(event);
    const isPaid = event.reason === "completed";
    await store.finish(next, { reason: event.reason, requestId }, recordId, holder, isPaid ? [] : redeems);
    const reason = outcome.status === "declined" ? outcome.reason : undefined;
    const ended = { sessionId, version: next.version, reason, ...countOf(event) };
    log.info(`Completion ended: ${event.reason}`, ended);
    return next;

    /** A purchase that costs nothing needs no provider, and none would take it. */
    async function pay(): Promise<PaymentOutcome> {
        if (charge.amount === 0) return { status: "succeeded", paymentId: "none" };
        return await provider.charge({ ...charge, key: `${sessionId}:${version}`, isResumed });
    }

    function after(event: SessionEvent): State {
        return evolve(state, event, merchant);
    }
}

/** A buyer who must prove who they are has neither paid nor been declined. */
function countOf({ reason }: SessionEvent): Fields {
    if (reason !== "completed" && reason !== "payment_declined") return {};
    const isPaid = Number(reason === "completed");
    return business({ SessionsCompleted: isPaid, PaymentsDeclined: 1 - isPaid, PaymentsUnanswered: 0 });
}
