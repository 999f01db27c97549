import { loadavg } from "node:os";
import { setTimeout } from "node:timers/promises";
import { percentile } from "../figures.ts";
import type { Receiver } from "./receiver.ts";

/** A system that sends webhooks: the embedded cloud, or a peer that it is compared with. */
export interface WebhookSystem {
    /** Registers an endpoint for the bench's events. */
    register(url: string): Promise<{ readonly id: string; readonly secret: string }>;
    remove(id: string): Promise<void>;
    /** Publishes up to ten events. */
    publish(events: readonly PublishedEvent[]): Promise<void>;
}

export interface PublishedEvent {
    /** Under which it arrives (`webhook-id`). */
    readonly id: string;
    readonly correlationId: string;
}

/** Events at a steady pace. */
export interface Load {
    readonly name: string;
    readonly perSecond: number;
    readonly seconds: number;
}

const perCall = 10;
/** Events that have not come by then are missing. */
const patienceMs = 60_000;

/** Registers an endpoint of the receiver. @returns its id */
export async function registerAt(
    system: WebhookSystem,
    receiver: Receiver,
    name: string,
    behaviour?: "slow" | "hanging",
): Promise<string> {
    const path = `/${name}`;
    const { id, secret } = await system.register(`${receiver.url}${path}`);
    await receiver.expect([{ path, secret, ...(behaviour && { behaviour }) }]);
    return id;
}

/** Publishes events and waits for their arrival: from publishing to the receiver, which verifies them. */
export async function measureLoad(system: WebhookSystem, receiver: Receiver, load: Load) {
    const published = await publish(system, load);
    const { first, repeated, unverified } = await arrivalsOf(receiver, published);
    const took = [...first].map(([id, at]) => at - (published.get(id) ?? Number.NaN));
    const begun = Math.min(...published.values());
    return {
        events: published.size,
        "a second": (first.size * 1000) / (Math.max(...first.values()) - begun),
        "p50 ms": percentile(took, 0.5),
        "p95 ms": percentile(took, 0.95),
        "p99 ms": percentile(took, 0.99),
        missing: published.size - first.size,
        "more than once": repeated,
        unverified,
        load: loadavg()[0] ?? 0,
    };
}

/** @returns when each event was published, in milliseconds since 1970, by its id */
async function publish(
    system: WebhookSystem,
    { name, perSecond, seconds }: Load,
): Promise<ReadonlyMap<string, number>> {
    const published = new Map<string, number>();
    const calls = (perSecond * seconds) / perCall;
    const start = performance.now();
    const sending: Promise<void>[] = [];
    for (let call = 0; call < calls; call += 1) {
        await setTimeout(Math.max(0, start + (call * perCall * 1000) / perSecond - performance.now()));
        const events = Array.from({ length: perCall }, (_, index) => {
            const correlationId = `bench-${name}-${call}-${index}`;
            return { id: `cs_${correlationId}:4:order_create`, correlationId };
        });
        for (const { id } of events) published.set(id, performance.timeOrigin + performance.now());
        sending.push(system.publish(events));
    }
    await Promise.all(sending);
    return published;
}

interface Arrived {
    /** When each event came the first time, in milliseconds since 1970. */
    readonly first: ReadonlyMap<string, number>;
    readonly repeated: number;
    readonly unverified: number;
}

async function arrivalsOf(receiver: Receiver, published: ReadonlyMap<string, number>): Promise<Arrived> {
    const first = new Map<string, number>();
    let [repeated, unverified] = [0, 0];
    const end = performance.now() + patienceMs;
    while (first.size < published.size && performance.now() < end) {
        await setTimeout(200);
        const came = await receiver.arrivals();
        unverified += came.unverified;
        for (const [id, at] of came.arrivals) {
            if (!published.has(id)) continue;
            if (first.has(id)) repeated += 1;
            else first.set(id, at);
        }
    }
    return { first, repeated, unverified };
}
