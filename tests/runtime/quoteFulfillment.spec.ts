import { expect } from "chai";
import { quote } from "../../runtime/checkoutSessions/pricing/quote.ts";
import {
    amountOf,
    berlin,
    cartOf,
    marketOf,
    merchant,
    messagesOf,
    pickupInBerlin,
    sanFrancisco,
    selection,
} from "./support/market.ts";

const withPickup = { ...merchant, pickupLocations: pickupInBerlin };
const onlyPickup = { ...withPickup, shippingRates: {} };
const optionIds = ({ fulfillmentOptions }: ReturnType<typeof quote>) => fulfillmentOptions.map(({ id }) => id);
const shipTo = (address: typeof berlin) => ({ fulfillmentDetails: { address } });

describe("a quote and its fulfilment", () => {
    it("asks for the address before it offers shipping", () => {
        const quoted = quote(cartOf([["jacket", 1]], { fulfillmentDetails: { email: "jo@example.com" } }), marketOf());

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(optionIds(quoted)).to.deep.equal([]);
        expect(messagesOf(quoted, "error")).to.deep.equal(["missing $.fulfillment_details.address"]);
        expect(quoted.messages[0]).to.include({ severity: "high", resolution: "recoverable" });
        expect(quoted.totals.map(({ type }) => type)).not.to.include("fulfillment");
    });

    it("offers what is shipped to the buyer's country, with its price and days that hold all day", () => {
        const early = quote(cartOf([["jacket", 1]]), marketOf({ now: new Date("2026-12-30T00:00:00Z") }));
        const late = quote(cartOf([["jacket", 1]]), marketOf({ now: new Date("2026-12-30T23:59:59.999Z") }));

        expect(early.fulfillmentOptions).to.deep.equal([
            {
                type: "shipping",
                id: "shipping_standard",
                title: "Standard shipping",
                description: "Arrives in 3 to 5 days",
                earliest_delivery_time: "2027-01-02T00:00:00Z",
                latest_delivery_time: "2027-01-04T23:59:59Z",
                totals: [{ type: "total", display_text: "Standard shipping", amount: 500 }],
            },
            {
                type: "shipping",
                id: "shipping_express",
                title: "Express shipping",
                description: "Arrives in 1 to 2 days",
                earliest_delivery_time: "2026-12-31T00:00:00Z",
                latest_delivery_time: "2027-01-01T23:59:59Z",
                totals: [{ type: "total", display_text: "Express shipping", amount: 1_500 }],
            },
        ]);
        expect(late).to.deep.equal(early);
    });

    it("leaves the choice between several options to the buyer", () => {
        const quoted = quote(cartOf([["jacket", 1]]), marketOf());

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(quoted.selected).to.deep.equal([]);
        expect(messagesOf(quoted, "error")).to.deep.equal(["missing $.selected_fulfillment_options"]);
        expect(quoted.messages[0]?.content).to.include("'Jacket'");
    });

    it("selects the only option by itself", () => {
        const quoted = quote(cartOf([["jacket", 1]], shipTo(berlin)), marketOf());

        expect(quoted.status).to.equal("ready_for_payment");
        expect(quoted.selected).to.deep.equal([selection("shipping", "shipping_standard", "li_1")]);
        expect(amountOf(quoted.totals, "fulfillment")).to.equal(900);
    });

    it("selects digital delivery by itself, free, also without an address", () => {
        const quoted = quote(cartOf([["ebook", 2]], { fulfillmentDetails: {} }), marketOf());

        expect(quoted.status).to.equal("ready_for_payment");
        expect(quoted.selected).to.deep.equal([selection("digital", "digital", "li_1")]);
        expect(amountOf(quoted.totals, "fulfillment")).to.equal(0);
        expect(quoted.total).to.equal(3_000);
    });

    it("charges each selected option once, whichever lines come by it", () => {
        const cart = cartOf(
            [
                ["jacket", 1],
                ["belt", 1],
                ["bread", 1],
                ["ebook", 1],
            ],
            {
                selected: [
                    selection("shipping", "shipping_express", "li_1"),
                    selection("pickup", "pickup_mitte", "li_2"),
                    selection("shipping", "shipping_express", "li_3"),
                ],
            },
        );

        const quoted = quote(cart, marketOf({ merchant: withPickup }));

        expect(quoted.status).to.equal("ready_for_payment");
        expect(quoted.selected).to.deep.equal([
            selection("shipping", "shipping_express", "li_1", "li_3"),
            selection("pickup", "pickup_mitte", "li_2"),
            selection("digital", "digital", "li_4"),
        ]);
        expect(amountOf(quoted.totals, "fulfillment")).to.equal(1_500);
    });

    it("asks for the lines that no selection names", () => {
        const cart = cartOf(
            [
                ["jacket", 1],
                ["belt", 1],
            ],
            { selected: [selection("shipping", "shipping_express", "li_1")] },
        );

        const quoted = quote(cart, marketOf());

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(quoted.messages[0]?.content).to.include("'Belt'").and.not.to.include("'Jacket'");
    });

    it("drops selections of other options, of lines that are gone and of the wrong kind; a line has its first", () => {
        const cart = cartOf(
            [
                ["jacket", 1],
                ["ebook", 1],
            ],
            {
                selected: [
                    selection("shipping", "shipping_balloon", "li_1"),
                    selection("pickup", "shipping_express", "li_1"),
                    selection("digital", "digital", "li_1"),
                    selection("shipping", "shipping_express", "li_2", "li_9"),
                    selection("shipping", "shipping_standard", "li_1", "li_1"),
                    selection("shipping", "shipping_express", "li_1"),
                ],
            },
        );

        expect(quote(cart, marketOf()).selected).to.deep.equal([
            selection("shipping", "shipping_standard", "li_1"),
            selection("digital", "digital", "li_2"),
        ]);
    });

    it("drops express shipping when the buyer moves to where there is none", () => {
        const cart = cartOf([["jacket", 1]], {
            ...shipTo(berlin),
            selected: [selection("shipping", "shipping_express", "li_1")],
        });

        expect(quote(cart, marketOf()).selected).to.deep.equal([selection("shipping", "shipping_standard", "li_1")]);
    });

    it("refuses countries to which nothing is shipped, and invalid countries", () => {
        const refusal = (country: string) =>
            messagesOf(quote(cartOf([["jacket", 1]], shipTo({ ...berlin, country })), marketOf()), "error");

        expect(refusal("FR")).to.deep.equal(["region_restricted $.fulfillment_details.address.country"]);
        expect(refusal("Germany")).to.deep.equal(["invalid $.fulfillment_details.address.country"]);
        expect(refusal("*")).to.deep.equal(["invalid $.fulfillment_details.address.country"]);
        expect(refusal("de")).to.deep.equal([]);
    });

    it("ships to all other countries when the merchant does, but not to invalid ones", () => {
        const everywhere = { ...merchant, shippingRates: { ...merchant.shippingRates, "*": { standard: 3_000 } } };
        const quoted = quote(
            cartOf([["jacket", 1]], shipTo({ ...berlin, country: "FR" })),
            marketOf({ merchant: everywhere }),
        );

        expect(quoted.status).to.equal("ready_for_payment");
        expect(amountOf(quoted.totals, "fulfillment")).to.equal(3_000);
        expect(
            messagesOf(
                quote(
                    cartOf([["jacket", 1]], shipTo({ ...berlin, country: "Germany" })),
                    marketOf({ merchant: everywhere }),
                ),
                "error",
            ),
        ).to.deep.equal(["invalid $.fulfillment_details.address.country"]);
    });

    it("lets the buyer fetch the goods without an address, but never decides that instead of shipping", () => {
        const nowhere = { fulfillmentDetails: {} };
        const restricted = shipTo({ ...sanFrancisco, country: "FR" });
        const fetched = { selected: [selection("pickup", "pickup_mitte", "li_1")] };
        const status = (more: Parameters<typeof cartOf>[1]) =>
            quote(cartOf([["jacket", 1]], more), marketOf({ merchant: withPickup })).status;

        expect(status(nowhere)).to.equal("not_ready_for_payment");
        expect(status(restricted)).to.equal("not_ready_for_payment");
        expect(status({ ...nowhere, ...fetched })).to.equal("ready_for_payment");
        expect(status({ ...restricted, ...fetched })).to.equal("ready_for_payment");
    });

    it("has the goods fetched where that is the only way", () => {
        const quoted = quote(cartOf([["jacket", 1]], { fulfillmentDetails: {} }), marketOf({ merchant: onlyPickup }));

        expect(quoted.status).to.equal("ready_for_payment");
        expect(quoted.fulfillmentOptions).to.deep.equal([
            {
                type: "pickup",
                id: "pickup_mitte",
                title: "Pickup at Shop Mitte",
                location: { name: "Shop Mitte", address: berlin },
                totals: [{ type: "total", display_text: "Pickup", amount: 0 }],
            },
        ]);
    });

    it("cannot deliver goods of a merchant that neither ships nor hands out", () => {
        const recluse = { ...merchant, shippingRates: {} };

        const quoted = quote(cartOf([["jacket", 1]]), marketOf({ merchant: recluse }));

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(messagesOf(quoted, "error")).to.deep.equal(["region_restricted $.fulfillment_details.address.country"]);
    });
});
