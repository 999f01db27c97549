import { createHash, randomUUID } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import { type Input, textOf, textsOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import type { AwsService } from "../aws/service.ts";
import type { TaskQueue } from "../taskQueue.ts";

export interface SecretDefinition {
    /** Ends with six characters that AWS adds to the name. */
    readonly arn: string;
    readonly name: string;
    readonly description?: string;
    /** Absent: the secret exists, without a value. */
    readonly secretString?: string;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const largestValue = 65_536;
const stageLimit = 20;

interface Version {
    readonly id: string;
    readonly stages: readonly string[];
    readonly secretString?: string;
    /** Base64 */
    readonly secretBinary?: string;
    /** Seconds since the epoch. */
    readonly created: number;
}

interface Secret {
    readonly definition: SecretDefinition;
    readonly versions: readonly Version[];
}

/** What is remembered of a secret: its versions, and the definition's value that they took up. */
interface Memory {
    readonly versions: readonly Version[];
    readonly defined: string | undefined;
}

/**
 * Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/apireference/
 * The first value comes from the definition. What is put later survives restarts, until the definition itself changes.
 */
export class Secrets implements AwsService {
    readonly #taskQueue: TaskQueue;
    readonly #secrets: Map<string, Secret>;

    constructor(taskQueue: TaskQueue, definitions: readonly SecretDefinition[]) {
        this.#taskQueue = taskQueue;
        this.#secrets = new Map(definitions.map((definition) => [definition.arn, this.#load(definition)]));
    }

    /** ARN of the secret with this name, ARN, or ARN without its last six characters. */
    arnOf(id: string): string | undefined {
        for (const { definition } of this.#secrets.values()) {
            if ([definition.arn, definition.arn.replace(/-[^-]{6}$/, ""), definition.name].includes(id))
                return definition.arn;
        }
        return undefined;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "GetSecretValue":
                return this.#get(input);
            case "PutSecretValue":
                return this.#put(input);
            case "UpdateSecretVersionStage":
                return this.#move(input);
            case "DescribeSecret":
                return describe(this.#find(input));
            case "ListSecrets":
                return { SecretList: [...this.#secrets.values()].map(describe) };
            default:
                throw noOperation("secretsmanager", action);
        }
    }

    #load(definition: SecretDefinition): Secret {
        const known = this.#recall(definition.arn);
        const { secretString } = definition;
        if (known !== undefined && known.defined === fingerprint(secretString))
            return { definition, versions: known.versions };
        if (secretString === undefined) return { definition, versions: known?.versions ?? [] };
        const version = { id: stableId(definition.arn, secretString), secretString, stages: [], created: now() };
        return this.#keep({ definition, versions: withCurrent(known?.versions ?? [], version) });
    }

    #recall(arn: string): Memory | undefined {
        // Only #keep writes it.
        return this.#taskQueue.recall(`secret ${arn}`) as Memory | undefined;
    }

    #keep(secret: Secret): Secret {
        const memory: Memory = { versions: secret.versions, defined: fingerprint(secret.definition.secretString) };
        this.#taskQueue.remember(`secret ${secret.definition.arn}`, memory);
        return secret;
    }

    #find(input: Input): Secret {
        const secret = this.#secrets.get(this.arnOf(textOf(input, "SecretId") ?? "") ?? "");
        if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
        return secret;
    }

    #get(input: Input): Record<string, unknown> {
        const { definition, versions } = this.#find(input);
        const id = textOf(input, "VersionId");
        const stage = textOf(input, "VersionStage") ?? (id === undefined ? "AWSCURRENT" : undefined);
        const version = versions.find(
            (one) => (id === undefined || one.id === id) && (stage === undefined || one.stages.includes(stage)),
        );
        if (version === undefined) {
            const label = stage === undefined ? `version: ${id}` : `staging label: ${stage}`;
            throw notFound(`Secrets Manager can't find the specified secret value for ${label}`);
        }
        return {
            ARN: definition.arn,
            Name: definition.name,
            VersionId: version.id,
            VersionStages: version.stages,
            CreatedDate: version.created,
            ...(version.secretString === undefined ? {} : { SecretString: version.secretString }),
            ...(version.secretBinary === undefined ? {} : { SecretBinary: version.secretBinary }),
        };
    }

    #put(input: Input): Record<string, unknown> {
        const { definition, versions } = this.#find(input);
        const secretString = textOf(input, "SecretString");
        const secretBinary = textOf(input, "SecretBinary");
        if ((secretString === undefined) === (secretBinary === undefined)) {
            throw new AwsError("InvalidParameterException", "You must provide either SecretString or SecretBinary.");
        }
        const id = textOf(input, "ClientRequestToken") ?? randomUUID();
        const bytes =
            secretString === undefined ? Buffer.from(secretBinary ?? "", "base64") : Buffer.from(secretString);
        if (bytes.byteLength < 1 || bytes.byteLength > largestValue) {
            throw invalid(`A secret's value has 1 to ${largestValue} bytes, not ${bytes.byteLength}.`);
        }
        if (id.length < 32 || id.length > 64) {
            throw invalid("ClientRequestToken must be 32-64 characters long.");
        }
        const value = { ...(secretString === undefined ? { secretBinary: secretBinary ?? "" } : { secretString }) };
        const same = versions.find((version) => version.id === id);
        if (same !== undefined && (same.secretString !== secretString || same.secretBinary !== secretBinary)) {
            throw new AwsError("ResourceExistsException", `The version ${id} already exists with another value.`);
        }
        const stages = textsOf(input, "VersionStages");
        if (stages.length > stageLimit || stages.some((stage) => stage === "" || stage.length > 256)) {
            throw invalid(`A version has at most ${stageLimit} staging labels of 1 to 256 characters.`);
        }
        const created = { id, ...value, stages: [], created: now() };
        const next =
            same !== undefined
                ? versions
                : stages.length === 0 || stages.includes("AWSCURRENT")
                  ? withCurrent(versions, created)
                  : [...versions.map((version) => without(version, stages)), { ...created, stages }];
        this.#secrets.set(definition.arn, this.#keep({ definition, versions: next }));
        const version = next.find((one) => one.id === id);
        return { ARN: definition.arn, Name: definition.name, VersionId: id, VersionStages: version?.stages ?? [] };
    }

    /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
    #move(input: Input): Record<string, unknown> {
        const { definition, versions } = this.#find(input);
        const stage = textOf(input, "VersionStage") ?? "";
        const [from, to] = [textOf(input, "RemoveFromVersionId"), textOf(input, "MoveToVersionId")];
        const holder = versions.find(({ stages }) => stages.includes(stage));
        if (holder?.id !== from) {
            throw new AwsError(
                "InvalidParameterException",
                `RemoveFromVersionId must name the version that has ${stage} now.`,
            );
        }
        const target = versions.find(({ id }) => id === to);
        if (to !== undefined && target === undefined) throw notFound(`There is no version ${to}.`);
        const others = versions.filter(({ id }) => id !== to);
        const next =
            target === undefined
                ? versions.map((version) => without(version, [stage]))
                : stage === "AWSCURRENT"
                  ? withCurrent(others, target)
                  : [
                        ...others.map((version) => without(version, [stage])),
                        { ...target, stages: [...target.stages, stage] },
                    ];
        this.#secrets.set(definition.arn, this.#keep({ definition, versions: next }));
        return { ARN: definition.arn, Name: definition.name };
    }
}

