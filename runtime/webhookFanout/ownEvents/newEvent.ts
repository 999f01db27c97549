import type { components } from "../../../spec/generated/tenants.types.ts";
import type { BusEvent } from "../../shared/events.ts";
import { bytesIn, largestContent } from "../../shared/message.ts";

type Posted = components["schemas"]["NewEvent"];

/** Begins the sources of clients' events on the bus, and of no others. */
export const ownSource = "tenant.";

/** What a client's event says on the bus, besides its type and its source. */
interface OwnEventDetail {
    /** `evt_<uuid>` */
    readonly id: string;
    /** The client that published it. */
    readonly tenantId: string;
    /** One of the client's tenants, whose endpoints receive it, too. */
    readonly recipient?: string;
    readonly orderingKey: string;
    readonly data: Posted["data"];
    readonly meta: { readonly correlationId: string; readonly receivedAt: string };
}

interface Publication {
    readonly id: string;
    readonly tenantId: string;
    readonly correlationId: string;
    readonly at: Date;
}

export function ownEvent({ type, data, tenant, orderingKey }: Posted, publication: Publication): BusEvent {
    const { id, tenantId, correlationId, at } = publication;
    const detail: OwnEventDetail = {
        id,
        tenantId,
        ...(tenant !== undefined && { recipient: tenant }),
        orderingKey: orderingKey ?? id,
        data,
        meta: { correlationId, receivedAt: at.toISOString() },
    };
    return { source: ownSource + tenantId, type, detail, time: at };
}

/** Bytes that the event has too many. */
export const excessIn = ({ detail }: BusEvent): number => Math.max(0, bytesIn(detail) - largestContent);
