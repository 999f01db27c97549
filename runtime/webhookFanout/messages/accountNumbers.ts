/** A part of a text: from, to. */
type Span = readonly [from: number, to: number];

/** Digits of ASCII, Arabic and full width; the last four bits are the value. */
const digit = "[0-9\\u0660-\\u0669\\u06f0-\\u06f9\\uff10-\\uff19]";
/** Digits that nothing visible separates; what is encoded for a URL is none. */
const group = new RegExp(`%[0-9A-Fa-f]{2}|${digit}(?:\\p{Cf}{0,3}${digit})*`, "gu");
/** What stands between the groups of a number: up to three spaces, line breaks, hyphens and the like. */
const separator = /(?:[\s\p{Pd}\p{Cf}._+/,]|%[02][0-9A-Fa-f]){1,3}/uy;
/** Counts of digits in groups, as cards are written. */
const writing = /^(?:\d{2}|(?:4 ){2,4}[1-4]|4 6 [45]|8 8|6 13|(?:1 ){12,18}1)$/;

/** The text with another in place of each number of a card and each IBAN. */
export function withoutAccountNumbers(text: string, removed: string): string {
    return [ibansIn, cardsIn].reduce((clean, spansIn) => without(clean, spansIn(clean), removed), text);
}

function without(text: string, spans: readonly Span[], removed: string): string {
    const ends = [0, ...spans.map(([, to]) => to)];
    return [...spans.map(([from]) => from), text.length]
        .map((from, index) => text.slice(ends[index], from))
        .join(removed);
}

interface Group {
    readonly digits: string;
    readonly from: number;
    readonly to: number;
    /** Whether the next group may continue the number. */
    readonly isJoined: boolean;
}

/** Numbers of cards may begin at each group of a run: `Order 7 4111 1111 1111 1111`. */
function cardsIn(text: string): Span[] {
    const groups = groupsIn(text);
    const spans: Span[] = [];
    for (let index = 0; index < groups.length; ) {
        const count = cardAt(text, groups.slice(index, index + 19));
        const [first, last] = [groups[index], groups[index + count - 1]];
        if (count > 0 && first !== undefined && last !== undefined) spans.push([first.from, last.to]);
        index += Math.max(count, 1);
    }
    return spans;
}

function groupsIn(text: string): Group[] {
    const found = [...text.matchAll(group)].filter(([part]) => !part.startsWith("%"));
    return found.map(({ 0: part, index: from }, position) => {
        const to = from + part.length;
        separator.lastIndex = to;
        const next = separator.test(text) ? separator.lastIndex : -1;
        return { digits: asciiOf(part), from, to, isJoined: found[position + 1]?.index === next };
    });
}

const asciiOf = (digits: string): string =>
    Array.from(digits.replaceAll(/\p{Cf}/gu, ""), (each) => each.charCodeAt(0) & 15).join("");

/** How many of the groups are a card's number, at most. */
function cardAt(text: string, groups: readonly Group[]): number {
    const [first] = groups;
    if (first === undefined || /[\p{L}\p{N}]$/u.test(text.slice(Math.max(first.from - 2, 0), first.from))) return 0;
    let [digits, sizes, longest] = ["", "", 0];
    for (const [index, each] of groups.entries()) {
        digits += each.digits;
        if (digits.length > 19) break;
        sizes += `${index > 0 ? " " : ""}${each.digits.length}`;
        const isWhole =
            !/^[\p{L}\p{N}]/u.test(text.slice(each.to, each.to + 2)) && !(index === 0 && isDecimal(text, each));
        if (isWhole && writing.test(sizes) && isCard(digits)) longest = index + 1;
        if (!each.isJoined) break;
    }
    return longest;
}

/** `3.14159265358979` */
const isDecimal = (text: string, { from, to }: Group): boolean =>
    /\d\.$/.test(text.slice(Math.max(from - 2, 0), from)) || /^\.\d/.test(text.slice(to, to + 2));

/** Digits of numbers by the beginnings that the networks of cards have (ISO/IEC 7812). IMEIs have others. */
const networks: readonly [beginning: RegExp, digits: readonly number[]][] = [
    [/^4/, [13, 16, 19]],
    [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/, [16]],
    [/^3[47]/, [15]],
    [/^3(?:0[0-5]|095|6|8|9)/, [14, 16]],
    [/^(?:50|5[6-8]|6|220[0-5]|35(?:2[89]|[3-8])|8[12]|9792)/, [16, 17, 18, 19]],
];

/** A number of a network with Luhn's check digit, and no number of GS1. */
export function isCard(digits: string): boolean {
    if (!networks.some(([beginning, counts]) => counts.includes(digits.length) && beginning.test(digits))) return false;
    const values = Array.from(digits, Number);
    const luhn = checkSum(values, (value) => 2 * value - (value > 4 ? 9 : 0));
    // EAN-13 and SSCC, one in ten of which passes Luhn's check, too.
    const isGs1 = [13, 18].includes(values.length) && checkSum(values, (value) => 3 * value) === 0;
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

/** The country tells where the number ends. Separators stand between groups of four. */
function ibansIn(text: string): Span[] {
    const spans: Span[] = [];
    const beginnings = /(?<=^|[^a-z0-9]|%[02][0-9a-f]|iban)[a-z]{2}\d{2}/gi;
    for (let found = beginnings.exec(text); found !== null; found = beginnings.exec(text)) {
        const to = endOfIban(text, found.index);
        if (to !== undefined) {
            spans.push([found.index, to]);
            beginnings.lastIndex = to;
        }
    }
    return spans;
}

function endOfIban(text: string, from: number): number | undefined {
    const length = lengths.get(text.slice(from, from + 2).toUpperCase()) ?? 0;
    let to = from;
    let iban = "";
    while (iban.length < length) {
        separator.lastIndex = to;
        if (iban !== "" && separator.test(text)) to = separator.lastIndex;
        const part = text.slice(to, to + Math.min(4, length - iban.length));
        if (!/^[A-Za-z0-9]+$/.test(part)) return undefined;
        iban += part;
        to += part.length;
    }
    return length > 0 && isIban(iban.toUpperCase()) && !/[A-Za-z0-9]/.test(text[to] ?? "") ? to : undefined;
}

/** ISO 13616: the remainder by 97 is 1. */
function isIban(iban: string): boolean {
    const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
        String(letter.charCodeAt(0) - 55),
    );
    let remainder = 0;
    for (const each of digits) remainder = (remainder * 10 + Number(each)) % 97;
    return remainder === 1;
}
