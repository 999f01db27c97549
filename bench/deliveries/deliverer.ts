import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { bodyKeyOf } from "../../runtime/webhookFanout/delivery/delivery.ts";
import { newDelivery } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import { wakeUpFor } from "../../runtime/webhookFanout/delivery/wakeUps.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { newSecret } from "../../runtime/webhookFanout/endpoints/endpointSecret.ts";
import { Sealing } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { BenchError } from "../benchError.ts";
import { type Budget, type Findings, percentile } from "../figures.ts";
import { callbackFile } from "../functions/candidates.ts";
import { startAws, variables } from "../functions/samples.ts";
import { sealingKeys } from "../functions/sealingKeys.ts";
import { Database } from "./database.ts";
import { order } from "./order.ts";
import { Receiver } from "./receiver.ts";

const count = 3000;
const warmUp = 1000;

/** What one run of deliver.js measured. */
interface Figures {
    readonly seconds: number;
    readonly cpuMs: number;
    /** Requests to AWS. */
    readonly calls: number;
    /** When the batch of each delivery began, in milliseconds since 1970. */
    readonly begun: readonly (readonly [id: string, at: number])[];
}

interface Scenario {
    readonly endpoints: number;
    readonly atATime: number;
    /** Endpoints that answer with 503. */
    readonly refusing?: boolean;
    /** Deliveries a second, and CPU for each, on two idle processors. */
    readonly goal?: { readonly perSecond: number; readonly cpuMs: number };
}

const [together, alone] = [
    { perSecond: 1500, cpuMs: 0.35 },
    { perSecond: 1000, cpuMs: 0.5 },
] as const;

const scenarios: readonly Scenario[] = [
    { endpoints: 1, atATime: 6, goal: together },
    { endpoints: 10, atATime: 6, goal: together },
    { endpoints: 1, atATime: 1, goal: alone },
    { endpoints: 10, atATime: 1, goal: alone },
    { endpoints: 10, atATime: 1, refusing: true },
];
/** CPU of a delivery to one of ten endpoints, of that to one alone. */
const mostOfOne = 1.2;
/** Calls to AWS for a delivery: a batch of ten takes five, and some that come too late to share one. */
const mostCalls = 0.75;

/**
 * One deliverer process, the deployed bundle, as fast as it goes: the rows are there, the wake-ups come in batches of ten.
 * One batch after the other, as Lambda gives them to an environment; and six at a time, which shows what the process
 * can do while it does not wait. The engine and the receiver, which verifies all, are processes of their own on the same
 * machine.
 */
export async function measureDeliverer(directory: string): Promise<Findings> {
    const file = await callbackFile("webhookFanout/deliver.lean", directory);
    const database = await Database.start(directory);
    const receiver = await Receiver.start();
    const aws = await startAws();
    try {
        const runs: Run[] = [];
        for (const [index, scenario] of scenarios.entries()) {
            const scene = { database, receiver, directory, name: `run-${index}` };
            const figures = await run(file, await prepared(scene, scenario), scenario.atATime, {
                ...variables(aws.url),
                ...names(aws.url),
                AWS_ENDPOINT_URL_DYNAMODB: database.url,
            });
            runs.push({ scenario, row: await rowOf(figures, receiver, scenario) });
        }
        const title = `One deliverer, ${count} deliveries in batches of ten; from the beginning of a batch to the receiver`;
        const budgets = runs.flatMap((each) => budgetsOf(each, runs));
        return { tables: [{ title, rows: runs.map(({ row }) => row) }], budgets };
    } finally {
        aws.end();
        receiver.stop();
        await database.stop();
    }
}

type Run = { readonly scenario: Scenario; readonly row: Awaited<ReturnType<typeof rowOf>> };

function budgetsOf({ scenario, row }: Run, all: readonly Run[]): Budget[] {
    const { endpoints, atATime, refusing, goal } = scenario;
    const what = `deliverer, ${endpoints} endpoints, ${atATime} batches at a time${refusing ? ", refused" : ""}`;
    const budgets: Budget[] = [
        { what: `${what}: calls to AWS for a delivery`, measured: row["calls each"], atMost: mostCalls },
    ];
    if (goal === undefined) return budgets;
    const { perSecond, cpuMs } = goal;
    budgets.push(
        {
            what: `${what}: ms for a delivery (${perSecond} a second)`,
            measured: 1000 / row["a second"],
            atMost: Math.round(1e6 / perSecond) / 1000,
        },
        { what: `${what}: CPU ms for a delivery`, measured: row["CPU ms each"], atMost: cpuMs },
        {
            what: `${what}: missing or not verified`,
            measured: row.missing + row.unverified,
            atMost: 0,
        },
    );
    const one = all.find((other) => other.scenario.endpoints === 1 && other.scenario.atATime === atATime);
    if (endpoints > 1 && one !== undefined) {
        const measured = row["CPU ms each"] / one.row["CPU ms each"];
        budgets.push({ what: `${what}: CPU for a delivery, of that with one endpoint`, measured, atMost: mostOfOne });
    }
    return budgets;
}

interface Scene {
    readonly database: Database;
    readonly receiver: Receiver;
    readonly directory: string;
    /** Of the run. */
    readonly name: string;
}

