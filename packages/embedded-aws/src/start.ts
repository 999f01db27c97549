import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Cloud } from "./cloud.ts";
import { faultPlanFrom } from "./faults/plan.ts";
import { consolePath } from "./inspect/console.ts";
import { readableLine } from "./inspect/terminal.ts";
import { ProjectError } from "./project.ts";
import { unprovisionedOf } from "./provision/unprovisioned.ts";
import { StateError } from "./state.ts";
import { watchCode } from "./watch.ts";

const { env } = process;

/** One message and the exit code 1: whatever keeps the cloud from running. */
function fail(error: unknown): never {
    console.error(`\n${error instanceof Error ? error.message : String(error)}${adviceFor(error)}`);
    process.exit(1);
}

function adviceFor(error: unknown): string {
    if (!(error instanceof Error) || error instanceof StateError) return "";
    if (/in use|EADDRINUSE/.test(error.message)) {
        return "\nAnother cloud may be running. Other ports and another folder: PORT, LOCAL_AWS_PORT, LOCAL_STATE_DIR.";
    }
    if (
        /did not start|EEXIST|ENOTDIR|EACCES|EROFS|ENOSPC|SQLITE|disk is full/.test(`${error.message} ${codeOf(error)}`)
    ) {
        return "\nLOCAL_STATE_DIR names the folder that the state is kept in; --fresh forgets what is there.";
    }
    return "";
}

function codeOf(error: Error): string {
    return "code" in error ? String(error.code) : "";
}

const usage = `embedded-aws          the AWS resources of a Pulumi program on this machine
  --project <folder>  whose program: the folder with Pulumi.yaml (.)
  --stack <name>      with the settings of Pulumi.<name>.yaml (dev)
  --fixtures <folder> what tables and secrets hold at first, and doubles of other services
  --watch             takes up a function's new code when its file is saved
  --open              opens the console in the browser
  --fresh             forgets what earlier runs stored
PORT, LOCAL_AWS_PORT  other ports (8787, 4566)
LOCAL_STATE_DIR       another folder for the state (.local)
LOCAL_WAIT_FACTOR     waits between retries, 1 is as long as on AWS (0.02)
LOCAL_FAULTS          <seed>[:<rate>]: calls fail now and then, as on AWS`;

function optionsOf(args: readonly string[]) {
    const { values } = parseArgs({
        args: [...args],
        options: {
            project: { type: "string", default: "." },
            fixtures: { type: "string" },
            stack: { type: "string", default: "dev" },
            fresh: { type: "boolean", default: false },
            watch: { type: "boolean", default: false },
            open: { type: "boolean", default: false },
            help: { type: "boolean", short: "h", default: false },
        },
    });
    if (values.help) {
        console.log(usage);
        process.exit(0);
    }
    const projectDirectory = folderAt(values.project);
    return {
        ...values,
        projectDirectory,
        fixturesDirectory: values.fixtures === undefined ? undefined : folderAt(values.fixtures),
        port: portOf("PORT", 8787),
        awsPort: portOf("LOCAL_AWS_PORT", 4566),
        stateDirectory: resolve(env["LOCAL_STATE_DIR"] || join(projectDirectory, ".local"), values.stack),
        waitFactor: waitFactorOf(env["LOCAL_WAIT_FACTOR"]),
        faultPlan: faultPlanFrom(env["LOCAL_FAULTS"]),
    };
}

/** Without links: so Node names the modules that are in it. */
function folderAt(path: string): string {
    try {
        return realpathSync(path);
    } catch {
        throw new ProjectError(`there is no folder ${path}`);
    }
}

function waitFactorOf(text = "0.02"): number {
    const factor = Number(text);
    if (factor > 0 && Number.isFinite(factor)) return factor;
    throw new Error(`LOCAL_WAIT_FACTOR is ${text}: set a number above 0, such as 0.02`);
}

function portOf(variable: string, byDefault: number): number {
    const port = Number(env[variable] ?? byDefault);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
    throw new Error(`${variable} is ${env[variable]}: set a port from 1 to 65535`);
}

async function main(): Promise<void> {
    const startedAt = performance.now();
    const options = optionsOf(process.argv.slice(2));
    let orphaned = (): void => process.exit(1);
    if (env["npm_lifecycle_event"] !== undefined) onceOrphaned(() => orphaned());
    const colour = process.stdout.isTTY === true && env["NO_COLOR"] === undefined;
    const cloud = await Cloud.start({
        ...options,
        environment: env,
        log: (line) => {
            const readable = readableLine(line, colour);
            if (readable !== undefined) console.log(readable);
        },
        onDeath: fail,
    });

    let stoppingSince: number | undefined;
    const stop = async () => {
        if (stoppingSince !== undefined) {
            // A second signal ends the process without a wait: the children end with it in any case. Not at once,
            // because one Ctrl-C may arrive twice, from the terminal and from npm.
            if (performance.now() - stoppingSince > 1000) process.exit(1);
            return;
        }
        stoppingSince = performance.now();
        console.log("\nstopping");
        await cloud.stop().catch(fail);
        process.exit(0);
    };
    const stopOnce = () => {
        if (stoppingSince === undefined) void stop();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    process.on("SIGHUP", stopOnce);
    orphaned = stopOnce;
    // The terminal, or the program that read this, is gone.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", stopOnce);
    if (options.watch) await watchCode(cloud, options);
    introduce(cloud, options);
    console.log(`started in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    console.log(`ready ${cloud.url}`);
    console.log(`console ${cloud.url}${consolePath}`);
    if (options.open) openInBrowser(cloud.url + consolePath);
}

/** With the command of the system; where there is none, the address is printed already. */
function openInBrowser(url: string): void {
    const command = { darwin: "open", win32: "explorer" }[String(process.platform)] ?? "xdg-open";
    spawn(command, [url], { stdio: "ignore", detached: true })
        .on("error", () => console.log(`no browser could be opened: the console is at ${url}`))
        .unref();
}

/** A signal that ends npm does not end this process, its child: the script's `exec` leaves no shell in between. */
function onceOrphaned(then: () => void): void {
    // By the shell, which knew it first: npm may be gone before this runs.
    const npm = Number(env["NPM_PID"] ?? process.ppid);
    const watching = setInterval(() => {
        if (process.ppid === npm) return;
        clearInterval(watching);
        then();
    }, 500).unref();
}

function introduce(cloud: Cloud, { stack, waitFactor, faultPlan, stateDirectory }: ReturnType<typeof optionsOf>): void {
    const { graph, region, encrypted } = cloud.program;
    const unprovisioned = unprovisionedOf(graph).map(({ type, count }) => `${count} ${type}`);
    console.log(`stack ${stack} in ${region}, state in ${relative(process.cwd(), stateDirectory) || "."}`);
    console.log(`AWS endpoint ${cloud.awsUrl} (access key local, secret local); look inside at ${cloud.url}/_local`);
    if (waitFactor !== 1) console.log(`waits between retries are ${waitFactor} of AWS's (LOCAL_WAIT_FACTOR)`);
    if (faultPlan !== undefined) {
        const { seed, rate } = faultPlan;
        console.log(
            `faults by the seed ${seed} disturb ${rate} of all calls (LOCAL_FAULTS), see ${cloud.url}/_local/faults`,
        );
    }
    if (encrypted.length > 0) console.log(`encrypted settings have the value "local" here: ${encrypted.join(", ")}`);
    if (unprovisioned.length > 0) console.log(`on AWS, but not provisioned here: ${unprovisioned.join(", ")}`);
}

main().catch(fail);
