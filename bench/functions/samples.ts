import { type ChildProcess, fork, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { BenchError } from "../benchError.ts";
import { agent, merchant } from "./calls.ts";
import type { Candidate } from "./candidates.ts";
import { merchantHost, profile, profileUrl, ucpVersion } from "./platform.ts";

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
    const { url, secureUrl, end } = await startAws();
    try {
        // The first round brings the files into memory and is not counted.
        for (let round = 0; round <= rounds; round += 1) {
            for (const candidate of shuffled(candidates)) {
                const measured = await run(candidate, calls, candidate.tls ? secureUrl : url);
                if (round > 0) samples.get(candidate)?.push(measured);
            }
        }
    } finally {
        end();
    }
    return samples;
}

/** The AWS of awsStub.ts. */
export async function startAws(): Promise<{ url: string; secureUrl: string; end(): void }> {
    const stub = join(import.meta.dirname, "awsStub.ts");
    const child: ChildProcess = fork(stub, [profile], { stdio: ["ignore", 2, 2, "ipc"] });
    const [[url, secureUrl]] = await once(child, "message");
    return { url: String(url), secureUrl: String(secureUrl), end: () => child.disconnect() };
}

async function run({ name, file, call, tls }: Candidate, calls: number, aws: string): Promise<Sample> {
    const event = JSON.stringify(await call.event(randomUUID()));
    const child = spawn(
        process.execPath,
        [join(import.meta.dirname, "sample.js"), file, event, String(call.status), String(calls)],
        // The log is written without a reader, which would compete for the processor.
        {
            env: { ...variables(aws), ...(tls && { NODE_EXTRA_CA_CERTS: tls }) },
            stdio: ["ignore", "ignore", "pipe", "pipe"],
        },
    );
    const [, , errors, figures] = child.stdio;
    if (errors === null || !(figures instanceof Readable)) {
        throw new BenchError("the measured process has no channel for its figures");
    }
    const [measured, complaint, [code]] = await Promise.all([text(figures), text(errors), once(child, "exit")]);
    if (code !== 0) throw new BenchError(`${name} could not be measured:\n${complaint}`);
    return JSON.parse(measured);
}

/** As Lambda sets them, and nothing of this machine's: a profile in the home directory would be read as well. */
export function variables(aws: string): Record<string, string> {
    return {
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "bench",
        AWS_SECRET_ACCESS_KEY: "bench",
        AWS_SESSION_TOKEN: "bench",
        AWS_ENDPOINT_URL: aws,
        AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
        AWS_LAMBDA_FUNCTION_NAME: "measured",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
        HOME: import.meta.dirname,
        TZ: ":UTC",
        LOG_LEVEL: "INFO",
        ORDERS_QUEUE_URL: `${aws}/000000000000/orders`,
        ORDERS_TABLE: "orders",
        HISTORY_DAYS: "0",
        EFFECTS_TABLE: "effects",
        SESSIONS_TABLE: "sessions",
        IDEMPOTENCY_TABLE: "idempotency",
        PRODUCTS_TABLE: "products",
        DISCOUNTS_TABLE: "discounts",
        API_KEYS_SECRET: "arn:aws:secretsmanager:eu-west-1:000000000000:secret:api-keys",
        PLAIN_KEY_SCOPES: "{}",
        MERCHANT: JSON.stringify(merchant),
        MCP: JSON.stringify({ allowedOrigins: [] }),
        CARTS_TABLE: "carts",
        API_URL: `https://${merchantHost}`,
        UCP: JSON.stringify({
            trust: "signed",
            versions: [ucpVersion],
            platforms: [{ profile: profileUrl, client: agent.callerId, isPinned: true }],
        }),
        UCP_PROFILES_TABLE: "profiles",
        UCP_SIGNING_KEYS: "arn:aws:kms:eu-west-1:000000000000:key/merchant",
        PAYMENT_PROVIDER: "sandbox",
        PAYMENT_RESOURCE: "payments",
    };
}

function shuffled<Element>(elements: readonly Element[]): Element[] {
    return elements
        .map((element) => ({ element, place: Math.random() }))
        .sort((a, b) => a.place - b.place)
        .map(({ element }) => element);
}
