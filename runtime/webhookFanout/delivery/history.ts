import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { components } from "../../../spec/generated/webhooks.types.ts";
import { validateReplay } from "../../../spec/generated/webhooks.validators.js";
import { groupsOf } from "../../shared/groups.ts";
import type { Refused } from "../../shared/http.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { bad, limitIn, type Served } from "../../shared/served.ts";
import { badAfter, conflict, isDisabled, noSuchEndpoint } from "../endpoints/answers.ts";
import { type EndpointsRequest, ownTypesFor } from "../endpoints/api.ts";
import { bodyIn, invalid, patternErrors } from "../endpoints/endpointRequest.ts";
import type { EndpointStore } from "../endpoints/endpointStore.ts";
import { statsIn } from "./counters.ts";
import type { AttemptItem, DeliveryStatus } from "./delivery.ts";
import { attemptsOf, type DeliveryStore, type ListedDelivery, type Position } from "./deliveryStore.ts";
import { newDelivery, type OutboundEvent } from "./newDelivery.ts";
import { ofTypes, sinceIn } from "./replayFilter.ts";
import type { Due, WakeUps } from "./wakeUps.ts";

type Schemas = components["schemas"];

export interface History {
    readonly endpoints: EndpointStore;
    readonly deliveries: DeliveryStore;
    readonly client: DynamoDBDocumentClient;
    readonly attemptsTable: string;
    readonly capacityTable: string;
    readonly wakeUps: WakeUps;
    /** Names of the event types that clients have registered. */
    readonly ownTypes: () => Promise<readonly string[]>;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

const statuses: readonly DeliveryStatus[] = ["pending", "delivered", "exhausted", "skipped"];
/** Deliveries of a replay request, and their concurrency. */
const replaySize = 500;
const atATime = 25;

export async function testEndpoint(
    history: History,
    { tenantId, endpointId, correlationId }: EndpointsRequest,
): Promise<Served> {
    const endpoint = await history.endpoints.get(tenantId, endpointId);
    if (endpoint === undefined) return noSuchEndpoint;
    if (endpoint.kind !== "standard") return conflict("the protocol has no test event");
    if (endpoint.status === "disabled") return isDisabled;
    const now = history.now();
    const event: OutboundEvent = {
        id: `test_${uuidV7(now)}`,
        type: "webhook.test",
        orderingKey: endpointId,
        occurredAt: new Date(now).toISOString(),
        correlationId,
        data: { endpointId },
    };
    const delivery = newDelivery(endpoint, event, now);
    await history.deliveries.add(delivery);
    return { status: 202, body: shownDelivery(delivery), done: "Test sent", fields: await woken(history, [delivery]) };
}

export async function listDeliveries(
    history: History,
    { request, tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const { status, after } = request.queryStringParameters ?? {};
    const page = limitIn(request);
    if ("problem" in page) return page;
    const place = positionIn(after);
    if ("problem" in place) return place;
    const wanted = statuses.filter((one) => one === status);
    if (status !== undefined && wanted.length === 0) return bad(`status must be one of ${statuses.join(", ")}`);
    if ((await history.endpoints.get(tenantId, endpointId)) === undefined) return noSuchEndpoint;

    const selection = { statuses: wanted, isOldestFirst: false, limit: page.limit, ...place };
    const { elements, next } = await history.deliveries.list(endpointId, selection);
    const body = { deliveries: elements.map(shownDelivery), ...(next && { next: cursorOf(next) }) };
    return { status: 200, body, done: "Deliveries listed" };
}

export async function readStats(
    { endpoints, client, capacityTable, now }: History,
    { tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    if ((await endpoints.get(tenantId, endpointId)) === undefined) return noSuchEndpoint;
    const { Items = [] } = await client.send(
        new QueryCommand({
            TableName: capacityTable,
            // As many items as its concurrency: one page.
            KeyConditionExpression: "endpointId = :endpoint",
            ExpressionAttributeValues: { ":endpoint": endpointId },
        }),
    );
    return { status: 200, body: { days: statsIn(Items, now()) }, done: "Statistics read" };
}

export async function readDelivery(history: History, call: EndpointsRequest): Promise<Served> {
    const { endpointId } = call;
    if ((await history.endpoints.get(call.tenantId, endpointId)) === undefined) return noSuchEndpoint;
    const delivery = await history.deliveries.get(endpointId, deliveryIdIn(call));
    if (delivery === undefined) return noSuchDelivery;
    const [attempts, sent] = await Promise.all([
        attemptsOf(history.client, history.attemptsTable, delivery),
        history.deliveries.bodyOf(delivery),
    ]);
    const body = { ...shownDelivery(delivery), body: sent ?? "", log: attempts.map(shownAttempt) };
    return { status: 200, body, done: "Delivery read" };
}

export async function resendDelivery(history: History, call: EndpointsRequest): Promise<Served> {
    const { endpointId } = call;
    const endpoint = await history.endpoints.get(call.tenantId, endpointId);
    if (endpoint === undefined) return noSuchEndpoint;
    if (endpoint.status === "disabled") return isDisabled;
    const delivery = await history.deliveries.again(
        { endpointId, deliveryId: deliveryIdIn(call) },
        statuses,
        endpoint.retentionDays,
    );
    if (delivery === undefined) return noSuchDelivery;
    const fields = { deliveryId: delivery.deliveryId, ...(await woken(history, [delivery])) };
    return { status: 202, body: shownDelivery(delivery), done: "Delivery resent", fields };
}

export async function replayDeliveries(
    history: History,
    { request, tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const posted = bodyIn(request, validateReplay);
    if ("problem" in posted) return posted;
    const { statuses: wanted = ["exhausted", "skipped"], types, after } = posted.body;
    const since = sinceIn(posted.body.since, history.now());
    if ("detail" in since) return invalid([{ pointer: "/since", detail: since.detail }]);
    const place = positionIn(after);
    if ("problem" in place) return place;
    const endpoint = await history.endpoints.get(tenantId, endpointId);
    if (endpoint === undefined) return noSuchEndpoint;
    const unknown = patternErrors(endpoint.kind, types, "/types", await ownTypesFor(history, types));
    if (unknown.length > 0) return invalid(unknown);
    if (endpoint.status === "disabled") return isDisabled;

    const { elements, next } = await history.deliveries.list(endpointId, {
        statuses: wanted,
        since: since.iso,
        isOldestFirst: true,
        limit: replaySize,
        ...place,
        isMeant: ofTypes(types),
    });
    const replayed: Due[] = [];
    for (const some of groupsOf(elements, atATime)) {
        const again = await Promise.all(
            some.map((delivery) => history.deliveries.again(delivery, wanted, endpoint.retentionDays)),
        );
        replayed.push(...again.filter((delivery) => delivery !== undefined));
    }
    const fields = { replayed: replayed.length, ...(await woken(history, replayed)) };
    const body = { replayed: replayed.length, ...(next && { next: cursorOf(next) }) };
    return { status: 202, body, done: "Deliveries replayed", fields };
}

/** `reconcile` sends failed wake-ups again, so the request succeeds in any case. */
async function woken({ wakeUps }: History, deliveries: readonly Due[]): Promise<{ readonly notWoken?: number }> {
    const notWoken = (await wakeUps.send(deliveries)).filter((outcome) => outcome !== undefined).length;
    return notWoken > 0 ? { notWoken } : {};
}

const deliveryIdIn = ({ request }: EndpointsRequest): string => request.pathParameters?.["deliveryId"] ?? "";

const noSuchDelivery: Refused = { problem: { status: 404, detail: "no such delivery" } };

function shownDelivery(delivery: ListedDelivery): Schemas["Delivery"] {
    const { deliveryId, endpointId, eventType, occurredAt, status, attempts, correlationId } = delivery;
    const { nextAttemptAt, lastError } = delivery;
    return {
        id: deliveryId,
        endpointId,
        type: eventType,
        occurredAt,
        status,
        attempts,
        ...(nextAttemptAt !== undefined && { nextAttemptAt }),
        ...(lastError !== undefined && { lastError }),
        correlationId,
    };
}

function shownAttempt(attempt: AttemptItem): Schemas["Attempt"] {
    const { number, at, durationMs, status, httpStatus, response, error } = attempt;
    return {
        number,
        at,
        durationMs,
        status,
        ...(httpStatus !== undefined && { httpStatus }),
        ...(response !== undefined && { response }),
        ...(error !== undefined && { error }),
    };
}

const cursorOf = ({ occurredAt, deliveryId }: Position): string =>
    Buffer.from(`${occurredAt} ${deliveryId}`).toString("base64url");

function positionIn(cursor: string | undefined): { readonly after?: Position } | Refused {
    if (cursor === undefined) return {};
    const [, occurredAt = "", deliveryId = ""] =
        /^(\S{24}) ([\w:-]{1,200})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
    const after = { occurredAt, deliveryId };
    // Decoding ignores what it does not know.
    return cursorOf(after) === cursor && !Number.isNaN(Date.parse(occurredAt)) ? { after } : badAfter;
}
