import { createHash, randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { setTimeout } from "node:timers/promises";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { AuditTrail } from "../../runtime/shared/auditTrail.ts";
import { type DeadLetter, parseDeadLetter } from "./deadLetter.ts";
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

/** Under which name redrives and discards stand in the audit table. */
export const auditor = "operator";

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
    const audit = isDry ? undefined : await Audit.of(stack, queue);
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
                const result = await performed(deadLetter, { words: plan.words, send: plan.send }, audit);
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
    const audit = isDry ? undefined : await Audit.of(stack, queue);
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
                const act = randomUUID();
                await audit.record(act, deadLetter, "begun", words, "discard");
                await reading.delete(held);
                await audit.record(act, deadLetter, "discarded", words, "discard");
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
    { words, send }: Required<RedrivePlan>,
    audit: Audit,
): Promise<Redriven> {
    const act = randomUUID();
    await audit.record(act, deadLetter, "begun", words);
    try {
        await send();
    } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        await audit.record(act, deadLetter, "failed", words);
        return { deadLetter, outcome: "failed", words: reason };
    }
    await audit.record(act, deadLetter, "sent", words);
    return { deadLetter, outcome: "redriven", words };
}

/**
 * Records each redrive and discard in the audit table, in chains of hashes like all that subscribers do: `npm run audit:verify`
 * finds a row that is changed or missing.
 */
class Audit {
    readonly #trail: AuditTrail;
    readonly #by: string;
    readonly #queue: string;

    private constructor(trail: AuditTrail, by: string, queue: string) {
        this.#trail = trail;
        this.#by = by;
        this.#queue = queue;
    }

    static async of(stack: Stack, { name }: Queue): Promise<Audit> {
        const { Arn } = await stack.sts.send(new GetCallerIdentityCommand({}));
        const trail = new AuditTrail(stack.dynamo, {
            table: stack.named("pubsub-audit"),
            subscriber: auditor,
            days: stack.auditDays,
            // Operators are few: one chain a day holds all that they did.
            random: () => 0,
        });
        return new Audit(trail, `${Arn} (${userInfo().username})`, name);
    }

    /** What is begun and not sent lies in the dead letters still, or was sent by someone who was killed right then. */
    async record(
        act: string,
        { held, origin, about }: DeadLetter,
        step: "begun" | "sent" | "discarded" | "failed",
        words: string,
        messageType: "redrive" | "discard" = "redrive",
    ): Promise<void> {
        await this.#trail.record({
            messageId: act,
            messageType,
            correlationId: about.correlationId ?? "",
            contentHash: createHash("sha256").update(held.body).digest("hex"),
            outcome: step === "sent" || step === "discarded" ? "processed" : "failed",
            result: {
                step,
                by: this.#by,
                queue: this.#queue,
                message: held.messageId,
                kind: origin.kind,
                done: words,
                ...(about.orderId !== undefined && { orderId: about.orderId }),
                ...(about.sessionId !== undefined && { sessionId: about.sessionId }),
            },
        });
    }
}
