import { GetSecretValueCommand, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { signatureOf, signingKeyIn } from "../../runtime/feed/signature.ts";
import { FeedSecretError } from "../../runtime/feed/stored/targetSecrets.ts";
import type { FeedTarget } from "../../runtime/feed/target.ts";
import { filesOf } from "../../spec/feedFiles.ts";
import type { Stack } from "./stack.ts";

/** The paths of a hosted feed, below the API's address; or why they cannot be told. */
export async function pathsOf(stack: Stack, target: FeedTarget): Promise<string[]> {
    const files = filesOf(target);
    switch (target.hosted) {
        case "none":
            return [];
        case "public":
            return files.map((file) => `/feeds/${file}`);
        case "signed":
            try {
                const SecretId = stack.named(`commerce-feed-${target.name}`);
                const { SecretString = "" } = await stack.secrets.send(new GetSecretValueCommand({ SecretId }));
                const key = signingKeyIn(SecretString);
                return files.map((file) => `/feeds/${file}?signature=${signatureOf(key, file)}`);
            } catch (error) {
                if (error instanceof FeedSecretError) return [`(${error.message})`];
                if (error instanceof ResourceNotFoundException) return ["(the feed's secret has no value)"];
                throw error;
            }
    }
}
