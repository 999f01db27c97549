import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { webhooksRoutes } from "../../spec/generated/scopes.ts";
import { allowedFrom } from "../shared/destination.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { callerOf, correlationIdOf, type HttpAnswer, type HttpRequest, scopeProblem } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { secretReader } from "../shared/secret.ts";
import { noSuchRoute, type Served } from "../shared/served.ts";
import { DeliveryStore } from "./delivery/deliveryStore.ts";
import {
    type History,
    listDeliveries,
    readDelivery,
    readStats,
    replayDeliveries,
    resendDelivery,
    testEndpoint,
} from "./delivery/history.ts";
import { WakeUps } from "./delivery/wakeUps.ts";
import { answered } from "./endpoints/answers.ts";
import {
    changeEndpoint,
    createEndpoint,
    deleteEndpoint,
    disableEndpoint,
    type EndpointsApi,
    type EndpointsRequest,
    enableEndpoint,
    listEndpoints,
    readEndpoint,
    rotateSecret,
    testFilter,
} from "./endpoints/api.ts";
import { EndpointStore } from "./endpoints/endpointStore.ts";
import { Sealing } from "./endpoints/sealing.ts";
import { EventTypeStore } from "./ownEvents/eventTypeStore.ts";

export const env = environment(
    "ENDPOINTS_TABLE",
    "DELIVERIES_TABLE",
    "ATTEMPTS_TABLE",
    "EVENT_TYPES_TABLE",
    "CAPACITY_TABLE",
    "ATTEMPTS_QUEUE_URL",
    "SEALING_SECRET",
    "ALLOWED_ADDRESSES",
    "ACP_VERSIONS",
);
const endpoints = new EndpointStore(dynamo, env.ENDPOINTS_TABLE);
const eventTypes = new EventTypeStore(dynamo, env.EVENT_TYPES_TABLE);
const ownTypes = () => eventTypes.names();
const now = Date.now;

// During initialisation, which has full CPU: reads the master keys and opens the connection.
const [sealing] = await Promise.all([
    Sealing.from(secretReader(env.SEALING_SECRET)),
    endpoints.ofTenant("none").catch(() => undefined),
]);
const endpointsApi: EndpointsApi = {
    endpoints,
    sealing,
    allowed: allowedFrom(env.ALLOWED_ADDRESSES),
    acpVersions: env.ACP_VERSIONS.split(","),
    ownTypes,
    now,
};
const history: History = {
    endpoints,
    deliveries: new DeliveryStore(dynamo, env.DELIVERIES_TABLE),
    client: dynamo,
    attemptsTable: env.ATTEMPTS_TABLE,
    capacityTable: env.CAPACITY_TABLE,
    wakeUps: new WakeUps(new SQSClient({}), env.ATTEMPTS_QUEUE_URL),
    ownTypes,
    now,
};

/** The API of webhook endpoints and their deliveries. A client has access to its own endpoints only. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const tenantId = callerOf(request);
    const endpointId = request.pathParameters?.["id"] ?? "";
    const invocation = log.forInvocation(context, { correlationId, tenantId, ...(endpointId && { endpointId }) });
    return await answered(() => serve({ request, tenantId, endpointId, correlationId }), request, invocation);
}

async function serve(call: EndpointsRequest): Promise<Served> {
    const denied = scopeProblem(call.request, webhooksRoutes);
    if (denied !== undefined) return { problem: denied };
    switch (call.request.routeKey) {
        case "POST /webhook_endpoints":
            return await createEndpoint(endpointsApi, call);
        case "GET /webhook_endpoints":
            return await listEndpoints(endpointsApi, call);
        case "GET /webhook_endpoints/{id}":
            return await readEndpoint(endpointsApi, call);
        case "PATCH /webhook_endpoints/{id}":
            return await changeEndpoint(endpointsApi, call);
        case "DELETE /webhook_endpoints/{id}":
            return await deleteEndpoint(endpointsApi, call);
        case "POST /webhook_endpoints/{id}/enable":
            return await enableEndpoint(endpointsApi, call);
        case "POST /webhook_endpoints/{id}/disable":
            return await disableEndpoint(endpointsApi, call);
        case "POST /webhook_endpoints/{id}/rotate":
            return await rotateSecret(endpointsApi, call);
        case "POST /webhook_endpoints/{id}/filter_test":
            return await testFilter(endpointsApi, call);
        case "POST /webhook_endpoints/{id}/test":
            return await testEndpoint(history, call);
        case "GET /webhook_endpoints/{id}/stats":
            return await readStats(history, call);
        case "GET /webhook_endpoints/{id}/deliveries":
            return await listDeliveries(history, call);
        case "GET /webhook_endpoints/{id}/deliveries/{deliveryId}":
            return await readDelivery(history, call);
        case "POST /webhook_endpoints/{id}/deliveries/{deliveryId}/resend":
            return await resendDelivery(history, call);
        case "POST /webhook_endpoints/{id}/replay":
            return await replayDeliveries(history, call);
        default:
            return noSuchRoute;
    }
}
