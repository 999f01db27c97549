import { uuidV7 } from "../../shared/ids.ts";
import type { ChangeCommand, CompleteCommand, KeptAnswer, Served } from "../domain/call.ts";
import {
    busy,
    type CommandRefused,
    contended,
    inFlight,
    keyConflict,
    misrequested,
    noSuchSession,
    tooLarge,
} from "../domain/problem.ts";
import type { CreateRequest, UpdateRequest } from "../domain/protocol.ts";
import type { Reason } from "../events/event.ts";
import type { Cart } from "../pricing/cart.ts";
import type { Market } from "../pricing/market.ts";
import { asideOf } from "./aside.ts";
import { decideOutcome } from "./charge.ts";
import { type Decision, decideCancel, decideCompletion, decideCreate, decideUpdate } from "./decide.ts";
import { emptyCart, itemIn } from "./request.ts";
import type { Recall } from "./requests.ts";
import { evolve, type SessionEvent, type State } from "./session.ts";
import { decideInMarket, type Shop } from "./shop.ts";
import type { SessionStore, Written } from "./store.ts";
import { type Cause, isTooLarge } from "./versions.ts";

/** Dependencies of the checkout API. */
export interface Checkout extends Shop {
    readonly store: SessionStore;
}

/** The result of a command. */
type Committed =
    | { readonly state: State; readonly reason: Reason }
    | CommandRefused
    | { readonly replay: KeptAnswer }
    /** A completion that an earlier invocation began and did not finish. */
    | { readonly unfinished: true };

type Command = ChangeCommand | CompleteCommand;

/** Writes a version and the record of the request in one transaction. `short`: what it takes is gone meanwhile. */
type Writer<C> = (state: State, cause: Cause, command: C) => Promise<Written | "short">;

const attempts = 5;
const unknown: Recall = { found: "nothing" };

/** Creates, changes or cancels a session. */
export async function changeSession(shop: Checkout, command: ChangeCommand): Promise<Served> {
    const committed = await commit(shop, command, (state, cause, { scope }) =>
        shop.store.commit(state, cause, scope, statusOf(cause.reason)),
    );
    // Only records of completions can be unfinished, and the record's id contains the path.
    if ("unfinished" in committed) throw new Error("a request that is no completion was left unfinished");
    if (!("state" in committed)) return committed;
    const { state, reason } = committed;
    const { session, version } = state;
    command.log.info(`Session ${reason}`, { sessionId: session.id, version, status: session.status });
    return { status: statusOf(reason), session, ...asideOf(state) };
}

/**
 * Decides and writes, once for each key, with optimistic locking: after a conflict on the version it reads and decides
 * again; after a conflict on the key it returns the stored response. The key is not read beforehand, since most keys are
 * new and the write detects the others, except before a refusal that is not written.
 */
export async function commit<C extends Command>(shop: Checkout, command: C, write: Writer<C>): Promise<Committed> {
    const { requests } = shop.store;
    let written: Awaited<ReturnType<Writer<C>>> | undefined;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const isFirst = attempt === 1;
        const [recall, { before, decision }] = await Promise.all([
            isFirst ? unknown : requests.recall(command.scope),
            decide(shop, command, !isFirst),
        ]);
        switch (recall.found) {
            case "answer":
                return { replay: recall.answer };
            case "another":
                return { problem: keyConflict() };
            case "in_flight":
                return { problem: inFlight() };
            case "resting":
                return { problem: misrequested((recall.until - shop.now()) / 1000) };
            case "unfinished":
                return { unfinished: true };
            case "nothing":
                break;
        }
        if ("problem" in decision) {
            const { status, error, headers, unkept } = decision.problem;
            // The same request may have been begun between the two reads; then the record exists.
            if (unkept && (isFirst || (status === 409 && attempt === 2))) continue;
            if (unkept) return decision;
            const kept = await requests.keep(command.scope, { status, body: JSON.stringify({ error, headers }) });
            if (kept === "committed") return decision;
            continue;
        }
        const { event } = decision;
        const state = evolve(before, event, shop.merchant);
        if (isTooLarge(largest(state, event, shop))) {
            if (isFirst) continue;
            return { problem: tooLarge("the checkout session would become too large") };
        }
        written = await write(state, { reason: event.reason, requestId: command.correlationId }, command);
        if (written === "committed") return { state, reason: event.reason };
    }
    // What was left when it was decided was gone when it was written, each time.
    if (written === "short") return { problem: busy() };
    return { problem: contended("other requests are changing the checkout session") };
}

/** @param consistent whether stock and uses of codes must be current: a write has found them changed. */
async function decide(
    shop: Checkout,
    command: Command,
    consistent: boolean,
): Promise<{ readonly before?: State; readonly decision: Decision }> {
    const { callerId: caller } = command;
    if (command.name === "create") {
        const { body, mode } = command;
        const sessionId = `cs_${uuidV7()}`;
        const wanted = { currency: body.currency, ...wantedIn(emptyCart(body.capabilities), body), consistent };
        const { version, orderWebhook } = command;
        const handover = command.handsOver && { version, ...(orderWebhook !== undefined && { orderWebhook }) };
        const created = (market: Market) =>
            decideCreate(body, { sessionId, caller, market, mode, ...(handover && { handover }) });
        return { decision: await decideInMarket(shop, wanted, command.log, created) };
    }
    const before = await shop.store.versions.latest(command.sessionId);
    const { cart, handover, caller: owner } = before?.hidden ?? {};
    const isOwn = owner === caller;
    // The shop's own page goes on where a client has handed its buyer over.
    if (before === undefined || cart === undefined || !(isOwn || (command.isMerchant && handover !== undefined))) {
        return { decision: { problem: noSuchSession() } };
    }
    const { currency } = before.session;
    switch (command.name) {
        case "update": {
            const { body, mode } = command;
            const replaced = mode?.replaces ? emptyCart(cart.capabilities) : cart;
            const wanted = { currency, ...wantedIn(replaced, body), consistent };
            const updated = (market: Market) => decideUpdate(before, body, market, mode);
            return { before, decision: await decideInMarket(shop, wanted, command.log, updated) };
        }
        case "complete": {
            const { body, scope } = command;
            const wanted = { currency, ...wantedIn(cart), consistent };
            const terms = isOwn ? command : { ...command, ...handover, isTakenOver: true as const };
            const completed = (market: Market) => decideCompletion(before, body, scope.recordId, market, terms);
            return { before, decision: await decideInMarket(shop, wanted, command.log, completed) };
        }
        case "cancel":
            return { before, decision: decideCancel(before, command.body, new Date(shop.now())) };
    }
}

/** What the cart has, unless the request has others. */
const wantedIn = (cart: Cart, request: UpdateRequest = {}) => ({
    productIds: request.line_items?.map(productIdIn) ?? cart.lines.map(({ productId }) => productId),
    codes: request.discounts?.codes ?? request.coupons ?? cart.codes ?? [],
});

const productIdIn = (line: CreateRequest["line_items"][number]) => itemIn(line).productId;

const statusOf = (reason: Reason) => (reason === "created" ? 201 : 200);

/** A completion may begin only if its final version, with the order, fits into a message, too. */
function largest(state: State, { reason }: SessionEvent, { merchant, now }: Pick<Shop, "merchant" | "now">): State {
    if (reason !== "completion_begun") return state;
    const paid = decideOutcome(state, { status: "succeeded", paymentId: "" }, merchant, new Date(now()));
    return evolve(state, paid, merchant);
}
