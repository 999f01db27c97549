const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
export type Paint = (text: string, colour: keyof typeof codes) => string;

/** Colours on a terminal, unless NO_COLOR is set (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, { NO_COLOR }: NodeJS.ProcessEnv): Paint {
    const isColoured = stream.isTTY === true && (NO_COLOR ?? "") === "";
    return (text, colour) => (isColoured ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
}

/** Rows in columns, below their heads; the last column is as wide as it is. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
    const clean = rows.map((row) => row.map(inOneLine));
    const widths = heads.map((head, column) => Math.max(head.length, ...clean.map((row) => row[column]?.length ?? 0)));
    const line = (cells: readonly string[]) =>
        cells.map((cell, column) => (column === heads.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ");
    return [paint(line(heads).trimEnd(), "dim"), ...clean.map((row) => line(row).trimEnd())].join("\n");
}

/** What others sent must neither begin a line of its own nor move the cursor. */
export function inOneLine(text: string): string {
    return text.replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `12 ms`, `3.4 s`, `5 min`, `6 h`, `7 d` */
export function span(ms: number): string {
    if (ms < 1000) return `${Math.round(ms)} ms`;
    if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
    if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
    return ms < 48 * 3_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`;
}

/** `1 message`, `2 messages` */
export const counted = (count: number, noun: string): string =>
    `${count} ${count === 1 ? noun : noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
