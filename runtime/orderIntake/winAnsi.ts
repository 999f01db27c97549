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
 * The text in WinAnsi, the encoding of PDF's standard fonts (Western European languages). Other letters lose their
 * accents (`ő` becomes `o`); characters without such a form (Greek, Cyrillic, Arabic, Chinese, emoji) become `?`.
 * Their fonts would add megabytes per script to the function. The stored order and its event are unchanged.
 */
export function winAnsi(text: string): string {
    // One `?` per grapheme, whatever its number of code points.
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
