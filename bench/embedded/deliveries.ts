import { setTimeout } from "node:timers/promises";
import { GetQueueUrlCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { BenchError } from "../benchError.ts";
import { order } from "../deliveries/order.ts";
import { Receiver } from "../deliveries/receiver.ts";
import { type Findings, percentile } from "../figures.ts";
import type { EmbeddedCloud } from "./cloud.ts";

const perSecond = 200;
const seconds = 15;
/** Brings the functions to life; it is not counted. */
const warmUpSeconds = 3;
const perCall = 10;
/** The key that the embedded cloud starts with (tools/embedded/secrets.json). */
const key = "local-key";

/** Orders at a steady pace, each delivered to one endpoint: from the queue of events to the receiver. */
export async function measureDeliveries(cloud: EmbeddedCloud): Promise<Findings> {
    const receiver = await Receiver.start();
    const sqs = new SQSClient({
        endpoint: cloud.awsUrl,
        region: "eu-west-1",
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    try {
        await register(cloud, receiver);
        const { QueueUrl = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName: "webhook-deliveries-queue-dev" }));
        await publish(sqs, QueueUrl, "warm", warmUpSeconds);
        const published = await publish(sqs, QueueUrl, "steady", seconds);
        return findings(published, await arrivalsOf(receiver, published));
    } finally {
        sqs.destroy();
        receiver.stop();
    }
}

async function register({ url }: EmbeddedCloud, receiver: Receiver): Promise<void> {
    const path = "/bench";
    const response = await fetch(`${url}/webhook_endpoints`, {
        method: "POST",
        headers: { "x-api-key": key, "content-type": "application/json" },
        body: JSON.stringify({ url: `${receiver.url}${path}`, eventTypes: ["order_create"] }),
    });
    const { secret }: { secret?: string } = JSON.parse(await response.text());
    if (secret === undefined) throw new BenchError(`no endpoint was registered: ${response.status}`);
    await receiver.expect([{ path, secret }]);
}

/** @returns when each event was published, in milliseconds since 1970, by its id */
async function publish(
    sqs: SQSClient,
    QueueUrl: string,
    name: string,
    seconds: number,
): Promise<ReadonlyMap<string, number>> {
    const published = new Map<string, number>();
    const calls = (perSecond * seconds) / perCall;
    const start = performance.now();
    const sending: Promise<void>[] = [];
    for (let call = 0; call < calls; call += 1) {
        await setTimeout(Math.max(0, start + (call * perCall * 1000) / perSecond - performance.now()));
        const Entries = Array.from({ length: perCall }, (_, index) => {
            const correlationId = `bench-${name}-${call}-${index}`;
            const id = `cs_${correlationId}:4:order_create`;
            const timestamp = new Date().toISOString();
            published.set(id, performance.timeOrigin + performance.now());
            const event = { id, type: "order_create", timestamp, correlationId, data: order };
            return { Id: String(index), MessageBody: JSON.stringify(event) };
        });
        const send = sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })).then(({ Failed = [] }) => {
            if (Failed.length > 0) throw new BenchError(`${Failed.length} events were not taken`);
        });
        sending.push(send);
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

/** Outcome of the published events, after at most a minute. */
async function arrivalsOf(receiver: Receiver, published: ReadonlyMap<string, number>): Promise<Arrived> {
    const first = new Map<string, number>();
    let [repeated, unverified] = [0, 0];
    const end = performance.now() + 60_000;
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

function findings(published: ReadonlyMap<string, number>, { first, repeated, unverified }: Arrived): Findings {
    const took = [...first].map(([id, at]) => at - (published.get(id) ?? Number.NaN));
    const begun = Math.min(...published.values());
    const row = {
        events: published.size,
        "a second": (first.size * 1000) / (Math.max(...first.values()) - begun),
        "p50 ms": percentile(took, 0.5),
        "p95 ms": percentile(took, 0.95),
        "p99 ms": percentile(took, 0.99),
        verified: first.size,
        "more than once": repeated,
    };
    return {
        tables: [
            {
                title: `Webhooks, ${perSecond} events a second for ${seconds} s; from the queue of events to the receiver, which verifies them`,
                rows: [row],
            },
        ],
        budgets: [
            { what: "webhooks, publish to receiver, p95 ms", measured: row["p95 ms"], atMost: 1000 },
            {
                what: "webhooks that did not come or could not be verified",
                measured: published.size - first.size + unverified,
                atMost: 0,
            },
        ],
    };
}
