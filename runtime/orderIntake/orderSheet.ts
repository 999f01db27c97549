import { minorUnitsOf, unitsOf } from "../shared/money.ts";
import {
    type Cart,
    type CheckoutOrder,
    checkoutOrderIn,
    customerText,
    type Line,
    linesOf,
    type PostalAddress,
} from "./order.ts";
import { isolated } from "./readableText.ts";
import { amountText, dateText, numberText, shopLocale } from "./texts.ts";

/** The contents of an order as texts, the same for its PDF and its mail. */
export interface Sheet {
    /** Customer, payment, notes: label and text. */
    readonly facts: readonly (readonly [label: string, text: string])[];
    /** Addresses and fulfillments. */
    readonly blocks: readonly { readonly title: string; readonly lines: readonly string[] }[];
    /** Items and fulfilments: their amounts, and the taxes unless these are included, add up to the total. */
    readonly rows: readonly Row[];
    readonly titles: { readonly tax: string; readonly amount: string };
    /** What the total consists of. */
    readonly totals: readonly (readonly [label: string, amount: string])[];
    readonly total?: string;
}

/** A line or fulfilment of the order. Absent: not known of this order. */
export interface Row {
    readonly name: string;
    /** Of fulfilments: absent */
    readonly quantity?: string;
    readonly productId?: string;
    readonly unitPrice?: string;
    readonly discount?: string;
    readonly tax?: string;
    readonly amount?: string;
}

type Fulfillment = CheckoutOrder["fulfillments"][number];

/** Types of totals that are taken off. */
const reductions: ReadonlySet<string> = new Set(["items_discount", "discount", "store_credit"]);

/** How amounts, numbers and dates are written. */
interface Texts {
    readonly amount: (value: number) => string;
    readonly number: (value: number) => string;
    readonly date: (time: string) => string;
}

export function sheetOf(cart: Cart, locale: string = shopLocale): Sheet {
    const { currency, total } = cart;
    const texts: Texts = {
        amount: (value) => amountText(value, currency, locale),
        number: (value) => numberText(value, locale),
        date: (time) => dateText(time, locale),
    };
    const text = texts.amount;
    const sum = total === undefined ? {} : { total: text(total) };
    const order = checkoutOrderIn(cart);
    if (order === undefined) {
        const facts = [["Customer", customerText(cart.customer)]] as const;
        const rows = linesOf(cart).map((line) => rowOfLine(line, texts));
        return { facts, blocks: [], rows, titles: { tax: "Tax", amount: "Amount" }, totals: [], ...sum };
    }
    return {
        facts: factsOf(order, texts),
        blocks: [
            ...(order.billingAddress ? [{ title: "Billing address", lines: addressLines(order.billingAddress) }] : []),
            ...order.fulfillments.map((fulfillment) => blockOf(fulfillment, order, texts)),
        ],
        rows: [
            ...order.items.map((item) => ({
                name: item.productName,
                quantity: texts.number(item.quantity),
                productId: item.productId,
                unitPrice: text(item.unitPrice),
                ...amountsOf(item, order, texts),
            })),
            ...order.fulfillments.map((fulfillment) => ({
                name: fulfillment.title,
                unitPrice: text(fulfillment.price),
                ...amountsOf(fulfillment, order, texts),
            })),
        ],
        titles: order.taxIncluded ? { tax: "Included tax", amount: "Amount" } : { tax: "Tax", amount: "Before tax" },
        totals: [
            ...order.totals
                .filter(({ type }) => type !== "total")
                .map((one) => [one.text, text(reductions.has(one.type) ? -one.amount : one.amount)] as const),
            ...taxesOf(order, texts),
        ],
        ...sum,
    };
}

