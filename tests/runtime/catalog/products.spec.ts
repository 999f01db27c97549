import type { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { ProductStore } from "../../../runtime/catalog/productStore.ts";
import { Catalog } from "../../../runtime/checkoutSessions/session/catalog.ts";
import { storedKeys } from "../../storedKeys.ts";
import { Refusal } from "../support/aws.ts";
import { lamp, properties } from "../support/catalog.ts";
import { Database } from "../support/database.ts";
import { type Answered, type Asking, callRoute, pointersOf } from "../support/routes.ts";
import { started, startedAws, startedCallback } from "../support/started.ts";

const clients = storedKeys({
    owner: { key: "key-of-owner", scopes: ["merchant"] },
    agent: { key: "key-of-agent", scopes: ["checkout"] },
});

describe("the products of the catalogue", () => {
    const database = started(new Database());
    const aws = startedAws(database, (found) =>
        found.answers("GetSecretValue", () => ({ ARN: "arn", Name: "keys", SecretString: JSON.stringify(clients) })),
    );
    const read = startedCallback(aws, "catalog/readProducts");
    const change = startedCallback(aws, "catalog/changeProducts");
    beforeEach(() => database.clear("products", "stock"));

    const put = (id: string, body: unknown, headers: Record<string, string> = {}) =>
        callRoute(change, "PUT /products/{id}", { id, body, headers });
    const remove = (id: string, options: Asking = {}) => callRoute(change, "DELETE /products/{id}", { id, ...options });
    const setStock = (id: string, body: unknown, headers: Record<string, string> = {}) =>
        callRoute(change, "PUT /products/{id}/stock", { id, body, headers });
    const adjust = (id: string, by: unknown, key = "key-1", headers: Record<string, string> = {}) =>
        callRoute(change, "POST /products/{id}/stock/adjustments", {
            id,
            body: { by },
            headers: { "idempotency-key": key, ...headers },
        });
    const asOwner = { "x-api-key": "key-of-owner" };
    const show = (id: string, headers: Record<string, string> = {}) =>
        callRoute(read, "GET /products/{id}", { id, headers });
    const list = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
        callRoute(read, "GET /products", { query, headers });
    const itemOf = (productId: string) => database.get("products", { productId });
    const etagOf = ({ headers }: Answered) => headers["etag"] ?? expect.fail("no ETag");
    const simple = { title: "Mop", prices: { usd: 1999 } };

    it("have all that the document names, as they were put", async () => {
        const created = await put("lamp", lamp);
        expect(created.statusCode).to.equal(201);
        expect(created.headers).to.include({ location: "/products/lamp", "cache-control": "private, no-cache" });

        const { json, headers } = await show("lamp", asOwner);

        expect(json).to.deep.equal(created.json);
        expect(json).to.deep.include(lamp);
        expect(json).to.include({ productId: "lamp", availability: "in_stock", held: 0 });
        expect(headers["etag"]).to.equal(etagOf(created));
        const hidden = await put("lamp", { ...lamp, hidden: true });
        expect(Object.keys(hidden.json)).to.have.members(properties);
    });

    it("are what the checkout sells, in each currency", async () => {
        await put("lamp", lamp);

        const { products } = await Catalog.of(database.client, {
            PRODUCTS_TABLE: "products",
            DISCOUNTS_TABLE: "discounts",
        }).offers(["lamp"], []);

        expect(products.get("lamp")).to.deep.include({
            name: "Lamp",
            prices: lamp.prices,
            stock: 20,
            weight: 1200,
            digital: true,
            taxClass: "reduced",
            taxExempt: true,
            images: lamp.images,
            availableFrom: lamp.availableFrom,
        });
    });

    it("are shown to the public without stock, tax and hidden products, and may be kept for a minute", async () => {
        await put("lamp", lamp);
        await put("secret", { ...simple, hidden: true });
        await put("later", { ...simple, availableFrom: "2999-01-01T00:00:00Z" });

        for (const headers of [{}, { "x-api-key": "key-of-agent" }]) {
            const { json, headers: sent } = await show("lamp", headers);
            expect(json).to.have.all.keys(
                properties.filter(
                    (name) => !["stock", "held", "hidden", "taxClass", "taxExempt", "updatedAt"].includes(name),
                ),
            );
            expect(sent).to.include({ "cache-control": "public, max-age=60", vary: "x-api-key" });
            for (const id of ["secret", "later", "none"]) expect((await show(id, headers)).statusCode).to.equal(404);
            const { products } = (await list({}, headers)).json;
            expect(products.map(({ productId }: { productId: string }) => productId)).to.deep.equal(["lamp"]);
        }
        const all = (await list({}, asOwner)).json.products as { productId: string; availability: string }[];
        expect(all.map(({ productId }) => productId)).to.have.members(["lamp", "secret", "later"]);
        expect((await show("later", asOwner)).json).to.include({ availability: "not_yet_available" });
        expect((await show("lamp", { "x-api-key": "guessed" })).statusCode).to.equal(401);
    });

    it("tell the public whether there are any, never how many", async () => {
        for (const [stock, availability] of [
            [0, "out_of_stock"],
            [1, "limited_stock"],
            [5, "limited_stock"],
            [6, "in_stock"],
            [null, "in_stock"],
        ] as const) {
            await put("mop", { ...simple, stock });
            expect((await show("mop")).json, `${stock}`)
                .to.deep.include({ availability })
                .and.not.have.any.keys("stock");
        }
    });

    it("are not sent again to a client that has them, and are when they changed", async () => {
        await put("mop", { ...simple, stock: 9 });
        for (const key of [{}, asOwner]) {
            const etag = etagOf(await show("mop", key));
            const again = await show("mop", { ...key, "if-none-match": `"other", W/${etag}` });
            expect(again).to.deep.include({ statusCode: 304 });
            expect(again.headers["etag"]).to.equal(etag);
            const page = etagOf(await list({}, key));
            expect((await list({}, { ...key, "if-none-match": page })).statusCode).to.equal(304);
        }
        const [seen, owned] = [etagOf(await show("mop")), etagOf(await show("mop", asOwner))];
        await adjust("mop", -1);
        expect((await show("mop", { "if-none-match": seen })).statusCode).to.equal(304);
        expect((await show("mop", { ...asOwner, "if-none-match": owned })).statusCode).to.equal(200);
    });

    it("come in pages, each once, and no cursor names what is hidden", async () => {
        await database.putAll(
            "products",
            Array.from({ length: 130 }, (_, index) => ({
                productId: `p-${index}`,
                name: "A product",
                prices: { usd: 1 },
                ...(index % 3 === 0 && { hidden: true }),
                ...(index % 10 === 1 && { deletedAt: "2026-01-01T00:00:00Z", name: undefined }),
            })).map((item) => JSON.parse(JSON.stringify(item))),
        );
        for (const [headers, isShown] of [
            [{}, (index: number) => index % 3 !== 0 && index % 10 !== 1],
            [asOwner, (index: number) => index % 10 !== 1],
        ] as const) {
            const seen: string[] = [];
            const cursors: string[] = [];
            for (let after: string | undefined, page = 0; page === 0 || after !== undefined; page += 1) {
                const { json } = await list({ limit: "7", ...(after && { after }) }, headers);
                expect(json.products.length).to.be.within(1, 7);
                seen.push(...json.products.map(({ productId }: { productId: string }) => productId));
                after = json.next;
                if (after !== undefined) cursors.push(after);
            }
            const shown = Array.from({ length: 130 }, (_, index) => index).filter(isShown);
            expect(seen).to.have.members(shown.map((index) => `p-${index}`));
            expect(new Set(seen).size).to.equal(shown.length);
            expect(seen).to.include.members(cursors);
        }
        for (const limit of ["0", "101", "x"]) expect((await list({ limit })).statusCode).to.equal(400);
        expect((await list({ after: "ä" })).statusCode).to.equal(400);
    });

    const faults: readonly (readonly [what: string, fault: object, ...pointers: string[]])[] = [
        ["no title", { title: undefined }, "/title"],
        ["a title that shows nothing", { title: " \u200b" }, "/title"],
        ["no price", { prices: {} }, "/prices"],
        ["a price that is no whole number", { prices: { usd: 12.99 } }, "/prices/usd"],
        ["an unknown currency", { prices: { usd: 1, zzz: 2 } }, "/prices/zzz"],
        ["a currency in upper case", { prices: { USD: 1 } }, "/prices/USD"],
        ["a list price below the price", { listPrices: { usd: 1 } }, "/listPrices/usd"],
        ["a list price without a price", { listPrices: { gbp: 9000 } }, "/listPrices/gbp"],
        ["less than no stock", { stock: -1 }, "/stock"],
        ["half a piece", { stock: 0.5 }, "/stock"],
        ["a picture that is no URL", { images: ["https://a.example/1.jpg", "lamp.jpg"] }, "/images/1"],
        ["a picture twice", { images: ["https://a.example/1.jpg", "https://a.example/1.jpg"] }, "/images"],
        ["a link of a script", { link: "javascript:alert(1)" }, "/link"],
        ["a GTIN with a wrong check digit", { gtin: "4006381333932" }, "/gtin"],
        ["a GTIN of nine digits", { gtin: "123456789" }, "/gtin"],
        ["an unknown condition", { condition: "broken" }, "/condition"],
        ["a group without options", { group: { id: "g" } }, "/group/options"],
        ["an option without a value", { group: { id: "g", options: { size: "" } } }, "/group/options/size"],
        ["a weight as text", { weight: "1 kg" }, "/weight"],
        ["a day in place of a time", { availableFrom: "2027-01-01" }, "/availableFrom"],
        ["a return policy without days", { returnPolicy: { exchanges: true } }, "/returnPolicy/days"],
        ["another id than the path's", { productId: "mop" }, "/productId"],
        ["a member that is not known", { colour: "blue" }, "/colour"],
        ["several faults", { weight: -1, brand: "", surplus: 1 }, "/weight", "/brand", "/surplus"],
    ];
    for (const [what, fault, ...pointers] of faults) {
        it(`are refused with the place of the fault: ${what}`, async () => {
            expect(pointersOf(await put("lamp", { ...lamp, ...fault }))).to.have.members(pointers);
            expect(await itemOf("lamp")).to.equal(undefined);
        });
    }

    it("are refused as other things than JSON, too large, and under ids that cannot be", async () => {
        expect((await put("lamp", "{")).statusCode).to.equal(400);
        expect((await put("lamp", simple, { "content-type": "text/plain" })).statusCode).to.equal(415);
        expect((await put("lamp", { ...simple, description: "x".repeat(200_000) })).statusCode).to.equal(413);
        for (const id of ["a b", "ä", ".", "x".repeat(65)]) expect((await put(id, simple)).statusCode).to.equal(400);
    });

    it("stay as they are when the same is put again, also as it was read", async () => {
        await put("lamp", lamp);
        const before = await itemOf("lamp");

        const again = await put("lamp", lamp);
        const asRead = await put("lamp", (await show("lamp", asOwner)).json);

        expect([again.statusCode, asRead.statusCode]).to.deep.equal([200, 200]);
        expect(await itemOf("lamp")).to.deep.equal(before);
    });

    it("are replaced whole, but for a stock that is not named", async () => {
        await put("lamp", lamp);

        const { statusCode, json } = await put("lamp", simple);

        expect(statusCode).to.equal(200);
        expect(json).to.have.all.keys(
            "productId title prices stock held condition digital availability updatedAt".split(" "),
        );
        expect(json).to.include({ stock: 20 });
        expect(await itemOf("lamp")).to.not.have.any.keys("listPrices", "description", "group");
    });

    it("are changed by one of those that read the same", async () => {
        await put("mop", simple);
        const etag = etagOf(await show("mop", asOwner));

        const answers = await Promise.all(
            Array.from({ length: 8 }, (_, index) =>
                put("mop", { ...simple, title: `Mop ${index}` }, { "if-match": etag }),
            ),
        );

        const winners = answers.filter(({ statusCode }) => statusCode === 200);
        expect(winners).to.have.length(1);
        expect(answers.filter(({ statusCode }) => statusCode === 412)).to.have.length(7);
        expect((await show("mop", asOwner)).json.title).to.equal(winners[0]?.json.title);
        expect(await itemOf("mop")).to.include({ version: 2 });
    });

    it("are created by one of those that find none", async () => {
        const answers = await Promise.all(
            Array.from({ length: 5 }, () => put("mop", simple, { "if-none-match": "*" })),
        );

        expect(answers.map(({ statusCode }) => statusCode).sort()).to.deep.equal([201, 412, 412, 412, 412]);
        expect((await put("none", simple, { "if-match": "*" })).statusCode).to.equal(412);
        expect(await itemOf("none")).to.equal(undefined);
    });

    it("are changed although they sell meanwhile, unless the body has a stock", async () => {
        await put("mop", { ...simple, stock: 10 });
        const etag = etagOf(await show("mop", asOwner));
        await adjust("mop", -1);

        expect((await put("mop", { ...simple, stock: 10 }, { "if-match": etag })).statusCode).to.equal(412);
        expect((await setStock("mop", { stock: 10 }, { "if-match": etag })).statusCode).to.equal(412);
        const renamed = await put("mop", { ...simple, title: "A mop" }, { "if-match": etag });
        expect(renamed.json).to.include({ title: "A mop", stock: 9 });
        const current = await setStock("mop", { stock: 12 }, { "if-match": etagOf(renamed) });
        expect(current.json).to.deep.equal({ productId: "mop", stock: 12, held: 0, availability: "in_stock" });
    });

    it("count without what running checkouts hold, however often the stock is set", async () => {
        await put("mop", { ...simple, stock: 10 });
        // Two completions hold three pieces, and one of two pieces has become an order.
        await database.put("products", { ...(await itemOf("mop")), stock: 5, taken: 5 });
        await database.put("stock", { productId: "mop", entry: "reserved", pieces: 2 });
        expect((await show("mop", asOwner)).json).to.include({ stock: 8, held: 3 });

        for (let time = 1; time <= 2; time += 1) {
            expect((await setStock("mop", { stock: 4 })).json).to.include({
                stock: 4,
                held: 3,
                availability: "limited_stock",
            });
            expect(await itemOf("mop")).to.include({ stock: 1, taken: 5 });
        }
        const fewer = await setStock("mop", { stock: 1 });
        expect(fewer.json).to.include({ stock: 1, held: 3, availability: "out_of_stock" });
        expect(await itemOf("mop")).to.include({ stock: -2 });
        expect((await setStock("mop", { stock: null })).statusCode).to.equal(409);
        expect((await put("mop", { ...simple, stock: null })).statusCode).to.equal(409);
    });

    it("begin to count anew where another item took the place of the one that counted", async () => {
        await database.put("products", { productId: "mop", name: "Mop", price: 1999, currency: "USD", stock: 3 });
        await database.put("stock", { productId: "mop", entry: "reserved", pieces: 40 });

        expect((await show("mop", asOwner)).json).to.deep.include({ stock: 3, held: 0, prices: { usd: 1999 } });
        expect((await setStock("mop", { stock: 7 })).json).to.include({ stock: 7, held: 0 });
        expect(await itemOf("mop")).to.include({ stock: 7, taken: 40, name: "Mop" });
        expect(await itemOf("mop")).to.not.have.any.keys("price", "currency");
    });

    it("are adjusted once for each key, also at the same moment", async () => {
        await put("mop", { ...simple, stock: 10 });

        const answers = await Promise.all(Array.from({ length: 5 }, () => adjust("mop", -3)));
        const later = await adjust("mop", -3);

        for (const { statusCode, json } of [...answers, later]) {
            expect({ statusCode, stock: json.stock }).to.deep.equal({ statusCode: 200, stock: 7 });
        }
        expect(answers.filter(({ headers }) => headers["idempotent-replayed"] === undefined)).to.have.length(1);
        expect(later.headers["idempotent-replayed"]).to.equal("true");
        expect((await adjust("mop", -2)).statusCode).to.equal(422);
        expect((await adjust("mop", 5, "key-2")).json.stock).to.equal(12);
        const keyless = await callRoute(change, "POST /products/{id}/stock/adjustments", {
            id: "mop",
            body: { by: 1 },
        });
        expect(keyless.json.detail).to.include("Idempotency-Key");
        expect(pointersOf(await adjust("mop", 0.5, "key-3"))).to.deep.equal(["/by"]);
        expect(pointersOf(await adjust("mop", 0, "key-4"))).to.deep.equal(["/by"]);
    });

    it("tell a repetition the stock after the adjustment, also where they were read before it", async () => {
        await put("mop", { ...simple, stock: 10 });
        const tables = { products: "products", stock: "stock" };
        const change = { correlationId: "c", now: Date.now() };
        // Between its two reads another of the same key adjusts.
        const client = new Proxy(database.client, {
            get: (target, name) =>
                name === "send"
                    ? async (command: { input: { Key?: { entry?: string } } }) => {
                          if (command.input.Key?.entry === "adjustment k") {
                              await new Promise(setImmediate);
                              await new ProductStore(target, tables).adjust("mop", -3, "k", change);
                          }
                          return await target.send(command as GetCommand);
                      }
                    : Reflect.get(target, name),
        });
        const delayed = new ProductStore(client, tables).adjust("mop", -3, "k", change);

        expect(await delayed).to.have.property("isRepeated", true);
        expect(await delayed).to.have.nested.property("product.pieces.sellable", 7);
    });

    it("are not adjusted below what is held, nor where nothing is counted", async () => {
        await put("mop", { ...simple, stock: 2 });
        expect((await adjust("mop", -3)).json.detail).to.include("only 2 pieces");
        expect((await adjust("none", 1)).statusCode).to.equal(404);
        await put("guide", simple);
        expect((await adjust("guide", 1)).json.detail).to.include("not counted");
        expect((await adjust("mop", -2)).json).to.include({ stock: 0 });
    });

    it("are adjusted by one of those that read the same, and its repetition is answered as before", async () => {
        await put("mop", { ...simple, stock: 10 });
        const matching = { "if-match": etagOf(await show("mop", asOwner)) };
        const keys = Array.from({ length: 5 }, (_, index) => `key-${index}`);

        const answers = await Promise.all(keys.map((key) => adjust("mop", -1, key, matching)));

        expect(answers.map(({ statusCode }) => statusCode).sort()).to.deep.equal([200, 412, 412, 412, 412]);
        const winner = keys[answers.findIndex(({ statusCode }) => statusCode === 200)];
        const again = await adjust("mop", -1, winner, matching);
        expect(again.json).to.include({ stock: 9 });
        expect(again.headers["idempotent-replayed"]).to.equal("true");
        expect((await adjust("none", 1, "key-9", { "if-match": "*" })).statusCode).to.equal(412);
        expect((await adjust("mop", 1, "key-9", { "if-match": etagOf(again) })).json).to.include({ stock: 10 });
    });

    it("are not adjusted above the most that can be set, with what is held", async () => {
        const most = 1_000_000_000;
        await put("mop", { ...simple, stock: most - 2 });
        expect((await setStock("mop", { stock: most + 1 })).statusCode).to.equal(400);
        const steps = await Promise.all(["a", "b", "c", "d"].map((key) => adjust("mop", 1, key)));

        expect(steps.map(({ statusCode }) => statusCode).sort()).to.deep.equal([200, 200, 409, 409]);
        expect((await show("mop", asOwner)).json).to.include({ stock: most });
        await database.put("products", { ...(await itemOf("mop")), stock: most - 5, taken: 5 });
        expect((await adjust("mop", 1, "e")).json.detail).to.equal("a stock is at most 1000000000 pieces");
        expect((await adjust("mop", -1, "f")).json).to.include({ stock: most - 1, held: 5 });
    });

    it("are gone when they are deleted, and may come again", async () => {
        await put("mop", { ...simple, stock: 5 });
        const etag = etagOf(await show("mop", asOwner));
        expect((await remove("mop", { headers: { "if-match": '"another"' } })).statusCode).to.equal(412);
        const { version } = (await itemOf("mop")) ?? {};

        expect(await remove("mop", { headers: { "if-match": etag } })).to.deep.include({ statusCode: 204 });

        expect((await remove("mop")).statusCode).to.equal(404);
        expect((await show("mop", asOwner)).statusCode).to.equal(404);
        expect((await setStock("mop", { stock: 5 })).statusCode).to.equal(404);
        expect((await adjust("mop", 1)).statusCode).to.equal(404);
        const catalog = Catalog.of(database.client, { PRODUCTS_TABLE: "products", DISCOUNTS_TABLE: "discounts" });
        expect((await catalog.offers(["mop"], [])).products.size).to.equal(0);
        const again = await put("mop", simple);
        expect(again.statusCode).to.equal(201);
        expect(again.json).to.not.have.any.keys("stock");
        expect(await itemOf("mop")).to.include({ version: Number(version) + 2 });
    });

    it("answer 503 while the table or the keys cannot be read, and log no body", async () => {
        aws.answers("GetItem", () => new Refusal("InternalServerError", 500));
        const failed = [await put("mop", { ...simple, title: "A private title" }), await show("mop")];
        for (const { statusCode, headers } of failed) {
            expect({ statusCode, retryAfter: headers["retry-after"] }).to.deep.equal({
                statusCode: 503,
                retryAfter: "5",
            });
        }
        expect(change.text()).to.include("error").and.not.include("A private title");
    });
});
