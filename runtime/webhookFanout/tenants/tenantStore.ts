import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { transact } from "../../shared/transact.ts";
import { isTenantId } from "../endpoints/endpointStore.ts";

/** An owner of webhook endpoints that a client has made: an item (`tenantId`, `item`) of the tenants table. */
export interface Tenant {
    /** `tn_<uuid>` */
    readonly tenantId: string;
    /** The client (`callerId`). */
    readonly owner: string;
    readonly name?: string;
    readonly status: "active" | "deleting";
    /** Of the request that made it. */
    readonly requestFingerprint: string;
    /** ISO 8601 */
    readonly createdAt: string;
}

/** A key of a tenant, by its digest: an item of the same table. */
export interface TenantKey {
    readonly id: string;
    /** SHA-256 of the whole key, in hexadecimal. */
    readonly sha256: string;
    /** ISO 8601 */
    readonly createdAt: string;
}

export const mostKeys = 10;
const itself = "tenant";
const keyItem = (id: string) => `key#${id}`;

export class TenantStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** @returns the tenant that has the id already, else the new one; undefined if one that is deleted had it */
    async create(tenant: Tenant): Promise<Tenant | undefined> {
        const put = {
            TableName: this.#table,
            Item: { ...tenant, item: itself, keyCount: 0 },
            ConditionExpression: "attribute_not_exists(tenantId)",
        };
        const written = await conditionally(this.#client, { Put: put });
        if (!(written instanceof ConditionFailed)) return tenant;
        const { found = {} } = written;
        return found["status"] === "active" ? tenantIn(found) : undefined;
    }

    /** Undefined if the client has no such tenant. */
    async get(owner: string, tenantId: string): Promise<Tenant | undefined> {
        const tenant = await this.find(tenantId);
        return tenant?.owner === owner ? tenant : undefined;
    }

    async find(tenantId: string): Promise<Tenant | undefined> {
        if (!isTenantId(tenantId)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { tenantId, item: itself }, ConsistentRead: true }),
        );
        return item && tenantIn(item);
    }

    /** A page of a client's tenants, by their ids, which grow with time. */
    async ofOwner(owner: string, limit: number, after?: string): Promise<{ tenants: Tenant[]; isLast: boolean }> {
        const { Items = [], LastEvaluatedKey } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                IndexName: "byOwner",
                KeyConditionExpression:
                    after === undefined ? "#owner = :owner" : "#owner = :owner AND tenantId > :after",
                ExpressionAttributeNames: { "#owner": "owner" },
                ExpressionAttributeValues: { ":owner": owner, ...(after !== undefined && { ":after": after }) },
                Limit: limit,
            }),
        );
        return { tenants: Items.map(tenantIn), isLast: LastEvaluatedKey === undefined };
    }

    /** False if the tenant is being deleted or has its most keys. */
    async addKey(tenantId: string, { id, ...key }: TenantKey): Promise<boolean> {
        const failed = await transact(this.#client, [
            {
                Update: {
                    TableName: this.#table,
                    Key: { tenantId, item: itself },
                    UpdateExpression: "ADD keyCount :one",
                    ConditionExpression: "#status = :active AND keyCount < :most",
                    ExpressionAttributeNames: { "#status": "status" },
                    ExpressionAttributeValues: { ":one": 1, ":most": mostKeys, ":active": "active" },
                },
            },
            { Put: { TableName: this.#table, Item: { tenantId, item: keyItem(id), ...key } } },
        ]);
        return failed === undefined;
    }

    async keysOf(tenantId: string): Promise<TenantKey[]> {
        const { Items = [] } = await this.#client.send(
            new QueryCommand({
                TableName: this.#table,
                KeyConditionExpression: "tenantId = :tenant AND begins_with(#item, :keys)",
                ExpressionAttributeNames: { "#item": "item" },
                ExpressionAttributeValues: { ":tenant": tenantId, ":keys": keyItem("") },
                ConsistentRead: true,
            }),
        );
        return Items.map(({ item, sha256, createdAt }) => ({
            id: String(item).slice(keyItem("").length),
            sha256: String(sha256),
            createdAt: String(createdAt),
        }));
    }

    /** Whether there was such a key. */
    async removeKey(tenantId: string, id: string): Promise<boolean> {
        const failed = await transact(this.#client, [
            {
                Delete: {
                    TableName: this.#table,
                    Key: { tenantId, item: keyItem(id) },
                    ConditionExpression: "attribute_exists(tenantId)",
                },
            },
            {
                Update: {
                    TableName: this.#table,
                    Key: { tenantId, item: itself },
                    UpdateExpression: "ADD keyCount :less",
                    ExpressionAttributeValues: { ":less": -1 },
                },
            },
        ]);
        return failed === undefined;
    }

    /** From now on it gets no keys. Undefined if there is no such tenant. */
    async beginDeletion({ tenantId }: Tenant): Promise<Tenant | undefined> {
        const update = {
            TableName: this.#table,
            Key: { tenantId, item: itself },
            UpdateExpression: "SET #status = :deleting",
            ConditionExpression: "attribute_exists(tenantId)",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: { ":deleting": "deleting" },
            ReturnValues: "ALL_NEW",
        } as const;
        const written = await conditionally(this.#client, { Update: update });
        return written instanceof ConditionFailed ? undefined : tenantIn(written);
    }

    /**
     * Of the tenant remains that its id is used up: one that is made with its Idempotency-Key again would be closed for
     * endpoints, admit the old one's keys for as long as API Gateway remembers them, and have its audit row already.
     */
    async bury({ tenantId }: Tenant): Promise<void> {
        const update = {
            TableName: this.#table,
            Key: { tenantId, item: itself },
            UpdateExpression: "SET #status = :deleted REMOVE #owner, #name, requestFingerprint, createdAt, keyCount",
            ConditionExpression: "attribute_exists(tenantId)",
            ExpressionAttributeNames: { "#status": "status", "#owner": "owner", "#name": "name" },
            ExpressionAttributeValues: { ":deleted": "deleted" },
        } as const;
        await conditionally(this.#client, { Update: update });
    }
}

function tenantIn({ item: _, keyCount: __, ...tenant }: JsonObject): Tenant {
    // Only this class writes the table.
    return tenant as unknown as Tenant;
}