/** The tax of each rate, and what it is on. */
function taxesOf(order: CheckoutOrder, { amount: text, number }: Texts): Sheet["totals"] {
    const { taxes = [], taxIncluded = false } = order;
    const taxed = [...order.items, ...order.fulfillments];
    return taxes.map(({ jurisdiction, rate, amount }) => {
        const name = `${taxIncluded ? "included" : "of which"} ${jurisdiction} ${number(rate)} %`;
        // Two jurisdictions with one rate: what each one's tax is on is not known.
        if (taxes.filter((tax) => tax.rate === rate).length > 1) return [name, text(amount)];
        const minor = (units: number) => minorUnitsOf(units, order.currency) ?? 0;
        const lines = taxed.filter(({ taxRate }) => taxRate === rate);
        const net = lines.reduce((sum, { total, tax }) => sum + minor(total) - minor(tax), 0);
        return [`${name} on ${isolated(text(unitsOf(net, order.currency)))}`, text(amount)];
    });
}

function rowOfLine({ name, quantity, productId, unitPrice }: Line, { amount: text, number }: Texts): Row {
    return {
        name,
        quantity: number(quantity),
        ...(productId !== undefined && { productId }),
        ...(unitPrice !== undefined && { unitPrice: text(unitPrice), amount: text(unitPrice * quantity) }),
    };
}

/** What an item or a fulfilment costs after discounts; with the tax only if the prices include it. */
function amountsOf(
    { discount, discountCodes: codes = [], tax, taxRate, total }: CheckoutOrder["items"][number] | Fulfillment,
    { taxIncluded = false }: CheckoutOrder,
    { amount: text, number }: Texts,
): Pick<Row, "discount" | "tax" | "amount"> {
    return {
        ...(discount > 0 && {
            discount:
                codes.length > 0 ? `${isolated(text(discount))} (${codes.map(isolated).join(", ")})` : text(discount),
        }),
        tax: taxRate === undefined ? text(tax) : `${isolated(text(tax))} (${number(taxRate)} %)`,
        amount: text(taxIncluded ? total : total - tax),
    };
}

function factsOf(
    { customer, payment, checkout, notes }: CheckoutOrder,
    { amount }: Texts,
): (readonly [string, string])[] {
    const { phone, company, taxId } = customer;
    const optional = [
        ["Phone", phone],
        ["Company", company],
        ["Tax id", taxId],
        ["Notes", notes],
    ] as const;
    return [
        ["Customer", customerText(customer)],
        ...optional.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const])),
        ...(payment
            ? [
                  [
                      "Payment",
                      `${isolated(amount(payment.amount))} ${payment.state}, ${payment.provider} ${payment.id}`,
                  ] as const,
              ]
            : []),
        [
            "Checkout",
            [checkout.sessionId, checkout.clientId]
                .flatMap((part) => (part === undefined ? [] : [isolated(part)]))
                .join(", "),
        ],
    ];
}

function blockOf(fulfillment: Fulfillment, { items }: CheckoutOrder, texts: Texts) {
    const { title, address, recipient = {}, earliest, latest, instructions, price } = fulfillment;
    const { name, email, phone } = recipient;
    const contact = [name === address?.name ? undefined : name, email, phone].flatMap((part) =>
        part === undefined ? [] : [isolated(part)],
    );
    const contents = fulfillment.items.map(({ id, quantity }) => {
        return `${texts.number(quantity)} x ${isolated(items.find((item) => item.id === id)?.productName ?? id)}`;
    });
    return {
        title: `${address ? "Delivery address" : "Delivery"}: ${isolated(title)}, ${isolated(texts.amount(price))}`,
        lines: [
            ...(address ? addressLines(address) : []),
            ...(contact.length > 0 ? [contact.join(", ")] : []),
            ...(earliest !== undefined && latest !== undefined
                ? [`From ${isolated(texts.date(earliest))} to ${isolated(texts.date(latest))}`]
                : []),
            ...(instructions === undefined ? [] : [instructions.replace(/\s+/g, " ")]),
            contents.join(", "),
        ],
    };
}

function addressLines({ name, company, line1, line2, city, region, postalCode, country }: PostalAddress): string[] {
    const lines = [
        name,
        company,
        line1,
        line2,
        [city, region, postalCode].flatMap((part) => (part ? [isolated(part)] : [])).join(", "),
        country,
    ];
    return lines.flatMap((line) => line || []);
}
