/**
 * From when on DynamoDB may delete an item that is kept for so many days, in seconds since 1970; undefined for 0, which
 * keeps it for good.
 * @param now milliseconds since 1970
 */
export function expiryAfter(days: number, now: number): number | undefined {
    return days === 0 ? undefined : Math.floor(now / 1000) + days * 24 * 60 * 60;
}