/** Makes a version the current one and the current one the previous; versions without a stage are gone. */
function withCurrent(versions: readonly Version[], version: Version): Version[] {
    const aged = versions.map((one) =>
        one.stages.includes("AWSCURRENT")
            ? { ...one, stages: [...one.stages.filter((stage) => stage !== "AWSCURRENT"), "AWSPREVIOUS"] }
            : without(one, ["AWSPREVIOUS"]),
    );
    const { stages } = without(version, ["AWSPREVIOUS"]);
    return [...aged.filter(({ stages }) => stages.length > 0), { ...version, stages: [...stages, "AWSCURRENT"] }];
}

function without(version: Version, stages: readonly string[]): Version {
    return { ...version, stages: version.stages.filter((stage) => !stages.includes(stage)) };
}

function describe({ definition, versions }: Secret): Record<string, unknown> {
    return {
        ARN: definition.arn,
        Name: definition.name,
        ...(definition.description === undefined ? {} : { Description: definition.description }),
        VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
    };
}

function fingerprint(value: string | undefined): string | undefined {
    return value === undefined ? undefined : createHash("sha256").update(value).digest("hex");
}

/** A UUID that is the same in every run. */
function stableId(arn: string, value: string): string {
    const hex = createHash("sha256").update(`${arn}\n${value}`).digest("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

function now(): number {
    return Math.floor(Date.now() / 1000);
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidParameterException", message);
}

function notFound(message: string): AwsError {
    return new AwsError("ResourceNotFoundException", message);
}
