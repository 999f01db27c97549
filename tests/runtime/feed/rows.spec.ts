import { expect } from "chai";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { attributes } from "../../../runtime/catalog/product.ts";
import { type Offer, toldOf } from "../../../runtime/feed/offer.ts";
import { acpProduct, withdrawnProduct } from "../../../runtime/feed/rows/acpProduct.ts";
import { linesOf } from "../../../runtime/feed/rows/lines.ts";
import { amountText } from "../../../runtime/feed/rows/row.ts";
import type { FeedFormat, FeedTarget } from "../../../runtime/feed/target.ts";
import { judge, protocolFile, protocolMissing, protocolPresent } from "../../protocol.ts";
import { feed, item, target } from "../support/feed.ts";
import { productItems } from "../support/productItems.ts";

const now = Date.parse("2026-11-30T12:00:00Z");
const told = (of: object, by: Partial<FeedTarget> = {}) => toldOf({ ...item, ...of }, target(by), feed, now);

function offerOf(of: object, by: Partial<FeedTarget> = {}): Offer {
    const known = told(of, by);
    if (known === undefined || "lacks" in known) throw new Error(`not told: ${JSON.stringify(known)}`);
    return known.offer;
}

const lineOf = (format: FeedFormat, of: object, by: Partial<FeedTarget> = {}) =>
    linesOf[format].lineOf(offerOf(of, by), target(by), feed);
const rowOf = (of: object, by: Partial<FeedTarget> = {}) => JSON.parse(lineOf("openai-jsonl", of, by));

