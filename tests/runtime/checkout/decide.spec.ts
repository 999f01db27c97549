import { expect } from "chai";
import type {
    CompleteRequest,
    CreateRequest,
    Session,
    SessionStatus,
    UpdateRequest,
} from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { tokenRefusals } from "../../../runtime/checkoutSessions/payment/payment.ts";
import type { Market } from "../../../runtime/checkoutSessions/pricing/market.ts";
import { begunOf, decideOutcome } from "../../../runtime/checkoutSessions/session/charge.ts";
import {
    type Decision,
    decideCancel,
    decideCompletion,
    decideCreate,
    decideUpdate,
} from "../../../runtime/checkoutSessions/session/decide.ts";
import { evolve, type State } from "../../../runtime/checkoutSessions/session/session.ts";
import { ucpCredentials } from "../../../runtime/checkoutSessions/ucp/payment.ts";
import { authenticated, authenticationMetadata, jo, payingWith, stateOf, totalOf } from "../support/checkout.ts";
import { amountOf, berlin, marketOf, merchant, paris, sanFrancisco } from "../support/market.ts";

const market = marketOf();
const cart: CreateRequest = {
    currency: "usd",
    capabilities: {},
    line_items: [{ id: "ebook" }],
    buyer: jo,
    fulfillment_details: { address: paris },
};
const paying = payingWith("spt_success", {}, paris);

/** What a decision comes to: `updated`, `409 session_completed`. */
const short = (decision: Decision) =>
    "event" in decision ? decision.event.reason : `${decision.problem.status} ${decision.problem.error.code}`;
const problemOf = (decision: Decision) => ("problem" in decision ? decision.problem : expect.fail("is no problem"));
const eventOf = (decision: Decision) => ("event" in decision ? decision.event : expect.fail(short(decision)));

/** Nothing that a decision gets may be changed by it. */
function frozen<Value>(value: Value): Value {
    if (typeof value === "object" && value !== null) {
        Object.freeze(value);
        Object.values(value).forEach(frozen);
    }
    return value;
}
const ready = (more: Partial<Session> = {}): State => {
    const state = stateOf(cart);
    return frozen({ ...state, session: { ...state.session, ...more } });
};
const complete = (state: State, request: CompleteRequest = paying, now: Market = market) =>
    decideCompletion(state, frozen(request), "record", now);

describe("decisions about a session", () => {
    type Decided = Readonly<Record<"update" | "complete" | "authenticate" | "cancel", string>>;
    const open: Decided = {
        update: "updated",
        complete: "409 session_not_ready",
        authenticate: "409 session_not_ready",
        cancel: "canceled",
    };
    const withSeller: Decided = { ...open, update: "409 session_not_ready" };
    const ended = (status: string): Decided => ({
        update: `409 session_${status}`,
        complete: `409 session_${status}`,
        authenticate: `409 session_${status}`,
        cancel: "405 method_not_allowed",
    });
    const busy = "409 version_conflict";
    const table: Readonly<Record<SessionStatus, Decided>> = {
        incomplete: open,
        not_ready_for_payment: open,
        ready_for_payment: { ...open, complete: "completion_begun", authenticate: "completion_begun" },
        authentication_required: {
            ...withSeller,
            complete: "400 requires_3ds",
            authenticate: "completion_begun",
        },
        complete_in_progress: { update: busy, complete: busy, authenticate: busy, cancel: busy },
        requires_escalation: withSeller,
        pending_approval: withSeller,
        in_progress: withSeller,
        completed: ended("completed"),
        canceled: ended("canceled"),
        expired: ended("expired"),
    };
    const commands = (state: State, now: Market): Decided => ({
        update: short(decideUpdate(state, frozen({ buyer: jo }), now)),
        complete: short(complete(state, paying, now)),
        authenticate: short(complete(state, { ...paying, authentication_result: authenticated }, now)),
        cancel: short(decideCancel(state, frozen({}), now.now)),
    });

    for (const [status, decided] of Object.entries(table) as [SessionStatus, Decided][]) {
        it(`that is ${status}`, () => {
            expect(commands(ready({ status }), market)).to.deep.equal(decided);
        });

        it(`that is ${status} when its time is over`, () => {
            const state = ready({ status });
            const late = marketOf({ now: new Date(Date.parse(state.session.expires_at ?? "")) });
            const stays = ["completed", "canceled", "complete_in_progress"].includes(status);
            expect(commands(state, late)).to.deep.equal(stays ? decided : ended("expired"));
        });
    }

    it("answers 405 with the allowed methods, and a transient 409 with Retry-After", () => {
        expect(problemOf(decideCancel(ready({ status: "completed" }), {}, market.now)).headers).to.deep.equal({
            allow: "GET",
        });
        const busyOne = problemOf(complete(ready({ status: "complete_in_progress" })));
        expect(busyOne).to.have.nested.property("headers.retry-after");
        expect(busyOne.unkept).to.equal(true);
    });
});

