// Beyond ASCII and Latin-1, which begin and end this encoding.
const others = new Set("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");

// Letters with a stroke, which Unicode does not take apart.
const strokes = new Map([
    ["Ł", "L"],
    ["ł", "l"],
    ["Đ", "D"],
    ["đ", "d"],
    ["ı", "i"],
]);

/**
 * The text in the characters that the standard fonts of PDF can show (WinAnsi: Western European languages). A letter
 * they lack loses its accents (`ő` becomes `o`); what has no such form, so all of Greek, Cyrillic, Arabic, Chinese and
 * the emoji, becomes `?`. To show those a font with their glyphs would have to be part of the function, some megabytes
 * of it for each script; the order itself is stored and announced as it came.
 */
export function winAnsi(text: string): string {
    // One `?` for what readers see as one character, however many code points it has.
    const graphemes = new Intl.Segmenter("en").segment(text.normalize("NFC"));
    return Array.from(graphemes, ({ segment }) => shown(segment)).join("");
}

function shown(grapheme: string): string {
    if (isShown(grapheme)) return grapheme;
    const plain = strokes.get(grapheme) ?? grapheme.normalize("NFKD").replace(/\p{Mark}/gu, "");
    return plain !== "" && isShown(plain) ? plain : "?";
}

function isShown(text: string): boolean {
    return [...text].every((character) => /[\x20-\x7e\xa0-\xff]/.test(character) || others.has(character));
}
