// Scripts in which these two join letters or keep them apart; elsewhere they are merely invisible.
const joiners =
    /(?<![\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}])[\u200c\u200d]/gu;
const invisible = /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/**
 * The text as a document shows it: composed, without what is invisible (zero-width and direction marks, soft hyphens,
 * variation selectors), with spaces for control characters, and with U+FFFD for what is no character.
 */
export function readableText(text: string): string {
    return text
        .replace(/[\p{Cc}]+/gu, (controls) => (/[\r\n]/.test(controls) ? "\n" : " "))
        .replace(invisible, "")
        .replace(joiners, "")
        .replace(/[\p{Cn}\p{Co}\p{Cs}]/gu, "\ufffd")
        .normalize("NFC");
}

// Beyond ASCII and Latin-1, which begin and end this encoding. (The no-break space is printed as a space.)
const others = new Set("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");

/** Whether the standard fonts of PDF have the text: its characters are in WinAnsi (Western European languages). */
export function isInStandardFonts(text: string): boolean {
    return [...text].every((character) => /[\n\x20-\x7e\xa0-\xff]/.test(character) || others.has(character));
}

/** First strong isolate, and its end (UAX 9): what stands between them is ordered on its own. */
export const isIsolate = (character: string | undefined): boolean => character === "\u2068" || character === "\u2069";
const fromRightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A value for a text of several: its letters from right to left do not move its neighbours. */
export const isolated = (value: string): string => (fromRightToLeft.test(value) ? `\u2068${value}\u2069` : value);

/** As documents print it: readable, and spelled out where no font has the character. The isolates stay: none is a client's. */
export const printableText = (text: string): string =>
    text
        .split(/([\u2068\u2069])/)
        .map((part) => (isIsolate(part) ? part : spelledOut(readableText(part))))
        .join("");

/** `CO2` for CO₂, `10^-6` for 10⁻⁶, `2 1/3` for 2⅓. ¹ ² ³ ⁴ ½ ¼ ¾ have glyphs. */
function spelledOut(text: string): string {
    return text
        .replace(/[\u2080-\u209c\u2034\u2057]/g, (character) => character.normalize("NFKC"))
        .replace(/[¹²³\u2070-\u207f]+/g, (power) => (/^[¹²³⁴]+$/.test(power) ? power : `^${power.normalize("NFKC")}`))
        .replace(/(\d?)([\u2150-\u215f\u2189])/g, (_, whole: string, fraction: string) => {
            const parts = fraction.normalize("NFKC").replace("\u2044", "/");
            return whole === "" ? parts : `${whole} ${parts}`;
        })
        .replaceAll("\u2043", "•");
}
