import { setTimeout } from "node:timers/promises";
import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    type GetSecretValueCommandInput,
    PutSecretValueCommand,
    ResourceNotFoundException,
    SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretsManagerRotationEvent } from "aws-lambda";

/** The value that is to become a secret's is not fit to. */
export class InvalidSecretValueError extends Error {
    override readonly name = "InvalidSecretValueError";
}

/** The copy of a secret in another region does not have the version that is current here. */
class ReplicaBehindError extends Error {
    override readonly name = "ReplicaBehindError";
}

/** The copy of a secret in another region. */
interface SecretReplica {
    readonly secretId: string;
    readonly secrets: SecretsManagerClient;
}

/** @param arn ARN of the copy, which names its region. */
export const replicaOf = (arn: string): SecretReplica => {
    const [, , , region = ""] = arn.split(":");
    return { secretId: arn, secrets: new SecretsManagerClient({ region }) };
};

/** How the value of a secret is changed. */
export interface SecretRotation {
    /** The next value. @param current absent: the secret has none yet. @param id new for each rotation. */
    readonly next: (current: string | undefined, id: string) => string;
    /** Throws InvalidSecretValueError when who relies on the current value cannot go on with the next. */
    readonly check: (next: string, current: string | undefined) => void;
}

/**
 * One of the four steps that Secrets Manager takes to rotate a secret, each of which may come more than once. The last one
 * ends when the copy in the other region, if there is one, has the new version as well: Secrets Manager puts it there, and
 * tells nobody when it cannot. Throws InvalidSecretValueError, ReplicaBehindError.
 * @param patienceMs how long the copy may take.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-lambda-function-overview.html
 */
export async function rotate(
    { Step, SecretId, ClientRequestToken: id }: SecretsManagerRotationEvent,
    { next, check }: SecretRotation,
    secrets: SecretsManagerClient,
    replica?: SecretReplica,
    patienceMs = 10_000,
): Promise<void> {
    const versions = await versionsOf(secrets, SecretId);
    if (currentIn(versions) === id) {
        if (Step === "finishSecret" && replica) await reach(replica, id, patienceMs);
        return;
    }
    const pending = () => read(secrets, { SecretId, VersionStage: "AWSPENDING", VersionId: id });
    const current = () => read(secrets, { SecretId, VersionStage: "AWSCURRENT" });
    const test = async () => {
        const value = await pending();
        if (value === undefined) throw new InvalidSecretValueError(`there is no value ${id} to test`);
        check(value, await current());
    };
    switch (Step) {
        case "createSecret":
            if ((await pending()) !== undefined) return;
            await secrets.send(
                new PutSecretValueCommand({
                    SecretId,
                    ClientRequestToken: id,
                    SecretString: next(await current(), id),
                    VersionStages: ["AWSPENDING"],
                }),
            );
            return;
        case "setSecret":
            // Nobody but the readers of the secret has to learn of the value.
            return;
        case "testSecret":
            await test();
            return;
        case "finishSecret": {
            // Once more: somebody may have changed the current value since.
            await test();
            const before = currentIn(versions);
            await secrets.send(
                new UpdateSecretVersionStageCommand({
                    SecretId,
                    VersionStage: "AWSCURRENT",
                    MoveToVersionId: id,
                    ...(before !== undefined && { RemoveFromVersionId: before }),
                }),
            );
            if (replica) await reach(replica, id, patienceMs);
        }
    }
}

type Versions = Readonly<Record<string, readonly string[]>>;

async function versionsOf(secrets: SecretsManagerClient, SecretId: string | undefined): Promise<Versions> {
    const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
    return VersionIdsToStages;
}

const currentIn = (versions: Versions): string | undefined =>
    Object.entries(versions).find(([, stages]) => stages.includes("AWSCURRENT"))?.[0];

/** Waits until the copy has this version as its current one. Throws ReplicaBehindError. */
async function reach({ secrets, secretId }: SecretReplica, id: string, patienceMs: number): Promise<void> {
    for (const until = Date.now() + patienceMs; ; ) {
        const there = currentIn(await versionsOf(secrets, secretId));
        if (there === id) return;
        if (Date.now() >= until) {
            throw new ReplicaBehindError(`${secretId} has the version ${there ?? "of nothing"}, not ${id}`);
        }
        await setTimeout(500);
    }
}

async function read(secrets: SecretsManagerClient, version: GetSecretValueCommandInput): Promise<string | undefined> {
    try {
        return (await secrets.send(new GetSecretValueCommand(version))).SecretString;
    } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
    }
}
