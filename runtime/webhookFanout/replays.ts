import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { webhooksRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { callerOf, correlationIdOf, type HttpAnswer, type HttpRequest, scopeProblem } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { noSuchRoute, type Served } from "../shared/served.ts";
import { answered } from "./endpoints/answers.ts";
import type { EndpointsRequest } from "./endpoints/api.ts";
import { EndpointStore } from "./endpoints/endpointStore.ts";
import { EventTypeStore } from "./ownEvents/eventTypeStore.ts";
import { beginReplay, cancelReplay, listReplays, type ReplaysApi, readReplay } from "./replays/api.ts";
import { ReplayStore } from "./replays/replayStore.ts";

export const env = environment("ENDPOINTS_TABLE", "DELIVERIES_TABLE", "EVENT_TYPES_TABLE", "REPLAYS_QUEUE_URL");
const sqs = new SQSClient({});
const eventTypes = new EventTypeStore(dynamo, env.EVENT_TYPES_TABLE);
const replaysApi: ReplaysApi = {
    endpoints: new EndpointStore(dynamo, env.ENDPOINTS_TABLE),
    replays: new ReplayStore(dynamo, env.DELIVERIES_TABLE),
    ownTypes: () => eventTypes.names(),
    begin: async (task) => {
        const correlationId = task.replay?.correlationId ?? task.replayId;
        const message = { MessageBody: messageBody(task), MessageAttributes: textAttributes({ correlationId }) };
        await sqs.send(new SendMessageCommand({ QueueUrl: env.REPLAYS_QUEUE_URL, ...message }));
    },
    now: Date.now,
};

/** The API of replays, which take longer than a request. A client has access to those of its own endpoints. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const tenantId = callerOf(request);
    const endpointId = request.pathParameters?.["id"] ?? "";
    const call = { request, tenantId, endpointId, correlationId };
    return await answered(
        () => serve(call),
        request,
        log.forInvocation(context, { correlationId, tenantId, endpointId }),
    );
}

async function serve(call: EndpointsRequest): Promise<Served> {
    const denied = scopeProblem(call.request, webhooksRoutes);
    if (denied !== undefined) return { problem: denied };
    switch (call.request.routeKey) {
        case "POST /webhook_endpoints/{id}/replays":
            return await beginReplay(replaysApi, call);
        case "GET /webhook_endpoints/{id}/replays":
            return await listReplays(replaysApi, call);
        case "GET /webhook_endpoints/{id}/replays/{replayId}":
            return await readReplay(replaysApi, call);
        case "DELETE /webhook_endpoints/{id}/replays/{replayId}":
            return await cancelReplay(replaysApi, call);
        default:
            return noSuchRoute;
    }
}
