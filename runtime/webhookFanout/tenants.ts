import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { tenantsRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { callerOf, correlationIdOf, type HttpAnswer, type HttpRequest, scopeProblem } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { noSuchRoute, type Served } from "../shared/served.ts";
import { answered } from "./endpoints/answers.ts";
import { EndpointStore } from "./endpoints/endpointStore.ts";
import {
    createTenant,
    createTenantKey,
    deleteTenant,
    deleteTenantKey,
    listTenants,
    readTenant,
    type TenantsApi,
    type TenantsRequest,
} from "./tenants/api.ts";
import { TenantStore } from "./tenants/tenantStore.ts";

export const env = environment("TENANTS_TABLE", "ENDPOINTS_TABLE", "DELETIONS_QUEUE_URL");
const sqs = new SQSClient({});
/** Longer than an event is dispatched or delivered (50 s): deliveries of events under way are stored by then. */
const delaySeconds = 90;
const tenantsApi: TenantsApi = {
    tenants: new TenantStore(dynamo, env.TENANTS_TABLE),
    endpoints: new EndpointStore(dynamo, env.ENDPOINTS_TABLE),
    expungeLater: async ({ tenantId }, correlationId) => {
        const message = {
            MessageBody: messageBody({ tenantId }),
            MessageAttributes: textAttributes({ correlationId }),
        };
        await sqs.send(
            new SendMessageCommand({ QueueUrl: env.DELETIONS_QUEUE_URL, DelaySeconds: delaySeconds, ...message }),
        );
    },
    now: Date.now,
};

/** The API of tenants. A client has access to those that it has made. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const owner = callerOf(request);
    const call = { request, owner, tenantId: request.pathParameters?.["id"] ?? "", correlationId };
    return await answered(() => serve(call), request, log.forInvocation(context, { correlationId, owner }));
}

async function serve(call: TenantsRequest): Promise<Served> {
    const denied = scopeProblem(call.request, tenantsRoutes);
    if (denied !== undefined) return { problem: denied };
    switch (call.request.routeKey) {
        case "POST /tenants":
            return await createTenant(tenantsApi, call);
        case "GET /tenants":
            return await listTenants(tenantsApi, call);
        case "GET /tenants/{id}":
            return await readTenant(tenantsApi, call);
        case "DELETE /tenants/{id}":
            return await deleteTenant(tenantsApi, call);
        case "POST /tenants/{id}/keys":
            return await createTenantKey(tenantsApi, call);
        case "DELETE /tenants/{id}/keys/{keyId}":
            return await deleteTenantKey(tenantsApi, call);
        default:
            return noSuchRoute;
    }
}
