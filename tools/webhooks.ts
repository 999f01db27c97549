/**
 * `npm run webhooks`: endpoints and deliveries of an environment, over all owners; resends, and replays by filter, which the
 * environment does itself while the command shows their progress.
 */
import { setTimeout } from "node:timers/promises";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { fingerprint } from "../runtime/shared/canonical.ts";
import { uuidV7 } from "../runtime/shared/ids.ts";
import { messageBody, textAttributes } from "../runtime/shared/message.ts";
import type { DeliveryStatus } from "../runtime/webhookFanout/delivery/delivery.ts";
import type { DeliveryStore } from "../runtime/webhookFanout/delivery/deliveryStore.ts";
import { ofTypes } from "../runtime/webhookFanout/delivery/replayFilter.ts";
import { ownTypesFor } from "../runtime/webhookFanout/endpoints/api.ts";
import { patternErrors } from "../runtime/webhookFanout/endpoints/endpointRequest.ts";
import { EventTypeStore } from "../runtime/webhookFanout/ownEvents/eventTypeStore.ts";
import { newReplay, type Replay, type ReplayFilter, shownReplay } from "../runtime/webhookFanout/replays/replay.ts";
import { ReplayStore } from "../runtime/webhookFanout/replays/replayStore.ts";
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import {
    deliveriesOf,
    deliveryStatuses,
    enabledEndpointOf,
    endpointOf,
    endpointsOf,
    queueOf,
    resend,
} from "./operator/endpoints.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";
import { counted, paintFor, tableOf } from "./operator/terminal.ts";

const usage = `npm run webhooks                            all endpoints, with their failures
npm run webhooks -- deliveries <endpoint>   its deliveries, the newest first
npm run webhooks -- resend <endpoint> <id>  makes a delivery due again
npm run webhooks -- replay <endpoint>       makes all due again that match; Ctrl-C cancels it, and what is done stays
npm run webhooks -- replays <endpoint>      its replays of the last 30 days
npm run webhooks -- cancel <endpoint> <id>  cancels a replay
  --since <time>      from this time on (24 hours ago)
  --until <time>      up to this time (now)
  --status <list>     in these statuses (exhausted,skipped)
  --types <list>      of these types (order.*)
  --limit <number>    show so many deliveries (20)
  --dry-run           counts what a replay would make due
${stackUsage}`;

const replayed = ["exhausted", "skipped", "delivered"] as const satisfies readonly DeliveryStatus[];
/** Milliseconds between two looks at a replay. */
const lookEvery = 500;

interface Filter {
    readonly statuses: readonly DeliveryStatus[];
    /** ISO 8601 */
    readonly since: string;
    readonly until: string;
    readonly types: readonly string[] | undefined;
}

/** Endpoints and deliveries of an environment. */
interface Desk {
    readonly stack: Stack;
    readonly deliveries: DeliveryStore;
    readonly replays: ReplayStore;
    readonly isJson: boolean;
}

async function list(desk: Desk): Promise<ExitCode> {
    const endpoints = await endpointsOf(desk.stack);
    const rows = endpoints.map(({ endpointId, tenantId, url, status, disabledBecause, failures = 0 }) => ({
        endpointId,
        tenantId,
        url,
        status: disabledBecause === undefined ? status : `${status} (${disabledBecause})`,
        failures,
    }));
    if (desk.isJson) console.log(JSON.stringify(rows));
    else {
        const cells = rows.map((row) => [row.endpointId, row.tenantId, row.status, String(row.failures), row.url]);
        const paint = paintFor(process.stdout, process.env);
        console.log(`${desk.stack.title}: ${counted(rows.length, "endpoint")}\n`);
        if (rows.length > 0) console.log(tableOf(["endpoint", "owner", "status", "failures", "url"], cells, paint));
    }
    return rows.some(({ failures, status }) => failures > 0 || status !== "enabled") ? exitCodes.found : exitCodes.good;
}

