import { GetCommand, paginateQuery, paginateScan, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { markKey } from "../../runtime/shared/auditChain.ts";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { auditedAs } from "../../runtime/webhookFanout/customers/report.ts";
import { type Identifiers, identifiersIn } from "./identifiers.ts";
import { auditor } from "./operatorAudit.ts";
import { inBatches, type Stack } from "./stack.ts";
import type { Subjects, TimelineEntry } from "./timeline.ts";

const dayMs = 86_400_000;

/** What the tables know of something. */
export interface Recorded {
    readonly entries: readonly TimelineEntry[];
    /** Under which it came in. */
    readonly correlationIds: readonly string[];
}

/** What the tables of an environment keep about orders, sessions and deliveries, as entries of a timeline. */
export class Records {
    readonly #stack: Stack;

    constructor(stack: Stack) {
        this.#stack = stack;
    }

    /** An order by its id; undefined when none is stored under it. */
    async order(orderId: string): Promise<Recorded | undefined> {
        const [order] = await this.#query("ecommerce-orders", "orderId", orderId);
        if (order === undefined) return undefined;
        const where = this.#stack.named("ecommerce-orders");
        const meta = isJsonObject(order["meta"]) ? order["meta"] : {};
        const effects = await this.#query("ecommerce-order-effects", "orderId", orderId);
        return {
            correlationIds: textsIn(meta["correlationId"]),
            entries: [
                ...entryAt(meta["receivedAt"], { where, what: "the order is received" }),
                ...entryAt(order["storedAt"], { where, what: `the order is stored: ${order["status"]}` }),
                ...effects.flatMap((effect) => this.#effect(effect)),
            ],
        };
    }

    #effect({ effect, claimedAt, doneAt, outcome }: JsonObject): TimelineEntry[] {
        const where = this.#stack.named("ecommerce-order-effects");
        if (doneAt === undefined) return entryAt(claimedAt, { where, what: `${effect} is begun, and not done` });
        const status = isJsonObject(outcome) && typeof outcome["status"] === "string" ? `: ${outcome["status"]}` : "";
        const took = timeIn(doneAt) - timeIn(claimedAt);
        return entryAt(doneAt, { where, what: `${effect} is done${status}`, ...(took >= 0 && { durationMs: took }) });
    }

    /** The versions of a session; undefined when there is none. */
    async session(sessionId: string): Promise<Recorded | undefined> {
        const versions = await this.#query("checkout-sessions", "SessionId", sessionId);
        if (versions.length === 0) return undefined;
        const where = this.#stack.named("checkout-sessions");
        return {
            correlationIds: versions.flatMap((version) => textsIn(version["RequestId"])),
            entries: versions.flatMap(({ Version, Reason, Status, Timestamp }) =>
                entryAt(Timestamp, { where, what: `version ${Version}, ${Reason}: ${Status}` }),
            ),
        };
    }

    /** Deliveries to endpoints, with their attempts. */
    async deliveries({ correlationIds }: Subjects, from: number): Promise<TimelineEntry[]> {
        const endpoints: string[] = [];
        const table = { TableName: this.#stack.named("webhook-endpoints"), ProjectionExpression: "endpointId" };
        try {
            for await (const { Items = [] } of paginateScan({ client: this.#stack.dynamo }, table)) {
                endpoints.push(...Items.flatMap(({ endpointId }) => textsIn(endpointId)));
            }
        } catch (error) {
            // With webhooks.send: false.
            if (isMissing(error)) return [];
            throw error;
        }
        const since = new Date(from).toISOString();
        const all = await inBatches(10, endpoints, (endpointId) => this.#since(endpointId, since));
        const meant = all.flat().filter(({ correlationId }) => correlationIds.has(String(correlationId)));
        return (await inBatches(10, meant, (delivery) => this.#delivery(delivery))).flat();
    }

    #since(endpointId: string, since: string): Promise<JsonObject[]> {
        return this.#pages({
            TableName: this.#stack.named("webhook-deliveries"),
            IndexName: "byTime",
            KeyConditionExpression: "endpointId = :endpoint AND occurredAt >= :since",
            ExpressionAttributeValues: { ":endpoint": endpointId, ":since": since },
        });
    }

    async #delivery({ endpointId, deliveryId, eventType, status, occurredAt }: JsonObject): Promise<TimelineEntry[]> {
        const attempts = await this.#query("webhook-attempts", "deliveryKey", `${endpointId}#${deliveryId}`);
        const level = status === "exhausted" ? "error" : "info";
        const kept = `${eventType} (${deliveryId}) is for ${endpointId}: ${status}`;
        return [
            ...entryAt(occurredAt, { where: this.#stack.named("webhook-deliveries"), what: kept, level }),
            ...attempts.flatMap(({ number, at, durationMs, status, httpStatus, error }) =>
                entryAt(at, {
                    where: this.#stack.named("webhook-attempts"),
                    what: `attempt ${number} at ${endpointId} ${status}: ${httpStatus ?? error ?? "no answer"}`,
                    ...(status === "failed" && { level: "warn" }),
                    ...(typeof durationMs === "number" && { durationMs }),
                }),
            ),
        ];
    }

    /** What operators have redriven. */
    async redrives(concerns: (about: Identifiers) => boolean, from: number): Promise<TimelineEntry[]> {
        const days = Math.ceil((Date.now() - from) / dayMs) + 1;
        const dates = Array.from({ length: days }, (_, back) => new Date(Date.now() - back * dayMs).toISOString());
        // An operator's rows are in one chain a day: see redrive.ts.
        const chains = dates.map((date) => `${auditor}#${date.slice(0, 10)}#00`);
        const rows = (await inBatches(10, chains, (chain) => this.#query("pubsub-audit", "chain", chain))).flat();
        return rows.flatMap((row) => {
            const { at, result } = row;
            if (!isJsonObject(result) || !concerns(identifiersIn(row))) return [];
            const { step, by, queue, endpoint, done } = result;
            const what = `${row["messageType"] ?? "redrive"} ${step} by ${by}: ${done}`;
            return entryAt(at, {
                where: String(queue ?? endpoint ?? "payment"),
                what,
                ...(step === "failed" && { level: "error" }),
            });
        });
    }

    /** Notifications of customers that could not be used, by the correlation ids that they may have. */
    async skipped(correlationIds: readonly string[]): Promise<TimelineEntry[]> {
        const entries = await inBatches(10, correlationIds, async (id): Promise<TimelineEntry[]> => {
            const marks = await this.#query("pubsub-audit", "chain", markKey(auditedAs, id));
            const [{ rowChain, rowSequence } = {}] = marks;
            if (typeof rowChain !== "string" || typeof rowSequence !== "number") return [];
            const TableName = this.#stack.named("pubsub-audit");
            const Key = { chain: rowChain, sequence: rowSequence };
            const { Item: row = {} } = await this.#stack.dynamo.send(new GetCommand({ TableName, Key }));
            const { at, result } = row;
            const why = isJsonObject(result) ? result["why"] : undefined;
            return entryAt(at, { where: TableName, what: `${auditedAs} skipped it: ${why}`, level: "warn" });
        });
        return entries.flat();
    }

    #query(table: string, key: string, value: string): Promise<JsonObject[]> {
        return this.#pages({
            TableName: this.#stack.named(table),
            KeyConditionExpression: "#key = :value",
            ExpressionAttributeNames: { "#key": key },
            ExpressionAttributeValues: { ":value": value },
        });
    }

    async #pages(query: QueryCommandInput): Promise<JsonObject[]> {
        const items: JsonObject[] = [];
        for await (const { Items = [] } of paginateQuery({ client: this.#stack.dynamo }, query)) items.push(...Items);
        return items;
    }
}

/** An entry, if the time is one. */
function entryAt(
    at: unknown,
    { level = "info", ...rest }: Omit<TimelineEntry, "time" | "level"> & Partial<Pick<TimelineEntry, "level">>,
): TimelineEntry[] {
    const time = timeIn(at);
    return Number.isNaN(time) ? [] : [{ time, level, ...rest }];
}

const timeIn = (value: unknown): number => (typeof value === "string" ? Date.parse(value) : Number.NaN);

const textsIn = (value: unknown): string[] => (typeof value === "string" && value !== "" ? [value] : []);

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === "ResourceNotFoundException";
