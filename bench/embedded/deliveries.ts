import { measureLoad, registerAt } from "../deliveries/load.ts";
import { Receiver } from "../deliveries/receiver.ts";
import type { Findings } from "../figures.ts";
import type { EmbeddedCloud } from "./cloud.ts";
import { measureNeighbours } from "./neighbours.ts";
import { EmbeddedWebhooks } from "./webhooks.ts";

const perSecond = 200;
const seconds = 15;
/** Brings the functions to life; it is not counted. */
const warmUpSeconds = 3;
/** All at once: what the path delivers while it is full. */
const burst = 3000;
const saturation = 350;

/** Orders, each delivered to one endpoint: from the queue of events to the receiver. */
export async function measureDeliveries(cloud: EmbeddedCloud): Promise<Findings> {
    const receiver = await Receiver.start();
    const webhooks = new EmbeddedWebhooks(cloud);
    try {
        const id = await registerAt(webhooks, receiver, "bench");
        await measureLoad(webhooks, receiver, { name: "warm", perSecond, seconds: warmUpSeconds });
        const steady = await measureLoad(webhooks, receiver, { name: "steady", perSecond, seconds });
        const full = await measureLoad(webhooks, receiver, { name: "full", perSecond: burst, seconds: 1 });
        await webhooks.remove(id);
        const neighbours = await measureNeighbours(webhooks, receiver);
        return {
            tables: [
                {
                    title: "Webhooks, from the queue of events to the receiver, which verifies them",
                    rows: [
                        { what: `${perSecond} events a second for ${seconds} s`, ...steady },
                        { what: `${burst} events at once`, ...full },
                    ],
                },
                ...neighbours.tables,
            ],
            budgets: [
                { what: "webhooks, publish to receiver, p95 ms", measured: steady["p95 ms"], atMost: 1000 },
                {
                    what: `webhooks, ms for a delivery while the path is full (${saturation} a second)`,
                    measured: 1000 / full["a second"],
                    atMost: Math.round(1e6 / saturation) / 1000,
                },
                {
                    what: "webhooks that did not come or could not be verified",
                    measured: [steady, full].reduce((sum, row) => sum + row.missing + row.unverified, 0),
                    atMost: 0,
                },
                ...neighbours.budgets,
            ],
        };
    } finally {
        webhooks.close();
        receiver.stop();
    }
}
