import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { done, notDone } from "../shared/outcome.ts";
import { DeliveryStore } from "./delivery/deliveryStore.ts";
import { dueShards } from "./delivery/newDelivery.ts";
import { WakeUps } from "./delivery/wakeUps.ts";

export const env = environment("DELIVERIES_TABLE", "ATTEMPTS_QUEUE_URL");
const deliveries = new DeliveryStore(dynamo, env.DELIVERIES_TABLE);
const wakeUps = new WakeUps(new SQSClient({}), env.ATTEMPTS_QUEUE_URL);

/** After that, a wake-up is considered lost. */
const overdueMs = 10 * 60_000;
/** Limits of a run: deliveries of a shard, and remaining time. */
const mostInShard = 1000;
const spareMs = 5000;

interface Count {
    readonly overdue: number;
    readonly woken: number;
    readonly failed: number;
}

/** Scheduled every five minutes: sends lost wake-ups again. */
export async function handler(_event: unknown, context: Context): Promise<Count> {
    const invocation = log.forInvocation(context);
    try {
        const before = new Date(Date.now() - overdueMs).toISOString();
        const counts = await Promise.all(dueShards.map((shard) => reconcile(shard, before, context)));
        const count = counts.reduce(sum);
        if (count.failed > 0) notDone(invocation, "DeliveryNotWoken", { ...count });
        else done(invocation, "Overdue deliveries woken", { ...count });
        return count;
    } catch (error) {
        invocation.error("Overdue deliveries could not be read", { error });
        throw error;
    }
}

/**
 * Postpones each delivery before it wakes it: the next run then handles the following ones, and none is woken by every
 * run while the queue is slow.
 */
async function reconcile(shard: string, before: string, context: Context): Promise<Count> {
    let count: Count = { overdue: 0, woken: 0, failed: 0 };
    for await (const page of deliveries.due(shard, before)) {
        const postponed = await Promise.all(page.map((delivery) => deliveries.postpone(delivery)));
        const lost = page.filter((_, index) => postponed[index]);
        const outcomes = await wakeUps.send(lost);
        const failed = outcomes.filter((outcome) => outcome !== undefined).length;
        count = sum(count, { overdue: page.length, woken: lost.length - failed, failed });
        if (count.overdue >= mostInShard || context.getRemainingTimeInMillis() < spareMs) break;
    }
    return count;
}

const sum = (one: Count, other: Count): Count => ({
    overdue: one.overdue + other.overdue,
    woken: one.woken + other.woken,
    failed: one.failed + other.failed,
});
