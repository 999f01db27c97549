import { expect } from "chai";
import type { CreateRequest, UpdateRequest } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { decideUpdate } from "../../../runtime/checkoutSessions/session/decide.ts";
import { orderIdOf, orderOf } from "../../../runtime/checkoutSessions/session/order.ts";
import { evolve, type State } from "../../../runtime/checkoutSessions/session/session.ts";
import { jo, stateOf } from "../support/checkout.ts";
import { marketOf, merchant, pickupInBerlin, sanFrancisco, selection } from "../support/market.ts";

const at = "2026-05-04T16:00:00.000Z";
const market = marketOf({ merchant: { ...merchant, pickupLocations: pickupInBerlin } });

function sessionWith(lines: CreateRequest["line_items"], update: UpdateRequest = {}, notes = {}): State {
    const state = stateOf(
        {
            currency: "usd",
            capabilities: {},
            line_items: lines,
            buyer: jo,
            fulfillment_details: { address: sanFrancisco },
            ...notes,
        },
        market,
    );
    const decision = decideUpdate(state, update, market);
    return "event" in decision ? evolve(state, decision.event, market.merchant) : expect.fail("no update");
}
const ordered = ({ session, hidden }: State) => orderOf(session, hidden, merchant, at);

describe("the order of a session", () => {
    const state = sessionWith([{ id: "jacket", quantity: 2 }, { id: "belt" }, { id: "ebook" }], {
        selected_fulfillment_options: [
            selection("shipping", "shipping_standard", "jacket"),
            selection("pickup", "pickup_mitte", "belt"),
        ],
    });
    const order = ordered(state);

    it("has an id that is known before there is one", () => {
        expect(order.id).to.equal(orderIdOf(state.session.id));
        expect(orderIdOf("cs_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")).to.equal(
            "ord_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
        );
        expect(order).to.include({
            type: "order",
            checkout_session_id: "cs_1",
            status: "created",
            permalink_url: `https://shop.example/orders/${order.id}`,
        });
    });

    it("has the session's lines, all ordered and none fulfilled, and costs what the session costs", () => {
        expect(
            order.line_items?.map(({ id, product_id, quantity, unit_price }) => [id, product_id, quantity, unit_price]),
        ).to.deep.equal([
            ["li_1", "jacket", { ordered: 2, current: 2, fulfilled: 0 }, 10_000],
            ["li_2", "belt", { ordered: 1, current: 1, fulfilled: 0 }, 2500],
            ["li_3", "ebook", { ordered: 1, current: 1, fulfilled: 0 }, 1500],
        ]);
        expect(order.line_items?.map(({ subtotal }) => subtotal)).to.deep.equal([20_000, 2500, 1500]);
        expect(order.totals).to.deep.equal(state.session.totals);
        expect(order.adjustments).to.deep.equal([]);
    });

    it("has a fulfilment for each way the items come, with the lines that come by it", () => {
        const fulfillments = order.fulfillments ?? [];

        expect(
            fulfillments.map(({ type, status, line_items, destination }) => ({
                type,
                status,
                lines: line_items?.map(({ id, quantity }) => [id, quantity]),
                city: destination?.city,
            })),
        ).to.have.deep.members([
            { type: "shipping", status: "pending", lines: [["li_1", 2]], city: "San Francisco" },
            { type: "pickup", status: "pending", lines: [["li_2", 1]], city: "Berlin" },
            { type: "digital", status: "pending", lines: [["li_3", 1]], city: undefined },
        ]);
        expect(new Set(fulfillments.map(({ id }) => id)).size).to.equal(3);
        for (const { events } of fulfillments) expect(events).to.have.length(1);
    });

    it("has the delivery time of shipped items, from the earliest to the latest day", () => {
        expect(order.estimated_delivery).to.deep.equal({
            earliest: "2026-05-07T00:00:00Z",
            latest: "2026-05-09T23:59:59Z",
        });
        expect(ordered(sessionWith([{ id: "ebook" }]))).not.to.have.property("estimated_delivery");
    });

    it("has the buyer's notes in its confirmation", () => {
        const noted = ordered(sessionWith([{ id: "ebook" }], {}, { order_notes: "A present" }));

        expect(noted.confirmation).to.include({ order_notes: "A present", confirmation_email_sent: false });
        expect(order.confirmation).not.to.have.property("order_notes");
    });
});
