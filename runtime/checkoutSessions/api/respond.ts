import type { Context } from "aws-lambda";
import { UnprocessedKeysError } from "../../shared/batchGet.ts";
import { answer, correlationIdOf, type HttpAnswer, type HttpRequest, header } from "../../shared/http.ts";
import { type Log, log } from "../../shared/log.ts";
import { TransactionContendedError } from "../../shared/transact.ts";
import type { Call, Served } from "../domain/call.ts";
import { type CommandRefused, contended, failed, type Problem, unavailable } from "../domain/problem.ts";
import { present } from "../session/session.ts";
import type { SessionVersions } from "../session/versions.ts";
import { sessionIdIn } from "./parse.ts";

/** Answers a call with what serving it comes to, whatever happens. */
export async function respond(
    request: HttpRequest,
    call: Call,
    serving: Promise<Served>,
    versions: SessionVersions,
): Promise<HttpAnswer> {
    try {
        return await answerWith(request, await serving, call, versions);
    } catch (error) {
        if (error instanceof TransactionContendedError) {
            return refuse(request, { problem: contended("others are changing the session"), log: call.log });
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

/** Answers a call that is not served. */
export function refuse(request: HttpRequest, { problem, log }: CommandRefused & { readonly log: Log }): HttpAnswer {
    // Without the message, which may say more than a log should know.
    const { code, param } = problem.error;
    log.info("Checkout request refused", { status: problem.status, code, param });
    return refusal(request, problem);
}

/**
 * The share of the function's time that a call may take. The gateway waits as long as the function may run, and a cold
 * start counts for the gateway only: what is left is for that and for the answer, which else would be the gateway's own.
 */
const workingShare = 5 / 6;

/** The answer that is being made, or another one when that takes too long. */
export async function inTime(
    request: HttpRequest,
    context: Context,
    answering: Promise<HttpAnswer>,
): Promise<HttpAnswer> {
    const late = Promise.withResolvers<HttpAnswer>();
    const timer = setTimeout(
        () => late.resolve(tooLate(request, context)),
        context.getRemainingTimeInMillis() * workingShare,
    );
    try {
        return await Promise.race([answering, late.promise]);
    } finally {
        clearTimeout(timer);
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

async function answerWith(
    request: HttpRequest,
    served: Served,
    call: Call,
    versions: SessionVersions,
): Promise<HttpAnswer> {
    if ("problem" in served) return refuse(request, { problem: served.problem, log: call.log });
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
    const version = await versions.at(replay.sessionId, replay.version);
    if (version === undefined) throw new Error(`version ${replay.version} of ${replay.sessionId} is gone`);
    return answered(request, replay.status, present(version.session, new Date(version.timestamp)), headers);
}

/** The answer to a call, with the headers that the protocol asks for. */
function answered(
    request: HttpRequest,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
    const requestId = header(request, "request-id");
    const key = request.requestContext.http.method === "POST" ? header(request, "idempotency-key") : undefined;
    return answer(status, correlationIdOf(request), body, {
        "cache-control": "no-store",
        ...(requestId !== undefined && { "request-id": requestId }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...headers,
    });
}

const refusal = (request: HttpRequest, { status, error, headers }: Problem): HttpAnswer =>
    answered(request, status, error, headers);

/** Whether AWS is away and not we are wrong: what the SDK gives up on after its own retries. */
function isAway(error: unknown): boolean {
    if (error instanceof UnprocessedKeysError) return true;
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
