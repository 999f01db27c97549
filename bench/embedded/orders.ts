import { type Findings, percentile } from "../figures.ts";
import { type Answered, byClients, clients, othersThan, pace, send } from "./clients.ts";
import type { EmbeddedCloud } from "./cloud.ts";
import { awaitEffects, type EffectTimes, effects } from "./effects.ts";

const count = 600;

/** An order that was posted. */
interface Posted extends Answered {
    readonly orderId: string;
}

/** Orders, right after the start, and all that happens to each of them. */
export async function measureOrders(cloud: EmbeddedCloud): Promise<Findings> {
    const orders = Array.from({ length: count }, (_, index) => orderOf(index + 1));
    const before = cloud.usage();
    const posted = await byClients(orders, (order) => post(cloud.url, order));
    const times = await awaitEffects(
        cloud,
        posted.map(({ orderId }) => orderId),
        60_000,
    );
    const { tables, budgets } = findings(posted, times);
    const { cpuSeconds, memoryMb, processes } = cloud.usage();
    const used = {
        "CPU ms an order": ((cpuSeconds - before.cpuSeconds) * 1000) / count,
        "memory MB": memoryMb,
        processes,
    };
    return {
        tables: [
            ...tables,
            { title: `All processes of the cloud, after ${count} orders with their effects`, rows: [used] },
        ],
        budgets: [...budgets, { what: `memory after ${count} orders, MB`, measured: memoryMb, atMost: 800 }],
    };
}

async function post(url: string, order: { readonly orderId: string }): Promise<Posted> {
    const answered = await send(`${url}/orders`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(order),
    });
    return { ...answered, orderId: order.orderId };
}

/** The two forms of an order in turn; one of them reserves stock, and all of those of the same product. */
function orderOf(number: number) {
    const orderId = `bench-${number}`;
    if (number % 2 === 0) return { orderId, customer: "John Doe", items: ["Widget A", "Widget B"], total: 99.99 };
    return {
        orderId,
        productId: "12345",
        productName: "Eco-Friendly Cleaner",
        quantity: 2,
        customerEmail: "customer@example.com",
    };
}

function findings(posted: readonly Posted[], times: EffectTimes): Findings {
    const end = Math.max(...posted.map(({ at, ms }) => at + ms));
    const rowOf = (name: string, timeOf: (orderId: string) => number | undefined) => {
        const seen = posted.flatMap(({ orderId, at }) => {
            const time = timeOf(orderId);
            return time === undefined ? [] : [{ time, seconds: (time - at) / 1000 }];
        });
        const seconds = seen.map((each) => each.seconds);
        const last = percentile(
            seen.map(({ time }) => time),
            1,
        );
        return {
            "until it is": name,
            "p50 s": percentile(seconds, 0.5),
            "p95 s": percentile(seconds, 0.95),
            "p99 s": percentile(seconds, 0.99),
            "last, s after the last POST": (last - end) / 1000,
            missing: posted.length - seen.length,
        };
    };
    const all = rowOf("all of these", (orderId) => times.complete(orderId));
    const posting = pace(posted);
    return {
        tables: [
            { title: `POST /orders, ${count} orders by ${clients} clients, right after the start`, rows: [posting] },
            {
                title: "From the POST of an order",
                rows: [...effects.map((effect) => rowOf(effect, (orderId) => times.of(effect, orderId))), all],
            },
        ],
        budgets: [
            { what: "POST /orders, answers other than 202", measured: othersThan(202, posted), atMost: 0 },
            { what: "POST /orders, p95 ms", measured: posting["p95 ms"], atMost: 150 },
            { what: "orders that lack an effect", measured: all.missing, atMost: 0 },
            { what: "last effect, s after the last POST", measured: all["last, s after the last POST"], atMost: 30 },
        ],
    };
}
