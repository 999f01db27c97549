import type { JsonObject } from "../../shared/json.ts";

/** What is left of a message, and what is not. */
interface Sanitised {
    readonly message: JsonObject;
    /** JSON pointers (RFC 6901) to the members that were removed. */
    readonly removed: readonly string[];
}

/** Names of secrets, also as a part of a longer name and however that is written: `userPassword`, `card-number`. */
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

/** Words that name secrets, but are also in other names: `csrf_token` goes, `tokenisation` and `secretary` stay. */
const words = new Set(["token", "secret", "secrets", "credential", "credentials", "pwd", "cvv", "cvc", "ssn", "jwt"]);

/** Names that mean a secret only where nothing else is in them. */
const wholes = new Set(["authorization", "cookie", "pan", "pin"]);

/**
 * The message without control characters, except those that part lines and columns, and without the members that are
 * named like secrets, whatever is in them: what no subscriber gets, no subscriber can give away.
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
    // `cardNumber`, `card_number` and `CARD-NUMBER` are the words card and number.
    const inName = name
        .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ")
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu);
    if (inName === null) return false;
    const joined = inName.join("");
    return wholes.has(joined) || inName.some((word) => words.has(word)) || parts.some((part) => joined.includes(part));
}
