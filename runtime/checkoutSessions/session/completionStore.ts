import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { TransactionContendedError, transact, type Write } from "../../shared/transact.ts";
import type { Holder, Scope } from "../domain/call.ts";
import { type Hold, Holds, holdAttempts } from "./holds.ts";
import { orderIdOf } from "./order.ts";
import type { Begun } from "./requests.ts";
import type { State } from "./session.ts";
import type { SessionStore, Written } from "./store.ts";
import type { Cause } from "./versions.ts";

/** The lease expired, and another invocation took the completion over. */
export class LeaseLostError extends Error {
    override readonly name = "LeaseLostError";
}

/** Other completions changed the same products or discount codes during all attempts. */
export class HoldContendedError extends Error {
    override readonly name = "HoldContendedError";
}

/** Environment variables. */
interface TableVariables {
    readonly DISCOUNTS_TABLE: string;
    readonly PRODUCTS_TABLE: string;
    readonly EFFECTS_TABLE: string;
}

/**
 * Begins and ends completions: each transaction writes the session's version, the record of the request, and what the
 * completion holds or gives back.
 */
export class CompletionStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #store: SessionStore;
    readonly #holds: Holds;

    constructor(client: DynamoDBDocumentClient, store: SessionStore, holds: Holds) {
        this.#client = client;
        this.#store = store;
        this.#holds = holds;
    }

    static of(client: DynamoDBDocumentClient, store: SessionStore, env: TableVariables): CompletionStore {
        const tables = { discounts: env.DISCOUNTS_TABLE, products: env.PRODUCTS_TABLE, effects: env.EFFECTS_TABLE };
        return new CompletionStore(client, store, new Holds(tables));
    }

    /**
     * Appends the version that begins a completion, stores the request's key under a lease, and takes the hold.
     * `short`: too little stock is left, or a discount code has reached its limit. Throws HoldContendedError.
     */
    async begin(state: State, cause: Cause, scope: Scope, begun: Begun, holder: Holder): Promise<Written | "short"> {
        const { completion } = state.hidden;
        const hold = completion === undefined ? [] : this.#holds.taken(orderIdOf(state.session.id), completion);
        const record = this.#store.requests.begun(scope, begun, holder);
        const refused = await this.#transact(this.#store.versions.next(state, cause), record, hold);
        if (refused === undefined) return "committed";
        if (refused.includes(1)) return "repeated";
        return refused.includes(0) ? "stale" : "short";
    }

    /**
     * Appends the version that ends a completion, as the response. Throws LeaseLostError and HoldContendedError.
     * @param returned the hold of a completion that ends without an order.
     */
    async finish(state: State, cause: Cause, recordId: string, holder: string, returned?: Hold): Promise<void> {
        const answer = { status: 200, sessionId: state.session.id, version: state.version };
        await this.#end(state, cause, this.#store.requests.finished(recordId, holder, answer), returned);
    }

    /**
     * Appends the version that abandons a completion, deletes the request's record and gives the hold back. Throws
     * LeaseLostError and HoldContendedError.
     */
    async abandon(state: State, cause: Cause, recordId: string, holder: string, returned?: Hold): Promise<void> {
        await this.#end(state, cause, this.#store.requests.forgotten(recordId, holder), returned);
    }

    async #end(state: State, cause: Cause, record: Write, returned: Hold | undefined): Promise<void> {
        const { id } = state.session;
        let giving = returned === undefined ? [] : this.#holds.returned(orderIdOf(id), returned);
        for (;;) {
            const refused = await this.#transact(this.#store.versions.next(state, cause), record, giving);
            if (refused === undefined) return;
            if (refused.some((index) => index < 2))
                throw new LeaseLostError(`another invocation has the completion of ${id}`);
            giving = giving.filter((_, index) => !refused.includes(index + 2));
        }
    }

    /** @returns undefined, or the indexes of refused items: the version's is 0, the record's 1. */
    async #transact(version: Write, record: Write, hold: readonly Write[]): Promise<readonly number[] | undefined> {
        try {
            return await transact(this.#client, [version, record, ...hold], holdAttempts);
        } catch (error) {
            // Version and record are contended by requests for the same session, the hold by completions of others.
            const isHold = error instanceof TransactionContendedError && error.contended.every((index) => index > 1);
            throw isHold ? new HoldContendedError("other completions change the same stock", { cause: error }) : error;
        }
    }
}
