/**
 * `npm run orders:index`: gives orders of earlier releases the attributes by which `GET /orders` lists them. May run at any
 * time, beside the system and repeatedly: an order that has them is left alone.
 */
import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import { metaIn, orderIn } from "../runtime/orderIntake/order.ts";
import { listingOf } from "../runtime/orderIntake/progress/listing.ts";
import { shownStatus } from "../runtime/orderIntake/progress/orderState.ts";
import { OrderStore, type Tables } from "../runtime/orderIntake/progress/orderStore.ts";
import { ConditionFailed, conditionally } from "../runtime/shared/conditionally.ts";
import { groupsOf } from "../runtime/shared/groups.ts";
import type { JsonObject } from "../runtime/shared/json.ts";
import { adviceOn, exitCodes, runCommand, UnreachableError } from "./operator/command.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";

const usage = `npm run orders:index                       lists orders of earlier releases in GET /orders
${stackUsage}`;

interface Indexed {
    readonly orders: number;
    readonly indexed: number;
    /** Ids of orders that cannot be read. */
    readonly unreadable: readonly string[];
}

const atATime = 20;

/** @param progress is told after each page of the table */
export async function indexOrders(
    client: DynamoDBDocumentClient,
    tables: Tables,
    progress: (orders: number) => void = () => {},
): Promise<Indexed> {
    const store = new OrderStore(client, tables);
    let [orders, indexed] = [0, 0];
    const unreadable: string[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: tables.orders })) {
        orders += Items.length;
        const old = Items.filter((item) => item["listedAt"] === undefined);
        for (const group of groupsOf(old, atATime)) {
            const done = await Promise.all(group.map((item) => index(client, tables.orders, store, item)));
            indexed += done.filter((one) => one === "indexed").length;
            unreadable.push(
                ...group.filter((_, at) => done[at] === "unreadable").map(({ orderId }) => String(orderId)),
            );
        }
        progress(orders);
    }
    return { orders, indexed, unreadable };
}

async function index(
    client: DynamoDBDocumentClient,
    TableName: string,
    store: OrderStore,
    item: JsonObject,
): Promise<"indexed" | "unreadable" | "changed"> {
    const order = readable(item);
    if (order === undefined) return "unreadable";
    const loaded = await store.load(order.orderId);
    if (loaded === undefined) return "changed";
    const status = shownStatus(loaded.state.order, loaded.stock);
    const attributes = Object.entries(listingOf(order, metaIn(item).receivedAt, status));
    const values = attributes.map(([, value], at) => [`:${at}`, value]);
    const written = await conditionally(client, {
        Update: {
            TableName,
            Key: { orderId: order.orderId },
            UpdateExpression: `SET ${attributes.map((_, at) => `#${at} = :${at}`).join(", ")}`,
            // It has not changed since; a second run finds what has.
            ConditionExpression: "#was = :was",
            ExpressionAttributeNames: {
                ...Object.fromEntries(attributes.map(([name], at) => [`#${at}`, name])),
                "#was": "status",
            },
            ExpressionAttributeValues: { ...Object.fromEntries(values), ":was": loaded.item["status"] },
        },
    });
    return written instanceof ConditionFailed ? "changed" : "indexed";
}

function readable(item: JsonObject) {
    try {
        metaIn(item);
        return orderIn(item);
    } catch {
        return undefined;
    }
}

if (import.meta.main) {
    await runCommand({
        usage,
        options: stackOptions,
        words: 0,
        run: async (values) => {
            const stack = await Stack.of(values);
            const tables = {
                orders: stack.named("ecommerce-orders"),
                versions: stack.named("ecommerce-order-versions"),
                payments: stack.named("ecommerce-order-payments"),
                effects: stack.named("ecommerce-order-effects"),
            };
            try {
                const done = await indexOrders(stack.dynamo, tables, (count) => console.error(`${count} orders read`));
                if (values.json) console.log(JSON.stringify({ table: tables.orders, ...done }));
                else {
                    for (const id of done.unreadable) console.error(`${id} cannot be read`);
                    console.log(`${tables.orders}: ${done.orders} orders, ${done.indexed} of them are listed now`);
                }
                return done.unreadable.length === 0 ? exitCodes.good : exitCodes.found;
            } catch (error) {
                throw new UnreachableError(`${tables.orders} cannot be indexed: ${adviceOn(error)}`, { cause: error });
            } finally {
                stack.close();
            }
        },
    });
}
