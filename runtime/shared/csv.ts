/** A line of a CSV file (RFC 4180). */
export const csvLine = (cells: readonly string[]): string =>
    `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
