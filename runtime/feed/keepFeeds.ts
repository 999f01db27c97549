import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { messageBody } from "../shared/message.ts";
import { business } from "../shared/metrics.ts";
import { done } from "../shared/outcome.ts";
import { ageOf, isDue } from "./age.ts";
import { FeedStates } from "./stored/state.ts";
import { feedIn } from "./target.ts";

export const env = environment("FEED", "FEED_TABLE", "BUILDS_QUEUE_URL");
const feed = feedIn(env.FEED);
const states = new FeedStates(dynamo, env.FEED_TABLE);
const sqs = new SQSClient({});

/** Scheduled: has each feed built that is due, and measures how old they are and how many products they leave out. */
export async function handler(_event: unknown, context: Context): Promise<void> {
    const invocation = log.forInvocation(context);
    try {
        const now = Date.now();
        const figures = await Promise.all(feed.targets.map(({ name }) => keep(name, now)));
        const due = figures.flatMap(({ name, isDue: is }) => (is ? [name] : []));
        const measured = business({
            FeedAgeMs: Math.max(...figures.map(({ age }) => age)),
            FeedFailingMs: Math.max(...figures.map(({ failing }) => failing)),
            FeedRowsLeftOut: Math.max(...figures.map(({ leftOut }) => leftOut)),
        });
        done(invocation, "Feeds looked after", { due, ...measured });
    } catch (error) {
        invocation.error("The feeds could not be looked after", { error });
        throw error;
    }
}

async function keep(name: string, now: number) {
    const state = await states.watched(name, now);
    const due = isDue(state, now);
    if (due) {
        const MessageBody = messageBody({ target: name });
        await sqs.send(new SendMessageCommand({ QueueUrl: env.BUILDS_QUEUE_URL, MessageBody }));
    }
    // Also while nothing is sent, for as long as an API says that it is busy.
    const failing = now - (state.failingSince ?? now);
    return { name, failing, isDue: due, age: ageOf(state, now), leftOut: state.leftOut ?? 0 };
}
