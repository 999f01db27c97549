import { randomUUID } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { UnreachableError, UsageError } from "./command.ts";
import { parsed } from "./identifiers.ts";
import { OperatorAudit } from "./operatorAudit.ts";
import type { Stack } from "./stack.ts";

/**
 * Asks for a refund of all that was paid for an order, by the function behind `POST /orders/{orderId}/refunds`, which the
 * caller's credentials must allow to invoke, with an audit row before and after. Throws UsageError for a refund that is
 * refused.
 * @param key of one wish: the same again is the same refund
 */
export async function refund(stack: Stack, orderId: string, reason: string, key: string): Promise<JsonObject> {
    const audit = await OperatorAudit.of(stack);
    const correlationId = randomUUID();
    const body = JSON.stringify({ reason });
    const act = {
        id: randomUUID(),
        type: "refund",
        about: { correlationId, orderId },
        content: body,
        facts: { key },
    } as const;
    const words = `refunds what is left of the payment of ${orderId}`;
    await audit.record(act, "begun", words);
    const path = `/orders/${orderId}/refunds`;
    const { Payload, FunctionError } = await stack.lambda.send(
        new InvokeCommand({
            FunctionName: stack.named("payment-changer"),
            Payload: JSON.stringify({
                version: "2.0",
                routeKey: "POST /orders/{orderId}/refunds",
                rawPath: path,
                rawQueryString: "",
                headers: {
                    "content-type": "application/json",
                    "idempotency-key": key,
                    "x-correlation-id": correlationId,
                },
                requestContext: {
                    requestId: correlationId,
                    http: { method: "POST", path },
                    authorizer: { lambda: { callerId: "operator", scopes: "merchant" } },
                },
                pathParameters: { orderId },
                body,
                isBase64Encoded: false,
            }),
        }),
    );
    const answer = parsed(Buffer.from(Payload ?? []).toString());
    const { statusCode, body: said } = isJsonObject(answer) ? answer : {};
    const told = parsed(typeof said === "string" ? said : undefined);
    const outcome = isJsonObject(told) ? told : {};
    if (FunctionError === undefined && Number(statusCode) < 300) {
        await audit.record(act, "sent", words);
        return outcome;
    }
    const why = String(outcome["detail"] ?? FunctionError ?? statusCode);
    await audit.record(act, "failed", `${words}: ${why}`);
    if (FunctionError !== undefined || Number(statusCode) >= 500) throw new UnreachableError(why);
    throw new UsageError(why);
}
