import { isDeepStrictEqual } from "node:util";
import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { transact } from "../../shared/transact.ts";
import type { Endpoint, EndpointSecret } from "./endpoint.ts";
import type { Health } from "./health.ts";

/** An endpoint, and the request that registered it. */
export interface RegisteredEndpoint extends Endpoint {
    readonly requestFingerprint: string;
    /** What its Idempotency-Key is kept under, for as long as there is the endpoint. */
    readonly keyId?: string;
}

type Created = "created" | "exists" | "too many";

/** What changes: a value, or null for what goes. */
export type Changes = { readonly [Name in keyof Changeable]?: Changeable[Name] | null };
type Changeable = Endpoint & Health;

/** Endpoints that a tenant may have. */
export const mostEndpoints = 20;
/** Beside a tenant's endpoints, all of whose ids begin with `ep_`: how many there are. */
const countId = "count";

/** The endpoints, by tenant: whoever asks for one says whose it is. */
export class EndpointStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** `exists`: its id is taken, by an earlier try, or there is an endpoint with its Idempotency-Key. */
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
                    ConditionExpression: "attribute_not_exists(endpoints) OR endpoints < :most",
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
        return failed.includes(0) || failed.includes(2) ? "exists" : "too many";
    }

    /** The endpoint that was registered with an Idempotency-Key; undefined when there is none any more. */
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

    /** All of a tenant's endpoints, by their ids; those that were registered before this moment are among them. */
    async ofTenant(tenantId: string): Promise<RegisteredEndpoint[]> {
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                // There are 20 at most, of a few kilobytes each: one page.
                KeyConditionExpression: "tenantId = :tenant AND begins_with(endpointId, :endpoints)",
                ExpressionAttributeValues: { ":tenant": tenantId, ":endpoints": "ep_" },
                ConsistentRead: true,
            }),
        );
        return Items.map(endpointIn);
    }

    /** Undefined when there is no such endpoint. */
    async change(tenantId: string, endpointId: string, changes: Changes): Promise<RegisteredEndpoint | undefined> {
        return await this.#update(tenantId, endpointId, changes);
    }

    /** Undefined when its secrets are not these any more. */
    async replaceSecrets(
        { tenantId, endpointId, secrets: seen }: Endpoint,
        secrets: readonly EndpointSecret[],
        updatedAt: string,
    ): Promise<RegisteredEndpoint | undefined> {
        return await this.#update(tenantId, endpointId, { secrets, updatedAt }, seen);
    }

    /** Whether there was such an endpoint. */
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
            // The key then registers another endpoint: what is on its way to this one finds none.
            ...(keyId === undefined
                ? []
                : [{ Delete: { TableName: this.#table, Key: { tenantId, endpointId: keyId } } }]),
        ]);
        return failed === undefined;
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
        // A secret is new each time: nobody else can have written these.
        const isDone = (found: JsonObject) =>
            seen !== undefined && isDeepStrictEqual(found["secrets"], changes.secrets);
        const written = await conditionally(this.#client, { Update: update }, isDone);
        return written instanceof ConditionFailed ? undefined : endpointIn(written);
    }
}

/** What is in a path may be anything. */
const isEndpointId = (text: string): boolean => /^ep_[0-9a-f-]{36}$/.test(text);

function endpointIn(item: JsonObject): RegisteredEndpoint {
    // Written by this class, and by the deliverer as far as its failures go.
    return item as unknown as RegisteredEndpoint;
}
