import type { Graph } from "../graph/graph.ts";
import type { KeyDefinition } from "../keys/kms.ts";
import type { SecretDefinition } from "../secrets/secretsManager.ts";
import { ofType, Properties } from "./properties.ts";

/**
 * Every secret of the program with its value: the program's own, or the one that this machine has for it.
 * @param values by the secrets' logical names.
 */
export function secretsOf(graph: Graph, values: Readonly<Record<string, string>>): SecretDefinition[] {
    const versions = new Map(
        ofType(graph, "aws:secretsmanager/secretVersion:SecretVersion").map((version) => [
            version.text("secretId"),
            version.optionalText("secretString"),
        ]),
    );
    return graph.resources
        .filter(({ type }) => type === "aws:secretsmanager/secret:Secret")
        .map((resource) => {
            const secret = Properties.of(resource);
            const secretString = versions.get(resource.id) ?? values[resource.name];
            return {
                arn: secret.text("arn"),
                name: secret.text("name"),
                ...(secretString !== undefined && { secretString }),
            };
        });
}

/** Every key of the program. */
export const keysOf = (graph: Graph): KeyDefinition[] =>
    graph.resources
        .filter(({ type }) => type === "aws:kms/key:Key")
        .map((resource) => {
            const key = Properties.of(resource);
            return {
                arn: key.text("arn"),
                id: key.text("keyId"),
                spec: key.text("customerMasterKeySpec"),
                usage: key.text("keyUsage"),
            };
        });

/** Addresses and domains that the program verifies for sending e-mail. */
export const mailIdentitiesOf = (graph: Graph): string[] =>
    ofType(graph, "aws:sesv2/emailIdentity:EmailIdentity").map((identity) => identity.text("emailIdentity"));
