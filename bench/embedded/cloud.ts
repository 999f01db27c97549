import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "embedded-aws/freePort";
import { BenchError } from "../benchError.ts";
import { type Usage, usageOf } from "../processes.ts";

/** The embedded cloud, running as `npm start` runs it. */
export interface EmbeddedCloud {
    /** Of the HTTP API and the views below `/_local`. */
    readonly url: string;
    /** Of the AWS endpoint. */
    readonly awsUrl: string;
    readonly startSeconds: number;
    /** Of all its processes, until it was ready. */
    readonly startCpuSeconds: number;
    /** Of all its processes. */
    usage(): Usage;
    stop(): Promise<void>;
}

interface CloudOptions {
    /** Of the project. @default this one */
    readonly project?: string;
    /** What starts it, in the project. @default the installed package's */
    readonly bin?: string;
    readonly args?: readonly string[];
}

/** Starts it with an empty state on ports of its own. Throws BenchError with its output when it does not get ready. */
export async function startCloud(
    stateDirectory: string,
    {
        project = join(import.meta.dirname, "../.."),
        bin = "node_modules/.bin/embedded-aws",
        args = [],
    }: CloudOptions = {},
): Promise<EmbeddedCloud> {
    const [port, awsPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const start = performance.now();
    const child = spawn(join(project, bin), ["--fixtures", "tools/embedded", ...args], {
        cwd: project,
        env: {
            ...process.env,
            // By this Node.js, with the flags that the program asks for.
            PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
            PORT: String(port),
            LOCAL_AWS_PORT: String(awsPort),
            LOCAL_STATE_DIR: stateDirectory,
            // Waits take as long as on AWS.
            LOCAL_WAIT_FACTOR: "1",
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const exited = once(child, "exit");
    const abandon = () => child.kill();
    process.once("exit", abandon);
    const stop = async () => {
        process.off("exit", abandon);
        child.kill("SIGINT");
        const patience = setTimeout(() => child.kill("SIGKILL"), 20_000);
        await exited;
        clearTimeout(patience);
    };

    const output: string[] = [];
    const ready = new Promise<void>((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
            createInterface({ input: stream }).on("line", (line) => {
                // Of a running cloud this is its log, of which the end is enough.
                if (output.push(line) > 50) output.shift();
                if (line === `ready ${url}`) resolve();
            });
        }
    });
    const said = () => output.map((line) => `  ${line}`).join("\n");
    const ended = once(child, "close").then(([code]) => {
        throw new BenchError(`the embedded cloud ended with ${code}:\n${said()}`);
    });
    ended.catch(() => undefined);
    try {
        await Promise.race([ready, ended, timeout(60_000, () => `the embedded cloud does not get ready:\n${said()}`)]);
    } catch (error) {
        await stop();
        throw error;
    }
    const startSeconds = (performance.now() - start) / 1000;
    const usage = () => usageOf(child.pid ?? 0);
    const { cpuSeconds: startCpuSeconds } = usage();
    return { url, awsUrl: `http://127.0.0.1:${awsPort}`, startSeconds, startCpuSeconds, usage, stop };
}

function timeout(ms: number, message: () => string): Promise<never> {
    return new Promise((_, reject) => {
        setTimeout(() => reject(new BenchError(message())), ms).unref();
    });
}
