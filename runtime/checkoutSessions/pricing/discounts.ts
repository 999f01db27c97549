import { percentOf } from "../../shared/percentages.ts";
import { warning } from "../domain/messages.ts";
import { deliveryPath } from "../domain/placement.ts";
import type { Discounts, LineItem, Message } from "../domain/protocol.ts";
import { sharesOf, sumOf } from "./amounts.ts";
import { checkCodes, isFor } from "./discountCodes.ts";
import type { PricedLine } from "./lines.ts";
import type { DiscountCode, Market } from "./market.ts";

type Applied = NonNullable<Discounts["applied"]>[number];
type Allocation = NonNullable<Applied["allocations"]>[number];
type DiscountDetail = NonNullable<LineItem["discount_details"]>[number];

/** Reductions in minor units. */
interface Reductions {
    /** By the line's id */
    readonly items: ReadonlyMap<string, readonly DiscountDetail[]>;
    readonly fulfillment: number;
    readonly discounts: Discounts;
    readonly messages: readonly Message[];
    /** Applied codes with a usage limit, in upper case. */
    readonly redeems: readonly string[];
}

/**
 * Applies the codes by priority, equal ones in the client's order, each to the remaining amounts. A code for the
 * fulfilment has no effect until the buyer has selected one.
 *
 * @param codes as the client sent them
 * @param fulfillment cost in minor units
 */
export function reductionsBy(
    codes: readonly string[],
    lines: readonly PricedLine[],
    fulfillment: number,
    market: Market,
): Reductions {
    const { accepted, rejected } = checkCodes(codes, lines, market);
    const items = lines.map((line) => ({ line, ...target(line.path, line.base) }));
    const delivery = target(deliveryPath, fulfillment);
    const applied: Applied[] = [];
    const redeems: string[] = [];
    for (const { sent, code } of accepted.toSorted((a, b) => priorityOf(a.code) - priorityOf(b.code))) {
        const targets = code.appliesTo === "fulfillment" ? [delivery] : items.filter(({ line }) => isFor(code, line));
        const allocations = takeOff(code, sent, targets);
        const amount = sumOf(allocations.map((allocation) => allocation.amount));
        applied.push({
            id: `discount_${code.code}`,
            code: sent,
            coupon: couponOf(code, market.merchant.currency),
            amount,
            automatic: false,
            method: "across",
            priority: applied.length + 1,
            allocations,
        });
        if (amount > 0 && code.usageLimit !== undefined) redeems.push(code.code);
    }
    return {
        items: new Map(items.map(({ line, details }) => [line.id, details])),
        fulfillment: fulfillment - delivery.left,
        discounts: {
            codes,
            applied,
            rejected: rejected.map(({ sent, reason, message }) => ({ code: sent, reason, message })),
        },
        messages: rejected.map(({ index, reason, message }) => warning(reason, `$.discounts.codes[${index}]`, message)),
        redeems,
    };
}

/** The target of a reduction: a line or the fulfilment. */
interface DiscountTarget {
    /** In allocations */
    readonly path: string;
    /** Minor units, from 0 */
    left: number;
    readonly details: DiscountDetail[];
}

function target(path: string, left: number): DiscountTarget {
    return { path, left, details: [] };
}

/** Distributes the code's value over the targets. */
function takeOff(code: DiscountCode, sent: string, targets: readonly DiscountTarget[]): Allocation[] {
    const left = targets.map((target) => target.left);
    const shares = sharesOf(worthOf(code, sumOf(left)), left);
    return targets.flatMap((target, index) => {
        const amount = shares[index] ?? 0;
        if (amount === 0) return [];
        target.left -= amount;
        target.details.push(detailOf(code, sent, amount));
        return [{ path: target.path, amount }];
    });
}

/** At most the remaining amount. */
function worthOf({ percentOff, amountOff = 0 }: DiscountCode, left: number): number {
    return Math.min(left, percentOff === undefined ? amountOff : percentOf(left, percentOff));
}

function detailOf({ name, percentOff }: DiscountCode, sent: string, amount: number): DiscountDetail {
    const type = percentOff === undefined ? "fixed" : "percentage";
    return { code: sent, type, amount, description: name, source: "coupon" };
}

/** Without usage counts, which are internal. */
function couponOf({ code, name, percentOff, amountOff = 0 }: DiscountCode, currency: string): Applied["coupon"] {
    return {
        id: code,
        name,
        ...(percentOff === undefined ? { amount_off: amountOff, currency } : { percent_off: percentOff }),
    };
}

function priorityOf({ priority = 100 }: DiscountCode): number {
    return priority;
}
