import { environment } from "../shared/environment.ts";
import { onMessage } from "../shared/onMessage.ts";

export const env = environment("AUDIT_TABLE", "AUDIT_DAYS", "SUBSCRIBER", "MESSAGES_TABLE");
const keptSeconds = Number(env.AUDIT_DAYS) * 24 * 60 * 60;

/** Every message: keeps a copy to read, in the order in which the messages of a type were published. */
export const handler = onMessage(env, async ({ id, type, correlationId, publishedAt, text }) => ({
    writes: [
        {
            Put: {
                TableName: env.MESSAGES_TABLE,
                Item: {
                    messageType: type,
                    published: `${publishedAt}#${id}`,
                    correlationId,
                    // As text: DynamoDB has no type for some of what JSON can say.
                    message: text,
                    expiresAt: Math.floor(Date.parse(publishedAt) / 1000) + keptSeconds,
                },
            },
        },
    ],
}));
