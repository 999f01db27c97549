import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Context } from "aws-lambda";
import { tenantsRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { publish } from "../shared/events.ts";
import { callerOf, correlationIdOf, type HttpAnswer, type HttpRequest, scopeProblem } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { noSuchRoute, type Served } from "../shared/served.ts";
import { answered } from "./endpoints/answers.ts";
import { earlierRequest, firstRequest } from "./messageRequests.lazy.ts";
import {
    deleteEventType,
    listEventTypes,
    type OwnEventsApi,
    type OwnEventsRequest,
    publishEvent,
    readAsyncApi,
    readEventType,
    registerEventType,
} from "./ownEvents/api.ts";
import { EventTypeStore } from "./ownEvents/eventTypeStore.ts";
import { TenantStore } from "./tenants/tenantStore.ts";

export const env = environment("EVENT_TYPES_TABLE", "TENANTS_TABLE", "REQUESTS_TABLE", "EVENT_BUS_NAME");
const bus = new EventBridgeClient({});
const tenants = new TenantStore(dynamo, env.TENANTS_TABLE);
const ownEventsApi: OwnEventsApi = {
    types: new EventTypeStore(dynamo, env.EVENT_TYPES_TABLE),
    tenantOf: (owner, id) => tenants.get(owner, id),
    earlierWith: (requestKey) => earlierRequest(env.REQUESTS_TABLE, requestKey, Date.now()),
    firstWith: (request) => firstRequest(env.REQUESTS_TABLE, { ...request, isPublished: false }, Date.now()),
    publish: (event) => publish(bus, env.EVENT_BUS_NAME, event),
    now: Date.now,
};

/** The API of clients' own events and their types. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const tenantId = callerOf(request);
    const call = { request, tenantId, type: request.pathParameters?.["type"] ?? "", correlationId };
    return await answered(() => serve(call), request, log.forInvocation(context, { correlationId, tenantId }));
}

async function serve(call: OwnEventsRequest): Promise<Served> {
    const denied = scopeProblem(call.request, tenantsRoutes);
    if (denied !== undefined) return { problem: denied };
    switch (call.request.routeKey) {
        case "POST /events":
            return await publishEvent(ownEventsApi, call);
        case "GET /event_types":
            return await listEventTypes(ownEventsApi, call);
        case "GET /event_types/{type}":
            return await readEventType(ownEventsApi, call);
        case "PUT /event_types/{type}":
            return await registerEventType(ownEventsApi, call);
        case "DELETE /event_types/{type}":
            return await deleteEventType(ownEventsApi, call);
        case "GET /asyncapi.json":
            return await readAsyncApi(ownEventsApi);
        default:
            return noSuchRoute;
    }
}
