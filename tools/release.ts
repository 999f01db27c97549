/**
 * `npm run release`: brings the alias of every function to the version that the last `pulumi up` published, by CodeDeploy,
 * which tries each with a tenth of the traffic first. All of them move at the same time; where one has to go back, those
 * that are still on their way go back with it.
 */
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { GetAliasCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Release } from "../components/production/releases.ts";
import { exitCodes, runCommand, UnreachableError } from "./operator/command.ts";

const usage = `npm run release                            brings callers to the versions that the last up published: reads the output
                                           releases (npx pulumi stack output releases --json | npm run --silent release)
  --ignore-alarms     goes back for no alarm: for a fix, while the alarms that it is to clear are on
AWS_ENDPOINT_URL      another place than the account of the shell's credentials
exit code 1: a release was rolled back; 2: the outcome is unknown`;

/** What is to be released cannot be read, or AWS does not do what it is asked. */
export class ReleaseError extends Error {
    override readonly name = "ReleaseError";
}

interface ReleaseOptions {
    /** @default the credentials' own place */
    readonly endpoint?: string | undefined;
    readonly log: (line: string) => void;
    /** Whether alarms neither keep releases from starting nor take them back. @default false */
    readonly ignoreAlarms?: boolean;
    /** Waits between two looks. @default 10 seconds */
    readonly wait?: () => Promise<unknown>;
}

/** A deployment on its way. */
interface Deployment {
    readonly release: Release;
    readonly id: string;
}

type Outcome = "moving" | "arrived" | "returned";

/** Parses the output `releases` of a stack; throws ReleaseError. */
export function parseReleases(json: string): Release[] {
    let value: unknown;
    try {
        value = JSON.parse(json);
    } catch (error) {
        throw new ReleaseError("the releases are no JSON: give the output releases of a stack", {
            cause: error,
        });
    }
    if (!Array.isArray(value)) throw new ReleaseError("the releases are no list");
    return value.map((entry: unknown) => {
        const field = (name: keyof Release): string => {
            const found = fieldOf(entry, name);
            if (typeof found === "string" && found !== "") return found;
            throw new ReleaseError(`${JSON.stringify(entry)} has no ${name}`);
        };
        return {
            region: field("region"),
            application: field("application"),
            group: field("group"),
            functionName: field("functionName"),
            alias: field("alias"),
            version: field("version"),
        };
    });
}

/**
 * Moves every alias that is behind.
 * @returns whether all are where they should be.
 * @throws ReleaseError when AWS cannot be asked.
 */
export async function release(releases: readonly Release[], options: ReleaseOptions): Promise<boolean> {
    const places = new Map(releases.map(({ region }) => [region, new Stack(region, options.endpoint)]));
    const placeOf = ({ region }: Release): Stack => {
        const stack = places.get(region);
        if (stack === undefined) throw new ReleaseError(`${region} is no place of these releases`);
        return stack;
    };
    try {
        return await move(releases, placeOf, options);
    } finally {
        for (const stack of places.values()) stack.close();
    }
}

async function move(
    releases: readonly Release[],
    placeOf: (release: Release) => Stack,
    { log, ignoreAlarms = false, wait = () => pause(10_000) }: ReleaseOptions,
): Promise<boolean> {
    let moving: Deployment[] = [];
    let failed = false;
    for (const one of releases) {
        const from = await placeOf(one).versionOf(one);
        if (from === one.version) continue;
        try {
            const id = await placeOf(one).start(one, from, ignoreAlarms);
            log(`${one.functionName} ${from} → ${one.version}: ${id}`);
            moving.push({ release: one, id });
        } catch (error) {
            if (!(error instanceof ReleaseError)) throw error;
            log(`${one.functionName} ${from} → ${one.version} cannot start: ${error.message}`);
            failed = true;
            break;
        }
    }
    if (moving.length === 0 && !failed) log("every alias is at the version that was published");
    let stopped = false;
    while (moving.length > 0) {
        if (failed && !stopped) {
            for (const { release, id } of moving) {
                await placeOf(release)
                    .stop(id)
                    .catch((error: unknown) => log(`${release.functionName} cannot be stopped: ${messageOf(error)}`));
            }
            stopped = true;
        }
        const still: Deployment[] = [];
        for (const deployment of moving) {
            const { outcome, reason } = await placeOf(deployment.release).look(deployment.id);
            if (outcome === "moving") still.push(deployment);
            else log(`${deployment.release.functionName} ${outcome}${reason}`);
            if (outcome === "returned") failed = true;
        }
        moving = still;
        if (moving.length > 0) await wait();
    }
    return !failed;
}

/** Lambda and CodeDeploy of one region. */
class Stack {
    readonly #lambda: LambdaClient;
    readonly #endpoint: string;
    readonly #signer: SignatureV4;

    constructor(region: string, endpoint: string | undefined) {
        this.#lambda = new LambdaClient({ region, ...(endpoint && { endpoint }) });
        this.#endpoint = endpoint ?? `https://codedeploy.${region}.amazonaws.com`;
        const { credentials, sha256 } = this.#lambda.config;
        this.#signer = new SignatureV4({ service: "codedeploy", region, credentials, sha256 });
    }

    close(): void {
        this.#lambda.destroy();
    }

