import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type {
    APIGatewayRequestAuthorizerEventV2,
    APIGatewaySimpleAuthorizerWithContextResult,
    Context,
} from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { Keyring } from "./keyring.ts";

export const env = environment("API_KEYS_SECRET");
const secrets = new SecretsManagerClient({});
const keyring = new Keyring(readSecret, (error) => log.error("The API keys cannot be read: nobody gets in", { error }));
await keyring.refresh();

type Decision = APIGatewaySimpleAuthorizerWithContextResult<{ callerId?: string }>;

/** Authorizer of the HTTP API (payload 2.0, simple response): lets in who has an active API key. */
export async function handler(request: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
    const key = keyIn(request.headers ?? {});
    const callerId = key === undefined ? undefined : await keyring.callerOf(key);
    const invocation = log.forInvocation(context, { correlationId: request.requestContext.requestId });
    if (callerId === undefined) {
        invocation.info("Access refused", { reason: key === undefined ? "no key" : "unknown key" });
        return { isAuthorized: false, context: {} };
    }
    invocation.debug("Access granted", { callerId });
    return { isAuthorized: true, context: { callerId } };
}

function keyIn(headers: Readonly<Record<string, string | undefined>>): string | undefined {
    return headers["x-api-key"] ?? /^Bearer +(\S+)$/i.exec(headers["authorization"] ?? "")?.[1];
}

async function readSecret(): Promise<string> {
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: env.API_KEYS_SECRET }));
    return SecretString;
}
