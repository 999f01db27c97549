import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { cartOf, type Meta, type Order } from "./order.ts";
import { type Row, type Sheet, sheetOf } from "./orderSheet.ts";
import { winAnsi } from "./winAnsi.ts";

// All lengths are points, 72 to an inch; the page is A4.
const page = { width: 595.28, height: 841.89, margin: 56, bottom: 770 };
const width = page.width - 2 * page.margin;
const right = page.width - page.margin;
const color = { ink: "#1f2933", muted: "#627d98", accent: "#0b6e4f", line: "#d9e2ec", tint: "#f2f7f5" };

// The box with the total, and the space above it; and each row of what it consists of.
const totalHeight = 52;
const totalsRow = 16;

/** A column of the table of lines. */
interface Column {
    readonly title: string;
    readonly x: number;
    readonly width: number;
    readonly align: "left" | "right";
    readonly text: (row: Row) => string;
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
    const sheet = sheetOf(cartOf(order));

    let y = heading(pdf, order.orderId, sheet.facts, receivedAt);
    y = blocks(pdf, y, sheet.blocks);
    y = table(pdf, y, sheet);
    if (sheet.total !== undefined) totalBox(pdf, totals(pdf, y, sheet.totals), sheet.total);
    footers(pdf, order.orderId);
    pdf.end();
    return await buffer(pdf);
}

function heading(pdf: PDFKit.PDFDocument, orderId: string, more: Sheet["facts"], receivedAt: string): number {
    pdf.rect(0, 0, page.width, 8).fill(color.accent);
    pdf.font("Helvetica-Bold").fontSize(24).fillColor(color.ink);
    pdf.text("Order confirmation", page.margin, 60);
    pdf.font("Helvetica").fontSize(11).fillColor(color.muted);
    pdf.text("Thank you. We have received your order and are working on it.", page.margin, 92);

    const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(receivedAt));
    const facts: Sheet["facts"] = [["Order", orderId], ["Date", date], ...more];
    const labelWidth = 80;
    let y = 132;
    for (const [label, value] of facts) {
        const text = linesInWinAnsi(value);
        const options = { width: width - labelWidth };
        pdf.font("Helvetica-Bold").fontSize(10);
        y = withSpace(pdf, y, pdf.heightOfString(text, options));
        pdf.font("Helvetica").fillColor(color.muted).text(label, page.margin, y);
        pdf.font("Helvetica-Bold")
            .fillColor(color.ink)
            .text(text, page.margin + labelWidth, y, options);
        y += pdf.heightOfString(text, options) + 6;
    }
    return y + 20;
}

/** Addresses and fulfilments, two beside each other. */
function blocks(pdf: PDFKit.PDFDocument, top: number, all: Sheet["blocks"]): number {
    const options = { width: width / 2 - 16 };
    let y = top;
    for (let index = 0; index < all.length; index += 2) {
        const pair = all.slice(index, index + 2).map(({ title, lines }) => ({
            title: winAnsi(title),
            text: linesInWinAnsi(lines.join("\n")),
        }));
        pdf.font("Helvetica").fontSize(10);
        const heights = pair.map(({ title, text }) => [title, text].map((part) => pdf.heightOfString(part, options)));
        y = withSpace(pdf, y, Math.max(...heights.map(([title = 0, text = 0]) => title + text)) + 4);
        const ends = pair.map(({ title, text }, column) => {
            const x = page.margin + column * (width / 2);
            pdf.font("Helvetica").fontSize(10).fillColor(color.muted).text(title, x, y, options);
            pdf.fillColor(color.ink).text(text, x, pdf.y + 2, options);
            return pdf.y;
        });
        y = Math.max(...ends) + 12;
    }
    return all.length > 0 ? y + 8 : y;
}

/** The same place, or the top of a new page if there is too little space. */
function withSpace(pdf: PDFKit.PDFDocument, y: number, height: number): number {
    if (y + height <= page.bottom) return y;
    pdf.addPage();
    return page.margin;
}

const linesInWinAnsi = (text: string): string =>
    text
        .split(/\r\n|[\r\n]/)
        .map(winAnsi)
        .join("\n");

/** Only the columns that a row has a value for. The first column takes the remaining width. */
function columnsFor({ rows, titles }: Sheet): Column[] {
    const has = (name: keyof Row) => rows.some((row) => row[name] !== undefined);
    // With discounts and taxes there is no space for a column of product ids, which are below the names then.
    const isTaxed = has("tax");
    const column = (name: keyof Row, title: string, columnWidth: number) =>
        has(name)
            ? [{ title, width: columnWidth, align: "right" as const, text: (row: Row) => String(row[name] ?? "") }]
            : [];
    const others: Omit<Column, "x">[] = [
        ...(has("productId") && !isTaxed
            ? [{ title: "Product", width: 80, align: "left" as const, text: ({ productId = "" }: Row) => productId }]
            : []),
        {
            title: "Quantity",
            width: 60,
            align: "right",
            text: ({ quantity }) => quantity?.toLocaleString("en-US") ?? "",
        },
        ...column("unitPrice", "Unit price", isTaxed ? 78 : 95),
        ...column("discount", "Discount", 72),
        ...column("tax", titles.tax, 80),
        ...column("amount", titles.amount, isTaxed ? 78 : 118),
    ];
    const left = width - others.reduce((sum, column) => sum + column.width, 0);
    const nameOf = ({ name, productId }: Row) => (isTaxed && productId !== undefined ? `${name}\n${productId}` : name);
    const item: Omit<Column, "x"> = { title: "Item", width: left, align: "left", text: nameOf };
    let x = page.margin;
    return [item, ...others].map((column) => {
        const placed = { ...column, x };
        x += column.width;
        return placed;
    });
}

/** Draws the lines on as many pages as needed. @returns y of the table's end */
function table(pdf: PDFKit.PDFDocument, top: number, sheet: Sheet): number {
    const { rows, totals: sums } = sheet;
    const columns = columnsFor(sheet);
    let y = tableHead(pdf, withSpace(pdf, top, 60), columns);
    pdf.font("Helvetica").fontSize(10).fillColor(color.ink);
    for (const row of rows) {
        const cells = columns.map((column) => ({ ...inCell(column), text: linesInWinAnsi(column.text(row)) }));
        const height = Math.max(...cells.map(({ text, options }) => pdf.heightOfString(text, options))) + 14;
        // Keeps the last row and the totals on one page.
        const below = row === rows.at(-1) ? totalHeight + sums.length * totalsRow : 0;
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

/** @returns y of their end */
function totals(pdf: PDFKit.PDFDocument, end: number, sums: Sheet["totals"]): number {
    let y = end + (sums.length > 0 ? 10 : 0);
    for (const [label, amount] of sums) {
        pdf.font("Helvetica")
            .fontSize(10)
            .fillColor(color.muted)
            .text(winAnsi(label), right - 240, y, { width: 140 });
        pdf.fillColor(color.ink).text(winAnsi(amount), right - 94, y, { width: 86, align: "right" });
        y += totalsRow;
    }
    return y;
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
