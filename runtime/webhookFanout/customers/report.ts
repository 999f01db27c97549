import type { Fields, Log } from "../../shared/log.ts";
import type { Arrival, Change } from "./notification.ts";

/** What became of a notification. Only `failed` is worth another try. */
export type Outcome = "identified" | "known" | "deleted" | "ignored" | "skipped" | "failed";

/** A notification, and the change that it tells, if it tells one. */
export interface Told<Known extends Change | undefined = Change | undefined> {
    readonly arrival: Arrival;
    readonly change: Known;
}

/**
 * What became of each notification, and its line in the log: ids, and nothing personal. `Customer notification skipped`
 * is the line to count: what was not told and never will be.
 */
export class Report {
    readonly #outcomes = new Map<Arrival, Outcome>();
    readonly #log: Log;

    constructor(log: Log) {
        this.#log = log;
    }

    has({ arrival }: Told): boolean {
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

    identified(told: Told, fields: readonly string[]): void {
        this.#settle(told, "identified").info("Customer identified", { fields });
    }

    known(told: Told): void {
        this.#settle(told, "known").info("Segment knows this of the customer, or something newer");
    }

    deleted(told: Told, customer: string, dataErasure: boolean): void {
        this.#settle(told, "deleted").info("Customer deleted: Segment is told nothing more", { customer, dataErasure });
    }

    ignored(told: Told, why: string): void {
        this.#settle(told, "ignored").info("Customer notification ignored", { why });
    }

    skipped(told: Told, why: string): void {
        this.#settle(told, "skipped").warn("Customer notification skipped", { why });
    }

    failed(told: Told, error: unknown): void {
        this.#settle(told, "failed").error("The customer could not be identified", { error });
    }

    #settle({ arrival, change }: Told, outcome: Outcome): Log {
        this.#outcomes.set(arrival, outcome);
        const { subject, messageId } = change ?? {};
        const about: Fields = { ...(subject && { customer: subject.key }), ...(messageId && { messageId }) };
        return this.#log.with({ correlationId: arrival.id, ...about });
    }
}
