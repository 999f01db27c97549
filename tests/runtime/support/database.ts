import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
    CreateTableCommand,
    DynamoDBClient,
    type DynamoDBClientConfig,
    ListTablesCommand,
} from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import { freePort } from "embedded-aws/freePort";
import { groupsOf } from "../../../runtime/shared/groups.ts";

/** A key's attribute: its name, and its type, of which a text is the usual one. */
type KeyAttribute = readonly [name: string, type?: "S" | "N"];

/** The tables of all components, each with its partition key and its sort key, if it has one. */
const tables: readonly (readonly [table: string, ...keys: KeyAttribute[]])[] = [
    ["orders", ["orderId"]],
    ["effects", ["orderId"], ["effect"]],
    ["ledgers", ["orderId"], ["version", "N"]],
    ["orderVersions", ["orderId"], ["version", "N"]],
    ["products", ["productId"]],
    ["stock", ["productId"], ["entry"]],
    ["sessions", ["SessionId"], ["Version", "N"]],
    ["idempotency", ["id"]],
    ["carts", ["id"]],
    ["discounts", ["code"]],
    ["payments", ["key"]],
    ["audit", ["chain"], ["sequence", "N"]],
    ["messages", ["messageType"], ["published"]],
    ["requests", ["requestKey"]],
    ["endpoints", ["tenantId"], ["endpointId"]],
    ["deliveries", ["endpointId"], ["deliveryId"]],
    ["attempts", ["deliveryKey"], ["number", "N"]],
    ["capacity", ["endpointId"], ["slot", "N"]],
    ["customers", ["customer"]],
    ["event-types", ["catalogue"], ["type"]],
    ["tenants", ["tenantId"], ["item"]],
    ["ucp-profiles", ["url"]],
    ["feed", ["target"], ["entry"]],
];

const tether = fileURLToPath(import.meta.resolve("embedded-aws/tether"));

interface Index {
    readonly name: string;
    readonly keys: readonly KeyAttribute[];
    /** The projected attributes besides the keys. */
    readonly include?: readonly string[];
}

/** The indexes of these tables, with the projections of the components' indexes. */
const indexes: Readonly<Record<string, readonly Index[]>> = {
    orders: [
        { name: "byTime", keys: [["sourceKey"], ["listedAt"]], include: ["status", "source", "listed"] },
        { name: "byStatus", keys: [["statusKey"], ["listedAt"]], include: ["status", "source", "listed"] },
        { name: "byCustomer", keys: [["customerKey"], ["listedAt"]], include: ["status", "source", "listed"] },
    ],
    deliveries: [
        {
            name: "byTime",
            keys: [["endpointId"], ["occurredAt"]],
            include: ["eventType", "correlationId", "status", "attempts", "nextAttemptAt", "lastError"],
        },
        { name: "due", keys: [["dueShard"], ["nextAttemptAt"]], include: ["tenantId", "attempts", "correlationId"] },
        { name: "waiting", keys: [["orderKey"], ["nextAttemptAt"]] },
    ],
    tenants: [
        {
            name: "byOwner",
            keys: [["owner"], ["tenantId"]],
            include: ["name", "status", "requestFingerprint", "createdAt"],
        },
    ],
};

/** A DynamoDB in memory, in a process of its own that ends with this one, with the tables of all components. */
export class Database {
    #running:
        | { readonly url: string; readonly client: DynamoDBDocumentClient; readonly child: ChildProcess }
        | undefined;

    get url(): string {
        return this.#started.url;
    }

    get client(): DynamoDBDocumentClient {
        return this.#started.client;
    }

