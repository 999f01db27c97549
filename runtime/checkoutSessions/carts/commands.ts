import type { ValidateFunction } from "ajv";
import {
    rules,
    validateCartCreateRequest,
    validateCartUpdateRequest,
} from "../../../spec/generated/checkout.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import { uuidV7 } from "../../shared/ids.ts";
import type { Log } from "../../shared/log.ts";
import { unstorableIn } from "../../shared/storable.ts";
import { jsonPathOf, shortPointer, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { Call, Scope, Served } from "../domain/call.ts";
import {
    type CommandRefused,
    contended,
    inFlight,
    invalid,
    keyConflict,
    noSuchCart,
    unknownItem,
} from "../domain/problem.ts";
import type { Buyer } from "../domain/protocol.ts";
import { itemIn, linesFor } from "../session/request.ts";
import type { Requests } from "../session/requests.ts";
import { decideInMarket, type Shop } from "../session/shop.ts";
import { type RequestedLines, type StoredCart, shownCart } from "./cart.ts";
import type { CartStore } from "./cartStore.ts";

export interface CartShop extends Shop {
    readonly carts: CartStore;
    readonly requests: Requests;
}

/** A request about a cart. */
interface CartSent {
    /** Of all but a creation. */
    readonly cartId?: string;
    readonly body: unknown;
    /** Undefined: the request is not remembered. */
    readonly key: string | undefined;
}

interface CartRequest {
    readonly line_items: RequestedLines;
    readonly buyer?: Buyer;
    readonly locale?: string;
}

const attempts = 5;

export async function createCart(shop: CartShop, sent: CartSent, call: Call): Promise<Served> {
    const request = requestIn(sent.body, validateCartCreateRequest);
    if ("problem" in request) return request;
    const id = `cart_${uuidV7()}`;
    return await once(shop, scopeOf("POST /carts", sent, call), async (scope) => {
        const { locale } = request;
        const before = { id, version: 0, caller: call.callerId, lines: [], ...(locale !== undefined && { locale }) };
        return await write(shop, before, request, { scope, status: 201, log: call.log });
    });
}

export async function readCart(shop: CartShop, cartId: string, { callerId, log }: Call): Promise<Served> {
    const cart = await ownCart(shop, cartId, callerId);
    if (cart === undefined) return { problem: noSuchCart() };
    return { status: 200, body: (await shownNow(shop, cart, log)).content };
}

/** What the request leaves out is gone. */
export async function replaceCart(shop: CartShop, sent: CartSent, call: Call): Promise<Served> {
    const request = requestIn(sent.body, validateCartUpdateRequest);
    if ("problem" in request) return request;
    return await once(shop, scopeOf("PUT /carts/{id}", sent, call), async (scope) => {
        const before = await ownCart(shop, sent.cartId ?? "", call.callerId);
        if (before === undefined) return { problem: noSuchCart() };
        const { buyer: _, ...rest } = before;
        return await write(shop, rest, request, { scope, status: 200, log: call.log });
    });
}

/** Answers with the cart as it was. */
export async function cancelCart(shop: CartShop, sent: CartSent, call: Call): Promise<Served> {
    return await once(shop, scopeOf("POST /carts/{id}/cancel", sent, call), async (scope) => {
        const cart = await ownCart(shop, sent.cartId ?? "", call.callerId);
        if (cart === undefined) return { problem: noSuchCart() };
        const { content } = await shownNow(shop, cart, call.log);
        const written = await shop.carts.delete(cart, { scope, status: 200, content });
        return written === "committed" ? { status: 200, body: content } : written;
    });
}

/** Tries again when the cart has changed; a request whose key was used gets the stored answer. */
async function once(
    { requests }: CartShop,
    scope: Scope | undefined,
    attempt: (scope: Scope | undefined) => Promise<Served | "stale" | "repeated">,
): Promise<Served> {
    for (let tried = 0; tried < attempts; tried += 1) {
        const served = await attempt(scope);
        if (served !== "stale" && served !== "repeated" && !("problem" in served)) return served;
        // The same request may have ended before, and left no cart.
        const recall = scope === undefined ? undefined : await requests.recall(scope);
        if (recall?.found === "answer") return { replay: recall.answer };
        if (recall?.found === "another") return { problem: keyConflict() };
        if (recall !== undefined && recall.found !== "nothing") return { problem: inFlight() };
        if (typeof served === "object") return served;
    }
    return { problem: contended("other requests are changing the cart") };
}

async function write(
    shop: CartShop,
    before: Omit<StoredCart, "buyer" | "expiresAt">,
    { line_items: requested, buyer }: CartRequest,
    { scope, status, log }: { readonly scope: Scope | undefined; readonly status: number; readonly log: Log },
): Promise<Served | "stale" | "repeated"> {
    const expiresAt = new Date(shop.now() + shop.merchant.cartDays * 86_400_000).toISOString();
    const cart: StoredCart = {
        ...before,
        version: before.version + 1,
        lines: linesFor(requested, before.lines),
        ...(buyer && { buyer }),
        expiresAt,
    };
    const { content, isListed } = await shownNow(shop, cart, log);
    for (const [index, line] of requested.entries()) {
        const { productId, member } = itemIn(line);
        if (!isListed(productId)) return { problem: unknownItem(`$.line_items[${index}].${member}`) };
    }
    const written = await shop.carts.write(cart, { scope, status, content });
    return written === "committed" ? { status, body: content } : written;
}

/** A cart of the client. */
export async function ownCart(
    { carts, now }: CartShop,
    cartId: string,
    caller: string,
): Promise<StoredCart | undefined> {
    const cart = await carts.read(cartId, now());
    return cart?.caller === caller ? cart : undefined;
}

/** The cart with the prices of now. */
async function shownNow(shop: CartShop, cart: StoredCart, log: Log) {
    const { currency, cartPage } = shop.merchant;
    const productIds = cart.lines.map(({ productId }) => productId);
    return await decideInMarket(shop, { currency, productIds, codes: [] }, log, (market) => ({
        content: shownCart(cart, market, cartPage),
        isListed: (productId: string) => market.products.has(productId),
    }));
}

function requestIn<Body>(body: unknown, validate: ValidateFunction<Body>): Body | CommandRefused {
    if (!validate(body)) {
        const [fault] = validationErrorsOf(validate.errors, rules);
        return { problem: invalid(fault?.detail ?? "is not allowed", jsonPathOf(fault?.pointer ?? "")) };
    }
    const unusable = unstorableIn(body);
    return unusable === undefined
        ? body
        : { problem: invalid(unusable.detail, jsonPathOf(shortPointer(unusable.pointer))) };
}

function scopeOf(operation: string, { cartId, key, body }: CartSent, { callerId }: Call): Scope | undefined {
    if (key === undefined) return undefined;
    return { recordId: fingerprint([callerId, operation, cartId ?? null, key]), fingerprint: fingerprint(body) };
}
