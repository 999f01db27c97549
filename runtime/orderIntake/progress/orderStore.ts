import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "../../shared/json.ts";
import { latestVersion } from "../../shared/orders/latestVersion.ts";
import { shownVersion, unchanged } from "../../shared/orders/orderVersion.ts";
import { writtenHere } from "../../shared/region.ts";
import { transact, type Write } from "../../shared/transact.ts";
import { ledgerEntriesIn } from "./apply.ts";
import { statusKeyOf } from "./listing.ts";
import { type OrderState, placedState, shownStatus } from "./orderState.ts";

/** An item of the table of orders' versions, append-only. The key is (`orderId`, `version`). */
interface VersionItem {
    readonly orderId: string;
    readonly version: number;
    readonly state: OrderState;
    /** Detail of the event that tells of it; absent for what an event told. */
    readonly event?: object;
    /** Correlation id of the request or event that caused it. */
    readonly requestId: string;
}

/** An order as it is now. */
export interface Loaded {
    readonly state: OrderState;
    /** Its item in the orders table. */
    readonly item: JsonObject;
    /** Outcome of its reservation. */
    readonly stock: unknown;
    /** The latest item of its payment's ledger, if one is written. */
    readonly ledger: JsonObject | undefined;
    /** Ids of the adjustments that are entries of the ledger. */
    readonly ledgerEntries: string[];
}

export interface Tables {
    readonly orders: string;
    readonly versions: string;
    readonly payments: string;
    readonly effects: string;
}

/** The orders table, what became of each order, and what the order's version and status consist of besides. */
export class OrderStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #tables: Tables;

    constructor(client: DynamoDBDocumentClient, tables: Tables) {
        this.#client = client;
        this.#tables = tables;
    }

    /** Undefined if no such order is stored (yet). */
    async load(orderId: string, { consistent = true } = {}): Promise<Loaded | undefined> {
        const { orders, versions, payments, effects } = this.#tables;
        const ConsistentRead = consistent;
        const key = { orderId, effect: "reservation" };
        const [{ Item: item }, version, ledger, { Item: effect }] = await Promise.all([
            this.#client.send(new GetCommand({ TableName: orders, Key: { orderId }, ConsistentRead })),
            latestVersion(this.#client, versions, orderId, { consistent }),
            latestVersion(this.#client, payments, orderId, { consistent }),
            this.#client.send(new GetCommand({ TableName: effects, Key: key, ConsistentRead })),
        ]);
        if (item === undefined) return undefined;
        return {
            state: version === undefined ? placedState(item) : stateIn(version),
            item,
            stock: effect?.["outcome"],
            ledger,
            ledgerEntries: ledgerEntriesIn(ledger),
        };
    }

    /**
     * Writes the next version, the status by which the order is listed, and what goes with it, unless another version was
     * written since the order was read. @param isAlone whether the payment must not have changed either
     */
    async append(
        { ledger, stock }: Loaded,
        version: VersionItem,
        { isAlone = false, beside = [] }: { readonly isAlone?: boolean; readonly beside?: readonly Write[] } = {},
    ): Promise<"appended" | "conflict"> {
        const { orderId, state } = version;
        const status = shownStatus(state.order, stock);
        const { orders, versions, payments } = this.#tables;
        const written = await transact(this.#client, [
            {
                Put: {
                    TableName: versions,
                    Item: { ...version, ...writtenHere },
                    ConditionExpression: "attribute_not_exists(orderId)",
                },
            },
            { Update: listedWith(orders, orderId, status) },
            ...(isAlone ? [unchanged(payments, orderId, Number(ledger?.["version"] ?? 0))] : []),
            ...beside,
        ]);
        return written === undefined ? "appended" : "conflict";
    }
}

/** Only `OrderStore` writes the table. */
export const stateIn = (item: unknown): OrderState => (item as VersionItem).state;

/** That clients see. */
export const versionOf = ({ state, ledger }: Pick<Loaded, "state" | "ledger">): number =>
    shownVersion(state.version, ledger);

/** An order that is stored is listed with this status. */
export const listedWith = (TableName: string, orderId: string, status: ReturnType<typeof shownStatus>) => ({
    TableName,
    Key: { orderId },
    UpdateExpression: "SET #status = :status, statusKey = :key",
    ConditionExpression: "attribute_exists(orderId)",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":status": status, ":key": statusKeyOf(status, orderId) },
});
