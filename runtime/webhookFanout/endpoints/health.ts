import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { Endpoint } from "./endpoint.ts";

/** How an endpoint has been doing: members of its item, absent while all goes well. */
export interface Health {
    /** ISO 8601: the first of the failures that have followed one another since. */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601: when it was clear that it fails steadily. From then on the days count after which it is disabled. */
    readonly failingSteadilySince?: string;
}

/** An endpoint, with how it has been doing. */
export interface Destination extends Endpoint, Health {}

const hour = 3600_000;
/** Several failures within a day, at least half a day between the first and the last: one event alone is no proof. */
const steady = { failures: 3, afterMs: 12 * hour, withinMs: 24 * hour } as const;
const disabledAfterMs = 5 * 24 * hour;
/** From so many failures in a row an endpoint is suspected of being down. */
const suspectAfter = 3;

/** After another failure. @param at milliseconds since 1970 */
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

/** Whether nothing but failures has come of it for so long that it is not to be called any more. */
export function isLost({ failingSteadilySince }: Health, at: number): boolean {
    return failingSteadilySince !== undefined && at - Date.parse(failingSteadilySince) >= disabledAfterMs;
}

/** One at a time finds out whether a suspect is back: it must not take the senders that others need. */
export function isSuspect({ failures = 0 }: Health): boolean {
    return failures >= suspectAfter;
}

/** How endpoints have been doing, as the table keeps it. */
export class HealthStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** Counts a failure of an endpoint. @returns how it has been doing, that included; undefined when it is gone. */
    async recordFailure(endpoint: Destination, at: number): Promise<Health | undefined> {
        let before: Destination | undefined = endpoint;
        // Others count at the same time. One failure of many that goes uncounted changes nothing.
        for (let attempt = 1; attempt <= 5 && before !== undefined; attempt += 1) {
            const after = afterFailure(before, at);
            if (await this.#setHealth(before, after)) return after;
            before = await this.#endpoint(endpoint);
        }
        return before;
    }

    /** After a success nothing is held against an endpoint. */
    async recordSuccess({ tenantId, endpointId }: Destination): Promise<void> {
        await this.#applied({
            TableName: this.#table,
            Key: { tenantId, endpointId },
            UpdateExpression: "REMOVE failingSince, failures, failingSteadilySince",
            ConditionExpression: "attribute_exists(failures)",
        });
    }

    /** @returns whether it was enabled. */
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

    /** Unless it was set by somebody else meanwhile, or the endpoint is gone. */
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
        // Written by the registry and by this class, in exactly this shape.
        return Item as Destination | undefined;
    }

    async #applied(update: ConditionalUpdate, isDone?: (found: JsonObject) => boolean): Promise<boolean> {
        return !((await conditionally(this.#client, { Update: update }, isDone)) instanceof ConditionFailed);
    }
}
