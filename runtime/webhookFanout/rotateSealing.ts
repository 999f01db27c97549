import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context, SecretsManagerRotationEvent } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { replicaOf, rotate } from "../shared/secretRotation.ts";
import { sealingRotation } from "./endpoints/sealing.ts";

export const env = environment("REPLICA_SECRET");
const secrets = new SecretsManagerClient({});
const replica = env.REPLICA_SECRET === "" ? undefined : replicaOf(env.REPLICA_SECRET);

/** Rotation function of Secrets Manager for the master key that seals the secrets of endpoints. */
export async function handler(event: SecretsManagerRotationEvent, context: Context): Promise<void> {
    const invocation = log.forInvocation(context, { step: event.Step, version: event.ClientRequestToken });
    try {
        await rotate(event, sealingRotation, secrets, replica, context.getRemainingTimeInMillis() / 2);
        invocation.info("Step of the rotation done");
    } catch (error) {
        invocation.error("The sealing key could not be rotated", { error });
        throw error;
    }
}
