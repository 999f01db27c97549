import { environment } from "../shared/environment.ts";
import { onMessage } from "../shared/onMessage.ts";

export const env = environment("AUDIT_TABLE", "AUDIT_DAYS", "SUBSCRIBER", "MESSAGES_TABLE");
const keptSeconds = Number(env.AUDIT_DAYS) * 24 * 60 * 60;

/** Stores a copy of every message, sorted by publication within its type. */
export const handler = onMessage(env, async ({ id, type, correlationId, publishedAt, text }) => ({
    writes: [
        {
            Put: {
                TableName: env.MESSAGES_TABLE,
                Item: {
                    messageType: type,
                    published: `${publishedAt}#${id}`,
                    correlationId,
                    // As text: DynamoDB has no types for some JSON values.
                    message: text,
                    expiresAt: Math.floor(Date.parse(publishedAt) / 1000) + keptSeconds,
                },
            },
        },
    ],
}));
