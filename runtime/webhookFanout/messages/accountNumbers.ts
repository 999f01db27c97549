/** What stands between the groups of a number. */
const separators = /[\p{Zs}\p{Pd}._+/]|%20/gu;

/** 13 to 19 digits with the beginning of a network (ISO/IEC 7812) and Luhn's check digit, and no number of GS1. */
export function isCard(text: string): boolean {
    const digits = [...text.replaceAll(separators, "")].map(Number);
    // No network begins with 20 or 21, but times do.
    const isNetwork = /^(?:2[2-7]|[3-6]\d|8[12])/.test(text.replaceAll(separators, ""));
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

/** Characters of the IBANs of each country (SWIFT's registry): a digest that begins like one has other lengths. */
const lengths: ReadonlyMap<string, number> = new Map(
    (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 " +
        "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 " +
        "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 " +
        "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
    )
        .split(" ")
        .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** ISO 13616: the remainder by 97 is 1. */
export function isIban(text: string): boolean {
    const iban = text.replaceAll(separators, "").toUpperCase();
    if (lengths.get(iban.slice(0, 2)) !== iban.length) return false;
    const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
        String(letter.charCodeAt(0) - 55),
    );
    let remainder = 0;
    for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
    return remainder === 1;
}
