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
