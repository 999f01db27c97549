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

/** The pending value of a secret is invalid. */
export class InvalidSecretValueError extends Error {
    override readonly name = "InvalidSecretValueError";
}

/** The replica of a secret does not have the current version. */
class ReplicaBehindError extends Error {
    override readonly name = "ReplicaBehindError";
}

/** The replica of a secret in another region. */
interface SecretReplica {
    readonly secretId: string;
    readonly secrets: SecretsManagerClient;
}

export const replicaOf = (arn: string): SecretReplica => {
    const [, , , region = ""] = arn.split(":");
    return { secretId: arn, secrets: new SecretsManagerClient({ region }) };
};

export interface SecretRotation {
    /** @param current absent if the secret has no value yet. @param id unique for each rotation. */
    readonly next: (current: string | undefined, id: string) => string;
    /** Throws InvalidSecretValueError if the next value cannot replace the current one. */
    readonly check: (next: string, current: string | undefined) => void;
}

/**
 * One of the four steps of a rotation by Secrets Manager, which may repeat each. The last step also waits until the
 * replica has the new version: Secrets Manager replicates it, and reports no failure of that.
 * Throws InvalidSecretValueError, ReplicaBehindError.
 * @param patienceMs time limit for the replica.
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
        if (value === undefined) throw new InvalidSecretValueError(`there is no pending value ${id}`);
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
            // No other system stores the value.
            return;
        case "testSecret":
            await test();
            return;
        case "finishSecret": {
            // Again, because the current value may have changed since.
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

/** Waits until this version is current in the replica. Throws ReplicaBehindError. */
async function reach({ secrets, secretId }: SecretReplica, id: string, patienceMs: number): Promise<void> {
    for (const until = Date.now() + patienceMs; ; ) {
        const there = currentIn(await versionsOf(secrets, secretId));
        if (there === id) return;
        if (Date.now() >= until) {
            throw new ReplicaBehindError(`${secretId} has the version ${there ?? "none"}, not ${id}`);
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
