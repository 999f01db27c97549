import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { transact, type Write } from "../../shared/transact.ts";
import type { Holder, Scope } from "../domain/call.ts";
import { type Begun, Requests } from "./requests.ts";
import type { State } from "./session.ts";
import { type Cause, SessionVersions } from "./versions.ts";

/** `stale`: the session has a newer version. `repeated`: the key was used meanwhile. */
export type Written = "committed" | "stale" | "repeated";

/** The lease expired, and another invocation took the completion over. */
export class LeaseLostError extends Error {
    override readonly name = "LeaseLostError";
}

interface Tables {
    readonly sessions: string;
    readonly idempotency: string;
    readonly discounts: string;
}

/** Environment variables. */
interface TableVariables {
    readonly SESSIONS_TABLE: string;
    readonly IDEMPOTENCY_TABLE: string;
    readonly DISCOUNTS_TABLE: string;
    readonly HISTORY_DAYS: string;
}

/**
 * Writes each version of a session and the record of its request in one transaction.
 */
export class SessionStore {
    readonly versions: SessionVersions;
    readonly requests: Requests;
    readonly #client: DynamoDBDocumentClient;
    readonly #discounts: string;

    /** @param historyDays retention of versions (see `keptDays`); 0: no expiry. */
    constructor(client: DynamoDBDocumentClient, tables: Tables, historyDays: number, now: () => number = Date.now) {
        this.versions = new SessionVersions(client, tables.sessions, historyDays, now);
        this.requests = new Requests(client, tables.idempotency, now);
        this.#client = client;
        this.#discounts = tables.discounts;
    }

    static of(client: DynamoDBDocumentClient, env: TableVariables): SessionStore {
        const { SESSIONS_TABLE: sessions, IDEMPOTENCY_TABLE: idempotency, DISCOUNTS_TABLE: discounts } = env;
        return new SessionStore(client, { sessions, idempotency, discounts }, Number(env.HISTORY_DAYS));
    }

    /** Appends a version as the response of the request. */
    async commit(state: State, cause: Cause, scope: Scope, status: number): Promise<Written> {
        return await this.#begin([
            this.versions.next(state, cause),
            this.requests.answered(scope, { status, sessionId: state.session.id, version: state.version }),
        ]);
    }

    /**
     * Appends the version that begins a completion, stores the request's key under a lease and counts the uses of the
     * discount codes. `stale` also if a code has reached its limit.
     */
    async begin(state: State, cause: Cause, scope: Scope, begun: Begun, holder: Holder): Promise<Written> {
        return await this.#begin([
            this.versions.next(state, cause),
            this.requests.begun(scope, begun, holder),
            ...(state.hidden.completion?.redeems ?? []).map((code) => this.#redeemed(code)),
        ]);
    }

    /** Appends the version that ends a completion, as the response. Throws LeaseLostError. */
    async finish(
        state: State,
        cause: Cause,
        recordId: string,
        holder: string,
        returned: readonly string[],
    ): Promise<void> {
        const answer = { status: 200, sessionId: state.session.id, version: state.version };
        await this.#end(state, cause, returned, this.requests.finished(recordId, holder, answer));
    }

    /** Appends the version that abandons a completion, and deletes the request's record. Throws LeaseLostError. */
    async abandon(
        state: State,
        cause: Cause,
        recordId: string,
        holder: string,
        returned: readonly string[],
    ): Promise<void> {
        await this.#end(state, cause, returned, this.requests.forgotten(recordId, holder));
    }

    /** @param writes the version first, the record of the request second. */
    async #begin(writes: readonly Write[]): Promise<Written> {
        const failure = await transact(this.#client, writes);
        if (failure === undefined) return "committed";
        return failure.includes(1) ? "repeated" : "stale";
    }

    async #end(state: State, cause: Cause, returned: readonly string[], record: Write): Promise<void> {
        const failure = await transact(this.#client, [
            this.versions.next(state, cause),
            record,
            ...returned.map((code) => this.#returned(code)),
        ]);
        if (failure !== undefined)
            throw new LeaseLostError(`another invocation has the completion of ${state.session.id}`);
    }

    #redeemed(code: string): Write {
        return {
            Update: {
                TableName: this.#discounts,
                Key: { code },
                UpdateExpression: "SET timesRedeemed = if_not_exists(timesRedeemed, :none) + :one",
                ConditionExpression:
                    "attribute_exists(code) AND " +
                    "(attribute_not_exists(usageLimit) OR attribute_not_exists(timesRedeemed) OR timesRedeemed < usageLimit)",
                ExpressionAttributeValues: { ":none": 0, ":one": 1 },
            },
        };
    }

    #returned(code: string): Write {
        // Without a condition: a code that was deleted meanwhile must not fail the completion.
        return {
            Update: {
                TableName: this.#discounts,
                Key: { code },
                UpdateExpression: "ADD timesRedeemed :less",
                ExpressionAttributeValues: { ":less": -1 },
            },
        };
    }
}
