import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { transact } from "../../shared/transact.ts";
import type { Scope } from "../domain/call.ts";
import { Requests } from "./requests.ts";
import type { State } from "./session.ts";
import { type Cause, SessionVersions } from "./versions.ts";

/** `stale`: the session has a newer version. `repeated`: the key was used meanwhile. */
export type Written = "committed" | "stale" | "repeated";

interface Tables {
    readonly sessions: string;
    readonly idempotency: string;
}

/** Environment variables. */
interface TableVariables {
    readonly SESSIONS_TABLE: string;
    readonly IDEMPOTENCY_TABLE: string;
    readonly HISTORY_DAYS: string;
}

/**
 * Writes each version of a session and the record of its request in one transaction.
 */
export class SessionStore {
    readonly versions: SessionVersions;
    readonly requests: Requests;
    readonly #client: DynamoDBDocumentClient;

    /**
     * @param historyDays retention of versions (see `keptDays`); 0: no expiry.
     * @param keptHours retention of responses
     */
    constructor(
        client: DynamoDBDocumentClient,
        tables: Tables,
        historyDays: number,
        now: () => number = Date.now,
        keptHours?: number,
    ) {
        this.versions = new SessionVersions(client, tables.sessions, historyDays, now);
        this.requests = new Requests(client, tables.idempotency, now, keptHours);
        this.#client = client;
    }

    static of(client: DynamoDBDocumentClient, env: TableVariables, keptHours?: number): SessionStore {
        const { SESSIONS_TABLE: sessions, IDEMPOTENCY_TABLE: idempotency } = env;
        return new SessionStore(client, { sessions, idempotency }, Number(env.HISTORY_DAYS), Date.now, keptHours);
    }

    /** Appends a version as the response of the request. */
    async commit(state: State, cause: Cause, scope: Scope, status: number): Promise<Written> {
        const failure = await transact(this.#client, [
            this.versions.next(state, cause),
            this.requests.answered(scope, { status, sessionId: state.session.id, version: state.version }),
        ]);
        if (failure === undefined) return "committed";
        return failure.includes(1) ? "repeated" : "stale";
    }
}
