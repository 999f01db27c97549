import { type DeadLetter, parseDeadLetter } from "./deadLetter.ts";
import { type Explanation, errorOf, explanationOf, failedAt, triesOf } from "./explanation.ts";
import type { Logs } from "./logs.ts";
import { type Queue, Reading, type Relations } from "./queues.ts";
import { redrivePlanOf } from "./redrivePlan.ts";
import type { Stack } from "./stack.ts";

/** The first dead letters of a queue, which are given back to it. */
export async function firstLetters(
    stack: Stack,
    relations: Relations,
    queue: Queue,
    most: number,
): Promise<DeadLetter[]> {
    const reading = new Reading(stack.sqs, queue);
    const sources = relations.sourcesOf(queue);
    try {
        const letters: DeadLetter[] = [];
        for await (const held of reading.messages(most)) letters.push(parseDeadLetter(held, sources));
        return letters;
    } finally {
        await reading.giveBack();
    }
}

/** What failed, why, and what a redrive would do, of the first dead letters of a queue. */
export async function firstExplained(
    { stack, relations, logs }: { readonly stack: Stack; readonly relations: Relations; readonly logs: Logs },
    queue: Queue,
    most: number,
): Promise<Explanation[]> {
    const letters = await firstLetters(stack, relations, queue, most);
    return await Promise.all(
        letters.map(async (deadLetter) => {
            const [error, { words }] = await Promise.all([
                errorOf(deadLetter, relations, logs),
                redrivePlanOf(deadLetter, { stack, relations, queue }),
            ]);
            return explanationOf(deadLetter, queue, {
                failed: failedAt(deadLetter, queue, relations),
                error,
                ...triesOf(deadLetter, relations),
                redrive: words,
            });
        }),
    );
}
