import { expect } from "chai";
import fc from "fast-check";
import { longTextIn } from "../../../runtime/checkoutSessions/calls/commands.ts";
import type { UpdateMode } from "../../../runtime/checkoutSessions/domain/call.ts";
import type { AgentCapabilities, UpdateRequest } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { Cart } from "../../../runtime/checkoutSessions/pricing/cart.ts";
import { cartAfter, emptyCart, itemIn } from "../../../runtime/checkoutSessions/session/request.ts";
import { berlin, cartOf, sanFrancisco, selection } from "../support/market.ts";

function changed(request: UpdateRequest, before: Cart): Cart {
    const outcome = cartAfter(request, before);
    return "cart" in outcome ? outcome.cart : expect.fail(outcome.problem.error.param);
}
const group = (...item_ids: string[]) => ({ id: "group", item_ids, destination_type: "shipping" as const });
const linesAfter = (before: Cart, ...lines: NonNullable<UpdateRequest["line_items"]>) =>
    changed({ line_items: lines }, before).lines.map(({ id, productId, quantity }) => `${id} ${productId} ${quantity}`);
const param = (request: UpdateRequest, before: Cart) => {
    const outcome = cartAfter(request, before);
    return "problem" in outcome ? outcome.problem.error.param : undefined;
};

