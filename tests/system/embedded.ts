import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { freePort } from "embedded-aws/freePort";
import { retryingConflicts } from "../../runtime/shared/transactionConflicts.ts";
import { type CommandEnd, runCommand } from "../command.ts";
import { ask } from "./client.ts";

const project = join(import.meta.dirname, "../..");
/** Of a project that has some. */
const fixtures = "tools/embedded";

export interface EmbeddedOptions {
    /** Arguments of `npm start`. */
    readonly args?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    /** The folder of the Pulumi project. @default this one */
    readonly directory?: string;
    /** Folder and ports of an earlier run that is to be continued. */
    readonly continues?: Embedded;
    /** Starts it through npm. */
    readonly throughNpm?: boolean;
    /** What ends it where no test does. @default `endAll` */
    readonly leftovers?: Leftovers;
}

/** Processes and folders that are there as long as some tests. */
export class Leftovers {
    readonly running = new Set<ChildProcess>();
    readonly folders = new Set<string>();

    async end(): Promise<void> {
        for (const child of this.running) await killed(child);
        for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
    }
}

const ofSpecs = new Leftovers();

/** Ends what a failed test has left running, and removes what the tests have stored. For `after`. */
export const endAll = (): Promise<void> => ofSpecs.end();

/** A copy of the project whose files a test may change, with the bundles of earlier evaluations. */
export function copyOfProject(leftovers = ofSpecs): string {
    const copy = copyOfSources(leftovers);
    const bundles = join(project, ".bundles");
    if (existsSync(bundles)) linkFolder(bundles, join(copy, ".bundles"));
    return copy;
}

/** Evaluations replace these files and change none: both folders can have the same ones, where they are on one disk. */
function linkFolder(from: string, to: string): void {
    mkdirSync(to);
    for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), join(to, entry.name)];
        if (entry.isDirectory()) {
            linkFolder(source, target);
            continue;
        }
        try {
            linkSync(source, target);
        } catch {
            // On another disk; or another process has just replaced it: the copy then builds it anew.
            if (existsSync(source)) cpSync(source, target);
        }
    }
}

/** A copy of the project in which nothing was evaluated yet. */
export function copyOfSources({ folders } = ofSpecs): string {
    const copy = mkdtempSync(join(tmpdir(), "commerce-copy-"));
    folders.add(copy);
    for (const part of ["components", "packages", "policy", "runtime", "tools", "spec", "index.ts", "package.json"]) {
        cpSync(join(project, part), join(copy, part), { recursive: true });
    }
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
        cpSync(join(project, file), join(copy, file));
    }
    symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
    return copy;
}

/** The system as `npm start` starts it, in processes and folders of its own. */
export class Embedded {
    readonly url: string;
    readonly awsUrl: string;
    readonly stateDirectory: string;
    readonly #child: ChildProcess;
    #output = "";

    private constructor(
        child: ChildProcess,
        { running }: Leftovers,
        url: string,
        awsUrl: string,
        stateDirectory: string,
    ) {
        this.#child = child;
        this.url = url;
        this.awsUrl = awsUrl;
        this.stateDirectory = stateDirectory;
        running.add(child);
        child.once("exit", () => running.delete(child));
        for (const stream of [child.stdout, child.stderr]) {
            stream?.setEncoding("utf8").on("data", (text) => {
                this.#output += text;
            });
        }
    }

    /** Starts it without waiting for anything. */
    static async launch(options: EmbeddedOptions = {}): Promise<Embedded> {
        const { args = [], environment = {}, directory = project, continues, leftovers = ofSpecs } = options;
        const stateDirectory = continues?.stateDirectory ?? mkdtempSync(join(tmpdir(), "commerce-"));
        leftovers.folders.add(stateDirectory);
        const url = continues?.url ?? `http://127.0.0.1:${await freePort()}`;
        const awsUrl = continues?.awsUrl ?? `http://127.0.0.1:${await freePort()}`;
        const command = [
            process.execPath,
            "--disable-warning=ExperimentalWarning",
            join(project, "node_modules/.bin/embedded-aws"),
            ...(existsSync(join(directory, fixtures)) ? ["--fixtures", fixtures] : []),
            ...args,
        ];
        const [program = "", ...rest] = options.throughNpm
            ? ["npm", "start", "--ignore-scripts", "--", ...args]
            : command;
        const child = spawn(program, rest, {
            cwd: directory,
            env: {
                PATH: process.env["PATH"],
                PORT: new URL(url).port,
                LOCAL_AWS_PORT: new URL(awsUrl).port,
                LOCAL_STATE_DIR: stateDirectory,
                NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
                ...environment,
            },
            stdio: ["ignore", "pipe", "pipe"],
            // What outlives npm can be ended by a test that has failed.
            detached: options.throughNpm === true,
        });
        return new Embedded(child, leftovers, url, awsUrl, stateDirectory);
    }

