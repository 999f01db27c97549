import type { HttpRequest, Refused } from "../shared/http.ts";
import { bad } from "../shared/served.ts";
import { isCatalogId } from "./product.ts";

/** For callers that see more than the public. */
export const keptPrivate = { "cache-control": "private, no-cache" };

/** The id of a product, or a discount code, in the path. Undefined if none can be called so. */
export function idIn({ pathParameters }: HttpRequest, name: "id" | "code"): string | undefined {
    const id = pathParameters?.[name];
    return isCatalogId(id) ? id : undefined;
}

export const unusableId = bad("must be called by 1 to 64 visible ASCII characters without a slash");

export function cursorIn({ queryStringParameters }: HttpRequest): { readonly after?: string } | Refused {
    const after = queryStringParameters?.["after"];
    if (after === undefined) return {};
    return /^[!-~]{1,64}$/.test(after) ? { after } : bad("after must be the `next` of a page");
}
