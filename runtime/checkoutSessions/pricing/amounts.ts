/** Percentages count to six places: 7.25, 12.5, 0.000001. */
const places = 1_000_000;
const whole = 100n * BigInt(places);

/**
 * A percentage of an amount in minor units, half rounded up. Exact: with doubles, 7.25 % of 3000 would be
 * 217.49999999999997.
 */
export function percentOf(amount: number, percent: number): number {
    return Number((BigInt(amount) * BigInt(Math.round(percent * places)) + whole / 2n) / whole);
}

/** The tax of a percentage that an amount in minor units contains, half rounded up: 19 of 119 at 19 %. */
export function includedIn(amount: number, percent: number): number {
    const part = BigInt(Math.round(percent * places));
    const all = whole + part;
    return Number((2n * BigInt(amount) * part + all) / (2n * all));
}

/** 8.875 % as 0.08875, without the error of a division by 100. */
export function fractionOf(percent: number): number {
    return Math.round(percent * places) / (100 * places);
}

/**
 * Splits an amount in proportion to the weights, so that the shares add up to it: each gets its proportion rounded down,
 * and the cents that are left go to the largest remainders, to the earlier of equal ones. No share is larger than its
 * weight when the amount is not larger than their sum.
 *
 * @param amount from 0, in minor units; 0 when all weights are
 * @param weights from 0, in minor units
 */
export function sharesOf(amount: number, weights: readonly number[]): number[] {
    const sum = BigInt(sumOf(weights));
    if (sum === 0n) return weights.map(() => 0);
    // Products of two amounts exceed the precision of doubles.
    const parts = weights.map((weight, index) => {
        const exact = BigInt(amount) * BigInt(weight);
        return { index, share: Number(exact / sum), remainder: exact % sum };
    });
    const left = amount - sumOf(parts.map(({ share }) => share));
    const favoured = parts
        .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
        .slice(0, left);
    for (const part of favoured) part.share += 1;
    return parts.map(({ share }) => share);
}

export function sumOf(amounts: readonly number[]): number {
    return amounts.reduce((sum, amount) => sum + amount, 0);
}
