import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    type GetSecretValueCommandInput,
    PutSecretValueCommand,
    ResourceNotFoundException,
    type SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretsManagerRotationEvent } from "aws-lambda";

/** The value that is to become a secret's is not fit to. */
export class UnfitValue extends Error {
    override readonly name = "UnfitValue";
}

/** How the value of a secret is changed. */
export interface Rotation {
    /** The next value. @param current absent: the secret has none yet. @param id new for each rotation. */
    readonly next: (current: string | undefined, id: string) => string;
    /** Throws UnfitValue when who relies on the current value cannot go on with the next. */
    readonly check: (next: string, current: string | undefined) => void;
}

/**
 * One of the four steps that Secrets Manager takes to rotate a secret, each of which may come more than once.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-lambda-function-overview.html
 */
export async function rotate(
    { Step, SecretId, ClientRequestToken: id }: SecretsManagerRotationEvent,
    { next, check }: Rotation,
    secrets: SecretsManagerClient,
): Promise<void> {
    const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
    if (VersionIdsToStages[id]?.includes("AWSCURRENT")) return;
    const pending = () => read(secrets, { SecretId, VersionStage: "AWSPENDING", VersionId: id });
    const current = () => read(secrets, { SecretId, VersionStage: "AWSCURRENT" });
    const test = async () => {
        const value = await pending();
        if (value === undefined) throw new UnfitValue(`there is no value ${id} to test`);
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
            const [before] =
                Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes("AWSCURRENT")) ?? [];
            await secrets.send(
                new UpdateSecretVersionStageCommand({
                    SecretId,
                    VersionStage: "AWSCURRENT",
                    MoveToVersionId: id,
                    ...(before !== undefined && { RemoveFromVersionId: before }),
                }),
            );
        }
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
