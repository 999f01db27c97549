import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { ListQueuesCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { freePort } from "../src/freePort.ts";

/*
 * What the example program costs: its start, and messages through queue and function into its table. In CPU seconds of the
 * cloud with all of its processes, since seconds depend on what else the machine does.
 */

const messages = 2000;
const packageFolder = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(realpathSync(tmpdir()), "bench-"));
const project = join(folder, "project");

/** Runs the example until `work` is done. @returns CPU seconds of all processes of the cloud, and seconds to ready. */
async function run(work: (awsUrl: string) => Promise<void>): Promise<{ readonly cpu: number; readonly ready: number }> {
    const [PORT, LOCAL_AWS_PORT] = [String(await freePort()), String(await freePort())];
    const command = ["--disable-warning=ExperimentalWarning", join(packageFolder, "bin.js"), "--fresh"];
    // The shell adds up the processes that its own have waited for; the signal is for the cloud.
    const script = `trap '' INT; "$0" "$@"; times`;
    const startedAt = performance.now();
    const shell = spawn("sh", ["-c", script, process.execPath, ...command], {
        cwd: project,
        env: { PATH: process.env["PATH"], PORT, LOCAL_AWS_PORT, LOCAL_STATE_DIR: join(folder, "state") },
        stdio: ["ignore", "pipe", "inherit"],
        detached: true,
    });
    const closed = once(shell, "close");
    let last = "";
    const ready = Promise.withResolvers<number>();
    createInterface({ input: shell.stdout }).on("line", (line) => {
        last = line;
        if (line.startsWith("ready ")) ready.resolve((performance.now() - startedAt) / 1000);
    });
    closed.then(() => ready.reject(new Error(`the example did not start: ${last}`)));
    try {
        const seconds = await ready.promise;
        await work(`http://127.0.0.1:${LOCAL_AWS_PORT}`);
        return { cpu: await ended(), ready: seconds };
    } finally {
        await ended();
    }

    async function ended(): Promise<number> {
        if (shell.exitCode === null && shell.pid !== undefined) process.kill(-shell.pid, "SIGINT");
        await closed;
        // `times` ends with the children's user and system time: 0m1.23s 0m0.45s
        const parts = [...last.matchAll(/(\d+)m([\d.]+)s/g)].map(
            ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
        );
        return parts.reduce((sum, part) => sum + part, 0);
    }
}

async function sendAndAwait(endpoint: string): Promise<void> {
    const settings = { endpoint, region: "eu-west-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
    const [sqs, dynamo] = [new SQSClient(settings), new DynamoDBClient(settings)];
    const { QueueUrls: [QueueUrl] = [] } = await sqs.send(new ListQueuesCommand());
    const { TableNames: [TableName] = [] } = await dynamo.send(new ListTablesCommand());
    for (let sent = 0; sent < messages; sent += 10) {
        const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: `${sent + index}` }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
    for (let stored = 0; stored < messages; await delay(200)) {
        stored = (await dynamo.send(new ScanCommand({ TableName, Select: "COUNT" }))).Count ?? 0;
    }
    sqs.destroy();
    dynamo.destroy();
}

try {
    cpSync(join(packageFolder, "example"), project, { recursive: true, filter: (path) => !path.endsWith(".local") });
    // A folder of packages of its own: what the program evaluates to is kept in there.
    mkdirSync(join(project, "node_modules"));
    for (const name of ["@pulumi/aws", "@aws-sdk/client-sqs"]) {
        const scope = dirname(dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))));
        symlinkSync(scope, join(project, "node_modules", dirname(name)));
    }
    const first = await run(async () => {});
    const kept = await run(async () => {});
    const working = await run(sendAndAwait);
    const of = (part: number, whole: number) => (part / whole).toFixed(2);
    console.log(`start, evaluated      ${first.cpu.toFixed(2)} CPU s, ready in ${first.ready.toFixed(1)} s`);
    console.log(`start, as kept        ${kept.cpu.toFixed(2)} CPU s, ${of(kept.cpu, first.cpu)} of that`);
    const each = messages / (working.cpu - kept.cpu);
    console.log(
        `queue to function     ${each.toFixed(0)} messages per CPU s (${messages} messages, each put into the table)`,
    );
} finally {
    rmSync(folder, { recursive: true, force: true });
}
