import type { components } from "../../../spec/generated/webhooks.types.ts";
import type { HttpRequest, Problem } from "../../shared/http.ts";
import type { AttemptItem } from "./delivery.ts";
import type { ListedDelivery, Place } from "./deliveryStore.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Refused } from "./endpointRequest.ts";

type Schemas = components["schemas"];

/** What a request is answered with. */
export type Served =
    | {
          readonly status: number;
          readonly body?: object;
          readonly headers?: Readonly<Record<string, string>>;
          /** For the log. */
          readonly done: string;
          readonly fields?: Readonly<Record<string, unknown>>;
      }
    | Refused;

export const noSuchEndpoint: Refused = { problem: { status: 404, detail: "you have no such endpoint" } };
export const noSuchDelivery: Refused = { problem: { status: 404, detail: "the endpoint was told of no such event" } };
export const conflict = (detail: string): Refused => ({ problem: { status: 409, detail } });
export const isDisabled = conflict("the endpoint is disabled: enable it first");

/** An endpoint as its owner sees it: without what it keeps secret. */
export function shownEndpoint(endpoint: Endpoint): Schemas["Endpoint"] {
    const { endpointId, kind, url, description, eventTypes, headers, rate, concurrency, ordered } = endpoint;
    const { status, disabledBecause, failingSince, failures, secrets, createdAt, updatedAt } = endpoint;
    return {
        id: endpointId,
        kind,
        url,
        ...(description !== undefined && { description }),
        eventTypes,
        headerNames: Object.keys(headers),
        ...(rate !== undefined && { rate }),
        concurrency,
        ordered,
        status,
        ...(disabledBecause !== undefined && { disabledBecause }),
        ...(failingSince !== undefined && { failingSince }),
        ...(failures !== undefined && { failures }),
        secrets: secrets.map(({ scheme, publicKey, expiresAt }) => ({
            scheme,
            ...(publicKey !== undefined && { publicKey }),
            ...(expiresAt !== undefined && { expiresAt }),
        })),
        createdAt,
        updatedAt,
    };
}

export function shownDelivery(delivery: ListedDelivery): Schemas["Delivery"] {
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

export function shownAttempt(attempt: AttemptItem): Schemas["Attempt"] {
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

/** How many elements a page is asked to have. */
export function limitIn({ queryStringParameters }: HttpRequest): { readonly limit: number } | Refused {
    const text = queryStringParameters?.["limit"] ?? "20";
    const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return limit >= 1 && limit <= 100 ? { limit } : bad("limit must be a whole number from 1 to 100");
}

export const bad = (detail: string): Refused => ({ problem: { status: 400, detail } satisfies Problem });

/** A place as a client is given it. */
export const cursorOf = ({ occurredAt, deliveryId }: Place): string =>
    Buffer.from(`${occurredAt} ${deliveryId}`).toString("base64url");

/** The place in a cursor that a client sends back, if it sends one. */
export function placeIn(cursor: string | undefined): { readonly after?: Place } | Refused {
    if (cursor === undefined) return {};
    const [, occurredAt, deliveryId] =
        /^(\S{24}) ([\w:-]{1,200})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
    if (occurredAt === undefined || deliveryId === undefined) return bad("after must be the next of another page");
    return { after: { occurredAt, deliveryId } };
}