describe("creating", () => {
    const create = (request: CreateRequest, now: Market = market) =>
        decideCreate(frozen(request), { sessionId: "cs_1", caller: "agent", market: now });

    it("is in the shop's currency, in upper or lower case", () => {
        expect(short(create({ ...cart, currency: "USD" }))).to.equal("created");
        expect(problemOf(create({ ...cart, currency: "eur" })).error).to.include({
            code: "invalid",
            param: "$.currency",
        });
    });

    for (const [what, line, param] of [
        ["the short form", { id: "no such thing" }, "$.line_items[1].id"],
        ["the protocol's form", { item: { id: "no such thing" } }, "$.line_items[1].item.id"],
        ["a product of another currency", { id: "krona" }, "$.line_items[1].id"],
    ] as const) {
        it(`names the place of an unknown item, in ${what}`, () => {
            const krona = { productId: "krona", name: "Krona", price: 1, currency: "sek" };
            const { status, error } = problemOf(
                create({ ...cart, line_items: [{ id: "ebook" }, line] }, marketOf({ more: [krona] })),
            );
            expect(status).to.equal(400);
            expect(error).to.include({ type: "invalid_request", code: "invalid_item_id", param });
        });
    }

    it("ignores the client's prices", () => {
        const state = stateOf({
            ...cart,
            line_items: [{ id: "ebook", quantity: 2, unit_amount: 1, name: "Free book" }],
        });

        expect(totalOf(state.session)).to.equal(3000);
        expect(state.session.line_items[0]).to.include({ name: "E-book", unit_amount: 1500 });
    });

    it("keeps the client's data about itself, and hides members that are not to be shown", () => {
        const attribution = { provider: "partner", token: "secret-token" };
        const { session, hidden } = stateOf({
            ...cart,
            locale: "en-US",
            timezone: "Europe/Berlin",
            quote_id: "q_1",
            metadata: { any: { thing: [1] } },
            order_notes: "Ring twice",
            affiliate_attribution: attribution,
        });

        expect(session).to.deep.include({
            locale: "en-US",
            timezone: "Europe/Berlin",
            quote_id: "q_1",
            metadata: { any: { thing: [1] } },
        });
        expect(hidden).to.deep.include({
            caller: "agent",
            orderNotes: "Ring twice",
            attribution: { first: attribution },
        });
        expect(JSON.stringify(session)).not.to.match(/secret-token|Ring twice|agent/);
    });
});

