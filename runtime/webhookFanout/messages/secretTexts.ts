import { isCard, withoutAccountNumbers } from "./accountNumbers.ts";
import { withoutAssigned } from "./assignments.ts";
import { isSecretParameter, looksMade } from "./secretNames.ts";

/** What stands in a text in place of a secret. */
const removed = "[removed]";

/** The text without the secrets in it: codes, numbers of cards and accounts, credentials, cookies, keys. */
export function withoutSecrets(text: string): string {
    const clean = secretTexts.reduce(
        (rest, { pattern, isSecret }) =>
            rest.replaceAll(pattern, (found: string, ...groups: unknown[]) => {
                const kept = typeof groups[0] === "string" ? groups[0] : "";
                return isSecret?.(found.slice(kept.length), kept) === false ? found : `${kept}${removed}`;
            }),
        text,
    );
    return withoutAssigned(withoutAccountNumbers(clean, removed), removed);
}

/** Whether a number is that of a card. */
export const isCardNumber = (value: number): boolean => Number.isSafeInteger(value) && isCard(String(value));

interface SecretText {
    /** With `g`; its first group stays. */
    readonly pattern: RegExp;
    /** @param kept the first group @default always */
    readonly isSecret?: (found: string, kept: string) => boolean;
}

const codeName =
    "(?:one[- ]time|verification|security|log-?in|sign[- ]in|access|authentication|confirmation|sms|2fa|mfa|two[- ]factor)" +
    "[- ](?:pass)?(?:code|word|pin)|otp|passcode";
const digits = String.raw`\d(?:[ -]?\d){3,9}(?![\p{L}\p{N}]|-\d)`;

/** Only the end of each is without a limit, and nothing follows it: a hostile text takes no more than linear time. */
const secretTexts: readonly SecretText[] = [
    {
        pattern:
            /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:(?!-----)[\s\S]){0,20000}-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\s|\\[nr]){0,9}[A-Za-z0-9+/=]{16,100})+)/g,
    },
    // A header of HTTP, whatever the form of its credentials.
    {
        pattern:
            /(\bauthorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:basic|bearer|digest|negotiate|token|apikey|hmac|dpop|oauth|aws4-hmac-sha256)\s{1,20})[^\s"'\\][^\r\n"'\\]*/gi,
    },
    { pattern: /(\bbearer\s{1,20})(?=[\w.~+/-]{3})[\w.~+/=-]+/gi, isSecret: looksMade },
    { pattern: /(\bbasic\s{1,20})(?=[\w+/-]{4})[\w+/=-]+/gi, isSecret: isBasic },
    // JSON Web Tokens, and keys of known forms.
    { pattern: /(?<![\w-])eyJ[\w-]{5,4096}\.[\w-][\w.-]*/g },
    { pattern: /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}|npm_[A-Za-z0-9]{36})(?![A-Za-z0-9])/g },
    {
        pattern:
            /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|sk-(?:ant|proj|svcacct|admin|or)-|sk-(?=[A-Za-z0-9]{32})|hf_(?=[A-Za-z0-9]{20})|whs(?:ec|k)_|gh[pousr]_|github_pat_|glpat-|shp(?:at|ca|pa|ss)_|xox[abeprs]-|xapp-|AIza|ya29\.|SG\.|tenant_[0-9a-f]{32}_)(?=[\w.+/=-]{10})[\w.+/=-]+/g,
    },
    {
        pattern:
            /(\b(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api(?:\/v\d{1,2})?\/webhooks)\/)[\w/-]+/gi,
    },
    { pattern: /(\b(?:set-)?cookie:\s{0,3})(?=[^\s=;]{1,200}=)[^\r\n]+/gi },
    // `sid=31d4d96e; Path=/; HttpOnly`
    {
        pattern:
            /(?<![^\s;,"])[\w!#$%&'*.^`|~+-]{1,200}="?[^;\s,"]{1,4096}"?(?:;\s{0,3}(?:path=\/[^;\s]{0,200}|domain=[\w-]{0,63}\.[\w.-]{1,200}|expires=\w{3},[\w :-]{1,30}|max-age=-?\d{1,12}|samesite=(?:lax|strict|none)|(?:httponly|secure)(?=\s{0,3}(?:[;,"\r\n]|$))))+/gi,
    },
    // `https://user:password@host`
    { pattern: /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/?#:@]{0,200}:)[^\s/?#@]{1,500}(?=@)/gi },
    // `?access_token=…`, and the same in a URL that is a parameter itself.
    {
        pattern: /([?&#;][\w.-]{1,60}=)[^\s&#;"'<>\\]+/g,
        isSecret: (value, kept) => isSecretParameter(kept.slice(1, -1), value),
    },
    {
        pattern: /((?:%3F|%26|%23)[\w.-]{1,60}%3D)(?:(?!%26|%23)[^\s&#;"'<>\\])+/gi,
        isSecret: (value, kept) => isSecretParameter(kept.slice(3, -3), value),
    },
    // `Your verification code is 123 456`, `OTP 8842`, `482913 is your verification code`
    {
        pattern: new RegExp(
            String.raw`(\b(?:${codeName}|your (?:code|pin))\b(?:(?:[^\n.!?]|\.(?=\S)){0,60}?(?:\bis\b|[:=])[\s"'*]{0,6}|[^\p{L}\p{N}\n]{1,5}))${digits}`,
            "giu",
        ),
        isSecret: isNoDate,
    },
    { pattern: /(\b(?:cv[cnv]2?|csc)\b[^\p{L}\p{N}\n]{1,5})\d{3,4}(?![\p{L}\p{N}])/giu },
    {
        pattern: new RegExp(
            String.raw`(?<![\p{L}\p{N}.]|\d-)(?=${digits}\s{1,3}(?:is|as)\s{1,3}(?:your|the)\s{1,3}(?:(?:[\w-]{1,30}\s{1,3}){0,2}(?:${codeName})|(?<=your\s{1,3})(?:code|pin))\b)${digits}`,
            "giu",
        ),
        isSecret: isNoDate,
    },
];

/** Base64 of `user:password` (RFC 7617). */
function isBasic(text: string): boolean {
    const decoded = Buffer.from(text, "base64").toString("utf8");
    return decoded.includes(":") && !/[\p{Cc}\ufffd]/u.test(decoded);
}

function isNoDate(text: string): boolean {
    return !/^\d{4}-\d\d-\d\d$/.test(text);
}
