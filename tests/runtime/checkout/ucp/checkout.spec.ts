import { expect } from "chai";
import fc from "fast-check";
import type { Result } from "../../../../runtime/checkoutSessions/domain/call.ts";
import type { CreateRequest, UpdateRequest } from "../../../../runtime/checkoutSessions/domain/protocol.ts";
import { decideCreate, decideUpdate } from "../../../../runtime/checkoutSessions/session/decide.ts";
import { evolve, type State } from "../../../../runtime/checkoutSessions/session/session.ts";
import type { UcpCheckout } from "../../../../runtime/checkoutSessions/ucp/checkout.ts";
import { ucpDialect } from "../../../../runtime/checkoutSessions/ucp/dialect.ts";
import type { Telling } from "../../../../runtime/checkoutSessions/ucp/telling.ts";
import { ucpVersions } from "../../../../runtime/checkoutSessions/ucp/versions.ts";
import type { JsonObject } from "../../../../runtime/shared/json.ts";
import { ucpMissing, ucpPresent } from "../../../ucp.ts";
import { marketOf, merchant, pickupInBerlin } from "../../support/market.ts";
import { sessionStates } from "../../support/sessionStates.ts";
import { allCapabilities, jo, judged, schemasOf, tellingTo } from "../../support/ucp.ts";

const home = {
    first_name: "Jo",
    last_name: "Doe",
    street_address: "1 Main Street",
    address_locality: "San Francisco",
    address_region: "CA",
    address_country: "USA",
    postal_code: "94131",
};
const market = marketOf({
    discounts: [
        { code: "TEN", name: "Ten", percentOff: 10 },
        { code: "SHIP", name: "Shipping", percentOff: 50, appliesTo: "fulfillment" },
    ],
    stock: { belt: 3, bread: 0 },
    merchant: { ...merchant, pickupLocations: pickupInBerlin },
});
const telling = tellingTo("2026-04-08", allCapabilities);

const told = (result: Result, to: Telling = telling) =>
    JSON.parse(JSON.stringify(ucpDialect(to).down(result).body)) as UcpCheckout;
const shown = ({ session, hidden: { cart } }: State, to = telling) =>
    told({ status: 200, session, ...(cart.aside && { aside: cart.aside }) }, to);

/** The session after a request of a platform. */
function asked(...request: Parameters<typeof decided>): State {
    const decision = decided(...request);
    if ("problem" in decision) throw new Error(JSON.stringify(decision.problem));
    const [, , earlier, , { merchant } = market] = request;
    return evolve(earlier, decision.event, merchant);
}
function decided(command: "create" | "update", body: JsonObject, earlier?: State, to = telling, sold = market) {
    const raised = ucpDialect(to).up(command, body);
    if ("problem" in raised) throw new Error(JSON.stringify(raised.problem));
    const { mode } = raised;
    return earlier === undefined
        ? decideCreate(raised.body as CreateRequest, { sessionId: "cs_1", caller: "ucp", market: sold, mode })
        : decideUpdate(earlier, raised.body as UpdateRequest, sold, mode);
}
const lines = (...items: (readonly [id: string, quantity: number])[]) =>
    items.map(([id, quantity]) => ({ item: { id }, quantity }));
const shipping = (over: object = {}) => ({ methods: [{ type: "shipping", destinations: [home], ...over }] });
const chosen = (option: string, over: object = {}) =>
    shipping({ groups: [{ id: "shipping", selected_option_id: option }], ...over });

const totalsOf = ({ totals }: UcpCheckout) => Object.fromEntries(totals.map(({ type, amount }) => [type, amount]));
const errorsOf = ({ messages }: UcpCheckout) =>
    messages.flatMap((message) =>
        message.type === "error" ? [`${message.code} ${message.path} ${message.severity}`] : [],
    );

