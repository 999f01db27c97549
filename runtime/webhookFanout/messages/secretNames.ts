/** Names of one kind of secret, and the form that a value has if it is one. */
interface Kind {
    /** In lower case, joined; with `=` only as the whole name: `boardingPass` is none. */
    readonly names: ReadonlySet<string>;
    /** @default any text and any number from 100 on */
    readonly isValue?: (text: string) => boolean;
}

const kinds: readonly Kind[] = [
    named(
        "password passwd passwort kennwort passphrase passcode pwd secret credential token jwt secretanswer recoveryphrase " +
            "seedphrase apikey accesskey secretkey privatekey signingkey encryptionkey onetimecode onetimepin verificationcode " +
            "authcode authenticationcode confirmationcode logincode signincode smscode mfacode 2facode twofactorcode " +
            "recoverycode backupcode accesscode",
    ),
    named(
        "pin otp otpcode totp totpcode cvv cvvcode cvc cvccode csc cvn securitycode cardcode cardverificationcode " +
            "cardverificationvalue",
        isCode,
    ),
    named(
        "pan cardpan cardnumber cardno ccnumber ccno creditcard creditcardnumber accountnumber accountno iban ssn " +
            "socialsecuritynumber",
        (text) => (text.match(/\d/g)?.length ?? 0) > 4,
    ),
    named(
        "auth authorization cookie setcookie sessioncookie pw =pass userpass dbpass loginpass =sid =sessionid " +
            "usersessionid loginsessionid jsessionid phpsessionid phpsessid",
        (text) => text.split(/\s/).some(isMade),
    ),
];

function named(names: string, isValue?: Kind["isValue"]): Kind {
    return { names: new Set(names.split(" ")), ...(isValue && { isValue }) };
}

/** Secret at the end of a word, too: `userpassword`. */
const wordEnd = /(?:password|passwd|passwort|passphrase|apikey|secretkey|privatekey|accesstoken|refreshtoken)$/;

/** Words that may follow: `passwordHash`, not `passwordPolicy`. */
const holders: ReadonlySet<string> = new Set(
    "value header jar number no string text hash base old new confirm confirmation is prod production live test dev".split(
        " ",
    ),
);

/** Values that say something about a secret: a date, yes or no. */
const isTold = /^(?:|true|false|yes|no|on|off|none|null|\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)$/i;

/** The end of a name that is that of a secret. */
class SecretName {
    readonly #isValue: Kind["isValue"];
    /** Numbers of such a name are counts: `maxTokens`. */
    readonly #isPlural: boolean;

    constructor({ isValue }: Kind, isPlural: boolean) {
        this.#isValue = isValue;
        this.#isPlural = isPlural;
    }

    /** Whether any text may be its value. */
    get isFree(): boolean {
        return this.#isValue === undefined;
    }

    has(value: unknown): boolean {
        if (typeof value === "number") return !this.#isPlural && value >= 100 && this.#fits(String(value));
        if (typeof value === "string") return !isTold.test(visible(value)) && this.#fits(visible(value));
        // Members of an object that has such a name, as `dropPin`, are judged by their own.
        if (typeof value !== "object" || value === null || !(this.isFree || Array.isArray(value))) return false;
        return Object.values(value).some((each) => this.has(each));
    }

    /** Whether a value in a text is one of it. Without quotes or `=` it may be prose: `password: required`. */
    hasInText(value: string, isQuoted: boolean): boolean {
        if (!isQuoted && this.isFree && (value.length < 4 || !looksMade(value))) return false;
        return this.has(/^[1-9]\d{0,14}$/.test(value) ? Number(value) : value);
    }

    #fits(text: string): boolean {
        return this.#isValue === undefined || this.#isValue(text);
    }
}

/** Whether a member of this name with this value is a secret: the name's last words are those of one, and the value fits. */
export const isSecretMember = (name: string, value: unknown): boolean => secretNameIn(name)?.has(value) === true;

/** Whether a word is generated: `Bearer of good news` has no credentials. */
export function looksMade(text: string): boolean {
    return /[\d=_]|\.\w|[a-z][A-Z]|^[A-Z]{12}|^\w{20}/.test(text);
}

export function secretNameIn(name: string): SecretName | undefined {
    // Splits `cardNumber`, `card_number`, `CARD-NUMBER` and `APIKeys` into words; `cvv2` is `cvv`.
    const words = visible(name)
        .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}(?!s(?!\p{Ll}))\p{Ll})/gu, " ")
        .toLowerCase()
        .match(/2fa|\p{L}+/gu)
        ?.slice(-8);
    for (let rest = words ?? []; rest.length > 0; rest = rest.slice(0, -1)) {
        const last = rest.at(-1) ?? "";
        const kind = kindOf(rest.map(singular));
        if (kind !== undefined) return new SecretName(kind, singular(last) !== last);
        if (!holders.has(last)) return undefined;
    }
    return undefined;
}

function kindOf(words: readonly string[]): Kind | undefined {
    const ends = [`=${words.join("")}`, ...words.map((_, from) => words.slice(from).join(""))];
    const kind = kinds.find(({ names }) => ends.some((end) => names.has(end)));
    return kind ?? (wordEnd.test(words.at(-1) ?? "") ? kinds[0] : undefined);
}

/** Not `sms` or `pass`. */
const singular = (word: string): string => (word.length > 3 ? word.replace(/(?<=[^s])s$/, "") : word);

const visible = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "");

function isCode(text: string): boolean {
    return /\d/.test(text) && /^[A-Za-z\d](?:[ -]?[A-Za-z\d]){2,15}$/.test(text);
}

/** Stricter than `looksMade`, since names of this kind name other things, too: `auth: PayPal`, `cookie: 100 pieces`. */
function isMade(word: string): boolean {
    if (/^\d{1,40}(?:[.,]\d{1,9})?\p{L}{0,3}$/u.test(word)) return /^\d{6,40}$/.test(word);
    if (/[\w-]=\w/.test(word)) return true;
    return word.length > 6 && (/\d\p{L}|\p{L}\d/u.test(word) || /[a-z][A-Z]\w{0,40}[a-z][A-Z]/.test(word));
}

/** Parameters of URLs that let their holder in, besides those that name a secret. */
const letsIn: ReadonlySet<string> = new Set(
    "sig signature auth sid session sessionid jsessionid phpsessid x-amz-signature x-goog-signature".split(" "),
);

/** Whether a parameter of a URL is a secret. */
export const isSecretParameter = (name: string, value: string): boolean =>
    letsIn.has(name.toLowerCase()) || isSecretMember(name, value);
