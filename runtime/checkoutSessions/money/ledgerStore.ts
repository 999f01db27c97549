import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { writtenHere } from "../../shared/region.ts";
import { transact } from "../../shared/transact.ts";
import { sessionIdOf } from "../session/order.ts";
import type { SessionVersions } from "../session/versions.ts";
import { type Ledger, opened } from "./ledger.ts";
import { ledgerOfOrder } from "./orderRecord.ts";
import { type ShownPayment, shownPayment } from "./shownPayment.ts";

/** An item of the payments table, append-only: one version of an order's ledger. The key is (`orderId`, `version`). */
interface LedgerItem {
    readonly orderId: string;
    readonly version: number;
    readonly ledger: Ledger;
    /** As `GET /orders/{orderId}` shows it. */
    readonly payment: ShownPayment;
    /** Correlation id of the request or event that caused it. */
    readonly requestId: string;
    /** ISO 8601 */
    readonly writtenAt: string;
}

/** The payments table, and what says what was paid before anything is written there. */
export class LedgerStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #orders: string;
    readonly #sessions: SessionVersions;
    readonly #now: () => number;

    constructor(
        client: DynamoDBDocumentClient,
        { payments, orders }: { readonly payments: string; readonly orders: string },
        sessions: SessionVersions,
        now: () => number = Date.now,
    ) {
        this.#client = client;
        this.#table = payments;
        this.#orders = orders;
        this.#sessions = sessions;
        this.#now = now;
    }

    /**
     * The latest version, read consistently; before the first one what the session says, which expires, then what the stored
     * order says, which does not. Undefined without a payment.
     */
    async load(orderId: string): Promise<Ledger | undefined> {
        const { Items: [item] = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                KeyConditionExpression: "orderId = :id",
                ExpressionAttributeValues: { ":id": orderId },
                ScanIndexForward: false,
                Limit: 1,
                ConsistentRead: true,
            }),
        );
        if (item !== undefined) return ledgerIn(item);
        const sessionId = sessionIdOf(orderId);
        if (sessionId === undefined) return undefined;
        const state = await this.#sessions.latest(sessionId);
        // DynamoDB deletes expired versions in any order: one from before the order may be the last.
        return (state && opened(state)) ?? (await this.#ofOrder(orderId));
    }

    async #ofOrder(orderId: string): Promise<Ledger | undefined> {
        const { Item } = await this.#client.send(
            new GetCommand({ TableName: this.#orders, Key: { orderId }, ConsistentRead: true }),
        );
        return Item && ledgerOfOrder(Item);
    }

    /** Writes the next version, unless another one was written since the ledger was read. */
    async append(read: Ledger, requestId: string): Promise<"appended" | "conflict"> {
        const ledger = { ...read, version: read.version + 1 };
        const { orderId, version } = ledger;
        const writtenAt = new Date(this.#now()).toISOString();
        const item: LedgerItem = { orderId, version, ledger, payment: shownPayment(ledger), requestId, writtenAt };
        const put = {
            TableName: this.#table,
            Item: { ...item, ...writtenHere },
            ConditionExpression: "attribute_not_exists(orderId)",
        };
        return (await transact(this.#client, [{ Put: put }])) === undefined ? "appended" : "conflict";
    }
}

/** Only `LedgerStore` writes the table. */
export const ledgerIn = (item: unknown): Ledger => (item as LedgerItem).ledger;
