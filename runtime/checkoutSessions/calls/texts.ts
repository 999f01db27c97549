import { isJsonObject } from "../../shared/json.ts";
import { member, type ValidationError } from "../../shared/validationErrors.ts";

/** Members of a request with addresses, which travel with the order onto labels and documents. */
const addressed = ["fulfillment_details", "fulfillment_groups", "payment_data"];

/** A text of an address or group that is too long. The protocol sets no limit. Long names are cut instead. */
export function longTextIn(body: unknown): ValidationError | undefined {
    if (!isJsonObject(body)) return undefined;
    return addressed.map((name) => longIn(body[name], member("", name), false)).find((found) => found);
}

function longIn(value: unknown, pointer: string, isAddress: boolean): ValidationError | undefined {
    if (typeof value === "string") {
        const isInstruction = pointer.endsWith("/instructions");
        const most = isInstruction ? 500 : 255;
        const isLong = (isAddress || isInstruction) && value.length > most;
        return isLong ? { pointer, detail: `must have at most ${most} characters` } : undefined;
    }
    if (!Array.isArray(value) && !isJsonObject(value)) return undefined;
    for (const [name, inside] of Object.entries(value)) {
        const found = longIn(inside, member(pointer, name), isAddress || /address$/.test(name));
        if (found) return found;
    }
    return undefined;
}
