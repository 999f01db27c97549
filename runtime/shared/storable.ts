import { member } from "./validationErrors.ts";

// DynamoDB's own limits are 32 levels and 38 digits (Constraints in Amazon DynamoDB); the session adds levels around
// what came in, and JavaScript is exact up to 2^53.
const deepest = 24;
const longestName = 255;
// The SDK creates objects by assignment, and checks their constructor.
const unusable: ReadonlySet<string> = new Set(["", "__proto__", "constructor"]);

/** Whether DynamoDB accepts the text as a key. */
export const isKey = (text: string): boolean => text !== "" && Buffer.byteLength(text) <= 2048;

/** A member that is valid JSON but cannot be stored. */
interface Unstorable {
    /** JSON pointer */
    readonly pointer: string;
    readonly detail: string;
}

/**
 * A member that DynamoDB would reject or change: the protocol allows any JSON in some members (`metadata`), and numbers
 * without limits.
 */
export function unstorableIn(value: unknown, depth = 0): Unstorable | undefined {
    if (typeof value === "string") {
        return value.isWellFormed() ? undefined : { pointer: "", detail: "is not well-formed Unicode" };
    }
    if (typeof value === "number") {
        const isExact = Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= 1e-100);
        return isExact ? undefined : { pointer: "", detail: "is a number that cannot be stored exactly" };
    }
    if (typeof value !== "object" || value === null) return undefined;
    if (depth === deepest) return { pointer: "", detail: `is nested more than ${deepest} levels deep` };
    for (const [name, inside] of Object.entries(value)) {
        const isUsable = !unusable.has(name) && name.length <= longestName && name.isWellFormed();
        const found = isUsable ? unstorableIn(inside, depth + 1) : { pointer: "", detail: "is not a usable name" };
        // Builds the pointer only for a finding.
        if (found) return { ...found, pointer: `${member("", name)}${found.pointer}` };
    }
    return undefined;
}