    async versionOf({ functionName, alias }: Release): Promise<string> {
        const asked = new GetAliasCommand({ FunctionName: functionName, Name: alias });
        const { FunctionVersion } = await this.#lambda.send(asked).catch((error: unknown) => {
            throw new ReleaseError(`${functionName}:${alias} cannot be read: ${messageOf(error)}`, { cause: error });
        });
        if (FunctionVersion === undefined) throw new ReleaseError(`${functionName}:${alias} has no version`);
        return FunctionVersion;
    }

    /** @param ignoreAlarms needs the right codedeploy:UpdateDeploymentGroup besides (CreateDeployment). */
    async start(release: Release, from: string, ignoreAlarms: boolean): Promise<string> {
        const { application, group, functionName, alias, version } = release;
        const Properties = { Name: functionName, Alias: alias, CurrentVersion: from, TargetVersion: version };
        const content = JSON.stringify({
            version: 0,
            Resources: [{ [functionName]: { Type: "AWS::Lambda::Function", Properties } }],
        });
        const answer = await this.#codeDeploy("CreateDeployment", {
            applicationName: application,
            deploymentGroupName: group,
            revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
            ...(ignoreAlarms && { overrideAlarmConfiguration: { enabled: false } }),
        });
        const id = fieldOf(answer, "deploymentId");
        if (typeof id !== "string") throw new ReleaseError("CreateDeployment answered without an id");
        return id;
    }

    /** Sends a deployment back. One that is over by now stays as it is. */
    async stop(deploymentId: string): Promise<void> {
        await this.#codeDeploy("StopDeployment", { deploymentId, autoRollbackEnabled: true }).catch(
            (error: unknown) => {
                if (!/DeploymentAlreadyCompleted/.test(messageOf(error))) throw error;
            },
        );
    }

    async look(deploymentId: string): Promise<{ readonly outcome: Outcome; readonly reason: string }> {
        const answer = await this.#codeDeploy("GetDeployment", { deploymentId });
        const info = fieldOf(answer, "deploymentInfo");
        const why = fieldOf(fieldOf(info, "errorInformation"), "message");
        const reason = typeof why === "string" ? `: ${why}` : "";
        const status = fieldOf(info, "status");
        switch (status) {
            case "Succeeded":
                return { outcome: "arrived", reason };
            case "Failed":
            case "Stopped":
                return { outcome: "returned", reason };
            case "Created":
            case "Queued":
            case "InProgress":
            case "Baking":
            case "Ready":
                return { outcome: "moving", reason };
            default:
                throw new ReleaseError(
                    `${deploymentId} is ${JSON.stringify(status)}, which is no state of a deployment`,
                );
        }
    }

    /** https://docs.aws.amazon.com/codedeploy/latest/APIReference/Welcome.html */
    async #codeDeploy(operation: string, input: object): Promise<unknown> {
        const { protocol, hostname, port } = new URL(this.#endpoint);
        const body = JSON.stringify(input);
        const signed = await this.#signer.sign({
            method: "POST",
            protocol,
            hostname,
            path: "/",
            headers: {
                host: port === "" ? hostname : `${hostname}:${port}`,
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": `CodeDeploy_20141006.${operation}`,
            },
            body,
        });
        for (let attempt = 1; ; attempt += 1) {
            const last = attempt === attempts;
            const answer = await this.#post(signed.headers, body).catch((error: unknown) => {
                if (last) throw new ReleaseError(`CodeDeploy cannot be reached: ${messageOf(error)}`, { cause: error });
                return undefined;
            });
            if (answer?.status === 200) return answer.content;
            const fault = `${fieldOf(answer?.content, "__type")}: ${fieldOf(answer?.content, "message")}`;
            const passes = answer === undefined || answer.status >= 500 || /Throttling/.test(fault);
            if (last || !passes) throw new ReleaseError(`${operation} was refused: ${fault}`);
            await pause(100 * 2 ** attempt);
        }
    }

    async #post(headers: Readonly<Record<string, string>>, body: string) {
        const answer = await fetch(this.#endpoint, {
            method: "POST",
            headers,
            body,
            signal: AbortSignal.timeout(20_000),
        });
        const content: unknown = await answer.json().catch(() => undefined);
        return { status: answer.status, content };
    }
}

/** Failed requests to CodeDeploy in a row that end the command: one lost answer must not. */
const attempts = 5;

const fieldOf = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

if (import.meta.main) {
    await runCommand({
        usage,
        options: { "ignore-alarms": { type: "boolean", default: false } },
        words: 0,
        run: async ({ json, "ignore-alarms": ignoreAlarms }) => {
            const lines: string[] = [];
            const log = (line: string) => (json ? lines.push(line) : console.log(line));
            try {
                const releases = parseReleases(await text(process.stdin));
                const endpoint = process.env["AWS_ENDPOINT_URL"];
                const arrived = await release(releases, { endpoint, log, ignoreAlarms });
                if (json) console.log(JSON.stringify({ arrived, log: lines }));
                return arrived ? exitCodes.good : exitCodes.found;
            } catch (error) {
                throw new UnreachableError(`nothing is known of the release: ${messageOf(error)}`, { cause: error });
            }
        },
    });
}