describe("changing", () => {
    const update = (request: UpdateRequest, state = ready()) => decideUpdate(state, frozen(request), market);
    const shipped = stateOf({
        ...cart,
        line_items: [{ id: "jacket" }],
        fulfillment_details: { address: sanFrancisco },
    });
    const choice = (over: object) => ({
        selected_fulfillment_options: [
            { type: "shipping" as const, option_id: "shipping_standard", item_ids: ["jacket"], ...over },
        ],
    });

    it("takes an option that is offered", () => {
        expect(short(update(choice({}), shipped))).to.equal("updated");
    });

    for (const [what, over, param] of [
        ["an option that is not offered", { option_id: "teleport" }, "option_id"],
        ["an option by another type", { type: "pickup" }, "type"],
        ["an option for what is not in the cart", { item_ids: ["jacket", "belt"] }, "item_ids[1]"],
    ] as const) {
        it(`refuses ${what}`, () => {
            expect(problemOf(update(choice(over), shipped))).to.deep.include({ status: 400 });
            expect(problemOf(update(choice(over), shipped)).error).to.include({
                code: "invalid",
                param: `$.selected_fulfillment_options[0].${param}`,
            });
        });
    }

    it("takes several options, each for the lines of its group", () => {
        const grouped = (id: string, item: string) => ({
            id,
            item_ids: [item],
            destination_type: "shipping" as const,
            fulfillment_details: { address: sanFrancisco },
        });
        const request: UpdateRequest = {
            line_items: [{ id: "jacket" }, { id: "belt" }],
            fulfillment_groups: [grouped("a", "jacket"), grouped("b", "belt")],
        };
        const options = [{ id: "shipping_express@a" }, { id: "shipping_standard@b" }];
        const chosen = evolve(shipped, eventOf(decideUpdate(shipped, request, market, { options })), merchant);
        expect(chosen.session.selected_fulfillment_options).to.deep.equal([
            { type: "shipping", option_id: "shipping_express@a", item_ids: ["li_1"] },
            { type: "shipping", option_id: "shipping_standard@b", item_ids: ["li_2"] },
        ]);
    });

    it("takes an option for the lines that it is chosen for, and leaves the others without one", () => {
        const request: UpdateRequest = {
            line_items: [{ id: "jacket" }, { id: "belt" }, { id: "ebook" }],
            fulfillment_details: { address: sanFrancisco },
        };
        for (const lines of [["belt", "ebook"], ["li_2"]]) {
            const options = [{ id: "shipping_express", lines }];
            const { session } = evolve(shipped, eventOf(decideUpdate(shipped, request, market, { options })), merchant);
            expect(
                session.selected_fulfillment_options?.find(({ type }) => type === "shipping")?.item_ids,
                `${lines}`,
            ).to.deep.equal(["li_2"]);
        }
    });

    it("refuses options that are not offered, unless the request replaces the cart", () => {
        const request: UpdateRequest = {
            line_items: [{ id: "jacket" }],
            fulfillment_details: { address: sanFrancisco },
        };
        const options = [{ id: "teleport" }, { id: "shipping_express" }];
        expect(problemOf(decideUpdate(shipped, request, market, { options })).error.code).to.equal("invalid");
        const mode = { options, replaces: true } as const;
        const chosen = evolve(shipped, eventOf(decideUpdate(shipped, request, market, mode)), merchant);
        const taken = chosen.session.selected_fulfillment_options?.map(({ option_id: id }) => id);
        expect(taken).to.deep.equal(["shipping_express"]);
    });

    it("with an empty body reprices the cart, and extends the session's expiry", () => {
        const dearer = marketOf({ now: new Date(market.now.getTime() + 60_000) });
        const state = ready();
        const next = evolve(state, eventOf(decideUpdate(state, {}, dearer)), merchant);

        expect(next.session.line_items).to.deep.equal(state.session.line_items);
        expect(Date.parse(next.session.expires_at ?? "")).to.equal(Date.parse(state.session.expires_at ?? "") + 60_000);
    });

    it("to an empty cart leaves an incomplete session", () => {
        const next = evolve(ready(), eventOf(update({ line_items: [] })), merchant);
        expect(next.session).to.deep.include({ status: "incomplete", line_items: [] });
    });
});

