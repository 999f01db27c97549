import Mustache from "mustache";
import { unitsOf } from "../../shared/money.ts";
import { type Cart, cartOf, checkoutOrderIn, type Meta, type Order } from "../order.ts";
import { sheetOf } from "../orderSheet.ts";
import { readableText } from "../readableText.ts";
import { amountText, dateText, localeOf, numberText } from "../texts.ts";
import type { News } from "./news.ts";

/** Texts of templates by file: `shipment.txt`, `shipment.html`, `shipment.de.txt`. */
export type Templates = ReadonlyMap<string, string>;

interface Shop {
    readonly name: string;
    readonly url: string;
}

interface Options {
    readonly templates: Templates;
    readonly shop: Shop;
    /** Of orders that name none. */
    readonly locale: string;
}

interface Letter {
    readonly subject: string;
    readonly text: string;
    readonly html: string;
}

/** A template is missing, or has no subject. */
class TemplateError extends Error {
    override readonly name = "TemplateError";
}

/** The mail that tells the customer of an order some news, in the customer's locale. Throws TemplateError. */
export function letterOf(news: News, order: Order, meta: Meta, { templates, shop, locale: usual }: Options): Letter {
    const locale = localeOf("locale" in order ? order : {}, usual);
    const view = { shop, ...viewOf(news, cartOf(order), meta, locale) };
    const [first = "", ...lines] = render(templates, news.kind, "txt", locale, view).split("\n");
    const subject = /^Subject: (.+)/.exec(first)?.[1];
    if (subject === undefined)
        throw new TemplateError(`the first line of ${news.kind}.txt must begin with "Subject: "`);
    return {
        subject,
        // Sections that are absent leave their lines.
        text: lines
            .join("\n")
            .trimStart()
            .replace(/\n{3,}/g, "\n\n"),
        html: render(templates, news.kind, "html", locale, view),
    };
}

/** The template of the locale, else of its language, else the one for all. */
function render(
    templates: Templates,
    kind: News["kind"],
    format: "txt" | "html",
    locale: string,
    view: object,
): string {
    const { baseName, language } = new Intl.Locale(locale);
    const names = [`${kind}.${baseName}.${format}`, `${kind}.${language}.${format}`, `${kind}.${format}`];
    const template = names.map((name) => templates.get(name)).find((found) => found !== undefined);
    if (template === undefined) throw new TemplateError(`there is no template ${kind}.${format}`);
    return Mustache.render(template, view, undefined, format === "html" ? {} : { escape: String });
}

/** What templates may name: docs/guides/mails.md. */
function viewOf(news: News, cart: Cart, { receivedAt }: Meta, locale: string): object {
    const { facts, blocks, rows, totals, total } = sheetOf(cart, locale);
    const { customer } = cart;
    const nameOf = (id: string) => checkoutOrderIn(cart)?.items.find((item) => item.id === id)?.productName ?? id;
    const piecesOf = (pieces: readonly { id: string; name?: string | undefined; quantity: number }[] = []) =>
        pieces.map(({ id, name = nameOf(id), quantity }) => ({ name, quantity: numberText(quantity, locale) }));
    return readable({
        locale,
        order: {
            id: cart.orderId,
            date: dateText(receivedAt, locale),
            total: total ?? "",
            lines: rows,
            totals: totals.map(([name, amount]) => ({ name, amount })),
            facts: facts.map(([name, value]) => ({ name, value })),
            blocks,
        },
        customer: typeof customer === "string" ? { name: customer } : customer,
        ...newsView(),
    });

    function newsView(): object {
        switch (news.kind) {
            case "confirmation":
                return {};
            case "shipment": {
                const { status, carrier, trackingNumber, trackingUrl = "", pieces } = news.parcel;
                const planned = checkoutOrderIn(cart)?.fulfillments.find(({ id }) => id === news.id);
                const isDownload = planned?.type === "digital";
                const isPickup = !isDownload && (planned?.type === "pickup" || status === "ready_for_pickup");
                return {
                    shipment: {
                        isShipping: !isDownload && !isPickup,
                        isPickup,
                        isDownload,
                        carrier,
                        trackingNumber,
                        ...(/^https?:\/\//.test(trackingUrl) && { trackingUrl }),
                        lines: piecesOf(pieces ?? planned?.items),
                    },
                };
            }
            case "note":
                return { note: { lines: news.text.split(/\r\n|[\r\n]/) } };
            case "refund":
            case "cancellation": {
                const { amount, pieces, reason, isOutOfStock } = news.change;
                const { currency } = cart;
                return {
                    [news.kind]: {
                        ...(amount !== undefined &&
                            currency !== undefined && {
                                amount: amountText(unitsOf(amount, currency), currency, locale),
                            }),
                        hasLines: (pieces ?? []).length > 0,
                        lines: piecesOf(pieces),
                        reason,
                        isOutOfStock,
                    },
                };
            }
        }
    }
}

/** The same with all of its texts readable, and in one line each. */
function readable<Content>(content: Content): Content {
    // JSON, in which each text is replaced by a text.
    return JSON.parse(JSON.stringify(content), (_, value) =>
        typeof value === "string" ? readableText(value).replaceAll("\n", " ") : value,
    );
}
