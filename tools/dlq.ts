/**
 * `npm run dlq`: what could not be processed in an environment, why, and how it gets back to where it failed.
 */
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { firstExplained, firstLetters } from "./operator/explainedLetters.ts";
import { type Explanation, failedAt, kindsOf, linesOf } from "./operator/explanation.ts";
import { Logs } from "./operator/logs.ts";
import { type Queue, Relations } from "./operator/queues.ts";
import { discard, type Redriven, redrive } from "./operator/redrive.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";
import { counted, inOneLine, type Paint, paintFor, tableOf } from "./operator/terminal.ts";

const usage = `npm run dlq                                which queues hold dead letters
npm run dlq -- show [<queue>]              what each is, why it is dead, what redriving would do
npm run dlq -- redrive <queue>             sends all back that are there now
  --rate <number>     so many a second at most (10)
npm run dlq -- discard <queue>             deletes those that no redrive can mend, with an audit row
  --message <id>      this one only, for redrive and discard
  --dry-run           shows the plan, sends nothing
  --limit <number>    show so many of each queue (5)
${stackUsage}`;

/** Where a command looks and what it prints to. */
interface Desk {
    readonly stack: Stack;
    readonly relations: Relations;
    readonly isJson: boolean;
    readonly paint: Paint;
}

const sampled = 10;

async function list({ stack, relations, isJson, paint }: Desk): Promise<ExitCode> {
    const held = relations.deadLetters.filter(({ messages }) => messages > 0);
    const rows = await Promise.all(held.map((queue) => summaryOf(stack, relations, queue)));
    if (isJson) {
        console.log(JSON.stringify(rows));
    } else if (rows.length === 0) {
        const known = counted(relations.deadLetters.length, "queue");
        console.log(`${stack.title}: ${paint("no dead letters", "green")} (${known})`);
    } else {
        const cells = rows.map(({ queue, messages, oldest, failed }) => [queue, String(messages), oldest, failed]);
        console.log(`${stack.title}\n`);
        console.log(tableOf(["queue", "messages", "oldest seen", "failed"], cells, paint));
        console.log(`\nnpm run dlq -- show <queue>   shows the reasons`);
    }
    return rows.length === 0 ? exitCodes.good : exitCodes.found;
}

async function summaryOf(stack: Stack, relations: Relations, queue: Queue) {
    const letters = await firstLetters(stack, relations, queue, Math.min(sampled, queue.messages));
    const oldest = Math.min(...letters.map(({ sentAt }) => sentAt));
    return {
        queue: queue.name,
        messages: queue.messages,
        oldest: letters.length === 0 ? "" : new Date(oldest).toISOString(),
        failed: kindsOf(letters.map((deadLetter) => ({ failed: failedAt(deadLetter, queue, relations) }))),
    };
}

async function show(desk: Desk, name: string | undefined, limit: number): Promise<ExitCode> {
    const { stack, relations, isJson, paint } = desk;
    const queues = name === undefined ? relations.deadLetters : [relations.deadLettersNamed(name)];
    const logs = new Logs(stack);
    const explanations: Explanation[] = [];
    for (const queue of queues.filter(({ messages }) => messages > 0)) {
        const explained = await firstExplained({ stack, relations, logs }, queue, Math.min(limit, queue.messages));
        explanations.push(...explained);
        if (!isJson) print(queue, explained, paint);
    }
    if (isJson) console.log(JSON.stringify(explanations));
    else if (explanations.length === 0) console.log(`${name ?? stack.title}: ${paint("no dead letters", "green")}`);
    return explanations.length === 0 ? exitCodes.good : exitCodes.found;
}

function print({ name, messages }: Queue, explained: readonly Explanation[], paint: Paint): void {
    console.log(`${paint(name, "bold")}  ${counted(messages, "message")}\n`);
    for (const explanation of explained) {
        const { failed, error } = explanation;
        console.log(`${inOneLine(failed)}: ${paint(inOneLine(error), "red")}`);
        for (const [key, value] of linesOf(explanation, Date.now())) {
            console.log(`  ${paint(key.padEnd(12), "dim")}${inOneLine(value)}`);
        }
        console.log();
    }
    if (explained.length < messages) console.log(`and ${messages - explained.length} more (--limit)\n`);
    console.log(`npm run dlq -- redrive ${name} --dry-run\n`);
}

async function report(
    { isJson, paint }: Desk,
    name: string,
    messageId: string | undefined,
    results: AsyncIterable<Redriven>,
): Promise<ExitCode> {
    const counts = new Map<string, number>();
    for await (const { deadLetter, outcome, words } of results) {
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
        const { held } = deadLetter;
        if (isJson) {
            const { messageId: id } = held;
            console.log(JSON.stringify({ queue: name, messageId: id, ...deadLetter.about, outcome, words }));
        } else {
            const colour = outcome === "failed" || outcome === "left" ? "red" : "green";
            const about = deadLetter.about.orderId ?? deadLetter.about.sessionId ?? deadLetter.about.deliveryId ?? "";
            console.log(`${held.messageId}  ${paint(outcome, colour)}  ${inOneLine(`${about}  ${words}`.trim())}`);
        }
    }
    const isGood = !counts.has("failed") && !counts.has("left");
    if (counts.size === 0 && messageId !== undefined) throw new UsageError(`${name} has no message ${messageId}`);
    if (!isJson) {
        const totals = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
        console.log(`${name}: ${totals.length === 0 ? "no dead letters" : totals.join(", ")}`);
    }
    return isGood ? exitCodes.good : exitCodes.found;
}

function positive(option: string, text: string, isWhole: boolean): number {
    const value = Number(text);
    if (value > 0 && Number.isFinite(value) && (!isWhole || Number.isInteger(value))) return value;
    throw new UsageError(`--${option} is a ${isWhole ? "whole " : ""}number above 0, not ${text}`);
}

await runCommand({
    usage,
    options: {
        ...stackOptions,
        message: { type: "string" },
        rate: { type: "string", default: "10" },
        limit: { type: "string", default: "5" },
        "dry-run": { type: "boolean", default: false },
    },
    words: 2,
    run: async (values, [action = "list", name]) => {
        const perSecond = positive("rate", values.rate, false);
        const limit = positive("limit", values.limit, true);
        if (!["list", "show", "redrive", "discard"].includes(action)) {
            throw new UsageError(`${JSON.stringify(action)} is none of list, show, redrive and discard`);
        }
        if (action === "list" && name !== undefined) {
            throw new UsageError(`list takes no queue, ${JSON.stringify(name)}: show does`);
        }
        if (["redrive", "discard"].includes(action) && name === undefined) {
            throw new UsageError(`${action} needs the name of a queue`);
        }
        const stack = await Stack.of(values);
        try {
            const relations = await Relations.of(stack);
            const desk = { stack, relations, isJson: values.json, paint: paintFor(process.stdout, process.env) };
            if (action === "list") return await list(desk);
            if (action === "show" || name === undefined) return await show(desk, name, limit);
            const { message: messageId, "dry-run": isDry } = values;
            const args = { stack, relations, queue: relations.deadLettersNamed(name), messageId, isDry };
            const results = action === "discard" ? discard(args) : redrive({ ...args, perSecond });
            return await report(desk, name, messageId, results);
        } finally {
            stack.close();
        }
    },
});
