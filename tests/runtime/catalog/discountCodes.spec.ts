import { expect } from "chai";
import { Catalog } from "../../../runtime/checkoutSessions/session/catalog.ts";
import { schemasOf } from "../../../tools/generate.ts";
import { Database } from "../support/database.ts";
import { callRoute, pointersOf } from "../support/routes.ts";
import { started, startedAws, startedCallback } from "../support/started.ts";

const welcome = {
    name: "Welcome",
    percentOff: 12.5,
    appliesTo: "fulfillment",
    products: ["lamp", "mop"],
    minimum: 2000,
    startsAt: "2026-01-01T00:00:00Z",
    endsAt: "2027-01-01T00:00:00Z",
    usageLimit: 100,
    combinable: false,
    priority: 5,
};

describe("discount codes", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const codes = startedCallback(aws, "catalog/discountCodes");
    beforeEach(() => database.clear("discounts"));

    const put = (code: string, body: unknown, headers: Record<string, string> = {}) =>
        callRoute(codes, "PUT /discount_codes/{code}", { id: code, body, headers });
    const show = (code: string, headers: Record<string, string> = {}) =>
        callRoute(codes, "GET /discount_codes/{code}", { id: code, headers });
    const remove = (code: string, headers: Record<string, string> = {}) =>
        callRoute(codes, "DELETE /discount_codes/{code}", { id: code, headers });
    const list = (query: Record<string, string> = {}) => callRoute(codes, "GET /discount_codes", { query });
    const itemOf = (code: string) => database.get("discounts", { code });
    const catalog = () => Catalog.of(database.client, { PRODUCTS_TABLE: "products", DISCOUNTS_TABLE: "discounts" });

    it("have all that the document names, in upper case, and are what the checkout applies", async () => {
        const created = await put("welcome", welcome);

        expect(created.statusCode).to.equal(201);
        expect(created.json).to.deep.include({ ...welcome, code: "WELCOME", timesRedeemed: 0 });
        const { json, headers } = await show("Welcome");
        expect(json).to.deep.equal(created.json);
        expect(headers).to.include({ etag: created.headers["etag"], "cache-control": "private, no-cache" });
        const documented = schemasOf("catalog")["DiscountCode"] as { readonly properties: object };
        expect(Object.keys(documented.properties)).to.have.members([...Object.keys(json), "amountOff"]);
        const { discounts } = await catalog().offers([], ["welcome"]);
        expect(discounts.get("WELCOME")).to.deep.include({ ...welcome, code: "WELCOME" });
        expect((await put("welcome", json)).statusCode).to.equal(200);
        expect(await itemOf("WELCOME")).to.include({ version: 1 });
    });

    const faults: readonly (readonly [what: string, fault: object, pointer: string])[] = [
        ["neither a percentage nor an amount", { percentOff: undefined }, "/percentOff"],
        ["both", { amountOff: 100 }, "/amountOff"],
        ["more than all", { percentOff: 101 }, "/percentOff"],
        ["an end before its beginning", { endsAt: "2025-01-01T00:00:00Z" }, "/endsAt"],
        ["a part of a use", { usageLimit: 0.5 }, "/usageLimit"],
        ["a product that cannot be", { products: ["a b"] }, "/products/0"],
        ["another code than the path's", { code: "OTHER" }, "/code"],
    ];
    for (const [what, fault, pointer] of faults) {
        it(`are refused with the place of the fault: ${what}`, async () => {
            expect(pointersOf(await put("WELCOME", { ...welcome, ...fault }))).to.deep.equal([pointer]);
            expect(await itemOf("WELCOME")).to.equal(undefined);
        });
    }

    it("keep how often they were redeemed when they change, which is no change itself", async () => {
        await put("SAVE", { name: "Save", amountOff: 500 });
        const { headers } = await show("SAVE");
        await database.put("discounts", { ...(await itemOf("SAVE")), timesRedeemed: 7 });

        const changed = await put("SAVE", { name: "Save", amountOff: 400 }, { "if-match": headers["etag"] ?? "" });

        expect(changed.json).to.deep.include({ amountOff: 400, timesRedeemed: 7 });
        expect(
            (await put("SAVE", { name: "S", amountOff: 1 }, { "if-match": headers["etag"] ?? "" })).statusCode,
        ).to.equal(412);
        expect((await show("SAVE", { "if-none-match": changed.headers["etag"] ?? "" })).statusCode).to.equal(304);
    });

    it("are changed by one of those that read the same", async () => {
        const { headers } = await put("SAVE", { name: "Save", amountOff: 500 });

        const answers = await Promise.all(
            [1, 2, 3, 4, 5].map((amountOff) =>
                put("SAVE", { name: "Save", amountOff }, { "if-match": headers["etag"] ?? "" }),
            ),
        );

        expect(answers.map(({ statusCode }) => statusCode).sort()).to.deep.equal([200, 412, 412, 412, 412]);
        expect(await itemOf("SAVE")).to.include({ version: 2 });
    });

    it("are gone when they are deleted, and begin anew", async () => {
        await put("SAVE", { name: "Save", amountOff: 500 });
        await database.put("discounts", { ...(await itemOf("SAVE")), timesRedeemed: 7 });

        expect((await remove("SAVE", { "if-match": '"another"' })).statusCode).to.equal(412);
        expect((await remove("save")).statusCode).to.equal(204);

        expect([(await remove("SAVE")).statusCode, (await show("SAVE")).statusCode]).to.deep.equal([404, 404]);
        expect((await list()).json).to.deep.equal({ discountCodes: [] });
        expect((await catalog().offers([], ["SAVE"])).discounts.size).to.equal(0);
        expect((await put("SAVE", { name: "Save", amountOff: 500 })).json).to.include({ timesRedeemed: 0 });
    });

    it("come in pages, also those that were written by another way", async () => {
        await put("SAVE", { name: "Save", amountOff: 500 });
        await database.putAll("discounts", [
            { code: "OLD", percentOff: 10 },
            { code: "OLDER", name: "Older", amountOff: 100, timesRedeemed: 3 },
        ]);

        const first = (await list({ limit: "2" })).json;
        const second = (await list({ limit: "2", after: first.next })).json;

        expect(second).to.not.have.property("next");
        const all = [...first.discountCodes, ...second.discountCodes];
        expect(all.map(({ code, name, timesRedeemed }) => [code, name, timesRedeemed])).to.have.deep.members([
            ["SAVE", "Save", 0],
            ["OLD", "OLD", 0],
            ["OLDER", "Older", 3],
        ]);
    });
});
