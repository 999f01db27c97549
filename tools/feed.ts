/**
 * `npm run feed`: what feeds tell of the products, and how they stand.
 */
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { unsentMsOf } from "../runtime/feed/age.ts";
import { PushQueue } from "../runtime/feed/push/pushQueue.ts";
import { FeedStates } from "../runtime/feed/stored/state.ts";
import { type Feed, isPushed } from "../runtime/feed/target.ts";
import { uuidV7 } from "../runtime/shared/ids.ts";
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { askForBuild } from "./operator/feedBuild.ts";
import { pathsOf } from "./operator/feedFiles.ts";
import { deployedFeed } from "./operator/feedOf.ts";
import { lacksInWords, validation } from "./operator/feedValidation.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";
import { counted, paintFor, span, tableOf } from "./operator/terminal.ts";

const usage = `npm run feed -- validate [<target>]       lists the products that a feed leaves out, and what each lacks
npm run feed -- status [<target>]         how each feed stands: its age, products, failures and addresses
npm run feed -- build [<target>]          reads all products now: files are written, APIs are told what differs
  --anew              APIs are told of every product, also of what they have
npm run feed -- push <target> <product>   tells an API of a product again
${stackUsage}`;

interface Asked {
    readonly stack: Stack;
    readonly feed: Feed;
    readonly productId: string | undefined;
    readonly isAnew: boolean;
    readonly isJson: boolean;
}

async function validate({ stack, feed, isJson }: Asked): Promise<ExitCode> {
    const tallies = await validation(stack, feed, (lacking) => {
        const { target, productId, lacks } = lacking;
        console.log(isJson ? JSON.stringify(lacking) : `${target}: ${productId} lacks ${lacks.join(", ")}`);
    });
    for (const tally of tallies) {
        const { target, told, leftOut, lacks } = tally;
        const because = leftOut === 0 ? "" : ` (${lacksInWords(lacks)})`;
        console.log(isJson ? JSON.stringify(tally) : `${target}: ${told} told, ${leftOut} left out${because}`);
    }
    return tallies.some(({ leftOut }) => leftOut > 0) ? exitCodes.found : exitCodes.good;
}

async function status({ stack, feed, isJson }: Asked): Promise<ExitCode> {
    const states = new FeedStates(stack.dynamo, stack.named("feed-state"));
    const now = Date.now();
    const rows = await Promise.all(
        feed.targets.map(async (target) => {
            const read = await states.read(target.name);
            const { since: _, files: __, settings: ___, ...state } = read;
            const paths = await pathsOf(stack, target);
            const behindMs = isPushed(target) ? unsentMsOf(read, now) : undefined;
            return { target: target.name, kind: target.kind, ...state, behindMs, paths };
        }),
    );
    if (isJson) for (const row of rows) console.log(JSON.stringify(row));
    else {
        const cells = rows.map(({ target, kind, lastSnapshotAt, rows: told = 0, leftOut = 0, lacks = {}, ...row }) => [
            target,
            kind,
            lastSnapshotAt === undefined ? "never" : span(now - Date.parse(lastSnapshotAt)),
            String(told),
            leftOut === 0 ? "0" : `${leftOut} (${lacksInWords(lacks)})`,
            row.lastPushAt === undefined ? "" : span(now - Date.parse(row.lastPushAt)),
            row.behindMs === undefined ? "" : span(row.behindMs),
            row.lastError === undefined
                ? row.paths.join(" ")
                : `${counted(row.failures ?? 0, "failure")}: ${row.lastError}`,
        ]);
        const heads = ["Feed", "Kind", "Age", "Told", "Left out", "Last push", "Behind", "Where"];
        console.log(tableOf(heads, cells, paintFor(process.stdout, process.env)));
    }
    return rows.some(({ lastError }) => lastError !== undefined) ? exitCodes.found : exitCodes.good;
}

async function build({ stack, feed, isAnew }: Asked): Promise<ExitCode> {
    for (const { name } of feed.targets) {
        const isBeingBuilt = await askForBuild(stack, name, isAnew);
        const asked = isBeingBuilt ? "asked for; it is being built and begins anew" : "asked for";
        console.log(`${name}: ${asked}; npm run feed -- status shows when it is done`);
    }
    return exitCodes.good;
}

async function push({ stack, feed, productId }: Asked): Promise<ExitCode> {
    const [target] = feed.targets;
    if (target === undefined || productId === undefined) throw new UsageError("push needs a feed and a product");
    if (!isPushed(target))
        throw new UsageError(`${target.name} is a file: npm run feed -- build ${target.name} writes it`);
    const QueueName = `${stack.named("feed-changes-queue")}.fifo`;
    const { QueueUrl = "" } = await stack.sqs.send(new GetQueueUrlCommand({ QueueName }));
    const queue = new PushQueue(stack.sqs, QueueUrl);
    const correlationId = uuidV7();
    const changedAt = Date.now();
    const message = { target: target.name, productIds: [productId], correlationId, changedAt, isAnew: true };
    await queue.send(message, correlationId);
    console.log(`${target.name}: ${productId} is sent, npm run journey -- ${correlationId} shows how it goes on`);
    return exitCodes.good;
}

const actions = { validate, status, build, push } as const;
const isAction = (word: string): word is keyof typeof actions => Object.hasOwn(actions, word);

await runCommand({
    usage,
    options: { ...stackOptions, anew: { type: "boolean", default: false } },
    words: 3,
    run: async (values, [action, name, productId]) => {
        if (action === undefined || !isAction(action)) {
            const known = Object.keys(actions).join(", ");
            throw new UsageError(
                action === undefined ? `say one of ${known}` : `${JSON.stringify(action)} is none of ${known}`,
            );
        }
        if (productId !== undefined && action !== "push") {
            throw new UsageError(`there is nothing to do with ${JSON.stringify(productId)}`);
        }
        if (action === "push" && productId === undefined) throw new UsageError("push needs a feed and a product");
        const stack = await Stack.of(values);
        try {
            const { shop, targets } = (await deployedFeed(stack)) ?? stack.feed;
            if (targets.length === 0) throw new UsageError("the stack has no feed: set feed.targets");
            const asked = targets.filter((target) => name === undefined || target.name === name);
            if (asked.length === 0) {
                const names = targets.map((target) => target.name).join(", ");
                throw new UsageError(`there is no feed ${name}; there are ${names}`);
            }
            const feed = { shop, targets: asked };
            return await actions[action]({ stack, feed, productId, isAnew: values.anew, isJson: values.json });
        } finally {
            stack.close();
        }
    },
});
