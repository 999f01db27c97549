import { hash } from "node:crypto";

/** JSON text with the members of every object in the order of their names: equal values have equal text. */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(ordered(value));
}

/** SHA-256 of the canonical JSON, in hexadecimal digits. */
export function fingerprint(value: unknown): string {
    return hash("sha256", canonicalJson(value));
}

// Not by the replacer of JSON.stringify, which is slower: this is part of every POST.
function ordered(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(ordered);
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(members.map(([name, member]) => [name, ordered(member)]));
}
