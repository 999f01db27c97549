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

/** Parameters of URLs that let their holder in, besides those that name a secret. */
const letsIn: ReadonlySet<string> = new Set(
    "sig signature auth sid session sessionid jsessionid phpsessid x-amz-signature x-goog-signature".split(" "),
);

/** Whether a parameter of a URL with this name is a secret. */
export const isSecretParameter = (name: string): boolean => letsIn.has(name.toLowerCase()) || namesSecret(name);
