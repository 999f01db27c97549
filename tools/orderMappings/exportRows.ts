import {
    customerOf,
    lineIn,
    type MappedOrder,
    metadataOf,
    orderIdIn,
    productIdIn,
    UnmappableOrderError,
} from "./mapped.ts";

/** A row of a CSV export by the columns of its first line, which count in lower case: a row for each item. */
export type ExportRow = Readonly<Record<string, string>>;

/** Columns by what they mean here; the first of each that the export has. */
const columns = {
    order: ["order", "order number", "order id", "name"],
    email: ["email", "e-mail"],
    customer: ["customer", "customer name", "billing name"],
    sku: ["sku", "item number", "lineitem sku"],
    product: ["product", "item", "title", "lineitem name"],
    quantity: ["quantity", "qty", "lineitem quantity"],
    price: ["price", "unit price", "lineitem price"],
    total: ["total", "order total"],
    currency: ["currency"],
    note: ["note", "notes"],
} as const;

/** The rows of each order. */
export const rowsByOrder = (rows: readonly ExportRow[]): ExportRow[][] => [
    ...Map.groupBy(rows, (row) => cellIn(row, "order") ?? "").values(),
];

/** An order of its rows. What is of the order stands in the first of them. Throws UnmappableOrderError. */
export function fromExport(rows: readonly ExportRow[]): MappedOrder {
    const [first = {}] = rows;
    const currency = cellIn(first, "currency");
    return {
        orderId: orderIdIn(cellIn(first, "order")),
        customer: customerOf(lineIn(cellIn(first, "customer")), cellIn(first, "email")),
        items: rows.map((row) => {
            const productId = productIdIn(cellIn(row, "sku"));
            const price = cellIn(row, "price");
            return {
                ...(productId !== undefined && { productId }),
                productName: lineIn(cellIn(row, "product")) ?? "Unnamed",
                quantity: Number(cellIn(row, "quantity") ?? 1),
                ...(price !== undefined && { unitPrice: decimalIn(price) }),
            };
        }),
        total: decimalIn(cellIn(first, "total") ?? ""),
        ...(currency !== undefined && { currency }),
        metadata: metadataOf({ source: "export", note: cellIn(first, "note") }),
    };
}

function cellIn(row: ExportRow, name: keyof typeof columns): string | undefined {
    const column = columns[name].find((one) => row[one] !== undefined && row[one].trim() !== "");
    return column && row[column]?.trim();
}

const currencySign = String.raw`(?:\p{Lu}{0,3}\p{Sc}|[A-Z]{3}|kr\.?|Fr\.?|Rs\.?|zł|Kč|Ft|lei)`;
const inCurrency = new RegExp(String.raw`^(-?)${currencySign}?\s*(-?)(\d[\d.,'’\s]*?)\s*${currencySign}?$`, "u");
const plain = /^\d+(?:[.,]\d+)?$/;
const grouped = /^\d{1,3}(?<group>[.,'’\s])(?:\d{2,3}\k<group>)*\d{3}(?:(?!\k<group>)[.,]\d+)?$/;

/** `1,234.50`, `1.234,50` and `1234.5`, with a currency's sign or without; `1,234` may be either, and is refused. */
function decimalIn(text: string): number {
    const [, before = "", after = "", digits = ""] = inCurrency.exec(text) ?? [];
    const group = grouped.exec(digits)?.groups?.["group"];
    const isEither = group !== undefined && plain.test(digits) && !digits.startsWith("0");
    if ((group === undefined && !plain.test(digits)) || isEither || (before !== "" && after !== "")) {
        throw new UnmappableOrderError(`${JSON.stringify(text)} is no amount that can be told`);
    }
    const amount = Number((plain.test(digits) ? digits : digits.replaceAll(group ?? "", "")).replace(",", "."));
    return before === "" && after === "" ? amount : -amount;
}
