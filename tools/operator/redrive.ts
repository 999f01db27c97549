import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type DeadLetter, parseDeadLetter } from "./deadLetter.ts";
import { type Act, OperatorAudit } from "./operatorAudit.ts";
import { type Queue, Reading, type Relations } from "./queues.ts";
import { redrivePlanOf } from "./redrivePlan.ts";
import type { Stack } from "./stack.ts";
import type { RedrivePlan } from "./streamPlan.ts";

export interface RedriveArgs {
    readonly stack: Stack;
    readonly relations: Relations;
    readonly queue: Queue;
    /** The one message that is meant. @default all that are there when it begins */
    readonly messageId?: string | undefined;
    readonly perSecond: number;
    readonly isDry: boolean;
}

/** What became of a message. */
export interface Redriven {
    readonly deadLetter: DeadLetter;
    readonly outcome: "redriven" | "would be redriven" | "discarded" | "would be discarded" | "failed" | "left";
    /** What was done, or why it was not. */
    readonly words: string;
}

/**
 * Sends dead letters back to where they failed. (SQS's message move task knows queues only, cannot select a message, and
 * leaves no audit row.) A message is deleted after it has got there: killed in between it is sent
 * a second time, which every consumer here bears, and never lost. Before and after, an audit row records who
 * sends what where.
 */
export async function* redrive(args: RedriveArgs): AsyncGenerator<Redriven> {
    const { stack, relations, queue, messageId, perSecond, isDry } = args;
    const startedAt = Date.now();
    const pauseMs = 1000 / perSecond;
    const reading = new Reading(stack.sqs, queue, Math.ceil((10 * pauseMs) / 1000) + 60);
    const audit = isDry ? undefined : await OperatorAudit.of(stack);
    const sources = relations.sourcesOf(queue);
    try {
        for await (const held of reading.messages()) {
            if (messageId !== undefined && held.messageId !== messageId) continue;
            const deadLetter = parseDeadLetter(held, sources);
            // What fails again while this runs would be sent again and again.
            const plan = deadLetter.sentAt > startedAt ? tooNew : await redrivePlanOf(deadLetter, args);
            if (plan.send === undefined) {
                yield { deadLetter, outcome: "left", words: plan.words };
            } else if (audit === undefined) {
                yield { deadLetter, outcome: "would be redriven", words: plan.words };
            } else {
                const result = await performed(deadLetter, queue, { words: plan.words, send: plan.send }, audit);
                if (result.outcome === "redriven") await reading.delete(held);
                yield result;
                await setTimeout(pauseMs);
            }
            if (messageId !== undefined) return;
        }
    } finally {
        await reading.giveBack();
    }
}

/**
 * Deletes dead letters that no redrive can mend, or the one that is meant. An audit row before and after records who
 * deleted what: killed in between, the message is there still.
 */
export async function* discard(args: Omit<RedriveArgs, "perSecond">): AsyncGenerator<Redriven> {
    const { stack, relations, queue, messageId, isDry } = args;
    const reading = new Reading(stack.sqs, queue);
    const audit = isDry ? undefined : await OperatorAudit.of(stack);
    const sources = relations.sourcesOf(queue);
    try {
        for await (const held of reading.messages()) {
            if (messageId !== undefined && held.messageId !== messageId) continue;
            const deadLetter = parseDeadLetter(held, sources);
            const plan = await redrivePlanOf(deadLetter, args);
            const words = plan.send === undefined ? plan.words : "deletes it, although a redrive can mend it";
            if (plan.send !== undefined && messageId === undefined) {
                yield { deadLetter, outcome: "left", words: `a redrive can mend it: ${plan.words}` };
            } else if (audit === undefined) {
                yield { deadLetter, outcome: "would be discarded", words };
            } else {
                const act = actOn("discard", deadLetter, queue);
                await audit.record(act, "begun", words);
                await reading.delete(held);
                await audit.record(act, "discarded", words);
                yield { deadLetter, outcome: "discarded", words };
            }
            if (messageId !== undefined) return;
        }
    } finally {
        await reading.giveBack();
    }
}

const tooNew: RedrivePlan = {
    words: "it came after this command began (by the clock of this machine): it is for the next time",
};

async function performed(
    deadLetter: DeadLetter,
    queue: Queue,
    { words, send }: Required<RedrivePlan>,
    audit: OperatorAudit,
): Promise<Redriven> {
    const act = actOn("redrive", deadLetter, queue);
    await audit.record(act, "begun", words);
    try {
        await send();
    } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        await audit.record(act, "failed", words);
        return { deadLetter, outcome: "failed", words: reason };
    }
    await audit.record(act, "sent", words);
    return { deadLetter, outcome: "redriven", words };
}

const actOn = (type: "redrive" | "discard", { held, origin, about }: DeadLetter, { name: queue }: Queue): Act => ({
    id: randomUUID(),
    type,
    about,
    content: held.body,
    facts: { queue, message: held.messageId, kind: origin.kind },
});
