import { fingerprint } from "../../shared/canonical.ts";
import type { JsonObject } from "../../shared/json.ts";
import { type Told, toldOf } from "../offer.ts";
import { type AcpProduct, acpProduct } from "../rows/acpProduct.ts";
import type { Feed, FeedTarget } from "../target.ts";

/** What an API is to have of a product. */
export interface Wanted {
    readonly product: AcpProduct;
    /** Equal for equal products that are told to the same feed. */
    readonly digest: string;
    /** Milliseconds since 1970: it is another one from then on, whether it is changed or not. */
    readonly changesAt?: number;
}

/** Undefined if the API is not to have it. */
export const wantedOf = (
    item: JsonObject | undefined,
    target: FeedTarget,
    feed: Pick<Feed, "shop">,
    now: number,
): Wanted | undefined => wantedIn(item && toldOf(item, target, feed, now), target, feed);

export function wantedIn(told: Told, target: FeedTarget, feed: Pick<Feed, "shop">): Wanted | undefined {
    if (told === undefined || !("offer" in told)) return undefined;
    const product = acpProduct(told.offer, target, feed);
    const { changesAt } = told.offer;
    const { kind, endpoint, feedId } = target;
    const digest = fingerprint({ product, changesAt, feed: [kind, endpoint, feedId] });
    return { product, digest, ...(changesAt !== undefined && { changesAt }) };
}
