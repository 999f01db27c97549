/** Events of the order bus that endpoints may subscribe to. */
export const orderEvents = [
    "order.received.v1",
    "order.rejected.v1",
    "inventory.reserved.v1",
    "inventory.shortage.v1",
    "document.generated.v1",
    "payment.updated.v1",
    "order.updated.v1",
    "product.updated.v1",
];
