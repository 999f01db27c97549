import { join } from "node:path";
import { isIsolate } from "./readableText.ts";
import { EmbeddedFont, rightToLeft } from "./scripts/embeddedFont.ts";
import { FontFiles, type OpenFont, type Weight } from "./scripts/fontFiles.ts";
import { type Cell, type Line, linesOf } from "./scripts/lines.ts";
import { loadSubsetter } from "./scripts/subsetter.ts";
import type { Typesetter } from "./typesetter.ts";

interface Options {
    readonly pdf: PDFKit.PDFDocument;
    /** All texts that will be written: their fonts are read before. */
    readonly texts: readonly string[];
    /** With the fonts. */
    readonly folder: string;
    /** BCP 47. It decides, beside the text, which forms Chinese characters have. */
    readonly locale: string;
}

// Noto Sans, whose lines have this height in ems.
const [ascent, descent] = [1.069, 0.293];
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const missing = "\ufffd";
const named = (character: string): string =>
    `[U+${codePointOf(character).toString(16).toUpperCase().padStart(4, "0")}]`;

/** The same for every document: kept while the function is. */
const fontFiles = new Map<string, Promise<FontFiles>>();

/**
 * Writes every script that a font in the folder has, a compatibility character by what it stands for; `[U+3400]` for a
 * character that none has, so that a name or address can still be looked up.
 */
export async function embeddedFonts({ pdf, texts, folder, locale }: Options): Promise<Typesetter> {
    const opened = fontFiles.get(folder) ?? FontFiles.in(folder);
    fontFiles.set(folder, opened);
    const [files, subsetter] = await Promise.all([opened, loadSubsetter(join(folder, "harfbuzz-subset.wasm"))]);
    const families = preferredFamilies(locale, texts.join("\n"));
    const known = new Map<string, OpenFont | undefined>();
    const find = async (text: string) => {
        if (known.has(text)) return known.get(text);
        const preferred = /\p{Emoji_Presentation}/u.test(text) ? ["noto-emoji", ...families] : families;
        const font = await files.fontFor([...text].map(codePointOf), preferred);
        known.set(text, font);
        return font;
    };
    for (const text of [...texts, missing, named(missing), "ABCDEF0123456789", " "]) {
        for (const { segment } of graphemes.segment(text)) {
            if (segment === "\n" || isIsolate(segment) || (await find(segment)) !== undefined) continue;
            for (const character of segment.normalize("NFKC")) await find(character);
        }
    }

    /** With a character that no font has as what it stands for, if that is another one, or else as its code point. */
    const spelled = (text: string) =>
        Array.from(graphemes.segment(text), ({ segment }) => {
            if (isIsolate(segment) || known.get(segment)) return segment;
            return Array.from(segment.normalize("NFKC"), (one) => (known.get(one) ? one : named(one))).join("");
        }).join("");

    const embedded = new Map<string, EmbeddedFont>();
    const cellOf = (text: string, weight: Weight): Cell => {
        const font = known.get(text);
        if (font === undefined) return cellOf(missing, weight);
        const name = `${font.name}-${weight}`;
        const own = embedded.get(name) ?? new EmbeddedFont(font, weight, locale, subsetter);
        embedded.set(name, own);
        return { text, font: own };
    };
    const layout = (text: string, bold: boolean, width: number): Line[] => {
        const cells = (paragraph: string) => {
            const found: Cell[] = [];
            for (const { segment } of graphemes.segment(paragraph)) {
                if (isIsolate(segment)) continue;
                const last = found.at(-1);
                // A space is its word's, so that words from right to left are one run.
                if (segment === " " && last?.font.hasSpace && /[\p{L}\p{M}]$/u.test(last.text)) {
                    found.push({ text: segment, font: last.font });
                    continue;
                }
                const parts = known.get(segment) === undefined ? [...segment] : [segment];
                found.push(...parts.map((part) => cellOf(part, bold ? "bold" : "regular")));
            }
            return found;
        };
        const paragraphs = text.split("\n").map(spelled);
        return paragraphs.flatMap((paragraph) => linesOf(cells(paragraph), width, paragraph));
    };
    const heightOfLine = (line: Line) => ascentOf(line) + descentOf(line);

    return {
        heightOf: (text, { bold = false, size }, width) =>
            size * layout(text, bold, width / size).reduce((sum, line) => sum + heightOfLine(line), 0),
        write: (text, { bold = false, size, color }, { x, y, width, align = "left" }) => {
            let top = y;
            for (const line of layout(text, bold, width / size)) {
                const used = size * line.reduce((sum, run) => sum + run.width, 0);
                const left = align === "right" ? x + width - used : x;
                for (const run of line) writeRun(run, left + size * run.x, top + size * ascentOf(line));
                top += size * heightOfLine(line);
            }
            return top;

            function writeRun({ font, text: part, isRightToLeft }: Line[number], left: number, baseline: number): void {
                // pdfkit takes fonts in this form, which its types do not know.
                const source = font as unknown as PDFKit.Mixins.PDFFontSource;
                pdf.font(source, font.postscriptName).fontSize(size).fillColor(color);
                pdf.text(part, left, baseline, {
                    lineBreak: false,
                    baseline: "alphabetic",
                    features: isRightToLeft ? [rightToLeft] : ["kern"],
                });
            }
        },
    };
}

const ascentOf = (line: Line): number => Math.max(ascent, ...line.map(({ font }) => font.ascent / font.unitsPerEm));
const descentOf = (line: Line): number => Math.max(descent, ...line.map(({ font }) => -font.descent / font.unitsPerEm));
const codePointOf = (character: string): number => character.codePointAt(0) ?? 0;

/** Chinese characters look different in Japan, Korea, Taiwan and China. */
function preferredFamilies(locale: string, text: string): readonly string[] {
    const { language, script } = new Intl.Locale(locale).maximize();
    const ofLocale = { ja: "jp", ko: "kr", zh: script === "Hant" ? "tc" : "sc" }[language];
    const ofText = [
        { letters: /[\p{sc=Hira}\p{sc=Kana}]/u, form: "jp" },
        { letters: /\p{sc=Hang}/u, form: "kr" },
        { letters: /\p{sc=Bopo}/u, form: "tc" },
    ].flatMap(({ letters, form }) => (letters.test(text) ? [form] : []));
    const forms = [...(ofLocale === undefined ? [] : [ofLocale]), ...ofText, "sc", "tc", "jp", "kr"];
    return ["noto-sans", ...forms.map((form) => `noto-sans-${form}`)];
}
