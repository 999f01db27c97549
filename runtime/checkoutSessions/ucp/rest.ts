import type { Context } from "aws-lambda";
import {
    answer,
    bodyOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    header,
    isJson,
    jsonIn,
} from "../../shared/http.ts";
import type { Log } from "../../shared/log.ts";
import { largestMessage } from "../../shared/message.ts";
import { isKeyUsable } from "../calls/commands.ts";
import { inTime } from "../calls/result.ts";
import type { SessionVersions } from "../session/versions.ts";
import type { Admission, Admitted, Refusal } from "./admission.ts";
import { callOf, type Serve, ucpAnswer } from "./calls.ts";
import { loggedOf, type Operation, operations } from "./operations.ts";
import type { Telling } from "./telling.ts";

/** What answers requests of HTTP. */
interface UcpApi {
    readonly admission: Pick<Admission, "admit" | "finish">;
    readonly versions: Pick<SessionVersions, "at" | "latest">;
    tellingOf(admitted: Admitted): Telling | undefined;
    serve: Serve;
    readonly log: Log;
}

/** An error of the protocol. */
interface Fault {
    readonly status: number;
    readonly code: string;
    readonly content: string;
    readonly headers?: Readonly<Record<string, string>>;
}

const prefix = "/ucp/{version}";

/** The answer to a request, also for errors; 503 if it takes too long. */
export async function restAnswer(api: UcpApi, request: HttpRequest, context: Context): Promise<HttpAnswer> {
    if (request.requestContext.http.method === "OPTIONS") return { statusCode: 204 };
    const operation = operationIn(request);
    if ("code" in operation) return told(request, operation);
    const invocation = api.log.forInvocation(context, {
        correlationId: correlationIdOf(request),
        ...loggedOf(operation, request.pathParameters?.["id"]),
    });
    return await inTime(context, answered(api, operation, request, { context, invocation }), () => {
        invocation.error("A request of UCP took too long", { route: request.routeKey });
        return told(request, unavailable);
    });
}

interface Invocation {
    readonly context: Context;
    readonly invocation: Log;
}

async function answered(
    api: UcpApi,
    operation: Operation,
    request: HttpRequest,
    called: Invocation,
): Promise<HttpAnswer> {
    const admitted = await api.admission.admit(request, called.invocation);
    if ("code" in admitted) return told(request, faultOf(admitted));
    return await api.admission.finish(await carriedOut(api, operation, request, { ...called, admitted }), admitted);
}

async function carriedOut(
    { tellingOf, serve, versions }: UcpApi,
    operation: Operation,
    request: HttpRequest,
    { context, admitted, invocation }: Invocation & { readonly admitted: Admitted },
): Promise<HttpAnswer> {
    const telling = tellingOf(admitted);
    if (telling === undefined || telling.version.name !== request.pathParameters?.["version"]) {
        return told(request, {
            status: 422,
            code: "version_unsupported",
            content: "the platform has another version than the path",
        });
    }
    const sent = sentIn(request, operation, admitted.ownKey);
    if ("code" in sent) return told(request, sent);
    const call = callOf(telling, correlationIdOf(request), invocation);
    const asked = { operation, id: request.pathParameters?.["id"], ...sent, call, telling, context };
    const { status, body, headers, isReplay } = await ucpAnswer(asked, serve, versions);
    return answer(status, correlationIdOf(request), body, {
        ...headersFor(request),
        ...headers,
        ...(isReplay && { "idempotent-replayed": "true" }),
    });
}

/** The operation of the request's route. The catch-all route has none. */
function operationIn({ routeKey, rawPath }: HttpRequest): Operation | Fault {
    const found = operations.find(({ route }) => route.replace(" ", ` ${prefix}`) === routeKey);
    if (found !== undefined) return found;
    const [, , path = ""] = /^(.*?\/ucp\/[^/]+)(\/.*)$/.exec(rawPath) ?? [];
    const allowed = operations.flatMap(({ route }) => {
        const [method = "", template = ""] = route.split(" ");
        return new RegExp(`^${template.replace("{id}", "[^/]+")}$`).test(path) ? [method] : [];
    });
    if (allowed.length === 0) return { status: 404, code: "not_found", content: "there is nothing at this path" };
    const headers = { allow: allowed.join(", ") };
    return { status: 405, code: "method_not_allowed", content: "the method is not allowed for this path", headers };
}

/** An absent body counts as `{}`. */
function sentIn(
    request: HttpRequest,
    { needsKey }: Operation,
    ownKey: string | undefined,
): { readonly key: string | undefined; readonly body: unknown } | Fault {
    const fault = (status: number, code: string, content: string) => ({ status, code, content });
    const key = header(request, "idempotency-key");
    if (key === undefined ? needsKey : !isKeyUsable(key)) {
        return fault(400, "idempotency_key_required", "the header Idempotency-Key must have 1 to 255 characters");
    }
    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        return fault(413, "request_too_large", `the body has ${bytes.length} bytes, more than ${largestMessage}`);
    }
    if (bytes.length > 0 && !isJson(request)) {
        return fault(415, "invalid_request", "the content type must be application/json");
    }
    const body = bytes.length === 0 ? {} : jsonIn(bytes);
    return body === undefined
        ? fault(400, "invalid_request", "the body is not JSON in UTF-8")
        : { key: key ?? ownKey, body };
}

const unavailable: Fault = {
    status: 503,
    code: "service_unavailable",
    content: "the request took too long: try again in a moment, with the same key",
    headers: { "retry-after": "5" },
};

const faultOf = ({ status, code, content, retryAfter }: Refusal): Fault => ({
    status,
    code,
    content,
    headers: {
        ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
        ...(status === 401 && { "www-authenticate": 'Bearer realm="ucp"' }),
    },
});

const told = (request: HttpRequest, { status, code, content, headers }: Fault): HttpAnswer =>
    answer(status, correlationIdOf(request), { code, content }, { ...headersFor(request), ...headers });

function headersFor(request: HttpRequest): Readonly<Record<string, string>> {
    const requestId = header(request, "request-id");
    return { "cache-control": "no-store", ...(requestId !== undefined && { "request-id": requestId }) };
}
