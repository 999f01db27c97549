import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expiryAfter } from "../../shared/expiry.ts";
import type { JsonObject } from "../../shared/json.ts";
import { writtenHere } from "../../shared/region.ts";
import { isKey } from "../../shared/storable.ts";
import { transact, type Write } from "../../shared/transact.ts";
import type { OrderPayment } from "../domain/orderPayment.ts";
import type { Session } from "../domain/protocol.ts";
import type { Reason, VersionItem } from "../events/event.ts";
import type { Hidden, State } from "./session.ts";

/** The cause of a version. */
export interface Cause {
    readonly reason: Reason;
    /** Correlation id of the request or event. */
    readonly requestId: string;
}

/** A version in the history. */
export interface HistoryEntry {
    readonly version: number;
    readonly status: Session["status"];
    readonly reason: Reason;
    readonly timestamp: string;
    readonly requestId: string;
    /** The payment of the order as of this version. */
    readonly payment?: OrderPayment;
}

/** Maximum JSON bytes of a session: SNS accepts 256 KiB including the envelope. */
const sessionLimit = 240_000;
/** Maximum JSON bytes of a session with hidden members: DynamoDB items have at most 400 KB. */
const stateLimit = 380_000;

/** @param room bytes above the limit that are kept for what must be shown, and is short */
export function isTooLarge({ session, hidden }: State, room = 0): boolean {
    const bytes = Buffer.byteLength(JSON.stringify(session));
    return bytes > sessionLimit + room || bytes + Buffer.byteLength(JSON.stringify(hidden)) > stateLimit;
}

/** The sessions table, append-only: every change writes an unused version number. */
export class SessionVersions {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #historyDays: number;
    readonly #now: () => number;

    /** @param historyDays retention of versions (see `keptDays`); 0: no expiry. */
    constructor(client: DynamoDBDocumentClient, table: string, historyDays: number, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#historyDays = historyDays;
        this.#now = now;
    }

    /** The latest version, read consistently. Undefined once it has expired: DynamoDB deletes versions later, in any order. */
    async latest(sessionId: string): Promise<State | undefined> {
        if (!isKey(sessionId)) return undefined;
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                KeyConditionExpression: "SessionId = :id",
                ExpressionAttributeValues: { ":id": sessionId },
                ScanIndexForward: false,
                Limit: 1,
                ConsistentRead: true,
            }),
        );
        const [item] = Items;
        const state = item && stateIn(item);
        return state?.keptUntil !== undefined && state.keptUntil <= this.#now() / 1000 ? undefined : state;
    }

    async at(sessionId: string, version: number): Promise<(State & HistoryEntry) | undefined> {
        if (!isKey(sessionId)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({
                TableName: this.#table,
                Key: { SessionId: sessionId, Version: version },
                ConsistentRead: true,
            }),
        );
        return item && { ...stateIn(item), ...entryIn(item) };
    }

    /** The versions after `after`, oldest first. */
    async history(sessionId: string, after: number, limit: number): Promise<HistoryEntry[]> {
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                KeyConditionExpression: "SessionId = :id AND Version > :after",
                ProjectionExpression: "Version, #status, Reason, #timestamp, RequestId, Payment",
                ExpressionAttributeNames: { "#status": "Status", "#timestamp": "Timestamp" },
                ExpressionAttributeValues: { ":id": sessionId, ":after": after },
                Limit: limit,
                ConsistentRead: true,
            }),
        );
        return Items.map(entryIn);
    }

    /** Appends a version without a client's request. */
    async append(state: State, cause: Cause): Promise<"appended" | "conflict"> {
        const outcome = await transact(this.#client, [this.next(state, cause)]);
        return outcome === undefined ? "appended" : "conflict";
    }

    /** The write of a version, for a transaction. */
    next({ version, session, hidden, keptUntil }: State, { reason, requestId }: Cause): Write {
        const now = this.#now();
        const own = expiryAfter(keptDays(session, this.#historyDays), now);
        // Never before an earlier version, which would then be the latest.
        const earlier = version === 1 ? 0 : keptUntil;
        const expiresAt = own === undefined || earlier === undefined ? undefined : Math.max(own, earlier);
        const Item: VersionItem = {
            SessionId: session.id,
            Version: version,
            Status: session.status,
            Data: session,
            // As text: it may contain values without a type in DynamoDB.
            Hidden: JSON.stringify(hidden),
            Timestamp: new Date(now).toISOString(),
            Reason: reason,
            RequestId: requestId,
            Caller: hidden.caller,
            ...(hidden.payment && { Payment: hidden.payment }),
            ...(expiresAt !== undefined && { expiresAt }),
            ...writtenHere,
        };
        return {
            Put: {
                TableName: this.#table,
                Item: { ...Item },
                ConditionExpression: "attribute_not_exists(SessionId)",
            },
        };
    }
}

function stateIn(item: JsonObject): State {
    // Only this class writes the table.
    const { Version: version, Data: session, Hidden: hidden, expiresAt: keptUntil } = item as unknown as VersionItem;
    const parsed: Hidden = JSON.parse(hidden);
    return { version, session, hidden: parsed, ...(keptUntil !== undefined && { keptUntil }) };
}

function entryIn(item: JsonObject): HistoryEntry {
    const { Version, Status, Reason, Timestamp, RequestId, Payment } = item as unknown as VersionItem;
    return {
        version: Version,
        status: Status,
        reason: Reason,
        timestamp: Timestamp,
        requestId: RequestId,
        ...(Payment && { payment: Payment }),
    };
}

/** Final statuses of an order (ACP, order object). */
const settledOrders: ReadonlySet<string | undefined> = new Set(["completed", "canceled"]);

/**
 * Retention of a version in days. The last version of a session with an unfinished order stays a year longer, since its
 * order may not change for long. Open sessions expire earlier (`sessionHours`).
 * @param historyDays 0: no expiry
 */
function keptDays({ order }: Session, historyDays: number): number {
    if (historyDays === 0 || order === undefined || settledOrders.has(order.status)) return historyDays;
    return historyDays + 366;
}
