import {
    validateEndpointChange,
    validateEndpointCreate,
    validateFilterTest,
    validateRotation,
} from "../../../spec/generated/webhooks.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import type { Allowed } from "../../shared/destination.ts";
import { type HttpRequest, idempotencyKeyOf, type Refused } from "../../shared/http.ts";
import { uuidOf, uuidV7 } from "../../shared/ids.ts";
import { limitIn, type Served } from "../../shared/served.ts";
import { badAfter, conflict, noSuchEndpoint, shownEndpoint } from "./answers.ts";
import type { Endpoint } from "./endpoint.ts";
import {
    bodyIn,
    type EndpointCreate,
    errorsIn,
    invalid,
    patternErrors,
    secretErrors,
    versionErrors,
} from "./endpointRequest.ts";
import { mostSecrets, newSecret, rotated, sealHeaders } from "./endpointSecret.ts";
import {
    type Changes,
    type EndpointStore,
    isEndpointId,
    mostEndpoints,
    type RegisteredEndpoint,
} from "./endpointStore.ts";
import { dataFor, wants } from "./eventTypes.ts";
import { filterErrors, passes } from "./filter.ts";
import { keptOptions, optionErrors } from "./options.ts";
import type { Sealing } from "./sealing.ts";

export interface EndpointsApi {
    readonly endpoints: EndpointStore;
    readonly sealing: Sealing;
    readonly allowed: Allowed;
    /** Versions of ACP that the checkout serves, the oldest first. */
    readonly acpVersions: readonly string[];
    /** Names of the event types that clients have registered. */
    readonly ownTypes: () => Promise<readonly string[]>;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

export interface EndpointsRequest {
    readonly request: HttpRequest;
    readonly tenantId: string;
    readonly endpointId: string;
    readonly correlationId: string;
}

/** Time in which a registration can be repeated with its Idempotency-Key. */
const repeatableMs = 24 * 60 * 60_000;

export async function createEndpoint(endpointsApi: EndpointsApi, call: EndpointsRequest): Promise<Served> {
    const given = idempotencyKeyOf(call.request);
    if ("problem" in given) return given;
    const posted = bodyIn(call.request, validateEndpointCreate);
    if ("problem" in posted) return posted;
    const { kind = "standard", scheme = "v1" } = posted.body;
    const errors = [
        ...(await optionErrors(posted.body, kind, endpointsApi.allowed)),
        ...errorsIn(kind, posted.body, await ownTypesFor(endpointsApi, posted.body.eventTypes)),
        ...secretErrors(kind, posted.body),
        ...versionErrors(kind, posted.body.api_version, endpointsApi.acpVersions),
    ];
    if (errors.length > 0) return invalid(errors);

    // Not derived from the key, which may register another endpoint after this one is deleted.
    const endpointId = `ep_${uuidV7()}`;
    const keyId = given.key && `key_${uuidOf(given.key)}`;
    const secret = newSecret(scheme, endpointId, endpointsApi.sealing, posted.body.secret);
    const requestFingerprint = fingerprint(posted.body);
    const endpoint = {
        ...endpointOf(posted.body, { tenantId: call.tenantId, endpointId }, endpointsApi),
        secrets: [secret.kept],
        requestFingerprint,
        ...(keyId && { keyId }),
    };
    const created = await endpointsApi.endpoints.create(endpoint);
    switch (created) {
        case "created":
            return registered(call, endpoint, secret.shown);
        case "exists":
            return await registeredBefore(endpointsApi, call, endpoint);
        case "closed":
            return { problem: { status: 403, detail: "the tenant is deleted" } };
        case "too many":
            return conflict(`the client has ${mostEndpoints} endpoints already: delete one first`);
    }
}

/** Read only where built-in types do not suffice. */
export async function ownTypesFor(
    { ownTypes }: Pick<EndpointsApi, "ownTypes">,
    patterns: readonly string[] = [],
): Promise<readonly string[]> {
    return patternErrors("standard", patterns, "", []).length > 0 ? await ownTypes() : [];
}

export async function listEndpoints(
    { endpoints }: EndpointsApi,
    { request, tenantId }: EndpointsRequest,
): Promise<Served> {
    const page = limitIn(request);
    if ("problem" in page) return page;
    const after = request.queryStringParameters?.["after"];
    if (after !== undefined && !isEndpointId(after)) return badAfter;
    const rest = (await endpoints.ofTenant(tenantId)).filter(
        ({ endpointId }) => after === undefined || endpointId > after,
    );
    const shown = rest.slice(0, page.limit);
    const last = shown.at(-1);
    const body = {
        endpoints: shown.map(shownEndpoint),
        ...(last && shown.length < rest.length && { next: last.endpointId }),
    };
    return { status: 200, body, done: "Endpoints listed" };
}

export async function readEndpoint(
    { endpoints }: EndpointsApi,
    { tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const endpoint = await endpoints.get(tenantId, endpointId);
    return endpoint ? { status: 200, body: shownEndpoint(endpoint), done: "Endpoint read" } : noSuchEndpoint;
}

export async function changeEndpoint(
    endpointsApi: EndpointsApi,
    { request, tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const posted = bodyIn(request, validateEndpointChange);
    if ("problem" in posted) return posted;
    const { body } = posted;
    const before = await endpointsApi.endpoints.get(tenantId, endpointId);
    if (before === undefined) return noSuchEndpoint;
    const errors = [
        ...(await optionErrors(body, before.kind, endpointsApi.allowed, before)),
        ...errorsIn(before.kind, body, await ownTypesFor(endpointsApi, body.eventTypes)),
        ...versionErrors(before.kind, body.api_version, endpointsApi.acpVersions),
    ];
    if (errors.length > 0) return invalid(errors);
    const { headers = before.headers, auth, destination, schedule, ...changes } = body;
    const kept = {
        ...keptOptions(body, endpointId, endpointsApi.sealing),
        ...(auth === null && { auth: null, sealedAuth: null }),
    };
    const sealed = headers && { headers: null, ...sealHeaders(headers, endpointId, endpointsApi.sealing) };
    return await changed(
        endpointsApi,
        { tenantId, endpointId },
        { ...changes, ...kept, ...sealed },
        "Endpoint changed",
    );
}

/** Whether the endpoint would receive an event, by its own filter or by another one to try. */
export async function testFilter(
    { endpoints }: EndpointsApi,
    { request, tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const posted = bodyIn(request, validateFilterTest);
    if ("problem" in posted) return posted;
    const { type, data, filter } = posted.body;
    const endpoint = await endpoints.get(tenantId, endpointId);
    if (endpoint === undefined) return noSuchEndpoint;
    const errors = filterErrors(filter ?? endpoint.filter);
    if (errors.length > 0) return invalid(errors);
    const event = { type, data: dataFor(endpoint, { data }) };
    const [eventTypes, content] = [wants(endpoint, type), passes(filter ?? endpoint.filter, event)];
    const body = { matches: eventTypes && content, eventTypes, filter: content };
    return { status: 200, body, done: "Filter tested", fields: { matches: body.matches } };
}

export async function deleteEndpoint(
    { endpoints }: EndpointsApi,
    { tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const wasThere = await endpoints.delete(tenantId, endpointId);
    return wasThere ? { status: 204, done: "Endpoint deleted" } : noSuchEndpoint;
}

/** Resets the endpoint's failures. */
export async function enableEndpoint(endpointsApi: EndpointsApi, call: EndpointsRequest): Promise<Served> {
    const forgotten = { disabledBecause: null, failingSince: null, failures: null, failingSteadilySince: null };
    return await changed(endpointsApi, call, { status: "enabled", ...forgotten }, "Endpoint enabled");
}

export async function disableEndpoint(endpointsApi: EndpointsApi, call: EndpointsRequest): Promise<Served> {
    return await changed(endpointsApi, call, { status: "disabled", disabledBecause: "owner" }, "Endpoint disabled");
}

export async function rotateSecret(
    endpointsApi: EndpointsApi,
    { request, tenantId, endpointId }: EndpointsRequest,
): Promise<Served> {
    const posted = bodyIn(request, validateRotation);
    if ("problem" in posted) return posted;
    const { overlapSeconds = 86_400, secret: given } = posted.body;
    const before = await endpointsApi.endpoints.get(tenantId, endpointId);
    if (before === undefined) return noSuchEndpoint;
    const scheme = posted.body.scheme ?? before.secrets[0]?.scheme ?? "v1";
    const errors = secretErrors(before.kind, { ...posted.body, scheme });
    if (errors.length > 0) return invalid(errors);

    const now = endpointsApi.now();
    const secret = newSecret(scheme, endpointId, endpointsApi.sealing, given);
    const secrets = rotated(before.secrets, secret.kept, overlapSeconds, now);
    if (secrets.length > mostSecrets) {
        return conflict(`${mostSecrets} secrets are active already: rotate with a shorter overlap, or later`);
    }
    const endpoint = await endpointsApi.endpoints.replaceSecrets(before, secrets, new Date(now).toISOString());
    if (endpoint === undefined) return conflict("another request is rotating the secret");
    return { status: 200, body: { endpoint: shownEndpoint(endpoint), ...secret.shown }, done: "Secret rotated" };
}

function endpointOf(
    created: EndpointCreate,
    { tenantId, endpointId }: Pick<Endpoint, "tenantId" | "endpointId">,
    { sealing, now }: EndpointsApi,
): Omit<Endpoint, "secrets"> {
    const { kind = "standard", api_version, url = "", description, eventTypes, filter, headers } = created;
    const { rate, concurrency = 10, ordered } = created;
    const at = new Date(now()).toISOString();
    return {
        tenantId,
        endpointId,
        kind,
        ...(api_version !== undefined && { api_version }),
        url,
        ...keptOptions(created, endpointId, sealing),
        ...(description !== undefined && { description }),
        eventTypes: eventTypes ?? ["*"],
        ...(filter !== undefined && { filter }),
        ...(headers !== undefined && sealHeaders(headers, endpointId, sealing)),
        ...(rate !== undefined && { rate }),
        concurrency,
        ordered: ordered ?? false,
        status: "enabled",
        createdAt: at,
        updatedAt: at,
    };
}

const registered = (
    { request }: EndpointsRequest,
    endpoint: Endpoint,
    shown: { readonly secret: string } | { readonly publicKey: string },
): Served => ({
    status: 201,
    body: { endpoint: shownEndpoint(endpoint), ...shown },
    headers: { location: `${request.rawPath}/${endpoint.endpointId}` },
    done: "Endpoint registered",
    fields: { endpointId: endpoint.endpointId },
});

/** A repeated request, whose response may have been lost. */
async function registeredBefore(
    { endpoints, sealing, now }: EndpointsApi,
    call: EndpointsRequest,
    { tenantId, keyId, requestFingerprint, ...tried }: RegisteredEndpoint,
): Promise<Served> {
    const endpoint = await (keyId === undefined
        ? endpoints.get(tenantId, tried.endpointId)
        : endpoints.registeredWith(tenantId, keyId));
    const [secret] = endpoint?.secrets ?? [];
    if (endpoint === undefined || secret === undefined)
        return conflict("another request is changing the endpoint: try again");
    if (endpoint.requestFingerprint !== requestFingerprint) return keyTaken;
    const { endpointId, createdAt, updatedAt } = endpoint;
    if (updatedAt !== createdAt || now() - Date.parse(createdAt) > repeatableMs) {
        return conflict(`the endpoint ${endpointId} was registered with this Idempotency-Key before`);
    }
    const { sealed, publicKey } = secret;
    const shown = publicKey === undefined ? { secret: await sealing.open(sealed, endpointId) } : { publicKey };
    return registered(call, endpoint, shown);
}

const keyTaken: Refused = {
    problem: { status: 422, detail: "this Idempotency-Key was used with another body" },
};

async function changed(
    { endpoints, now }: EndpointsApi,
    { tenantId, endpointId }: Pick<EndpointsRequest, "tenantId" | "endpointId">,
    changes: Changes,
    done: string,
): Promise<Served> {
    const updatedAt = new Date(now()).toISOString();
    const endpoint = await endpoints.change(tenantId, endpointId, { ...changes, updatedAt });
    return endpoint ? { status: 200, body: shownEndpoint(endpoint), done } : noSuchEndpoint;
}