    /** Starts it and waits until it says that it is ready. */
    static async start(options: EmbeddedOptions = {}): Promise<Embedded> {
        const embedded = await Embedded.launch(options);
        await eventually(() => {
            if (embedded.exitCode !== null) throw new Ended(embedded.output);
            if (!embedded.output.includes(`\nready ${embedded.url}\n`))
                throw new Error(`not ready:\n${embedded.output}`);
        });
        return embedded;
    }

    /** All that it has printed. */
    get output(): string {
        return this.#output;
    }

    get exitCode(): number | null {
        return this.#child.exitCode;
    }

    get pid(): number {
        if (this.#child.pid === undefined) throw new Error("it has not started");
        return this.#child.pid;
    }

    /** Resolves with the exit code when it has ended by itself. */
    async ended(): Promise<number | null> {
        if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "close");
        return this.#child.exitCode;
    }

    /** As Ctrl-C does. */
    async stop(): Promise<void> {
        this.#child.kill("SIGINT");
        const code = await this.ended();
        if (code !== 0) throw new Error(`it stopped with exit code ${code}:\n${this.output}`);
    }

    /** As `kill -9` does. */
    kill(): Promise<void> {
        return killed(this.#child);
    }

    /** As `kill` does to the first process, npm where it was started through npm. */
    signal(signal: NodeJS.Signals): void {
        this.#child.kill(signal);
    }

    /** Ends what was started through npm and is left of it. @returns whether anything was */
    endRest(): boolean {
        try {
            return process.kill(-this.pid, "SIGKILL");
        } catch {
            return false;
        }
    }

    /** A view of `/_local`. */
    // biome-ignore lint/suspicious/noExplicitAny: each test knows the view that it looks at
    async look(view: string): Promise<any> {
        const answer = await ask(`${this.url}/_local/${view}`);
        return answer.json();
    }

    /** Posts a body to `/orders` as it is. */
    post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
        return ask(`${this.url}/orders`, {
            method: "POST",
            headers: { "content-type": "application/json", ...headers },
            body: typeof body === "string" ? body : JSON.stringify(body),
        });
    }

    /** The physical id of the one resource of a type whose logical name begins so. */
    async idOf(type: string, beginning: string): Promise<string> {
        const { resources }: { resources: { type: string; name: string; id: string }[] } = await this.look("resources");
        const found = resources.filter((each) => each.type === type && each.name.startsWith(beginning));
        const [one] = found;
        if (one === undefined || found.length > 1) throw new Error(`${found.length} of ${type} ${beginning}`);
        return one.id;
    }

    /** As an administrator does, while everything runs: who has which API key. */
    async giveOutKeys(keys: object): Promise<void> {
        const SecretId = await this.idOf("aws:secretsmanager/secret:Secret", "api-keys");
        const { secrets } = this.clients();
        await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(keys) }));
        secrets.destroy();
    }

    /** AWS SDK clients with the administrator's key, as a person at the machine would make them. */
    clients() {
        const settings = {
            endpoint: this.awsUrl,
            region: "eu-west-1",
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        };
        return {
            // What a person changes may just be written by a callback.
            dynamo: DynamoDBDocumentClient.from(
                retryingConflicts(new DynamoDBClient({ ...settings, maxAttempts: 20 })),
            ),
            sqs: new SQSClient(settings),
            s3: new S3Client({ ...settings, forcePathStyle: true }),
            events: new EventBridgeClient(settings),
            secrets: new SecretsManagerClient(settings),
            sns: new SNSClient(settings),
            lambda: new LambdaClient(settings),
        };
    }
}

/** Changes an attribute unless it is gone: the process that works on it may remove it meanwhile. */
export async function setWhereThere(
    dynamo: DynamoDBDocumentClient,
    TableName: string,
    Key: Record<string, unknown>,
    change: Record<string, unknown>,
): Promise<void> {
    const [[name = "", value] = []] = Object.entries(change);
    const update = new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `SET ${name} = :value`,
        ConditionExpression: `attribute_exists(${name})`,
        ExpressionAttributeValues: { ":value": value },
    });
    await dynamo.send(update).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== "ConditionalCheckFailedException") throw error;
    });
}

/** Runs a command of `tools/` as an operator does, and waits for its end. */
export const run = (
    command: string,
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
): Promise<CommandEnd> => runCommand(`tools/${command}.ts`, args, { PATH: process.env["PATH"], ...variables });

/** It ended although it was to become ready. */
class Ended extends Error {}

async function killed(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
}

/**
 * Tries until it does not throw any more, more and more seldom. A busy machine takes longer: only what hangs ends, with its
 * last fault.
 */
export async function eventually<Result>(attempt: () => Result | Promise<Result>, withinMs = 180_000): Promise<Result> {
    const deadline = Date.now() + withinMs;
    for (let pause = 25; ; pause = Math.min(pause * 1.5, 500)) {
        try {
            return await attempt();
        } catch (error) {
            if (error instanceof Ended || Date.now() > deadline) throw error;
            await new Promise((resolve) => setTimeout(resolve, pause));
        }
    }
}
