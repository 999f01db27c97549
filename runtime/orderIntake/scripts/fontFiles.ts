import { type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Blob, Face, Font, Variation } from "harfbuzzjs";
import decompress from "woff2-encoder/decompress";

/** On the axis that the fonts have. */
export const weights = { regular: 400, bold: 700 } as const;
export type Weight = keyof typeof weights;

/** U+2010, which few fonts have: drawn as the hyphen of ASCII there. */
export const hyphen = 0x2010;

/** A file of a font: some of its characters, in all weights. */
export interface OpenFont {
    readonly name: string;
    /** TrueType */
    readonly bytes: Uint8Array;
    readonly weights: Readonly<Record<Weight, Font>>;
    has(codePoint: number): boolean;
}

/** What `fonts.json` says of a font file in `fonts.bin` (`components/parts/fontFolder.ts`). */
interface IndexEntry {
    readonly family: string;
    readonly name: string;
    readonly offset: number;
    readonly length: number;
    /** That it may have: `U+0370-03FF,U+20AC` */
    readonly characters: string;
}

interface FontFile extends IndexEntry {
    readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** The fonts in a folder. A file is read when a character needs it, and kept. */
export class FontFiles {
    readonly #source: FileHandle;
    readonly #files: readonly FontFile[];
    readonly #open = new Map<string, Promise<OpenFont>>();

    private constructor(source: FileHandle, index: readonly IndexEntry[]) {
        this.#source = source;
        this.#files = index.map((entry) => ({ ...entry, ranges: rangesIn(entry.characters) }));
    }

    static async in(folder: string): Promise<FontFiles> {
        const index: readonly IndexEntry[] = JSON.parse(await readFile(join(folder, "fonts.json"), "utf8"));
        return new FontFiles(await open(join(folder, "fonts.bin")), index);
    }

    /** The first font that has all of these characters. @param families the preferred ones; then all others */
    async fontFor(codePoints: readonly number[], families: readonly string[]): Promise<OpenFont | undefined> {
        const [first = 0] = codePoints;
        const rank = ({ family }: FontFile) => (families.includes(family) ? families.indexOf(family) : families.length);
        const candidates = this.#files
            .filter(({ ranges }) => ranges.some(([from, to]) => from <= first && first <= to))
            .sort((a, b) => rank(a) - rank(b));
        for (const candidate of candidates) {
            const font = await this.#opened(candidate);
            if (codePoints.every((one) => font.has(one) || (one === hyphen && font.has(0x2d)))) return font;
        }
        return undefined;
    }

    #opened(file: FontFile): Promise<OpenFont> {
        const font = this.#open.get(file.name) ?? this.#read(file);
        this.#open.set(file.name, font);
        return font;
    }

    async #read({ name, offset, length }: FontFile): Promise<OpenFont> {
        const { buffer } = await this.#source.read(Buffer.alloc(length), 0, length, offset);
        const bytes = await decompress(buffer);
        const face = new Face(new Blob(Uint8Array.from(bytes).buffer));
        const weighted = (weight: Weight) => {
            const font = new Font(face);
            font.setVariations([new Variation("wght", weights[weight])]);
            return font;
        };
        const regular = weighted("regular");
        return {
            name,
            bytes,
            weights: { regular, bold: weighted("bold") },
            has: (codePoint) => (regular.nominalGlyph(codePoint) ?? 0) !== 0,
        };
    }
}

function rangesIn(text: string): FontFile["ranges"] {
    return text.split(",").map((range) => {
        const [from = "", to = from] = range.replace("U+", "").split("-");
        return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    });
}
