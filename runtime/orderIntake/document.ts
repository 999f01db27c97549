import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { publish } from "../shared/events.ts";
import { Idempotency } from "../shared/idempotency.ts";
import { done } from "../shared/outcome.ts";
import { confirmation, type Seller } from "./confirmation.ts";
import { onOrderReceived } from "./consumer.ts";
import { documentGenerated } from "./events.ts";

export const env = environment(
    "DOCUMENTS_BUCKET",
    "EFFECTS_TABLE",
    "HISTORY_DAYS",
    "EVENT_BUS_NAME",
    "SELLER",
    "LOCALE",
);
const s3 = new S3Client({});
const events = new EventBridgeClient({});
// Of the stack's settings.
const seller: Seller | "" = JSON.parse(env.SELLER);
const options = { seller: seller || undefined, locale: env.LOCALE, fonts: import.meta.dirname };
const idempotency = new Idempotency(dynamo, env.EFFECTS_TABLE, Number(env.HISTORY_DAYS));

/** order.received.v1: writes one confirmation for each order to the bucket. */
export const handler = onOrderReceived(async ({ order, meta, lease, log }) => {
    const { orderId } = order;
    const { repeated, outcome } = await idempotency.runOnce({ orderId, step: "document" }, lease, async () => {
        const document = { bucket: env.DOCUMENTS_BUCKET, key: `orders/${orderId}.pdf` };
        await s3
            .send(
                new PutObjectCommand({
                    Bucket: document.bucket,
                    Key: document.key,
                    Body: await confirmation(order, meta, options),
                    ContentType: "application/pdf",
                    IfNoneMatch: "*",
                }),
            )
            .catch(ignoreIfExists);
        await publish(events, env.EVENT_BUS_NAME, documentGenerated({ orderId, ...document, meta }));
        return document;
    });
    return done(log, repeated ? "Document generated before" : "Document generated", { ...outcome });
});

/** An earlier try wrote the same document and ended before it recorded the step. */
function ignoreIfExists(error: unknown): void {
    if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412)) throw error;
}
