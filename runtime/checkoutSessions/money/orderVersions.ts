import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { canceledIn } from "../../shared/orders/canceledPieces.ts";
import { latestVersion } from "../../shared/orders/latestVersion.ts";
import type { Progress } from "../../shared/orders/orderChange.ts";
import { unchanged } from "../../shared/orders/orderVersion.ts";
import type { OrderNow } from "./change.ts";
import { type Departures, orderWith } from "./departures.ts";
import type { Ledger } from "./ledger.ts";

/** What became of orders, version by version, which the order intake writes (runtime/orderIntake/progress/orderStore.ts). */
export class OrderVersions {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /**
     * The order as it is now, read consistently, which must not change before what rests on it is written.
     * @param placed the order where it has no version yet
     * @param news reports of pieces that have left, which the ledger does not have yet
     */
    async look(ledger: Ledger, placed?: Progress, news: readonly Departures[] = []): Promise<OrderNow> {
        const { orderId, currency, entries } = ledger;
        const item = await latestVersion(this.#client, this.#table, orderId);
        const version = Number(item?.["version"] ?? 0);
        // Only the order intake writes the table.
        const { order, reports } = (item?.["state"] as Progress | undefined) ?? placed ?? asPlaced(ledger);
        const ledgerEntries = entries.map(({ id }) => id);
        const known = { order, reports, currency, ledgerEntries, isVersion: item !== undefined };
        const now = orderWith(known, [...(ledger.ahead ?? []), ...news]);
        return {
            version,
            progress: canceledIn(now.order),
            isCanceled: now.order.status === "canceled",
            ahead: now.ahead,
            beside: [unchanged(this.#table, orderId, version)],
        };
    }
}

/** An order of which nothing is known but what was paid for. */
const asPlaced = ({ orderId, sessionId, lines }: Ledger): Progress => ({
    order: {
        id: orderId,
        checkout_session_id: sessionId,
        permalink_url: "",
        line_items: lines.map(({ id, quantity }) => {
            const pieces = { ordered: quantity, current: quantity, fulfilled: 0 };
            return { id, title: id, quantity: pieces, status: "processing" };
        }),
    },
    reports: {},
});
