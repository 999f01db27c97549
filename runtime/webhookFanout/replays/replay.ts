import type { components } from "../../../spec/generated/webhooks.types.ts";
import type { JsonObject } from "../../shared/json.ts";
import { expiryFrom } from "../delivery/newDelivery.ts";

/** Which deliveries of an endpoint are replayed. */
export interface ReplayFilter {
    readonly statuses: readonly ("exhausted" | "skipped" | "delivered")[];
    /** ISO 8601: times of the events. */
    readonly since: string;
    readonly until: string;
    /** Patterns. @default all */
    readonly types?: readonly string[];
}

/** The deliveries of a page, written down before any is made due: after a crash the page is the same. */
export interface Page {
    readonly deliveryIds: readonly string[];
    /** ISO 8601: time of the last one's event. */
    readonly upTo?: string;
    /** Where the next page begins; absent on the last one. */
    readonly next?: { readonly occurredAt: string; readonly deliveryId: string };
}

/** A replay under way: an item (`endpointId`, `deliveryId`) of the deliveries table, with `replay#<id>` for the latter. */
export interface Replay {
    /** `rp_<uuid>` */
    readonly replayId: string;
    readonly endpointId: string;
    readonly tenantId: string;
    readonly filter: ReplayFilter;
    readonly status: "running" | "done" | "cancelled" | "stopped";
    /** Why it ended before all were replayed. */
    readonly stoppedBecause?: string;
    /** Deliveries that match, so far, and those of them that are due again: what changed meanwhile is left alone. */
    readonly found: number;
    readonly replayed: number;
    /** ISO 8601: events up to this time are done. */
    readonly upTo?: string;
    /** Pages so far. */
    readonly pages: number;
    /** Where the next page begins. */
    readonly after?: NonNullable<Page["next"]>;
    /** The page under way. */
    readonly page?: Page;
    /** Of the request that began it. */
    readonly requestFingerprint: string;
    readonly correlationId: string;
    /** ISO 8601 */
    readonly createdAt: string;
    readonly updatedAt: string;
    /** Seconds since 1970. */
    readonly expiresAt: number;
}

/** A message of the queue of replays: another page is due. The first one has the replay itself. */
export interface ReplayTask {
    readonly tenantId: string;
    readonly endpointId: string;
    readonly replayId: string;
    readonly replay?: Replay;
}

type NewReplay = Pick<
    Replay,
    "correlationId" | "endpointId" | "filter" | "replayId" | "requestFingerprint" | "tenantId"
>;

/** @param now milliseconds since 1970 */
export function newReplay(replay: NewReplay, now: number): Replay {
    const at = new Date(now).toISOString();
    const none = { found: 0, replayed: 0, pages: 0 };
    return { ...replay, ...none, status: "running", createdAt: at, updatedAt: at, expiresAt: expiryFrom(now) };
}

/** As owners and operators see it. */
export function shownReplay(replay: Replay): components["schemas"]["ShownReplay"] {
    const { replayId, endpointId, filter, status, stoppedBecause, found, replayed, upTo, createdAt, updatedAt } =
        replay;
    const { statuses, since, until, types } = filter;
    return {
        id: replayId,
        endpointId,
        status,
        ...(stoppedBecause !== undefined && { stoppedBecause }),
        found,
        replayed,
        ...(upTo !== undefined && { upTo }),
        statuses: [...statuses],
        since,
        until,
        ...(types && { types: [...types] }),
        createdAt,
        updatedAt,
    };
}

/** Only the queue's senders write its messages. */
export const taskIn = (value: JsonObject): ReplayTask => value as unknown as ReplayTask;
