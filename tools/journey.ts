/**
 * `npm run journey -- <orderId|sessionId|correlationId>`: what happened to it, in the order of time, over all hops.
 */
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { Inquiry, type Journey } from "./operator/journey.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";
import { counted, inOneLine, paintFor, span, tableOf } from "./operator/terminal.ts";
import { summaryOf } from "./operator/timeline.ts";

const usage = `npm run journey -- <orderId|sessionId|correlationId>
  --since <hours>     how far back logs are looked through for what is in no table (24)
${stackUsage}`;

const hourMs = 3_600_000;

function print(id: string, title: string, journey: Journey): void {
    const { entries, deadLetters, correlationIds, unread, since } = journey;
    const paint = paintFor(process.stdout, process.env);
    const [first] = entries;
    if (first === undefined) {
        console.log(
            `${title} knows nothing of ${id}: no order, no session, no dead letter, no line logged since ${since}`,
        );
        tellUnread(unread);
        return;
    }
    console.log(`${paint(inOneLine(id), "bold")}  ${new Date(first.time).toISOString()}  ${title}`);
    if (correlationIds.length > 0) console.log(`correlation ${correlationIds.map(inOneLine).join(", ")}`);
    console.log();
    const rows = entries.map(({ time, where, what, level, durationMs }) => [
        `+${span(time - first.time)}`,
        durationMs === undefined ? "" : span(durationMs),
        where,
        level === "info" ? "" : level.toUpperCase(),
        what,
    ]);
    console.log(tableOf(["at", "took", "where", "", "what"], rows, paint));
    const { hops, ms, errors } = summaryOf(entries);
    const end = deadLetters.length === 0 ? "no dead letters" : `npm run dlq -- show ${deadLetters[0]?.queue}`;
    console.log(`\n${counted(hops.length, "hop")} in ${span(ms)}, ${counted(errors, "error")}; ${end}`);
    tellUnread(unread);
}

/** What was not looked at may hold what is asked for. */
function tellUnread(unread: Journey["unread"]): void {
    for (const { queue, messages, read } of unread) {
        console.log(`not read: ${messages - read} of the ${counted(messages, "dead letter")} in ${queue}: try again`);
    }
}

await runCommand({
    usage,
    options: { ...stackOptions, since: { type: "string", default: "24" } },
    words: 1,
    run: async (values, [id]) => {
        const hours = Number(values.since);
        if (id === undefined) throw new UsageError("an order's, a session's or a correlation id is missing");
        if (!(hours > 0)) throw new UsageError(`--since is a number of hours above 0, not ${values.since}`);
        const stack = await Stack.of(values);
        try {
            const journey = await new Inquiry(id, stack, Date.now() - hours * hourMs).journey();
            if (values.json) console.log(JSON.stringify({ id, ...journey }));
            else print(id, stack.title, journey);
            const isWhole = journey.entries.length > 0 && journey.unread.length === 0;
            return !isWhole || journey.deadLetters.length > 0 ? exitCodes.found : exitCodes.good;
        } finally {
            stack.close();
        }
    },
});
