import { amountText } from "../shared/money.ts";
import { type Cart, customerText, type Line, linesOf } from "./order.ts";

/** A mail's body for both kinds of reader. */
export interface MailBody {
    readonly text: string;
    readonly html: string;
}

/** Tells the sales team what was ordered. */
export function mailBody(cart: Cart): MailBody {
    const { orderId, customer, total, currency } = cart;
    const lines = linesOf(cart);
    const facts: [string, string][] = [["Customer", customerText(customer)]];
    if (total !== undefined) facts.push(["Total", amountText(total, currency)]);
    return {
        text: [
            `New order ${orderId}`,
            "",
            ...lines.map((line) => `${line.quantity} x ${nameOf(line)}${priceOf(line, currency, " at ")}`),
            "",
            ...facts.map(([name, value]) => `${name}: ${value}`),
            "",
        ].join("\n"),
        html: [
            `<!doctype html><html lang="en"><body style="font-family:sans-serif;color:#1f2933">`,
            `<h1 style="font-size:20px">New order ${inHtml(orderId)}</h1>`,
            `<table cellpadding="6" style="border-collapse:collapse">`,
            ...lines.map((line) => row([String(line.quantity), nameOf(line), priceOf(line, currency)])),
            `</table>`,
            ...facts.map(([name, value]) => `<p>${inHtml(name)}: <strong>${inHtml(value)}</strong></p>`),
            `</body></html>`,
        ].join("\n"),
    };
}

function nameOf({ name, productId }: Line): string {
    return productId === undefined ? name : `${name} (${productId})`;
}

function priceOf({ unitPrice }: Line, currency: string | undefined, before = ""): string {
    return unitPrice === undefined ? "" : `${before}${amountText(unitPrice, currency)}`;
}

function row(cells: readonly string[]): string {
    const filled = cells.map((cell) => `<td style="border-bottom:1px solid #d9e2ec">${inHtml(cell)}</td>`);
    return `<tr>${filled.join("")}</tr>`;
}

function inHtml(text: string): string {
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
