/** The middle of many measurements, with the quartiles around it. */
export interface Spread {
    readonly median: number;
    readonly lower: number;
    readonly upper: number;
}

export function spreadOf(values: readonly number[]): Spread {
    return { median: percentile(values, 0.5), lower: percentile(values, 0.25), upper: percentile(values, 0.75) };
}

/** The value that this share of the values does not exceed, interpolated; NaN of none. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
    const sorted = values.toSorted((a, b) => a - b);
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
}

/** What a table can hold. */
type Cell = string | number | Spread;

export interface Table {
    readonly title: string;
    /** Every row has the same columns. */
    readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/** A promise about a figure; missing it fails the bench. */
export interface Budget {
    readonly what: string;
    readonly atMost: number;
    readonly measured: number;
}

/** What one part of the bench found. */
export interface Findings {
    readonly tables: readonly Table[];
    readonly budgets: readonly Budget[];
}

export const isKept = ({ measured, atMost }: Budget): boolean => measured <= atMost;

export function tableText({ title, rows }: Table): string {
    const columns = Object.keys(rows[0] ?? {});
    const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column] ?? "")))];
    const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
    const text = lines.map((line) =>
        line
            .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
            .join("  "),
    );
    return [title, ...text.map((line) => `  ${line}`)].join("\n");
}

export function budgetText(budget: Budget): string {
    const { what, measured, atMost } = budget;
    return `  ${isKept(budget) ? "pass" : "FAIL"}  ${what}: ${cellText(measured)} (at most ${atMost})`;
}

function cellText(cell: Cell): string {
    if (typeof cell === "string") return cell;
    if (typeof cell === "number") return numberText(cell);
    return `${numberText(cell.median)} [${numberText(cell.lower)}-${numberText(cell.upper)}]`;
}

/** Three digits say all there is to say; whole numbers are counts. */
function numberText(value: number): string {
    if (Number.isInteger(value)) return String(value);
    return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
