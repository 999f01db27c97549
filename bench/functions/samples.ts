import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { BenchError } from "../benchError.ts";
import type { Candidate } from "./candidates.ts";

/** What one process measured: see sample.js. Times of the process alone, with all its threads where CPU is named. */
export interface Sample {
    readonly importMs: number;
    readonly importCpuMs: number;
    readonly firstMs: number;
    /** Import and first call together. */
    readonly coldMs: number;
    readonly coldCpuMs: number;
    /** When Node.js loaded its HTTP client `undici`, which costs some 25 ms. */
    readonly undici: "no" | "import" | "first call";
    /** Of one warm call, in microseconds; 0 when none was asked for. */
    readonly callUs: number;
    readonly callCpuUs: number;
}

/** Runs every candidate in this many fresh processes, in a new random order each round. */
export async function sample(
    candidates: readonly Candidate[],
    rounds: number,
    calls: number,
): Promise<ReadonlyMap<Candidate, readonly Sample[]>> {
    const samples = new Map(candidates.map((candidate) => [candidate, [] as Sample[]]));
    const { url, end } = await startSqs();
    try {
        // The first round brings the files into memory and is not counted.
        for (let round = 0; round <= rounds; round += 1) {
            for (const candidate of shuffled(candidates)) {
                const measured = await run(candidate, calls, url);
                if (round > 0) samples.get(candidate)?.push(measured);
            }
        }
    } finally {
        end();
    }
    return samples;
}

async function startSqs(): Promise<{ url: string; end(): void }> {
    const child: ChildProcess = fork(join(import.meta.dirname, "sqsStub.ts"), { stdio: ["ignore", 2, 2, "ipc"] });
    const [url] = await once(child, "message");
    return { url: String(url), end: () => child.disconnect() };
}

async function run({ name, file }: Candidate, calls: number, sqs: string): Promise<Sample> {
    const child = spawn(
        process.execPath,
        [join(import.meta.dirname, "sample.js"), file, JSON.stringify(request), String(calls)],
        { env: variables(sqs), stdio: ["ignore", "pipe", "pipe", "pipe"] },
    );
    const [, log, errors, figures] = child.stdio;
    if (log === null || errors === null || !(figures instanceof Readable)) {
        throw new BenchError("the measured process has no channel for its figures");
    }
    log.resume();
    const [measured, complaint, [code]] = await Promise.all([text(figures), text(errors), once(child, "exit")]);
    if (code !== 0) throw new BenchError(`${name} could not be measured:\n${complaint}`);
    return JSON.parse(measured);
}

/** As Lambda sets them, and nothing of this machine's: a profile in the home directory would be read as well. */
function variables(sqs: string): Record<string, string> {
    return {
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "bench",
        AWS_SECRET_ACCESS_KEY: "bench",
        AWS_SESSION_TOKEN: "bench",
        AWS_ENDPOINT_URL: sqs,
        AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
        AWS_LAMBDA_FUNCTION_NAME: "order-receiver",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
        HOME: import.meta.dirname,
        TZ: ":UTC",
        LOG_LEVEL: "INFO",
        ORDERS_QUEUE_URL: `${sqs}/000000000000/orders`,
    };
}

/** POST /orders as API Gateway passes it on, payload format 2.0. */
const request = {
    version: "2.0",
    routeKey: "POST /orders",
    rawPath: "/orders",
    rawQueryString: "",
    headers: { "content-type": "application/json", host: "api.example.com", "x-forwarded-for": "192.0.2.1" },
    requestContext: {
        accountId: "000000000000",
        apiId: "api",
        domainName: "api.example.com",
        domainPrefix: "api",
        http: { method: "POST", path: "/orders", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "bench" },
        requestId: "JKJaXmPLvHcESHA=",
        routeKey: "POST /orders",
        stage: "$default",
        time: "01/Oct/2026:12:00:00 +0000",
        timeEpoch: 1790856000000,
    },
    body: JSON.stringify({
        productId: "12345",
        productName: "Eco-Friendly Cleaner",
        quantity: 2,
        customerEmail: "customer@example.com",
    }),
    isBase64Encoded: false,
};

function shuffled<Element>(elements: readonly Element[]): Element[] {
    return elements
        .map((element) => ({ element, place: Math.random() }))
        .sort((a, b) => a.place - b.place)
        .map(({ element }) => element);
}
