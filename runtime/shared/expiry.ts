/**
 * DynamoDB's expiry time (seconds since 1970) of an item that is kept for some days; undefined for 0 (no expiry).
 * @param now milliseconds since 1970
 */
export function expiryAfter(days: number, now: number): number | undefined {
    return days === 0 ? undefined : Math.floor(now / 1000) + days * 24 * 60 * 60;
}