describe("completing", () => {
    it("begins under the record of its request, with the shown price", () => {
        const state = ready();
        const event = eventOf(complete(state));

        expect(event).to.deep.include({ completion: { recordId: "record", redeems: [], stock: [], isCounted: true } });
        const begun = evolve(state, event, merchant);
        expect(begun.session.status).to.equal("complete_in_progress");
        expect(totalOf(begun.session)).to.equal(totalOf(state.session));
    });

    it("redeems the codes of limited use, and only those", () => {
        const discounts = [
            { code: "LIMITED", name: "Limited", amountOff: 100, usageLimit: 5 },
            { code: "OPEN", name: "Open", amountOff: 100 },
        ];
        const now = marketOf({ discounts });
        const state = stateOf({ ...cart, discounts: { codes: ["limited", "open"] } }, now);

        expect(eventOf(complete(state, paying, now))).to.have.deep.nested.property("completion.redeems", ["LIMITED"]);
    });

    const ebook = { productId: "ebook", name: "E-book", currency: "usd", digital: true };
    for (const [what, more, status] of [
        ["a higher price", { ...ebook, price: 1600 }, "ready_for_payment"],
        ["a lower price", { ...ebook, price: 1400 }, "ready_for_payment"],
        ["nothing left", { ...ebook, price: 1500, stock: 0 }, "not_ready_for_payment"],
        ["another currency", { ...ebook, price: 1500, currency: "eur" }, "not_ready_for_payment"],
    ] as const) {
        it(`shows the buyer ${what} before anything is charged`, () => {
            const state = ready();
            const now = marketOf({ more: [more] });
            const event = eventOf(complete(state, paying, now));

            expect(event.reason).to.equal("repriced");
            const { session } = evolve(state, event, merchant);
            expect(session.status).to.equal(status);
            if (status === "ready_for_payment") {
                expect(totalOf(session)).to.equal(more.price);
                expect(session.messages).to.have.length(1);
                expect(session.messages[0]).to.include({ type: "warning", code: "price_change", param: "$.totals" });
                expect(short(complete(evolve(state, event, merchant), paying, now))).to.equal("completion_begun");
            }
        });
    }

    for (const [what, request, code, param] of [
        ["an unknown handler", { handler_id: "cash" }, "invalid", "$.payment_data.handler_id"],
        [
            "a purchase order",
            { handler_id: undefined, instrument: undefined, purchase_order_number: "PO-1" },
            "unsupported",
            "$.payment_data.purchase_order_number",
        ],
        ["later payment", { payment_terms: "net_30" }, "unsupported", "$.payment_data.payment_terms"],
        ["a due date", { due_date: "2027-01-01T00:00:00Z" }, "unsupported", "$.payment_data.due_date"],
        ["an approval to come", { approval_required: true }, "unsupported", "$.payment_data.approval_required"],
        [
            "another instrument",
            { instrument: { type: "gift_card", credential: { type: "spt", token: "spt_success" } } },
            "unsupported",
            "$.payment_data.instrument.type",
        ],
        [
            "another credential",
            { instrument: { type: "card", credential: { type: "cash", token: "spt_success" } } },
            "unsupported",
            "$.payment_data.instrument.credential.type",
        ],
        [
            "a token of a card, which only some protocols have",
            { instrument: { type: "card", credential: { type: "card_token", token: "tok_1" } } },
            "unsupported",
            "$.payment_data.instrument.credential.type",
        ],
    ] as const) {
        it(`is not possible with ${what}`, () => {
            const { handler_id, instrument, ...rest } = { ...paying.payment_data, ...request };
            const payment = { ...rest, ...(handler_id && { handler_id }), ...(instrument && { instrument }) };
            expect(problemOf(complete(ready(), { payment_data: payment })).error).to.include({ code, param });
        });
    }

    it("taxes a download by the billing address, and shows the price with the tax before anything is charged", () => {
        const { fulfillment_details: _, ...nowhere } = cart;
        const state = stateOf(nowhere);
        const billed = { payment_data: { ...paying.payment_data, billing_address: sanFrancisco } };

        const { billing_address, ...unbilled } = paying.payment_data;
        expect(short(complete(state, { payment_data: unbilled }))).to.equal("409 session_not_ready");
        const claimed = problemOf(complete(stateOf(cart), { payment_data: unbilled })).error;
        expect(claimed, "whatever address is claimed").to.include({ param: "$.payment_data.billing_address" });
        const repriced = evolve(state, eventOf(complete(state, billed)), merchant);
        expect(repriced.session).to.include({ status: "ready_for_payment" });
        expect(totalOf(repriced.session)).to.equal(1500 + 109);
        expect(short(complete(repriced, billed))).to.equal("completion_begun");
        const atlantis = { ...sanFrancisco, state: "Atlantis" };
        const unknown = eventOf(
            complete(state, { payment_data: { ...paying.payment_data, billing_address: atlantis } }),
        );
        const told = evolve(state, unknown, merchant);
        expect(told.session.messages.map(({ param }) => param)).to.deep.equal(["$.payment_data.billing_address.state"]);
        expect(short(complete(told, billed))).to.equal("repriced");
        const untaxed = { payment_data: { ...paying.payment_data, billing_address: paris } };
        expect(short(complete(state, untaxed))).to.equal("completion_begun");
    });

    it("taxes a download by the billing address also after another address was given, and none is charged unseen", () => {
        const billed = { payment_data: { ...paying.payment_data, billing_address: berlin } };
        const state = stateOf(cart);
        expect(totalOf(state.session), "where nothing is taxed").to.equal(1500);

        const repriced = evolve(state, eventOf(complete(state, billed)), merchant);
        expect(totalOf(repriced.session)).to.equal(1500 + 285);
        expect(repriced.session.messages).to.deep.include.members([
            { ...repriced.session.messages.at(-1), code: "price_change" },
        ]);
        const moved = decideUpdate(repriced, { fulfillment_details: { address: { ...paris, country: "AQ" } } }, market);
        const updated = evolve(repriced, eventOf(moved), merchant);
        expect(totalOf(updated.session)).to.equal(1500 + 285);
        expect(short(complete(updated, billed))).to.equal("completion_begun");
        expect(short(complete(updated, { payment_data: { ...billed.payment_data, billing_address: paris } }))).to.equal(
            "repriced",
        );
    });

    it("needs a billing address with visible texts and a country, if it has one", () => {
        const withBilling = (over: object) =>
            complete(ready(), { payment_data: { ...paying.payment_data, billing_address: { ...paris, ...over } } });
        const empty = { name: "", line_one: "", city: "", state: "", country: "", postal_code: "" };

        for (const [over, member] of [
            [empty, "name"],
            [{ line_one: " " }, "line_one"],
            [{ city: "\u200b" }, "city"],
            [{ country: "zz" }, "country"],
            [{ country: "\u200bUS" }, "country"],
        ] as const) {
            const { status, error } = problemOf(withBilling(over));
            expect([status, error.param]).to.deep.equal([400, `$.payment_data.billing_address.${member}`]);
        }
        const event = eventOf(withBilling({ country: " fr" }));
        expect("cart" in event ? event.cart.billingAddress?.country : undefined).to.equal("FR");
    });

    it("needs an e-mail address: of the buyer, here or before, or of the recipient", () => {
        const { buyer, ...anonymous } = cart;
        const state = stateOf(anonymous);
        const toRecipient = stateOf({
            ...anonymous,
            fulfillment_details: { email: "mary@example.com", address: paris },
        });

        expect(problemOf(complete(state)).error).to.include({ code: "missing_required_field", param: "$.buyer" });
        const event = eventOf(complete(state, { ...paying, buyer: jo }));
        expect(evolve(state, event, merchant).session.buyer).to.deep.equal(buyer);
        expect(short(complete(toRecipient))).to.equal("completion_begun");
    });

    it("keeps the consents to offered channels that can be reached", () => {
        const now = marketOf({ merchant: { ...merchant, marketingChannels: ["email", "sms", "letter"] } });
        const state = stateOf(cart, now);
        const consents = ["email", "sms", "letter", "pigeon"].map((channel) => ({ channel, opted_in: true }));
        const consented = (request: CompleteRequest) =>
            evolve(state, eventOf(complete(state, request, now)), now.merchant).hidden.marketingConsents?.map(
                ({ channel }) => channel,
            );

        expect(consented(paying)).to.equal(undefined);
        expect(consented({ ...paying, marketing_consents: consents })).to.deep.equal(["email", "letter"]);
        const buyer = { ...jo, phone_number: "+14155550123" };
        expect(consented({ ...paying, buyer, marketing_consents: consents })).to.deep.equal(["email", "sms", "letter"]);
    });
});

