import type { Context } from "aws-lambda";
import { ItemsWithheld } from "../../shared/batchGet.ts";
import { correlationIdOf, type HttpAnswer, type HttpRequest } from "../../shared/http.ts";
import type { Keyring } from "../../shared/keyring.ts";
import { type Log, log } from "../../shared/log.ts";
import { TransactionContended } from "../../shared/transact.ts";
import { contended, failed, type Problem, unavailable } from "../domain/problem.ts";
import type { Session } from "../domain/protocol.ts";
import type { KeptAnswer } from "../session/requests.ts";
import { present } from "../session/session.ts";
import type { SessionStore } from "../session/store.ts";
import { admit, answered, type Call, refusal, sessionIdIn } from "./call.ts";

/** What a call is answered with. */
export type Served =
    | { readonly problem: Problem }
    | { readonly status: number; readonly session: Session }
    | { readonly status: number; readonly body: object }
    /** An answer that was given before. */
    | { readonly replay: KeptAnswer };

/**
 * The share of the function's time that a call may take. The gateway waits as long as the function may run, and a cold
 * start counts for the gateway only: what is left is for that and for the answer, which else would be the gateway's own.
 */
const workingShare = 5 / 6;

/** The handler of a route of the checkout API: admits the call, runs it, and answers whatever happens, in time. */
export function serving(
    { keyring, store }: { readonly keyring: Keyring; readonly store: SessionStore },
    serve: (request: HttpRequest, call: Call, context: Context) => Promise<Served>,
) {
    return async (request: HttpRequest, context: Context): Promise<HttpAnswer> => {
        // An HTTP API hands preflights to a route of every method, and adds the headers of CORS to the answer.
        if (request.requestContext.http.method === "OPTIONS") return { statusCode: 204 };
        const late = Promise.withResolvers<HttpAnswer>();
        const timer = setTimeout(
            () => late.resolve(tooLate(request, context)),
            context.getRemainingTimeInMillis() * workingShare,
        );
        try {
            return await Promise.race([answerTo(request, context), late.promise]);
        } finally {
            clearTimeout(timer);
        }
    };

    async function answerTo(request: HttpRequest, context: Context): Promise<HttpAnswer> {
        const call = await admit(request, context, keyring);
        if ("problem" in call) {
            const fields = { correlationId: correlationIdOf(request), sessionId: sessionIdIn(request) };
            return refused(request, call.problem, log.forInvocation(context, fields));
        }
        try {
            return await answerWith(request, await serve(request, call, context), call, store);
        } catch (error) {
            if (error instanceof TransactionContended) {
                return refused(request, contended("others are changing the session"), call.log);
            }
            call.log.error("A checkout request could not be served", { error, route: request.routeKey });
            return refusal(
                request,
                isAway(error)
                    ? unavailable("try again in a moment")
                    : failed(request.routeKey === "POST /checkout_sessions"),
            );
        }
    }
}

/**
 * What a call is answered with that is still under way. What it has begun it may yet finish, under its own lease; the same
 * key again waits for that, finishes it, or gets its answer.
 */
function tooLate(request: HttpRequest, context: Context): HttpAnswer {
    const fields = { correlationId: correlationIdOf(request), sessionId: sessionIdIn(request) };
    log.forInvocation(context, fields).error("A checkout request took too long", { route: request.routeKey });
    return refusal(request, unavailable("this takes too long: try again in a moment, with the same key"));
}

async function answerWith(request: HttpRequest, served: Served, call: Call, store: SessionStore): Promise<HttpAnswer> {
    if ("problem" in served) return refused(request, served.problem, call.log);
    if ("body" in served) {
        call.log.info("Checkout request answered", { status: served.status, route: request.routeKey });
        return answered(request, served.status, served.body);
    }
    if ("session" in served) {
        return answered(request, served.status, present(served.session, new Date()));
    }
    const { replay } = served;
    call.log.info("Answered again", { status: replay.status });
    const headers = { "idempotent-replayed": "true" };
    if ("body" in replay) {
        const { error, headers: own }: Pick<Problem, "error" | "headers"> = JSON.parse(replay.body);
        return answered(request, replay.status, error, { ...own, ...headers });
    }
    const version = await store.versions.at(replay.sessionId, replay.version);
    if (version === undefined) throw new Error(`version ${replay.version} of ${replay.sessionId} is gone`);
    return answered(request, replay.status, present(version.session, new Date(version.timestamp)), headers);
}

/** Without the message, which may say more than a log should know. */
function refused(request: HttpRequest, problem: Problem, log: Log): HttpAnswer {
    const { code, param } = problem.error;
    log.info("Checkout request refused", { status: problem.status, code, param });
    return refusal(request, problem);
}

/** Whether AWS is away and not we are wrong: what the SDK gives up on after its own retries. */
function isAway(error: unknown): boolean {
    if (error instanceof ItemsWithheld) return true;
    if (!(error instanceof Error)) return false;
    const { $metadata: { httpStatusCode } = {}, $retryable, code, name } = error as ServiceFault;
    const isPassing =
        $retryable !== undefined || throttles.has(name) || (code !== undefined && networkFaults.has(code));
    return (httpStatusCode ?? 0) >= 500 || isPassing;
}

/** What the SDK's errors carry, as far as it is of interest here. */
interface ServiceFault extends Error {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: object;
    readonly code?: string;
}

// DynamoDB answers these with 400, and the SDK does not mark them.
const throttles = new Set([
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "TransactionInProgressException",
]);
const networkFaults = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EAI_AGAIN"]);
