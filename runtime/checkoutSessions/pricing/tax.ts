import type { Merchant } from "../domain/merchant.ts";
import type { Address, Total } from "../domain/protocol.ts";
import { fractionOf, percentOf } from "./amounts.ts";

interface Tax {
    /** `US-CA` where the state has its own rate, otherwise the country: `DE`. */
    readonly jurisdiction: string;
    readonly percent: number;
    /** Minor units, half rounded up. */
    readonly amount: number;
}

/**
 * The tax on a line after discounts, at its destination. Fulfilment is not taxed. A buyer's claim of exemption is
 * ignored, because it is not verified.
 *
 * @param amount minor units
 */
export function taxOn(amount: number, { country, state }: Address, rates: Merchant["taxRates"]): Tax {
    const nation = country.toUpperCase();
    const region = `${nation}-${state.toUpperCase()}`;
    const regional = rates[region];
    const percent = regional ?? rates[nation] ?? rates["*"] ?? 0;
    return {
        jurisdiction: regional === undefined ? nation : region,
        percent,
        amount: percentOf(amount, percent),
    };
}

/** By jurisdiction, in the order of the lines, without zero amounts. */
export function breakdownOf(taxes: readonly Tax[]): Breakdown {
    const items = new Map<string, Breakdown[number]>();
    for (const { jurisdiction, percent, amount } of taxes) {
        if (percent === 0) continue;
        const before = items.get(jurisdiction)?.amount ?? 0;
        items.set(jurisdiction, { jurisdiction, rate: fractionOf(percent), amount: before + amount });
    }
    return [...items.values()];
}

type Breakdown = NonNullable<Total["breakdown"]>;
