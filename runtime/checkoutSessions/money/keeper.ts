import type { Log } from "../../shared/log.ts";
import { givenElsewhereIn } from "../../shared/orders/orderAdjustments.ts";
import { orderAfter } from "../../shared/orders/orderEvent.ts";
import { inStatus } from "../../shared/orders/orderProgress.ts";
import { done, notDone, type Outcome } from "../../shared/outcome.ts";
import { pause } from "../../shared/pause.ts";
import type { Merchant } from "../domain/merchant.ts";
import type { MoneyProvider } from "../payment/money.ts";
import { sessionIdOf } from "../session/order.ts";
import type { SessionVersions } from "../session/versions.ts";
import { carryOut } from "./carryOut.ts";
import { change, type Decide } from "./change.ts";
import { type Departures, departuresIn } from "./departures.ts";
import type { Entry, Ledger } from "./ledger.ts";
import type { LedgerStore } from "./ledgerStore.ts";
import { decideCanceled, decideFulfilled, decideNote, decideUnfulfillable } from "./orderDecisions.ts";
import type { OrderVersions } from "./orderVersions.ts";
import { isFulfilled, type Task, type Updated } from "./task.ts";

interface Books {
    readonly ledgers: LedgerStore;
    readonly sessions: SessionVersions;
    readonly orders: OrderVersions;
    readonly provider: MoneyProvider;
    readonly unfulfillable: Merchant["payment"]["unfulfillable"];
    /** Has a completion finished. */
    settle(sessionId: string, version: number, correlationId: string): Promise<void>;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

/** Looks at a session that another function is about to change: some two seconds. */
const looks = 10;

/** The payment's completion has not ended, or another change goes first: SQS retries the message. */
class PaymentBusyError extends Error {
    override readonly name = "PaymentBusyError";
}

/** Keeps ledgers and provider equal. Every task may come repeatedly and in any order. */
export class Keeper {
    readonly #books: Books;

    constructor(books: Books) {
        this.#books = books;
    }

    /** Throws PaymentBusyError, PaymentUnavailableError and PaymentOutcomeUnknownError: then the task is to be done again. */
    async keep(task: Task, correlationId: string, log: Log): Promise<Outcome> {
        switch (task.kind) {
            case "nothing":
                return done(log, "The payment needs nothing", { order_id: task.orderId });
            case "look":
                return await this.#look(task.paymentId, correlationId, log);
            case "carryOut":
                return await this.#carryOut(task.orderId, correlationId, log);
            case "updated": {
                const { orderId } = task;
                const captures = await this.#note(task, correlationId, log);
                const outcome = await this.#giveBackCanceled(orderId, correlationId, log);
                if (!captures) return outcome;
                const decide: Decide = (ledger, at, { progress }) => decideFulfilled(ledger, at, progress);
                return await this.#change(orderId, decide, correlationId, log);
            }
            case "tracked":
                return await this.#giveBackCanceled(task.orderId, correlationId, log);
            case "unfulfillable": {
                const { orderId, reason, status, update } = task;
                if (update !== undefined) await this.#note(update, correlationId, log);
                // Others may have given money back meanwhile, which the provider knows.
                await this.#carryOut(orderId, correlationId, log);
                const isProposal =
                    this.#books.unfulfillable === "propose" || (await this.#mayBeFulfilled(orderId, status));
                const decide: Decide = (ledger, at) => decideUnfulfillable(ledger, { reason, isProposal, at });
                return await this.#change(orderId, decide, correlationId, log);
            }
        }
    }

    /** What is canceled of an order is not captured, or is given back. */
    async #giveBackCanceled(orderId: string, correlationId: string, log: Log): Promise<Outcome> {
        const isProposal = this.#books.unfulfillable === "propose";
        const decide: Decide = (ledger, at, order) => decideCanceled(ledger, { ...order, isProposal, at });
        return await this.#change(orderId, decide, correlationId, log);
    }

