import { join } from "node:path";
import type { Findings } from "../figures.ts";
import { startCloud } from "./cloud.ts";
import { measureDeliveries } from "./deliveries.ts";
import { measureOrders } from "./orders.ts";
import { measureSessions } from "./sessions.ts";

/** The whole program on this machine: a cloud that has just started serves many clients at once. */
export async function measureEmbedded(directory: string): Promise<Findings> {
    const cloud = await startCloud(join(directory, "state"));
    try {
        const orders = await measureOrders(cloud);
        const deliveries = await measureDeliveries(cloud);
        const sessions = await measureSessions(cloud);
        return {
            tables: [
                {
                    title: "Embedded cloud, start until ready",
                    rows: [{ state: "empty", seconds: cloud.startSeconds }],
                },
                ...orders.tables,
                ...deliveries.tables,
                ...sessions.tables,
            ],
            budgets: [
                { what: "embedded cloud, start until ready, s", measured: cloud.startSeconds, atMost: 5 },
                ...orders.budgets,
                ...deliveries.budgets,
                ...sessions.budgets,
            ],
        };
    } finally {
        await cloud.stop();
    }
}