describe("a checkout of UCP", () => {
    it("goes from what is missing to a price that a platform can complete at", () => {
        const first = asked("create", { line_items: lines(["jacket", 2], ["ebook", 1]) });
        expect(shown(first)).to.include({ status: "incomplete", currency: "USD" });
        expect(errorsOf(shown(first))).to.deep.equal([
            "missing $.fulfillment.methods[0].destinations recoverable",
            "missing $.buyer.email recoverable",
        ]);
        const second = asked("update", { line_items: lines(["jacket", 2]), buyer: jo, fulfillment: shipping() }, first);
        const [method] = shown(second).fulfillment?.methods ?? [];
        expect(method?.groups[0]?.options.map(({ id }) => id)).to.deep.equal(["shipping_standard", "shipping_express"]);
        expect(errorsOf(shown(second))).to.deep.equal([
            "missing $.fulfillment.methods[0].groups[0].selected_option_id recoverable",
        ]);
        const third = asked(
            "update",
            {
                line_items: lines(["jacket", 2]),
                buyer: jo,
                fulfillment: chosen("shipping_express"),
                discounts: { codes: ["TEN"] },
            },
            second,
        );
        const ready = shown(third);
        expect(ready).to.include({ status: "ready_for_complete" });
        expect(totalsOf(ready)).to.deep.equal({
            subtotal: 20_000,
            items_discount: -2_000,
            fulfillment: 1_500,
            tax: 1_305,
            total: 20_805,
        });
        expect(ready.buyer).to.deep.equal(jo);
        expect(ready.continue_url).to.equal("https://shop.example/checkout/cs_1");
        expect(ready.discounts).to.deep.include({ codes: ["TEN"] });
    });

    it("loses buyer, discounts and delivery when a replacement leaves them out, and keeps the ids of its lines", () => {
        const whole = asked("create", {
            line_items: lines(["jacket", 1], ["belt", 2]),
            buyer: jo,
            fulfillment: chosen("shipping_standard"),
            discounts: { codes: ["TEN"] },
        });
        expect(shown(whole).status).to.equal("ready_for_complete");
        const bare = shown(asked("update", { line_items: lines(["belt", 2]) }, whole));
        expect(bare).to.not.have.property("buyer");
        expect(bare.discounts).to.equal(undefined);
        expect(bare.line_items.map(({ id, item }) => [id, item.id])).to.deep.equal([["li_2", "belt"]]);
        expect(bare.fulfillment?.methods).to.have.lengthOf(1);
        expect(bare.fulfillment?.methods[0]).to.deep.include({ selected_destination_id: null });
        expect(bare.fulfillment?.methods[0]).to.not.have.property("destinations");
        expect(totalsOf(bare)).to.deep.equal({ subtotal: 5_000, tax: 0, total: 5_000 });
    });

    it("is shipped to the destination that is chosen among several, and tells all under the platform's ids", () => {
        const away = { ...home, id: "away", address_locality: "Oakland" };
        const methods = [{ type: "shipping", destinations: [{ ...home, id: "home" }, away] }];
        const open = asked("create", { line_items: lines(["jacket", 1]), buyer: jo, fulfillment: { methods } });
        expect(shown(open).fulfillment?.methods[0]?.destinations).to.have.lengthOf(2);
        expect(open.session).to.not.have.property("fulfillment_details");
        const [method] = methods;
        const body = {
            line_items: lines(["jacket", 1]),
            buyer: jo,
            fulfillment: { methods: [{ ...method, selected_destination_id: "away" }] },
        };
        const going = asked("update", body, open);
        expect(going.session.fulfillment_details?.address).to.include({
            city: "Oakland",
            country: "US",
            name: "Jo Doe",
        });
        const byId = asked(
            "update",
            { ...body, fulfillment: { methods: [{ type: "shipping", selected_destination_id: "away" }] } },
            going,
        );
        expect(byId.session.fulfillment_details).to.deep.equal(going.session.fulfillment_details);
        expect(shown(byId).fulfillment?.methods[0]).to.deep.include({ selected_destination_id: "away" });
    });

    it("is shipped nowhere when the destination that is chosen is not sent and not the one that counts", () => {
        const destinations = [
            { ...home, id: "home" },
            { ...home, id: "work", address_locality: "New York", address_region: "NY", postal_code: "10001" },
        ];
        const groups = [{ id: "shipping", selected_option_id: "shipping_standard" }];
        const body = (method: object) => ({
            line_items: lines(["jacket", 1]),
            buyer: jo,
            fulfillment: { methods: [{ type: "shipping", groups, ...method }] },
        });
        const ready = asked("create", body({ destinations, selected_destination_id: "home" }));
        expect(shown(ready).status).to.equal("ready_for_complete");
        for (const [earlier, method] of [
            [ready, { selected_destination_id: "work" }],
            [ready, { selected_destination_id: "zzz" }],
            [ready, { destinations: destinations.slice(1), selected_destination_id: "home" }],
            [undefined, { destinations: destinations.slice(0, 1), selected_destination_id: "zzz" }],
            [undefined, { selected_destination_id: "home" }],
        ] as const) {
            const state = asked(earlier === undefined ? "create" : "update", body(method), earlier);
            expect(state.session.fulfillment_details?.address, JSON.stringify(method)).to.equal(undefined);
            expect(shown(state).status).to.equal("incomplete");
            expect(errorsOf(shown(state))).to.include(
                "invalid $.fulfillment.methods[0].selected_destination_id recoverable",
            );
            const again = asked("update", body({ destinations, selected_destination_id: "work" }), state);
            expect(shown(again).status).to.equal("ready_for_complete");
            expect(again.session.fulfillment_details?.address?.city).to.equal("New York");
        }
        expect(shown(asked("update", body({ selected_destination_id: "home" }), ready)).status).to.equal(
            "ready_for_complete",
        );
    });

    it("is refused with the place where two destinations have one id, or two groups another way for one line", () => {
        const refusal = (...methods: object[]) => {
            const body = { line_items: lines(["jacket", 1]), fulfillment: { methods } };
            const raised = ucpDialect(telling).up("create", body);
            return "problem" in raised ? raised.problem.error.param : undefined;
        };
        const twice = [{ ...home, id: "a" }, home, { ...home, id: "a" }];
        expect(refusal({ destinations: twice })).to.equal("$.fulfillment.methods[0].destinations[2].id");
        expect(refusal({ destinations: [{ ...home, id: "dest_2" }, home] })).to.equal(
            "$.fulfillment.methods[0].destinations[1].id",
        );
        const groups = (...options: string[]) => ({ groups: options.map((id) => ({ id, selected_option_id: id })) });
        expect(refusal(groups("x", "y"))).to.equal("$.fulfillment.methods[0].groups[1].selected_option_id");
        expect(refusal(groups("x", "x"))).to.equal(undefined);
        const ship = { ...groups("x"), line_item_ids: ["li_1"] };
        const pickup = { ...groups("y"), type: "pickup" };
        expect(refusal(ship, { ...pickup, line_item_ids: ["li_2", "li_1"] })).to.equal(
            "$.fulfillment.methods[1].groups[0].selected_option_id",
        );
        expect(refusal(ship, { ...pickup, line_item_ids: ["li_2"] })).to.equal(undefined);
        expect(refusal(ship, pickup)).to.equal(undefined);
    });

    it("drops a way of delivery that is no longer offered, and asks for another", () => {
        const ready = asked("create", {
            line_items: lines(["jacket", 1]),
            buyer: jo,
            fulfillment: chosen("shipping_express"),
        });
        const abroad = [{ ...home, address_country: "Germany", address_region: "BE" }];
        const moved = asked(
            "update",
            {
                line_items: lines(["jacket", 1]),
                buyer: jo,
                fulfillment: chosen("shipping_express", { destinations: abroad }),
            },
            ready,
        );
        expect(moved.session.fulfillment_details?.address?.country).to.equal("DE");
        expect(
            shown(moved).fulfillment?.methods.flatMap(({ groups }) => groups[0]?.options.map(({ id }) => id)),
        ).to.deep.equal(["shipping_standard"]);
    });

    it("is picked up in a place of the merchant who ships nothing, and of one who does where it is chosen", () => {
        const handingOut = { ...market.merchant, shippingRates: {} };
        const only = tellingTo("2026-04-08", allCapabilities, { merchant: handingOut });
        const sold = marketOf({ merchant: handingOut });
        const one = asked(
            "create",
            { line_items: lines(["jacket", 1], ["ebook", 1]), buyer: jo },
            undefined,
            only,
            sold,
        );
        expect(shown(one, only)).to.include({ status: "ready_for_complete" });
        expect(shown(one, only).fulfillment?.methods.map(({ type, line_item_ids: ids }) => [type, ids])).to.deep.equal([
            ["pickup", ["li_1"]],
        ]);
        for (const version of ["2026-04-08", "2026-08-25"]) {
            const to = tellingTo(version, allCapabilities, { merchant: market.merchant });
            const pickup = { type: "pickup", line_item_ids: ["belt"] };
            const way =
                version === "2026-04-08"
                    ? { groups: [{ selected_option_id: "pickup_mitte" }] }
                    : { selected_destination_id: "mitte" };
            const methods = [
                ...chosen("shipping_express", { line_item_ids: ["jacket"] }).methods,
                { ...pickup, ...way },
            ];
            const state = asked(
                "create",
                { line_items: lines(["jacket", 1], ["belt", 1]), buyer: jo, fulfillment: { methods } },
                undefined,
                to,
            );
            const told = shown(state, to);
            expect(told.status, version).to.equal("ready_for_complete");
            expect(
                told.fulfillment?.methods.map(({ line_item_ids: ids, groups }) => [ids, groups[0]?.selected_option_id]),
            ).to.deep.equal([
                [["li_1"], "shipping_express"],
                [["li_2"], "pickup_mitte"],
            ]);
        }
    });

    it("is handed over where the platform cannot choose the delivery, and told so without a page to go on", () => {
        const alone = tellingTo("2026-04-08", ["dev.ucp.shopping.checkout"]);
        const state = asked(
            "create",
            { line_items: lines(["jacket", 1]), buyer: jo, fulfillment: shipping() },
            undefined,
            alone,
        );
        const handed = shown(state, alone);
        expect(handed).to.include({
            status: "requires_escalation",
            continue_url: "https://shop.example/checkout/cs_1",
        });
        expect(handed).to.not.have.any.keys("fulfillment", "discounts");
        expect(errorsOf(handed)).to.deep.equal(["missing undefined requires_buyer_input"]);
        const stuck = shown(state, { ...alone, continueUrl: undefined });
        expect(stuck.status).to.equal("incomplete");
        expect(stuck).to.not.have.property("continue_url");
        expect(errorsOf(stuck)).to.deep.equal(["missing undefined unrecoverable"]);
    });

    it("tells a buyer without a usable address back, with what is wrong with it", () => {
        for (const [email, code] of [
            [undefined, "missing"],
            ["nobody", "invalid"],
        ] as const) {
            const buyer = { first_name: "Jo", ...(email !== undefined && { email }), consent: { marketing: true } };
            const body = { line_items: lines(["ebook", 1]), buyer };
            const checkout = shown(asked("create", body));
            expect(checkout.buyer, `${email}`).to.deep.equal(buyer);
            expect(errorsOf(checkout)).to.include(`${code} $.buyer.email recoverable`);
        }
    });

    it("refuses a second shipping address and an unknown way, with the place in the request", () => {
        const dialect = ucpDialect(telling);
        for (const [methods, path] of [
            [[{ type: "shipping" }, { type: "shipping" }], "$.fulfillment.methods[1]"],
            [[{ type: "drone" }], "$.fulfillment.methods[0].type"],
        ] as const) {
            const raised = dialect.up("create", { line_items: lines(["jacket", 1]), fulfillment: { methods } });
            if (!("problem" in raised)) return expect.fail("it was taken");
            const { status, body } = dialect.down(raised);
            expect(status).to.equal(200);
            expect(body).to.deep.include({
                messages: [
                    {
                        type: "error",
                        code: "unsupported",
                        path,
                        content: raised.problem.error.message,
                        severity: "unrecoverable",
                    },
                ],
            });
        }
    });

    it("takes what is malformed for an error of the protocol", () => {
        const dialect = ucpDialect(telling);
        for (const [body, path] of [
            [{}, "$.line_items"],
            [{ line_items: lines(["jacket", 0.5]) }, "$.line_items[0].quantity"],
            [[], "$"],
        ] as const) {
            const raised = dialect.up("update", body);
            if (!("problem" in raised)) return expect.fail("it was taken");
            const answer = dialect.down(raised);
            expect(answer.status).to.equal(400);
            expect(answer.body).to.include({ code: "invalid_request", path });
        }
    });
});

