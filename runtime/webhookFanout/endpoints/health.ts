import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { Endpoint } from "./endpoint.ts";

/** Failures of an endpoint: members of its item, absent after a success. */
export interface Health {
    /** ISO 8601: the first of consecutive failures. */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601: since then it counts as steadily failing, and is disabled some days later. */
    readonly failingSteadilySince?: string;
}

export interface Destination extends Endpoint, Health {}

const hour = 3600_000;
/** Steadily failing: several failures within a day, at least half a day between the first and the last. */
const steady = { failures: 3, afterMs: 12 * hour, withinMs: 24 * hour } as const;
const disabledAfterMs = 5 * 24 * hour;
/** Consecutive failures after which an endpoint is suspected to be down. */
const suspectAfter = 3;

/** @param at milliseconds since 1970 */
function afterFailure(health: Health, at: number): Health {
    const { failingSince, failures = 0, failingSteadilySince } = health;
    const now = new Date(at).toISOString();
    const begun = failingSince === undefined ? at : Date.parse(failingSince);
    const isNew = failingSince === undefined || (failingSteadilySince === undefined && at - begun > steady.withinMs);
    if (isNew) return { failingSince: now, failures: 1 };
    const isSteady = failures + 1 >= steady.failures && at - begun >= steady.afterMs;
    const since = failingSteadilySince ?? (isSteady ? now : undefined);
    return { failingSince, failures: failures + 1, ...(since !== undefined && { failingSteadilySince: since }) };
}

/** Whether it has failed for so long that it is to be disabled. */
export function isLost({ failingSteadilySince }: Health, at: number): boolean {
    return failingSteadilySince !== undefined && at - Date.parse(failingSteadilySince) >= disabledAfterMs;
}

/** A suspected endpoint gets one request at a time, so that it does not occupy the senders. */
export function isSuspect({ failures = 0 }: Health): boolean {
    return failures >= suspectAfter;
}

export class HealthStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** @returns the updated health; undefined if the endpoint is deleted. */
    async recordFailure(endpoint: Destination, at: number): Promise<Health | undefined> {
        let before: Destination | undefined = endpoint;
        // Conflicts with other senders; a lost count is acceptable.
        for (let attempt = 1; attempt <= 5 && before !== undefined; attempt += 1) {
            const after = afterFailure(before, at);
            if (await this.#setHealth(before, after)) return after;
            before = await this.#endpoint(endpoint);
        }
        return before;
    }

    /** Resets the health. */
    async recordSuccess({ tenantId, endpointId }: Destination): Promise<void> {
        await this.#applied({
            TableName: this.#table,
            Key: { tenantId, endpointId },
            UpdateExpression: "REMOVE failingSince, failures, failingSteadilySince",
            ConditionExpression: "attribute_exists(failures)",
        });
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

    /** Fails if the health has changed or the endpoint is deleted. */
    async #setHealth({ tenantId, endpointId, failures }: Destination, health: Health): Promise<boolean> {
        const { failingSince, failures: counted, failingSteadilySince } = health;
        const isSteady = failingSteadilySince !== undefined;
        const update = {
            TableName: this.#table,
            Key: { tenantId, endpointId },
            UpdateExpression: `SET failingSince = :since, failures = :counted${isSteady ? ", failingSteadilySince = :steadily" : " REMOVE failingSteadilySince"}`,
            ConditionExpression:
                failures === undefined
                    ? "attribute_exists(endpointId) AND attribute_not_exists(failures)"
                    : "failures = :before",
            ExpressionAttributeValues: {
                ":since": failingSince,
                ":counted": counted,
                ...(isSteady && { ":steadily": failingSteadilySince }),
                ...(failures !== undefined && { ":before": failures }),
            },
        };
        return await this.#applied(update);
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
