import { S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { leaseOf } from "../shared/lease.ts";
import { type Log, log } from "../shared/log.ts";
import { messageBody } from "../shared/message.ts";
import { eachMessage } from "../shared/messages.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { type BuildMessage, buildIn } from "./build.ts";
import { PushQueue } from "./push/pushQueue.ts";
import { fileStep } from "./snapshot/fileStep.ts";
import { missingOf, productsOf } from "./snapshot/products.ts";
import { pushStep } from "./snapshot/pushStep.ts";
import { Uploads } from "./snapshot/uploads.ts";
import { products } from "./stored/products.ts";
import { begunAnew, type Run, Runs } from "./stored/run.ts";
import { SentProducts } from "./stored/sentProducts.ts";
import { FeedStates } from "./stored/state.ts";
import { type FeedTarget, feedIn, isPushed, isWritten, settingsOf } from "./target.ts";

export const env = environment(
    // The targets (`Feed`), as JSON.
    "FEED",
    "FEED_TABLE",
    "PRODUCTS_TABLE",
    "FILES_BUCKET",
    "BUILDS_QUEUE_URL",
    // Empty where no target has an API.
    "CHANGES_QUEUE_URL",
);
const feed = feedIn(env.FEED);
const sqs = new SQSClient({});
const runs = new Runs(dynamo, env.FEED_TABLE);
const states = new FeedStates(dynamo, env.FEED_TABLE);
const uploads = new Uploads(new S3Client({}), env.FILES_BUCKET);
const tools = {
    feed,
    read: productsOf(products, env.PRODUCTS_TABLE),
    missing: missingOf(products, env.PRODUCTS_TABLE),
    uploads,
    sent: new SentProducts(dynamo, env.FEED_TABLE),
    queue: new PushQueue(sqs, env.CHANGES_QUEUE_URL),
    now: Date.now,
};

/** Milliseconds that a page, the last parts of files and their publication may take. */
const pageMs = 60_000;

/**
 * Builds queue: goes on with a pass over all products for one target, from where the step before has come to, and leaves
 * the next step to the next message. A step that is done again, after a crash, writes the same again.
 */
export const handler = eachMessage(build);

async function build(record: SQSRecord, context: Context): Promise<Outcome> {
    let invocation = log.forInvocation(context, { message_id: record.messageId });
    try {
        const asked = buildIn(record);
        invocation = invocation.with({ target: asked.target, run: asked.id, correlationId: asked.id });
        return await goOn(asked, record, context, invocation);
    } catch (error) {
        const attempt = Number(record.attributes.ApproximateReceiveCount);
        invocation.error("The feed could not be built", { error, attempt });
        throw error;
    }
}

async function goOn(asked: BuildMessage, record: SQSRecord, context: Context, invocation: Log): Promise<Outcome> {
    const target = feed.targets.find(({ name }) => name === asked.target);
    if (target === undefined) return done(invocation, "Feed passed over: the stack has no such target");
    const settings = settingsOf(target, feed);
    switch (asked.isFirst ? await runs.begin(asked, settings, Date.now()) : "begun") {
        case "passed over":
            return done(invocation, "Feed passed over: it is being built already");
        case "noted":
            return done(invocation, "Feed being built is to begin anew");
        case "begun":
    }
    const lease = leaseOf(context, record);
    const taken = await runs.take(target.name, asked.id, lease, Date.now());
    if (taken === undefined) return done(invocation, "Step passed over: it is done, or being done");
    const anew = begunAnew(taken, settings, Date.now());
    if (anew !== undefined) invocation.info("Feed begun anew: an operator or other settings ask for it");
    const run = anew ?? taken.run;
    const mayGoOn = () => context.getRemainingTimeInMillis() > pageMs;
    const next = run.isRead ? run : await stepOf(run, target, mayGoOn);
    await runs.save(next, lease.holder, Date.now());
    const { step, rows, leftOut, sent } = next;
    if (!next.isRead) {
        await leaveNext(next, lease.holder);
        return done(invocation, "Feed built in part", { step, rows, leftOut, sent });
    }
    const files = await Promise.all(
        next.files.map(async (file) => [file.name, await uploads.publish(target.name, file)] as const),
    );
    await states.built(next, Object.fromEntries(files));
    if (!(await runs.end(next, lease.holder))) await leaveNext(next, lease.holder);
    return done(invocation, "Feed built", { step, rows, leftOut, sent, lacks: next.lacks });
}

/** Leaves the next step to the next message. */
async function leaveNext(run: Run, holder: string): Promise<void> {
    await runs.release(run, holder);
    const MessageBody = messageBody({ target: run.target, run: run.id });
    await sqs.send(new SendMessageCommand({ QueueUrl: env.BUILDS_QUEUE_URL, MessageBody }));
}

async function stepOf(run: Run, target: FeedTarget, mayGoOn: () => boolean): Promise<Run> {
    if (isPushed(target)) return await pushStep(run, target, { ...tools, mayGoOn });
    if (isWritten(target)) return await fileStep(run, target, { ...tools, mayGoOn });
    throw new RangeError(`the target ${target.name} has neither an API nor a format`);
}
