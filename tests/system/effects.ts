import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { GetCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { CheckoutEvent, Delivery, VersionItem } from "../../runtime/checkoutSessions/events/event.ts";
import type { Hidden } from "../../runtime/checkoutSessions/session/session.ts";
import type { AuditRow } from "../../runtime/shared/auditChain.ts";
import { type AttemptItem, bodyKeyOf, type DeliveryBody } from "../../runtime/webhookFanout/delivery/delivery.ts";
import type { NewDelivery } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import type { Embedded } from "./embedded.ts";

/** What the system has done about its orders, by order id. */
export interface Effects {
    /** Stored rows. */
    readonly orders: ReadonlyMap<string, Record<string, unknown>>;
    /** What each consumer recorded, such as `reservation`. */
    readonly recorded: ReadonlyMap<string, readonly Record<string, unknown>[]>;
    /** Ids of orders whose stock is held, and not reserved yet. */
    readonly held: readonly string[];
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
    const held: string[] = [];
    for (const item of await scan(embedded, "ecommerce-order-effects-dev")) {
        const id = String(item["orderId"]);
        const { status } = (item["outcome"] ?? {}) as { readonly status?: unknown };
        if (status === "held") {
            held.push(id);
            continue;
        }
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
    return { orders, recorded, held, notifications, documents, announcements };
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
    return Number((await itemOf(embedded, "catalog-products-dev", { productId }))?.["stock"]);
}

export async function itemOf(
    embedded: Embedded,
    TableName: string,
    Key: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
    const { dynamo } = embedded.clients();
    const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    dynamo.destroy();
    return Item;
}

/** All versions of a session as they are stored, oldest first, with what clients never see. */
export async function versionsOf(
    embedded: Embedded,
    sessionId: string,
): Promise<(VersionItem & { readonly hidden: Hidden })[]> {
    const { dynamo } = embedded.clients();
    const { Items = [] } = await dynamo.send(
        new QueryCommand({
            TableName: "checkout-sessions-dev",
            KeyConditionExpression: "SessionId = :id",
            ExpressionAttributeValues: { ":id": sessionId },
            ConsistentRead: true,
        }),
    );
    dynamo.destroy();
    return Items.map(versionIn).map((version) => ({ ...version, hidden: JSON.parse(version.Hidden) }));
}

/** The versions of all sessions. */
export async function storedVersions(embedded: Embedded): Promise<VersionItem[]> {
    return (await scan(embedded, "checkout-sessions-dev")).map(versionIn);
}

function versionIn(item: Record<string, unknown>): VersionItem {
    // What is written there is checked by the tests of those who write it.
    return item as unknown as VersionItem;
}

/** What the sandbox has charged. */
export async function charges(embedded: Embedded): Promise<{ sessionId: string; orderId: string; amount: number }[]> {
    const attempts = await scan(embedded, "checkout-sandbox-payments-dev");
    return attempts
        .filter(({ outcome }) => outcome === "succeeded")
        .map(({ sessionId, orderId, amount }) => ({
            sessionId: String(sessionId),
            orderId: String(orderId),
            amount: Number(amount),
        }));
}

/** Orders have a payment. */
type SentDelivery = Delivery & { readonly data: { readonly payment?: unknown } };

/** The events of a session for clients' endpoints, in the order of its versions. */
export async function deliveriesOf(embedded: Embedded, sessionId: string): Promise<SentDelivery[]> {
    const queues: { name: string; messages: { body: SentDelivery }[] }[] = await embedded.look("queues");
    const queue = queues.find(({ name }) => name === "webhook-deliveries-queue-dev");
    const versionIn = ({ id }: Delivery) => Number(id.split(":")[1]);
    return (queue?.messages ?? [])
        .map(({ body }) => body)
        .filter(({ id }) => id.startsWith(`${sessionId}:`))
        .sort((one, other) => versionIn(one) - versionIn(other));
}

/** What the topic of the checkout was given about a session, in the order of its versions. */
export async function publishedEvents(embedded: Embedded, sessionId: string): Promise<CheckoutEvent[]> {
    const trace: { what: string; where: string; payload: string }[] = await embedded.look(
        `trace?correlationId=${sessionId}`,
    );
    return trace
        .filter(({ what, where }) => what === "event" && where === "checkout-events-dev")
        .map(({ payload }) => JSON.parse(JSON.parse(payload).text))
        .sort((one, other) => one.version - other.version);
}

/** Rows of the audit trail of messages, without the heads and marks of its chains. */
export async function auditRows(embedded: Embedded): Promise<AuditRow[]> {
    const items = await scan(embedded, "pubsub-audit-dev");
    // What is written there is checked by the tests of those who write it.
    return items.filter(({ sequence }) => Number(sequence) > 0) as unknown as AuditRow[];
}

/** All attempts that are in the log, by delivery: `<endpointId>#<deliveryId>`. */
export async function loggedAttempts(embedded: Embedded): Promise<ReadonlyMap<string, readonly AttemptItem[]>> {
    const items = (await scan(embedded, "webhook-attempts-dev")) as unknown as AttemptItem[];
    return Map.groupBy(items, ({ deliveryKey }) => deliveryKey);
}

/** All deliveries of webhooks. */
export async function webhookDeliveries(embedded: Embedded): Promise<NewDelivery[]> {
    const items = (await scan(embedded, "webhook-deliveries-dev")) as unknown as (NewDelivery | DeliveryBody)[];
    const bodies = new Map(items.map((item) => [`${item.endpointId} ${item.deliveryId}`, item.body]));
    return items
        .filter((item) => "status" in item)
        .map((item) => {
            const { endpointId, deliveryId } = bodyKeyOf(item);
            return { ...item, body: bodies.get(`${endpointId} ${deliveryId}`) ?? "" };
        });
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
