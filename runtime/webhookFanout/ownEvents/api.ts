import type { components } from "../../../spec/generated/tenants.types.ts";
import {
    rules,
    validateEventTypeDefinition,
    validateEventTypeName,
    validateNewEvent,
} from "../../../spec/generated/tenants.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import type { BusEvent } from "../../shared/events.ts";
import { changedNumbers } from "../../shared/exactNumbers.ts";
import { bodyOf, type HttpRequest, idempotencyKeyOf, type Problem, type Refused } from "../../shared/http.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { isDeeper } from "../../shared/json.ts";
import { etagOf, preconditionProblem } from "../../shared/preconditions.ts";
import { limitIn, type Served } from "../../shared/served.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import { badAfter, conflict } from "../endpoints/answers.ts";
import { bodyIn, invalid } from "../endpoints/endpointRequest.ts";
import type { Tenant } from "../tenants/tenantStore.ts";
import { builtInType, documentWith, isBuiltIn, isReserved, listed, shown } from "./catalogue.ts";
import type { EventTypeStore, OwnEventType } from "./eventTypeStore.ts";
import { excessIn, ownEvent } from "./newEvent.ts";
import { dataErrors, schemaErrors } from "./schema.ts";

export interface OwnEventsApi {
    readonly types: EventTypeStore;
    readonly tenantOf: (owner: string, id: string) => Promise<Tenant | undefined>;
    /** Id and correlation id of the first request with an Idempotency-Key, and what its event was. */
    readonly earlierWith: (requestKey: string) => Promise<FirstRequest | undefined>;
    /** The same, where this request may be the first. */
    readonly firstWith: (request: FirstRequest) => Promise<FirstRequest>;
    /** Throws if the bus does not accept the event. */
    readonly publish: (event: BusEvent) => Promise<void>;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

interface FirstRequest {
    readonly requestKey: string;
    readonly fingerprint: string;
    readonly messageId: string;
    readonly correlationId: string;
}

export interface OwnEventsRequest {
    readonly request: HttpRequest;
    /** The client. */
    readonly tenantId: string;
    /** Name of an event type in the path. */
    readonly type: string;
    readonly correlationId: string;
}

const mostTypes = 200;
/** Levels of an event's data. */
const deepest = 32;
/** Bytes of a type's schema, and of its example: all of them together are one document. */
const mostBytes = 8 * 1024;

/** POST /events */
export async function publishEvent(api: OwnEventsApi, call: OwnEventsRequest): Promise<Served> {
    const { request, tenantId, correlationId } = call;
    const given = idempotencyKeyOf(request);
    if ("problem" in given) return given;
    const posted = bodyIn(request, validateNewEvent, 256 * 1024);
    if ("problem" in posted) return posted;
    const { body } = posted;
    if (isDeeper(body.data, deepest))
        return invalid([{ pointer: "/data", detail: `is nested more than ${deepest} levels deep` }]);
    const id = `evt_${uuidV7()}`;
    const own = {
        requestKey: fingerprint(["events", tenantId, given.key]),
        fingerprint: fingerprint(body),
        messageId: id,
        correlationId,
    };
    const earlier = given.key === undefined ? undefined : await api.earlierWith(own.requestKey);
    // A repeated request has the same answer, though its type has changed since, or is deleted.
    if (earlier === undefined) {
        const refused = await refusalOf(api, call, body);
        if (refused !== undefined) return refused;
    }
    const first = earlier ?? (given.key === undefined ? own : await api.firstWith(own));
    if (first.fingerprint !== own.fingerprint) return keyTaken;
    // Again, too: deliveries are known by the event's id.
    const publication = { tenantId, id: first.messageId, correlationId: first.correlationId, at: new Date(api.now()) };
    const event = ownEvent(body, publication);
    if (excessIn(event) > 0) return tooLarge(excessIn(event));
    await api.publish(event);
    const { source, type } = event;
    const answer = { id: first.messageId, type, source, correlationId: first.correlationId };
    return { status: 202, body: answer, done: "Event published", fields: { eventId: first.messageId, type } };
}

const keyTaken: Refused = { problem: { status: 422, detail: "this Idempotency-Key was used with another body" } };
const tooLarge = (bytes: number): Refused => ({
    problem: { status: 413, detail: `the event has ${bytes} bytes too many` },
});

async function refusalOf(
    { types, tenantOf }: OwnEventsApi,
    { request, tenantId }: OwnEventsRequest,
    { type, data, tenant }: components["schemas"]["NewEvent"],
): Promise<Refused | undefined> {
    if (isBuiltIn(type)) return forbidden(`the type ${type} is built in: clients do not publish it`);
    const eventType = await types.get(type);
    if (eventType === undefined)
        return invalid([{ pointer: "/type", detail: "is not registered: PUT /event_types/{type} does that" }]);
    if (eventType.owner !== tenantId) return ownedByAnother;
    if (tenant !== undefined && (await tenantOf(tenantId, tenant))?.status !== "active")
        return invalid([{ pointer: "/tenant", detail: "is no tenant of the client" }]);
    const errors = [
        ...inexactIn(request, "is a number that JSON readers change: send a text"),
        ...dataErrors(eventType.schema, data, "/data"),
    ];
    return errors.length > 0 ? invalid(errors) : undefined;
}

/** Errors of numbers that are others when they are read. */
function inexactIn(request: HttpRequest, detail: string): ValidationError[] {
    const text = bodyOf(request).toString("utf8");
    return changedNumbers(text.replace(/^\uFEFF/, "")).map((pointer) => ({ pointer, detail }));
}

const forbidden = (detail: string): Refused => ({ problem: { status: 403, detail } satisfies Problem });
const noSuchType: Refused = { problem: { status: 404, detail: "there is no such event type" } };
const builtInStays = (type: string) => conflict(`the type ${type} is built in: clients do not change it`);

/** PUT /event_types/{type} */
export async function registerEventType(api: OwnEventsApi, call: OwnEventsRequest): Promise<Served> {
    const { request, tenantId, type } = call;
    if (!validateEventTypeName(type)) {
        const [{ detail = "" } = {}] = validationErrorsOf(validateEventTypeName.errors, rules);
        return { problem: { status: 400, detail: `the name of the type ${detail}` } };
    }
    if (isBuiltIn(type)) return builtInStays(type);
    if (isReserved(type)) return conflict(`names that begin with ${type.split(".")[0]} are those of built-in types`);
    const posted = bodyIn(request, validateEventTypeDefinition);
    if ("problem" in posted) return posted;
    const inexact = inexactIn(request, "is a number that JSON readers change: the schema would be another one");
    const errors = inexact.length > 0 ? inexact : definitionErrors(posted.body);
    if (errors.length > 0) return invalid(errors);

    const before = await api.types.get(type);
    if (before !== undefined && before.owner !== tenantId) return ownedByAnother;
    const changed = preconditionProblem(request, before && etagOf(before));
    if (changed !== undefined) return { problem: changed };
    if (before === undefined && (await api.types.names()).length >= mostTypes)
        return conflict(`there are ${mostTypes} event types already: delete one first`);
    const eventType = eventTypeOf(
        posted.body,
        { type, owner: tenantId, at: new Date(api.now()).toISOString() },
        before,
    );
    if (!(await api.types.put(eventType, before))) return changedMeanwhile;
    const status = before === undefined ? 201 : 200;
    const headers = { etag: etagOf(eventType) };
    return { status, body: shown(eventType), headers, done: "Event type registered", fields: { type } };
}

const ownedByAnother = forbidden("the event type belongs to another client");
const changedMeanwhile = conflict("another request is changing the event type: try again");

function definitionErrors({ schema, example }: components["schemas"]["EventTypeDefinition"]) {
    const large = Object.entries({ schema, example }).filter(
        ([, value]) => Buffer.byteLength(JSON.stringify(value ?? null)) > mostBytes,
    );
    if (large.length > 0)
        return large.map(([name]) => ({ pointer: `/${name}`, detail: `must have at most ${mostBytes} bytes` }));
    const errors = schemaErrors(schema);
    if (errors.length > 0 || example === undefined) return errors;
    return dataErrors(JSON.stringify(schema), example, "/example");
}

function eventTypeOf(
    { description, schema, example }: components["schemas"]["EventTypeDefinition"],
    { type, owner, at }: { readonly type: string; readonly owner: string; readonly at: string },
    before: OwnEventType | undefined,
): OwnEventType {
    return {
        type,
        owner,
        ...(description !== undefined && { description }),
        schema: JSON.stringify(schema),
        ...(example !== undefined && { example: JSON.stringify(example) }),
        createdAt: before?.createdAt ?? at,
        updatedAt: at,
    };
}

/** DELETE /event_types/{type} */
export async function deleteEventType({ types }: OwnEventsApi, call: OwnEventsRequest): Promise<Served> {
    const { request, tenantId, type } = call;
    if (isBuiltIn(type)) return builtInStays(type);
    const before = await types.get(type);
    if (before === undefined) return noSuchType;
    if (before.owner !== tenantId) return ownedByAnother;
    const changed = preconditionProblem(request, etagOf(before));
    if (changed !== undefined) return { problem: changed };
    if (!(await types.delete(before))) return changedMeanwhile;
    return { status: 204, done: "Event type deleted", fields: { type } };
}

/** GET /event_types/{type} */
export async function readEventType({ types }: OwnEventsApi, { type }: OwnEventsRequest): Promise<Served> {
    const builtIn = builtInType(type);
    if (builtIn !== undefined)
        return { status: 200, body: builtIn, headers: { etag: etagOf(builtIn) }, done: "Event type read" };
    const own = await types.get(type);
    if (own === undefined) return noSuchType;
    return { status: 200, body: shown(own), headers: { etag: etagOf(own) }, done: "Event type read" };
}

/** GET /event_types */
export async function listEventTypes({ types }: OwnEventsApi, { request }: OwnEventsRequest): Promise<Served> {
    const page = limitIn(request);
    if ("problem" in page) return page;
    const after = request.queryStringParameters?.["after"];
    if (after !== undefined && !validateEventTypeName(after)) return badAfter;
    const rest = listed(await types.all()).filter(({ type }) => after === undefined || type > after);
    const eventTypes = rest.slice(0, page.limit);
    const last = eventTypes.at(-1);
    const body = { eventTypes, ...(last && eventTypes.length < rest.length && { next: last.type }) };
    return { status: 200, body, done: "Event types listed" };
}

/** GET /asyncapi.json */
export async function readAsyncApi({ types }: OwnEventsApi): Promise<Served> {
    return { status: 200, body: documentWith(await types.all()), done: "AsyncAPI document read" };
}
