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

/**
 * An order of Shopify's Admin API (REST) or of the webhook `orders/create`. What was removed or refunded is left out.
 * Throws UnmappableOrderError for a canceled one and for one of a test.
 */
export function fromShopify(payload: unknown): MappedOrder {
    const { order = payload } = objectIn(payload, "the order");
    const { id, name, email, contact_email, customer, cancelled_at, line_items, shipping_lines, ...rest } = objectIn(
        order,
        "the order",
    );
    if (typeof cancelled_at === "string") throw new UnmappableOrderError(`${String(name)} was canceled`);
    if (rest["test"] === true) throw new UnmappableOrderError(`${String(name)} is a test order`);
    const { first_name, last_name } = isJsonObject(customer) ? customer : {};
    const shipping = isJsonObject(rest["shipping_address"]) ? rest["shipping_address"] : {};
    const { address1, address2, zip, city, province, country } = shipping;
    const language = rest["customer_locale"];
    return {
        orderId: orderIdIn(name ?? id),
        customer: customerOf(lineIn(first_name, last_name) ?? lineIn(shipping["name"]), email ?? contact_email),
        items: listIn(line_items).flatMap(({ sku, variant_id, product_id, name: full, title, price, ...line }) => {
            const quantity = Number(line["current_quantity"] ?? line["quantity"]);
            const productId = productIdIn(sku, variant_id, product_id);
            return quantity === 0
                ? []
                : {
                      ...(productId !== undefined && { productId }),
                      productName: lineIn(full ?? title) ?? "Unnamed",
                      quantity,
                      unitPrice: amountIn(price, `the price of ${String(full ?? title)}`),
                  };
        }),
        // In the shop's currency; the buyer's is `presentment_currency`.
        total: amountIn(rest["current_total_price"] ?? rest["total_price"], "the total"),
        currency: String(rest["currency"]),
        ...(typeof language === "string" && { locale: language }),
        metadata: metadataOf({
            source: "shopify",
            shopifyId: typeof id === "number" ? String(id) : id,
            createdAt: rest["created_at"],
            financialStatus: rest["financial_status"],
            note: rest["note"],
            tags: rest["tags"],
            shipping: listIn(shipping_lines)
                .map(({ title }) => String(title))
                .join(", "),
            shippingAddress: addressOf(
                lineIn(shipping["name"]),
                lineIn(shipping["company"]),
                lineIn(address1),
                lineIn(address2),
                lineIn(zip, city),
                lineIn(province),
                lineIn(country),
            ),
        }),
    };
}
