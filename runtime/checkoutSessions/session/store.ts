import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally, Refused } from "../../shared/conditionally.ts";
import { expiryAfter } from "../../shared/expiry.ts";
import type { JsonObject } from "../../shared/json.ts";
import { writtenHere } from "../../shared/region.ts";
import { transact, type Write } from "../../shared/transact.ts";
import type { Scope } from "../api/call.ts";
import type { Session } from "../domain/protocol.ts";
import { isKey } from "../domain/storable.ts";
import type { Reason, VersionItem } from "../events/event.ts";
import type { Charge } from "../payment/payment.ts";
import { type Hidden, keptDays, type State } from "./session.ts";

/** What caused a version. */
export interface Cause {
    readonly reason: Reason;
    /** The correlation id of the request or event. */
    readonly requestId: string;
}

/** A version as the history tells it. */
export interface HistoryEntry {
    readonly version: number;
    readonly status: Session["status"];
    readonly reason: Reason;
    readonly timestamp: string;
    readonly requestId: string;
}

/** The answer to a request, to be given again: a version of a session, or an error. */
export type KeptAnswer =
    | { readonly status: number; readonly sessionId: string; readonly version: number }
    | { readonly status: number; readonly body: string };

/** A completion that was begun, with what finishing it takes. */
export interface Begun {
    readonly sessionId: string;
    /** The version that began it; the charge is named after it. */
    readonly version: number;
    readonly charge: Omit<Charge, "key" | "isResumed">;
}

/** What is known about a request of this caller, path and key. */
export type Recall =
    | { readonly found: "nothing" }
    | { readonly found: "answer"; readonly answer: KeptAnswer }
    /** The key came with another body. */
    | { readonly found: "another" }
    /** It is being completed under a lease until then, in milliseconds since 1970. */
    | { readonly found: "in_flight"; readonly until: number }
    /** Whoever was completing it is gone. */
    | { readonly found: "unfinished" };

/** `stale`: the session has moved on. `repeated`: the key has been used meanwhile. */
export type Committed = "committed" | "stale" | "repeated";

/** Who works on a completion, until when (milliseconds since 1970). */
export interface Holder {
    readonly holder: string;
    readonly until: number;
}

/** A completion is not ours any more: its lease ran out and somebody else finished it, or is at it. */
export class LeaseLost extends Error {
    override readonly name = "LeaseLost";
}

export interface Tables {
    readonly sessions: string;
    readonly idempotency: string;
    readonly discounts: string;
}

/** The tables as the variables of a callback name them. */
interface TableVariables {
    readonly SESSIONS_TABLE: string;
    readonly IDEMPOTENCY_TABLE: string;
    readonly DISCOUNTS_TABLE: string;
    readonly HISTORY_DAYS: string;
}

/** Answers are kept this long after they were given (ACP RFC, idempotency: at least 24 hours). */
const keptSeconds = 25 * 60 * 60;

/**
 * The sessions, append-only: every change is a new version whose number nobody has used. The record of the request that
 * caused it is written in the same transaction, so that both are there or neither is.
 */
