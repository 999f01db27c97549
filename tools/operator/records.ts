import { GetCommand, paginateQuery, paginateScan, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { markKey } from "../../runtime/shared/auditChain.ts";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { auditedAs } from "../../runtime/webhookFanout/customers/report.ts";
import { type Identifiers, identifiersIn } from "./identifiers.ts";
import { atATime, type Place } from "./place.ts";
import { auditor } from "./redrive.ts";
import type { Cast, Moment } from "./story.ts";

const dayMs = 86_400_000;

/** What the tables know of something. */
export interface Recorded {
    readonly moments: readonly Moment[];
    /** Under which it came in. */
    readonly correlationIds: readonly string[];
}

/** What the tables of an environment keep about orders, sessions and deliveries, as moments of a story. */
export class Records {
    readonly #place: Place;

    constructor(place: Place) {
        this.#place = place;
    }

    /** An order by its id; undefined when none is stored under it. */
    async order(orderId: string): Promise<Recorded | undefined> {
        const [order] = await this.#query("ecommerce-orders", "orderId", orderId);
        if (order === undefined) return undefined;
        const where = this.#place.named("ecommerce-orders");
        const meta = isJsonObject(order["meta"]) ? order["meta"] : {};
        const effects = await this.#query("ecommerce-order-effects", "orderId", orderId);
        return {
            correlationIds: textsIn(meta["correlationId"]),
            moments: [
                ...momentAt(meta["receivedAt"], { where, what: "the order is received" }),
                ...momentAt(order["storedAt"], { where, what: `the order is stored: ${order["status"]}` }),
                ...effects.flatMap((effect) => this.#effect(effect)),
            ],
        };
    }

    #effect({ effect, claimedAt, doneAt, outcome }: JsonObject): Moment[] {
        const where = this.#place.named("ecommerce-order-effects");
        if (doneAt === undefined) return momentAt(claimedAt, { where, what: `${effect} is begun, and not done` });
        const status = isJsonObject(outcome) && typeof outcome["status"] === "string" ? `: ${outcome["status"]}` : "";
        const took = timeIn(doneAt) - timeIn(claimedAt);
        return momentAt(doneAt, { where, what: `${effect} is done${status}`, ...(took >= 0 && { durationMs: took }) });
    }

    /** The versions of a session; undefined when there is none. */
    async session(sessionId: string): Promise<Recorded | undefined> {
        const versions = await this.#query("checkout-sessions", "SessionId", sessionId);
        if (versions.length === 0) return undefined;
        const where = this.#place.named("checkout-sessions");
        return {
            correlationIds: versions.flatMap((version) => textsIn(version["RequestId"])),
            moments: versions.flatMap(({ Version, Reason, Status, Timestamp }) =>
                momentAt(Timestamp, { where, what: `version ${Version}, ${Reason}: ${Status}` }),
            ),
        };
    }

    /** What endpoints were told, and each try of it. */
    async deliveries({ correlationIds }: Cast, from: number): Promise<Moment[]> {
        const endpoints: string[] = [];
        const table = { TableName: this.#place.named("webhook-endpoints"), ProjectionExpression: "endpointId" };
        try {
            for await (const { Items = [] } of paginateScan({ client: this.#place.dynamo }, table)) {
                endpoints.push(...Items.flatMap(({ endpointId }) => textsIn(endpointId)));
            }
        } catch (error) {
            // With webhookSender: false.
            if (isMissing(error)) return [];
            throw error;
        }
        const since = new Date(from).toISOString();
        const all = await atATime(10, endpoints, (endpointId) => this.#since(endpointId, since));
        const meant = all.flat().filter(({ correlationId }) => correlationIds.has(String(correlationId)));
        return (await atATime(10, meant, (delivery) => this.#delivery(delivery))).flat();
    }

    #since(endpointId: string, since: string): Promise<JsonObject[]> {
        return this.#pages({
            TableName: this.#place.named("webhook-deliveries"),
            IndexName: "byTime",
            KeyConditionExpression: "endpointId = :endpoint AND occurredAt >= :since",
            ExpressionAttributeValues: { ":endpoint": endpointId, ":since": since },
        });
    }

    async #delivery({ endpointId, deliveryId, eventType, status, occurredAt }: JsonObject): Promise<Moment[]> {
        const attempts = await this.#query("webhook-attempts", "deliveryKey", `${endpointId}#${deliveryId}`);
        const level = status === "exhausted" ? "error" : "info";
        const kept = `${eventType} (${deliveryId}) is for ${endpointId}: ${status}`;
        return [
            ...momentAt(occurredAt, { where: this.#place.named("webhook-deliveries"), what: kept, level }),
            ...attempts.flatMap(({ number, at, durationMs, status, httpStatus, error }) =>
                momentAt(at, {
                    where: this.#place.named("webhook-attempts"),
                    what: `attempt ${number} at ${endpointId} ${status}: ${httpStatus ?? error ?? "no answer"}`,
                    ...(status === "failed" && { level: "warn" }),
                    ...(typeof durationMs === "number" && { durationMs }),
                }),
            ),
        ];
    }

    /** What operators have redriven. */
    async redrives(concerns: (about: Identifiers) => boolean, from: number): Promise<Moment[]> {
        const days = Math.ceil((Date.now() - from) / dayMs) + 1;
        const dates = Array.from({ length: days }, (_, back) => new Date(Date.now() - back * dayMs).toISOString());
        // An operator's rows are in one chain a day: see redrive.ts.
        const chains = dates.map((date) => `${auditor}#${date.slice(0, 10)}#00`);
        const rows = (await atATime(10, chains, (chain) => this.#query("pubsub-audit", "chain", chain))).flat();
        return rows.flatMap((row) => {
            const { at, result } = row;
            if (!isJsonObject(result) || !concerns(identifiersIn(row))) return [];
            const { step, by, queue, done } = result;
            const what = `redrive ${step} by ${by}: ${done}`;
            return momentAt(at, { where: String(queue), what, ...(step === "failed" && { level: "error" }) });
        });
    }

    /** Notifications of customers that could not be used, by the correlation ids that they may have. */
    async skipped(correlationIds: readonly string[]): Promise<Moment[]> {
        const moments = await atATime(10, correlationIds, async (id): Promise<Moment[]> => {
            const marks = await this.#query("pubsub-audit", "chain", markKey(auditedAs, id));
            const [{ rowChain, rowSequence } = {}] = marks;
            if (typeof rowChain !== "string" || typeof rowSequence !== "number") return [];
            const TableName = this.#place.named("pubsub-audit");
            const Key = { chain: rowChain, sequence: rowSequence };
            const { Item: row = {} } = await this.#place.dynamo.send(new GetCommand({ TableName, Key }));
            const { at, result } = row;
            const why = isJsonObject(result) ? result["why"] : undefined;
            return momentAt(at, { where: TableName, what: `${auditedAs} skipped it: ${why}`, level: "warn" });
        });
        return moments.flat();
    }

    #query(table: string, key: string, value: string): Promise<JsonObject[]> {
        return this.#pages({
            TableName: this.#place.named(table),
            KeyConditionExpression: "#key = :value",
            ExpressionAttributeNames: { "#key": key },
            ExpressionAttributeValues: { ":value": value },
        });
    }

    async #pages(query: QueryCommandInput): Promise<JsonObject[]> {
        const items: JsonObject[] = [];
        for await (const { Items = [] } of paginateQuery({ client: this.#place.dynamo }, query)) items.push(...Items);
        return items;
    }
}

/** A moment, if the time is one. */
function momentAt(
    at: unknown,
    { level = "info", ...rest }: Omit<Moment, "time" | "level"> & Partial<Pick<Moment, "level">>,
): Moment[] {
    const time = timeIn(at);
    return Number.isNaN(time) ? [] : [{ time, level, ...rest }];
}

const timeIn = (value: unknown): number => (typeof value === "string" ? Date.parse(value) : Number.NaN);

const textsIn = (value: unknown): string[] => (typeof value === "string" && value !== "" ? [value] : []);

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === "ResourceNotFoundException";