    /** Writes an entry and carries it out. */
    async #change(orderId: string, decide: Decide, correlationId: string, log: Log): Promise<Outcome> {
        const { ledgers, now } = this.#books;
        const look = async (ledger: Ledger) => await this.#lookAt(ledger);
        const changed = await change(ledgers, orderId, decide, correlationId, now, look);
        if (changed !== undefined && "problem" in changed) {
            const { retryAfter, detail } = changed.problem;
            if (retryAfter !== undefined) throw new PaymentBusyError(detail);
            return notDone(log, "PaymentChangeFailed", { order_id: orderId, detail });
        }
        const entry = changed?.entry;
        switch (entry?.status) {
            case "pending":
                return await this.#carryOut(orderId, correlationId, log);
            case "proposed":
                return notDone(log, "RefundProposed", { order_id: orderId, amount: entry.amount });
            default:
                return done(log, "The payment needs nothing", { order_id: orderId });
        }
    }

    /** @param news see `OrderVersions` */
    async #lookAt(ledger: Ledger, news: readonly Departures[] = []) {
        const { sessions, orders } = this.#books;
        const { session, hidden } = (await sessions.latest(ledger.sessionId)) ?? {};
        const placed = session?.order && { order: session.order, reports: hidden?.reports ?? {} };
        return await orders.look(ledger, placed, news);
    }

    /**
     * Notes in the ledger what the merchant's systems report: the session may refuse it, or forget it, and comes later.
     * @returns whether it reports a fulfilment that is not refused: that captures.
     */
    async #note(
        { orderId, event, isFulfilled: isReported }: Updated,
        correlationId: string,
        log: Log,
    ): Promise<boolean> {
        const { ledgers, sessions, now } = this.#books;
        const state = await sessions.latest(sessionIdOf(orderId) ?? "");
        const order = state?.session.order;
        if (state !== undefined && order === undefined) {
            throw new PaymentBusyError(`the completion of ${state.session.id} is in progress`);
        }
        // An expired session refuses nothing.
        const after = state && order && orderAfter(order, state, event).order;
        const hasLeft = after ? isFulfilled(after) : event.changes.some(({ update }) => isFulfilled(update));
        const departures = departuresIn(event);
        const noted = await change(
            ledgers.noted,
            orderId,
            (ledger, _, { ahead = [] }) =>
                decideNote(ledger, {
                    ahead,
                    isFulfilled: isReported || hasLeft,
                    givenElsewhere: after
                        ? givenElsewhereIn(after, state?.hidden.ledgerEntries)
                        : (ledger.givenElsewhere ?? 0),
                }),
            correlationId,
            now,
            async (ledger) => ({ ...(await this.#lookAt(ledger, departures && [departures])), beside: [] }),
        );
        if (noted !== undefined && "problem" in noted) throw new PaymentBusyError(noted.problem.detail);
        if (isReported && !hasLeft)
            log.warn("A fulfilment that the order refuses captures nothing", { order_id: orderId });
        return hasLeft && isReported;
    }

    /**
     * Pieces of such an order were delivered, or nobody knows: how much is to be given back is the merchant's decision.
     * What another function has written into the session counts as well, once that shows the event in hand, and with it
     * those that came before.
     */
    async #mayBeFulfilled(orderId: string, status: string): Promise<boolean> {
        if ((await this.#books.ledgers.load(orderId))?.isFulfilled) return true;
        for (let look = 1; look <= looks; look += 1) {
            const state = await this.#books.sessions.latest(sessionIdOf(orderId) ?? "");
            const order = state?.session.order;
            if (order === undefined || isFulfilled(order)) return true;
            if (inStatus(order, status) === order) return false;
            await pause(look);
        }
        throw new PaymentBusyError(`the session of ${orderId} does not show yet that the order is ${status}`);
    }

    /** Something has happened to a payment at the provider, which says which order it is of. */
    async #look(paymentId: string, correlationId: string, log: Log): Promise<Outcome> {
        const { ledgers, sessions, provider, settle } = this.#books;
        const snapshot = await provider.look(paymentId);
        const orderId = snapshot?.orderId;
        const sessionId = orderId === undefined ? undefined : sessionIdOf(orderId);
        if (snapshot === undefined || orderId === undefined || sessionId === undefined) {
            return notDone(log, "PaymentForeign", { paymentId });
        }
        const ledger = await ledgers.load(orderId);
        if (ledger?.paymentId === paymentId) return await this.#carryOut(orderId, correlationId, log);
        const state = await sessions.latest(sessionId);
        if (state?.session.status === "complete_in_progress") {
            // A late success or failure.
            await settle(sessionId, state.version, correlationId);
            throw new PaymentBusyError(`the completion of ${sessionId} is in progress`);
        }
        const fields = { order_id: orderId, paymentId, state: snapshot.state };
        const hasMoney = snapshot.state === "authorized" || snapshot.captured > 0;
        return hasMoney ? notDone(log, "PaymentUnmatched", fields) : done(log, "The payment needs nothing", fields);
    }

    async #carryOut(orderId: string, correlationId: string, log: Log): Promise<Outcome> {
        const result = await carryOut(this.#books, orderId, correlationId);
        if (result === undefined) return done(log, "The order has no payment", { order_id: orderId });
        const { ledger, news } = result;
        for (const entry of news) report(entry, log.with({ order_id: orderId }));
        // The provider has captured more than was owed.
        if (ledger.canceled?.length === 0) return await this.#giveBackCanceled(orderId, correlationId, log);
        return done(log, "Payment kept", { order_id: orderId, news: news.length, version: ledger.version });
    }
}

/** What an operator must know of. */
function report({ id: entry, kind, status, amount, failure }: Entry, log: Log): void {
    const fields = { entry, kind, amount, failure };
    if (kind === "dispute") {
        if (status === "pending") notDone(log, "PaymentDisputed", fields);
    } else if (failure !== undefined) notDone(log, "PaymentChangeFailed", fields);
}
