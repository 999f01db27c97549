/**
 * `npm run webhooks`: endpoints and deliveries of an environment, over all owners; resends and replays by filter, with progress,
 * until it is done or interrupted.
 */
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { groupsOf } from "../runtime/shared/groups.ts";
import type { DeliveryStatus } from "../runtime/webhookFanout/delivery/delivery.ts";
import { DeliveryStore, type ListedDelivery } from "../runtime/webhookFanout/delivery/deliveryStore.ts";
import { WakeUps } from "../runtime/webhookFanout/delivery/wakeUps.ts";
import { ownTypesFor } from "../runtime/webhookFanout/endpoints/api.ts";
import type { Endpoint } from "../runtime/webhookFanout/endpoints/endpoint.ts";
import { patternErrors } from "../runtime/webhookFanout/endpoints/endpointRequest.ts";
import { covers } from "../runtime/webhookFanout/endpoints/eventTypes.ts";
import { EventTypeStore } from "../runtime/webhookFanout/ownEvents/eventTypeStore.ts";
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";
import { counted, paintFor, tableOf } from "./operator/terminal.ts";

const usage = `npm run webhooks                            all endpoints, with their failures
npm run webhooks -- deliveries <endpoint>   its deliveries, the newest first
npm run webhooks -- resend <endpoint> <id>  makes a delivery due again
npm run webhooks -- replay <endpoint>       makes all due again that match; Ctrl-C stops it, and what is done stays
  --since <time>      from this time on (24 hours ago)
  --until <time>      up to this time (now)
  --status <list>     in these statuses (exhausted,skipped)
  --types <list>      of these types (order.*)
  --limit <number>    show so many deliveries (20)
  --dry-run           counts what a replay would make due
${stackUsage}`;

const statuses: readonly DeliveryStatus[] = ["pending", "delivered", "exhausted", "skipped"];
const atATime = 25;

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
    readonly isJson: boolean;
}

async function endpointsOf({ stack }: Desk): Promise<Endpoint[]> {
    const found: Endpoint[] = [];
    const scan = { TableName: stack.named("webhook-endpoints") };
    // Only the product writes the table; other items are no endpoints.
    for await (const { Items = [] } of paginateScan({ client: stack.dynamo }, scan))
        found.push(...(Items as Endpoint[]).filter(({ endpointId }) => endpointId.startsWith("ep_")));
    return found.sort((one, other) => (one.endpointId < other.endpointId ? -1 : 1));
}

