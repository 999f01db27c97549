import { isCard, isIban } from "./accountNumbers.ts";
import { isSecretParameter, namesSecret } from "./secretNames.ts";

/** What stands in a text in place of a secret. */
const removed = "[removed]";

/** The text without the secrets in it: codes, numbers of cards and accounts, credentials, cookies, keys. */
export function withoutSecrets(text: string): string {
    let clean = text;
    for (const { pattern, isSecret } of secretTexts)
        clean = clean.replaceAll(pattern, (found: string, ...groups: unknown[]) => {
            const kept = typeof groups[0] === "string" ? groups[0] : "";
            return isSecret?.(found.slice(kept.length), kept) === false ? found : `${kept}${removed}`;
        });
    return clean;
}

/** Whether a number is that of a card. */
export const isCardNumber = (value: number): boolean => Number.isSafeInteger(value) && isCard(String(value));

interface SecretText {
    /** With `g`; its first group stays. */
    readonly pattern: RegExp;
    /** @param kept the first group @default always */
    readonly isSecret?: (found: string, kept: string) => boolean;
}

/** Each begins at the beginning of a word or has a limit: a hostile text takes no more than linear time. */
const secretTexts: readonly SecretText[] = [
    { pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g },
    // A header of HTTP, whatever the form of its credentials.
    {
        pattern:
            /(\bauthorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:basic|bearer|digest|negotiate|token|apikey|hmac|dpop|oauth|aws4-hmac-sha256)\s{1,3})[^\r\n"'\\]+/gi,
    },
    { pattern: /(\bbearer\s{1,3})[\w.~+/-]{3,}=*/gi, isSecret: looksMade },
    { pattern: /(\bbasic\s{1,3})[\w+/-]{4,}={0,2}/gi, isSecret: isBasic },
    // JSON Web Tokens, and keys of known forms.
    { pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)*/g },
    { pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{12,}(?![A-Za-z0-9])/g },
    {
        pattern:
            /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whs(?:ec|k)_|gh[pousr]_|github_pat_|glpat-|npm_|shp(?:at|ca|pa|ss)_|xox[abeprs]-|xapp-|AIza|ya29\.|SG\.|tenant_[0-9a-f]{32}_)[\w.+/=-]{10,}/g,
    },
    { pattern: /(\bhooks\.slack\.com\/(?:services|workflows)\/)[\w/]+/gi },
    { pattern: /(\b(?:set-)?cookie:\s{0,3})[^\r\n]+/gi },
    // `sid=31d4d96e; Path=/; HttpOnly`
    {
        pattern:
            /(?<![^\s;,"])[\w!#$%&'*.^`|~+-]+="?[^;\s,"]+"?(?:;\s*(?:path|domain|expires|max-age|httponly|secure|samesite)\b(?:=[^;\r\n]*)?)+/gi,
    },
    // `https://user:password@host`
    { pattern: /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/?#:@]{0,200}:)[^\s/?#@]{1,500}(?=@)/gi },
    // `?access_token=…`, and the same in a URL that is a parameter itself.
    { pattern: /([?&#;][\w.-]{1,60}=)[^\s&#;"'<>\\]+/g, isSecret: (_, kept) => isSecretParameter(kept.slice(1, -1)) },
    {
        pattern: /((?:%3F|%26|%23)[\w.-]{1,60}%3D)(?:(?!%26|%23)[^\s&#;"'<>\\])+/gi,
        isSecret: (_, kept) => isSecretParameter(kept.slice(3, -3)),
    },
    // `password=…`, `API key: …`, `"token":"…"`
    {
        pattern:
            /((?<![\w-])(?:\w[\w-]{0,30} )?\w[\w-]{1,30}\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)(?:(?<=["'])[^"'\\\r\n]+|(?<!["'])[^\s"'\\,;&{}[\]]+)/g,
        isSecret: isAssigned,
    },
    // `Your verification code is 123 456`
    {
        pattern:
            /(\b(?:(?:one[- ]time|verification|security|login|sign[- ]in|access|authentication|confirmation|sms)[- ](?:pass)?(?:code|word|pin)|otp|passcode)\b[^\d\n]{0,20})\d(?:[ -]?\d){3,9}\b/gi,
    },
    {
        pattern:
            /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:(?:[\p{Zs}\p{Pd}._+]|%20)?[A-Za-z0-9]{4}){2,7}(?:(?:[\p{Zs}\p{Pd}._+]|%20)?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])/gu,
        isSecret: isIban,
    },
    // In any groups; with dots and the like only in those of cards.
    {
        pattern: /(?<![\p{L}\p{N}.]|\d-)\d(?:(?:[\p{Zs}\p{Pd}]|%20)?\d){12,18}(?![\p{L}\p{N}]|[-.]\d)/gu,
        isSecret: isCard,
    },
    {
        pattern:
            /(?<![\p{L}\p{N}.])\d{4}(?:(?:[._+/]\d{4}){3}(?:[._+/]\d{1,3})?|[._+/]\d{6}[._+/]\d{4,5})(?![\p{L}\p{N}]|[-._+/]\d)/gu,
        isSecret: isCard,
    },
];

/** `Bearer of good news` has no credentials. */
function looksMade(text: string): boolean {
    return /[\d=_]|\.\w|[a-z][A-Z]/.test(text);
}

/** Base64 of `user:password` (RFC 7617). */
function isBasic(text: string): boolean {
    return /^[^:\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(Buffer.from(text, "base64").toString("utf8"));
}

/** `password: hunter2`, not `authorization: pending`. A value in quotes, or after `=`, may be any word. */
function isAssigned(value: string, kept: string): boolean {
    if (!namesSecret(kept)) return false;
    return /=|["']$/.test(kept.trimEnd()) || (value.length > 3 && looksMade(value));
}
