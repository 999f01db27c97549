import { member } from "../../shared/validationErrors.ts";

// DynamoDB's own limits are 32 levels and 38 digits (Constraints in Amazon DynamoDB); the session adds levels around
// what came in, and JavaScript is exact up to 2^53.
const deepest = 24;
const longestName = 255;
// The SDK makes objects by assignment, and tells what they are by their constructor.
const unusable: ReadonlySet<string> = new Set(["", "__proto__", "constructor"]);

/** Whether DynamoDB takes it as a key; whatever has another one is not there. */
export const isKey = (text: string): boolean => text !== "" && Buffer.byteLength(text) <= 2048;

/** A member of a body that is valid JSON but cannot be kept. */
interface Unstorable {
    /** JSON pointer */
    readonly pointer: string;
    readonly detail: string;
}

/**
 * What of a JSON value DynamoDB would refuse or change: the protocol leaves some members free (`metadata`), and numbers
 * without a bound.
 */
export function unstorableIn(value: unknown, depth = 0): Unstorable | undefined {
    if (typeof value === "string") {
        return value.isWellFormed() ? undefined : { pointer: "", detail: "is not well-formed Unicode" };
    }
    if (typeof value === "number") {
        const isExact = Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= 1e-100);
        return isExact ? undefined : { pointer: "", detail: "is a number beyond what can be kept exactly" };
    }
    if (typeof value !== "object" || value === null) return undefined;
    if (depth === deepest) return { pointer: "", detail: `is nested more than ${deepest} levels deep` };
    for (const [name, inside] of Object.entries(value)) {
        const isUsable = !unusable.has(name) && name.length <= longestName && name.isWellFormed();
        const found = isUsable ? unstorableIn(inside, depth + 1) : { pointer: "", detail: "is not a usable name" };
        // The way there is put together for what is found, and not for every member.
        if (found) return { ...found, pointer: `${member("", name)}${found.pointer}` };
    }
    return undefined;
}
