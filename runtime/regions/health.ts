import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { answer, correlationIdOf, type HttpAnswer, type HttpRequest, problemAnswer } from "../shared/http.ts";
import { log } from "../shared/log.ts";

export const env = environment("ORDERS_TABLE", "API_KEYS_SECRET");

/** Milliseconds. Route 53 waits two seconds for an answer ("How Route 53 determines whether a health check is healthy"). */
const patience = 1500;
/** Milliseconds for which a result is reused: the route is public, and every read costs. */
const lifetime = 5000;

const secrets = new SecretsManagerClient({});
let latest: { readonly at: number; readonly outcome: Promise<unknown> } | undefined;

/** GET /health: reads a table and a secret, on which every other function of this region depends. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    if (latest === undefined || Date.now() - latest.at >= lifetime) latest = { at: Date.now(), outcome: read() };
    const error = await latest.outcome;
    if (error === undefined) return answer(200, correlationId, { status: "healthy" }, { "cache-control": "no-store" });
    log.forInvocation(context, { correlationId }).error("The region cannot read its tables or its secrets", { error });
    return problemAnswer(request, {
        status: 503,
        detail: "this region cannot read its tables or its secrets",
        retryAfter: 30,
    });
}

/** The error of a failed read; undefined if all succeed. */
async function read(): Promise<unknown> {
    const inTime = { abortSignal: AbortSignal.timeout(patience) };
    try {
        await Promise.all([
            dynamo.send(new GetCommand({ TableName: env.ORDERS_TABLE, Key: { orderId: "health" } }), inTime),
            secrets.send(new GetSecretValueCommand({ SecretId: env.API_KEYS_SECRET }), inTime),
        ]);
        return undefined;
    } catch (error) {
        return error;
    }
}
