import { setTimeout as wait } from "node:timers/promises";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { batchGet } from "../shared/batchGet.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { type Log, log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { eachMessage } from "../shared/messages.ts";
import { business } from "../shared/metrics.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { type Due, dueOf } from "./push/due.ts";
import { accountIn, upsert } from "./push/feedApi.ts";
import { hiddenSeconds, pauseOf } from "./push/pause.ts";
import { type PushMessage, PushQueue, pushIn } from "./push/pushQueue.ts";
import { sendSplitting, type Verdict } from "./push/splitting.ts";
import { wantedOf } from "./push/wanted.ts";
import type { AcpProduct } from "./rows/acpProduct.ts";
import { SentProducts, withdrawal } from "./stored/sentProducts.ts";
import { FeedStates } from "./stored/state.ts";
import { FeedSecretError, TargetSecrets } from "./stored/targetSecrets.ts";
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
const accounts = new TargetSecrets(JSON.parse(env.FEED_SECRETS), accountIn);

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
    const due = await dueIn(target, message);
    if (due.length === 0) return done(invocation, "The feed has these products already");
    const send = requests(target, message.correlationId, nextRequestAt);
    const mayGoOn = () => context.getRemainingTimeInMillis() > requestMs;
    const { doubtedAt = Number.POSITIVE_INFINITY } = message;
    const isTheirs = lastPushAt !== undefined && Date.parse(lastPushAt) > doubtedAt;
    const ways = { send, mayGoOn, taken: (all: readonly Due[]) => keep(target, all) };
    const { taken, refused, left } = await sendSplitting(due, isTheirs, ways);
    for (const { due: one, reason } of refused) await putAside(target, one, reason, invocation);
    if (left !== undefined) {
        const { because } = left;
        if (because !== undefined) await pause(target, failures, because, invocation);
        const productIds = left.due.map(({ productId }) => productId);
        const doubt = because?.isDoubted && { doubtedAt: Date.now() };
        await queue.send({ ...message, productIds, ...doubt }, record.messageId, "left");
    }
    const counts = { taken, refused: refused.length, left: left?.due.length ?? 0 };
    return done(invocation, "Products told to the feed", { ...counts, ...business({ FeedProductsPushed: taken }) });
}

/** What the API does not have as the products are now, whatever they were when the message was sent. */
async function dueIn(target: PushTarget, { productIds, isAnew = false }: PushMessage): Promise<Due[]> {
    const keys = productIds.map((productId) => ({ productId }));
    const [read, known] = await Promise.all([
        batchGet(dynamo, { [env.PRODUCTS_TABLE]: keys }, { consistent: true }),
        sent.read(target.name, productIds),
    ]);
    const items = new Map((read.get(env.PRODUCTS_TABLE) ?? []).map((item) => [item["productId"], item]));
    const now = Date.now();
    return productIds.flatMap(
        (id) => dueOf(id, wantedOf(items.get(id), target, feed, now), known.get(id), isAnew) ?? [],
    );
}

/** Requests, one after the other and no more of them than the rate allows. */
function requests(target: PushTarget, correlationId: string, from: number) {
    let next = from;
    const noted = new Set<string>();
    return async (due: readonly Due[]): Promise<Verdict> => {
        await wait(Math.max(0, next - Date.now()));
        next = Date.now() + Math.ceil(60_000 / target.rate);
        await states.requested(target.name, next);
        await noteUnsure(
            target,
            due.filter(({ productId }) => !noted.has(productId)),
        );
        for (const { productId } of due) noted.add(productId);
        const verdict = await upsertWithKey(
            target,
            due.map(({ product }) => product),
            correlationId,
        );
        // The key may have been changed meanwhile.
        if (verdict.kind === "unavailable") accounts.forget(target.name);
        return verdict;
    };
}

async function upsertWithKey(
    target: PushTarget,
    products: readonly AcpProduct[],
    correlationId: string,
): Promise<Verdict> {
    try {
        return await upsert(target, await accounts.of(target.name), products, correlationId);
    } catch (error) {
        if (!(error instanceof FeedSecretError)) throw error;
        return { kind: "unavailable", reason: error.message };
    }
}

/** Before a request: if its answer never comes, what the API has is told again, whatever the product is by then. */
async function noteUnsure({ name }: PushTarget, due: readonly Due[]): Promise<void> {
    await Promise.all(
        due.map(({ productId, product: { title } }) => sent.write(name, { productId, title, isUnsure: true })),
    );
}

async function keep(target: PushTarget, due: readonly Due[]): Promise<void> {
    await Promise.all(
        due.map(async ({ productId, product, digest }) => {
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
    { reason, retryAfterMs }: Extract<Verdict, { kind: "unavailable" }>,
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
