import {
    amountText,
    type Cart,
    type CheckoutOrder,
    checkoutOrderIn,
    customerText,
    type Line,
    linesOf,
    type PostalAddress,
} from "./order.ts";

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
    readonly quantity?: number;
    readonly productId?: string;
    readonly unitPrice?: string;
    readonly discount?: string;
    readonly tax?: string;
    readonly amount?: string;
}

type Fulfillment = CheckoutOrder["fulfillments"][number];

/** Types of totals that are taken off. */
const reductions: ReadonlySet<string> = new Set(["items_discount", "discount", "store_credit"]);

export function sheetOf(cart: Cart): Sheet {
    const { currency, total } = cart;
    const text = (amount: number) => amountText(amount, currency);
    const sum = total === undefined ? {} : { total: text(total) };
    const order = checkoutOrderIn(cart);
    if (order === undefined) {
        const facts = [["Customer", customerText(cart.customer)]] as const;
        const rows = linesOf(cart).map((line) => rowOfLine(line, text));
        return { facts, blocks: [], rows, titles: { tax: "Tax", amount: "Amount" }, totals: [], ...sum };
    }
    return {
        facts: factsOf(order),
        blocks: [
            ...(order.billingAddress ? [{ title: "Billing address", lines: addressLines(order.billingAddress) }] : []),
            ...order.fulfillments.map((fulfillment) => blockOf(fulfillment, order, text)),
        ],
        rows: [
            ...order.items.map((item) => ({
                name: item.productName,
                quantity: item.quantity,
                productId: item.productId,
                unitPrice: text(item.unitPrice),
                ...amountsOf(item, order, text),
            })),
            ...order.fulfillments.map((fulfillment) => ({
                name: fulfillment.title,
                unitPrice: text(fulfillment.price),
                ...amountsOf(fulfillment, order, text),
            })),
        ],
        titles: order.taxIncluded ? { tax: "Included tax", amount: "Amount" } : { tax: "Tax", amount: "Before tax" },
        totals: [
            ...order.totals
                .filter(({ type }) => type !== "total")
                .map((one) => [one.text, text(reductions.has(one.type) ? -one.amount : one.amount)] as const),
            ...(order.taxes ?? []).map(
                ({ jurisdiction, rate, amount }) =>
                    [`${order.taxIncluded ? "included" : "of which"} ${jurisdiction} ${rate} %`, text(amount)] as const,
            ),
        ],
        ...sum,
    };
}

function rowOfLine({ name, quantity, productId, unitPrice }: Line, text: (amount: number) => string): Row {
    return {
        name,
        quantity,
        ...(productId !== undefined && { productId }),
        ...(unitPrice !== undefined && { unitPrice: text(unitPrice), amount: text(unitPrice * quantity) }),
    };
}

/** What an item or a fulfilment costs after discounts; with the tax only if the prices include it. */
function amountsOf(
    { discount, discountCodes: codes = [], tax, taxRate, total }: CheckoutOrder["items"][number] | Fulfillment,
    { taxIncluded = false }: CheckoutOrder,
    text: (amount: number) => string,
): Pick<Row, "discount" | "tax" | "amount"> {
    return {
        ...(discount > 0 && {
            discount: codes.length > 0 ? `${text(discount)} (${codes.join(", ")})` : text(discount),
        }),
        tax: taxRate === undefined ? text(tax) : `${text(tax)} (${taxRate} %)`,
        amount: text(taxIncluded ? total : total - tax),
    };
}

function factsOf({ customer, payment, checkout, notes }: CheckoutOrder): (readonly [string, string])[] {
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
        ...(payment ? [["Payment", `${payment.provider}, ${payment.id}, ${payment.state}`] as const] : []),
        ["Checkout", [checkout.sessionId, checkout.clientId].filter((part) => part !== undefined).join(", ")],
    ];
}

function blockOf(fulfillment: Fulfillment, { items }: CheckoutOrder, text: (amount: number) => string) {
    const { title, address, recipient = {}, earliest, latest, instructions, price } = fulfillment;
    const { name, email, phone } = recipient;
    const contact = [name === address?.name ? undefined : name, email, phone].filter((part) => part !== undefined);
    const contents = fulfillment.items.map(({ id, quantity }) => {
        return `${quantity} x ${items.find((item) => item.id === id)?.productName ?? id}`;
    });
    return {
        title: `${title}, ${text(price)}`,
        lines: [
            ...(address ? addressLines(address) : []),
            ...(contact.length > 0 ? [contact.join(", ")] : []),
            ...(earliest !== undefined && latest !== undefined
                ? [`From ${earliest.slice(0, 10)} to ${latest.slice(0, 10)}`]
                : []),
            ...(instructions === undefined ? [] : [instructions.replace(/\s+/g, " ")]),
            contents.join(", "),
        ],
    };
}

function addressLines({ name, company, line1, line2, city, region, postalCode, country }: PostalAddress): string[] {
    const lines = [name, company, line1, line2, [city, region, postalCode].filter(Boolean).join(", "), country];
    return lines.flatMap((line) => line || []);
}
