import { createHash } from "node:crypto";
import {
    appendFileSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { CodeFile } from "./codeFolder.ts";

/** Fonts of `@fontsource-variable`, all of Noto: which of each one's parts are needed. The others repeat the first's. */
const parts: Readonly<Record<string, readonly string[] | "numbered">> = {
    "noto-sans": ["latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "devanagari"],
    ...Object.fromEntries(
        [
            ...["armenian", "bengali", "ethiopic", "georgian", "gujarati", "gurmukhi", "hebrew", "kannada"],
            ...["khmer", "lao", "malayalam", "myanmar", "oriya", "sinhala", "symbols", "tamil", "telugu", "thai"],
        ].map((script) => [`noto-sans-${script}`, [script]]),
    ),
    "noto-naskh-arabic": ["arabic"],
    "noto-sans-sc": "numbered",
    "noto-sans-tc": "numbered",
    "noto-sans-jp": "numbered",
    "noto-sans-kr": "numbered",
    "noto-emoji": "numbered",
};

/** The last choice, of `@fontsource`: one weight, in pixels, with characters that no Noto of npm has. */
const lastChoice = {
    family: "unifontex",
    part: "latin-400-normal",
    // Tibetan, Cherokee, Canadian syllabics, Tifinagh, Chinese of Extensions A and B, Yi, Lisu, Vai.
    characters: [
        ...["U+0F00-0FFF,U+13A0-13FF,U+1400-167F,U+18B0-18FF,U+2D30-2D7F,U+3400-4DBF,U+A000-A4CF"],
        ...["U+A4D0-A4FF,U+A500-A63F,U+AB70-ABBF,U+20000-2A6DF"],
    ].join(","),
} as const;

/** A font file in `fonts.bin`, as `fonts.json` lists them. */
interface IndexEntry {
    readonly family: string;
    readonly name: string;
    readonly offset: number;
    readonly length: number;
    readonly characters: string;
}

const harfbuzz = ["harfbuzz.wasm", "harfbuzz-subset.wasm"];
const project = join(import.meta.dirname, "../..");
const packages = createRequire(import.meta.url);
let folder: string | undefined;

/** The fonts that documents are written with, their index, and what shapes and subsets them (`orderIntake/scripts.lazy.ts`). */
export function fontFiles(): readonly CodeFile[] {
    const path = fontFolder();
    return ["fonts.bin", "fonts.json", "fonts.LICENSE.txt", ...harfbuzz].map((name) => ({
        name,
        file: `${path}/${name}`,
    }));
}

/** The path, below the project, of a folder with these files. Its name says of which versions they are. */
export function fontFolder(): string {
    folder ??= writtenFolder();
    return folder;
}

function writtenFolder(): string {
    const fonts = [...Object.entries(parts).map(([family, wanted]) => fontOf(family, wanted)), fontOfLastChoice()];
    const shaper = dirname(packages.resolve("harfbuzzjs"));
    const made = JSON.stringify([
        ...fonts.map(({ version, files }) => [version, ...files.map(({ characters }) => characters)]),
        versionOf(dirname(shaper)),
    ]);
    const path = `.bundles/fonts-${createHash("sha256").update(made).digest("hex").slice(0, 16)}`;
    const target = join(project, path);
    if (existsSync(target)) return path;
    mkdirSync(dirname(target), { recursive: true });
    const draft = mkdtempSync(`${target}-draft.`);
    try {
        const index: IndexEntry[] = [];
        let offset = 0;
        for (const { family, files } of fonts) {
            for (const { file, characters } of files) {
                const bytes = readFileSync(file);
                appendFileSync(join(draft, "fonts.bin"), bytes);
                index.push({
                    family,
                    name: basename(file, ".woff2").replace(/-(?:wght|400)-normal$/, ""),
                    offset,
                    length: bytes.length,
                    characters,
                });
                offset += bytes.length;
            }
        }
        writeFileSync(join(draft, "fonts.json"), JSON.stringify(index));
        const licenses = new Set(fonts.map(({ folder }) => readFileSync(join(folder, "LICENSE"), "utf8")));
        writeFileSync(join(draft, "fonts.LICENSE.txt"), [...licenses].join("\n\n"));
        for (const file of harfbuzz) copyFileSync(join(shaper, file), join(draft, file));
        renameSync(draft, target);
    } catch (error) {
        // Another evaluation was first.
        if (!existsSync(target)) throw error;
    } finally {
        rmSync(draft, { recursive: true, force: true });
    }
    return path;
}

/** The files of a font with the characters that each may have: `U+0370-03FF,U+20AC`. */
function fontOf(family: string, wanted: readonly string[] | "numbered") {
    const folder = dirname(packages.resolve(`@fontsource-variable/${family}/package.json`));
    const all: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8"));
    const isWanted = (part: string) => (wanted === "numbered" ? part.startsWith("[") : wanted.includes(part));
    const files = Object.entries(all)
        .filter(([part]) => isWanted(part))
        .map(([part, characters]) => {
            const file = `${family}-${part.replace(/[[\]]/g, "")}-wght-normal.woff2`;
            return { file: join(folder, "files", file), characters };
        });
    return { family, folder, files, version: versionOf(folder) };
}

function fontOfLastChoice() {
    const { family, part, characters } = lastChoice;
    const folder = dirname(packages.resolve(`@fontsource/${family}/package.json`));
    const files = [{ file: join(folder, "files", `${family}-${part}.woff2`), characters }];
    return { family, folder, files, version: versionOf(folder) };
}

const versionOf = (folder: string): string => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
