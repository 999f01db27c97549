import { expect } from "chai";
import type { Message, Session, SessionStatus } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { quote } from "../../../runtime/checkoutSessions/pricing/quote.ts";
import {
    evolve,
    NoSessionError,
    present,
    type SessionEvent,
    type State,
} from "../../../runtime/checkoutSessions/session/session.ts";
import { authenticationMetadata, stateOf } from "../support/checkout.ts";
import { cartOf, marketOf, merchant } from "../support/market.ts";
import { order } from "../support/versions.ts";

const at = "2026-05-04T16:00:00.000Z";
const message: Message = { type: "info", content_type: "plain", content: "Something happened." };
const cart = cartOf([["ebook", 2]], { buyer: { email: "mary@example.com" } });
const priced = { cart, quote: quote(cart, marketOf()), hidden: {}, at };
/** One of each, and the status it leads to. */
const events: readonly [event: Exclude<SessionEvent, { reason: "created" }>, status: SessionStatus | "as before"][] = [
    [{ reason: "updated", ...priced }, "ready_for_payment"],
    [{ reason: "repriced", ...priced }, "ready_for_payment"],
    [
        { reason: "completion_begun", ...priced, completion: { recordId: "record", redeems: [] } },
        "complete_in_progress",
    ],
    [{ reason: "completion_abandoned", at }, "ready_for_payment"],
    [{ reason: "payment_declined", message, at }, "ready_for_payment"],
    [{ reason: "authentication_required", metadata: authenticationMetadata, message, at }, "authentication_required"],
    [{ reason: "completed", order, at }, "completed"],
    [{ reason: "canceled", message, hidden: {}, at }, "canceled"],
    [{ reason: "order_updated", order, at }, "as before"],
];

/** With everything that a session can have. */
function full(): State {
    const market = marketOf({ discounts: [{ code: "TEN", name: "Ten", percentOff: 10 }] });
    const state = stateOf(
        {
            currency: "usd",
            capabilities: {},
            line_items: [{ id: "ebook" }],
            buyer: { email: "jo@example.com" },
            fulfillment_details: { email: "jo@example.com" },
            fulfillment_groups: [{ id: "group_1", item_ids: ["ebook"], destination_type: "digital" }],
            discounts: { codes: ["TEN"] },
            metadata: { mine: true },
        },
        market,
    );
    return {
        ...state,
        session: { ...state.session, authentication_metadata: authenticationMetadata, order },
        hidden: { ...state.hidden, completion: { recordId: "an old one", redeems: [] } },
    };
}

describe("a session after an event", () => {
    for (const [event, status] of events) {
        it(`is the next version, shows what belongs to its status, and has its whole time while it is open: ${event.reason}`, () => {
            const before = full();
            const copy = structuredClone(before);

            const { version, session, hidden } = evolve(before, event, merchant);

            expect(before).to.deep.equal(copy);
            expect(version).to.equal(2);
            expect(session.status).to.equal(status === "as before" ? before.session.status : status);
            const isOpen = !["completed", "canceled", "order_updated"].includes(event.reason);
            expect(session).to.deep.include({
                id: before.session.id,
                currency: "usd",
                metadata: { mine: true },
                created_at: before.session.created_at,
                updated_at: at,
                expires_at: isOpen ? "2026-05-05T16:00:00.000Z" : before.session.expires_at,
            });
            expect("authentication_metadata" in session).to.equal(event.reason === "authentication_required");
            expect(hidden.completion).to.deep.equal(event.reason === "completion_begun" ? event.completion : undefined);
            if ("message" in event) expect(session.messages.at(-1)).to.deep.equal(event.message);
            if ("order" in event) expect(session.order).to.deep.equal(event.order);
            if ("cart" in event) {
                expect(hidden.cart).to.deep.equal(cart);
                expect(session.buyer).to.deep.equal({ email: "mary@example.com" });
                for (const gone of ["fulfillment_groups", "discounts"]) expect(session).not.to.have.property(gone);
            }
            expect(() => evolve(undefined, event, merchant)).to.throw(NoSessionError, event.reason);
        });
    }

    it("is version 1 when it was created, with the shop's links and for the shop's hours", () => {
        const { version, session } = stateOf({ currency: "usd", capabilities: {}, line_items: [{ id: "ebook" }] });

        expect(version).to.equal(1);
        expect(session.links.map(({ url }) => url)).to.deep.equal([
            "https://shop.example/terms",
            "https://shop.example/privacy",
            "https://shop.example/returns",
        ]);
        expect(session.created_at).to.equal("2026-05-04T15:16:17.181Z");
        expect(session.expires_at).to.equal("2026-05-05T15:16:17.181Z");
        expect(session).not.to.have.property("marketing_consent_options");
    });
});

describe("a session as it is shown", () => {
    const expires = "2026-05-05T16:00:00.000Z";
    const session = (status: SessionStatus): Session => ({ ...full().session, status, expires_at: expires });
    const showing = (status: SessionStatus, milliseconds: number) =>
        present(session(status), new Date(Date.parse(expires) + milliseconds));

    for (const status of [
        "incomplete",
        "not_ready_for_payment",
        "ready_for_payment",
        "authentication_required",
        "requires_escalation",
        "pending_approval",
        "in_progress",
    ] as const) {
        it(`is expired from the moment it expires: ${status}`, () => {
            expect(showing(status, -1).status).to.equal(status);
            const expired = showing(status, 0);
            expect(expired.status).to.equal("expired");
            expect(expired.messages.at(-1)).to.include({ type: "error", code: "expired" });
            expect(present(expired, new Date("2030-01-01"))).to.deep.equal(expired);
        });
    }

    for (const status of ["completed", "canceled", "complete_in_progress"] as const) {
        it(`stays what it is for ever: ${status}`, () => {
            expect(showing(status, 1e12)).to.deep.equal(session(status));
        });
    }

    it("never expires without a time", () => {
        const { expires_at, ...endless } = session("ready_for_payment");
        expect(present(endless, new Date("2300-01-01")).status).to.equal("ready_for_payment");
    });

    it("begins with what one looks for first, in whatever order the database gave it", () => {
        const shuffled = Object.fromEntries(Object.entries(session("completed")).toReversed()) as Session;

        expect(Object.keys(present(shuffled, new Date())).slice(0, 7)).to.deep.equal([
            "id",
            "protocol",
            "status",
            "currency",
            "buyer",
            "line_items",
            "totals",
        ]);
    });
});
