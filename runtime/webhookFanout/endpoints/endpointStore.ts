import { isDeepStrictEqual } from "node:util";
import {
    DeleteCommand,
    type DynamoDBDocumentClient,
    GetCommand,
    QueryCommand,
    UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { transact } from "../../shared/transact.ts";
import type { Endpoint, EndpointSecret } from "./endpoint.ts";
import type { Health } from "./health.ts";

/** An endpoint with data of the request that registered it. */
export interface RegisteredEndpoint extends Endpoint {
    readonly requestFingerprint: string;
    /** Id of the item of its Idempotency-Key, which is deleted with the endpoint. */
    readonly keyId?: string;
}

type Created = "created" | "exists" | "too many" | "closed";

/** A new value, or null to remove it. */
export type Changes = { readonly [Name in keyof Changeable]?: Changeable[Name] | null };
type Changeable = Endpoint & Health;

/** Maximum endpoints of a tenant. */
export const mostEndpoints = 20;
/** The item with the number of a tenant's endpoints, whose ids begin with `ep_`. */
const countId = "count";

/** Item of a deleted endpoint, until its deliveries are gone. */
const pastId = (endpointId: string) => `past_${endpointId}`;
/** Longer than deliveries are kept. */
const pastSeconds = 91 * 86_400;

/** Endpoints by tenant. */
export class EndpointStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** `exists`: an earlier try or another request with its Idempotency-Key registered an endpoint. */
    async create(endpoint: RegisteredEndpoint): Promise<Created> {
        const { tenantId, endpointId, keyId } = endpoint;
        const ConditionExpression = "attribute_not_exists(endpointId)";
        const failed = await transact(this.#client, [
            { Put: { TableName: this.#table, Item: { ...endpoint }, ConditionExpression } },
            {
                Update: {
                    TableName: this.#table,
                    Key: { tenantId, endpointId: countId },
                    UpdateExpression: "ADD endpoints :one",
                    ConditionExpression:
                        "attribute_not_exists(closed) AND (attribute_not_exists(endpoints) OR endpoints < :most)",
                    ExpressionAttributeValues: { ":one": 1, ":most": mostEndpoints },
                },
            },
            ...(keyId === undefined
                ? []
                : [
                      {
                          Put: {
                              TableName: this.#table,
                              Item: { tenantId, endpointId: keyId, registered: endpointId },
                              ConditionExpression,
                          },
                      },
                  ]),
        ]);
        if (failed === undefined) return "created";
        if (failed.includes(0) || failed.includes(2)) return "exists";
        const { Item: count } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { tenantId, endpointId: countId }, ConsistentRead: true }),
        );
        return count?.["closed"] === true ? "closed" : "too many";
    }

    /** Writes an endpoint that belongs to no client, enabled, unless it has changed since. @param at ISO 8601 */
    async keep(
        { tenantId, endpointId, ...members }: Omit<Endpoint, "status" | "createdAt" | "updatedAt">,
        at: string,
    ): Promise<void> {
        const set = Object.entries({ ...members, status: "enabled", updatedAt: at, requestFingerprint: "none" });
        await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                Key: { tenantId, endpointId },
                UpdateExpression:
                    `SET ${set.map(([name]) => `#${name} = :${name}`).join(", ")}, createdAt = if_not_exists(createdAt, :updatedAt) ` +
                    "REMOVE disabledBecause, failingSince, failures, failingSteadilySince",
                ConditionExpression: "attribute_not_exists(updatedAt) OR updatedAt < :updatedAt",
                ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
                ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
            },
        });
    }

    /** Admits no more endpoints of a tenant, whose keys API Gateway knows for five minutes after their end. */
    async close(tenantId: string): Promise<void> {
        await this.#client.send(
            new UpdateCommand({
                TableName: this.#table,
                Key: { tenantId, endpointId: countId },
                UpdateExpression: "SET closed = :true, expiresAt = :expires",
                ExpressionAttributeValues: { ":true": true, ":expires": Math.floor(Date.now() / 1000) + 86_400 },
            }),
        );
    }

    /** Ids of the deleted endpoints of a tenant that was made by the API, of which there may be deliveries. */
    async pastOf(tenantId: string): Promise<string[]> {
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                KeyConditionExpression: "tenantId = :tenant AND begins_with(endpointId, :past)",
                ExpressionAttributeValues: { ":tenant": tenantId, ":past": pastId("") },
                ConsistentRead: true,
            }),
        );
        return Items.map(({ endpointId }) => String(endpointId).slice(pastId("").length));
    }

    async forgetPast(tenantId: string, endpointId: string): Promise<void> {
        const Key = { tenantId, endpointId: pastId(endpointId) };
        await this.#client.send(new DeleteCommand({ TableName: this.#table, Key }));
    }

    /** The endpoint that was registered with an Idempotency-Key, unless deleted. */
    async registeredWith(tenantId: string, keyId: string): Promise<RegisteredEndpoint | undefined> {
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { tenantId, endpointId: keyId }, ConsistentRead: true }),
        );
        return item && (await this.get(tenantId, String(item["registered"])));
    }

    async get(tenantId: string, endpointId: string): Promise<RegisteredEndpoint | undefined> {
        if (!isEndpointId(endpointId)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { tenantId, endpointId }, ConsistentRead: true }),
        );
        return item && endpointIn(item);
    }

    /** All endpoints of a tenant, read consistently. */
    async ofTenant(tenantId: string): Promise<RegisteredEndpoint[]> {
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                // At most 20 of a few kilobytes each: one page.
                KeyConditionExpression: "tenantId = :tenant AND begins_with(endpointId, :endpoints)",
                ExpressionAttributeValues: { ":tenant": tenantId, ":endpoints": "ep_" },
                ConsistentRead: true,
            }),
        );
        return Items.map(endpointIn);
    }

    /** Undefined if there is no such endpoint. */
    async change(tenantId: string, endpointId: string, changes: Changes): Promise<RegisteredEndpoint | undefined> {
        return await this.#update(tenantId, endpointId, changes);
    }

    /** Undefined if the secrets have changed. */
    async replaceSecrets(
        { tenantId, endpointId, secrets: seen }: Endpoint,
        secrets: readonly EndpointSecret[],
        updatedAt: string,
    ): Promise<RegisteredEndpoint | undefined> {
        return await this.#update(tenantId, endpointId, { secrets, updatedAt }, seen);
    }

    /** Whether the endpoint existed. */
    async delete(tenantId: string, endpointId: string): Promise<boolean> {
        const { keyId } = (await this.get(tenantId, endpointId)) ?? {};
        if (!isEndpointId(endpointId)) return false;
        const failed = await transact(this.#client, [
            {
                Delete: {
                    TableName: this.#table,
                    Key: { tenantId, endpointId },
                    ConditionExpression: "attribute_exists(endpointId)",
                },
            },
            {
                Update: {
                    TableName: this.#table,
                    Key: { tenantId, endpointId: countId },
                    UpdateExpression: "ADD endpoints :less",
                    ExpressionAttributeValues: { ":less": -1 },
                },
            },
            // The key can register another endpoint then.
            ...(keyId === undefined
                ? []
                : [{ Delete: { TableName: this.#table, Key: { tenantId, endpointId: keyId } } }]),
            ...(isTenantId(tenantId) ? [this.#past(tenantId, endpointId)] : []),
        ]);
        return failed === undefined;
    }

    #past(tenantId: string, endpointId: string) {
        const expiresAt = Math.floor(Date.now() / 1000) + pastSeconds;
        return { Put: { TableName: this.#table, Item: { tenantId, endpointId: pastId(endpointId), expiresAt } } };
    }

    async #update(
        tenantId: string,
        endpointId: string,
        changes: Changes,
        seen?: readonly EndpointSecret[],
    ): Promise<RegisteredEndpoint | undefined> {
        if (!isEndpointId(endpointId)) return undefined;
        const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
        const set = entries.filter(([, value]) => value !== null);
        const removed = entries.filter(([, value]) => value === null);
        const update = {
            TableName: this.#table,
            Key: { tenantId, endpointId },
            UpdateExpression: [
                ...(set.length > 0 ? [`SET ${set.map(([name]) => `#${name} = :${name}`).join(", ")}`] : []),
                ...(removed.length > 0 ? [`REMOVE ${removed.map(([name]) => `#${name}`).join(", ")}`] : []),
            ].join(" "),
            ConditionExpression: seen ? "secrets = :seen" : "attribute_exists(endpointId)",
            ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
            ExpressionAttributeValues: {
                ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
                ...(seen && { ":seen": seen }),
            },
            ReturnValues: "ALL_NEW",
        } as const;
        // Each secret is unique, so only this call can have written it.
        const isDone = (found: JsonObject) =>
            seen !== undefined && isDeepStrictEqual(found["secrets"], changes.secrets);
        const written = await conditionally(this.#client, { Update: update }, isDone);
        return written instanceof ConditionFailed ? undefined : endpointIn(written);
    }
}

/** Of a tenant that was made by the API. */
export const isTenantId = (text: string): boolean => /^tn_[0-9a-f-]{36}$/.test(text);

/** For path parameters. */
export const isEndpointId = (text: string): boolean => /^ep_[0-9a-f-]{36}$/.test(text);

function endpointIn(item: JsonObject): RegisteredEndpoint {
    // Written by this class, and its failures by HealthStore.
    return item as unknown as RegisteredEndpoint;
}
