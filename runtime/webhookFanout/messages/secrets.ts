/** Words that are secret wherever they stand in a name. */
const words: ReadonlySet<string> = new Set([
    ..."password passwd passphrase passcode pwd secret credential token jwt otp totp cvv cvc csc ssn iban".split(" "),
]);

/** Words that are secret at the end of a name, or before `value` and the like: `userPin`, not `pinCode` or `spin`. */
const lastWords: ReadonlySet<string> = new Set(["authorization", "cookie", "pan", "pin"]);
const holders: ReadonlySet<string> = new Set(["header", "value", "jar", "number"]);

/** Words that are secret together, in any notation: `apiKey`, `api_keys`, `APIKEY`, `one-time-code`. */
const compounds: readonly string[] = [
    ..."password passwd passphrase apikey accesskey secretkey privatekey signingkey encryptionkey".split(" "),
    ..."accesstoken refreshtoken authtoken bearertoken clientsecret cardnumber creditcard cardpan".split(" "),
    ..."securitycode verificationcode onetimecode onetimepin authcode authenticationcode".split(" "),
    ..."logincode smscode mfacode recoverycode backupcode accesscode sessioncookie setcookie recoveryphrase".split(" "),
    "seedphrase",
];

/** Whether a member of this name is a secret. */
export function namesSecret(name: string): boolean {
    // Splits `cardNumber`, `card_number`, `CARD-NUMBER` and `APIKeys` into words, each in the singular; `cvv2` is `cvv`.
    const inName = name
        .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}(?!s(?!\p{Ll}))\p{Ll})/gu, " ")
        .toLowerCase()
        .match(/\p{L}+/gu)
        ?.map(singular);
    if (inName === undefined) return false;
    const joined = inName.join("");
    const [last = "", before = ""] = inName.toReversed();
    const isLast = lastWords.has(last) || (holders.has(last) && lastWords.has(before));
    return isLast || inName.some((word) => words.has(word)) || compounds.some((part) => joined.includes(part));
}

const singular = (word: string): string => word.replace(/(?<=[^s])s$/, "");

/** What stands in a text in place of a secret. */
const removed = "[removed]";

/** The text without the secrets in it: codes, numbers of cards and accounts, tokens, cookies, keys. */
export function withoutSecrets(text: string): string {
    // Each secret has a digit, or one of these words.
    if (!/\d|bearer|basic|cookie|private key|httponly|samesite/i.test(text)) return text;
    let clean = text;
    for (const { pattern, isSecret } of secretTexts)
        clean = clean.replaceAll(pattern, (found: string, ...groups: unknown[]) => {
            const [kept] = groups;
            if (isSecret !== undefined && !isSecret(found)) return found;
            return `${typeof kept === "string" ? kept : ""}${removed}`;
        });
    return clean;
}

/** Whether a number is that of a card. */
export const isCardNumber = (value: number): boolean => Number.isSafeInteger(value) && isCard(String(value));

interface SecretText {
    /** With `g`; its first group stays. */
    readonly pattern: RegExp;
    readonly isSecret?: (found: string) => boolean;
}

/** Each begins at the beginning of a word or has a limit: a hostile text takes no more than linear time. */
const secretTexts: readonly SecretText[] = [
    { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g },
    // Schemes of RFC 7235; `Bearer of good news` is none.
    { pattern: /\b((?:bearer|basic)\s+)(?=\S*[\d=_.])[\w.~+/-]{8,}=*/gi },
    // JSON Web Tokens, and keys of known forms.
    { pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)*/g },
    { pattern: /\b(?:[sr]k_(?:live|test)_|whs(?:ec|k)_|gh[pousr]_|xox[abprs]-|AKIA|ASIA)[\w+/=-]{10,}/g },
    { pattern: /(\b(?:set-)?cookie:\s*)[^\r\n]+/gi },
    // `sid=31d4d96e; Path=/; HttpOnly`
    {
        pattern:
            /(?<![^\s;,"])[\w!#$%&'*.^`|~+-]+="?[^;\s,"]+"?(?:;\s*(?:path|domain|expires|max-age|httponly|secure|samesite)\b(?:=[^;\r\n]*)?)+/gi,
    },
    // `Your verification code is 123 456`
    {
        pattern:
            /(\b(?:(?:one[- ]time|verification|security|login|sign[- ]in|access|authentication|confirmation|sms)[- ](?:pass)?(?:code|word|pin)|otp|passcode)\b[^\d\n]{0,20})\d(?:[ -]?\d){3,9}\b/gi,
    },
    {
        pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g,
        isSecret: isIban,
    },
    { pattern: /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g, isSecret: isCard },
];

/** 13 to 19 digits with the beginning of a network (ISO/IEC 7812) and Luhn's check digit, and no number of GS1. */
function isCard(text: string): boolean {
    const digits = [...text.replaceAll(/[ -]/g, "")].map(Number);
    const isNetwork = /^(?:[2-6]\d|8[12])/.test(text);
    if (!isNetwork || digits.length < 13 || digits.length > 19) return false;
    const luhn = checkSum(digits, (digit) => 2 * digit - (digit > 4 ? 9 : 0));
    // EAN-13 and SSCC, one in ten of which passes Luhn's check, too.
    const isGs1 = [13, 18].includes(digits.length) && checkSum(digits, (digit) => 3 * digit) === 0;
    return luhn === 0 && !isGs1;
}

/** Every other digit from the right is weighted. @returns the sum's last digit */
function checkSum(digits: readonly number[], weighted: (digit: number) => number): number {
    const sum = digits.toReversed().reduce((all, digit, index) => all + (index % 2 === 0 ? digit : weighted(digit)), 0);
    return sum % 10;
}

/** ISO 13616: the remainder by 97 is 1. */
function isIban(text: string): boolean {
    const iban = text.replaceAll(" ", "");
    if (iban.length < 15 || iban.length > 34) return false;
    const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
        String(letter.charCodeAt(0) - 55),
    );
    let remainder = 0;
    for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
    return remainder === 1;
}
