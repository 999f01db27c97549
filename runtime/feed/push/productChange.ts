import type { JsonObject } from "../../shared/json.ts";
import type { StreamChange } from "../../shared/outbox.ts";
import type { Feed } from "../target.ts";
import { wantedOf } from "./wanted.ts";

/** A change of a product that APIs are to be told of. */
export interface ProductChange {
    readonly productId: string;
    /** Names of the targets. */
    readonly targets: readonly string[];
    /** The same when the record comes again. */
    readonly id: string;
    /** Milliseconds since 1970 */
    readonly at: number;
    readonly correlationId: string;
}

/**
 * The change in a record of the products table. Undefined for one after which every target has the same as before: most
 * sales change how many pieces there are, and not the word that a feed has for it.
 */
export function productChange(item: JsonObject, change: StreamChange, feed: Feed): ProductChange | undefined {
    const { before, id, at } = change;
    const targets = feed.targets.filter((target) => {
        const [was, is] = [before, item].map((image) => wantedOf(image, target, feed, at.getTime()));
        return was?.digest !== is?.digest;
    });
    if (targets.length === 0) return undefined;
    const { productId, requestId } = item;
    return {
        productId: String(productId),
        targets: targets.map(({ name }) => name),
        id,
        at: at.getTime(),
        correlationId: typeof requestId === "string" ? requestId : id,
    };
}
