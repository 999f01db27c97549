import { createHash } from "node:crypto";

/** JSON text with the members of every object in the order of their names: equal values have equal text. */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(value, (_name, member: unknown) =>
        typeof member === "object" && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
    );
}

/** SHA-256 of the canonical JSON, in hexadecimal digits. */
export function fingerprint(value: unknown): string {
    return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
