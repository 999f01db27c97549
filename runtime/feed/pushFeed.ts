import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { batchGet } from "../shared/batchGet.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { JsonObject } from "../shared/json.ts";
import { type Log, log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { eachMessage } from "../shared/messages.ts";
import { business } from "../shared/metrics.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { type Due, dueOf } from "./push/due.ts";
import { accountIn } from "./push/feedApi.ts";
import { hiddenSeconds, pauseOf } from "./push/pause.ts";
import { type PushMessage, PushQueue, pushIn } from "./push/pushQueue.ts";
import { Requests } from "./push/requests.ts";
import { sendSplitting, type Unavailable } from "./push/splitting.ts";
import { wantedOf } from "./push/wanted.ts";
import { DueTimes } from "./stored/dueTimes.ts";
import { products } from "./stored/products.ts";
import { SentProducts, withdrawal } from "./stored/sentProducts.ts";
import { FeedStates } from "./stored/state.ts";
import { TargetSecrets } from "./stored/targetSecrets.ts";
import { feedIn, isPushed, type PushTarget } from "./target.ts";

export const env = environment(
    "FEED",
    "FEED_TABLE",
    "PRODUCTS_TABLE",
    "CHANGES_QUEUE_URL",
    "CHANGES_QUEUE_ARN",
    // Products that an API has refused, each with the reason.
    "REFUSED_QUEUE_URL",
    // The secret of each target by its name, as JSON.
    "FEED_SECRETS",
);
const feed = feedIn(env.FEED);
const targets = feed.targets.filter(isPushed);
const sqs = new SQSClient({});
const queue = new PushQueue(sqs, env.CHANGES_QUEUE_URL);
const states = new FeedStates(dynamo, env.FEED_TABLE);
const sent = new SentProducts(dynamo, env.FEED_TABLE);
const times = new DueTimes(dynamo, env.FEED_TABLE);
const accounts = new TargetSecrets(JSON.parse(env.FEED_SECRETS), accountIn);
const tools = { feed, states, sent, accounts, itemsOf };

/** The target is to be left alone for a while: the message comes again after that. */
class FeedPausedError extends Error {
    override readonly name = "FeedPausedError";
}

/** Milliseconds that a request and what is written after it may take. */
const requestMs = 40_000;

/**
 * Queue of changes: tells an API how the products are now, those that it does not have so already. While it takes nothing,
 * its messages wait, and the failure uses up no receive: what is left goes into a message of its own.
 */
export const handler = eachMessage(push);

async function push(record: SQSRecord, context: Context): Promise<Outcome> {
    let invocation = log.forInvocation(context, { message_id: record.messageId });
    try {
        const message = pushIn(record.body);
        const { target: name, correlationId } = message;
        invocation = invocation.with({ target: name, correlationId });
        const target = targets.find((one) => one.name === name);
        if (target === undefined) return done(invocation, "Products passed over: the stack has no such feed");
        return await tell(target, message, record, context, invocation);
    } catch (error) {
        if (error instanceof FeedPausedError) invocation.info("The feed is paused", { reason: error.message });
        else invocation.error("The products could not be told to the feed", { error });
        throw error;
    }
}

async function tell(
    target: PushTarget,
    message: PushMessage,
    record: SQSRecord,
    context: Context,
    invocation: Log,
): Promise<Outcome> {
    const { pausedUntil = 0, failures = 0, nextRequestAt = 0, lastPushAt } = await states.read(target.name);
    const pauseMs = pausedUntil - Date.now();
    if (pauseMs > 0) {
        await queue.hide(record.receiptHandle, hiddenSeconds(pauseMs));
        throw new FeedPausedError(`for ${pauseMs} ms more`);
    }
    if (message.markedAt !== undefined) {
        await states.reached(target.name, message.markedAt);
        return done(invocation, "The feed was told all that was sent before");
    }
    const due = await dueIn(target, message);
    if (due.length === 0) return done(invocation, "The feed has these products already");
    const requests = new Requests(target, message.correlationId, nextRequestAt, tools);
    const mayGoOn = () => context.getRemainingTimeInMillis() > requestMs;
    const { doubtedAt = Number.POSITIVE_INFINITY } = message;
    const isTheirs = lastPushAt !== undefined && Date.parse(lastPushAt) > doubtedAt;
    const { taken, refused, left } = await sendSplitting(due, {
        send: (some) => requests.send(some),
        mayGoOn,
        taken: (some) => keep(target, some),
        fault: async (reason) => (isTheirs ? "theirs" : await requests.fault(due, reason)),
    });
    for (const { due: one, reason } of refused) await putAside(target, one, reason, invocation);
    if (left !== undefined) {
        const { because } = left;
        if (because !== undefined) await pause(target, failures, because, invocation);
        await states.left(target.name, message.changedAt, Date.now());
        const productIds = left.due.map(({ productId }) => productId);
        const doubt = because?.isDoubted && { doubtedAt: Date.now() };
        await queue.send({ ...message, productIds, ...doubt }, record.messageId, "left");
    }
    const counts = { taken, refused: refused.length, left: left?.due.length ?? 0 };
    return done(invocation, "Products told to the feed", { ...counts, ...business({ FeedProductsPushed: taken }) });
}

/** What the API does not have as the products are now, whatever they were when the message was sent. */
async function dueIn(target: PushTarget, { productIds, isAnew = false }: PushMessage): Promise<Due[]> {
    const [items, known] = await Promise.all([itemsOf(productIds), sent.read(target.name, productIds, true)]);
    const now = Date.now();
    return productIds.flatMap(
        (id) => dueOf(id, wantedOf(items.get(id), target, feed, now), known.get(id), isAnew) ?? [],
    );
}

async function itemsOf(productIds: readonly string[]): Promise<ReadonlyMap<unknown, JsonObject>> {
    const keys = productIds.map((productId) => ({ productId }));
    const read = await batchGet(products, { [env.PRODUCTS_TABLE]: keys }, { consistent: true });
    return new Map((read.get(env.PRODUCTS_TABLE) ?? []).map((item) => [item["productId"], item]));
}

async function keep(target: PushTarget, due: readonly Due[]): Promise<void> {
    await Promise.all(
        due.map(async ({ productId, product, digest, changesAt: at }) => {
            // First: the note says that there is nothing to be done.
            if (at !== undefined) await times.write(target.name, { productId, at });
            if (digest === undefined) await sent.forget(target.name, productId);
            else await sent.write(target.name, { productId, title: product.title, digest });
        }),
    );
    await states.pushed(target.name, Date.now());
}

/** A dead letter with the reason, which goes back to the queue when it is redriven. */
async function putAside(target: PushTarget, due: Due, reason: string, invocation: Log): Promise<void> {
    const { productId, product, digest } = due;
    const again: PushMessage = {
        target: target.name,
        productIds: [productId],
        correlationId: "redriven",
        changedAt: Date.now(),
        isAnew: true,
    };
    await sqs.send(
        new SendMessageCommand({
            QueueUrl: env.REFUSED_QUEUE_URL,
            MessageBody: messageBody(again),
            MessageGroupId: target.name,
            MessageAttributes: textAttributes({ reason, returnTo: env.CHANGES_QUEUE_ARN }),
        }),
    );
    const { refused: _, reason: __, ...before } = due.sent ?? {};
    await sent.write(target.name, {
        ...before,
        productId,
        title: product.title,
        refused: digest ?? withdrawal,
        reason,
    });
    notDone(invocation, "FeedProductRefused", { productId, reason });
}

async function pause(
    { name }: PushTarget,
    failures: number,
    { reason, retryAfterMs }: Unavailable,
    invocation: Log,
): Promise<void> {
    const pauseMs = pauseOf(failures, retryAfterMs, Math.random());
    await states.paused(name, Date.now() + pauseMs, failures + 1, reason);
    invocation.warn("The feed takes nothing for the time being", {
        reason,
        pauseMs,
        failures: failures + 1,
        ...business({ FeedPushFailures: 1 }),
    });
}
