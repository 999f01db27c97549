import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import { seenIn } from "../../runtime/checkoutSessions/ucp/profileStore.ts";
import type { Stack } from "./stack.ts";

interface KnownProfile {
    readonly url: string;
    /** ISO 8601; absent for one that the settings have. */
    readonly freshUntil?: string;
    readonly keys: readonly string[];
    /** Why it could not be had last. */
    readonly failure?: string;
}

const table = (stack: Stack) => stack.named("ucp-profiles");

/** Profiles of platforms, as the stack has read them. */
export async function profilesOf(stack: Stack): Promise<KnownProfile[]> {
    const found: KnownProfile[] = [];
    for await (const { Items = [] } of paginateScan({ client: stack.dynamo }, { TableName: table(stack) })) {
        for (const item of Items) {
            const url = String(item["url"]);
            // A count of new platforms.
            if (url.startsWith("#")) continue;
            const seen = seenIn(item);
            const isPinned = seen.freshUntil === Number.POSITIVE_INFINITY;
            found.push({
                url,
                ...(!isPinned && { freshUntil: new Date(seen.freshUntil).toISOString() }),
                keys: "profile" in seen ? seen.profile.keys.map(({ kid }) => kid) : [],
                ...("failure" in seen && { failure: seen.failure.reason }),
            });
        }
    }
    return found.sort((one, other) => (one.url < other.url ? -1 : 1));
}

/** @returns whether there was one; those that the settings have stay */
export async function forgetProfile(stack: Stack, url: string): Promise<boolean> {
    try {
        const ConditionExpression = "attribute_exists(#url) AND attribute_not_exists(document)";
        const ExpressionAttributeNames = { "#url": "url" };
        await stack.dynamo.send(
            new DeleteCommand({ TableName: table(stack), Key: { url }, ConditionExpression, ExpressionAttributeNames }),
        );
        return true;
    } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
    }
}
