import type { JsonObject } from "../../shared/json.ts";
import { isSecretMember } from "./secretNames.ts";
import { isCardNumber, withoutSecrets } from "./secretTexts.ts";

interface Sanitised {
    readonly message: JsonObject;
    /** JSON pointers (RFC 6901) to removed members, and to those of which a part is removed. */
    readonly removed: readonly string[];
}

/**
 * Removes control characters, except line breaks and tabs, and secrets: members by their names and values, and parts of
 * texts. Subscribers never receive them.
 */
export function sanitised(message: JsonObject): Sanitised {
    const removed: string[] = [];
    return { message: cleanObject(message, "", removed), removed };
}

function clean(value: unknown, pointer: string, removed: string[]): unknown {
    if (typeof value === "string") {
        const text = withoutControls(value);
        const harmless = withoutSecrets(text);
        if (harmless !== text) removed.push(pointer);
        return harmless;
    }
    if (typeof value === "number" && isCardNumber(value)) {
        removed.push(pointer);
        return null;
    }
    if (Array.isArray(value)) return value.map((element, index) => clean(element, `${pointer}/${index}`, removed));
    return typeof value === "object" && value !== null ? cleanObject(value, pointer, removed) : value;
}

function cleanObject(value: object, pointer: string, removed: string[]): JsonObject {
    const told = toldName(value);
    const members = Object.entries(value).flatMap(([dirty, member]): [string, unknown][] => {
        const name = withoutControls(dirty);
        // A name that is a secret itself is not told either.
        const harmless = withoutSecrets(name);
        const own = `${pointer}/${harmless.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        const isSecret = isSecretMember(name === "value" ? (told ?? name) : name, member);
        if (harmless === name && !isSecret) return [[name, clean(member, own, removed)]];
        removed.push(own);
        return [];
    });
    return Object.fromEntries(members);
}

/** `{ "name": "Cookie", "value": "…" }` */
function toldName(value: object): string | undefined {
    return Object.entries(value).flatMap(([name, member]) =>
        ["name", "key", "header", "field"].includes(name) && typeof member === "string" ? [member] : [],
    )[0];
}

function withoutControls(text: string): string {
    return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, "");
}