async function show(desk: Desk, endpointId: string, filter: Filter, limit: number): Promise<ExitCode> {
    await endpointOf(desk.stack, endpointId);
    const { elements } = await desk.deliveries.list(endpointId, selected(filter, { isOldestFirst: false, limit }));
    if (desk.isJson) console.log(JSON.stringify(elements));
    else
        for (const { deliveryId, eventType, status, attempts, occurredAt, lastError = "" } of elements)
            console.log(`${occurredAt}  ${status.padEnd(9)}  ${attempts}  ${deliveryId}  ${eventType}  ${lastError}`);
    return exitCodes.good;
}

const selected = (
    { statuses: wanted, since, until, types }: Filter,
    page: { isOldestFirst: boolean; limit: number },
) => ({ ...page, statuses: wanted, since, until, isMeant: ofTypes(types) });

async function replay(desk: Desk, endpointId: string, filter: Filter, isDry: boolean): Promise<ExitCode> {
    const { kind, tenantId } = await enabledEndpointOf(desk.stack, endpointId);
    const eventTypes = new EventTypeStore(desk.stack.dynamo, desk.stack.named("webhook-event-types"));
    const ownTypes = await ownTypesFor({ ownTypes: () => eventTypes.names() }, filter.types);
    const [unknown] = patternErrors(kind, filter.types, "", ownTypes);
    if (unknown !== undefined)
        throw new UsageError(`--types: ${filter.types?.[Number(unknown.pointer.slice(1))]} ${unknown.detail}`);
    if (isDry) return await countMatches(desk, endpointId, filter);
    const { since, until, types } = filter;
    const asked: ReplayFilter = { statuses: replayable(filter.statuses), since, until, ...(types && { types }) };
    const id = uuidV7();
    const begun = newReplay(
        {
            replayId: `rp_${id}`,
            endpointId,
            tenantId,
            filter: asked,
            requestFingerprint: fingerprint(asked),
            correlationId: id,
        },
        Date.now(),
    );
    const QueueUrl = await queueOf(desk.stack, "webhook-replays");
    const { replayId } = begun;
    const MessageBody = messageBody({ tenantId, endpointId, replayId, replay: begun });
    const MessageAttributes = textAttributes({ correlationId: id });
    await desk.stack.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
    return await followed(desk, await desk.replays.create(begun));
}

async function countMatches(desk: Desk, endpointId: string, filter: Filter): Promise<ExitCode> {
    let found = 0;
    let after: { readonly occurredAt: string; readonly deliveryId: string } | undefined;
    do {
        const page = { ...selected(filter, { isOldestFirst: true, limit: 1000 }), ...(after && { after }) };
        const { elements, next } = await desk.deliveries.list(endpointId, page);
        found += elements.length;
        after = next;
    } while (after !== undefined);
    console.log(desk.isJson ? JSON.stringify({ endpointId, found }) : `${counted(found, "delivery")} found`);
    return exitCodes.good;
}

/** What can be replayed: what is pending is under way. */
const replayable = (wanted: readonly DeliveryStatus[]) =>
    wanted.map((status) => {
        const known = replayed.find((one) => one === status);
        if (known !== undefined) return known;
        throw new UsageError(`--status of a replay takes ${replayed.join(", ")}, not ${status}`);
    });

/** Shows the progress until the replay ends; Ctrl-C cancels it. */
async function followed(desk: Desk, begun: Replay): Promise<ExitCode> {
    let isInterrupted = false;
    process.once("SIGINT", () => {
        isInterrupted = true;
    });
    let now: Replay = begun;
    if (!desk.isJson) console.error(`${now.replayId}: Ctrl-C cancels it`);
    while (now.status === "running") {
        await setTimeout(lookEvery);
        const next = isInterrupted
            ? await desk.replays.end(now, "cancelled")
            : await desk.replays.get(now.endpointId, now.replayId);
        if (next === undefined) throw new UsageError(`the endpoint ${now.endpointId} was deleted`);
        if (!desk.isJson && next.pages > now.pages)
            console.error(`${next.found} found, ${next.replayed} replayed, up to ${next.upTo ?? "the end"}`);
        now = next;
    }
    if (desk.isJson) console.log(JSON.stringify(shownReplay(now)));
    else console.log(`${now.status}: ${counted(now.found, "delivery")} found, ${now.replayed} replayed`);
    return now.status === "done" ? exitCodes.good : exitCodes.found;
}