describe("the lines of a cart after a request", () => {
    const cart = cartOf([
        ["jacket", 1],
        ["belt", 2],
    ]);

    it("are numbered from one, a piece each unless the client says how many, in either form", () => {
        expect(
            linesAfter(
                emptyCart({}),
                { id: "jacket" },
                { item: { id: "belt" }, quantity: 3 },
                { id: "jacket", quantity: 2 },
            ),
        ).to.deep.equal(["li_1 jacket 1", "li_2 belt 3", "li_3 jacket 2"]);
        expect(itemIn({ id: "jacket" })).to.deep.equal({ productId: "jacket", member: "id" });
        expect(itemIn({ item: { id: "belt" }, id: "li_7" })).to.deep.equal({ productId: "belt", member: "item.id" });
    });

    it("keep their ids as long as their item stays, in whatever order they are asked for", () => {
        expect(linesAfter(cart, { id: "belt", quantity: 9 }, { id: "bread" }, { id: "jacket" })).to.deep.equal([
            "li_2 belt 9",
            "li_3 bread 1",
            "li_1 jacket 1",
        ]);
    });

    it("keep the ids that a request names for their items, and no others", () => {
        const twice = cartOf([
            ["jacket", 1],
            ["jacket", 2],
            ["belt", 3],
        ]);
        const named = (id: string, item: string, quantity: number) => ({ id, item: { id: item }, quantity });
        expect(
            linesAfter(twice, named("li_2", "jacket", 5), named("li_1", "belt", 6), named("li_2", "jacket", 7)),
        ).to.deep.equal(["li_2 jacket 5", "li_3 belt 6", "li_1 jacket 7"]);
    });

    it("stay when none are asked for, and go when the list is empty", () => {
        expect(changed({}, cart).lines).to.deep.equal(cart.lines);
        expect(linesAfter(cart)).to.deep.equal([]);
    });

    const products = fc.constantFrom("jacket", "belt", "bread");
    const requests = fc.array(
        fc.array(fc.record({ id: products, quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 5 }),
        { minLength: 1, maxLength: 6 },
    );
    it("for any requests, have ids of their own, what was asked for, and selections of nothing else", () => {
        fc.assert(
            fc.property(requests, (asked) => {
                let before = emptyCart({});
                for (const line_items of asked) {
                    const chosen = line_items.slice(0, 1).map(({ id }) => selection("shipping", "standard", id));
                    const cart = changed({ line_items, selected_fulfillment_options: chosen }, before);
                    expect(cart.lines.map(({ productId, quantity }) => ({ id: productId, quantity }))).to.deep.equal(
                        line_items,
                    );
                    const ids = cart.lines.map(({ id }) => id);
                    expect(new Set(ids).size).to.equal(ids.length);
                    for (const product of ["jacket", "belt", "bread"]) {
                        const of = ({ lines }: Cart) => lines.filter(({ productId }) => productId === product);
                        const kept = Math.min(of(before).length, of(cart).length);
                        expect(
                            of(cart)
                                .slice(0, kept)
                                .map(({ id }) => id),
                        ).to.deep.equal(
                            of(before)
                                .slice(0, kept)
                                .map(({ id }) => id),
                        );
                    }
                    before = changed({ line_items: line_items.slice(1) }, cart);
                    const selected = before.selected?.flatMap(({ item_ids }) => item_ids) ?? [];
                    expect(before.lines.map(({ id }) => id)).to.include.members(selected);
                }
            }),
        );
    });
});

describe("a cart after a request", () => {
    const full = cartOf([["jacket", 1]], {
        buyer: { email: "jo@example.com" },
        fulfillmentDetails: { address: sanFrancisco },
        selected: [selection("shipping", "shipping_standard", "li_1")],
        fulfillmentGroups: [group("li_1")],
        codes: ["TEN"],
    });

    it("stays unchanged where the request has no member", () => {
        expect(changed({}, full)).to.deep.equal(full);
    });

    it("is replaced whole where the request has one", () => {
        const address = { fulfillment_details: { address: berlin } };
        expect(changed({ ...address, buyer: { email: "mary@example.com" } }, full)).to.deep.equal({
            ...full,
            fulfillmentDetails: { address: berlin },
            buyer: { email: "mary@example.com" },
        });
    });

    it("names countries as ISO 3166 does, where it knows them", () => {
        const at = (country: string) => ({ address: { ...berlin, country } });
        for (const [written, meant] of [
            [" us", "US"],
            ["zz", "zz"],
        ] as const) {
            const asked = {
                fulfillment_details: at(written),
                fulfillment_groups: [{ ...group(), fulfillment_details: at(written) }],
            };
            const { fulfillmentDetails, fulfillmentGroups = [] } = changed(asked, emptyCart({}));
            expect(fulfillmentDetails).to.deep.equal(at(meant));
            expect(fulfillmentGroups[0]?.fulfillment_details).to.deep.equal(at(meant));
        }
    });

    it("names codes by either name, the newer first, and none with an empty list", () => {
        expect(changed({ discounts: { codes: ["A"] } }, full).codes).to.deep.equal(["A"]);
        expect(changed({ coupons: ["B"] }, full).codes).to.deep.equal(["B"]);
        expect(changed({ discounts: { codes: ["A"] }, coupons: ["B"] }, full).codes).to.deep.equal(["A"]);
        expect(changed({ discounts: { codes: [] } }, full).codes).to.deep.equal([]);
        expect(changed({}, emptyCart({}))).to.deep.equal(emptyCart({}));
    });

    it("leaves the agent's capabilities alone", () => {
        const capabilities: AgentCapabilities = {
            interventions: { supported: ["3ds"], max_redirects: 0, max_interaction_depth: 1 },
        };
        expect(changed({ buyer: { email: "a@example.com" } }, { ...full, capabilities }).capabilities).to.equal(
            capabilities,
        );
    });

    it("loses what is about lines that have gone", () => {
        const both = cartOf(
            [
                ["jacket", 1],
                ["belt", 1],
            ],
            {
                selected: [selection("shipping", "a", "li_1", "li_2"), selection("pickup", "b", "li_2")],
                fulfillmentGroups: [group("li_2")],
            },
        );
        const { selected, fulfillmentGroups } = changed({ line_items: [{ id: "jacket" }] }, both);

        expect(selected).to.deep.equal([selection("shipping", "a", "li_1")]);
        expect(fulfillmentGroups).to.deep.equal([]);
    });
});

describe("item_ids", () => {
    const cart = cartOf([
        ["jacket", 1],
        ["belt", 2],
        ["belt", 1],
    ]);
    const chosen = (...ids: string[]) =>
        changed({ selected_fulfillment_options: [selection("shipping", "a", ...ids)] }, cart).selected?.[0]?.item_ids;

    it("may name lines or items, and become lines", () => {
        expect(chosen("li_1")).to.deep.equal(["li_1"]);
        expect(chosen("jacket")).to.deep.equal(["li_1"]);
        expect(chosen("belt")).to.deep.equal(["li_2", "li_3"]);
        expect(chosen("li_3", "belt", "li_3")).to.deep.equal(["li_3", "li_2"]);
        expect(chosen()).to.deep.equal([]);
    });

    it("may name lines that come with the same request", () => {
        const request = {
            line_items: [{ id: "jacket" }, { id: "bread" }],
            selected_fulfillment_options: [selection("shipping", "a", "bread", "li_1")],
        };
        expect(changed(request, cart).selected?.[0]?.item_ids).to.deep.equal(["li_4", "li_1"]);
    });

    it("of no line are refused with their place", () => {
        const options = [selection("shipping", "a", "li_1"), selection("shipping", "b", "belt", "li_9")];
        expect(param({ selected_fulfillment_options: options }, cart)).to.equal(
            "$.selected_fulfillment_options[1].item_ids[1]",
        );
        expect(param({ fulfillment_groups: [group("hat")] }, cart)).to.equal("$.fulfillment_groups[0].item_ids[0]");
        const gone = {
            line_items: [{ id: "jacket" }],
            selected_fulfillment_options: [selection("shipping", "a", "belt")],
        };
        expect(param(gone, cart)).to.equal("$.selected_fulfillment_options[0].item_ids[0]");
    });
});

describe("the groups of a request", () => {
    const cart = cartOf([
        ["jacket", 1],
        ["belt", 2],
    ]);

    it("have ids and lines of their own", () => {
        const [first, second] = [group("jacket"), { ...group("belt"), id: "other" }];

        expect(param({ fulfillment_groups: [first, second] }, cart)).to.equal(undefined);
        expect(param({ fulfillment_groups: [first, group("belt")] }, cart)).to.equal("$.fulfillment_groups[1].id");
        expect(param({ fulfillment_groups: [first, { ...second, item_ids: ["belt", "li_1"] }] }, cart)).to.equal(
            "$.fulfillment_groups[1].item_ids",
        );
    });
});

describe("the texts of a request that travel with the order", () => {
    const long = "x".repeat(256);
    const places: [pointer: string, body: object][] = [
        ["/fulfillment_details/address/line_one", { fulfillment_details: { address: { ...berlin, line_one: long } } }],
        ["/fulfillment_groups/0/instructions", { fulfillment_groups: [{ instructions: "x".repeat(501) }] }],
        ["/payment_data/billing_address/city", { payment_data: { billing_address: { ...berlin, city: long } } }],
    ];
    for (const [pointer, body] of places) {
        it(`are limited at ${pointer}`, () => {
            expect(longTextIn(body)?.pointer).to.equal(pointer);
            expect(longTextIn(JSON.parse(JSON.stringify(body).replace(/x{2,}/, "x".repeat(255))))).to.equal(undefined);
        });
    }

    it("are not limited elsewhere", () => {
        expect(longTextIn({ metadata: { address: long }, buyer: { full_name: long }, order_notes: long })).to.equal(
            undefined,
        );
    });
});

describe("a request that replaces the cart", () => {
    const before: Cart = {
        ...cartOf([
            ["jacket", 1],
            ["belt", 2],
        ]),
        buyer: { email: "jo@example.com" },
        fulfillmentDetails: { name: "Jo Doe", address: sanFrancisco },
        billingAddress: berlin,
        fulfillmentGroups: [group("li_1")],
        selected: [{ type: "shipping", option_id: "standard", item_ids: ["li_1"] }],
        codes: ["SAVE"],
        aside: { note: "before" },
    };
    const replaced = (request: UpdateRequest, mode: UpdateMode = {}) => {
        const outcome = cartAfter(request, before, { replaces: true, ...mode });
        return "cart" in outcome ? outcome.cart : expect.fail(outcome.problem.error.param);
    };
    const lines = [{ item: { id: "belt" }, quantity: 9 }];

    it("clears all that it leaves out, but what the agent can do, and keeps the ids of its lines", () => {
        const { capabilities } = before;
        const belt = { id: "li_2", productId: "belt", quantity: 9 };
        expect(replaced({ line_items: lines })).to.deep.equal({ lines: [belt], capabilities });
        expect(replaced({})).to.deep.equal({ lines: [], capabilities });
    });

    it("keeps the address where it says so, and has no other members than its own", () => {
        const { fulfillmentDetails, capabilities } = before;
        const aside = { note: "now" };
        const kept = replaced({ line_items: lines, discounts: { codes: [] } }, { keepsDetails: {}, aside });
        expect(kept).to.deep.include({ fulfillmentDetails, capabilities, codes: [], aside });
        expect(kept).to.not.have.any.keys("buyer", "billingAddress", "fulfillmentGroups", "selected");
        const other = replaced({ line_items: lines }, { keepsDetails: { destination: "another" }, aside });
        expect(other).to.not.have.property("fulfillmentDetails");
    });
});
