import { join } from "node:path";
import { type Load, measureLoad, registerAt, type WebhookSystem } from "./deliveries/load.ts";
import { Outpost } from "./deliveries/outpost.ts";
import { Receiver } from "./deliveries/receiver.ts";
import { startCloud } from "./embedded/cloud.ts";
import { measureNeighbours } from "./embedded/neighbours.ts";
import { EmbeddedWebhooks } from "./embedded/webhooks.ts";
import type { Findings } from "./figures.ts";

/** Systems that the webhooks can be compared with, which the user has running. */
export const peers = { outpost: Outpost } as const;
export type PeerName = keyof typeof peers;

export interface PeerAccess {
    readonly address: string;
    readonly key: string;
}

const loads: readonly Omit<Load, "name">[] = [
    { perSecond: 100, seconds: 15 },
    { perSecond: 200, seconds: 15 },
    // All at once: what the path delivers while it is full.
    { perSecond: 3000, seconds: 1 },
];
const warmUp = { name: "warm", perSecond: 100, seconds: 3 };

/**
 * The embedded cloud and a peer on the same machine, in turn: the same receiver, the same events and the same
 * verification. Without budgets: it is the reader who compares.
 */
export async function measureAgainst(name: PeerName, access: PeerAccess, directory: string): Promise<Findings> {
    const receiver = await Receiver.start();
    const peer = new peers[name](access);
    const cloud = await startCloud(join(directory, "state"));
    const own = new EmbeddedWebhooks(cloud);
    const systems: [name: string, system: WebhookSystem][] = [
        ["this program", own],
        [name, peer],
    ];
    try {
        const rows = [];
        for (const load of loads) {
            for (const [system, webhooks] of systems) {
                const path = `${system}-${load.perSecond}`.replaceAll(" ", "-");
                const id = await registerAt(webhooks, receiver, path);
                await measureLoad(webhooks, receiver, { ...warmUp, name: `warm-${path}` });
                const row = await measureLoad(webhooks, receiver, { ...load, name: path });
                await webhooks.remove(id);
                rows.push({ system, "published a second": load.perSecond, ...row });
            }
        }
        const neighbours = [];
        for (const [system, webhooks] of systems) {
            const { tables } = await measureNeighbours(webhooks, receiver);
            neighbours.push(...tables.map(({ title, rows: all }) => ({ title: `${title}: ${system}`, rows: all })));
        }
        return { tables: [{ title: "Webhooks, from publishing to the receiver", rows }, ...neighbours], budgets: [] };
    } finally {
        await peer.close();
        own.close();
        receiver.stop();
        await cloud.stop();
    }
}
