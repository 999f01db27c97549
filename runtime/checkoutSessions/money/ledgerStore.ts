import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { latestVersion } from "../../shared/orders/latestVersion.ts";
import { givenElsewhereIn } from "../../shared/orders/orderAdjustments.ts";
import { writtenHere } from "../../shared/region.ts";
import { transact, type Write } from "../../shared/transact.ts";
import { sessionIdOf } from "../session/order.ts";
import type { State } from "../session/session.ts";
import type { SessionVersions } from "../session/versions.ts";
import { type Ledger, opened, withGivenElsewhere } from "./ledger.ts";
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
    /** @default false: it is published */
    readonly isNote?: boolean;
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
     * order says, which does not. With what the session says was given back elsewhere. Undefined without a payment.
     */
    async load(orderId: string): Promise<Ledger | undefined> {
        const { ledger, state } = await this.#read(orderId);
        const order = state?.session.order;
        if (ledger === undefined || order === undefined) return ledger;
        return withGivenElsewhere(ledger, givenElsewhereIn(order, state?.hidden.ledgerEntries));
    }

    /** The same ledgers for what is noted: without what sessions say meanwhile. */
    get noted(): Pick<LedgerStore, "load" | "append"> {
        return {
            load: async (orderId) => (await this.#read(orderId)).ledger,
            append: async (...args) => await this.append(...args),
        };
    }

    async #read(orderId: string): Promise<{ readonly ledger: Ledger | undefined; readonly state: State | undefined }> {
        const sessionId = sessionIdOf(orderId);
        const [item, state] = await Promise.all([
            latestVersion(this.#client, this.#table, orderId),
            sessionId === undefined ? undefined : this.#sessions.latest(sessionId),
        ]);
        if (item !== undefined) return { ledger: ledgerIn(item), state };
        const ofSession = state && opened(state);
        if (ofSession !== undefined || sessionId === undefined) return { ledger: ofSession, state };
        return { ledger: await this.#ofOrder(orderId), state };
    }

    async #ofOrder(orderId: string): Promise<Ledger | undefined> {
        const { Item } = await this.#client.send(
            new GetCommand({ TableName: this.#orders, Key: { orderId }, ConsistentRead: true }),
        );
        return Item && ledgerOfOrder(Item);
    }

    /**
     * Writes the next version, unless another one was written since the ledger was read.
     * @param isNote it changes nothing of the payment, and nobody is told.
     * @param beside what must be so, too
     */
    async append(
        read: Ledger,
        requestId: string,
        isNote = false,
        beside: readonly Write[] = [],
    ): Promise<"appended" | "conflict"> {
        const writtenAt = laterThan(read.writtenAt, this.#now());
        const ledger = { ...next(read, isNote), writtenAt };
        const { orderId, version } = ledger;
        const item: LedgerItem = { orderId, version, ledger, payment: shownPayment(ledger), requestId, writtenAt };
        const put = {
            TableName: this.#table,
            Item: { ...item, ...(isNote && { isNote }), ...writtenHere },
            ConditionExpression: "attribute_not_exists(orderId)",
        };
        return (await transact(this.#client, [{ Put: put }, ...beside])) === undefined ? "appended" : "conflict";
    }
}

/** The clocks of functions differ by some milliseconds. */
function laterThan(before: string | undefined, now: number): string {
    return new Date(before === undefined ? now : Math.max(now, Date.parse(before) + 1)).toISOString();
}

/** The version that follows. */
export const next = (read: Ledger, isNote: boolean): Ledger => ({
    ...read,
    version: read.version + 1,
    changes: (read.changes ?? read.version) + (isNote ? 0 : 1),
});

/** Only `LedgerStore` writes the table. */
export const ledgerIn = (item: unknown): Ledger => (item as LedgerItem).ledger;
export const isNote = (item: unknown): boolean => (item as LedgerItem).isNote === true;
