import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { cartOf, type Meta, type Order } from "./order.ts";
import { type Row, type Sheet, sheetOf } from "./orderSheet.ts";
import { isInStandardFonts, printableText, readableText } from "./readableText.ts";
import { dateText, localeOf } from "./texts.ts";
import { type Style, standardFonts, type Typesetter } from "./typesetter.ts";

/** The seller, as invoices name it. */
export interface Seller {
    readonly name: string;
    readonly address?: readonly string[];
    readonly vatId?: string;
    /** Further lines: a register's number, a bank account */
    readonly details?: readonly string[];
}

interface Options {
    readonly seller?: Seller | undefined;
    /** The locale of orders that name none. */
    readonly locale: string;
    /** The folder with the fonts for what the standard fonts lack. */
    readonly fonts: string;
}

/** The pages, and what writes on them. All lengths are points, 72 to an inch; the page is A4. */
interface Paper extends Typesetter {
    readonly pdf: PDFKit.PDFDocument;
}

const page = { width: 595.28, height: 841.89, margin: 56, bottom: 770 };
const width = page.width - 2 * page.margin;
const right = page.width - page.margin;
const color = { ink: "#1f2933", muted: "#627d98", accent: "#0b6e4f", line: "#d9e2ec", tint: "#f2f7f5" };
const text = { size: 10, color: color.ink };
const label = { size: 10, color: color.muted };
const heads = { size: 9, color: color.accent, bold: true };

// The box with the total, and the space above it.
const totalHeight = 52;

/** A column of the table of lines. */
interface Column {
    readonly title: string;
    readonly x: number;
    readonly width: number;
    readonly align: "left" | "right";
    readonly text: (row: Row) => string;
}

/** The confirmation of an order as a PDF: the same bytes for the same order. */
export async function confirmation(order: Order, { receivedAt }: Meta, options: Options): Promise<Buffer> {
    const { orderId } = order;
    const locale = localeOf("locale" in order ? order : {}, options.locale);
    const pdf = new PDFDocument({
        size: "A4",
        // With a bottom margin, pdfkit would add a page for the footer.
        margins: { top: page.margin, left: page.margin, right: page.margin, bottom: 0 },
        bufferPages: true,
        lang: "en",
        displayTitle: true,
        info: { Title: `Order confirmation ${orderId}`, CreationDate: new Date(receivedAt) },
    });
    const seller = readable(options.seller, printableText);
    const sheet = readable(sheetOf(readable(cartOf(order)), locale), printableText);
    const facts: Sheet["facts"] = [
        ["Order", orderId],
        ["Date", readableText(dateText(receivedAt, locale))],
        ...sheet.facts,
    ];
    const paper: Paper = { pdf, ...(await typesetterFor(pdf, textsIn([seller, sheet, facts]), locale, options.fonts)) };

    let y = heading(paper, seller);
    y = factsBelow(paper, y, facts);
    y = blocks(paper, y, sheet.blocks);
    y = table(paper, y, sheet);
    if (sheet.total !== undefined) totalBox(paper, totals(paper, y, sheet.totals), sheet.total);
    footers(paper, orderId);
    pdf.end();
    return await buffer(pdf);
}

/** The standard fonts if they have all of the text: the others are large, and rarely needed. */
async function typesetterFor(pdf: PDFKit.PDFDocument, texts: readonly string[], locale: string, folder: string) {
    if (texts.every(isInStandardFonts)) return standardFonts(pdf);
    const { embeddedFonts } = await import("./scripts.lazy.ts");
    return embeddedFonts({ pdf, texts: [...texts, printableAscii], folder, locale });
}

/** Of the labels, which are in English, and of the numbers of pages. */
const printableAscii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");

/** The same with all of its texts readable. */
function readable<Content>(content: Content, textOf = readableText): Content {
    // JSON, in which each text is replaced by a text.
    return content === undefined
        ? content
        : JSON.parse(JSON.stringify(content), (_, value) => (typeof value === "string" ? textOf(value) : value));
}

function textsIn(content: unknown): string[] {
    if (typeof content === "string") return [content];
    return typeof content === "object" && content !== null ? Object.values(content).flatMap(textsIn) : [];
}

/** @returns y of what comes below it, as the functions that follow do */
function heading(paper: Paper, seller: Seller | undefined): number {
    paper.pdf.rect(0, 0, page.width, 8).fill(color.accent);
    const half = width / 2;
    const title = { x: page.margin, width: seller === undefined ? width : half - 16 };
    paper.write("Order confirmation", { bold: true, size: 24, color: color.ink }, { ...title, y: 60 });
    const thanks = "Thank you. We have received your order and are working on it.";
    const left = paper.write(thanks, { size: 11, color: color.muted }, { ...title, y: 92 });
    if (seller === undefined) return left + 24;
    const { name, address = [], vatId, details = [] } = seller;
    const place = { x: page.margin + half, width: half, align: "right" as const };
    const end = paper.write(name, { ...text, bold: true }, { ...place, y: 62 });
    const lines = [...address, ...(vatId === undefined ? [] : [`VAT id ${vatId}`]), ...details];
    return (
        Math.max(
            left,
            lines.reduce((y, line) => paper.write(line, label, { ...place, y }), end + 2),
        ) + 24
    );
}

