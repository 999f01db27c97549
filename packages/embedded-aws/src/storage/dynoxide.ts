import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../freePort.ts";
import { type Engine, EngineError, scriptPath, startEngine } from "./engine.ts";
import { StreamTable } from "./streamTable.ts";
import { TableWrites } from "./tableWrites.ts";

/** DynamoDB. */
export interface TableEngine extends Engine {
    /** Undefined when the engine is not run by this process. */
    readonly streams: StreamTable | undefined;
    /** Undefined when others, too, may write there. */
    readonly writes: TableWrites | undefined;
}

/** This package, which pins the engine. */
const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Starts DynamoDB: Dynoxide with its database in `directory`, or, when `DYNAMODB_ENDPOINT` is set, the DynamoDB that it
 * names, which is used as it is.
 * @throws EngineError when there is none for this platform or it does not start.
 */
export async function startDynamoDb(options: {
    readonly directory: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    onDeath(failure: EngineError): void;
}): Promise<TableEngine> {
    const endpoint = options.environment["DYNAMODB_ENDPOINT"];
    if (endpoint !== undefined && endpoint !== "") return foreignDynamoDb(endpoint);

    const binary = findBinary() ?? (await installBinary());
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const database = join(options.directory, "dynamodb.db");
    const serve = [binary, "serve", "--host", "127.0.0.1", "--port", String(port), "--db-path", database];
    const engine = await startEngine({
        title: "DynamoDB (Dynoxide)",
        program: process.execPath,
        arguments: [scriptPath("./tether.ts"), ...serve],
        ready: async (child) => {
            while (child.exitCode === null && child.signalCode === null && !(await answers(origin))) await delay(10);
            return origin;
        },
        onDeath: options.onDeath,
    });
    const streams = new StreamTable(database);
    try {
        // The engine has made its tables before it answers.
        streams.index();
        return { ...engine, streams, writes: new TableWrites() };
    } catch (error) {
        await engine.stop();
        throw new EngineError("DynamoDB (Dynoxide) did not start: its streams have no index", { cause: error });
    }
}

async function foreignDynamoDb(endpoint: string): Promise<TableEngine> {
    const origin = URL.canParse(endpoint) ? new URL(endpoint).origin : undefined;
    if (origin === undefined || !(await answers(origin))) {
        throw new EngineError(`No DynamoDB answers at ${endpoint} (DYNAMODB_ENDPOINT).`);
    }
    return { origin, processId: undefined, streams: undefined, writes: undefined, stop: async () => {} };
}

async function answers(origin: string): Promise<boolean> {
    return fetch(origin, { signal: AbortSignal.timeout(2_000) }).then(
        () => true,
        () => false,
    );
}

function packageName(): string {
    return `@dynoxide/${process.platform}-${process.arch}`;
}

function findBinary(): string | undefined {
    const file = process.platform === "win32" ? "dynoxide.exe" : "dynoxide";
    try {
        return createRequire(import.meta.url).resolve(`${packageName()}/${file}`);
    } catch {
        return undefined;
    }
}

/** npm locks optional packages of the locking platform only, so on every other platform the engine is fetched here. */
async function installBinary(): Promise<string> {
    const wanted = `${packageName()}@${pinnedVersion()}`;
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const install = ["install", "--no-save", "--no-audit", "--no-fund", wanted];
    const refused = await promisify(execFile)(npm, install, {
        cwd: packageFolder,
        shell: process.platform === "win32",
    }).then(
        () => undefined,
        (error: unknown) => error,
    );
    const binary = findBinary();
    if (binary !== undefined) return binary;
    throw new EngineError(
        `The package ${wanted}, the local DynamoDB for this platform, is not installed and npm could not install it. ` +
            "Set DYNAMODB_ENDPOINT to the address of any DynamoDB, for example http://127.0.0.1:8000 for DynamoDB Local.",
        { cause: refused },
    );
}

/** One version for all platforms: the one that package.json pins for the platform it was locked on. */
function pinnedVersion(): string {
    const text = readFileSync(join(packageFolder, "package.json"), "utf8");
    const version = /"@dynoxide\/[\w-]+":\s*"([^"]+)"/.exec(text)?.[1];
    if (version === undefined) throw new EngineError("package.json pins no version of @dynoxide.");
    return version;
}
