import type { Context } from "aws-lambda";
import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import { answer, correlationIdOf, type HttpAnswer, type HttpRequest, header } from "../../shared/http.ts";
import { type Log, log } from "../../shared/log.ts";
import { fieldsOf, inTime, type Resulted, resultOf } from "../calls/result.ts";
import type { Call, Served } from "../domain/call.ts";
import type { Dialect, Dialects } from "../domain/dialect.ts";
import { type Problem, unavailable, versionProblem } from "../domain/problem.ts";
import type { SessionVersions } from "../session/versions.ts";
import { authenticate } from "./authenticate.ts";
import { pathIdIn } from "./request.ts";

/** What answers requests of HTTP. */
interface RestApi {
    readonly apiKeys: ApiKeyReader;
    /** By the header `API-Version`. */
    readonly dialects: Dialects;
    readonly versions: Pick<SessionVersions, "at">;
    /** Carries a call out. */
    serve(asked: Asked): Promise<Served>;
}

/** A request whose client and dialect are known. */
export interface Asked {
    readonly request: HttpRequest;
    readonly context: Context;
    readonly call: Call;
    readonly dialect: Dialect;
}

/** The answer to a request, also for errors; 503 if it takes too long. */
export async function answerTo(api: RestApi, request: HttpRequest, context: Context): Promise<HttpAnswer> {
    // An HTTP API passes preflights to an ANY route, and adds the CORS headers.
    if (request.requestContext.http.method === "OPTIONS") return { statusCode: 204 };
    return await inTime(context, answered(api, request, context), () => tooLate(api, request, context));
}

async function answered(api: RestApi, request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const { apiKeys, dialects, versions } = api;
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId, sessionId: pathIdIn(request) });
    const caller = await authenticate(request, apiKeys);
    if ("problem" in caller) return refusal(request, dialects, caller.problem, invocation);
    const version = header(request, "api-version");
    const dialect = version === undefined ? undefined : await dialects.named(version);
    if (dialect === undefined) {
        const problem = versionProblem(version, dialects.versions.toReversed(), "the header API-Version");
        return refusal(request, dialects, problem, invocation);
    }
    const { callerId, keyId, scopes } = caller;
    const call: Call = {
        callerId,
        isMerchant: scopes.includes("merchant"),
        correlationId,
        version: dialect.version,
        log: invocation.with({ callerId, keyId }),
    };
    const serving = api.serve({ request, context, call, dialect });
    return told(request, dialect, await resultOf(call, request.routeKey, serving, versions));
}

function refusal(request: HttpRequest, { newest }: Dialects, problem: Problem, to: Log): HttpAnswer {
    to.info("Checkout request refused", fieldsOf(problem));
    return told(request, newest, { result: { problem }, isReplay: false });
}

/**
 * The call goes on under its lease; a request with the same key waits for it, finishes it or gets its response.
 */
function tooLate({ dialects: { newest } }: RestApi, request: HttpRequest, context: Context): HttpAnswer {
    const fields = { correlationId: correlationIdOf(request), sessionId: pathIdIn(request) };
    log.forInvocation(context, fields).error("A checkout request took too long", { route: request.routeKey });
    const problem = unavailable("the request took too long: try again in a moment, with the same key");
    return told(request, newest, { result: { problem }, isReplay: false });
}

/** The response in the client's dialect, with the protocol's headers. */
function told(request: HttpRequest, dialect: Dialect, { result, isReplay }: Resulted): HttpAnswer {
    const { status, body, headers } = dialect.down(result);
    const requestId = header(request, "request-id");
    const key = request.requestContext.http.method === "POST" ? header(request, "idempotency-key") : undefined;
    return answer(status, correlationIdOf(request), body, {
        "cache-control": "no-store",
        ...(requestId !== undefined && { "request-id": requestId }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...headers,
        ...(isReplay && { "idempotent-replayed": "true" }),
    });
}
