import type { Double, DoubleAnswer, DoubleRequest, DoubleServices } from "embedded-aws/doubles";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";

/** The key that it takes. */
const apiKey = "local-feed-key";

/** An agent that hosts feeds by ACP's feed API, or by OpenAI's own: keeps the products that it is sent. */
export class FeedAgent implements Double {
    readonly #kept: Pick<DoubleServices["taskQueue"], "remember" | "recall">;

    /** @param kept what it has survives there */
    constructor(kept: Pick<DoubleServices["taskQueue"], "remember" | "recall">) {
        this.#kept = kept;
    }

    async answer({ method, path, headers, body }: DoubleRequest): Promise<DoubleAnswer> {
        const [, feed] = /^\/(?:product_)?feeds\/([^/?]+)\/products$/.exec(path) ?? [];
        if (feed === undefined) return refusal(404, "feed_not_found", "Feed not found");
        if (headers.authorization !== `Bearer ${apiKey}`) return refusal(401, "invalid_key", "The key is unknown");
        const has = this.#productsOf(feed);
        switch (method) {
            case "GET":
                return { status: 200, body: { products: Object.values(has) } };
            case "PATCH": {
                const products = productsIn(body);
                const wrong = products === undefined ? "products must be a list" : products.map(faultOf).find(Boolean);
                if (products === undefined || wrong) return refusal(422, "invalid_product_payload", wrong ?? "");
                const upserted = Object.fromEntries(products.map((product) => [String(product["id"]), product]));
                this.#kept.remember(factOf(feed), { ...has, ...upserted });
                return { status: 200, body: { id: feed, accepted: true } };
            }
            default:
                return refusal(405, "method_not_allowed", "GET and PATCH are there");
        }
    }

    close(): void {}

    #productsOf(feed: string): JsonObject {
        const has = this.#kept.recall(factOf(feed));
        return isJsonObject(has) ? has : {};
    }
}

const factOf = (feed: string) => `feed agent ${feed}`;

function productsIn(body: string): JsonObject[] | undefined {
    try {
        const value: unknown = JSON.parse(body);
        const products: unknown = isJsonObject(value) ? value["products"] : undefined;
        return Array.isArray(products) ? products.filter(isJsonObject) : undefined;
    } catch {
        return undefined;
    }
}

/** What it does not take: no variant, a currency in lower case, or what costs nothing. */
function faultOf({ id, variants }: JsonObject): string | undefined {
    const all = Array.isArray(variants) ? variants.filter(isJsonObject) : [];
    if (all.length === 0) return `${id} has no variant`;
    for (const { price } of all) {
        if (!isJsonObject(price)) continue;
        if (!/^[A-Z]{3}$/.test(String(price["currency"]))) return `${id} has a currency that is not in upper case`;
        if (price["amount"] === 0) return `${id} has no price`;
    }
    return undefined;
}

const refusal = (status: number, code: string, message: string): DoubleAnswer => ({
    status,
    body: { type: "invalid_request", code, message },
});
