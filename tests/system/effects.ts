import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Embedded } from "./embedded.ts";

/** What the system has done about its orders, by order id. */
export interface Effects {
    /** Stored rows. */
    readonly orders: ReadonlyMap<string, Record<string, unknown>>;
    /** What each consumer recorded, such as `reservation`. */
    readonly recorded: ReadonlyMap<string, readonly Record<string, unknown>[]>;
    /** Notifications in the e-mail queue. */
    readonly notifications: ReadonlyMap<string, number>;
    /** PDFs in the bucket. */
    readonly documents: ReadonlySet<string>;
    /** Announcements in the outbox. */
    readonly announcements: ReadonlyMap<string, number>;
}

const bump = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Looks into the table, the queue, the bucket and the outbox. */
export async function effectsIn(embedded: Embedded): Promise<Effects> {
    const { dynamo, s3 } = embedded.clients();
    const orders = new Map<string, Record<string, unknown>>();
    for (const item of await scan(embedded, "ecommerce-orders-dev")) orders.set(String(item["orderId"]), item);
    const recorded = new Map<string, Record<string, unknown>[]>();
    for (const item of await scan(embedded, "ecommerce-order-effects-dev")) {
        const id = String(item["orderId"]);
        recorded.set(id, [...(recorded.get(id) ?? []), item]);
    }
    const notifications = new Map<string, number>();
    for (const queue of await embedded.look("queues")) {
        if (queue.name !== "order-notifications-queue-dev") continue;
        for (const { body } of queue.messages) bump(notifications, body.orderData.orderId);
    }
    const documents = new Set<string>();
    const bucket = await documentsBucket(embedded);
    let token: string | undefined;
    do {
        const page = await s3.send(
            new ListObjectsV2Command({ Bucket: bucket, ...(token && { ContinuationToken: token }) }),
        );
        for (const { Key = "" } of page.Contents ?? []) documents.add(Key.replace(/^orders\/(.*)\.pdf$/, "$1"));
        token = page.NextContinuationToken;
    } while (token !== undefined);
    const announcements = new Map<string, number>();
    for (const { text = "" } of await embedded.look("mail?limit=100000")) {
        const [, id] = /Order (\S+) was received/.exec(text) ?? [];
        if (id !== undefined) bump(announcements, id);
    }
    dynamo.destroy();
    s3.destroy();
    return { orders, recorded, notifications, documents, announcements };
}

/** The physical name of the bucket with the confirmations. */
export async function documentsBucket(embedded: Embedded): Promise<string> {
    const { resources } = await embedded.look("resources");
    return resources.find(
        ({ type, name }: { type: string; name: string }) =>
            type === "aws:s3/bucket:Bucket" && name.includes("documents"),
    ).id;
}

/** The stock of a product. */
export async function stockOf(embedded: Embedded, productId: string): Promise<number> {
    const { dynamo } = embedded.clients();
    const { Items = [] } = await dynamo.send(
        new QueryCommand({
            TableName: "catalog-products-dev",
            KeyConditionExpression: "productId = :id",
            ExpressionAttributeValues: { ":id": productId },
        }),
    );
    dynamo.destroy();
    return Number(Items[0]?.["stock"]);
}

async function scan(embedded: Embedded, table: string): Promise<Record<string, unknown>[]> {
    const { dynamo } = embedded.clients();
    const items: Record<string, unknown>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
        const page = await dynamo.send(
            new ScanCommand({ TableName: table, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
        );
        items.push(...(page.Items ?? []));
        start = page.LastEvaluatedKey;
    } while (start !== undefined);
    dynamo.destroy();
    return items;
}
