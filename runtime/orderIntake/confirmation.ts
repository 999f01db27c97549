import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { amountText, cartOf, customerText, type Line, linesOf, type Meta, type Order } from "./order.ts";

// All lengths are points, 72 to an inch; the page is A4.
const page = { width: 595.28, height: 841.89, margin: 56, bottom: 770 };
const width = page.width - 2 * page.margin;
const right = page.width - page.margin;
const color = { ink: "#1f2933", muted: "#627d98", accent: "#0b6e4f", line: "#d9e2ec", tint: "#f2f7f5" };

// The box with the total, and the space above it.
const totalHeight = 52;

/** A column of the table of lines. */
interface Column {
    readonly title: string;
    readonly x: number;
    readonly width: number;
    readonly align: "left" | "right";
    readonly text: (line: Line) => string;
}

/** The confirmation of an order as a PDF: the same bytes for the same order. */
export async function confirmation(order: Order, { receivedAt }: Meta): Promise<Buffer> {
    const pdf = new PDFDocument({
        size: "A4",
        // With a bottom margin, pdfkit would add a page for the footer.
        margins: { top: page.margin, left: page.margin, right: page.margin, bottom: 0 },
        bufferPages: true,
        lang: "en",
        displayTitle: true,
        info: { Title: `Order confirmation ${order.orderId}`, CreationDate: new Date(receivedAt) },
    });
    const { currency, total, customer } = cartOf(order);
    const lines = linesOf(order);

    let y = heading(pdf, order.orderId, customerText(customer), receivedAt);
    y = table(pdf, y, columnsFor(lines, currency), lines);
    if (total !== undefined) totalBox(pdf, y, amountText(total, currency));
    footers(pdf, order.orderId);
    pdf.end();
    return await buffer(pdf);
}

function heading(pdf: PDFKit.PDFDocument, orderId: string, customer: string, receivedAt: string): number {
    pdf.rect(0, 0, page.width, 8).fill(color.accent);
    pdf.font("Helvetica-Bold").fontSize(24).fillColor(color.ink);
    pdf.text("Order confirmation", page.margin, 60);
    pdf.font("Helvetica").fontSize(11).fillColor(color.muted);
    pdf.text("Thank you. We have received your order and are working on it.", page.margin, 92);

    const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(receivedAt));
    const facts: [string, string][] = [
        ["Order", orderId],
        ["Date", date],
        ["Customer", customer],
    ];
    const labelWidth = 80;
    let y = 132;
    for (const [label, value] of facts) {
        const text = winAnsi(value);
        const options = { width: width - labelWidth };
        pdf.font("Helvetica").fontSize(10).fillColor(color.muted).text(label, page.margin, y);
        pdf.font("Helvetica-Bold")
            .fillColor(color.ink)
            .text(text, page.margin + labelWidth, y, options);
        y += pdf.heightOfString(text, options) + 6;
    }
    return y + 20;
}

/** Only the columns that a line has a value for. The first column takes the remaining width. */
function columnsFor(lines: readonly Line[], currency: string | undefined): Column[] {
    const priced = lines.some(({ unitPrice }) => unitPrice !== undefined);
    const numbered = lines.some(({ productId }) => productId !== undefined);
    const price = (value: number | undefined) => (value === undefined ? "" : amountText(value, currency));
    const others: Omit<Column, "x">[] = [
        { title: "Quantity", width: 60, align: "right", text: ({ quantity }) => quantity.toLocaleString("en-US") },
    ];
    if (numbered) {
        others.unshift({ title: "Product", width: 80, align: "left", text: ({ productId = "" }) => productId });
    }
    if (priced) {
        others.push(
            { title: "Unit price", width: 95, align: "right", text: ({ unitPrice }) => price(unitPrice) },
            {
                title: "Amount",
                width: 118,
                align: "right",
                text: ({ unitPrice, quantity }) => price(unitPrice === undefined ? undefined : unitPrice * quantity),
            },
        );
    }
    const left = width - others.reduce((sum, column) => sum + column.width, 0);
    const item: Omit<Column, "x"> = { title: "Item", width: left, align: "left", text: ({ name }) => name };
    let x = page.margin;
    return [item, ...others].map((column) => {
        const placed = { ...column, x };
        x += column.width;
        return placed;
    });
}

/** Draws the lines on as many pages as needed. @returns y of the table's end */
function table(pdf: PDFKit.PDFDocument, top: number, columns: readonly Column[], lines: readonly Line[]): number {
    let y = tableHead(pdf, top, columns);
    pdf.font("Helvetica").fontSize(10).fillColor(color.ink);
    for (const line of lines) {
        const cells = columns.map((column) => ({ ...inCell(column), text: winAnsi(column.text(line)) }));
        const height = Math.max(...cells.map(({ text, options }) => pdf.heightOfString(text, options))) + 14;
        // Keeps the last line and the total on one page.
        const below = line === lines.at(-1) ? totalHeight : 0;
        if (y + height + below > page.bottom) {
            pdf.addPage();
            y = tableHead(pdf, page.margin, columns);
            pdf.font("Helvetica").fontSize(10).fillColor(color.ink);
        }
        for (const { text, x, options } of cells) pdf.text(text, x, y + 7, options);
        y += height;
        pdf.moveTo(page.margin, y).lineTo(right, y).lineWidth(0.5).strokeColor(color.line).stroke();
    }
    return y;
}

function tableHead(pdf: PDFKit.PDFDocument, y: number, columns: readonly Column[]): number {
    pdf.rect(page.margin, y, width, 24).fill(color.tint);
    pdf.font("Helvetica-Bold").fontSize(9).fillColor(color.accent);
    for (const column of columns) {
        const { x, options } = inCell(column);
        pdf.text(column.title, x, y + 8, options);
    }
    return y + 24;
}

function inCell({ x, width: full, align }: Column) {
    return { x: x + 8, options: { width: full - 16, align } };
}

function totalBox(pdf: PDFKit.PDFDocument, end: number, total: string): void {
    const y = end + totalHeight - 36;
    const boxWidth = 240;
    pdf.roundedRect(right - boxWidth, y, boxWidth, 36, 4).fill(color.accent);
    pdf.font("Helvetica").fontSize(11).fillColor("white");
    pdf.text("Total", right - boxWidth + 14, y + 13);
    pdf.font("Helvetica-Bold").fontSize(13);
    pdf.text(total, right - boxWidth + 60, y + 12, { width: boxWidth - 74, align: "right" });
}

/** Drawn last: the footer contains the number of pages. */
function footers(pdf: PDFKit.PDFDocument, orderId: string): void {
    const { start, count } = pdf.bufferedPageRange();
    for (let number = 1; number <= count; number += 1) {
        pdf.switchToPage(start + number - 1);
        pdf.moveTo(page.margin, 790).lineTo(right, 790).lineWidth(0.5).strokeColor(color.line).stroke();
        pdf.font("Helvetica").fontSize(8).fillColor(color.muted);
        pdf.text(`Order ${orderId}`, page.margin, 798, { width: width / 2 });
        pdf.text(`Page ${number} of ${count}`, page.margin + width / 2, 798, { width: width / 2, align: "right" });
    }
}

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
