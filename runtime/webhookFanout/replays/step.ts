import { groupsOf } from "../../shared/groups.ts";
import type { DeliveryStore } from "../delivery/deliveryStore.ts";
import { ofTypes } from "../delivery/replayFilter.ts";
import type { Due, WakeUps } from "../delivery/wakeUps.ts";
import type { EndpointStore } from "../endpoints/endpointStore.ts";
import type { Page, Replay, ReplayTask } from "./replay.ts";
import type { ReplayStore } from "./replayStore.ts";

interface StepArgs {
    readonly endpoints: EndpointStore;
    readonly deliveries: DeliveryStore;
    readonly replays: ReplayStore;
    readonly wakeUps: WakeUps;
}

/** Deliveries of a page, and those that are changed at a time. */
const pageSize = 100;
const atATime = 25;

/**
 * Replays one page. Repeated after a crash, or by a copy of the message, it does the same page: each delivery is made due
 * once by a replay. @returns the replay as it is then; undefined if there is nothing to do any more
 */
export async function step(args: StepArgs, task: ReplayTask): Promise<Replay | undefined> {
    const { endpoints, replays } = args;
    const endpoint = await endpoints.get(task.tenantId, task.endpointId);
    const known = await replays.get(task.endpointId, task.replayId);
    const replay = known ?? (endpoint && task.replay && (await replays.create(task.replay)));
    if (replay === undefined || replay.status !== "running") return replay;
    if (endpoint === undefined) return await replays.end(replay, "stopped", "the endpoint is deleted");
    if (endpoint.status !== "enabled") return await replays.end(replay, "stopped", "the endpoint is disabled");
    const planned = replay.page ? replay : await replays.plan(replay, await nextPage(args, replay));
    // Undefined: a copy of the message does it.
    if (planned?.page === undefined) return undefined;
    const replayed = await replayPage(args, planned, planned.page, endpoint.retentionDays);
    return await replays.finish(planned, planned.page, replayed);
}

async function nextPage({ deliveries }: StepArgs, { endpointId, filter, after }: Replay): Promise<Page> {
    const { statuses, since, until, types } = filter;
    const { elements, next } = await deliveries.list(endpointId, {
        statuses,
        since,
        until,
        isOldestFirst: true,
        limit: pageSize,
        ...(after && { after }),
        isMeant: ofTypes(types),
    });
    const upTo = next?.occurredAt ?? elements.at(-1)?.occurredAt;
    return {
        deliveryIds: elements.map(({ deliveryId }) => deliveryId),
        ...(upTo !== undefined && { upTo }),
        ...(next && { next }),
    };
}

/** @returns how many of them this replay has made due, now or before a crash */
async function replayPage(
    { deliveries, wakeUps }: StepArgs,
    { replayId, endpointId, filter }: Replay,
    { deliveryIds }: Page,
    retentionDays: number | undefined,
): Promise<number> {
    const replayed: Due[] = [];
    for (const some of groupsOf(deliveryIds, atATime)) {
        const again = await Promise.all(
            some.map((deliveryId) =>
                deliveries.again({ endpointId, deliveryId }, filter.statuses, retentionDays, replayId),
            ),
        );
        replayed.push(...again.filter((delivery) => delivery !== undefined));
    }
    // The reconciler finds what is not woken.
    await wakeUps.send(replayed.filter(({ nextAttemptAt }) => nextAttemptAt !== undefined));
    return replayed.length;
}
