import { freePort } from "embedded-aws/freePort";
import { measureLoad, registerAt, type WebhookSystem } from "../deliveries/load.ts";
import type { Receiver } from "../deliveries/receiver.ts";
import type { Findings } from "../figures.ts";

const perSecond = 100;
const seconds = 15;
/** Brings execution environments to life; these seconds have a row and no budget. */
const warmUpSeconds = 5;

/**
 * A healthy endpoint alone, beside one where nothing listens, one that never answers and one that answers after three
 * seconds, and alone again. All of them receive all events, with the waits of the deployed program.
 */
export async function measureNeighbours(system: WebhookSystem, receiver: Receiver): Promise<Findings> {
    const ids = [await registerAt(system, receiver, "healthy")];
    const measure = (name: string) => measureLoad(system, receiver, { name, perSecond, seconds });
    const warmUp = (name: string) => measureLoad(system, receiver, { name, perSecond, seconds: warmUpSeconds });
    try {
        await warmUp("neighbours-warm");
        const before = await measure("alone");
        const dead = await system.register(await closedUrl());
        ids.push(dead.id);
        for (const behaviour of ["hanging", "slow"] as const)
            ids.push(await registerAt(system, receiver, behaviour, behaviour));
        const beginning = await warmUp("beginning");
        const beside = await measure("beside");
        for (const id of ids.splice(1)) await system.remove(id);
        const after = await measure("alone-again");
        const alone = (before["p95 ms"] + after["p95 ms"]) / 2;
        return {
            tables: [
                {
                    title: `Webhooks of a healthy endpoint, ${perSecond} events a second for ${seconds} s`,
                    rows: [
                        { healthy: "alone", ...before },
                        { healthy: `the first ${warmUpSeconds} s beside the others`, ...beginning },
                        { healthy: "beside a dead, a hanging and a slow one", ...beside },
                        { healthy: "alone again", ...after },
                    ],
                },
            ],
            budgets: [
                {
                    what: "webhooks, p95 beside a dead, a hanging and a slow endpoint, of the p95 alone",
                    measured: beside["p95 ms"] / alone,
                    atMost: 2,
                },
                {
                    what: "webhooks of a healthy endpoint that did not come or could not be verified",
                    measured: [before, beginning, beside, after].reduce(
                        (sum, row) => sum + row.missing + row.unverified,
                        0,
                    ),
                    atMost: 0,
                },
            ],
        };
    } finally {
        for (const id of ids) await system.remove(id);
    }
}

/** Where connections are refused. */
const closedUrl = async () => `http://127.0.0.1:${await freePort()}/dead`;
