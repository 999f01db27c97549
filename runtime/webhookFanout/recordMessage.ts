import { environment } from "../shared/environment.ts";
import { onMessage } from "../shared/onMessage.ts";

export const env = environment("AUDIT_TABLE", "AUDIT_DAYS", "SUBSCRIBER", "MESSAGES_TABLE");
const keptSeconds = Number(env.AUDIT_DAYS) * 24 * 60 * 60;

/** Stores a copy of every message, sorted by publication within its type. The audit row tells where, and for how long. */
export const handler = onMessage(env, async ({ id, type, correlationId, publishedAt, text }) => {
    const published = `${publishedAt}#${id}`;
    const expiresAt = Math.floor(Date.parse(publishedAt) / 1000) + keptSeconds;
    // As text: DynamoDB has no types for some JSON values.
    const copy = { messageType: type, published, correlationId, message: text, expiresAt };
    return {
        result: { published, copyExpiresAt: expiresAt },
        writes: [{ Put: { TableName: env.MESSAGES_TABLE, Item: copy } }],
    };
});