function factsBelow(paper: Paper, top: number, facts: Sheet["facts"]): number {
    const labelWidth = 80;
    const value = { ...text, bold: true };
    let y = top;
    for (const [name, content] of facts) {
        const place = { x: page.margin + labelWidth, width: width - labelWidth };
        y = withSpace(paper, y, paper.heightOf(content, value, place.width));
        paper.write(name, label, { x: page.margin, y, width: labelWidth });
        y = paper.write(content, value, { ...place, y }) + 6;
    }
    return y + 20;
}

/** Addresses and fulfilments, two beside each other. */
function blocks(paper: Paper, top: number, all: Sheet["blocks"]): number {
    const half = width / 2;
    let y = top;
    for (let index = 0; index < all.length; index += 2) {
        const pair = all.slice(index, index + 2).map(({ title, lines }) => ({ title, content: lines.join("\n") }));
        const heights = pair.map(
            ({ title, content }) => paper.heightOf(title, label, half - 16) + paper.heightOf(content, text, half - 16),
        );
        y = withSpace(paper, y, Math.max(...heights) + 4);
        const ends = pair.map(({ title, content }, column) => {
            const place = { x: page.margin + column * half, width: half - 16 };
            return paper.write(content, text, { ...place, y: paper.write(title, label, { ...place, y }) + 2 });
        });
        y = Math.max(...ends) + 12;
    }
    return all.length > 0 ? y + 8 : y;
}

/** The same place, or the top of a new page if there is too little space. */
function withSpace({ pdf }: Paper, y: number, height: number): number {
    if (y + height <= page.bottom) return y;
    pdf.addPage();
    return page.margin;
}

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
        { title: "Quantity", width: 54, align: "right", text: ({ quantity = "" }) => quantity },
        ...column("unitPrice", "Unit price", isTaxed ? 84 : 95),
        ...column("discount", "Discount", 72),
        ...column("tax", titles.tax, 80),
        ...column("amount", titles.amount, isTaxed ? 84 : 118),
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

/** Draws the lines on as many pages as needed. */
function table(paper: Paper, top: number, sheet: Sheet): number {
    const { pdf } = paper;
    const { rows, totals: sums } = sheet;
    const columns = columnsFor(sheet);
    let y = tableHead(paper, withSpace(paper, top, 60), columns);
    for (const row of rows) {
        const cells = columns.map((column) => ({ ...inCell(column), content: column.text(row) }));
        const height = Math.max(...cells.map((cell) => paper.heightOf(cell.content, text, cell.width))) + 14;
        // Keeps the last row and the totals on one page.
        const below =
            row === rows.at(-1) ? sums.reduce((sum, one) => sum + heightOfTotal(paper, one), totalHeight + 10) : 0;
        if (y + height + below > page.bottom) {
            pdf.addPage();
            y = tableHead(paper, page.margin, columns);
        }
        for (const { content, ...place } of cells) paper.write(content, text, { ...place, y: y + 7 });
        y += height;
        pdf.moveTo(page.margin, y).lineTo(right, y).lineWidth(0.5).strokeColor(color.line).stroke();
    }
    return y;
}

function tableHead(paper: Paper, y: number, columns: readonly Column[]): number {
    paper.pdf.rect(page.margin, y, width, 24).fill(color.tint);
    for (const column of columns) paper.write(column.title, heads, { ...inCell(column), y: y + 8 });
    return y + 24;
}

const inCell = ({ x, width: full, align }: Column) => ({ x: x + 6, width: full - 12, align });

const nameWidth = 260;

const heightOfTotal = (paper: Paper, [name, amount]: Sheet["totals"][number]): number =>
    Math.max(paper.heightOf(name, label, nameWidth), paper.heightOf(amount, text, 110)) + 4;

function totals(paper: Paper, end: number, sums: Sheet["totals"]): number {
    let y = end + (sums.length > 0 ? 10 : 0);
    for (const sum of sums) {
        const [name, amount] = sum;
        paper.write(name, label, { x: right - 120 - nameWidth, y, width: nameWidth, align: "right" });
        paper.write(amount, text, { x: right - 118, y, width: 110, align: "right" });
        y += heightOfTotal(paper, sum);
    }
    return y;
}

function totalBox(paper: Paper, end: number, total: string): void {
    const y = end + totalHeight - 36;
    const boxWidth = 240;
    const white = { size: 11, color: "white" };
    paper.pdf.roundedRect(right - boxWidth, y, boxWidth, 36, 4).fill(color.accent);
    paper.write("Total", white, { x: right - boxWidth + 14, y: y + 13, width: 46 });
    const amount: Style = { ...white, size: 13, bold: true };
    paper.write(total, amount, { x: right - boxWidth + 60, y: y + 12, width: boxWidth - 74, align: "right" });
}

/** Drawn last: the footer contains the number of pages. */
function footers(paper: Paper, orderId: string): void {
    const { pdf } = paper;
    const small = { size: 8, color: color.muted };
    const { start, count } = pdf.bufferedPageRange();
    for (let number = 1; number <= count; number += 1) {
        pdf.switchToPage(start + number - 1);
        pdf.moveTo(page.margin, 790).lineTo(right, 790).lineWidth(0.5).strokeColor(color.line).stroke();
        const half = { y: 798, width: width / 2 };
        paper.write(`Order ${orderId}`, small, { x: page.margin, ...half });
        paper.write(`Page ${number} of ${count}`, small, { x: page.margin + width / 2, ...half, align: "right" });
    }
}
