import {
    validateCatalogLookup,
    validateCatalogProduct,
    validateCatalogSearch,
} from "../../../spec/generated/ucp.validators.js";
import { isKey } from "../../shared/storable.ts";
import type { Served } from "../domain/call.ts";
import type { CommandRefused } from "../domain/problem.ts";
import { mostIds, type ShownCatalog } from "../products/shownCatalog.ts";
import { capability, envelopeOf } from "./capabilities.ts";
import { currencyFor, isWanted, ucpProduct } from "./product.ts";
import type { Telling } from "./telling.ts";
import { bodyOf, malformed } from "./up.ts";

const mostProducts = 50;

/** Finds products by words, categories and prices, page by page. */
export async function searchCatalog(catalog: ShownCatalog, body: unknown, telling: Telling): Promise<Served> {
    const sent = bodyOf(body, validateCatalogSearch);
    if ("problem" in sent) return sent;
    const { query, filters, context, pagination: { cursor, limit = 10 } = {} } = sent;
    if (query === undefined && filters === undefined) return refused("give a query or filters");
    const after = cursor === undefined ? undefined : productIn(cursor);
    if (cursor !== undefined && after === undefined) {
        return refused("must be the cursor of a page", "$.pagination.cursor");
    }
    const currency = currencyFor(context, telling.merchant);
    const found = await catalog.search(isWanted(sent, currency), Math.min(limit, mostProducts), after);
    return {
        status: 200,
        body: {
            ucp: envelopeOf(telling.negotiated, [capability.search]),
            products: found.products.map((product) => ucpProduct(product, currency)),
            pagination: {
                has_next_page: found.next !== undefined,
                ...(found.next !== undefined && { cursor: cursorOf(found.next) }),
            },
        },
    };
}

/** A cursor is not a product's id, so that what is none is told apart from one. */
const cursorOf = (productId: string): string => `c_${Buffer.from(productId).toString("base64url")}`;

function productIn(cursor: string): string | undefined {
    const productId = Buffer.from(cursor.slice(2), "base64url").toString();
    return isKey(productId) && cursorOf(productId) === cursor ? productId : undefined;
}

/** The products that there are of those asked for. */
export async function lookupCatalog(catalog: ShownCatalog, body: unknown, telling: Telling): Promise<Served> {
    const sent = bodyOf(body, validateCatalogLookup);
    if ("problem" in sent) return sent;
    const ids = [...new Set(sent.ids)];
    if (ids.length > mostIds) return refused(`must have at most ${mostIds} ids`, "$.ids", "request_too_large");
    const { filters, context } = sent;
    const currency = currencyFor(context, telling.merchant);
    const found = (await catalog.lookup(ids.filter(isKey))).filter(isWanted({ filters }, currency));
    const missing = ids.filter((id) => !found.some(({ productId }) => productId === id));
    return {
        status: 200,
        body: {
            ucp: envelopeOf(telling.negotiated, [capability.lookup]),
            products: found.map((product) => ucpProduct(product, currency, [product.productId ?? ""])),
            ...(missing.length > 0 && {
                messages: missing.map((id) => ({
                    type: "info",
                    code: "not_found",
                    content: `There is no product ${id}.`,
                })),
            }),
        },
    };
}

export async function getProduct(catalog: ShownCatalog, body: unknown, telling: Telling): Promise<Served> {
    const sent = bodyOf(body, validateCatalogProduct);
    if ("problem" in sent) return sent;
    const { id, context, filters } = sent;
    const currency = currencyFor(context, telling.merchant);
    const [product] = (isKey(id) ? await catalog.lookup([id]) : []).filter(isWanted({ filters }, currency));
    if (product === undefined) return { problem: noSuchProduct };
    const ucp = envelopeOf(telling.negotiated, [capability.lookup]);
    return { status: 200, body: { ucp, product: ucpProduct(product, currency) } };
}

const noSuchProduct = {
    status: 404,
    error: { type: "invalid_request", code: "product_not_found", message: "there is no such product" },
} as const;

const refused = (message: string, param = "$", code: string = malformed): CommandRefused => ({
    problem: { status: 400, error: { type: "invalid_request", code, message, param } },
});
