import type { Context } from "aws-lambda";
import { apiKeyReaderOf } from "../shared/apiKeyReader.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { correlationIdOf, type HttpAnswer, type HttpRequest, header, type Refused } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { etagOf, isCurrent } from "../shared/preconditions.ts";
import { limitIn, type Served, servedBy } from "../shared/served.ts";
import { isPublic, productIn, publicProduct } from "./product.ts";
import { ProductStore } from "./productStore.ts";
import { cursorIn, idIn, keptPrivate } from "./served.ts";
import { etagFor, merchantProduct } from "./storedProduct.ts";

export const env = environment("PRODUCTS_TABLE", "STOCK_TABLE", "API_KEYS_SECRET", "PLAIN_KEY_SCOPES");
const products = ProductStore.of(dynamo, env);
/** Read for the first caller that shows a key: most show none. */
let apiKeys: ReturnType<typeof apiKeyReaderOf> | undefined;

/** How long caches may keep the public view. */
const cached = { "cache-control": "public, max-age=60", vary: "x-api-key" };
const forMerchants = { ...keptPrivate, vary: "x-api-key" };

/** GET /products and /products/{id}: all products to a merchant, those on sale to the public. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const invocation = log.forInvocation(context, { correlationId: correlationIdOf(request) });
    return await servedBy(request, invocation, async () => {
        const caller = await callerOf(request);
        if ("problem" in caller) return caller;
        const now = Date.now();
        return request.routeKey.endsWith("}")
            ? await readProduct(request, caller.isMerchant, now)
            : await listProducts(request, caller.isMerchant, now);
    });
}

/** The routes are open: no authorizer has looked at the key. */
async function callerOf(request: HttpRequest): Promise<{ readonly isMerchant: boolean } | Refused> {
    const key = header(request, "x-api-key");
    if (key === undefined) return { isMerchant: false };
    apiKeys ??= apiKeyReaderOf(env);
    const reader = await apiKeys;
    const caller = await reader.callerOf(key);
    if (caller !== undefined) return { isMerchant: caller.scopes.includes("merchant") };
    if (!reader.isReadable) throw new Error("the API keys cannot be read");
    return {
        problem: { status: 401, detail: "the key in x-api-key is unknown; without one, what is public is shown" },
    };
}

async function readProduct(request: HttpRequest, isMerchant: boolean, now: number): Promise<Served> {
    const productId = idIn(request, "id");
    if (productId === undefined) return missing;
    if (isMerchant) {
        const { product } = await products.read(productId);
        if (product === undefined) return missing;
        return unlessCurrent(request, merchantProduct(product, now), { ...forMerchants, etag: etagFor(product) });
    }
    const item = await products.item(productId);
    const data = productIn(item);
    if (item === undefined || data === undefined || !isPublic(data, now)) return missing;
    const body = publicProduct(item, data, now);
    return unlessCurrent(request, body, { ...cached, etag: etagOf(body) });
}

const missing: Refused = { problem: { status: 404, detail: "there is no such product" } };

function unlessCurrent(request: HttpRequest, body: object, headers: { readonly etag: string }): Served {
    if (isCurrent(request, headers.etag)) return { status: 304, headers, done: "Not changed" };
    return { status: 200, body, headers, done: "Catalogue read" };
}

async function listProducts(request: HttpRequest, isMerchant: boolean, now: number): Promise<Served> {
    const [page, cursor] = [limitIn(request), cursorIn(request)];
    if ("problem" in page) return page;
    if ("problem" in cursor) return cursor;
    const isShown = (data: Parameters<typeof isPublic>[0]) => isMerchant || isPublic(data, now);
    const { items, next } = await products.page(page.limit, cursor.after, isShown);
    const shown = isMerchant
        ? (await products.withPieces(items)).map((product) => merchantProduct(product, now))
        : items.flatMap((item) => {
              const data = productIn(item);
              return data === undefined ? [] : [publicProduct(item, data, now)];
          });
    const body = { products: shown, ...(next !== undefined && { next }) };
    return unlessCurrent(request, body, { ...(isMerchant ? forMerchants : cached), etag: etagOf(body) });
}