for (const { name, judge } of judged) {
    describe(`answers of UCP ${name}`, () => {
        before(function () {
            if (!ucpPresent) {
                console.log(`      ${ucpMissing}`);
                this.skip();
            }
        });
        const faults = (checkout: UcpCheckout, capabilities: readonly string[]) =>
            judge?.composed(schemasOf(capabilities), checkout) ?? [];
        const offered = ucpVersions[name]?.capabilities.filter((one) => allCapabilities.includes(one)) ?? [];
        const some = fc.subarray(offered.slice(1)).map((more) => ["dev.ucp.shopping.checkout", ...more]);

        for (const [what, session] of Object.entries(sessionStates)) {
            it(`have just the members of the capabilities in common: ${what}`, () => {
                for (const capabilities of [
                    offered,
                    ...offered.map((one) => [...new Set(["dev.ucp.shopping.checkout", one])]),
                ]) {
                    const checkout = told({ status: 200, session }, tellingTo(name, capabilities));
                    expect(faults(checkout, capabilities), capabilities.join()).to.deep.equal([]);
                    expect(Object.keys(checkout.ucp.capabilities)).to.deep.equal(capabilities);
                    expectSound(checkout);
                }
            });
        }

        it("are valid and add up for any carts and requests", () => {
            fc.assert(
                fc.property(some, fc.array(requests, { minLength: 1, maxLength: 4 }), (capabilities, bodies) => {
                    const to = tellingTo(name, capabilities, { merchant: market.merchant });
                    let state: State | undefined;
                    for (const body of bodies) {
                        const decision = decided(state === undefined ? "create" : "update", body, state, to);
                        if ("problem" in decision) {
                            expect(decision.problem.error.code).to.equal("out_of_stock");
                            expect(state).to.equal(undefined);
                            continue;
                        }
                        state = evolve(state, decision.event, market.merchant);
                        const checkout = shown(state, to);
                        expect(faults(checkout, capabilities)).to.deep.equal([]);
                        expectSound(checkout);
                        expectCleared(checkout, body);
                    }
                }),
                { numRuns: 150 },
            );
        });

        it("are error envelopes or errors of the protocol for every problem", () => {
            const to = tellingTo(name, allCapabilities);
            for (const code of ["session_not_found", "invalid", "session_completed", "unsupported"]) {
                const problem = { status: 400, error: { type: "invalid_request", code, message: "no" } } as const;
                const { status, body } = ucpDialect(to).down({ problem });
                expect(status).to.equal(200);
                expect(judge?.composed([errorSchemas[name]], body)).to.deep.equal([]);
            }
            const problem = {
                status: 422,
                error: { type: "invalid_request", code: "idempotency_conflict", message: "no" },
            } as const;
            expect(ucpDialect(to).down({ problem })).to.deep.equal({
                status: 409,
                body: { code: "idempotency_conflict", content: "no" },
            });
        });
    });
}

