import { SQSClient } from "@aws-sdk/client-sqs";
import { environment } from "../shared/environment.ts";
import { outbox } from "../shared/outbox.ts";
import { type ProductChange, productChange } from "./push/productChange.ts";
import { mostProducts, PushQueue } from "./push/pushQueue.ts";
import { feedIn, isPushed } from "./target.ts";

export const env = environment("FEED", "CHANGES_QUEUE_URL", "UNREAD_QUEUE_URL");
const feed = feedIn(env.FEED);
const targets = feed.targets.filter(isPushed);
const queue = new PushQueue(new SQSClient({}), env.CHANGES_QUEUE_URL);

/** Stream of the products table: sends on which products APIs are to be told of. */
export const handler = outbox<ProductChange>({
    asideQueueUrl: env.UNREAD_QUEUE_URL,
    isOfChanges: true,
    isOfRemovals: true,
    isRough: true,
    most: mostProducts,
    messageOf: (item, change) => productChange(item, change, { ...feed, targets }),
    bytesOf: () => 0,
    publish: async (group) => {
        for (const { name: target } of targets) {
            const changes = group.filter((change) => change.targets.includes(target));
            const [first] = changes;
            if (first === undefined) continue;
            const productIds = [...new Set(changes.map(({ productId }) => productId))];
            const ids = changes.map(({ id }) => id);
            const changedAt = Math.min(...changes.map(({ at }) => at));
            await queue.send({ target, productIds, correlationId: first.correlationId, changedAt }, ...ids);
        }
        return [];
    },
    fieldsOf: ({ productId, targets: told, correlationId }) => ({ productId, targets: told, correlationId }),
    lines: { published: "Change sent to feeds", refused: "The change could not be sent to feeds" },
    putAside: "FeedChangeUnread",
    idsOf: ({ productId, requestId }) => ({ productId: String(productId), correlationId: String(requestId) }),
});
