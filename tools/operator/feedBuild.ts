import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { queueOf } from "./endpoints.ts";
import { OperatorAudit } from "./operatorAudit.ts";
import type { Stack } from "./stack.ts";

/**
 * Asks for a pass over all products for a feed, with an audit row before and after.
 * @param isAnew whether an API is told of every product, also of what it has
 * @returns whether one is under way, which then begins anew
 */
export async function askForBuild(stack: Stack, target: string, isAnew: boolean): Promise<boolean> {
    const TableName = stack.named("feed-state");
    const get = new GetCommand({ TableName, Key: { target, entry: "run" }, ConsistentRead: true });
    const { Item } = await stack.dynamo.send(get);
    const MessageBody = JSON.stringify({ target, isByOperator: true, ...(isAnew && { isAnew }) });
    const audit = await OperatorAudit.of(stack);
    const act = { id: randomUUID(), type: "build", about: {}, content: MessageBody, facts: { feed: target } } as const;
    const words = `has the feed ${target} built${isAnew ? " anew" : ""}`;
    await audit.record(act, "begun", words);
    const QueueUrl = await queueOf(stack, "feed-builds-queue");
    await stack.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await audit.record(act, "sent", words);
    return Item?.["run"] !== undefined;
}
