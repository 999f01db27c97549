/**
 * Milliseconds since 1970 of a point in time, whose form (RFC 3339) is validated. A leap second, which `Date.parse` does
 * not know, is in the second before.
 */
export const instantOf = (text: string): number =>
    Date.parse(text.toUpperCase().replace(/^([\d-]+T\d\d:\d\d):60/, "$1:59"));
