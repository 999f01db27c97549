import type { components } from "../../../spec/generated/webhooks.types.ts";
import { validateNewReplay } from "../../../spec/generated/webhooks.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import { idempotencyKeyOf, type Refused } from "../../shared/http.ts";
import { uuidOf, uuidV7 } from "../../shared/ids.ts";
import { instantOf } from "../../shared/instant.ts";
import { limitIn, type Served } from "../../shared/served.ts";
import { sinceIn } from "../delivery/replayFilter.ts";
import { badAfter, conflict, isDisabled, noSuchEndpoint } from "../endpoints/answers.ts";
import { type EndpointsRequest, ownTypesFor } from "../endpoints/api.ts";
import { bodyIn, invalid, patternErrors } from "../endpoints/endpointRequest.ts";
import type { EndpointStore } from "../endpoints/endpointStore.ts";
import { newReplay, type Replay, type ReplayTask, shownReplay } from "./replay.ts";
import type { ReplayStore } from "./replayStore.ts";

export interface ReplaysApi {
    readonly endpoints: EndpointStore;
    readonly replays: ReplayStore;
    /** Names of the event types that clients have registered. */
    readonly ownTypes: () => Promise<readonly string[]>;
    /** Has the first page replayed. */
    readonly begin: (task: ReplayTask) => Promise<void>;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

/** Replays of an endpoint at a time. */
const mostRunning = 5;
const noSuchReplay: Refused = { problem: { status: 404, detail: "the endpoint has no such replay" } };
const keyTaken: Refused = { problem: { status: 422, detail: "this Idempotency-Key was used with another body" } };

/** POST /webhook_endpoints/{id}/replays: the message comes before the item, which its consumer writes, too. */
export async function beginReplay(api: ReplaysApi, call: EndpointsRequest): Promise<Served> {
    const { request, tenantId, endpointId, correlationId } = call;
    const given = idempotencyKeyOf(request);
    if ("problem" in given) return given;
    const posted = bodyIn(request, validateNewReplay);
    if ("problem" in posted) return posted;
    const requestFingerprint = fingerprint(posted.body);
    const replayId = `rp_${given.key === undefined ? uuidV7() : uuidOf("replay", endpointId, given.key)}`;
    const endpoint = await api.endpoints.get(tenantId, endpointId);
    if (endpoint === undefined) return noSuchEndpoint;
    const earlier = given.key === undefined ? undefined : await api.replays.get(endpointId, replayId);
    if (earlier !== undefined) return begun(call, earlier, requestFingerprint);

    const { statuses = ["exhausted", "skipped"], types } = posted.body;
    const now = api.now();
    const times = timesIn(posted.body, now);
    if ("errors" in times) return invalid(times.errors);
    const unknown = patternErrors(endpoint.kind, types, "/types", await ownTypesFor(api, types));
    if (unknown.length > 0) return invalid(unknown);
    if (endpoint.status === "disabled") return isDisabled;
    const running = (await api.replays.ofEndpoint(endpointId)).filter(({ status }) => status === "running");
    if (running.length >= mostRunning) return conflict(`${mostRunning} replays of the endpoint are running`);

    const filter = { statuses, ...times, ...(types && { types }) };
    const replay = newReplay({ replayId, endpointId, tenantId, filter, requestFingerprint, correlationId }, now);
    await api.begin({ tenantId, endpointId, replayId, replay });
    return begun(call, await api.replays.create(replay), requestFingerprint);
}

function begun({ request }: EndpointsRequest, replay: Replay, requestFingerprint: string): Served {
    if (replay.requestFingerprint !== requestFingerprint) return keyTaken;
    return {
        status: 202,
        body: shownReplay(replay),
        headers: { location: `${request.rawPath}/${replay.replayId}` },
        done: "Replay begun",
        fields: { replayId: replay.replayId },
    };
}

function timesIn({ since, until }: components["schemas"]["NewReplay"], now: number) {
    const from = sinceIn(since, now);
    if ("detail" in from) return { errors: [{ pointer: "/since", detail: from.detail }] };
    const end = until === undefined ? now : Math.min(instantOf(until), now);
    if (end < instantOf(since)) return { errors: [{ pointer: "/until", detail: "must not be before since" }] };
    return { since: from.iso, until: new Date(end).toISOString() };
}

/** GET /webhook_endpoints/{id}/replays */
export async function listReplays(
    { endpoints, replays }: ReplaysApi,
    { request, tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const page = limitIn(request);
    if ("problem" in page) return page;
    const after = request.queryStringParameters?.["after"];
    if (after !== undefined && !/^rp_[0-9a-f-]{36}$/.test(after)) return badAfter;
    if ((await endpoints.get(tenantId, endpointId)) === undefined) return noSuchEndpoint;
    const rest = (await replays.ofEndpoint(endpointId)).filter(
        ({ replayId }) => after === undefined || replayId > after,
    );
    const shown = rest.slice(0, page.limit);
    const last = shown.at(-1);
    const body = {
        replays: shown.map(shownReplay),
        ...(last && shown.length < rest.length && { next: last.replayId }),
    };
    return { status: 200, body, done: "Replays listed" };
}

/** GET /webhook_endpoints/{id}/replays/{replayId} */
export async function readReplay({ endpoints, replays }: ReplaysApi, call: EndpointsRequest): Promise<Served> {
    if ((await endpoints.get(call.tenantId, call.endpointId)) === undefined) return noSuchEndpoint;
    const replay = await replays.get(call.endpointId, replayIdIn(call));
    return replay ? { status: 200, body: shownReplay(replay), done: "Replay read" } : noSuchReplay;
}

/** DELETE /webhook_endpoints/{id}/replays/{replayId}: what is done stays. One that has ended stays as it is. */
export async function cancelReplay({ endpoints, replays }: ReplaysApi, call: EndpointsRequest): Promise<Served> {
    const { tenantId, endpointId } = call;
    if ((await endpoints.get(tenantId, endpointId)) === undefined) return noSuchEndpoint;
    const known = await replays.get(endpointId, replayIdIn(call));
    const replay = known && (await replays.end(known, "cancelled"));
    if (replay === undefined) return noSuchReplay;
    const fields = { replayId: replay.replayId, status: replay.status };
    return { status: 200, body: shownReplay(replay), done: "Replay cancelled", fields };
}

const replayIdIn = ({ request }: EndpointsRequest): string => request.pathParameters?.["replayId"] ?? "";
