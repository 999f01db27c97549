import { join } from "node:path";
import type { Findings } from "../figures.ts";
import { startCloud } from "./cloud.ts";
import { copyProject } from "./copy.ts";
import { measureDeliveries } from "./deliveries.ts";
import { measureOrders } from "./orders.ts";
import { measureSessions } from "./sessions.ts";

/** The whole program on this machine: a cloud that has just started serves many clients at once. */
export async function measureEmbedded(directory: string): Promise<Findings> {
    const project = join(directory, "project");
    copyProject(project);
    const first = await startCloud(join(directory, "first"), { project });
    await first.stop();
    const cloud = await startCloud(join(directory, "state"), { project });
    try {
        const orders = await measureOrders(cloud);
        const deliveries = await measureDeliveries(cloud);
        const sessions = await measureSessions(cloud);
        return {
            tables: [
                {
                    title: "Embedded cloud, start until ready, without stored state",
                    rows: [
                        { evaluation: "of a new checkout", seconds: first.startSeconds },
                        { evaluation: "as kept of the first start", seconds: cloud.startSeconds },
                    ],
                },
                ...orders.tables,
                ...deliveries.tables,
                ...sessions.tables,
            ],
            budgets: [
                {
                    what: "embedded cloud, further start until ready, share of the first",
                    measured: cloud.startSeconds / first.startSeconds,
                    atMost: 0.5,
                },
                ...orders.budgets,
                ...deliveries.budgets,
                ...sessions.budgets,
            ],
        };
    } finally {
        await cloud.stop();
    }
}
