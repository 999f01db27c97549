import { createHash } from "node:crypto";
import type { Entry } from "../../shared/auditChain.ts";
import type { AuditTrail } from "../../shared/auditTrail.ts";
import type { Fields, Log } from "../../shared/log.ts";
import { done, notDone } from "../../shared/outcome.ts";
import type { Arrival, Change } from "./notification.ts";

/** The subscriber of skipped notifications in the audit table. */
export const auditedAs = "customer-sync";

/** Only `failed` is retried; `skipped` and `incomplete` ones are parked. */
export type Outcome = "identified" | "incomplete" | "known" | "deleted" | "ignored" | "skipped" | "failed";

/** A notification with its change, if it contains one. */
export interface Notified<Known extends Change | undefined = Change | undefined> {
    readonly arrival: Arrival;
    readonly change: Known;
}

/** A notification that Segment was not told of, in whole (`skipped`) or in part. */
interface Parked {
    readonly notified: Notified;
    readonly outcome: "skipped" | "incomplete";
    /** Contains no values of the notification. */
    readonly why: string;
}

/** Keeps a notification until it can be used. */
type Park = (arrival: Arrival, why: string) => Promise<unknown>;

/**
 * Collects and logs the outcome of each notification, without personal data. Those that are not done, in whole or in part,
 * are parked.
 */
export class Report {
    readonly #outcomes = new Map<Arrival, Outcome>();
    readonly #parked: Parked[] = [];
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
    }

    ignored(notified: Notified, why: string): void {
        notDone(this.#settle(notified, "ignored"), "CustomerIgnored", { why });
    }

    /** The customer is deleted. */
    closed(notified: Notified): void {
        notDone(this.#settle(notified, "ignored"), "CustomerClosed");
    }

    /** Logged by `park`. */
    skipped(notified: Notified, why: string): void {
        this.#parked.push({ notified, outcome: "skipped", why });
        this.#settle(notified, "skipped");
    }

    /** What it contains is sent, or was before, except if the customer is deleted or the request failed. Logged by `park`. */
    incomplete(notified: Notified, lacks: readonly string[]): void {
        const outcome = this.#outcomes.get(notified.arrival);
        if (outcome !== "identified" && outcome !== "known") return;
        this.#parked.push({ notified, outcome: "incomplete", why: `it does not contain: ${lacks.join(", ")}` });
        this.#settle(notified, "incomplete");
    }

    /**
     * Parks each notification that is not done, and writes one audit row for each skipped one. If that fails, the
     * notification counts as failed and is retried.
     */
    async park(park: Park, trail: AuditTrail): Promise<void> {
        for (const { notified, outcome, why } of this.#parked.splice(0)) {
            try {
                await park(notified.arrival, why);
                if (outcome === "skipped") await trail.record(auditEntryOf(notified, why));
                const kind = outcome === "skipped" ? "CustomerSkipped" : "CustomerIncomplete";
                notDone(this.#settle(notified, outcome), kind, { why });
            } catch (error) {
                this.#settle(notified, "failed").error("The notification could not be parked", { error, why });
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