describe("what a feed tells of a product", () => {
    describe("as a product of ACP", () => {
        const faults = protocolPresent
            ? judge((protocolFile("spec/json-schema/schema.feed.json") as { readonly $defs: object }).$defs as never)
            : undefined;

        it("fits the protocol's schema, whatever shape the product has", function () {
            if (faults === undefined) {
                console.log(`      skipped: ${protocolMissing}`);
                return this.skip();
            }
            let offers = 0;
            fc.assert(
                fc.property(productItems, (product) => {
                    const known = toldOf(product, target(), feed, now);
                    if (known === undefined || "lacks" in known) return;
                    offers += 1;
                    const products = [acpProduct(known.offer, target(), feed)];
                    expect(faults("UpsertProductsRequest", { products })).to.deep.equal([]);
                }),
                { numRuns: 500 },
            );
            expect(offers).to.be.greaterThan(100);
            const products = [withdrawnProduct("lamp", "Lamp")];
            expect(faults("UpsertProductsRequest", { products })).to.deep.equal([]);
        });

        it("has the checkout's item id, currencies in upper case, and the options of its group", () => {
            const product = acpProduct(offerOf({ listPrices: { usd: 5900 } }), target(), feed);
            expect(product.id).to.equal("lamp");
            expect(product.variants).to.have.length(1);
            expect(product.variants[0]).to.deep.include({
                id: "lamp",
                price: { amount: 4900, currency: "USD" },
                list_price: { amount: 5900, currency: "USD" },
                variant_options: [
                    { name: "colour", value: "Blue" },
                    { name: "size", value: "M" },
                ],
                barcodes: [{ type: "GTIN", value: "4006381333931" }],
                condition: ["refurbished"],
            });
        });

        it("is discontinued and not available when it is taken away", () => {
            expect(withdrawnProduct("lamp", "Lamp").variants).to.deep.equal([
                { id: "lamp", title: "Lamp", availability: { available: false, status: "discontinued" } },
            ]);
        });
    });

    it("tells availability by words, and never how many pieces there are", () => {
        const words = [
            [undefined, "in_stock", true, "in_stock"],
            [987_654, "in_stock", true, "in_stock"],
            [6, "in_stock", true, "in_stock"],
            [5, "limited_stock", true, "in_stock"],
            [1, "limited_stock", true, "in_stock"],
            [0, "out_of_stock", false, "out_of_stock"],
            [-3, "out_of_stock", false, "out_of_stock"],
        ] as const;
        for (const [stock, status, available, ofOpenAi] of words) {
            const [variant] = acpProduct(offerOf({ stock }), target(), feed).variants;
            expect(variant?.availability, String(stock)).to.deep.equal({ available, status });
            expect(rowOf({ stock }).availability, String(stock)).to.equal(ofOpenAi);
        }
        const formats = Object.keys(linesOf) as FeedFormat[];
        for (const format of formats) {
            expect(lineOf(format, { stock: 987_654, taken: 123_321 })).not.to.match(/987654|123321/);
            expect(lineOf(format, { stock: 987_654 })).to.equal(lineOf(format, { stock: 876_543 }));
        }
    });

    it("tells what is sold later as a pre-order with its time, which cannot be bought yet", () => {
        const availableFrom = "2026-12-24T00:00:00Z";
        const [variant] = acpProduct(offerOf({ availableFrom }), target(), feed).variants;
        expect(variant?.availability).to.deep.equal({ available: false, status: "preorder" });
        expect(rowOf({ availableFrom })).to.include({ availability: "pre_order", availability_date: availableFrom });
        expect(rowOf({ availableFrom: "2026-11-30T11:59:59Z" })).not.to.have.property("availability_date");
    });

    it("leaves out what lacks an image, a description, a price in the currency or a title, and says so", () => {
        expect(told({ images: undefined })).to.deep.equal({ lacks: ["image"] });
        expect(told({ images: ["/lamp.jpg", 7] })).to.deep.equal({ lacks: ["image"] });
        expect(told({ description: "  " })).to.deep.equal({ lacks: ["description"] });
        expect(told({}, { currency: "gbp" })).to.deep.equal({ lacks: ["price"] });
        expect(told({ prices: { usd: "4900" } })).to.deep.equal({ lacks: ["price"] });
        expect(told({ prices: { usd: 4900.5 } })).to.deep.equal({ lacks: ["price"] });
        expect(told({ name: "" })).to.deep.equal({ lacks: ["title"] });
        expect(told({ images: [], description: undefined, prices: { eur: 1 } })).to.deep.equal({
            lacks: ["description", "image", "price"],
        });
    });

    it("leaves out what is no product of the catalogue, with the member that is wrong, and never fails by it", () => {
        const odd = fc.oneof(
            fc.constant(null),
            fc.integer(),
            fc.string(),
            fc.array(fc.integer()),
            fc.dictionary(fc.string(), fc.integer()),
        );
        fc.assert(
            fc.property(fc.constantFrom(...attributes), odd, (name, value) => {
                const known = told({ [name]: value });
                if (known === undefined || "lacks" in known) return;
                const { offer } = known;
                acpProduct(offer, target(), feed);
                for (const { lineOf: line } of Object.values(linesOf)) line(offer, target(), feed);
            }),
            { numRuns: 1000 },
        );
        for (const [of, fault] of [
            [{ gtin: 4006381333931 }, "gtin"],
            [{ categories: "Home" }, "categories"],
            [{ group: { id: "lamps", title: "Lamps", options: { size: 3 } } }, "group"],
            [{ link: "/lamp" }, "link"],
            [{ name: "x".repeat(151) }, "title"],
            [{ description: "x".repeat(5001) }, "description"],
        ] as const)
            expect(told(of)).to.deep.equal({ lacks: [`invalid: /${fault}`] });
        expect(told({ name: "  " })).to.deep.equal({ lacks: ["title"] });
    });

    it("says nothing of hidden and deleted products", () => {
        expect(told({ hidden: true })).to.equal(undefined);
        expect(toldOf({ productId: "lamp", deletedAt: "2026-11-30T11:00:00Z" }, target(), feed, now)).to.equal(
            undefined,
        );
    });

    it("has an address and a brand of the shop's where the product has none of its own", () => {
        const { url, brand } = offerOf({ productId: "la:mp", link: undefined, brand: undefined });
        expect({ url, brand }).to.deep.equal({ url: "https://shop.example/products/la%3Amp", brand: "Example Shop" });
    });

    it("adds the country's tax to prices, or takes it out, where the feed's differ from the catalogue's", () => {
        const classes = { reduced: 7 };
        const price = (change: "add" | "remove" | "none", of: object = { taxExempt: undefined, taxClass: undefined }) =>
            offerOf(of, { tax: { change, percent: 19, classes } }).price;
        expect(price("none")).to.equal(4900);
        expect(price("add")).to.equal(5831);
        expect(price("add", { taxExempt: undefined })).to.equal(5243);
        expect(price("add", { taxExempt: true })).to.equal(4900);
        expect(price("remove")).to.equal(4118);
    });

    it("fills every field that a revision of OpenAI's feed requires", () => {
        expect(rowOf({ listPrices: { usd: 5900 }, taxExempt: undefined }, { eligibleForCheckout: true })).to.deep.equal(
            {
                item_id: "lamp",
                title: "Lamp",
                description: "A lamp.\nWith a cord.",
                url: "https://shop.example/products/lamp",
                image_url: "https://shop.example/lamp.jpg",
                additional_image_urls: "https://shop.example/lamp-2.jpg",
                price: "59.00 USD",
                sale_price: "49.00 USD",
                availability: "in_stock",
                brand: "Lumen",
                gtin: "4006381333931",
                mpn: "LMP-1",
                condition: "refurbished",
                product_category: "Home > Lighting",
                group_id: "lamps",
                listing_has_variations: "true",
                variant_dict: '{"colour":"Blue","size":"M"}',
                color: "Blue",
                size: "M",
                is_eligible_search: "true",
                is_eligible_checkout: "true",
                seller_name: "Example Shop",
                seller_url: "https://shop.example",
                seller_privacy_policy: "https://shop.example/privacy",
                seller_tos: "https://shop.example/terms",
                target_countries: "US",
                store_country: "US",
                return_policy: "https://shop.example/returns",
                accepts_returns: "true",
                return_deadline_in_days: "30",
                accepts_exchanges: "true",
            },
        );
        expect(rowOf({}).is_eligible_checkout).to.equal("false");
    });

    it("can be read back from CSV and TSV, whatever characters it has", () => {
        fc.assert(
            fc.property(productItems, (product) => {
                const known = toldOf(product, target(), feed, now);
                if (known === undefined || "lacks" in known) return;
                const { offer } = known;
                const text = (format: FeedFormat) =>
                    linesOf[format].head + linesOf[format].lineOf(offer, target(), feed);
                const [csv, ...moreCsv] = parse(text("openai-csv"), { columns: true }) as Record<string, string>[];
                expect(moreCsv).to.deep.equal([]);
                expect(csv).to.include({
                    item_id: offer.productId,
                    title: offer.title,
                    description: offer.description,
                });
                const [head = "", tsv = "", ...moreTsv] = text("google-tsv").split("\n");
                expect(moreTsv).to.deep.equal([""]);
                expect(tsv.split("\t")).to.have.length(head.split("\t").length);
                expect(moreTsv).to.deep.equal([""]);
                const options = { columns: true as const, delimiter: "\t", relax_quotes: true };
                const [row] = parse<Record<string, string>>(`${head}\n${tsv}`, options);
                expect(row).to.include({ id: offer.productId, title: offer.title.replace(/\s+/g, " ") });
            }),
        );
    });

    it("writes amounts with the digits of their currency", () => {
        expect(amountText(9500, "usd")).to.equal("95.00 USD");
        expect(amountText(5, "usd")).to.equal("0.05 USD");
        expect(amountText(1200, "jpy")).to.equal("1200 JPY");
        expect(amountText(1, "kwd")).to.equal("0.001 KWD");
    });
});
