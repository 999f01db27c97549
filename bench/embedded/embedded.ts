import { join } from "node:path";
import type { Findings } from "../figures.ts";
import { type EmbeddedCloud, startCloud } from "./cloud.ts";
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
                    rows: [startRow("of a new checkout", first), startRow("as kept of the first start", cloud)],
                },
                ...orders.tables,
                ...deliveries.tables,
                ...sessions.tables,
            ],
            budgets: [
                {
                    what: "embedded cloud, further start until ready, share of the first",
                    measured: cloud.startSeconds / first.startSeconds,
                    atMost: 0.3,
                },
                {
                    what: "embedded cloud, further start until ready, CPU, share of the first",
                    measured: cloud.startCpuSeconds / first.startCpuSeconds,
                    atMost: 0.3,
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

const startRow = (evaluation: string, { startSeconds, startCpuSeconds }: EmbeddedCloud) => ({
    evaluation,
    seconds: startSeconds,
    "CPU s": startCpuSeconds,
});
