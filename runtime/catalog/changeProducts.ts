import type { Context } from "aws-lambda";
import { rules, validateStockAdjustment, validateStockCount } from "../../spec/generated/catalog.validators.js";
import { catalogRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import {
    callerOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    header,
    idempotencyKeyOf,
    jsonBodyOf,
    type Refused,
    scopeProblem,
} from "../shared/http.ts";
import { uuidOf } from "../shared/ids.ts";
import { log } from "../shared/log.ts";
import { dataPart, preconditionProblem } from "../shared/preconditions.ts";
import { bad, noSuchRoute, type Served, servedBy } from "../shared/served.ts";
import { type ValidationError, validationErrorsOf } from "../shared/validationErrors.ts";
import { productFrom } from "./product.ts";
import { type Change, ProductStore } from "./productStore.ts";
import { idIn, keptPrivate, unusableId } from "./served.ts";
import { etagFor, merchantProduct, type StoredProduct, stockOf } from "./storedProduct.ts";

export const env = environment("PRODUCTS_TABLE", "STOCK_TABLE");
const products = ProductStore.of(dynamo, env);
/** Bytes. */
const largestBody = 128 * 1024;
const refusal = "the body is invalid";

/** PUT and DELETE /products/{id}, PUT /products/{id}/stock and POST /products/{id}/stock/adjustments, for merchants. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const productId = idIn(request, "id");
    const invocation = log.forInvocation(context, { correlationId, ...(productId && { productId }) });
    return await servedBy(request, invocation, async () => {
        const denied = scopeProblem(request, catalogRoutes);
        if (denied !== undefined) return { problem: denied };
        if (productId === undefined) return unusableId;
        switch (request.routeKey) {
            case "PUT /products/{id}":
                return await putProduct(request, productId);
            case "DELETE /products/{id}":
                return await deleteProduct(request, productId);
            case "PUT /products/{id}/stock":
                return await setStock(request, productId);
            case "POST /products/{id}/stock/adjustments":
                return await adjustStock(request, productId);
            default:
                return noSuchRoute;
        }
    });
}

async function putProduct(request: HttpRequest, productId: string): Promise<Served> {
    const posted = jsonBodyOf(request, { most: largestBody, refusal });
    if ("problem" in posted) return posted;
    const wanted = productFrom(posted.value, productId);
    if ("errors" in wanted) return invalid(wanted.errors);
    const change = changeBy(request, wanted.stock !== undefined);
    const put = await products.put(productId, wanted, change);
    if ("problem" in put) return put;
    const { outcome, product } = put;
    const headers = { ...keptPrivate, vary: "x-api-key", etag: etagFor(product) };
    const body = merchantProduct(product, change.now);
    if (outcome !== "created") return { status: 200, body, headers, done: `Product ${outcome}` };
    return { status: 201, body, headers: { ...headers, location: request.rawPath }, done: "Product created" };
}

async function deleteProduct(request: HttpRequest, productId: string): Promise<Served> {
    const problem = await products.delete(productId, changeBy(request, false));
    return problem === undefined ? { status: 204, done: "Product deleted" } : { problem };
}

async function setStock(request: HttpRequest, productId: string): Promise<Served> {
    const posted = jsonBodyOf(request, { most: largestBody, refusal });
    if ("problem" in posted) return posted;
    const { value } = posted;
    if (!validateStockCount(value)) return invalid(validationErrorsOf(validateStockCount.errors, rules));
    const set = await products.setStock(productId, value.stock, changeBy(request, true));
    return "problem" in set ? set : shownStock(set.product, "Stock set");
}

async function adjustStock(request: HttpRequest, productId: string): Promise<Served> {
    const named = idempotencyKeyOf(request);
    if ("problem" in named) return named;
    if (named.key === undefined) return bad("the header Idempotency-Key is required");
    const posted = jsonBodyOf(request, { most: largestBody, refusal });
    if ("problem" in posted) return posted;
    const { value } = posted;
    if (!validateStockAdjustment(value)) return invalid(validationErrorsOf(validateStockAdjustment.errors, rules));
    const key = uuidOf(callerOf(request), named.key);
    const adjusted = await products.adjust(productId, value.by, key, changeBy(request, true));
    if ("problem" in adjusted) return adjusted;
    const { product, isRepeated } = adjusted;
    if (!isRepeated) return shownStock(product, "Stock adjusted");
    return shownStock(product, "Stock adjusted before", { "idempotent-replayed": "true" });
}

/** @param isOfStock whether sales count as changes since the caller has read the product */
function changeBy(request: HttpRequest, isOfStock: boolean): Change {
    return {
        correlationId: correlationIdOf(request),
        now: Date.now(),
        problem: (product) =>
            preconditionProblem(request, product && etagFor(product), isOfStock ? undefined : dataPart),
        ifUnsold: isOfStock && header(request, "if-match") !== undefined,
    };
}

function shownStock(product: StoredProduct, done: string, more: Readonly<Record<string, string>> = {}): Served {
    const headers = { ...keptPrivate, etag: etagFor(product), ...more };
    return { status: 200, body: stockOf(product, Date.now()), headers, done };
}

const invalid = (errors: readonly ValidationError[]): Refused => ({
    problem: { status: 400, detail: refusal, errors },
});
