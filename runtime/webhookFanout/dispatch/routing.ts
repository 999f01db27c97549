import type { OutboundEvent } from "../delivery/newDelivery.ts";
import type { RegisteredEndpoint } from "../endpoints/endpointStore.ts";
import { dataFor, wants } from "../endpoints/eventTypes.ts";
import { passes } from "../endpoints/filter.ts";

/** An event goes to its own tenant, to the one that it names, and to all clients with the scope `merchant`. */
const tenantsFor = ({ tenantId, recipient }: OutboundEvent, merchants: readonly string[]): readonly string[] => [
    ...new Set([...merchants, ...[tenantId, recipient].filter((each) => each !== undefined)]),
];

/** The endpoints of an event. */
interface Audience {
    readonly endpoints: readonly RegisteredEndpoint[];
    /** Those that cannot be decided, such as one whose filter is no pattern: they take no event from the others. */
    readonly unusable: readonly { readonly endpoint: RegisteredEndpoint; readonly error: unknown }[];
}

/**
 * Finds the endpoints of an event. Created for each batch: reads the endpoints of each tenant once, after the event, and
 * so finds all that were registered before it.
 */
export class Routing {
    readonly #read: (tenantId: string) => Promise<readonly RegisteredEndpoint[]>;
    readonly #merchants: readonly string[];
    readonly #endpoints = new Map<string, Promise<readonly RegisteredEndpoint[]>>();

    constructor(read: (tenantId: string) => Promise<readonly RegisteredEndpoint[]>, merchants: readonly string[]) {
        this.#read = read;
        this.#merchants = merchants;
    }

    async endpointsFor(event: OutboundEvent): Promise<Audience> {
        const tenants = tenantsFor(event, this.#merchants);
        const registered = await Promise.all(tenants.map((tenantId) => this.#endpointsOf(tenantId)));
        const { type } = event;
        const unusable: { endpoint: RegisteredEndpoint; error: unknown }[] = [];
        const endpoints = registered.flat().filter((endpoint) => {
            try {
                return wants(endpoint, type) && passes(endpoint.filter, { type, data: dataFor(endpoint, event) });
            } catch (error) {
                unusable.push({ endpoint, error });
                return false;
            }
        });
        return { endpoints, unusable };
    }

    #endpointsOf(tenantId: string): Promise<readonly RegisteredEndpoint[]> {
        const known = this.#endpoints.get(tenantId) ?? this.#read(tenantId);
        this.#endpoints.set(tenantId, known);
        return known;
    }
}
