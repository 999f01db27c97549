import type { Order, Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { CheckoutEvent, Reason, VersionItem } from "../../../runtime/checkoutSessions/events/event.ts";

export const sessionId = "cs_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
export const orderId = "ord_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
export const timestamp = "2026-11-20T10:11:12.000Z";

const totals = (amount: number): Session["totals"] => [{ type: "total", display_text: "Total", amount }];

/** The order of a session with two lines: three cleaners and a guide. */
export const order: Order = {
    type: "order",
    id: orderId,
    checkout_session_id: sessionId,
    permalink_url: `https://shop.example/orders/${orderId}`,
    status: "created",
    line_items: [
        {
            id: "li_1",
            title: "Eco-Friendly Cleaner",
            product_id: "12345",
            quantity: { ordered: 3, current: 3, fulfilled: 0 },
            unit_price: 1299,
            subtotal: 3897,
            status: "processing",
        },
        {
            id: "li_2",
            title: "Cleaning Guide",
            quantity: { ordered: 1, current: 1, fulfilled: 0 },
            status: "processing",
        },
    ],
    fulfillments: [
        {
            id: "ful_1",
            type: "shipping",
            status: "pending",
            line_items: [{ id: "li_1", quantity: 3 }],
            events: [{ id: "ful_1_1", type: "processing", occurred_at: timestamp }],
        },
    ],
    adjustments: [],
    totals: totals(5434),
};

/** A completed session, with some members changed. */
export function sessionOf(over: Partial<Session> = {}): Session {
    return {
        id: sessionId,
        status: "completed",
        currency: "usd",
        capabilities: {},
        buyer: { email: "jo@example.com", first_name: "Jo", last_name: "Doe" },
        line_items: [
            {
                id: "li_1",
                item: { id: "12345" },
                name: "Eco-Friendly Cleaner",
                quantity: 3,
                unit_amount: 1299,
                totals: totals(3897),
            },
            {
                id: "li_2",
                item: { id: "90001" },
                name: "Cleaning Guide",
                quantity: 1,
                unit_amount: 999,
                totals: totals(999),
            },
        ],
        fulfillment_options: [],
        totals: totals(5434),
        messages: [],
        links: [],
        order,
        ...over,
    };
}

/** An item of the sessions table: the completed session by default. */
export function versionItem(over: Partial<VersionItem> = {}): VersionItem {
    const session = over.Data ?? sessionOf();
    return {
        SessionId: session.id,
        Version: 4,
        Status: session.status,
        Data: session,
        Hidden: JSON.stringify({
            caller: "agent",
            cart: { lines: [], capabilities: {} },
            payment: { id: "pay_secret" },
        }),
        Timestamp: timestamp,
        Reason: "completed",
        RequestId: "correlation-1",
        ...over,
    };
}

/** The same as an event of the topic. */
export function checkoutEvent(reason: Reason, over: Partial<CheckoutEvent> = {}): CheckoutEvent {
    const session = over.session ?? sessionOf();
    return {
        id: `${session.id}:4`,
        type: `checkout_session.${reason}`,
        sessionId: session.id,
        version: 4,
        status: session.status,
        timestamp,
        correlationId: "correlation-1",
        session,
        ...over,
    };
}