export class SessionStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #tables: Tables;
    readonly #historyDays: number;
    readonly #now: () => number;

    /** @param historyDays how long a version is kept (see `keptDays`); 0 for good. */
    constructor(client: DynamoDBDocumentClient, tables: Tables, historyDays: number, now: () => number = Date.now) {
        this.#client = client;
        this.#tables = tables;
        this.#historyDays = historyDays;
        this.#now = now;
    }

    static of(client: DynamoDBDocumentClient, env: TableVariables): SessionStore {
        const { SESSIONS_TABLE: sessions, IDEMPOTENCY_TABLE: idempotency, DISCOUNTS_TABLE: discounts } = env;
        return new SessionStore(client, { sessions, idempotency, discounts }, Number(env.HISTORY_DAYS));
    }

    /** The current state, which is read consistently: decisions go by it, and clients see what they were answered. */
    async latest(sessionId: string): Promise<State | undefined> {
        if (!isKey(sessionId)) return undefined;
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#tables.sessions,
                KeyConditionExpression: "SessionId = :id",
                ExpressionAttributeValues: { ":id": sessionId },
                ScanIndexForward: false,
                Limit: 1,
                ConsistentRead: true,
            }),
        );
        const [item] = Items;
        return item && stateIn(item);
    }

    async at(sessionId: string, version: number): Promise<(State & HistoryEntry) | undefined> {
        if (!isKey(sessionId)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({
                TableName: this.#tables.sessions,
                Key: { SessionId: sessionId, Version: version },
                ConsistentRead: true,
            }),
        );
        return item && { ...stateIn(item), ...entryIn(item) };
    }

    /** The versions after one, oldest first. */
    async history(sessionId: string, after: number, limit: number): Promise<HistoryEntry[]> {
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#tables.sessions,
                KeyConditionExpression: "SessionId = :id AND Version > :after",
                ProjectionExpression: "Version, #status, Reason, #timestamp, RequestId",
                ExpressionAttributeNames: { "#status": "Status", "#timestamp": "Timestamp" },
                ExpressionAttributeValues: { ":id": sessionId, ":after": after },
                Limit: limit,
                ConsistentRead: true,
            }),
        );
        return Items.map(entryIn);
    }

    /** Appends a version that no request of a client caused. */
    async append(state: State, cause: Cause): Promise<"appended" | "conflict"> {
        const outcome = await transact(this.#client, [this.#version(state, cause)]);
        return outcome === undefined ? "appended" : "conflict";
    }

    async recall({ recordId, fingerprint }: Scope): Promise<Recall> {
        const record = await this.#record(recordId);
        if (record === undefined) return { found: "nothing" };
        if (record.fingerprint !== fingerprint) return { found: "another" };
        if (record.answer !== undefined) return { found: "answer", answer: record.answer };
        const until = record.leaseUntil ?? 0;
        return until > this.#now() ? { found: "in_flight", until } : { found: "unfinished" };
    }

    /** Keeps an answer that changes no session. */
    async keep(scope: Scope, answer: KeptAnswer): Promise<Committed> {
        const failure = await transact(this.#client, [this.#answerPut(scope, answer)]);
        return failure === undefined ? "committed" : "repeated";
    }

    /** Appends a version, and keeps it as the answer to the request, with this status. */
    async commit(state: State, cause: Cause, scope: Scope, status: number): Promise<Committed> {
        const answer = { status, sessionId: state.session.id, version: state.version };
        const failure = await transact(this.#client, [this.#version(state, cause), this.#answerPut(scope, answer)]);
        if (failure === undefined) return "committed";
        return failure.includes(1) ? "repeated" : "stale";
    }

    /**
     * Appends the version that begins a completion, reserves the request's key under a lease and counts the use of the
     * discount codes. It is stale as well when one of these cannot be used any more.
     */
    async begin(state: State, cause: Cause, scope: Scope, begun: Begun, holder: Holder): Promise<Committed> {
        const failure = await transact(this.#client, [
            this.#version(state, cause),
            this.#recordPut(scope, { begun: JSON.stringify(begun), holder: holder.holder, leaseUntil: holder.until }),
            ...(state.hidden.completion?.redeems ?? []).map((code) => this.#redeem(code)),
        ]);
        if (failure === undefined) return "committed";
        return failure.includes(1) ? "repeated" : "stale";
    }

    /** Takes over a completion whose holder is gone. Undefined when somebody else is at it, or it is finished. */
    async takeOver(recordId: string, { holder, until }: Holder): Promise<Begun | undefined> {
        const claimed = await conditionally(this.#client, {
            Update: {
                TableName: this.#tables.idempotency,
                Key: { id: recordId },
                UpdateExpression: "SET holder = :holder, leaseUntil = :until",
                // The last case is our own claim, whose answer was lost and which the SDK sent again.
                ConditionExpression: "attribute_exists(begun) AND (leaseUntil <= :now OR holder = :holder)",
                ExpressionAttributeValues: { ":holder": holder, ":until": until, ":now": this.#now() },
                ReturnValues: "ALL_NEW",
            },
        });
        return claimed instanceof Refused ? undefined : recordIn(claimed).begun;
    }

    /** Appends the version that ends a completion, and keeps it as the answer. Throws LeaseLost. */
    async finish(
        state: State,
        cause: Cause,
        recordId: string,
        holder: string,
        returned: readonly string[],
    ): Promise<void> {
        const answer: KeptAnswer = { status: 200, sessionId: state.session.id, version: state.version };
        await this.#end(state, cause, returned, {
            Update: {
                TableName: this.#tables.idempotency,
                Key: { id: recordId },
                // With the answer the credential of the payment goes.
                UpdateExpression: "SET answer = :answer, expiresAt = :expires REMOVE begun, holder, leaseUntil",
                ConditionExpression: "holder = :holder",
                ExpressionAttributeValues: { ":answer": answer, ":holder": holder, ":expires": this.#expiry() },
            },
        });
    }

    /** Appends the version that gives a completion up, and forgets the request: it may come again. Throws LeaseLost. */
    async abandon(
        state: State,
        cause: Cause,
        recordId: string,
        holder: string,
        returned: readonly string[],
    ): Promise<void> {
        await this.#end(state, cause, returned, {
            Delete: {
                TableName: this.#tables.idempotency,
                Key: { id: recordId },
                ConditionExpression: "holder = :holder",
                ExpressionAttributeValues: { ":holder": holder },
            },
        });
    }

    /** Gives the lease back: the next one may take over at once. Best effort, it ends by itself. */
    async release(recordId: string, holder: string): Promise<void> {
        const release = new UpdateCommand({
            TableName: this.#tables.idempotency,
            Key: { id: recordId },
            UpdateExpression: "SET leaseUntil = :past",
            ConditionExpression: "holder = :holder",
            ExpressionAttributeValues: { ":past": 0, ":holder": holder },
        });
        await this.#client.send(release).catch(() => undefined);
    }

    async #end(state: State, cause: Cause, returned: readonly string[], record: Write): Promise<void> {
        const failure = await transact(this.#client, [
            this.#version(state, cause),
            record,
            ...returned.map((code) => this.#returned(code)),
        ]);
        if (failure !== undefined) throw new LeaseLost(`the completion of ${state.session.id} is somebody else's`);
    }

    #version({ version, session, hidden }: State, { reason, requestId }: Cause): Write {
        const now = this.#now();
        const expiresAt = expiryAfter(keptDays(session, this.#historyDays), now);
        const Item: VersionItem = {
            SessionId: session.id,
            Version: version,
            Status: session.status,
            Data: session,
            // As text: what is in it is ours alone, and may be what DynamoDB has no type for.
            Hidden: JSON.stringify(hidden),
            Timestamp: new Date(now).toISOString(),
            Reason: reason,
            RequestId: requestId,
            Caller: hidden.caller,
            ...(expiresAt !== undefined && { expiresAt }),
            ...writtenHere,
        };
        return {
            Put: {
                TableName: this.#tables.sessions,
                Item: { ...Item },
                ConditionExpression: "attribute_not_exists(SessionId)",
            },
        };
    }

    #answerPut(scope: Scope, answer: KeptAnswer): Write {
        return this.#recordPut(scope, { answer, expiresAt: this.#expiry() });
    }

    /** Reserves the key; one whose record has run out is new again, also before DynamoDB removes it. */
    #recordPut({ recordId, fingerprint }: Scope, content: JsonObject): Write {
        return {
            Put: {
                TableName: this.#tables.idempotency,
                Item: { id: recordId, fingerprint, ...content },
                ConditionExpression: "attribute_not_exists(id) OR expiresAt < :now",
                ExpressionAttributeValues: { ":now": Math.floor(this.#now() / 1000) },
            },
        };
    }

    #redeem(code: string): Write {
        return {
            Update: {
                TableName: this.#tables.discounts,
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
        // Without a condition: a code that the merchant has deleted meanwhile must not hold up the completion.
        return {
            Update: {
                TableName: this.#tables.discounts,
                Key: { code },
                UpdateExpression: "ADD timesRedeemed :less",
                ExpressionAttributeValues: { ":less": -1 },
            },
        };
    }

    async #record(recordId: string): Promise<IdempotencyRecord | undefined> {
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#tables.idempotency, Key: { id: recordId }, ConsistentRead: true }),
        );
        if (item === undefined || Number(item["expiresAt"]) < Math.floor(this.#now() / 1000)) return undefined;
        return recordIn(item);
    }

    #expiry(): number {
        return Math.floor(this.#now() / 1000) + keptSeconds;
    }
}

interface IdempotencyRecord {
    readonly fingerprint: string;
    /** Seconds since 1970; DynamoDB removes it some time later. Absent as long as a completion is in progress. */
    readonly expiresAt?: number;
    readonly answer?: KeptAnswer;
    readonly begun?: Begun;
    readonly holder?: string;
    /** Milliseconds since 1970 */
    readonly leaseUntil?: number;
}

function stateIn(item: JsonObject): State {
    // Written by this class alone, from a State.
    const { Version: version, Data: session, Hidden: hidden } = item as unknown as VersionItem;
    const parsed: Hidden = JSON.parse(hidden);
    return { version, session, hidden: parsed };
}

function recordIn(item: JsonObject): IdempotencyRecord {
    // Written by this class alone.
    const { begun, ...record } = item as unknown as Omit<IdempotencyRecord, "begun"> & { readonly begun?: string };
    return { ...record, ...(begun !== undefined && { begun: JSON.parse(begun) }) };
}

function entryIn(item: JsonObject): HistoryEntry {
    const { Version, Status, Reason, Timestamp, RequestId } = item as unknown as VersionItem;
    return { version: Version, status: Status, reason: Reason, timestamp: Timestamp, requestId: RequestId };
}