async function showReplays(desk: Desk, endpointId: string): Promise<ExitCode> {
    await endpointOf(desk.stack, endpointId);
    const replays = await desk.replays.ofEndpoint(endpointId);
    if (desk.isJson) console.log(JSON.stringify(replays.map(shownReplay)));
    else
        for (const { createdAt, status, replayId, found, replayed: due } of replays)
            console.log(`${createdAt}  ${status.padEnd(9)}  ${replayId}  ${found} found, ${due} replayed`);
    return exitCodes.good;
}

async function cancel(desk: Desk, endpointId: string, replayId: string): Promise<ExitCode> {
    const known = await desk.replays.get(endpointId, replayId);
    const ended = known && (await desk.replays.end(known, "cancelled"));
    if (ended === undefined) throw new UsageError(`${endpointId} has no replay ${replayId}`);
    console.log(desk.isJson ? JSON.stringify(shownReplay(ended)) : `${replayId} is ${ended.status}`);
    return exitCodes.good;
}

function timeOf(option: string, text: string): string {
    const time = Date.parse(text);
    if (Number.isNaN(time)) throw new UsageError(`--${option} is a time (2026-11-30T10:00:00Z), not ${text}`);
    return new Date(time).toISOString();
}

function statusesIn(list: string): DeliveryStatus[] {
    return list.split(",").map((text) => {
        const status = deliveryStatuses.find((one) => one === text);
        if (status !== undefined) return status;
        throw new UsageError(`--status takes ${deliveryStatuses.join(", ")}, not ${text}`);
    });
}

await runCommand({
    usage,
    options: {
        ...stackOptions,
        since: { type: "string" },
        until: { type: "string" },
        status: { type: "string" },
        types: { type: "string" },
        limit: { type: "string", default: "20" },
        "dry-run": { type: "boolean", default: false },
    },
    words: 3,
    run: async (values, [action = "list", endpointId, deliveryId]) => {
        if (!["list", "deliveries", "replay", "replays", "cancel", "resend"].includes(action))
            throw new UsageError(
                `${JSON.stringify(action)} is none of list, deliveries, resend, replay, replays and cancel`,
            );
        const stack = await Stack.of(values);
        const deliveries = deliveriesOf(stack);
        const replays = new ReplayStore(stack.dynamo, stack.named("webhook-deliveries"));
        const desk = { stack, deliveries, replays, isJson: values.json };
        const usual = action === "replay" ? ["exhausted", "skipped"].join() : deliveryStatuses.join();
        const now = Date.now();
        const filter = {
            statuses: statusesIn(values.status ?? usual),
            since: timeOf("since", values.since ?? new Date(now - 24 * 3600_000).toISOString()),
            until: timeOf("until", values.until ?? new Date(now).toISOString()),
            types: values.types?.split(","),
        };
        try {
            if (action === "list" && endpointId === undefined) return await list(desk);
            if (endpointId === undefined) throw new UsageError(`${action} needs the id of an endpoint`);
            if (action === "deliveries") return await show(desk, endpointId, filter, Number(values.limit) || 20);
            if (action === "replay") return await replay(desk, endpointId, filter, values["dry-run"]);
            if (action === "resend" && deliveryId !== undefined) {
                await resend(stack, endpointId, deliveryId);
                console.log(values.json ? JSON.stringify({ endpointId, deliveryId }) : `${deliveryId} is due`);
                return exitCodes.good;
            }
            if (action === "replays") return await showReplays(desk, endpointId);
            if (action === "cancel" && deliveryId !== undefined) return await cancel(desk, endpointId, deliveryId);
            throw new UsageError(`${action} needs the id of a ${action === "cancel" ? "replay" : "delivery"}`);
        } finally {
            stack.close();
        }
    },
});
