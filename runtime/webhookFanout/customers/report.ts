import { createHash } from "node:crypto";
import type { Entry } from "../../shared/auditChain.ts";
import type { AuditTrail } from "../../shared/auditTrail.ts";
import type { Fields, Log } from "../../shared/log.ts";
import { done, notDone } from "../../shared/outcome.ts";
import type { Arrival, Change } from "./notification.ts";

/** Under which name skipped notifications stand in the audit table. */
export const auditedAs = "customer-sync";

/** What became of a notification. Only `failed` is worth another try. */
export type Outcome = "identified" | "known" | "deleted" | "ignored" | "skipped" | "failed";

/** A notification, and the change that it tells, if it tells one. */
export interface Notified<Known extends Change | undefined = Change | undefined> {
    readonly arrival: Arrival;
    readonly change: Known;
}

/** A notification that cannot be used, now or later. */
interface Skipped {
    readonly notified: Notified;
    /** Without a value of it. */
    readonly why: string;
}

/**
 * What became of each notification, and its line in the log: ids, and nothing personal. What was not told and never
 * will be counts as not done.
 */
export class Report {
    readonly #outcomes = new Map<Arrival, Outcome>();
    readonly #skipped: Skipped[] = [];
    readonly #log: Log;

    constructor(log: Log) {
        this.#log = log;
    }

    has({ arrival }: Notified): boolean {
        return this.#outcomes.has(arrival);
    }

    /** Those with this outcome. */
    of(outcome: Outcome): Arrival[] {
        return [...this.#outcomes].filter(([, each]) => each === outcome).map(([arrival]) => arrival);
    }

    /** How many had which outcome. */
    counts(): Partial<Record<Outcome, number>> {
        const counts: Partial<Record<Outcome, number>> = {};
        for (const outcome of this.#outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
        return counts;
    }

    identified(notified: Notified, fields: readonly string[]): void {
        done(this.#settle(notified, "identified"), "Customer identified", { fields });
    }

    known(notified: Notified): void {
        done(this.#settle(notified, "known"), "Segment knows this of the customer, or something newer");
    }

    deleted(notified: Notified, customer: string, dataErasure: boolean): void {
        const about = this.#settle(notified, "deleted");
        done(about, "Customer deleted: Segment is told nothing more", { customer, dataErasure });
        // Erasing at Segment is another API's, with rights that this callback does not have: somebody must do it.
        if (dataErasure) notDone(about, "CustomerNotErased", { customer });
    }

    ignored(notified: Notified, why: string): void {
        notDone(this.#settle(notified, "ignored"), "CustomerIgnored", { why });
    }

    /** There is no such customer any more. */
    closed(notified: Notified): void {
        notDone(this.#settle(notified, "ignored"), "CustomerClosed");
    }

    /** Its line comes with its audit row: see `audit`. */
    skipped(notified: Notified, why: string): void {
        this.#skipped.push({ notified, why });
        this.#settle(notified, "skipped");
    }

    /**
     * Writes the audit rows of those that were skipped, each notification's once, and their lines. One whose row cannot be
     * written counts as failed: it comes again, as the others do that failed.
     */
    async audit(trail: AuditTrail): Promise<void> {
        for (const { notified, why } of this.#skipped.splice(0)) {
            try {
                await trail.record(auditEntryOf(notified, why));
                notDone(this.#settle(notified, "skipped"), "CustomerSkipped", { why });
            } catch (error) {
                this.#settle(notified, "failed").error("The audit row of the notification could not be written", {
                    error,
                    why,
                });
            }
        }
    }

    failed(notified: Notified, error: unknown): void {
        this.#settle(notified, "failed").error("The customer could not be identified", { error });
    }

    #settle({ arrival, change }: Notified, outcome: Outcome): Log {
        this.#outcomes.set(arrival, outcome);
        const { subject, messageId } = change ?? {};
        const about: Fields = { ...(subject && { customer: subject.key }), ...(messageId && { messageId }) };
        return this.#log.with({ correlationId: arrival.id, ...about });
    }
}

function auditEntryOf({ arrival: { id, text }, change }: Notified, why: string): Omit<Entry, "subscriber"> {
    const about = change && { customer: change.subject.key, message: change.messageId };
    return {
        messageId: id,
        messageType: "customer-notification",
        correlationId: id,
        contentHash: createHash("sha256").update(text).digest("hex"),
        outcome: "skipped",
        result: { ...about, why },
    };
}
