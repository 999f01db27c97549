import { setTimeout as delay } from "node:timers/promises";
import type { InvocationResult } from "../../src/lambda/function.ts";

/** Resolves when the condition holds; throws when it does not within two minutes, which only hangs take. */
export async function until(condition: () => boolean, what: string): Promise<void> {
    for (const deadline = Date.now() + 120_000; !condition(); await delay(2)) {
        if (Date.now() > deadline) throw new Error(`still waiting for ${what}`);
    }
}

export function returned(value: unknown): InvocationResult {
    return { requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", payload: JSON.stringify(value) };
}

export function thrown(message: string): InvocationResult {
    const payload = JSON.stringify({ errorType: "Error", errorMessage: message, trace: [] });
    return { requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", payload, functionError: "Unhandled" };
}

/** The field of each record of an event. */
export function recordsOf(payload: string, field: string): unknown[] {
    const { Records }: { Records: Record<string, unknown>[] } = JSON.parse(payload);
    return Records.map((record) => record[field]);
}
