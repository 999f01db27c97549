import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { AuditTrail } from "../../runtime/shared/auditTrail.ts";
import type { Identifiers } from "./identifiers.ts";
import type { Stack } from "./stack.ts";

/** Under which name acts of operators stand in the audit table. */
export const auditor = "operator";

/** Something that an operator does to an environment. */
export interface Act {
    /** One for all rows of the act. */
    readonly id: string;
    readonly type: "redrive" | "discard" | "resend" | "refund" | "build";
    readonly about: Identifiers;
    /** Of which the row has a digest. */
    readonly content: string;
    /** What it is done to. */
    readonly facts: Readonly<Record<string, string>>;
}

/**
 * Records each act of operators in the audit table, in chains of hashes like all that subscribers do: `npm run audit:verify`
 * finds a row that is changed or missing.
 */
export class OperatorAudit {
    readonly #trail: AuditTrail;
    readonly #by: string;

    private constructor(trail: AuditTrail, by: string) {
        this.#trail = trail;
        this.#by = by;
    }

    static async of(stack: Stack): Promise<OperatorAudit> {
        const { Arn } = await stack.sts.send(new GetCallerIdentityCommand({}));
        const trail = new AuditTrail(stack.dynamo, {
            table: stack.named("pubsub-audit"),
            subscriber: auditor,
            days: stack.auditDays,
            // Operators are few: one chain a day holds all that they did.
            random: () => 0,
        });
        return new OperatorAudit(trail, `${Arn} (${userInfo().username})`);
    }

    /** What is begun and not sent is as it was, or was done by a process that was killed right then. */
    async record(
        { id, type, about: { correlationId = "", orderId, sessionId }, content, facts }: Act,
        step: "begun" | "sent" | "discarded" | "failed",
        done: string,
    ): Promise<void> {
        await this.#trail.record({
            messageId: id,
            messageType: type,
            correlationId,
            contentHash: createHash("sha256").update(content).digest("hex"),
            outcome: step === "sent" || step === "discarded" ? "processed" : "failed",
            result: {
                step,
                by: this.#by,
                ...facts,
                done,
                ...(orderId !== undefined && { orderId }),
                ...(sessionId !== undefined && { sessionId }),
            },
        });
    }
}
