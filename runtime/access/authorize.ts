import type {
    APIGatewayRequestAuthorizerEventV2,
    APIGatewaySimpleAuthorizerWithContextResult,
    Context,
} from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { keyringOf } from "../shared/keyring.ts";
import { log } from "../shared/log.ts";

export const env = environment("API_KEYS_SECRET");
const keyring = await keyringOf(env.API_KEYS_SECRET);

/** Who is who cannot be told at the moment. */
class KeysUnknown extends Error {
    override readonly name = "KeysUnknown";
}

type Decision = APIGatewaySimpleAuthorizerWithContextResult<{ callerId?: string }>;

/** Authorizer of the HTTP API (payload 2.0, simple response): lets in who has an active API key. */
export async function handler(request: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
    const key = request.headers?.["x-api-key"];
    const callerId = key === undefined ? undefined : (await keyring.callerOf(key))?.callerId;
    const invocation = log.forInvocation(context, { correlationId: request.requestContext.requestId });
    // No answer: API Gateway would keep a refusal for five minutes.
    if (callerId === undefined && !keyring.isReadable) throw new KeysUnknown("the API keys cannot be read");
    if (callerId === undefined) {
        invocation.info("Access refused", { reason: key === undefined ? "no key" : "unknown key" });
        return { isAuthorized: false, context: {} };
    }
    invocation.debug("Access granted", { callerId });
    return { isAuthorized: true, context: { callerId } };
}
