import { validateCheckoutCreate } from "../../../spec/generated/ucp.validators.js";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { createIn, scopeOf } from "../calls/commands.ts";
import type { StoredCart } from "../carts/cart.ts";
import { type CartShop, ownCart } from "../carts/commands.ts";
import type { Call, Served } from "../domain/call.ts";
import { keyConflict, noSuchCart } from "../domain/problem.ts";
import { asideOf } from "../session/aside.ts";
import { type Checkout, changeSession } from "../session/commit.ts";
import { isTerminal, present, type State } from "../session/session.ts";
import { sentIn, type UcpCall } from "./calls.ts";
import { ucpDialect } from "./dialect.ts";
import { cartIdIn } from "./unapplied.ts";
import { bodyOf } from "./up.ts";

interface Shops {
    readonly checkout: Checkout;
    readonly carts: CartShop;
}

const attempts = 3;

/** Creates a checkout; of a cart, if the request names one. A cart has one open checkout, which is given again. */
export async function createCheckout({ checkout, carts }: Shops, asked: UcpCall): Promise<Served> {
    const { body, call, telling } = asked;
    const cartId = cartIdIn(body, telling);
    if (cartId === undefined) return await create(checkout, asked);
    // Also what the cart's contents take the place of.
    const checked = bodyOf(body, validateCheckoutCreate);
    if ("problem" in checked) return checked;
    const sent = sentIn(asked);
    const { requests } = checkout.store;
    // Of the request as it was sent: what the cart has by now makes it no other one.
    const scope = scopeOf("create", sent, call);
    const earlier = asked.key === undefined ? undefined : await requests.recall(scope);
    if (earlier?.found === "answer") return { replay: earlier.answer };
    if (earlier?.found === "another") return { problem: keyConflict() };
    let created: Served | undefined;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const cart = await ownCart(carts, cartId, call.callerId);
        if (cart === undefined) return { problem: noSuchCart() };
        const whole = { ...sent, body: { ...asObject(body), ...contentsOf(cart) } };
        const command = createIn(whole, call, ucpDialect(telling));
        if ("problem" in command) return command;
        const open = await openCheckout(checkout, cart, call);
        if (open !== undefined) {
            const { session, version } = open;
            if (created === undefined) await requests.keep(scope, { status: 200, sessionId: session.id, version });
            return { status: 200, session, ...asideOf(open) };
        }
        created ??= await changeSession(checkout, { ...command, scope });
        const sessionId =
            "session" in created ? created.session.id : "replay" in created ? idIn(created.replay) : undefined;
        if (sessionId === undefined || (await carts.carts.link(cart, sessionId)) !== undefined) return created;
        // The cart was changed meanwhile, perhaps by another creation, whose checkout it then has.
    }
    return created ?? { problem: noSuchCart() };
}

const idIn = (replay: Extract<Served, { readonly replay: unknown }>["replay"]) =>
    "sessionId" in replay ? replay.sessionId : undefined;

async function create(checkout: Checkout, asked: UcpCall): Promise<Served> {
    const command = createIn(sentIn(asked), asked.call, ucpDialect(asked.telling));
    return "problem" in command ? command : await changeSession(checkout, command);
}

async function openCheckout(
    checkout: Checkout,
    { sessionId }: StoredCart,
    { callerId }: Call,
): Promise<State | undefined> {
    const state = sessionId === undefined ? undefined : await checkout.store.versions.latest(sessionId);
    if (state?.hidden.caller !== callerId) return undefined;
    const session = present(state.session, new Date(checkout.now()));
    return isTerminal(session.status) ? undefined : { ...state, session };
}

/** In place of the same members of the request, whose buyer holds where the cart has none. */
const contentsOf = ({ lines, buyer }: StoredCart): JsonObject => ({
    line_items: lines.map(({ productId, quantity }) => ({ item: { id: productId }, quantity })),
    ...(buyer && {
        buyer: {
            email: buyer.email,
            first_name: buyer.first_name,
            last_name: buyer.last_name,
            phone_number: buyer.phone_number,
        },
    }),
});

const asObject = (body: unknown): JsonObject => (isJsonObject(body) ? body : {});
