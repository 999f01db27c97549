import { createHash } from "node:crypto";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { type AcpForms, dataFor, olderDataFor } from "../endpoints/eventTypes.ts";
import type { StoredDelivery } from "./delivery.ts";

const shards = 8;
/** Shards of the index `due`, for 1,000 writes a second each. */
export const dueShards: readonly string[] = Array.from({ length: shards }, (_, shard) => String(shard));
/** Days that deliveries can be read and replayed. */
const keptDays = 30;
const day = 24 * 60 * 60;

/** An event of any source. */
export interface OutboundEvent extends AcpForms {
    /** Without a dot, the separator in signed content (Standard Webhooks). */
    readonly id: string;
    readonly type: string;
    /** `tenant.<client>` of an event that a client has published; absent for ours. */
    readonly source?: string;
    /** The client; absent for events of the merchant only. */
    readonly tenantId?: string;
    /** A tenant of the client, which receives the event, too. */
    readonly recipient?: string;
    /** Id of the session or order. */
    readonly orderingKey: string;
    /** ISO 8601, with milliseconds */
    readonly occurredAt: string;
    readonly correlationId: string;
    readonly data: object;
    /** URL where the client, a platform, takes this event and later ones. */
    readonly webhook?: string;
}

export interface NewDelivery extends StoredDelivery {
    readonly body: string;
}

/**
 * The delivery of an event; `skipped` for a disabled endpoint, for a replay.
 * @param now milliseconds since 1970
 * @param waitMs before the first attempt
 */
export function newDelivery(endpoint: Endpoint, event: OutboundEvent, now: number, waitMs = 0): NewDelivery {
    const { endpointId, tenantId, ordered, status, retentionDays } = endpoint;
    const { id, type, orderingKey, occurredAt, correlationId } = event;
    const at = new Date(now).toISOString();
    return {
        endpointId,
        deliveryId: id,
        tenantId,
        eventType: type,
        orderingKey,
        occurredAt,
        correlationId,
        body: bodyOf(endpoint, event),
        ...(olderDataFor(endpoint, event) && { isOlderForm: true }),
        ...(status === "enabled"
            ? { status: "pending", nextAttemptAt: new Date(now + waitMs).toISOString() }
            : { status: "skipped" }),
        attempts: 0,
        createdAt: at,
        expiresAt: expiryFrom(now, retentionDays),
        dueShard: shardOf(id),
        ...(ordered && { orderKey: `${endpointId}#${orderingKey}` }),
    };
}

/** Seconds since 1970. */
export const expiryFrom = (now: number, days = keptDays): number => Math.floor(now / 1000) + days * day;

function bodyOf(endpoint: Endpoint, event: OutboundEvent): string {
    const { id, type, source, occurredAt: timestamp } = event;
    const full = dataFor(endpoint, event);
    switch (endpoint.kind) {
        case "standard": {
            const data = endpoint.payload === "thin" ? idsIn(full) : full;
            const { version: sequence } = versionIn(id) ?? {};
            const about = { ...(source !== undefined && { source }), ...(sequence !== undefined && { sequence }) };
            return JSON.stringify({ id, type, ...about, timestamp, data });
        }
        case "acp":
            return JSON.stringify({ type, data: full });
        case "ucp":
            return JSON.stringify(full);
    }
}

/** `id`, `orderId`, `sessionId`… */
function idsIn(data: object): object {
    return Object.fromEntries(
        Object.entries(data).filter(([name, value]) => /^id$|Id$|_id$/.test(name) && typeof value === "string"),
    );
}

/** Of an event of a session or its order: `cs_…:12:order_update`. */
export function versionIn(eventId: string): { readonly key: string; readonly version: number } | undefined {
    const [, key, version] = /^(.+):(\d+):\w+$/.exec(eventId) ?? [];
    return key === undefined ? undefined : { key, version: Number(version) };
}

/** Partition of the index `due`. */
export function shardOf(eventId: string): string {
    return String(createHash("sha256").update(eventId).digest().readUInt8(0) % shards);
}
