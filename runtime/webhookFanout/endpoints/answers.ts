import type { components } from "../../../spec/generated/webhooks.types.ts";
import type { HttpAnswer, HttpRequest, Refused } from "../../shared/http.ts";
import type { Log } from "../../shared/log.ts";
import { notDone } from "../../shared/outcome.ts";
import { bad, type Served, servedBy } from "../../shared/served.ts";
import type { Endpoint } from "./endpoint.ts";
import { shownOptions } from "./options.ts";

type Schemas = components["schemas"];

/** The answer of a callback of the webhooks' API, which caches may not keep. */
export async function answered(
    serve: () => Promise<Served>,
    request: HttpRequest,
    invocation: Log,
): Promise<HttpAnswer> {
    return await servedBy(request, invocation, async () => {
        const served = await serve();
        if ("problem" in served) return served;
        const { body, headers, fields } = served;
        if (fields?.["notWoken"] !== undefined) notDone(invocation, "DeliveryNotWoken", { failed: fields["notWoken"] });
        return body === undefined ? served : { ...served, headers: { "cache-control": "no-store", ...headers } };
    });
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

export const badAfter = bad("after must be the value next of another page");
