import type { components } from "../../../spec/generated/checkout.types.ts";
import type { ValidationError } from "../validationErrors.ts";
import type { Reports } from "./reports.ts";

/** An order in the form of the Agentic Commerce Protocol, in which events tell of its changes. */
export type Order = components["schemas"]["Order"];
/** An update of an order by the merchant's systems or the order API. */
export type OrderUpdate = components["schemas"]["OrderUpdate"];

/** An order, and from which reports of the merchant it has its members. */
export interface Progress {
    readonly order: Order;
    readonly reports: Reports;
}

/** An event with changes of an order. */
export interface Received {
    /** Milliseconds since 1970 */
    readonly sent: number;
    /** Of the order */
    readonly currency: string;
    /** Ids of the adjustments that are entries of the payment's ledger. */
    readonly ledgerEntries: readonly string[];
    /** It is of the order API, which states the quantities beside each of its cancellations. */
    readonly isOwn?: boolean;
}

/** The update contradicts the order. */
export class ImpossibleChangeError extends Error {
    override readonly name = "ImpossibleChangeError";
    readonly error: ValidationError;

    constructor(pointer: string, detail: string) {
        super(`${pointer} ${detail}`);
        this.error = { pointer, detail };
    }
}

interface LineReference {
    readonly id: string;
    readonly quantity: number;
}

/** Throws ImpossibleChangeError. @param place the pointer of the references */
export function refuseUnknown(
    { line_items: lines = [] }: Order,
    references: readonly LineReference[],
    place: string,
): void {
    const unknown = references.findIndex(({ id }) => !lines.some((line) => line.id === id));
    if (unknown >= 0) throw new ImpossibleChangeError(`${place}/${unknown}/id`, "is no line of the order");
}

/**
 * Refuses references that alone, or together with those of others, are about more pieces than were ordered. What was
 * already so before is not refused. Throws ImpossibleChangeError.
 * @param sent the references of the update
 * @param place the pointer of the update's element
 */
export function refuseTooMany(
    { line_items: lines = [] }: Order,
    sent: readonly LineReference[],
    before: readonly LineReference[],
    after: readonly LineReference[],
    place: string,
): void {
    const detail = (ordered: number) => `makes more than the ${ordered} that were ordered`;
    for (const { id, quantity } of lines) {
        const { ordered } = quantity;
        const all = quantityOf(id, after);
        const isMore = all > ordered && all > quantityOf(id, before);
        if (!isMore && quantityOf(id, sent) <= ordered) continue;
        const index = sent.findLastIndex((reference) => reference.id === id);
        const pointer = index < 0 ? `${place}/status` : `${place}/line_items/${index}/quantity`;
        throw new ImpossibleChangeError(pointer, detail(ordered));
    }
}

const quantityOf = (id: string, references: readonly LineReference[]): number =>
    references.reduce((sum, reference) => (reference.id === id ? sum + reference.quantity : sum), 0);