describe("the provider's answer", () => {
    const begun = () => {
        const state = stateOf(cart);
        return frozen(evolve(state, eventOf(complete(state)), merchant));
    };
    const answeredWith = (outcome: Parameters<typeof decideOutcome>[1]) =>
        evolve(begun(), decideOutcome(begun(), outcome, merchant, market.now), merchant);

    it("that it is charged makes the order", () => {
        const { session, hidden } = answeredWith({ status: "succeeded", paymentId: "pay_1" });

        expect(session).to.deep.include({ status: "completed" });
        expect(session.order).to.include({ id: "ord_1", checkout_session_id: "cs_1", status: "created" });
        expect(session.messages).to.deep.equal([]);
        expect(hidden.payment).to.deep.equal({
            provider: "sandbox",
            id: "pay_1",
            state: "captured",
            amount: amountOf(session.totals, "total"),
            currency: "usd",
        });
        expect(JSON.stringify(session)).not.to.contain("pay_1");
    });

    it("that it is authorised makes the order, too", () => {
        const { session, hidden } = answeredWith({ status: "authorized", paymentId: "pay_1" });

        expect(session).to.deep.include({ status: "completed" });
        expect(hidden.payment).to.include({ id: "pay_1", state: "authorized" });
    });

    it("that it is declined opens the session again, with one message", () => {
        const state = answeredWith({ status: "declined", reason: "card_declined" });

        expect(state.session.status).to.equal("ready_for_payment");
        expect(state.session).not.to.have.property("order");
        expect(state.session.messages.map((message) => "code" in message && message.code)).to.deep.equal([
            "payment_declined",
        ]);
        const again = evolve(state, eventOf(complete(state)), merchant);
        expect(again.session.messages).to.deep.equal([]);
    });

    it("that the token does not pay says what the agent should do, for each reason in words of its own", () => {
        const advice = tokenRefusals.map((token) => {
            const [message] = answeredWith({ status: "declined", reason: `token_${token}`, token }).session.messages;
            expect(message, token).to.include({
                code: "payment_declined",
                resolution: "recoverable",
                param: "$.payment_data.instrument.credential.token",
            });
            expect(message?.content, token).to.match(/\bSend (a new one|one )/);
            return message?.content;
        });

        expect(new Set(advice).size).to.equal(tokenRefusals.length);
        expect(advice[tokenRefusals.indexOf("amount")]).to.include("15 USD");
    });

    it("that the buyer must be authenticated at the shop leaves the choice of another instrument", () => {
        const terms = { challenges: true, handsOver: true, credentials: ucpCredentials, version: "x" } as const;
        const card = {
            ...paying.payment_data,
            instrument: { type: "card", credential: { type: "card_token", token: "tok_1" } },
        };
        const request = { ...paying, payment_data: card };
        const begun = evolve(ready(), eventOf(decideCompletion(ready(), request, "record", market, terms)), merchant);
        expect(begunOf(begun, request, merchant, true).charge).to.include({
            token: "tok_1",
            isCardToken: true,
            isHandedOver: true,
        });
        const asked = decideOutcome(begun, { status: "authentication_required" }, merchant, new Date());
        const state = evolve(begun, asked, merchant);

        expect(state.session.status).to.equal("authentication_required");
        expect(state.session).not.to.have.property("authentication_metadata");
        expect(state.session.messages.map(({ content }) => content).join()).to.match(
            /at the shop, or pay with another card/,
        );
        expect(decideCompletion(state, request, "record 2", market, terms)).to.have.nested.property(
            "event.reason",
            "completion_begun",
        );
        expect(problemOf(complete(state, request)).error).to.include({ code: "requires_3ds" });
    });

    it("that the buyer must be authenticated is returned with the data for it", () => {
        const state = answeredWith({ status: "authentication_required", metadata: authenticationMetadata });

        expect(state.session).to.deep.include({
            status: "authentication_required",
            authentication_metadata: authenticationMetadata,
        });
        expect(state.session.messages).to.have.length(1);
        const authenticating = complete(state, { ...paying, authentication_result: authenticated });
        const next = evolve(state, eventOf(authenticating), merchant);
        expect(next.session).not.to.have.property("authentication_metadata");
        expect(next.session.messages).to.deep.equal([]);
    });
});
