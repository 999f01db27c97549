import { instantOf } from "../../shared/instant.ts";
import { covers } from "../endpoints/eventTypes.ts";
import type { ListedDelivery } from "./deliveryStore.ts";

const replayableMs = 14 * 24 * 60 * 60_000;

/** The earliest time of events that are replayed. */
export function sinceIn(since: string, now: number): { readonly iso: string } | { readonly detail: string } {
    const time = instantOf(since);
    if (Number.isNaN(time) || time > now) return { detail: "must be in the past" };
    if (time < now - replayableMs) return { detail: "must not be more than 14 days ago" };
    // EventBridge rounds event times to seconds.
    return { iso: new Date(Math.floor(time / 1000) * 1000).toISOString() };
}

/** Whether a delivery is of one of these types. @param types patterns @default all */
export const ofTypes =
    (types: readonly string[] | undefined) =>
    ({ eventType }: Pick<ListedDelivery, "eventType">): boolean =>
        types === undefined || types.some((pattern) => covers(pattern, eventType));