async function list(desk: Desk): Promise<ExitCode> {
    const endpoints = await endpointsOf(desk);
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

async function endpointOf(desk: Desk, endpointId: string): Promise<Endpoint> {
    const endpoint = (await endpointsOf(desk)).find((one) => one.endpointId === endpointId);
    if (endpoint === undefined) throw new UsageError(`there is no endpoint ${endpointId}`);
    return endpoint;
}

/** As the API: what is made due at a disabled endpoint would be skipped. */
async function enabledEndpointOf(desk: Desk, endpointId: string): Promise<Endpoint> {
    const endpoint = await endpointOf(desk, endpointId);
    if (endpoint.status === "disabled") throw new UsageError(`${endpointId} is disabled: its owner enables it`);
    return endpoint;
}

async function show(desk: Desk, endpointId: string, filter: Filter, limit: number): Promise<ExitCode> {
    await endpointOf(desk, endpointId);
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
) => ({
    ...page,
    statuses: wanted,
    since,
    isMeant: ({ occurredAt, eventType }: ListedDelivery) =>
        occurredAt <= until && (types === undefined || types.some((pattern) => covers(pattern, eventType))),
});

/** A delivery that changed meanwhile is left alone, so that a replay that is begun again goes on where it stopped. */
async function replay(desk: Desk, endpointId: string, filter: Filter, isDry: boolean): Promise<ExitCode> {
    const endpoint = await enabledEndpointOf(desk, endpointId);
    const eventTypes = new EventTypeStore(desk.stack.dynamo, desk.stack.named("webhook-event-types"));
    const ownTypes = await ownTypesFor({ ownTypes: () => eventTypes.names() }, filter.types);
    const [unknown] = patternErrors(endpoint.kind, filter.types, "", ownTypes);
    if (unknown !== undefined)
        throw new UsageError(`--types: ${filter.types?.[Number(unknown.pointer.slice(1))]} ${unknown.detail}`);
    const wakeUps = new WakeUps(desk.stack.sqs, await attemptsQueueOf(desk.stack));
    const { promise: interruption, resolve } = Promise.withResolvers<"interrupted">();
    process.once("SIGINT", () => resolve("interrupted"));
    let isInterrupted = false;
    void interruption.then(() => {
        isInterrupted = true;
    });
    let [seen, replayed] = [0, 0];
    let after: { readonly occurredAt: string; readonly deliveryId: string } | undefined;
    do {
        const page = { ...selected(filter, { isOldestFirst: true, limit: 100 }), ...(after && { after }) };
        const { elements, next } = await desk.deliveries.list(endpointId, page);
        for (const some of isDry ? [] : groupsOf(elements, atATime)) {
            if (isInterrupted) break;
            const again = await Promise.all(
                some.map((delivery) => desk.deliveries.again(delivery, filter.statuses, endpoint.retentionDays)),
            );
            const due = again.filter((delivery) => delivery !== undefined);
            // What is not woken now is found by the reconciler.
            await wakeUps.send(due);
            replayed += due.length;
        }
        seen += elements.length;
        if (!desk.isJson)
            console.error(`${seen} found, ${replayed} replayed, up to ${elements.at(-1)?.occurredAt ?? "the end"}`);
        after = next;
    } while (after !== undefined && !isInterrupted);
    const result = { endpointId, found: seen, replayed, isInterrupted };
    console.log(desk.isJson ? JSON.stringify(result) : `${counted(seen, "delivery")} found, ${replayed} replayed`);
    return isInterrupted ? exitCodes.found : exitCodes.good;
}

async function resend(desk: Desk, endpointId: string, deliveryId: string): Promise<ExitCode> {
    const { retentionDays } = await enabledEndpointOf(desk, endpointId);
    const delivery = await desk.deliveries.again({ endpointId, deliveryId }, statuses, retentionDays);
    if (delivery === undefined) throw new UsageError(`${endpointId} has no delivery ${deliveryId}`);
    await new WakeUps(desk.stack.sqs, await attemptsQueueOf(desk.stack)).send([delivery]);
    console.log(desk.isJson ? JSON.stringify({ endpointId, deliveryId }) : `${deliveryId} is due`);
    return exitCodes.good;
}

async function attemptsQueueOf(stack: Stack): Promise<string> {
    const QueueName = stack.named("webhook-attempts-queue");
    const { QueueUrl = "" } = await stack.sqs.send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl;
}

function timeOf(option: string, text: string): string {
    const time = Date.parse(text);
    if (Number.isNaN(time)) throw new UsageError(`--${option} is a time (2026-11-30T10:00:00Z), not ${text}`);
    return new Date(time).toISOString();
}

function statusesIn(list: string): DeliveryStatus[] {
    return list.split(",").map((text) => {
        const status = statuses.find((one) => one === text);
        if (status !== undefined) return status;
        throw new UsageError(`--status takes ${statuses.join(", ")}, not ${text}`);
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
        if (!["list", "deliveries", "replay", "resend"].includes(action))
            throw new UsageError(`${JSON.stringify(action)} is none of list, deliveries, resend and replay`);
        const stack = await Stack.of(values);
        const deliveries = new DeliveryStore(stack.dynamo, stack.named("webhook-deliveries"));
        const desk = { stack, deliveries, isJson: values.json };
        const usual = action === "replay" ? ["exhausted", "skipped"].join() : statuses.join();
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
            if (action === "resend" && deliveryId !== undefined) return await resend(desk, endpointId, deliveryId);
            throw new UsageError(`${action} needs the id of a delivery`);
        } finally {
            stack.close();
        }
    },
});
