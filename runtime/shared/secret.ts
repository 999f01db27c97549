import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Reads a secret of Secrets Manager, uncached; empty if it has no text. */
export function secretReader(SecretId: string): () => Promise<string> {
    const secrets = new SecretsManagerClient({});
    return async () => {
        const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
        return SecretString;
    };
}
