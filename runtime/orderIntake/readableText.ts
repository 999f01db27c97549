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
