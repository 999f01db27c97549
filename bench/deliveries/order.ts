/** The bench's event: a session has become an order (Agentic Commerce Protocol). */
export const order = {
    type: "order",
    id: "ord_01JD3Z6Q8Y4V9W2K7M5N1P0R3S",
    checkout_session_id: "cs_01JD3Z6Q8Y4V9W2K7M5N1P0R3S",
    permalink_url: "https://shop.example.com/orders/ord_01JD3Z6Q8Y4V9W2K7M5N1P0R3S",
    status: "confirmed",
    order_number: "2026-1120-000042",
    estimated_delivery: { earliest: "2026-11-24T10:00:00.000Z", latest: "2026-11-27T18:00:00.000Z" },
    line_items: [
        { id: "li_1", title: "Eco-Friendly Cleaner", quantity: { ordered: 2, shipped: 0 }, total: 2598 },
        { id: "li_2", title: "Floor Soap 5 L", quantity: { ordered: 1, shipped: 0 }, total: 2450 },
    ],
    totals: [
        { type: "items_base_amount", display_text: "Items", amount: 5048 },
        { type: "fulfillment", display_text: "Shipping", amount: 599 },
        { type: "tax", display_text: "Tax", amount: 409 },
        { type: "total", display_text: "Total", amount: 6056 },
    ],
    refunds: [],
};
