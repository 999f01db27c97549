import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

const place = /file:\/\/([^\s():]+\.mjs):(\d+):(\d+)/g;
const maps = new Map<string, SourceMap | undefined>();

/**
 * The same stack trace by files and lines of the sources. The map beside the code is read when the first trace is
 * written, and costs nothing before; with `--enable-source-maps` Node has done it already, at the price of a slower start.
 */
export function readableTrace(stack: string): string {
    return stack.replace(place, (whole, file: string, line: string, column: string) => {
        const origin = mapOf(file)?.findOrigin(Number(line), Number(column));
        return origin && "fileName" in origin
            ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
            : whole;
    });
}

function mapOf(file: string): SourceMap | undefined {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
    return maps.get(file);
}

/** A trace without its sources is better than none: whatever is wrong with the map must not hide the error. */
function readMap(file: string): SourceMap | undefined {
    try {
        return new SourceMap(JSON.parse(readFileSync(file, "utf8")));
    } catch {
        return undefined;
    }
}
