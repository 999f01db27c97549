import type { components } from "../../../spec/generated/orders.types.ts";
import { fingerprint } from "../../shared/canonical.ts";
import type { Problem } from "../../shared/http.ts";
import { minorUnitsOf, unitsOf } from "../../shared/money.ts";
import type { ValidationError } from "../../shared/validationErrors.ts";
import { shareOf, withEntry } from "./canceled.ts";
import {
    disputedIn,
    type Entry,
    hasRoomFor,
    type Ledger,
    type RefundedLine,
    refundable,
    refundedOf,
} from "./ledger.ts";

type RefundRequest = components["schemas"]["RefundRequest"];

/** `written`: an entry that the ledger has already. */
export type EntryDecision =
    | { readonly entry: Entry; readonly after: Ledger }
    | { readonly written: Entry }
    | { readonly problem: Problem };

interface Named {
    /** From the client's idempotency key: the same request has the same id. */
    readonly id: string;
    /** ISO 8601 */
    readonly at: string;
}

/** A refund of the whole or of a part; the release of a payment that is only authorised. */
export function decideRefund(ledger: Ledger, request: RefundRequest, { id, at }: Named): EntryDecision {
    const digest = fingerprint(request);
    const earlier = ledger.entries.find((entry) => entry.id === id);
    if (earlier !== undefined) {
        // Without a digest it was taken over from the provider: this region has lost the version with the request.
        if (earlier.request === undefined || earlier.request === digest) return { written: earlier };
        return { problem: { status: 422, detail: "the Idempotency-Key was used for another refund of the order" } };
    }
    if (request.currency !== undefined && request.currency.toLowerCase() !== ledger.currency) {
        return refused("/currency", `is not the payment's, which is in ${ledger.currency}`);
    }
    if (ledger.isVoided || isPending(ledger, "void")) return conflict("the payment is released, nothing was paid");
    const common = { id, at, request: digest, ...(request.reason !== undefined && { reason: request.reason }) };
    if (ledger.captured === 0) return decideVoid(ledger, request, common);
    const lines = linesIn(ledger, request);
    if ("problem" in lines) return lines;
    const left = refundable(ledger);
    const taken = takenIn(ledger);
    if (left === 0) return conflict(`the whole payment is refunded, about to be, or disputed${taken}`);
    const asked = amountIn(ledger, request, lines.lines, left);
    if (typeof asked !== "number") return asked;
    if (asked > left) {
        return refused(
            request.lines ? "/lines" : "/amount",
            `is more than is left of the payment, ${text(left, ledger)}${taken}`,
            409,
        );
    }
    const entry: Entry = {
        ...common,
        kind: "refund",
        status: "pending",
        amount: asked,
        ...(lines.lines.length > 0 && { lines: lines.lines }),
    };
    const isRest = asked === left && request.lines === undefined;
    if (hasRoomFor(ledger, entry, isRest)) return begun(ledger, entry);
    return conflict(
        isRest ? "the payment has too many entries" : "the payment has many entries: refund all that is left",
    );
}

/** What is only authorised is released as a whole. */
function decideVoid(
    ledger: Ledger,
    { amount, lines }: RefundRequest,
    common: Pick<Entry, "id" | "at" | "request" | "reason">,
): EntryDecision {
    if (isPending(ledger, "capture")) return busy("the payment is being captured");
    const isWhole = lines === undefined && (amount === undefined || amount === unitsOf(ledger.amount, ledger.currency));
    if (!isWhole) return conflict("the payment is only authorised: capture it first, or release the whole");
    return begun(ledger, { ...common, kind: "void", status: "pending", amount: ledger.amount });
}

export const begun = (ledger: Ledger, entry: Entry) => ({ entry, after: withEntry(ledger, entry) });

export const isPending = ({ entries }: Ledger, kind: Entry["kind"]) =>
    entries.some((entry) => entry.kind === kind && entry.status === "pending");

