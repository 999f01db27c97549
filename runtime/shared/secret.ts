import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Reads a secret of Secrets Manager as it is now; empty when it has no text. Throws what Secrets Manager throws. */
export function secretReader(SecretId: string): () => Promise<string> {
    const secrets = new SecretsManagerClient({});
    return async () => {
        const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
        return SecretString;
    };
}
