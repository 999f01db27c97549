import { isJsonObject } from "../../runtime/shared/json.ts";
import {
    addressOf,
    amountIn,
    customerOf,
    lineIn,
    listIn,
    type MappedOrder,
    metadataOf,
    objectIn,
    orderIdIn,
    productIdIn,
    UnmappableOrderError,
} from "./mapped.ts";

/** Statuses of orders that are none, or not any more. */
const ended = ["cancelled", "refunded", "failed", "trash", "checkout-draft", "auto-draft"];

/**
 * An order of WooCommerce's REST API (v3) or of its webhook `order.created`. Prices are those after discounts, without tax.
 * Throws UnmappableOrderError for one that has ended.
 */
export function fromWooCommerce(payload: unknown): MappedOrder {
    const { id, number, status, billing, shipping, line_items, shipping_lines, ...rest } = objectIn(
        payload,
        "the order",
    );
    if (ended.includes(String(status))) throw new UnmappableOrderError(`${String(number ?? id)} is ${String(status)}`);
    const payer = isJsonObject(billing) ? billing : {};
    const address = isJsonObject(shipping) && lineIn(shipping["address_1"]) ? shipping : payer;
    return {
        orderId: orderIdIn(number ?? id),
        customer: customerOf(
            lineIn(payer["first_name"], payer["last_name"]) ?? lineIn(payer["company"]),
            payer["email"],
        ),
        items: listIn(line_items).map(({ sku, variation_id, product_id, name, quantity, price, total }) => {
            const productId = productIdIn(sku, variation_id, product_id);
            const what = `the price of ${String(name)}`;
            return {
                ...(productId !== undefined && { productId }),
                productName: lineIn(name) ?? "Unnamed",
                quantity: Number(quantity),
                // Releases before 3 have no price.
                unitPrice: price === undefined ? amountIn(total, what) / Number(quantity) : amountIn(price, what),
            };
        }),
        total: amountIn(rest["total"], "the total"),
        currency: String(rest["currency"]),
        metadata: metadataOf({
            source: "woocommerce",
            wooCommerceId: id,
            createdAt: rest["date_created_gmt"],
            status,
            paymentMethod: rest["payment_method_title"],
            transactionId: rest["transaction_id"],
            note: rest["customer_note"],
            phone: payer["phone"],
            shipping: listIn(shipping_lines)
                .map(({ method_title }) => String(method_title))
                .join(", "),
            shippingAddress: addressOf(
                lineIn(address["first_name"], address["last_name"]),
                lineIn(address["company"]),
                lineIn(address["address_1"]),
                lineIn(address["address_2"]),
                lineIn(address["postcode"], address["city"]),
                lineIn(address["state"]),
                lineIn(address["country"]),
            ),
        }),
    };
}