    async start(): Promise<void> {
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const binary = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/dynoxide");
        const serve = [binary, "serve", "--host", "127.0.0.1", "--port", String(port)];
        const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", tether, ...serve], {
            // The end of this pipe, however this process ends, is the end of the database.
            stdio: ["pipe", "ignore", "ignore"],
            // A signal to the group of this process must not end the tether before the database.
            detached: true,
        });
        child.stdin.on("error", () => {});
        this.#running = { url, client: clientAt(url), child };
        try {
            await this.#answering();
            await createTables(this.client);
        } catch (error) {
            await this.stop();
            throw error;
        }
    }

    async put(TableName: string, Item: Record<string, unknown>): Promise<void> {
        await this.client.send(new PutCommand({ TableName, Item }));
    }

    async putAll(TableName: string, items: readonly object[]): Promise<void> {
        const batches = groupsOf(items, 25).map((some) => some.map((item) => ({ PutRequest: { Item: { ...item } } })));
        for (const group of groupsOf(batches, 10)) {
            await Promise.all(
                group.map((puts) => this.client.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }))),
            );
        }
    }

    async get(TableName: string, Key: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
        const { Item } = await this.client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
        return Item;
    }

    async all(TableName: string): Promise<Record<string, unknown>[]> {
        const items: Record<string, unknown>[] = [];
        for await (const { Items = [] } of paginateScan({ client: this.client }, { TableName })) items.push(...Items);
        return items;
    }

    /** Removes all items of these tables. */
    async clear(...names: readonly string[]): Promise<void> {
        for (const [TableName, ...keys] of tables.filter(([table]) => names.includes(table))) {
            const Keys = (await this.all(TableName)).map((item) =>
                Object.fromEntries(keys.map(([name]) => [name, item[name]])),
            );
            for (let at = 0; at < Keys.length; at += 25) {
                const deletes = Keys.slice(at, at + 25).map((Key) => ({ DeleteRequest: { Key } }));
                await this.client.send(new BatchWriteCommand({ RequestItems: { [TableName]: deletes } }));
            }
        }
    }

    async stop(): Promise<void> {
        if (this.#running === undefined) return;
        const { client, child } = this.#running;
        client.destroy();
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "exit");
        child.stdin?.end();
        await ended;
    }

    get #started() {
        if (this.#running === undefined) throw new Error("the database is not started");
        return this.#running;
    }

    async #answering(): Promise<void> {
        for (;;) {
            const { exitCode } = this.#started.child;
            if (exitCode !== null) throw new Error(`dynoxide ended with ${exitCode}`);
            const answered = await this.client.send(new ListTablesCommand({})).then(
                () => true,
                () => false,
            );
            if (answered) return;
            await setTimeout(10);
        }
    }
}

/** Creates the tables of all components. */
export async function createTables(client: DynamoDBDocumentClient): Promise<void> {
    for (const [TableName, ...keys] of tables) {
        const own = indexes[TableName] ?? [];
        const attributes = new Map(
            [...keys, ...own.flatMap((index) => index.keys)].map(([name, type]) => [name, type]),
        );
        await client.send(
            new CreateTableCommand({
                TableName,
                BillingMode: "PAY_PER_REQUEST",
                AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType = "S"]) => ({
                    AttributeName,
                    AttributeType,
                })),
                KeySchema: keySchema(keys),
                ...(own.length > 0 && { GlobalSecondaryIndexes: own.map(globalIndex) }),
            }),
        );
    }
}

/** A client of a DynamoDB on this machine. @param more of its configuration */
export function clientAt(endpoint: string, more: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    return DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: "eu-west-1", credentials, ...more }));
}

const globalIndex = ({ name, keys, include = [] }: Index) => ({
    IndexName: name,
    KeySchema: keySchema(keys),
    Projection:
        include.length > 0
            ? { ProjectionType: "INCLUDE" as const, NonKeyAttributes: [...include] }
            : { ProjectionType: "KEYS_ONLY" as const },
});

const keySchema = (keys: readonly KeyAttribute[]) =>
    keys.map(([AttributeName], index) => ({
        AttributeName,
        KeyType: index === 0 ? ("HASH" as const) : ("RANGE" as const),
    }));
