import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Allowed, addressProblem, bare, formProblem } from "../../shared/destination.ts";
import { uuidOf } from "../../shared/ids.ts";
import type { OutboundEvent } from "../delivery/newDelivery.ts";
import type { EndpointStore } from "../endpoints/endpointStore.ts";
import { typesFor } from "../endpoints/eventTypes.ts";

/** Endpoints that platforms of the Universal Commerce Protocol get by buying: one each, where their profile says. */
export class PlatformEndpoints {
    readonly #endpoints: EndpointStore;
    readonly #allowed: Allowed;

    constructor(endpoints: EndpointStore, allowed: Allowed) {
        this.#endpoints = endpoints;
        this.#allowed = allowed;
    }

    /**
     * Registers the endpoint of an event that names one, or has it follow the profile and begin anew if it was disabled.
     * @returns why the URL is not allowed
     */
    async register({ tenantId, webhook: url, occurredAt }: OutboundEvent): Promise<string | undefined> {
        if (tenantId === undefined || url === undefined) return undefined;
        const problem = await this.#problemOf(url);
        if (problem !== undefined) return problem;
        const endpointId = `ep_${uuidOf("platform", tenantId)}`;
        const known = await this.#endpoints.get(tenantId, endpointId);
        if (known?.url === url && known.status === "enabled") return undefined;
        const kind = "ucp";
        await this.#endpoints.keep(
            {
                tenantId,
                endpointId,
                kind,
                url,
                eventTypes: typesFor(kind),
                concurrency: 10,
                ordered: true,
                secrets: [],
            },
            occurredAt,
        );
        return undefined;
    }

    /** A name that does not resolve now may do so later: connections are checked again, each. */
    async #problemOf(url: string): Promise<string | undefined> {
        const malformed = formProblem(url, this.#allowed);
        if (malformed !== undefined) return malformed;
        const host = bare(new URL(url).hostname);
        const addresses =
            isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => undefined) : [{ address: host }];
        if (addresses === undefined) return undefined;
        return await addressProblem(url, { allow: this.#allowed, resolve: async () => addresses });
    }
}
