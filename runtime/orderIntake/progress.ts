import { isJsonObject, type JsonObject } from "../shared/json.ts";

/** What became of an order, as `GET /orders/{orderId}` tells it. */
export interface Progress {
    readonly status: "received" | "reserved" | "shortage";
    readonly effects: readonly { readonly name: string; readonly at: string }[];
}

/** Reads it from the order's items in the effects table; what is only begun is not told. */
export function progressIn(items: readonly JsonObject[]): Progress {
    const effects = items.flatMap(({ effect, doneAt }) =>
        typeof effect === "string" && typeof doneAt === "string" ? [{ name: effect, at: doneAt }] : [],
    );
    const reservation = items.find(({ effect }) => effect === "reservation")?.["outcome"];
    const status = isJsonObject(reservation) ? reservation["status"] : undefined;
    return {
        status: status === "reserved" || status === "shortage" ? status : "received",
        effects: effects.sort((a, b) => a.at.localeCompare(b.at)),
    };
}
