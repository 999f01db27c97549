import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { environment } from "../shared/environment.ts";
import { bytesOf, publishAll } from "../shared/events.ts";
import { outbox } from "../shared/outbox.ts";
import { type ProductEvent, productUpdated } from "./productEvent.ts";

export const env = environment("EVENT_BUS_NAME", "UNPUBLISHED_QUEUE_URL");
const events = new EventBridgeClient({});

/** Stream of the products table: publishes `product.updated.v1` for each change of a product. */
export const handler = outbox<ProductEvent>({
    asideQueueUrl: env.UNPUBLISHED_QUEUE_URL,
    isOfChanges: true,
    messageOf: productUpdated,
    bytesOf,
    publish: (group) => publishAll(events, env.EVENT_BUS_NAME, group),
    fieldsOf: ({ detail: { productId, change, meta } }) => ({ productId, change, correlationId: meta.correlationId }),
    lines: { published: "Product published", refused: "The product could not be published" },
    putAside: "ProductUnpublished",
    idsOf: ({ productId, requestId }) => ({ productId: String(productId), correlationId: String(requestId) }),
});
