/**
 * `npm run orders:map`: prints orders of other shops as bodies of `POST /orders`, one in each line. The modules of
 * `tools/orderMappings` are examples to begin with.
 */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { parseNewOrder } from "../runtime/orderIntake/order.ts";
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { type ExportRow, fromExport, rowsByOrder } from "./orderMappings/exportRows.ts";
import { type MappedOrder, UnmappableOrderError } from "./orderMappings/mapped.ts";
import { fromShopify } from "./orderMappings/shopify.ts";
import { fromWooCommerce } from "./orderMappings/wooCommerce.ts";

const usage = `npm run orders:map -- shopify <file>        orders of Shopify's Admin API or webhooks, as JSON or JSON lines
npm run orders:map -- woocommerce <file>    orders of WooCommerce's REST API or webhooks, as JSON or JSON lines
npm run orders:map -- export <file>         a CSV file with a row for each item
                                            prints one body of POST /orders in each line; what cannot be one is named`;

/** One order, a list of them, an object with such a list, or an order in each line. */
function payloadsIn(text: string): unknown[] {
    try {
        const value: unknown = JSON.parse(text);
        const { orders = value } = value as { readonly orders?: unknown };
        return Array.isArray(orders) ? orders : [orders];
    } catch (cause) {
        const lines = text.split("\n").filter((line) => line.trim() !== "");
        if (lines.length < 2) throw new UsageError("the file is not JSON", { cause });
        return lines.map((line) => JSON.parse(line));
    }
}

const each = (map: (payload: unknown) => MappedOrder) => (text: string) =>
    payloadsIn(text).map((payload) => () => map(payload));

/** Columns in any case. */
const rowsIn = (text: string): ExportRow[] =>
    parse(text, { bom: true, columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()) });

const mappings: Readonly<Record<string, (text: string) => readonly (() => MappedOrder)[]>> = {
    shopify: each(fromShopify),
    woocommerce: each(fromWooCommerce),
    export: (text) => rowsByOrder(rowsIn(text)).map((rows) => () => fromExport(rows)),
};

await runCommand({
    usage,
    options: {},
    words: 2,
    run: async (_, [format = "", file]) => {
        const mapping = Object.hasOwn(mappings, format) ? mappings[format] : undefined;
        if (mapping === undefined || file === undefined) throw new UsageError("say a format and a file");
        const path = resolve(process.env["INIT_CWD"] ?? ".", file);
        if (!existsSync(path)) throw new UsageError(`there is no file ${path}`);
        let isRefused = false;
        const printed = new Map<string, string>();
        for (const map of mapping(readFileSync(path, "utf8"))) {
            try {
                const order = map();
                const parsed = parseNewOrder(order);
                if (!("errors" in parsed)) {
                    const { orderId = "" } = order;
                    const body = JSON.stringify(parsed.body);
                    // The same number in two ways, `#1` and `1`: the second order would be taken for the first.
                    if ((printed.get(orderId) ?? body) !== body) {
                        throw new UnmappableOrderError(`${orderId} is another order before in the file`);
                    }
                    printed.set(orderId, body);
                    console.log(body);
                    continue;
                }
                const errors = parsed.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
                throw new UnmappableOrderError(`${order.orderId}: ${errors.join(", ")}`);
            } catch (error) {
                if (!(error instanceof UnmappableOrderError)) throw error;
                isRefused = true;
                console.error(error.message);
            }
        }
        return isRefused ? exitCodes.found : exitCodes.good;
    },
});
