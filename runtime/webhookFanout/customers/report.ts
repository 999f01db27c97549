import { createHash } from "node:crypto";
import type { Entry } from "../../shared/auditChain.ts";
import type { AuditTrail } from "../../shared/auditTrail.ts";
import type { Fields, Log } from "../../shared/log.ts";
import { done, notDone } from "../../shared/outcome.ts";
import type { Arrival, Change } from "./notification.ts";

/** The subscriber of skipped notifications in the audit table. */
export const auditedAs = "customer-sync";

/** Only `failed` is retried. */
export type Outcome = "identified" | "known" | "deleted" | "ignored" | "skipped" | "failed";

/** A notification with its change, if it contains one. */
export interface Notified<Known extends Change | undefined = Change | undefined> {
    readonly arrival: Arrival;
    readonly change: Known;
}

/** A permanently unusable notification. */
interface Skipped {
    readonly notified: Notified;
    /** Contains no values of the notification. */
    readonly why: string;
}

/**
 * Collects and logs the outcome of each notification, without personal data. Permanently skipped ones count as not
 * done.
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

    of(outcome: Outcome): Arrival[] {
        return [...this.#outcomes].filter(([, each]) => each === outcome).map(([arrival]) => arrival);
    }

    counts(): Partial<Record<Outcome, number>> {
        const counts: Partial<Record<Outcome, number>> = {};
        for (const outcome of this.#outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
        return counts;
    }

    identified(notified: Notified, fields: readonly string[]): void {
        done(this.#settle(notified, "identified"), "Customer identified", { fields });
    }

    known(notified: Notified): void {
        done(this.#settle(notified, "known"), "Segment has this version of the customer or a newer one");
    }

    deleted(notified: Notified, customer: string, dataErasure: boolean): void {
        const about = this.#settle(notified, "deleted");
        done(about, "Customer deleted: no more updates are sent to Segment", { customer, dataErasure });
        // Erasure at Segment needs another API and permissions that this function lacks: an operator does it.
        if (dataErasure) notDone(about, "CustomerNotErased", { customer });
    }

    ignored(notified: Notified, why: string): void {
        notDone(this.#settle(notified, "ignored"), "CustomerIgnored", { why });
    }

    /** The customer is deleted. */
    closed(notified: Notified): void {
        notDone(this.#settle(notified, "ignored"), "CustomerClosed");
    }

    /** Logged by `audit`. */
    skipped(notified: Notified, why: string): void {
        this.#skipped.push({ notified, why });
        this.#settle(notified, "skipped");
    }

    /**
     * Writes and logs one audit row for each skipped notification. If that fails, the notification counts as failed and is
     * retried.
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
