import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Refused } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { changedSince } from "../../shared/orders/orderVersion.ts";
import { pause } from "../../shared/pause.ts";
import { applied, nextTime } from "./apply.ts";
import { decide } from "./decide.ts";
import { type ClientEntry, type OrderState, type ShownStatus, shownStatus } from "./orderState.ts";
import { type Loaded, type OrderStore, versionOf } from "./orderStore.ts";
import { orderUpdate } from "./orderUpdate.ts";
import type { ChangeRequest } from "./request.ts";
import { restocking } from "./restock.ts";

interface Stores {
    readonly orders: OrderStore;
    readonly dynamo: DynamoDBDocumentClient;
    /** Name of the products table. */
    readonly products: string;
}

export interface Changed {
    readonly state: OrderState;
    readonly item: Loaded["item"];
    readonly status: ShownStatus;
    /** That clients see. */
    readonly version: number;
    readonly entry: ClientEntry;
    /** The request came before, and was done then. */
    readonly isRepeated: boolean;
}

const attempts = 8;

/** Decides and writes with optimistic locking. */
export async function change(
    { orders, dynamo, products }: Stores,
    asked: ChangeRequest,
    correlationId: string,
    now: () => number,
): Promise<Changed | Refused> {
    const { orderId, command, by, request, expected } = asked;
    // A payment that is released meanwhile must not be shipped for.
    const isAlone = expected !== undefined || command.type === "fulfill" || command.type === "change";
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const loaded = await orders.load(orderId);
        if (loaded === undefined)
            return { problem: { status: 404, detail: "no order with this orderId is stored (yet)" } };
        const { state, ledgerEntries } = loaded;
        const repeated = repeatedIn(loaded, request);
        if (repeated !== undefined) return repeated;
        const version = versionOf(loaded);
        if (expected !== undefined && expected !== version) return changedSince(version);
        const at = nextTime(state, now());
        const decision = decide(state, command, { at, by, isReleased: isReleased(loaded) });
        if ("problem" in decision) return decision;
        const after = applied(state, decision, { at, by, request }, ledgerEntries);
        if ("problem" in after) return after;
        const beside = await restocking(dynamo, products, loaded, after.after.order, decision.isRestocked);
        if ("problem" in beside) return beside;
        const next = { ...loaded, state: { ...after.after, ...beside.members } };
        const event = orderUpdate(next, after.changes, decision, { at, correlationId });
        const item = { orderId, version: next.state.version, state: next.state, event, requestId: correlationId };
        const written = await orders.append(loaded, item, { isAlone, beside: beside.writes });
        if (written === "appended") return changedTo(next, after.entry, false);
        await pause(attempt);
    }
    return { problem: { status: 503, detail: "other requests are changing the order", retryAfter: 1 } };
}

/** The change that the same request made before. */
function repeatedIn(loaded: Loaded, { id, digest }: ChangeRequest["request"]): Changed | Refused | undefined {
    const earlier = loaded.state.timeline.find((entry) => entry.request?.id === id);
    if (earlier?.request === undefined) return undefined;
    if (earlier.request.digest === digest) return changedTo(loaded, earlier, true);
    return { problem: { status: 422, detail: "the Idempotency-Key was used for another change of the order" } };
}

function changedTo(loaded: Loaded, entry: ClientEntry, isRepeated: boolean): Changed {
    const { state, item, stock } = loaded;
    return { state, item, status: shownStatus(state.order, stock), version: versionOf(loaded), entry, isRepeated };
}

/**
 * The payment is only authorised no more: it was released, or is about to be, and not only since nothing is to be paid for
 * what is left of the order.
 */
function isReleased({ ledger }: Loaded): boolean {
    const payment = isJsonObject(ledger?.["payment"]) ? ledger["payment"] : {};
    const isOfCanceled = voidsIn(ledger?.["ledger"]).some((entry) => entry["isOfCanceled"] === true);
    return !isOfCanceled && (payment["state"] === "voided" || voidsIn(payment).some(isPending));
}

function voidsIn(of: unknown): JsonObject[] {
    const entries: readonly unknown[] = isJsonObject(of) && Array.isArray(of["entries"]) ? of["entries"] : [];
    return entries.filter(isJsonObject).filter(({ kind, status }) => kind === "void" && status !== "failed");
}

const isPending = ({ status }: JsonObject): boolean => status === "pending";
