import { setTimeout } from "node:timers/promises";
import { percentile } from "../figures.ts";

/** What a client was answered. */
export interface Answered {
    readonly status: number;
    readonly body: string;
    /** When the client began to send, in milliseconds since the epoch. */
    readonly at: number;
    /** Until the answer was read, in milliseconds. */
    readonly ms: number;
}

/** As many as wait for an answer at any time. */
export const clients = 20;

/**
 * Does something for each of these, by so many clients, each of which does one after the other.
 * @param everyMs how long after the beginning of the one a client begins the next; without a pause unless given
 */
export async function byClients<Task, Result>(
    tasks: readonly Task[],
    run: (task: Task) => Promise<Result>,
    everyMs = 0,
): Promise<Result[]> {
    const results: Result[] = [];
    const open = tasks.values();
    const client = async (number: number) => {
        // Clients that came at the same moment would go on colliding.
        let next = performance.now() + (number * everyMs) / clients;
        for (const task of open) {
            if (everyMs > 0) await setTimeout(Math.max(0, next - performance.now()));
            next += everyMs;
            results.push(await run(task));
        }
    };
    await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
    return results;
}

export async function send(url: string, options: RequestInit): Promise<Answered> {
    const at = Date.now();
    const start = performance.now();
    const response = await fetch(url, options);
    const body = await response.text();
    return { status: response.status, body, at, ms: performance.now() - start };
}

/** Throughput and latency of the answers to what was sent at one go. */
export function pace(answered: readonly Answered[]) {
    const latencies = answered.map(({ ms }) => ms);
    const start = Math.min(...answered.map(({ at }) => at));
    const end = Math.max(...answered.map(({ at, ms }) => at + ms));
    return {
        "a second": (answered.length * 1000) / (end - start),
        "p50 ms": percentile(latencies, 0.5),
        "p95 ms": percentile(latencies, 0.95),
        "p99 ms": percentile(latencies, 0.99),
        "slowest ms": Math.max(...latencies),
    };
}

/** How many answers have another status. */
export function othersThan(status: number, answered: readonly Answered[]): number {
    return answered.filter((answer) => answer.status !== status).length;
}
