import type { Context } from "aws-lambda";
import { UnprocessedKeysError } from "../../shared/batchGet.ts";
import { answer, correlationIdOf, type HttpAnswer, type HttpRequest, header } from "../../shared/http.ts";
import { type Log, log } from "../../shared/log.ts";
import { TransactionContendedError } from "../../shared/transact.ts";
import type { Call, Served } from "../domain/call.ts";
import { busy, type CommandRefused, contended, failed, type Problem, unavailable } from "../domain/problem.ts";
import { HoldContendedError } from "../session/completionStore.ts";
import { present } from "../session/session.ts";
import type { SessionVersions } from "../session/versions.ts";
import { sessionIdIn } from "./parse.ts";

/** Creates the response of a call, also for errors. */
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
            return refuse(request, { problem: contended("other requests are changing the session"), log: call.log });
        }
        if (error instanceof HoldContendedError) {
            call.log.warn("Completions compete for the same stock", { error });
            return refuse(request, { problem: busy(), log: call.log });
        }
        call.log.error("A checkout request could not be processed", { error, route: request.routeKey });
        return refusal(
            request,
            isAway(error)
                ? unavailable("try again in a moment")
                : failed(request.routeKey === "POST /checkout_sessions"),
        );
    }
}

export function refuse(request: HttpRequest, { problem, log }: CommandRefused & { readonly log: Log }): HttpAnswer {
    // Without the message, which may contain personal data.
    const { code, param } = problem.error;
    log.info("Checkout request refused", { status: problem.status, code, param });
    return refusal(request, problem);
}

/**
 * The share of the function's timeout for a call. API Gateway has the same timeout, which includes a cold start: the rest
 * is for that and for the response; otherwise API Gateway would answer itself.
 */
const workingShare = 5 / 6;

/** The response, or 503 if it takes too long. */
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
 * The call goes on under its lease; a request with the same key waits for it, finishes it or gets its response.
 */
function tooLate(request: HttpRequest, context: Context): HttpAnswer {
    const fields = { correlationId: correlationIdOf(request), sessionId: sessionIdIn(request) };
    log.forInvocation(context, fields).error("A checkout request took too long", { route: request.routeKey });
    return refusal(request, unavailable("the request took too long: try again in a moment, with the same key"));
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

/** The response with the protocol's headers. */
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

/** Whether AWS is unavailable, after the SDK's retries. */
function isAway(error: unknown): boolean {
    if (error instanceof UnprocessedKeysError) return true;
    if (!(error instanceof Error)) return false;
    const { $metadata: { httpStatusCode } = {}, $retryable, code, name } = error as ServiceFault;
    const isPassing =
        $retryable !== undefined || throttles.has(name) || (code !== undefined && networkFaults.has(code));
    return (httpStatusCode ?? 0) >= 500 || isPassing;
}

/** Members of the SDK's errors. */
interface ServiceFault extends Error {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: object;
    readonly code?: string;
}

// DynamoDB's status is 400, and the SDK does not mark them as throttling.
const throttles = new Set([
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "TransactionInProgressException",
]);
const networkFaults = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EAI_AGAIN"]);
