import { firstExplained } from "../operator/explainedLetters.ts";
import type { Explanation } from "../operator/explanation.ts";
import { Logs } from "../operator/logs.ts";
import { Relations } from "../operator/queues.ts";
import { discard, redrive } from "../operator/redrive.ts";
import type { Stack } from "../operator/stack.ts";

/** A queue of what failed for good, with the first of its messages explained. */
interface ShownQueue {
    readonly queue: string;
    readonly messages: number;
    readonly explained: readonly Explanation[];
}

const explainedOfEach = 20;

/** Reads dead letters one time after the other: those that one reading hides, another beside it would not find. */
export class DeadLetterReading {
    readonly #stack: Stack;
    #running: Promise<unknown> = Promise.resolve();
    #next: Promise<ShownQueue[]> | undefined;

    constructor(stack: Stack) {
        this.#stack = stack;
    }

    /** What is there when all who have asked meanwhile are answered: by one reading. */
    read(): Promise<ShownQueue[]> {
        this.#next ??= this.#running
            .catch(() => undefined)
            .then(() => {
                this.#next = undefined;
                const reading = deadLettersIn(this.#stack);
                this.#running = reading;
                return reading;
            });
        return this.#next;
    }
}

/** As `npm run dlq -- show` tells: what failed, why, and what a redrive would do. */
async function deadLettersIn(stack: Stack): Promise<ShownQueue[]> {
    const relations = await Relations.of(stack);
    const logs = new Logs(stack);
    const shown: ShownQueue[] = [];
    for (const queue of relations.deadLetters.filter(({ messages }) => messages > 0)) {
        shown.push({
            queue: queue.name,
            messages: queue.messages,
            explained: await firstExplained({ stack, relations, logs }, queue, explainedOfEach),
        });
    }
    return shown;
}

interface Change {
    readonly queue: string;
    readonly messageId?: string | undefined;
    readonly isDry: boolean;
}

/** Sends messages back, or deletes those that no redrive can mend, with an audit row, as `npm run dlq` does. */
export async function changeDeadLetters(stack: Stack, kind: "redrive" | "discard", { queue: name, ...change }: Change) {
    const relations = await Relations.of(stack);
    const args = { stack, relations, queue: relations.deadLettersNamed(name), ...change };
    const results =
        kind === "discard" ? discard(args) : redrive({ ...args, messageId: change.messageId, perSecond: 10 });
    const done: { readonly messageId: string; readonly outcome: string; readonly words: string }[] = [];
    for await (const { deadLetter, outcome, words } of results) {
        done.push({ messageId: deadLetter.held.messageId, outcome, words });
    }
    return done;
}
