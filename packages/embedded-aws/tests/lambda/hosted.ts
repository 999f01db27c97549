import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { InvocationRecord } from "../../src/lambda/asynchronous.ts";
import type { FunctionDefinition, InvocationResult, LogLine } from "../../src/lambda/function.ts";
import { LambdaHost, type LambdaHostSettings } from "../../src/lambda/host.ts";
import { TaskQueue } from "../../src/taskQueue.ts";
import type { TraceEntry } from "../../src/trace.ts";
import { Waits } from "../../src/waits.ts";

export interface Delivered {
    readonly roleArn: string;
    readonly functionArn: string;
    readonly destinationArn: string;
    readonly record: InvocationRecord;
}

/** A host with all that it wrote, traced and delivered. */
export interface Hosted {
    readonly host: LambdaHost;
    readonly taskQueue: TaskQueue;
    readonly lines: LogLine[];
    readonly traces: TraceEntry[];
    readonly delivered: Delivered[];
}

const openHosts: Hosted[] = [];
const folders: string[] = [];

export function hosted(settings: Partial<LambdaHostSettings> = {}): Hosted {
    const taskQueue = settings.taskQueue ?? new TaskQueue(":memory:");
    const lines: LogLine[] = [];
    const traces: TraceEntry[] = [];
    const delivered: Delivered[] = [];
    const host = new LambdaHost({
        region: "eu-west-1",
        account: "000000000000",
        endpointUrl: "http://127.0.0.1:4566",
        credentialsOf: (roleArn, session) => ({
            accessKeyId: `key of ${roleArn}`,
            secretAccessKey: "secret",
            sessionToken: session,
        }),
        taskQueue,
        waits: new Waits(0.001),
        patienceMs: 20,
        log: (line) => lines.push(line),
        trace: (entry) => traces.push(entry),
        deliver: async (roleArn, functionArn, destinationArn, record) => {
            delivered.push({ roleArn, functionArn, destinationArn, record });
        },
        ...settings,
    });
    const it = { host, taskQueue, lines, traces, delivered };
    openHosts.push(it);
    return it;
}

/** For `afterEach`: ends what the test started, also when it failed. */
export async function endHosts(): Promise<void> {
    for (const { host, taskQueue } of openHosts.splice(0)) {
        await host.stop();
        if (taskQueue.database.isOpen) taskQueue.close();
    }
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A folder with these files, gone after the test. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
    const path = mkdtempSync(join(tmpdir(), "lambda-"));
    folders.push(path);
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
    }
    return path;
}

export function arnOf(name: string): string {
    return `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
}

/** A function whose `index.mjs` is this text. */
export function definition(
    name: string,
    source: string,
    settings: Partial<FunctionDefinition> = {},
): FunctionDefinition {
    return {
        arn: arnOf(name),
        name,
        roleArn: `arn:aws:iam::000000000000:role/${name}`,
        codeDirectory: settings.codeDirectory ?? folder({ "index.mjs": source }),
        handler: "index.handler",
        timeoutSeconds: 10,
        memoryMb: 128,
        environment: {},
        logGroup: `/aws/lambda/${name}`,
        asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
        ...settings,
    };
}

/** What the function returned or threw, parsed. */
export function parsed(result: InvocationResult): unknown {
    return JSON.parse(result.payload);
}

/** Waits for a condition; fails the test when it does not come true. */
export async function until(what: string, condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!condition()) {
        if (Date.now() > deadline) throw new Error(`it did not happen: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
    } catch {
        return false;
    }
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, "utf8"));
}
