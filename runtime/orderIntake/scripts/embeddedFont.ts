import { create, type Font as FontFile, type Subset } from "fontkit";
import {
    Direction,
    type Font,
    type GlyphInfo,
    type GlyphPosition,
    MetricsTag,
    Buffer as ShapingBuffer,
    shape,
} from "harfbuzzjs";
import { hyphen, type OpenFont, type Weight, weights } from "./fontFiles.ts";
import { instanceOf, type Subsetter } from "./subsetter.ts";

/** In units of the font. */
interface ShapedRun {
    /** From left to right, as the file numbers them. */
    readonly glyphs: readonly ShapedGlyph[];
    readonly advanceWidth: number;
}

interface ShapedGlyph extends Partial<GlyphPosition> {
    readonly glyph: number;
    /** What it stands for. */
    readonly text: string;
}

/** For glyphs that stand for no character: an invisible one, which some programs skip. */
const wordJoiner = "\u2060";

/** How pdfkit is told the direction of a run: as a feature of OpenType. HarfBuzz chooses all features by itself. */
export const rightToLeft = "rtla";

/**
 * A font file at one weight in one document, in the form that pdfkit takes fonts in. HarfBuzz shapes the text. A PDF maps
 * glyphs to text; each pair of a glyph and the character that it stands for is a glyph of its own in there. So a glyph
 * that serves several characters (the middle forms of U+064A and U+06CC), and a cluster whose glyphs stand in another
 * order than its characters (Devanagari), is read as it was written.
 */
export class EmbeddedFont {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly lineGap = 0;
    readonly xHeight: number;
    readonly capHeight: number;
    readonly bbox: Readonly<Record<"minX" | "minY" | "maxX" | "maxY", number>>;
    readonly italicAngle = 0;
    readonly post = { isFixedPitch: 0 };
    readonly head = { macStyle: { italic: false } };
    readonly #font: OpenFont;
    readonly #weight: Weight;
    readonly #language: string;
    readonly #subsetter: Subsetter;
    /** The glyphs of the PDF's font, as the file numbers them. */
    readonly #glyphs = [0];
    readonly #ids = new Map<string, number>();
    readonly #shaped = new Map<string, ShapedRun>();

    constructor(font: OpenFont, weight: Weight, language: string, subsetter: Subsetter) {
        this.#font = font;
        this.#weight = weight;
        this.#language = language;
        this.#subsetter = subsetter;
        const { ascender, descender } = this.#shaper.hExtents();
        this.postscriptName = `${font.name}-${weight}`;
        this.unitsPerEm = this.#shaper.face.upem;
        this.ascent = ascender;
        this.descent = descender;
        this.xHeight = this.#shaper.getMetricPositionWithFallback(MetricsTag.X_HEIGHT);
        this.capHeight = this.#shaper.getMetricPositionWithFallback(MetricsTag.CAP_HEIGHT);
        this.bbox = { minX: -this.unitsPerEm, minY: descender, maxX: 2 * this.unitsPerEm, maxY: ascender };
    }

    get hasSpace(): boolean {
        return this.#font.has(32);
    }

    /** For pdfkit, which writes what it lays out, and scales the positions in place. */
    layout(text: string, features: readonly string[] = []) {
        const { glyphs, advanceWidth } = this.#shape(text, features.includes(rightToLeft));
        return {
            glyphs: glyphs.map(({ glyph, text: own, xAdvance = 0 }) => ({
                id: this.#idOf(glyph, own, this.#widthOf(glyph, xAdvance)),
                advanceWidth: this.#widthOf(glyph, xAdvance),
                codePoints: [...own].map((character) => character.codePointAt(0) ?? 0),
            })),
            positions: glyphs.map(({ xAdvance = 0, yAdvance = 0, xOffset = 0, yOffset = 0 }) => {
                return { xAdvance, yAdvance, xOffset, yOffset };
            }),
            advanceWidth,
        };
    }

    /** In ems. */
    widthOf(text: string, isRightToLeft: boolean): number {
        return this.#shape(text, isRightToLeft).advanceWidth / this.unitsPerEm;
    }

