import bidiFactory from "bidi-js";
import LineBreaker from "linebreak";
import { isIsolate } from "../readableText.ts";
import type { EmbeddedFont } from "./embeddedFont.ts";

/** Characters that are written with one font in one direction. Lengths are in ems. */
interface Run {
    readonly font: EmbeddedFont;
    readonly text: string;
    readonly isRightToLeft: boolean;
    readonly width: number;
    /** From the line's left end. */
    readonly x: number;
}

/** In the order of the text, in which programs extract it; `x` says how they stand. */
export type Line = readonly Run[];

/** What is never taken apart: a grapheme, or a character of one that no font has whole. */
export interface Cell {
    readonly text: string;
    readonly font: EmbeddedFont;
}

// Its types are of another kind of module than its code.
const factory = bidiFactory as unknown as typeof bidiFactory.default;
const bidi = factory();
const words = new Intl.Segmenter(undefined, { granularity: "word" });
/** Scripts without spaces, whose words a dictionary knows. */
const withoutSpaces = /[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]+/gu;

/**
 * One paragraph in lines of at most this width, broken as the Unicode Standard says (UAX 14; words by a dictionary where
 * a script has no spaces), within a word only where it is wider than a line; ordered by the bidirectional algorithm.
 * @param isolating the text of the cells, with the isolates
 */
export function linesOf(cells: readonly Cell[], width: number, isolating: string): Line[] {
    const text = cells.map((cell) => cell.text).join("");
    const levels = bidi.getEmbeddingLevels(isolating).levels.filter((_, index) => !isIsolate(isolating[index]));
    let position = 0;
    const all: Placed[] = cells.map((cell) => {
        const level = levels[position] ?? 0;
        position += cell.text.length;
        return { ...cell, level, end: position };
    });
    const lines: Placed[][] = [];
    let line: Placed[] = [];
    for (const piece of piecesOf(all, text)) {
        if (line.length > 0 && widthOf([...line, ...piece]) > width) {
            lines.push(line);
            line = [];
        }
        for (const cell of piece) {
            if (line.length > 0 && widthOf([...line, cell]) > width && !isSpace(cell)) {
                lines.push(line);
                line = [];
            }
            line.push(cell);
        }
    }
    return [...lines, line].map((one) => placed(runsOf(trimmed(one))));
}

interface Placed extends Cell {
    /** Of the bidirectional algorithm: odd from right to left. */
    readonly level: number;
    /** In the paragraph. */
    readonly end: number;
}

const isSpace = ({ text }: Cell): boolean => text === " ";

function trimmed(line: readonly Placed[]): readonly Placed[] {
    return line.slice(0, line.findLastIndex((cell) => !isSpace(cell)) + 1);
}

function piecesOf(cells: readonly Placed[], text: string): Placed[][] {
    const ends = new Set<number>();
    const breaker = new LineBreaker(text);
    for (let found = breaker.nextBreak(); found !== null; found = breaker.nextBreak()) ends.add(found.position);
    for (const { index, 0: part } of text.matchAll(withoutSpaces)) {
        for (const word of words.segment(part)) if (word.index > 0) ends.add(index + word.index);
    }
    const pieces: Placed[][] = [[]];
    for (const cell of cells) {
        pieces.at(-1)?.push(cell);
        if (ends.has(cell.end)) pieces.push([]);
    }
    return pieces;
}

const widthOf = (cells: readonly Placed[]): number => runsOf(trimmed(cells)).reduce((sum, run) => sum + run.width, 0);

interface LeveledRun extends Omit<Run, "x"> {
    readonly level: number;
}

/** In the order of the text. */
function runsOf(cells: readonly Placed[]): LeveledRun[] {
    const groups: Placed[][] = [];
    for (const cell of cells) {
        const last = groups.at(-1);
        if (last?.[0]?.font === cell.font && last[0].level === cell.level) last.push(cell);
        else groups.push([cell]);
    }
    return groups.flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const { font, level } = first;
        const text = group.map((cell) => cell.text).join("");
        const isRightToLeft = level % 2 === 1;
        return [{ font, level, text, isRightToLeft, width: font.widthOf(text, isRightToLeft) }];
    });
}

/** Where the runs of a line stand: rule L2 of the bidirectional algorithm. */
function placed(runs: readonly LeveledRun[]): Run[] {
    const ordered = [...runs];
    const highest = Math.max(0, ...runs.map(({ level }) => level));
    for (let level = highest; level > 0; level -= 1) {
        for (let start = 0; start < ordered.length; start += 1) {
            let end = start;
            while ((ordered[end]?.level ?? 0) >= level) end += 1;
            ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
            start = Math.max(start, end);
        }
    }
    let x = 0;
    const places = new Map<LeveledRun, number>();
    for (const run of ordered) {
        places.set(run, x);
        x += run.width;
    }
    return runs.map((run) => ({ ...run, x: places.get(run) ?? 0 }));
}
