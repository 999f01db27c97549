import { uuidV7 } from "../../shared/ids.ts";
import type { Call, Post } from "../api/call.ts";
import type { Served } from "../api/served.ts";
import type { Merchant } from "../domain/merchant.ts";
import { noSuchSession } from "../domain/problem.ts";
import type { CancelRequest, CreateRequest, UpdateRequest } from "../domain/protocol.ts";
import type { Market } from "../pricing/market.ts";
import type { Catalog } from "./catalog.ts";
import { decideCancel, decideCreate, decideUpdate } from "./decide.ts";
import { itemIn } from "./request.ts";
import type { State } from "./session.ts";
import type { SessionStore } from "./store.ts";
import { type Step, transition } from "./transition.ts";

/** What the checkout API works with. */
export interface Shop {
    readonly store: SessionStore;
    readonly catalog: Catalog;
    readonly merchant: Merchant;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

/** A session as its owner finds it; for everybody else there is none. */
export async function ownSession(
    { store }: Pick<Shop, "store">,
    sessionId: string,
    { callerId }: Pick<Call, "callerId">,
): Promise<State | undefined> {
    const state = await store.versions.latest(sessionId);
    return state?.hidden.caller === callerId ? state : undefined;
}

/** A session as its owner finds it, or a client that may read all of them. */
export async function readableSession(
    { store }: Pick<Shop, "store">,
    sessionId: string,
    reader: Reader,
): Promise<State | undefined> {
    const state = await store.versions.latest(sessionId);
    return state !== undefined && mayRead(state, reader) ? state : undefined;
}

type Reader = Pick<Call, "callerId" | "isMerchant">;

export const mayRead = ({ hidden }: Pick<State, "hidden">, { callerId, isMerchant }: Reader): boolean =>
    isMerchant || hidden.caller === callerId;

export async function createSession(shop: Shop, post: Post<CreateRequest>): Promise<Served> {
    const { body, callerId: caller } = post;
    return await change(shop, post, 201, async () => {
        const market = await marketFor(shop, body.line_items.map(productIdIn), codesIn(body) ?? []);
        return { decision: decideCreate(body, { sessionId: `cs_${uuidV7()}`, caller, market }) };
    });
}

export async function readSession(shop: Shop, sessionId: string, call: Call): Promise<Served> {
    const state = await readableSession(shop, sessionId, call);
    if (state === undefined) return { problem: noSuchSession() };
    call.log.info("Session read", { sessionId, version: state.version });
    return { status: 200, session: state.session };
}

export async function updateSession(shop: Shop, sessionId: string, post: Post<UpdateRequest>): Promise<Served> {
    const { body } = post;
    return await change(shop, post, 200, async () => {
        const before = await ownSession(shop, sessionId, post);
        if (before === undefined) return { decision: { problem: noSuchSession() } };
        return { before, decision: decideUpdate(before, body, await marketOf(shop, before, body)) };
    });
}

export async function cancelSession(shop: Shop, sessionId: string, post: Post<CancelRequest>): Promise<Served> {
    return await change(shop, post, 200, async () => {
        const before = await ownSession(shop, sessionId, post);
        if (before === undefined) return { decision: { problem: noSuchSession() } };
        return { before, decision: decideCancel(before, post.body, new Date(shop.now())) };
    });
}

/** The market for a session's cart, as a request changes it. */
export function marketOf(shop: Shop, { hidden: { cart } }: State, request: UpdateRequest = {}): Promise<Market> {
    const productIds = request.line_items?.map(productIdIn) ?? cart.lines.map((line) => line.productId);
    return marketFor(shop, productIds, codesIn(request) ?? cart.codes ?? []);
}

/** Writes what was decided, with the answer to the request. */
async function change<Body>(shop: Shop, post: Post<Body>, status: number, decide: Step["decide"]): Promise<Served> {
    const { correlationId: requestId, scope, log } = post;
    const write: Step["write"] = (next, { reason }) => shop.store.commit(next, { reason, requestId }, scope, status);
    const done = await transition(post, { decide, write }, shop);
    // Only completions are begun before they are answered, and the record of one is found by its own path alone.
    if ("unfinished" in done) throw new Error("a request that is no completion was left unfinished");
    if (!("state" in done)) return done;
    const { session, version } = done.state;
    log.info(`Session ${done.event.reason}`, { sessionId: session.id, version, status: session.status });
    return { status, session };
}

async function marketFor(shop: Shop, productIds: readonly string[], codes: readonly string[]): Promise<Market> {
    return { ...(await shop.catalog.offers(productIds, codes)), merchant: shop.merchant, now: new Date(shop.now()) };
}

const productIdIn = (line: CreateRequest["line_items"][number]) => itemIn(line).productId;
const codesIn = ({ discounts, coupons }: UpdateRequest) => discounts?.codes ?? coupons;
