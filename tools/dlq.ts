/**
 * `npm run dlq`: what could not be processed in an environment, why, and how it gets back to where it failed.
 */
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { type Explanation, errorOf, explanationOf, failedAt, kindsOf, linesOf } from "./operator/explanation.ts";
import { type Letter, readLetter } from "./operator/letter.ts";
import { Logs } from "./operator/logs.ts";
import { Place, placeOptions, placeUsage } from "./operator/place.ts";
import { type Queue, Reading, Relations } from "./operator/queues.ts";
import { redrive } from "./operator/redrive.ts";
import { counted, inOneLine, type Paint, paintFor, tableOf } from "./operator/terminal.ts";
import { wayOf } from "./operator/way.ts";

const usage = `npm run dlq                                which queues hold dead letters
npm run dlq -- show [<queue>]              what each is, why it is dead, what redriving would do
npm run dlq -- redrive <queue>             sends all back that are there now
  --message <id>      this one only
  --rate <number>     so many a second at most (10)
  --dry-run           tells what it would do
  --limit <number>    show so many of each queue (5)
${placeUsage}`;

/** Where a command looks and what it prints to. */
interface Desk {
    readonly place: Place;
    readonly relations: Relations;
    readonly isJson: boolean;
    readonly paint: Paint;
}

const sampled = 10;

async function list({ place, relations, isJson, paint }: Desk): Promise<ExitCode> {
    const held = relations.deadLetters.filter(({ messages }) => messages > 0);
    const rows = await Promise.all(held.map((queue) => summaryOf(place, relations, queue)));
    if (isJson) {
        console.log(JSON.stringify(rows));
    } else if (rows.length === 0) {
        const known = counted(relations.deadLetters.length, "queue");
        console.log(`${place.title}: ${paint("no dead letters", "green")} (${known})`);
    } else {
        const cells = rows.map(({ queue, messages, oldest, failed }) => [queue, String(messages), oldest, failed]);
        console.log(`${place.title}\n`);
        console.log(tableOf(["queue", "messages", "oldest seen", "failed"], cells, paint));
        console.log(`\nnpm run dlq -- show <queue>   tells why`);
    }
    return rows.length === 0 ? exitCodes.good : exitCodes.found;
}

async function summaryOf(place: Place, relations: Relations, queue: Queue) {
    const letters = await read(place, relations, queue, Math.min(sampled, queue.messages));
    const oldest = Math.min(...letters.map(({ sentAt }) => sentAt));
    return {
        queue: queue.name,
        messages: queue.messages,
        oldest: letters.length === 0 ? "" : new Date(oldest).toISOString(),
        failed: kindsOf(letters.map((letter) => ({ failed: failedAt(letter, queue, relations) }))),
    };
}

async function read({ sqs }: Place, relations: Relations, queue: Queue, most: number): Promise<Letter[]> {
    const reading = new Reading(sqs, queue);
    const sources = relations.sourcesOf(queue);
    try {
        const letters: Letter[] = [];
        for await (const held of reading.messages(most)) letters.push(readLetter(held, sources));
        return letters;
    } finally {
        await reading.giveBack();
    }
}

async function show(desk: Desk, name: string | undefined, limit: number): Promise<ExitCode> {
    const { place, relations, isJson, paint } = desk;
    const queues = name === undefined ? relations.deadLetters : [relations.deadLettersNamed(name)];
    const logs = new Logs(place);
    const explanations: Explanation[] = [];
    for (const queue of queues.filter(({ messages }) => messages > 0)) {
        const letters = await read(place, relations, queue, Math.min(limit, queue.messages));
        const explained = await Promise.all(
            letters.map(async (letter) => {
                const [error, { words }] = await Promise.all([
                    errorOf(letter, relations, logs),
                    wayOf(letter, { place, relations, queue }),
                ]);
                return explanationOf(letter, queue, {
                    failed: failedAt(letter, queue, relations),
                    error,
                    redrive: words,
                });
            }),
        );
        explanations.push(...explained);
        if (!isJson) print(queue, explained, paint);
    }
    if (isJson) console.log(JSON.stringify(explanations));
    else if (explanations.length === 0) console.log(`${name ?? place.title}: ${paint("no dead letters", "green")}`);
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

async function sendBack(
    { place, relations, isJson, paint }: Desk,
    name: string,
    how: { readonly messageId: string | undefined; readonly perSecond: number; readonly isDry: boolean },
): Promise<ExitCode> {
    const queue = relations.deadLettersNamed(name);
    const counts = new Map<string, number>();
    for await (const { letter, outcome, words } of redrive({ place, relations, queue, ...how })) {
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
        const { messageId } = letter.held;
        if (isJson) {
            console.log(JSON.stringify({ queue: name, messageId, ...letter.about, outcome, words }));
        } else {
            const colour = outcome === "failed" || outcome === "left" ? "red" : "green";
            const about = letter.about.orderId ?? letter.about.sessionId ?? letter.about.deliveryId ?? "";
            console.log(`${messageId}  ${paint(outcome, colour)}  ${inOneLine(`${about}  ${words}`.trim())}`);
        }
    }
    const isGood = !counts.has("failed") && !counts.has("left");
    if (counts.size === 0 && how.messageId !== undefined)
        throw new UsageError(`${name} has no message ${how.messageId}`);
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
        ...placeOptions,
        message: { type: "string" },
        rate: { type: "string", default: "10" },
        limit: { type: "string", default: "5" },
        "dry-run": { type: "boolean", default: false },
    },
    words: 2,
    run: async (values, [action = "list", name]) => {
        const perSecond = positive("rate", values.rate, false);
        const limit = positive("limit", values.limit, true);
        if (!["list", "show", "redrive"].includes(action)) {
            throw new UsageError(`${JSON.stringify(action)} is none of list, show and redrive`);
        }
        if (action === "list" && name !== undefined) {
            throw new UsageError(`list takes no queue, ${JSON.stringify(name)}: show does`);
        }
        if (action === "redrive" && name === undefined) throw new UsageError("redrive needs the name of a queue");
        const place = await Place.of(values);
        try {
            const relations = await Relations.of(place);
            const desk = { place, relations, isJson: values.json, paint: paintFor(process.stdout, process.env) };
            if (action === "list") return await list(desk);
            if (action === "show" || name === undefined) return await show(desk, name, limit);
            return await sendBack(desk, name, { messageId: values.message, perSecond, isDry: values["dry-run"] });
        } finally {
            place.close();
        }
    },
});
