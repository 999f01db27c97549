import type { RegisteredEndpoint } from "./endpointStore.ts";
import type { OutboundEvent } from "./event.ts";
import { wants } from "./eventTypes.ts";

/** The setting `merchantCallers` as a callback gets it: `shop,back-office`. */
export const merchantCallersFrom = (list: string): readonly string[] =>
    list.split(",").filter((caller) => caller !== "");

/** Whose endpoints may be told of an event: the merchant's own callers of every one, of its own its tenant. */
export const tenantsFor = ({ tenantId }: OutboundEvent, merchantCallers: readonly string[]): readonly string[] => [
    ...new Set([...merchantCallers, ...(tenantId === undefined ? [] : [tenantId])]),
];

/**
 * Finds the endpoints that are to be told. Each tenant's are read once, when they are first asked for: after the event,
 * so that an endpoint that was registered before it is among them. Made anew for each batch.
 */
export class Audience {
    readonly #read: (tenantId: string) => Promise<readonly RegisteredEndpoint[]>;
    readonly #merchantCallers: readonly string[];
    readonly #endpoints = new Map<string, Promise<readonly RegisteredEndpoint[]>>();

    constructor(
        read: (tenantId: string) => Promise<readonly RegisteredEndpoint[]>,
        merchantCallers: readonly string[],
    ) {
        this.#read = read;
        this.#merchantCallers = merchantCallers;
    }

    async of(event: OutboundEvent): Promise<RegisteredEndpoint[]> {
        const tenants = tenantsFor(event, this.#merchantCallers);
        const endpoints = await Promise.all(tenants.map((tenantId) => this.#endpointsOf(tenantId)));
        return endpoints.flat().filter((endpoint) => wants(endpoint, event.type));
    }

    #endpointsOf(tenantId: string): Promise<readonly RegisteredEndpoint[]> {
        const known = this.#endpoints.get(tenantId) ?? this.#read(tenantId);
        this.#endpoints.set(tenantId, known);
        return known;
    }
}