const errorSchemas = {
    "2026-04-08": "shopping/types/error_response.json",
    "2026-08-25": "common/types/error_response.json",
} as const;

/** UCP's rules of sums, and those of states. */
function expectSound(checkout: UcpCheckout): void {
    for (const { totals } of [checkout, ...checkout.line_items]) {
        const total = totals.find(({ type }) => type === "total")?.amount;
        const others = totals.filter(({ type }) => type !== "total").reduce((sum, { amount }) => sum + amount, 0);
        expect(others, JSON.stringify(totals)).to.equal(total);
    }
    const needsBuyer = checkout.messages.some(
        (message) => message.type === "error" && message.severity.startsWith("requires_"),
    );
    const isHandedOver = checkout.status === "requires_escalation";
    if (needsBuyer) expect(checkout.status).to.equal("requires_escalation");
    if (isHandedOver) expect(checkout).to.have.property("continue_url");
    const known = checkout.line_items.map(({ id }) => id);
    for (const { line_item_ids: own, destinations, selected_destination_id: id, groups } of checkout.fulfillment
        ?.methods ?? []) {
        expect(known).to.include.members([...own]);
        if (id) expect(destinations?.map((destination) => (destination as JsonObject)["id"])).to.include(id);
        for (const { options, selected_option_id: option } of groups) {
            if (option) expect(options.map((one) => one.id)).to.include(option);
        }
    }
}

function expectCleared(checkout: UcpCheckout, { buyer, discounts }: JsonObject): void {
    if (buyer === undefined) expect(checkout).to.not.have.property("buyer");
    if (discounts === undefined) expect(checkout.totals.some(({ amount }) => amount < 0)).to.equal(false);
}

const products = fc.constantFrom("jacket", "belt", "ebook", "bread");
const requests: fc.Arbitrary<JsonObject> = fc.record(
    {
        line_items: fc.array(
            fc.record({ item: fc.record({ id: products }), quantity: fc.integer({ min: 1, max: 9 }) }),
            { minLength: 1, maxLength: 4 },
        ),
        buyer: fc.constantFrom(jo, { email: "nobody" }, { first_name: "Jo", consent: { analytics: false } }),
        discounts: fc.record({ codes: fc.subarray(["TEN", "SHIP", "NONE"]) }),
        fulfillment: fc.record({
            methods: fc.subarray(
                [
                    chosen("shipping_standard").methods[0],
                    { type: "pickup", line_item_ids: ["belt"], groups: [{ selected_option_id: "pickup_mitte" }] },
                ],
                { minLength: 1 },
            ),
        }),
    },
    { requiredKeys: ["line_items"] },
);
