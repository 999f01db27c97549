import type { Context } from "aws-lambda";
import type { Fields, Log } from "../../shared/log.ts";
import { business } from "../../shared/metrics.ts";
import type { CompleteCommand, Holder, Served } from "../domain/call.ts";
import { inFlight, unavailable } from "../domain/problem.ts";
import {
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentUnavailableError,
} from "../payment/payment.ts";
import { commit, type Shop } from "./commit.ts";
import { begunOf, decideOutcome } from "./decide.ts";
import type { Begun } from "./requests.ts";
import { evolve, type SessionEvent, type State } from "./session.ts";
import { LeaseLostError } from "./store.ts";

/** Providers know a charge by its name for a day at least: after that the same name could charge again. */
const namesKeptMs = 23 * 60 * 60 * 1000;

/** What finishing a completion works with. */
type CompletionContext = Pick<Shop, "store" | "merchant" | "now"> & { readonly provider: PaymentProvider };

/** A lease that holds until this invocation has certainly ended. */
export function holderOf(context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">): Holder {
    return { holder: context.awsRequestId, until: Date.now() + context.getRemainingTimeInMillis() + 1000 };
}

/**
 * Completes a session: the version that begins it and the reservation of the key are written first, so that nobody else
 * begins and a retry finds what there is to finish. Then it is charged, and the end is written with the answer.
 */
export async function completeSession(till: CompletionContext & Shop, command: CompleteCommand): Promise<Served> {
    const committed = await commit(till, command);
    if ("unfinished" in committed) {
        const begun = await till.store.requests.takeOver(command.scope.recordId, command.holder);
        return begun === undefined ? { problem: inFlight(1) } : await ended(till, command, begun, true);
    }
    if (!("state" in committed)) return committed;
    const { state, reason } = committed;
    if (reason !== "completion_begun") return { status: 200, session: state.session };
    return await ended(till, command, begunOf(state, command.body), false);
}

/** The session after its completion, or why that has not ended. */
async function ended(
    till: CompletionContext,
    command: CompleteCommand,
    begun: Begun,
    isResumed: boolean,
): Promise<Served> {
    const { scope, correlationId: requestId, log } = command;
    const { holder } = command.holder;
    try {
        const { session } = await finish(begun, { recordId: scope.recordId, holder, isResumed, requestId, log }, till);
        return { status: 200, session };
    } catch (error) {
        if (error instanceof LeaseLostError) return { problem: inFlight(1) };
        if (error instanceof PaymentUnavailableError) {
            return { problem: unavailable("the payment provider is away, nothing was charged: try again") };
        }
        if (error instanceof PaymentOutcomeUnknownError) {
            const message = "the payment provider has not answered: try again with the same key, it charges once";
            return { problem: unavailable(message) };
        }
        throw error;
    }
}

/** Who finishes a completion: the holder of the lease of a request's record. */
interface CompletionLease {
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
 * Throws PaymentUnavailableError, after which the session can be completed anew; PaymentOutcomeUnknownError, after which only
 * finishing it again helps (also for a provider that is away when a completion is resumed: it may have charged before);
 * LeaseLostError when somebody else did.
 */
export async function finish(
    { sessionId, version, charge }: Begun,
    { recordId, holder, isResumed, requestId, log }: CompletionLease,
    { store, provider, merchant, now }: CompletionContext,
): Promise<State> {
    const state = await store.versions.latest(sessionId);
    if (state?.version !== version) throw new LeaseLostError(`the completion of ${sessionId} has ended already`);
    const redeems = state.hidden.completion?.redeems ?? [];
    const begunAt = Date.parse(state.session.updated_at ?? "");
    if (isResumed && now() - begunAt > namesKeptMs) {
        await store.requests.release(recordId, holder);
        throw new PaymentOutcomeUnknownError(
            `the provider may have forgotten the charge ${sessionId}:${version}: look it up`,
        );
    }

    let outcome: PaymentOutcome;
    try {
        outcome = await pay();
    } catch (error) {
        const unanswered = business({ SessionsCompleted: 0, PaymentsDeclined: 0, PaymentsUnanswered: 1 });
        if (error instanceof PaymentUnavailableError && !isResumed) {
            log.error("The payment provider charged nothing", { sessionId, error, ...unanswered });
            const next = after({ reason: "completion_abandoned", at: new Date(now()).toISOString() });
            await store.abandon(next, { reason: "completion_abandoned", requestId }, recordId, holder, redeems);
        } else {
            log.error("Nobody knows whether the payment was charged", { sessionId, error, ...unanswered });
            await store.requests.release(recordId, holder);
            if (error instanceof PaymentUnavailableError) {
                throw new PaymentOutcomeUnknownError("the provider is away and may have charged before", {
                    cause: error,
                });
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
