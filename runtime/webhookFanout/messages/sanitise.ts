import type { JsonObject } from "../../shared/json.ts";

interface Sanitised {
    readonly message: JsonObject;
    /** JSON pointers (RFC 6901) to removed members. */
    readonly removed: readonly string[];
}

/** Also parts of longer names in any notation: `userPassword`, `card-number`. */
const parts = [
    "password",
    "passwd",
    "passphrase",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "accesstoken",
    "refreshtoken",
    "clientsecret",
    "cardnumber",
    "creditcard",
    "securitycode",
];

/** Whole words only: removes `csrf_token`, keeps `tokenisation` and `secretary`. */
const words = new Set(["token", "secret", "secrets", "credential", "credentials", "pwd", "cvv", "cvc", "ssn", "jwt"]);

/** Whole names only. */
const wholes = new Set(["authorization", "cookie", "pan", "pin"]);

/**
 * Removes control characters, except line breaks and tabs, and members with names of secrets, so that subscribers
 * never receive them.
 */
export function sanitised(message: JsonObject): Sanitised {
    const removed: string[] = [];
    return { message: cleanObject(message, "", removed), removed };
}

function clean(value: unknown, pointer: string, removed: string[]): unknown {
    if (typeof value === "string") return withoutControls(value);
    if (Array.isArray(value)) return value.map((element, index) => clean(element, `${pointer}/${index}`, removed));
    return typeof value === "object" && value !== null ? cleanObject(value, pointer, removed) : value;
}

function cleanObject(value: object, pointer: string, removed: string[]): JsonObject {
    const members = Object.entries(value).flatMap(([dirty, member]): [string, unknown][] => {
        const name = withoutControls(dirty);
        const own = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        if (!namesSecret(name)) return [[name, clean(member, own, removed)]];
        removed.push(own);
        return [];
    });
    return Object.fromEntries(members);
}

function withoutControls(text: string): string {
    return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, "");
}

export function namesSecret(name: string): boolean {
    // Splits `cardNumber`, `card_number` and `CARD-NUMBER` into the words card and number.
    const inName = name
        .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ")
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu);
    if (inName === null) return false;
    const joined = inName.join("");
    return wholes.has(joined) || inName.some((word) => words.has(word)) || parts.some((part) => joined.includes(part));
}
