import { join } from "node:path";
import { type Findings, percentile } from "../figures.ts";
import { type EmbeddedCloud, startCloud } from "./cloud.ts";
import { awaitEffects, type EffectTimes, effects } from "./effects.ts";
import { type Posted, postOrders } from "./orders.ts";

const count = 500;
const clients = 20;

/** The whole program on this machine: a cloud that has just started takes orders of many clients at once. */
export async function measureEmbedded(directory: string): Promise<Findings> {
    const cloud = await startCloud(join(directory, "state"));
    try {
        const start = Date.now();
        const posted = await postOrders(cloud.url, count, clients);
        const end = Date.now();
        const orderIds = posted.map(({ orderId }) => orderId);
        const times = await awaitEffects(cloud, orderIds, 60_000);
        return findings(cloud, posted, times, start, end);
    } finally {
        await cloud.stop();
    }
}

function findings(
    { startSeconds }: EmbeddedCloud,
    posted: readonly Posted[],
    times: EffectTimes,
    start: number,
    end: number,
): Findings {
    const latencies = posted.map(({ ms }) => ms);
    const rowOf = (name: string, timeOf: (orderId: string) => number | undefined) => {
        const seen = posted.flatMap(({ orderId, at }) => {
            const time = timeOf(orderId);
            return time === undefined ? [] : [{ time, seconds: (time - at) / 1000 }];
        });
        const seconds = seen.map((each) => each.seconds);
        return {
            "until it is": name,
            "p50 s": percentile(seconds, 0.5),
            "p95 s": percentile(seconds, 0.95),
            "p99 s": percentile(seconds, 0.99),
            "last, s after the last POST":
                (percentile(
                    seen.map(({ time }) => time),
                    1,
                ) -
                    end) /
                1000,
            missing: posted.length - seen.length,
        };
    };
    const all = rowOf("all of these", (orderId) => times.complete(orderId));
    return {
        tables: [
            { title: "Embedded cloud, start until ready", rows: [{ state: "empty", seconds: startSeconds }] },
            {
                title: `POST /orders, ${count} orders by ${clients} clients, right after the start`,
                rows: [
                    {
                        "orders/s": (posted.length * 1000) / (end - start),
                        "p50 ms": percentile(latencies, 0.5),
                        "p95 ms": percentile(latencies, 0.95),
                        "p99 ms": percentile(latencies, 0.99),
                        "slowest ms": Math.max(...latencies),
                    },
                ],
            },
            {
                title: "From the POST of an order",
                rows: [...effects.map((effect) => rowOf(effect, (orderId) => times.of(effect, orderId))), all],
            },
        ],
        budgets: [
            { what: "embedded cloud, start until ready, s", measured: startSeconds, atMost: 5 },
            {
                what: "POST /orders, answers other than 202",
                measured: posted.filter(({ status }) => status !== 202).length,
                atMost: 0,
            },
            { what: "POST /orders, p95 ms", measured: percentile(latencies, 0.95), atMost: 150 },
            { what: "orders that lack an effect", measured: all.missing, atMost: 0 },
            { what: "last effect, s after the last POST", measured: all["last, s after the last POST"], atMost: 30 },
        ],
    };
}
