/** Percentages count to six places: 7.25, 12.5, 0.000001. */
const places = 1_000_000;
const whole = 100n * BigInt(places);

/**
 * So many percent of an amount in minor units, a half rounded up. Exact: doubles would make 217.49999999999997 of
 * 7.25 % of 3000, and lose the half.
 */
export function percentOf(amount: number, percent: number): number {
    return Number((BigInt(amount) * BigInt(Math.round(percent * places)) + whole / 2n) / whole);
}

/** 8.875 % as 0.08875, without the dust of a division by 100. */
export function fractionOf(percent: number): number {
    return Math.round(percent * places) / (100 * places);
}