/** Stores endpoints with their deliveries. @returns the file with the wake-ups */
async function prepared(
    { database, receiver, directory, name }: Scene,
    { endpoints, refusing }: Scenario,
): Promise<string> {
    const sealing = await Sealing.from(async () => sealingKeys);
    const at = Date.now();
    const registered = Array.from({ length: endpoints }, (_, index) => {
        const endpointId = `ep_${name}-${index}`;
        const { kept, shown } = newSecret("v1", endpointId, sealing);
        const path = `/${endpointId}`;
        const endpoint: Endpoint = {
            tenantId: "bench",
            endpointId,
            kind: "standard",
            url: `${receiver.url}${path}`,
            eventTypes: ["*"],
            headers: {},
            concurrency: 10,
            ordered: false,
            status: "enabled",
            secrets: [kept],
            createdAt: new Date(at).toISOString(),
            updatedAt: new Date(at).toISOString(),
        };
        const secret = "secret" in shown ? shown.secret : "";
        return { endpoint, owner: { path, secret, ...(refusing && { behaviour: "refusing" as const }) } };
    });
    await receiver.expect(registered.map(({ owner }) => owner));
    await database.put(
        "webhook-endpoints-dev",
        registered.map(({ endpoint }) => endpoint),
    );
    const deliveries = Array.from({ length: warmUp + count }, (_, index) => {
        const { endpoint } = registered[index % endpoints] ?? {};
        if (endpoint === undefined) throw new BenchError("there is no endpoint");
        const event = {
            id: `cs_${name}-${index}:4:order_create`,
            type: "order_create",
            orderingKey: order.checkout_session_id,
            occurredAt: new Date(at).toISOString(),
            correlationId: `bench-${index}`,
            data: order,
        } as const;
        return newDelivery(endpoint, event, at);
    });
    await database.put(
        "webhook-deliveries-dev",
        deliveries.flatMap(({ body, ...row }) => [row, { ...bodyKeyOf(row), body, expiresAt: row.expiresAt }]),
    );
    const messages = join(directory, `${name}.messages`);
    writeFileSync(messages, deliveries.map((delivery) => JSON.stringify(wakeUpFor(delivery))).join("\n"));
    return messages;
}

async function run(file: string, messages: string, atATime: number, env: Record<string, string>): Promise<Figures> {
    const script = join(import.meta.dirname, "deliver.js");
    const child = spawn(
        process.execPath,
        ["--enable-source-maps", script, file, messages, String(warmUp), String(atATime)],
        { env, stdio: ["ignore", "ignore", "pipe", "pipe"] },
    );
    const [, , errors, figures] = child.stdio;
    if (errors === null || !(figures instanceof Readable)) throw new BenchError("there is no channel for the figures");
    const [measured, complaint, [code]] = await Promise.all([text(figures), text(errors), once(child, "exit")]);
    if (code !== 0) throw new BenchError(`the deliverer could not be measured:\n${complaint}`);
    return JSON.parse(measured);
}

async function rowOf({ seconds, cpuMs, calls, begun }: Figures, receiver: Receiver, scenario: Scenario) {
    const { arrivals, unverified } = await receiver.arrivals();
    const came = new Map(arrivals);
    const took = begun.flatMap(([id, at]) => {
        const arrival = came.get(id);
        return arrival === undefined ? [] : [arrival - at];
    });
    const { endpoints, atATime, refusing = false } = scenario;
    return {
        endpoints,
        "batches at a time": atATime,
        answers: refusing ? "503" : "200",
        "a second": begun.length / seconds,
        "CPU ms each": cpuMs / begun.length,
        "calls each": calls / begun.length,
        "p50 ms": percentile(took, 0.5),
        "p95 ms": percentile(took, 0.95),
        "p99 ms": percentile(took, 0.99),
        "more than once": arrivals.length - came.size,
        missing: refusing ? 0 : begun.length - took.length,
        unverified,
        load: loadavg()[0] ?? 0,
    };
}

const names = (aws: string): Record<keyof typeof import("../../runtime/webhookFanout/deliver.ts").env, string> => ({
    ENDPOINTS_TABLE: "webhook-endpoints-dev",
    DELIVERIES_TABLE: "webhook-deliveries-dev",
    ATTEMPTS_TABLE: "webhook-attempts-dev",
    CAPACITY_TABLE: "webhook-capacity-dev",
    ATTEMPTS_QUEUE_URL: `${aws}/000000000000/attempts`,
    ATTEMPTS_QUEUE_ARN: "arn:aws:sqs:eu-west-1:000000000000:attempts",
    ATTEMPTS_DEAD_LETTERS_ARN: "arn:aws:sqs:eu-west-1:000000000000:attempts-dlq",
    EXHAUSTED_QUEUE_URL: `${aws}/000000000000/exhausted`,
    EVENTS_QUEUE_URL: `${aws}/000000000000/events`,
    SCHEDULE_GROUP: "webhook-attempts",
    SCHEDULE_ROLE_ARN: "arn:aws:iam::000000000000:role/wake",
    SEALING_SECRET: "arn:aws:secretsmanager:eu-west-1:000000000000:secret:sealing",
    ALLOWED_ADDRESSES: "127.0.0.1",
    UCP_SIGNING_KEYS: "",
    UCP_PROFILE_URL: "",
    UCP_WEBHOOK_KEYS: "",
});
