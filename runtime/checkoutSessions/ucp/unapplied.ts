import { isDeepStrictEqual } from "node:util";
import type { components } from "../../../spec/generated/ucp.types.ts";
import { isJsonObject } from "../../shared/json.ts";
import type { Result } from "../domain/call.ts";
import { asideIn } from "./aside.ts";
import { capability } from "./capabilities.ts";
import type { UcpMessage } from "./messages.ts";
import type { Telling } from "./telling.ts";

type Schemas = components["schemas"];
type Created = Extract<Result, { readonly session: unknown }>;

/** The cart that a creation is of. A platform that has no carts in common names none. */
export function cartIdIn(body: unknown, { negotiated }: Telling): string | undefined {
    const id = isJsonObject(body) && negotiated.capabilities.has(capability.cart) ? body["cart_id"] : undefined;
    return typeof id === "string" ? id : undefined;
}

/**
 * What a creation of a cart asks for and its checkout has not: lines and buyer are the cart's, and an open checkout of the
 * cart is given as it is. From request and answer alone, so that it is told again when the request comes again.
 * @param body of a creation, valid
 */
export function unappliedIn(body: unknown, { status, session, aside }: Created, telling: Telling): UcpMessage[] {
    if (cartIdIn(body, telling) === undefined) return [];
    const { capabilities } = telling.negotiated;
    const isNew = status === 201;
    const { line_items: lines = [], buyer = {}, discounts, fulfillment } = body as Schemas["CheckoutCreate"];
    const has = session.line_items.map(({ item, quantity }) => [item.id, quantity]);
    const wants = lines.map(({ item, quantity }) => [item.id, quantity]);
    const known = Object.entries(asideIn(aside, session).buyer ?? session.buyer ?? {});
    const isBuyer = Object.entries(buyer).every((member) => known.some((one) => isDeepStrictEqual(one, member)));
    const isDiscounted = isDeepStrictEqual(discounts?.codes ?? [], session.discounts?.codes ?? []);
    const members = [
        ...(lines.length > 0 && !isDeepStrictEqual(wants, has) ? ["line_items"] : []),
        ...(isBuyer ? [] : ["buyer"]),
        ...(capabilities.has(capability.discount) && discounts?.codes && !isDiscounted ? ["discounts.codes"] : []),
        ...(capabilities.has(capability.fulfillment) && !isNew && fulfillment?.methods?.length ? ["fulfillment"] : []),
    ];
    const content = isNew
        ? "The checkout has what the cart has. Replace the checkout to change it."
        : "The cart has this checkout already, which is as it was. Replace it to change it.";
    return members.map((member) => ({ type: "warning", code: "unsupported", path: `$.${member}`, content }));
}
