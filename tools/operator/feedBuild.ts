import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { queueOf } from "./endpoints.ts";
import { OperatorAudit } from "./operatorAudit.ts";
import type { Stack } from "./stack.ts";

/**
 * Asks for a pass over all products for a feed, with an audit row before and after.
 * @param isAnew whether an API is told of every product, also of what it has
 */
export async function askForBuild(stack: Stack, target: string, isAnew: boolean): Promise<void> {
    const MessageBody = JSON.stringify({ target, ...(isAnew && { isAnew }) });
    const audit = await OperatorAudit.of(stack);
    const act = { id: randomUUID(), type: "build", about: {}, content: MessageBody, facts: { feed: target } } as const;
    const words = `has the feed ${target} built${isAnew ? " anew" : ""}`;
    await audit.record(act, "begun", words);
    const QueueUrl = await queueOf(stack, "feed-builds-queue");
    await stack.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await audit.record(act, "sent", words);
}