/** The lines of a request, each with its quantity and amount. */
function linesIn(
    ledger: Ledger,
    { lines = [], amount }: RefundRequest,
): { readonly lines: readonly RefundedLine[] } | { readonly problem: Problem } {
    if (lines.length > 0 && amount !== undefined) {
        return refused("/amount", "must be absent beside lines, each of which may have an amount");
    }
    const found: RefundedLine[] = [];
    for (const { line, index, quantity: wanted, amount: units, isOfSeveral } of byLine(ledger, lines)) {
        const place = `/lines/${index}`;
        if (line === undefined) return refused(`${place}/id`, "is no line and no product of the order");
        if (isOfSeveral && units !== undefined) {
            return refused(`${place}/amount`, "is of a product with several lines: name each line with its amount");
        }
        if (found.some((each) => each.id === line.id)) return refused(`${place}/id`, "is named twice");
        const before = refundedOf(ledger, line.id);
        const left = Math.max(0, line.quantity - before.quantity);
        const most = line.total - before.amount;
        // An amount alone is of no pieces, which stay to be refunded if they are canceled; all of the line's is of all.
        const isAmountOnly =
            wanted === undefined && units !== undefined && minorUnitsOf(units, ledger.currency) !== most;
        const quantity = isAmountOnly ? 0 : (wanted ?? left);
        if (quantity > left || (quantity === 0 && (units === undefined || wanted !== undefined))) {
            const more = left === 0 && most > 0 ? `; by amount alone ${text(most, ledger)} may be` : "";
            return refused(`${place}/quantity`, `is more than the ${left} that are not refunded${more}`, 409);
        }
        const share = shareOf(line, before.quantity, quantity);
        const asked = units === undefined ? Math.min(share, most) : minorUnitsOf(units, ledger.currency);
        if (asked === undefined) return refused(`${place}/amount`, `has more digits than ${ledger.currency}`);
        if (asked > most) {
            return refused(`${place}/amount`, `is more than is left of the line, ${text(most, ledger)}`, 409);
        }
        found.push({ id: line.id, quantity, amount: asked });
    }
    return { lines: found };
}

/** The lines that a request means: of a product all that are not refunded, the first ones first. */
function byLine(ledger: Ledger, lines: NonNullable<RefundRequest["lines"]>) {
    return lines.flatMap(({ id, quantity, amount }, index) => {
        const common = { index, ...(amount !== undefined && { amount }) };
        const named = ledger.lines.find((line) => line.id === id);
        const ofProduct = ledger.lines.filter(({ productId }) => productId === id);
        const leftOf = (line: Ledger["lines"][number]) => line.quantity - refundedOf(ledger, line.id).quantity;
        const left = ofProduct.filter((line) => leftOf(line) > 0);
        const [line = ofProduct[0]] = named ? [named] : left;
        if (named !== undefined || left.length < 2) return [{ ...common, line, quantity, isOfSeveral: false }];
        let rest = quantity ?? Number.POSITIVE_INFINITY;
        return left.flatMap((one, at) => {
            const isLast = at === left.length - 1 && quantity !== undefined;
            const pieces = isLast ? rest : Math.min(rest, leftOf(one));
            rest -= pieces;
            return pieces > 0 ? [{ ...common, line: one, quantity: pieces, isOfSeveral: true }] : [];
        });
    });
}

function amountIn(
    { currency }: Ledger,
    { amount }: RefundRequest,
    lines: readonly RefundedLine[],
    left: number,
): number | { readonly problem: Problem } {
    if (lines.length > 0) {
        const asked = lines.reduce((total, line) => total + line.amount, 0);
        return asked > 0 ? asked : refused("/lines", "have no amount that is left");
    }
    if (amount === undefined) return left;
    return minorUnitsOf(amount, currency) ?? refused("/amount", `has more digits than ${currency}`);
}

/** Why less is left than was not refunded. */
function takenIn(ledger: Ledger): string {
    const { givenElsewhere = 0 } = ledger;
    const disputed = disputedIn(ledger);
    const parts = [
        ...(disputed > 0 ? [`${text(disputed, ledger)} are disputed`] : []),
        ...(givenElsewhere > 0 ? [`${text(givenElsewhere, ledger)} were reported as given back elsewhere`] : []),
    ];
    return parts.length > 0 ? `: ${parts.join(", ")}` : "";
}

const text = (minor: number, { currency }: Ledger) => `${unitsOf(minor, currency)} ${currency}`;

function refused(pointer: string, detail: string, status: 400 | 409 = 400): { readonly problem: Problem } {
    const errors: readonly ValidationError[] = [{ pointer, detail }];
    return { problem: { status, detail: "the refund is not possible", errors } };
}

export const conflict = (detail: string): { readonly problem: Problem } => ({ problem: { status: 409, detail } });
export const busy = (detail: string): { readonly problem: Problem } => ({
    problem: { status: 409, detail, retryAfter: 5 },
});
