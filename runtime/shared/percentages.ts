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
