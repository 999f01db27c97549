import { hash } from "node:crypto";

/** JSON with sorted members: equal values have equal text. */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(ordered(value));
}

/** SHA-256 of the canonical JSON, in hexadecimal digits. */
export function fingerprint(value: unknown): string {
    return hash("sha256", canonicalJson(value));
}

// Faster than a replacer of JSON.stringify; every POST runs this.
function ordered(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(ordered);
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(members.map(([name, member]) => [name, ordered(member)]));
}
