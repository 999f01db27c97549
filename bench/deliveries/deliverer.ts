import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { newDelivery } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import { wakeUpFor } from "../../runtime/webhookFanout/delivery/wakeUps.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { newSecret } from "../../runtime/webhookFanout/endpoints/endpointSecret.ts";
import { Sealing } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { BenchError } from "../benchError.ts";
import { type Findings, percentile } from "../figures.ts";
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
    /** When the batch of each delivery began, in milliseconds since 1970. */
    readonly begun: readonly (readonly [id: string, at: number])[];
}

/**
 * One deliverer process, the deployed bundle, as fast as it goes: the rows are there, the wake-ups come in batches of ten.
 * One batch after the other, as Lambda gives them to an environment; and six at a time, which shows what the process
 * can do while it does not wait. The engine and the receiver, which verifies all, are processes of their own on the same
 * machine.
 */
export async function measureDeliverer(directory: string): Promise<Findings> {
    const file = await callbackFile("webhookFanout/deliver", directory);
    const database = await Database.start(directory);
    const receiver = await Receiver.start();
    const aws = await startAws();
    try {
        const runs = [];
        for (const [endpoints, atATime] of [
            [1, 1],
            [10, 1],
            [1, 6],
            [10, 6],
        ] as const) {
            const messages = await prepared(
                { database, receiver, directory, name: `${endpoints}-${atATime}` },
                endpoints,
            );
            const figures = await run(file, messages, atATime, {
                ...variables(aws.url),
                ...names(aws.url),
                AWS_ENDPOINT_URL_DYNAMODB: database.url,
            });
            runs.push({ endpoints, "batches at a time": atATime, ...(await rowOf(figures, receiver)) });
        }
        const fastest = Math.max(...runs.map((row) => row["a second"]));
        const cheapest = Math.min(...runs.map((row) => row["CPU ms each"]));
        return {
            tables: [
                {
                    title: `One deliverer, ${count} deliveries in batches of ten; from the beginning of a batch to the receiver`,
                    rows: runs,
                },
            ],
            budgets: [
                {
                    what: "one deliverer, ms for a delivery (1 is 1,000 a second)",
                    measured: 1000 / fastest,
                    atMost: 1,
                },
                {
                    what: "one deliverer, CPU ms for a delivery (1 is 1,000 a second on a processor of its own)",
                    measured: cheapest,
                    atMost: 1,
                },
                {
                    what: "one deliverer, deliveries that did not come or could not be verified",
                    measured: runs.reduce((sum, { missing, unverified }) => sum + missing + unverified, 0),
                    atMost: 0,
                },
            ],
        };
    } finally {
        aws.end();
        receiver.stop();
        await database.stop();
    }
}

interface Scene {
    readonly database: Database;
    readonly receiver: Receiver;
    readonly directory: string;
    /** Of the run. */
    readonly name: string;
}

/** Stores endpoints with their deliveries. @returns the file with the wake-ups */
async function prepared({ database, receiver, directory, name }: Scene, endpoints: number): Promise<string> {
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
        return { endpoint, owner: { path, secret: "secret" in shown ? shown.secret : "" } };
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
    await database.put("webhook-deliveries-dev", deliveries);
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

async function rowOf({ seconds, cpuMs, begun }: Figures, receiver: Receiver) {
    const { arrivals, unverified } = await receiver.arrivals();
    const came = new Map(arrivals);
    const took = begun.flatMap(([id, at]) => {
        const arrival = came.get(id);
        return arrival === undefined ? [] : [arrival - at];
    });
    return {
        "a second": begun.length / seconds,
        "CPU ms each": cpuMs / begun.length,
        "p50 ms": percentile(took, 0.5),
        "p95 ms": percentile(took, 0.95),
        "p99 ms": percentile(took, 0.99),
        "more than once": arrivals.length - came.size,
        missing: begun.length - took.length,
        unverified,
    };
}

const names = (aws: string) => ({
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
});
