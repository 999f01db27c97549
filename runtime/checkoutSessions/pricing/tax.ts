import type { Merchant } from "../domain/merchant.ts";
import type { Address, Total } from "../domain/protocol.ts";
import { fractionOf, percentOf } from "./amounts.ts";

/** The tax on one line. */
interface Tax {
    /** `US-CA` where the state has its own rate, otherwise the country: `DE`. */
    readonly jurisdiction: string;
    readonly percent: number;
    /** Minor units, a half rounded up. */
    readonly amount: number;
}

/**
 * The tax on a line: on what it costs after discounts, where it goes. Only items are taxed, their delivery is not. A
 * buyer's own word on being exempt is not taken: it is a claim that nobody has checked.
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

/** By jurisdiction, in the order of the lines; without those that take nothing. */
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