    getGlyph(id: number) {
        return { advanceWidth: this.#shaper.glyphHAdvance(this.#glyphs[id] ?? 0) };
    }

    createSubset() {
        // The glyphs are included when they are laid out.
        return { includeGlyph: (id: number) => id, encode: () => this.#encode() };
    }

    #encode(): Uint8Array {
        const instance = instanceOf(this.#subsetter, this.#font.bytes, weights[this.#weight], this.#glyphs);
        // fontkit reads the box of an empty glyph, too, which may be where the file ends: hence the bytes after it.
        const file = Buffer.concat([instance, Buffer.alloc(16)]);
        // A file of one font. What its types lack are the subset's glyphs in their order, of which the first is there.
        const subset = (create(file) as FontFile).createSubset() as Subset & { glyphs: number[] };
        subset.glyphs.push(...this.#glyphs.slice(1));
        return subset.encode();
    }

    #shape(text: string, isRightToLeft: boolean): ShapedRun {
        const key = `${isRightToLeft}${text}`;
        const known = this.#shaped.get(key);
        if (known !== undefined) return known;
        const buffer = new ShapingBuffer();
        buffer.addText(this.#font.has(hyphen) ? text : text.replaceAll("\u2010", "-"));
        buffer.guessSegmentProperties();
        buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
        buffer.setLanguage(this.#language);
        shape(this.#shaper, buffer);
        const infos = buffer.getGlyphInfosAndPositions();
        const inOrder = isRightToLeft ? infos.toReversed() : infos;
        const starts = [...new Set(inOrder.map(({ cluster }) => cluster))];
        const glyphs = starts.flatMap((start, index) => {
            const own = inOrder.filter(({ cluster }) => cluster === start);
            return this.#spelled(own, text.slice(start, starts[index + 1]));
        });
        const run = {
            glyphs: isRightToLeft ? glyphs.reverse() : glyphs,
            advanceWidth: infos.reduce((sum, { xAdvance = 0 }) => sum + xAdvance, 0),
        };
        this.#shaped.set(key, run);
        return run;
    }

    /**
     * The glyphs of a cluster with one character each, in the order of the text. Marks keep to glyphs without a width and
     * the others to those with one, which is where programs that extract text expect them; characters that are left get
     * blank glyphs without a width, and glyphs that are left stand for nothing.
     */
    #spelled(glyphs: readonly (GlyphInfo & Partial<GlyphPosition>)[], text: string): ShapedGlyph[] {
        // A letter and its mark, or both parts of a vowel that is written around its consonant, where they are two glyphs.
        const characters = [...(glyphs.length > [...text].length ? text.normalize("NFD") : text)];
        const blank = [" ", "\u200d"].map((one) => this.#shaper.nominalGlyph(one.charCodeAt(0))).find(Boolean);
        if (blank === undefined && characters.length > glyphs.length)
            return glyphs.map((glyph, index) => ({
                ...glyph,
                glyph: glyph.codepoint,
                text: index === 0 ? text : wordJoiner,
            }));
        const isMark = () => /^\p{Mn}/u.test(characters[0] ?? "");
        const blanks = (until: () => boolean): ShapedGlyph[] => {
            const found: ShapedGlyph[] = [];
            while (blank !== undefined && characters.length > 0 && !until())
                found.push({ glyph: blank, text: characters.shift() ?? "" });
            return found;
        };
        const spelled = glyphs.flatMap((glyph): ShapedGlyph[] => {
            const isSpacing = glyph.xAdvance !== 0;
            const before = isSpacing ? blanks(() => !isMark()) : [];
            const own = isSpacing || isMark() ? characters.shift() : undefined;
            return [...before, { ...glyph, glyph: glyph.codepoint, text: own ?? wordJoiner }];
        });
        return [...spelled, ...blanks(() => false)];
    }

    /** That of the font, unless the glyph has another here, as a mark on a letter: a gap would be read as a space. */
    #widthOf(glyph: number, advance: number): number {
        const width = this.#shaper.glyphHAdvance(glyph);
        return Math.abs(width - advance) > this.unitsPerEm / 10 ? advance : width;
    }

    #idOf(glyph: number, text: string, width: number): number {
        const key = `${glyph} ${width} ${text}`;
        const id = this.#ids.get(key) ?? this.#glyphs.push(glyph) - 1;
        this.#ids.set(key, id);
        return id;
    }

    get #shaper(): Font {
        return this.#font.weights[this.#weight];
    }
}
