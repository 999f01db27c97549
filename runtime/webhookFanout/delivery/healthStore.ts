import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { afterFailures, type Destination, type Health, isLost } from "../endpoints/health.ts";
import { Batcher } from "./batcher.ts";
import { Changes } from "./changes.ts";

/** Milliseconds that a result waits for others of its endpoint, to share an update. */
const recordingMs = 20;
const mostResults = 100;
/** Milliseconds that an endpoint counts as crowded; extended in the second half. */
const crowdedMs = 30_000;
const tries = 5;

interface Failed {
    readonly endpoint: Destination;
    readonly at: number;
}

/** Writes the health of endpoints: one update for all concurrent results of an endpoint. */
export class HealthStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    /** Other environments and the owner write these items, too. */
    readonly #changes: Changes;
    /** Until when endpoints count as crowded, as this environment knows. */
    readonly #crowded = new Map<string, number>();
    readonly #failing: Batcher<Failed, Health | undefined>;
    readonly #succeeding: Batcher<Destination, undefined>;

    /** @param isComplete whether no more results are expected */
    constructor(client: DynamoDBDocumentClient, table: string, isComplete: () => boolean) {
        this.#client = client;
        this.#table = table;
        this.#changes = new Changes(client, { isShared: true });
        const waiting = { atMost: mostResults, forMs: recordingMs, isComplete };
        this.#failing = new Batcher((failed) => this.#recordFailures(failed), waiting);
        this.#succeeding = new Batcher((endpoints) => this.#recordSuccesses(endpoints), waiting);
    }

    async record(endpoint: Destination, succeeded: boolean, at: number): Promise<void> {
        if (!succeeded) await this.#failing.add({ endpoint, at });
        else if (endpoint.failures !== undefined) await this.#succeeding.add(endpoint);
    }

    /** New deliveries then wait before their first attempt. */
    async recordCrowding(endpoint: Destination, at: number): Promise<void> {
        const { endpointId, crowdedUntil } = endpoint;
        const soon = at + crowdedMs / 2;
        const known = Math.max(this.#crowded.get(endpointId) ?? 0, crowdedUntil ? Date.parse(crowdedUntil) : 0);
        if (known > soon) return;
        if (this.#crowded.size >= mostResults) this.#crowded.clear();
        this.#crowded.set(endpointId, at + crowdedMs);
        const condition =
            "attribute_exists(endpointId) AND (attribute_not_exists(crowdedUntil) OR crowdedUntil < :soon)";
        await this.#write(endpoint, condition, {
            UpdateExpression: "SET crowdedUntil = :until",
            ExpressionAttributeValues: { ":until": isoOf(at + crowdedMs), ":soon": isoOf(soon) },
        });
    }

    /**
     * Counts a failure that may be one too many: another environment may have had a success meanwhile.
     * @returns whether it is; undefined if it cannot be, and is not counted.
     */
    async countIfLast(endpoint: Destination, at: number): Promise<{ readonly isLost: boolean } | undefined> {
        if (!isLost(afterFailures(endpoint, at), at)) return undefined;
        const health = await this.#failing.add({ endpoint, at });
        return { isLost: health !== undefined && isLost(health, at) };
    }

    async #recordFailures(failed: readonly Failed[]): Promise<(Health | undefined)[]> {
        const groups = Map.groupBy(failed, ({ endpoint }) => endpoint.endpointId);
        const healths = new Map(
            await Promise.all(
                [...groups].map(async ([id, group]) => [id, await this.#recordFailuresOf(group)] as const),
            ),
        );
        return failed.map(({ endpoint }) => healths.get(endpoint.endpointId));
    }

    async #recordFailuresOf([first, ...others]: readonly Failed[]): Promise<Health | undefined> {
        if (first === undefined) return undefined;
        const { endpoint, at } = first;
        let before: Destination | undefined = endpoint;
        // A success meanwhile resets the health; a lost count is acceptable.
        for (let attempt = 1; attempt <= tries && before !== undefined; attempt += 1) {
            const after = afterFailures(before, at, 1 + others.length);
            if (await this.#countFailures(before, after, 1 + others.length)) return after;
            before = await this.#endpoint(endpoint);
        }
        return before;
    }

    async #recordSuccesses(endpoints: readonly Destination[]): Promise<undefined[]> {
        const written = new Map<string, Promise<unknown>>();
        for (const { tenantId, endpointId } of endpoints) {
            if (written.has(endpointId)) continue;
            const reset = this.#write({ tenantId, endpointId }, "attribute_exists(failures)", {
                UpdateExpression: "REMOVE failingSince, failures, failingSteadilySince",
            });
            written.set(endpointId, reset);
        }
        await Promise.all(written.values());
        return endpoints.map(() => undefined);
    }

    /** @returns whether the endpoint was enabled. */
    async disable(
        { tenantId, endpointId }: Destination,
        because: NonNullable<Endpoint["disabledBecause"]>,
        at: number,
    ): Promise<boolean> {
        const disabledAt = new Date(at).toISOString();
        const disable = {
            TableName: this.#table,
            Key: { tenantId, endpointId },
            UpdateExpression: "SET #status = :disabled, disabledBecause = :because, updatedAt = :at",
            ConditionExpression: "#status = :enabled",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
                ":disabled": "disabled",
                ":because": because,
                ":at": disabledAt,
                ":enabled": "enabled",
            },
        };
        return await this.#applied(disable, ({ updatedAt }) => updatedAt === disabledAt);
    }

    /**
     * Adds to the count, so that environments count at the same time. @returns false if the health was reset meanwhile or the
     * endpoint is deleted.
     */
    async #countFailures({ failingSince: begun, ...endpoint }: Destination, after: Health, count: number) {
        const { failingSince, failingSteadilySince } = after;
        if (begun === undefined) {
            const first =
                "SET failingSince = if_not_exists(failingSince, :since), failures = if_not_exists(failures, :none) + :count";
            return await this.#write(endpoint, "attribute_exists(endpointId)", {
                UpdateExpression: first,
                ExpressionAttributeValues: { ":since": failingSince, ":none": 0, ":count": count },
            });
        }
        if (failingSince !== begun) {
            return await this.#write(endpoint, "failingSince = :begun", {
                UpdateExpression: "SET failingSince = :since, failures = :count REMOVE failingSteadilySince",
                ExpressionAttributeValues: { ":begun": begun, ":since": failingSince, ":count": count },
            });
        }
        const steadily = failingSteadilySince === undefined ? "" : ", failingSteadilySince = :steadily";
        return await this.#write(endpoint, "failingSince = :begun", {
            UpdateExpression: `SET failures = failures + :count${steadily}`,
            ExpressionAttributeValues: {
                ":begun": begun,
                ":count": count,
                ...(failingSteadilySince !== undefined && { ":steadily": failingSteadilySince }),
            },
        });
    }

    /** @returns whether the condition held */
    async #write(
        { tenantId, endpointId }: Pick<Endpoint, "tenantId" | "endpointId">,
        ConditionExpression: string,
        update: Pick<ConditionalUpdate, "UpdateExpression" | "ExpressionAttributeValues">,
    ): Promise<boolean> {
        const { UpdateExpression = "", ExpressionAttributeValues } = update;
        const Update = {
            TableName: this.#table,
            Key: { tenantId, endpointId },
            UpdateExpression,
            ConditionExpression,
            ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
        };
        return (await this.#changes.make({ of: endpointId, writes: [{ Update }] })) === undefined;
    }

    async #endpoint({ tenantId, endpointId }: Destination): Promise<Destination | undefined> {
        const { Item } = await this.#client.send(
            new GetCommand({
                TableName: this.#table,
                Key: { tenantId, endpointId },
                ConsistentRead: true,
            }),
        );
        // Only EndpointStore and this class write these items.
        return Item as Destination | undefined;
    }

    async #applied(update: ConditionalUpdate, isDone?: (found: JsonObject) => boolean): Promise<boolean> {
        return !((await conditionally(this.#client, { Update: update }, isDone)) instanceof ConditionFailed);
    }
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
