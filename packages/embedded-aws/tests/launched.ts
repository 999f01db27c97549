import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../src/freePort.ts";

const ownBin = join(import.meta.dirname, "../bin.js");

interface LaunchOptions {
    readonly bin?: string;
    readonly args?: readonly string[];
    /** Of an earlier run that is continued. */
    readonly state?: string;
    readonly port?: string;
    readonly awsPort?: string;
    readonly environment?: Readonly<Record<string, string>>;
}

/** A program that runs in the cloud as its user starts it, by the bin, on free ports and a state of its own. */
export class Launched {
    readonly #child: ChildProcess;
    readonly state: string;
    readonly url: string;
    readonly awsUrl: string;
    /** What it has written. */
    output = "";

    private constructor(
        directory: string,
        port: string,
        awsPort: string,
        {
            bin = ownBin,
            args = [],
            state = mkdtempSync(join(tmpdir(), "embedded-aws-")),
            environment = {},
        }: LaunchOptions = {},
    ) {
        this.state = state;
        this.url = `http://127.0.0.1:${port}`;
        this.awsUrl = `http://127.0.0.1:${awsPort}`;
        const { PATH, NODE_COMPILE_CACHE } = process.env;
        this.#child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", bin, ...args], {
            cwd: directory,
            env: {
                ...{ PATH, NODE_COMPILE_CACHE, PORT: port, LOCAL_AWS_PORT: awsPort, LOCAL_STATE_DIR: state },
                ...environment,
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
    }

    /** Resolves when it is ready, or has ended without. */
    static async start(directory: string, options: LaunchOptions = {}): Promise<Launched> {
        const { port = String(await freePort()), awsPort = String(await freePort()) } = options;
        const launched = new Launched(directory, port, awsPort, options);
        const { stdout, stderr } = launched.#child;
        stderr?.on("data", (data) => {
            launched.output += data;
        });
        await new Promise<void>((resolve) => {
            if (stdout === null) return;
            createInterface({ input: stdout })
                .on("line", (line) => {
                    launched.output += `${line}\n`;
                    if (line === `ready ${launched.url}`) resolve();
                })
                .on("close", resolve);
        });
        return launched;
    }

    get pid(): number {
        return this.#child.pid ?? 0;
    }

    get isReady(): boolean {
        return this.output.includes(`ready ${this.url}\n`);
    }

    /** Settings of clients of the SDK. */
    client(region: string) {
        const credentials = { accessKeyId: "local", secretAccessKey: "local" };
        return { endpoint: this.awsUrl, region, credentials };
    }

    /** Ends it as nothing can prepare for; its state stays. */
    async kill(): Promise<void> {
        this.#child.kill("SIGKILL");
        if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
    }

    async stop(): Promise<void> {
        const running = this.#child.exitCode === null && this.#child.signalCode === null;
        if (running && this.#child.kill("SIGINT")) await once(this.#child, "exit");
        rmSync(this.state, { recursive: true, force: true });
    }
}

/** Asks again until there is an answer. */
export async function answered<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
    for (;;) {
        const answer = await ask();
        if (answer !== undefined) return answer;
        await delay(50);
    }
}
