import type {
    APIGatewayRequestAuthorizerEventV2,
    APIGatewaySimpleAuthorizerWithContextResult,
    Context,
} from "aws-lambda";
import { allRoutes } from "../../spec/generated/scopes.ts";
import { apiKeyReaderOf } from "../shared/apiKeyReader.ts";
import type { Caller } from "../shared/apiKeys.ts";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { mayCall } from "../shared/scopes.ts";

export const env = environment("API_KEYS_SECRET", "PLAIN_KEY_SCOPES", "TENANTS_TABLE", "UNANSWERED_ROUTES");
const apiKeys = await apiKeyReaderOf(env);
/** Of a key that was made by the API, whose table's client is loaded for it: clients of the shop do without. */
async function tenantBy(key: string): Promise<Caller | undefined> {
    if (!key.startsWith("tenant_")) return undefined;
    const { tenantOfKey } = await import("./tenantKeys.lazy.ts");
    const tenant = await tenantOfKey(env.TENANTS_TABLE, key);
    return tenant && { callerId: tenant.tenantId, keyId: tenant.keyId, scopes: ["webhooks"] };
}

/** Routes without a callback that checks scopes: `POST /orders,GET /things`. */
const unanswered = env.UNANSWERED_ROUTES.split(",");

/** The secret with the API keys cannot be read. */
class ApiKeysUnavailableError extends Error {
    override readonly name = "ApiKeysUnavailableError";
}

type Decision = APIGatewaySimpleAuthorizerWithContextResult<{ callerId?: string; scopes?: string }>;

/**
 * Authorizer of the HTTP API (payload 2.0, simple response): authorizes requests with an active API key and passes the
 * client's scopes on. The callback of the route checks the scopes and answers with a problem (`scopeProblem` in
 * shared/http.ts).
 */
export async function handler(request: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
    const key = request.headers?.["x-api-key"];
    const caller = key === undefined ? undefined : ((await tenantBy(key)) ?? (await apiKeys.callerOf(key)));
    const invocation = log.forInvocation(context, { correlationId: request.requestContext.requestId });
    // Throws instead of denying: API Gateway would cache a denial for five minutes.
    if (caller === undefined && !apiKeys.isReadable) throw new ApiKeysUnavailableError("the API keys cannot be read");
    if (caller === undefined) {
        invocation.info("Access refused", { reason: key === undefined ? "no key" : "unknown key" });
        return { isAuthorized: false, context: {} };
    }
    const { callerId, keyId, scopes } = caller;
    const { routeKey } = request;
    if (unanswered.includes(routeKey) && !mayCall(scopes, allRoutes(), routeKey)) {
        invocation.info("Access refused", { reason: "no scope for the route", callerId, keyId, route: routeKey });
        return { isAuthorized: false, context: {} };
    }
    // Logged once per key, route and five minutes (API Gateway's cache): shows whether an old key is still in use.
    invocation.info("Access granted", { callerId, keyId, route: routeKey });
    return { isAuthorized: true, context: { callerId, scopes: scopes.join(" ") } };
}
