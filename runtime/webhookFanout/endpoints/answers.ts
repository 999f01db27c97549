import type { components } from "../../../spec/generated/webhooks.types.ts";
import {
    answer,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    type Problem,
    problemAnswer,
    type Refused,
} from "../../shared/http.ts";
import type { Log } from "../../shared/log.ts";
import { notDone } from "../../shared/outcome.ts";
import type { Endpoint } from "./endpoint.ts";
import { shownOptions } from "./options.ts";

type Schemas = components["schemas"];

export type Served =
    | {
          readonly status: number;
          readonly body?: object;
          readonly headers?: Readonly<Record<string, string>>;
          /** Log message. */
          readonly done: string;
          readonly fields?: Readonly<Record<string, unknown>>;
      }
    | Refused;

/** The answer of a callback that serves several routes. */
export async function servedBy(
    serve: () => Promise<Served>,
    request: HttpRequest,
    invocation: Log,
): Promise<HttpAnswer> {
    try {
        return answerWith(request, await serve(), invocation);
    } catch (error) {
        invocation.error("The request could not be processed", { error, route: request.routeKey });
        const problem: Problem = {
            status: 503,
            detail: "the request could not be processed, try again",
            retryAfter: 5,
        };
        return problemAnswer(request, problem);
    }
}

/** Does not log the problem's errors, which may quote the request. */
function answerWith(request: HttpRequest, served: Served, invocation: Log): HttpAnswer {
    if ("problem" in served) {
        const { status, detail } = served.problem;
        invocation.info("Request refused", { status, detail, route: request.routeKey });
        return problemAnswer(request, served.problem);
    }
    const { status, body, headers, done, fields } = served;
    if (fields?.["notWoken"] !== undefined) notDone(invocation, "DeliveryNotWoken", { failed: fields["notWoken"] });
    invocation.info(done, fields);
    const correlationId = correlationIdOf(request);
    if (body === undefined) return { statusCode: status, headers: { "x-correlation-id": correlationId } };
    return answer(status, correlationId, body, { "cache-control": "no-store", ...headers });
}

export const noSuchEndpoint: Refused = { problem: { status: 404, detail: "the client has no such endpoint" } };
export const conflict = (detail: string): Refused => ({ problem: { status: 409, detail } });
export const isDisabled = conflict("the endpoint is disabled: enable it first");

/** The endpoint without its secrets. */
export function shownEndpoint(endpoint: Endpoint): Schemas["Endpoint"] {
    const {
        endpointId,
        kind,
        api_version,
        url,
        description,
        eventTypes,
        filter,
        headers = {},
        rate,
        concurrency,
        ordered,
    } = endpoint;
    const { destination, headerNames = Object.keys(headers) } = endpoint;
    const { status, disabledBecause, failingSince, failures, secrets, createdAt, updatedAt } = endpoint;
    return {
        id: endpointId,
        kind,
        ...(api_version !== undefined && { api_version }),
        ...(destination === undefined && { url }),
        ...(description !== undefined && { description }),
        eventTypes,
        ...(filter !== undefined && { filter }),
        headerNames,
        ...(rate !== undefined && { rate }),
        concurrency,
        ordered,
        ...shownOptions(endpoint),
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

export function limitIn({ queryStringParameters }: HttpRequest): { readonly limit: number } | Refused {
    const text = queryStringParameters?.["limit"] ?? "20";
    const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return limit >= 1 && limit <= 100 ? { limit } : bad("limit must be a whole number from 1 to 100");
}

export const bad = (detail: string): Refused => ({ problem: { status: 400, detail } satisfies Problem });
export const badAfter = bad("after must be the value next of another page");
