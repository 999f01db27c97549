import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { type Log, log } from "../shared/log.ts";
import { messageBody } from "../shared/message.ts";
import { business } from "../shared/metrics.ts";
import { done } from "../shared/outcome.ts";
import { ageOf, isDue, unsentMsOf } from "./age.ts";
import { PushQueue } from "./push/pushQueue.ts";
import { DueTimes } from "./stored/dueTimes.ts";
import { FeedStates } from "./stored/state.ts";
import { type FeedTarget, feedIn, isPushed } from "./target.ts";

export const env = environment(
    "FEED",
    "FEED_TABLE",
    "BUILDS_QUEUE_URL",
    // Empty where no target has an API.
    "CHANGES_QUEUE_URL",
);
const feed = feedIn(env.FEED);
const states = new FeedStates(dynamo, env.FEED_TABLE);
const times = new DueTimes(dynamo, env.FEED_TABLE);
const sqs = new SQSClient({});
const changes = new PushQueue(sqs, env.CHANGES_QUEUE_URL);

/** Milliseconds that a page of due products, and what comes after them, may take. */
const pageMs = 15_000;
/** Milliseconds that the pusher's clock may be behind. */
const clockMs = 1000;

/**
 * Scheduled: has each feed built that is due, sends on products of APIs whose time has come, and measures how old feeds are,
 * how long changes wait and how many products are left out.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
    const invocation = log.forInvocation(context);
    try {
        const now = Date.now();
        const figures = await Promise.all(feed.targets.map((target) => keep(target, now, context, invocation)));
        const due = figures.flatMap(({ name, isDue: is }) => (is ? [name] : []));
        const measured = business({
            FeedAgeMs: Math.max(...figures.map(({ age }) => age)),
            FeedFailingMs: Math.max(...figures.map(({ failing }) => failing)),
            FeedUnsentMs: Math.max(...figures.map(({ unsent }) => unsent)),
            FeedRowsLeftOut: Math.max(...figures.map(({ leftOut }) => leftOut)),
        });
        done(invocation, "Feeds looked after", { due, ...measured });
    } catch (error) {
        invocation.error("The feeds could not be looked after", { error });
        throw error;
    }
}

async function keep(target: FeedTarget, now: number, context: Context, invocation: Log) {
    const { name } = target;
    const state = await states.watched(name, now);
    const due = isDue(target, feed, state, now);
    if (due) {
        const MessageBody = messageBody({ target: name });
        await sqs.send(new SendMessageCommand({ QueueUrl: env.BUILDS_QUEUE_URL, MessageBody }));
    }
    if (isPushed(target)) {
        await sendDue(name, now, context, invocation);
        const mark = {
            target: name,
            productIds: [],
            correlationId: context.awsRequestId,
            changedAt: now,
            markedAt: now,
        };
        await changes.send(mark, "mark", String(now));
    }
    return {
        name,
        isDue: due,
        age: ageOf(state, now),
        // Also while nothing is sent, for as long as an API says that it is busy.
        failing: now - (state.failingSince ?? now),
        unsent: isPushed(target) ? unsentMsOf(state, now) : 0,
        leftOut: state.leftOut ?? 0,
    };
}

/** Products that are others by the time alone: the pusher reads them, and tells what differs. */
async function sendDue(target: string, now: number, context: Context, invocation: Log): Promise<void> {
    const { awsRequestId: correlationId } = context;
    while (context.getRemainingTimeInMillis() > pageMs) {
        const come = await times.come(target, now - clockMs);
        const [first] = come;
        if (first === undefined) return;
        const productIds = [...new Set(come.map(({ productId }) => productId))];
        const ids = come.map(({ productId, at }) => `${at} ${productId}`);
        await changes.send({ target, productIds, correlationId, changedAt: first.at }, "due", ...ids);
        await Promise.all(come.map((due) => times.forget(target, due)));
        invocation.info("Products whose time has come are sent to the feed", { target, products: productIds.length });
    }
}
