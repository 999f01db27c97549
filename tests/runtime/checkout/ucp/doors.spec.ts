import { randomUUID } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { isProof } from "../../../proof.ts";
import { paying } from "../../../ucp.ts";
import { Checkout, guide, mug, sell } from "../../support/checkout.ts";
import { Database } from "../../support/database.ts";
import { sanFrancisco } from "../../support/market.ts";
import { started } from "../../support/started.ts";
import { allCapabilities, home, jo, judged, schemasOf, shippedTo } from "../../support/ucp.ts";
import { Platform } from "../../support/ucpPlatform.ts";

const fulfillment = shippedTo(home);
const lines = (id: string, quantity = 1) => [{ item: { id }, quantity }];
const shipped = { line_items: lines("mug", 2), buyer: jo, fulfillment };

for (const { name, judge } of judged) {
    describe(`platforms of UCP ${name}`, () => {
        const database = started(new Database(), (own) =>
            sell(
                own,
                guide,
                mug,
                { ...mug, productId: "gone", name: "Gone", stock: 0 },
                { code: "TEN", name: "Ten", percentOff: 10 },
            ),
        );
        const of = (options: ConstructorParameters<typeof Platform>[1] = {}) =>
            new Platform(database, { version: name, ...options });
        const offered = allCapabilities.filter((one) => name === "2026-04-08" || !one.endsWith("consent"));

        /** An answer, which is valid. */
        async function ask(platform: Platform, ...asking: Parameters<Platform["ask"]>) {
            const answer = await platform.ask(...asking);
            const schemas = schemasOfAnswer(name, asking[0], answer.json, offered);
            if (judge !== undefined && answer.status < 300) {
                const faults = schemas.flatMap((paths) => judge.composed(paths, answer.json));
                expect(faults, JSON.stringify(answer.json)).to.deep.equal([]);
            }
            return answer;
        }

        it("buy: a checkout is created, replaced and completed, once for each key, at ACP's price", async () => {
            const platform = of();
            const created = await ask(platform, "POST /checkout-sessions", { line_items: lines("mug", 2) });
            expect(created.status).to.equal(201);
            expect(created.json["status"]).to.equal("incomplete");
            const { id } = created.json;
            const ready = await ask(platform, `PUT /checkout-sessions/${id}`, {
                ...shipped,
                discounts: { codes: ["TEN"] },
            });
            expect(ready.json["status"]).to.equal("ready_for_complete");
            const key = randomUUID();
            const completed = await ask(platform, `POST /checkout-sessions/${id}/complete`, paying(), { key });
            expect(completed.json).to.deep.include({ status: "completed" });
            expect(completed.json["order"].id).to.match(/^ord_/);
            const again = await ask(platform, `POST /checkout-sessions/${id}/complete`, paying(), { key });
            expect(again.json).to.deep.equal(completed.json);
            expect(again.headers["idempotent-replayed"]).to.equal("true");

            const acp = await new Checkout(database.client).created({
                currency: "usd",
                capabilities: {},
                line_items: [{ id: "mug", quantity: 2 }],
                buyer: jo,
                fulfillment_details: { address: sanFrancisco },
                discounts: { codes: ["TEN"] },
            });
            const selected = [{ type: "shipping" as const, option_id: "shipping_standard", item_ids: ["mug"] }];
            const theirs = await new Checkout(database.client).update(acp.id, {
                selected_fulfillment_options: selected,
            });
            const total = theirs.json.totals?.find(({ type }) => type === "total")?.amount;
            expect(totalIn(completed.json)).to.equal(total);
            expect(
                (await new Checkout(database.client).read(id, { caller: "ucp:https://agent.example/.well-known/ucp" }))
                    .json.order?.id,
            ).to.equal(completed.json["order"].id);
        });

        it("buy by tools of MCP as by REST, and get errors of the protocol with the status and code of MCP", async () => {
            const platform = of();
            const profile = "https://agent.example/.well-known/ucp";
            const meta = () => ({ "ucp-agent": { profile }, "idempotency-key": randomUUID() });
            const created = await platform.call("create_checkout", { meta: meta(), checkout: shipped });
            expect(created.status).to.equal(200);
            const { id } = created.json;
            const read = await platform.call("get_checkout", { meta: meta(), id });
            expect(read.json).to.deep.equal((await ask(platform, `GET /checkout-sessions/${id}`)).json);
            const paid = await platform.call("complete_checkout", { meta: meta(), id, checkout: paying() });
            expect(paid.json).to.include({ status: "completed" });
            const late = await platform.call("cancel_checkout", { meta: meta(), id });
            expect(late.json["messages"].at(-1)).to.include({ severity: "unrecoverable" });
            const found = await platform.call("search_catalog", { meta: meta(), catalog: { query: "mug" } });
            expect(found.json["products"]).to.have.lengthOf(1);
            for (const [tool, args, status, code] of [
                ["create_checkout", { meta: {}, checkout: shipped }, 200, -32602],
                ["complete_checkout", { meta: { "ucp-agent": { profile } }, id, checkout: paying() }, 200, -32602],
                ["update_checkout", { meta: meta(), id, checkout: { line_items: 7 } }, 400, -32602],
                ["no_tool", { meta: meta() }, 200, -32602],
            ] as const) {
                const answer = await platform.call(tool, args);
                expect(answer.status, tool).to.equal(status);
                expect(answer.json["code"]).to.equal(code);
            }
        });

        it("are told why nothing is created, in an envelope without a checkout", async () => {
            const { status, json } = await ask(of(), "POST /checkout-sessions", { line_items: lines("nothing") });
            expect(status).to.equal(200);
            expect(json["ucp"].status).to.equal("error");
            expect(json).to.not.have.property("id");
            expect(json["messages"][0]).to.include({ code: "item_unavailable", severity: "unrecoverable" });
        });

        it("get no checkout of which nothing is in stock, and one of which something is", async () => {
            const platform = of();
            const only = await ask(platform, "POST /checkout-sessions", { line_items: lines("gone") });
            expect(only.status).to.equal(200);
            expect(only.json).to.have.all.keys("ucp", "messages");
            expect(only.json["ucp"].status).to.equal("error");
            expect(only.json["messages"][0]).to.include({ code: "out_of_stock", path: "$.line_items" });
            const some = await ask(platform, "POST /checkout-sessions", {
                line_items: [...lines("gone"), ...lines("mug")],
            });
            expect(some.status).to.equal(201);
            expect(some.json["messages"][0]).to.include({ code: "out_of_stock", path: "$.line_items[0].item.id" });
            // What has sold out since stays a checkout, which can be changed.
            const path = `/checkout-sessions/${some.json["id"]}`;
            expect((await ask(platform, `PUT ${path}`, { line_items: lines("gone") })).json["id"]).to.equal(
                some.json["id"],
            );
        });

        it("find no checkout of another platform, and none that there is not", async () => {
            const { json } = await ask(of(), "POST /checkout-sessions", shipped);
            const other = of({ url: "https://other.example/.well-known/ucp" });
            for (const id of [json["id"], "cs_none"]) {
                const answer = await ask(other, `GET /checkout-sessions/${id}`);
                expect(answer.status).to.equal(200);
                expect(answer.json["messages"]).to.have.lengthOf(1);
                expect(answer.json["messages"][0]).to.include({ code: "not_found", severity: "unrecoverable" });
            }
        });

        it("get the unchanged checkout with what is wrong with their request", async () => {
            const platform = of();
            const { json } = await ask(platform, "POST /checkout-sessions", shipped);
            const path = `/checkout-sessions/${json["id"]}`;
            const refused = await ask(platform, `PUT ${path}`, { line_items: lines("nothing") });
            expect(refused.status).to.equal(200);
            expect(refused.json["line_items"]).to.deep.equal(json["line_items"]);
            expect(refused.json["messages"].at(-1)).to.include({
                code: "item_unavailable",
                path: "$.line_items[0].item.id",
            });
            const early = await ask(platform, `POST ${path}/complete`, paying("spt_decline"));
            expect(early.json["status"]).to.equal("ready_for_complete");
            expect(early.json["messages"].at(-1)).to.include({ code: "payment_failed", severity: "recoverable" });
            const canceled = await ask(platform, `POST ${path}/cancel`);
            expect(canceled.json["status"]).to.equal("canceled");
            const twice = await ask(platform, `POST ${path}/cancel`);
            expect(twice.json["status"]).to.equal("canceled");
            expect(twice.json["messages"].at(-1)).to.include({ severity: "unrecoverable" });
            const late = await ask(platform, `PUT ${path}`, shipped);
            expect(late.json["messages"].at(-1)).to.include({ code: "session_canceled", severity: "unrecoverable" });
        });

        it("need a key to complete and to cancel, and use it for one request", async () => {
            const platform = of();
            const { json } = await ask(platform, "POST /checkout-sessions", shipped, { key: null });
            const path = `/checkout-sessions/${json["id"]}`;
            for (const action of ["complete", "cancel"]) {
                const { status, json: fault } = await platform.ask(`POST ${path}/${action}`, paying(), { key: null });
                expect(status).to.equal(400);
                expect(fault["code"]).to.equal("idempotency_key_required");
            }
            const key = randomUUID();
            expect((await ask(platform, `PUT ${path}`, shipped, { key })).status).to.equal(200);
            const conflict = await platform.ask(`PUT ${path}`, { ...shipped, buyer: undefined }, { key });
            expect(conflict.status).to.equal(409);
            expect(conflict.json["code"]).to.equal("idempotency_conflict");
            const [record] = (await database.all("idempotency")).filter((item) =>
                JSON.stringify(item).includes(json["id"]),
            );
            const hours = (Number(record?.["expiresAt"]) * 1000 - Date.now()) / 3_600_000;
            expect(hours).to.be.within(47.9, 48.1);
        });

        it("share no keys where none is proven", async () => {
            const key = randomUUID();
            const unproven = (url: string) => of({ url: `https://${url}.example/.well-known/ucp`, isProven: false });
            const one = await ask(unproven("one"), "POST /checkout-sessions", shipped, { key });
            const two = await ask(unproven("two"), "POST /checkout-sessions", shipped, { key });
            expect(one.json["id"]).to.not.equal(two.json["id"]);
            expect((await ask(unproven("two"), `GET /checkout-sessions/${one.json["id"]}`)).json["id"]).to.equal(
                one.json["id"],
            );
        });

        it("put carts together, of which each becomes one open checkout", async () => {
            const platform = of();
            const cart = await ask(platform, "POST /carts", { line_items: lines("mug", 3), buyer: jo });
            expect(cart.status).to.equal(201);
            const { id: cart_id } = cart.json;
            expect(
                (await ask(platform, `PUT /carts/${cart_id}`, { line_items: lines("mug", 2), buyer: jo })).json[
                    "buyer"
                ],
            ).to.deep.equal(jo);
            const coded = { line_items: lines("mug", 2), buyer: jo, discounts: { codes: ["TEN"] } };
            expect((await ask(platform, `PUT /carts/${cart_id}`, coded)).json["messages"]).to.deep.equal([
                {
                    type: "warning",
                    code: "unsupported",
                    path: "$.discounts.codes",
                    content: "A cart has no discounts. Give the codes to the checkout.",
                },
            ]);
            const body = { cart_id, line_items: lines("guide", 9) };
            const all = await Promise.all([1, 2, 3].map(() => ask(platform, "POST /checkout-sessions", body)));
            expect(new Set(all.map(({ json }) => json["id"])).size).to.equal(1);
            const [first] = all;
            expect(
                first?.json["line_items"].map((line: { item: { id: string }; quantity: number }) => [
                    line.item.id,
                    line.quantity,
                ]),
            ).to.deep.equal([["mug", 2]]);
            expect(first?.json["buyer"]).to.deep.equal(jo);
            await ask(platform, `POST /checkout-sessions/${first?.json["id"]}/cancel`);
            const next = await ask(platform, "POST /checkout-sessions", body);
            expect(next.status).to.equal(201);
            expect(next.json["id"]).to.not.equal(first?.json["id"]);
            await ask(platform, `POST /carts/${cart_id}/cancel`);
            const gone = await ask(platform, `GET /carts/${cart_id}`);
            expect(gone.json["messages"][0]).to.include({ code: "not_found" });
            expect((await ask(platform, "POST /checkout-sessions", body)).json["ucp"].status).to.equal("error");
        });

        it("get the recorded answer for a key, whatever the cart has by then, and none for what is malformed", async () => {
            const platform = of();
            const { id: cart_id } = (await ask(platform, "POST /carts", { line_items: lines("mug", 1) })).json;
            const body = { cart_id, line_items: [] };
            const [first, second] = [randomUUID(), randomUUID()];
            const made = await ask(platform, "POST /checkout-sessions", body, { key: first });
            const found = await ask(platform, "POST /checkout-sessions", body, { key: second });
            expect([made.status, found.status]).to.deep.equal([201, 200]);
            await ask(platform, `PUT /carts/${cart_id}`, { line_items: lines("mug", 2) });
            await ask(platform, `POST /checkout-sessions/${made.json["id"]}/cancel`);
            for (const [key, status] of [
                [first, 201],
                [second, 200],
            ] as const) {
                const again = await ask(platform, "POST /checkout-sessions", body, { key });
                expect(again.status).to.equal(status);
                expect(again.headers).to.include({ "idempotent-replayed": "true" });
                expect(again.json["id"]).to.equal(made.json["id"]);
                const other = await platform.ask("POST /checkout-sessions", { ...body, buyer: jo }, { key });
                expect(other.json["code"]).to.equal("idempotency_conflict");
            }
            const malformed = await platform.ask("POST /checkout-sessions", { ...body, buyer: 1 });
            expect(malformed.status).to.equal(400);
        });

        it("are told what of a request a cart's checkout has not, each time that the request comes", async () => {
            const platform = of();
            const contents = { line_items: lines("mug", 2), buyer: jo };
            const { id: cart_id } = (await ask(platform, "POST /carts", contents)).json;
            const paths = ({ json }: { readonly json: Record<string, unknown> }) =>
                (json["messages"] as { type: string; path: string }[]).flatMap(({ type, path }) =>
                    type === "warning" ? [path] : [],
                );
            const wanted = {
                cart_id,
                line_items: lines("guide", 9),
                buyer: { ...jo, first_name: "Ann" },
                discounts: { codes: ["TEN"] },
                fulfillment,
            };
            const key = randomUUID();
            const made = await ask(platform, "POST /checkout-sessions", wanted, { key });
            expect(made.status).to.equal(201);
            expect(made.json["status"]).to.equal("ready_for_complete");
            expect(made.json["totals"].some(({ type }: { type: string }) => type === "items_discount")).to.equal(true);
            expect(paths(made)).to.deep.equal(["$.line_items", "$.buyer"]);
            expect(paths(await ask(platform, "POST /checkout-sessions", wanted, { key }))).to.deep.equal(paths(made));

            // Nothing is left to tell of a request for what the checkout has.
            const same = await ask(platform, "POST /checkout-sessions", { cart_id, ...contents });
            expect([same.status, paths(same)]).to.deep.equal([200, []]);
            const other = { ...wanted, discounts: { codes: ["OTHER"] } };
            const again = randomUUID();
            const found = await ask(platform, "POST /checkout-sessions", other, { key: again });
            expect([found.status, found.json["id"]]).to.deep.equal([200, made.json["id"]]);
            const all = ["$.line_items", "$.buyer", "$.discounts.codes", "$.fulfillment"];
            expect(paths(found)).to.deep.equal(all);
            expect(found.json["totals"]).to.deep.equal(made.json["totals"]);
            expect(paths(await ask(platform, "POST /checkout-sessions", other, { key: again }))).to.deep.equal(all);
            // A platform with nothing but checkouts and carts in common asks for no discount and no delivery.
            const few = of({ capabilities: ["dev.ucp.shopping.checkout", "dev.ucp.shopping.cart"] });
            expect(paths(await few.ask("POST /checkout-sessions", other))).to.deep.equal(["$.line_items", "$.buyer"]);
        });

        it("name the buyer when a cart that has none becomes a checkout", async () => {
            const platform = of();
            const { id: cart_id } = (await ask(platform, "POST /carts", { line_items: lines("mug", 1) })).json;
            const made = await ask(platform, "POST /checkout-sessions", { cart_id, line_items: [], buyer: jo });
            expect(made.json["buyer"]).to.deep.equal(jo);
        });

        it("search the catalogue, look products up, and get one", async () => {
            const platform = of();
            await database.put("products", {
                productId: "vase",
                name: "Blue Vase",
                prices: { usd: 700, eur: 650 },
                listPrices: { usd: 900 },
                categories: ["Home > Vases"],
                images: ["https://shop.example/vase.jpg"],
                group: { id: "vases", title: "Vase", options: { colour: "Blue" } },
            });
            const found = await ask(platform, "POST /catalog/search", {
                query: "vase",
                filters: { price: { max: 700 } },
            });
            expect(found.json["products"].map(({ id }: { id: string }) => id)).to.deep.equal(["vase"]);
            expect(found.json["products"][0].variants[0]).to.deep.include({
                price: { amount: 700, currency: "USD" },
                list_price: { amount: 900, currency: "USD" },
                availability: { available: true, status: "in_stock" },
                options: [{ name: "colour", label: "Blue" }],
            });
            const none = { query: "vase", filters: { categories: ["Garden"] } };
            expect((await ask(platform, "POST /catalog/search", none)).json["products"]).to.deep.equal([]);
            const page = await ask(platform, "POST /catalog/search", { query: "", pagination: { limit: 1 } });
            expect(page.json["pagination"]).to.include({ has_next_page: true });
            const { cursor } = page.json["pagination"];
            for (const wrong of ["bad", "", "c_", "vase"]) {
                const refused = await platform.ask("POST /catalog/search", {
                    query: "",
                    pagination: { cursor: wrong },
                });
                expect(refused.status, wrong).to.equal(400);
            }
            const next = await ask(platform, "POST /catalog/search", { query: "", pagination: { limit: 9, cursor } });
            expect(next.json["pagination"]).to.deep.equal({ has_next_page: false });
            expect(next.json["products"]).to.have.lengthOf(3);
            const looked = await ask(platform, "POST /catalog/lookup", { ids: ["vase", "none", "vase"] });
            expect(looked.json["products"]).to.have.lengthOf(1);
            expect(looked.json["products"][0].variants[0].inputs).to.deep.equal([{ id: "vase", match: "exact" }]);
            expect(looked.json["messages"][0]).to.include({ type: "info", code: "not_found" });
            expect((await ask(platform, "POST /catalog/product", { id: "vase" })).json["product"]).to.include({
                id: "vase",
            });
            const missing = await ask(platform, "POST /catalog/product", { id: "none" });
            expect(missing.json["messages"][0]).to.include({ code: "not_found" });
            for (const [path, body, code] of [
                ["search", {}, "invalid_request"],
                ["lookup", { ids: Array.from({ length: 21 }, (_, index) => `p${index}`) }, "request_too_large"],
            ] as const) {
                const { status, json } = await platform.ask(`POST /catalog/${path}`, body);
                expect(status).to.equal(400);
                expect(json["code"]).to.equal(code);
            }
        });

        for (const some of [
            ["checkout"],
            ["checkout", "fulfillment"],
            ["checkout", "discount"],
            ["checkout", "fulfillment", "discount", "buyer_consent"],
            ["checkout", "cart", "order"],
            ["cart"],
            ["catalog.search", "catalog.lookup"],
            ["order"],
            [],
        ]) {
            it(`have in every answer what is in common, and nothing else: ${some.join(", ") || "nothing"}`, async () => {
                const capabilities = some
                    .map((one) => `dev.ucp.shopping.${one}`)
                    .filter((one) => one.startsWith("dev.ucp.shopping.buyer") === false || offered.includes(one));
                const platform = of({ capabilities });
                const has = (one: string) => some.includes(one);
                /** The answer, valid by what is in common for its subject; or one that tells what is missing. */
                async function told(route: string, body: unknown, schemas: readonly string[], needed: string) {
                    const { status, json } = await platform.ask(route, body);
                    expect(status, route).to.be.below(300);
                    expect(Object.keys(json["ucp"].capabilities), route).to.satisfy((names: string[]) =>
                        names.every((name) => capabilities.includes(name)),
                    );
                    if (!has(needed)) {
                        expect(json["messages"][0], route).to.include({ code: "capabilities_incompatible" });
                    }
                    const isError = json["ucp"].status === "error";
                    const faults = judge?.composed(isError ? [errorSchema(name)] : schemas, json) ?? [];
                    expect(faults, `${route} ${JSON.stringify(json)}`).to.deep.equal([]);
                    return json;
                }
                const ofCheckout = schemasOf(capabilities);
                const whole = {
                    ...shipped,
                    discounts: { codes: ["TEN"] },
                    buyer: { ...jo, consent: { analytics: true } },
                };
                const made = await told("POST /checkout-sessions", whole, ofCheckout, "checkout");
                const path = `/checkout-sessions/${made["id"] ?? "cs_none"}`;
                for (const [route, body] of [
                    [`GET ${path}`, undefined],
                    [`PUT ${path}`, whole],
                    [`PUT ${path}`, { line_items: lines("nothing") }],
                    [`POST ${path}/complete`, paying("spt_3ds")],
                    [`POST ${path}/complete`, paying()],
                    [`GET ${path}`, undefined],
                    [`POST ${path}/cancel`, undefined],
                ] as const) {
                    await told(route, body, ofCheckout, "checkout");
                }
                const reduced = made["totals"]?.some(({ amount }: { amount: number }) => amount < 0) ?? false;
                expect(reduced).to.equal(has("checkout") && has("discount"));
                const cart = await told("POST /carts", { line_items: lines("mug") }, ["shopping/cart.json"], "cart");
                await told(`GET /carts/${cart["id"] ?? "cart_none"}`, undefined, ["shopping/cart.json"], "cart");
                const search = ["shopping/catalog_search.json#/$defs/search_response"];
                await told("POST /catalog/search", { query: "mug" }, search, "catalog.search");
                const looked = ["shopping/catalog_lookup.json#/$defs/lookup_response"];
                await told("POST /catalog/lookup", { ids: ["mug"] }, looked, "catalog.lookup");
                await told("GET /orders/ord_none", undefined, ["shopping/order.json"], "order");
            });
        }

        it("get an answer to anything in place of anything that they may send", async () => {
            const platform = of();
            const { id: cart_id } = (await ask(platform, "POST /carts", { line_items: lines("mug") })).json;
            const { id } = (await ask(platform, "POST /checkout-sessions", shipped)).json;
            const context = { address_country: "US", language: "en", currency: "USD", postal_code: "94131" };
            const whole = {
                ...shipped,
                cart_id,
                context,
                discounts: { codes: ["TEN"] },
                buyer: { ...jo, phone_number: "+15551234567", consent: { analytics: true } },
                signals: { "dev.ucp.buyer_ip": "192.0.2.1" },
                attribution: { source: "x" },
            };
            const filters = { price: { min: 1, max: 2 }, categories: ["a"] };
            const paid = paying("spt_declined");
            const asked = fc.constantFrom<readonly [string, object]>(
                ["POST /checkout-sessions", whole],
                [`PUT /checkout-sessions/${id}`, whole],
                [`POST /checkout-sessions/${id}/complete`, { ...paid, signals: whole.signals }],
                ["POST /carts", whole],
                [`PUT /carts/${cart_id}`, whole],
                ["POST /catalog/search", { query: "mug", context, filters, pagination: { limit: 1, cursor: "c_1" } }],
                ["POST /catalog/lookup", { ids: ["mug"], context }],
                ["POST /catalog/product", { id: "mug", context, selected: [{ name: "a", label: "b" }] }],
            );
            const odd = fc.oneof(
                fc.constantFrom(
                    null,
                    "",
                    "\u0000",
                    "\ud800",
                    -1,
                    0,
                    1e21,
                    1.5,
                    [],
                    {},
                    [null],
                    { "": null },
                    "__proto__",
                ),
                fc.jsonValue(),
            );
            await fc.assert(
                fc.asyncProperty(asked, fc.nat(), odd, async ([route, body], place, value) => {
                    const changed = replacedIn(body, place, value);
                    const { status, json } = await platform.ask(route, changed);
                    const said = `${route} ${JSON.stringify(changed)} → ${status} ${JSON.stringify(json)}`;
                    expect(status, said).to.be.below(500);
                    if (status >= 400) expect(json, said).to.include.all.keys("code", "content");
                    if (status >= 300 || judge === undefined) return;
                    for (const schemas of schemasOfAnswer(name, route, json, offered))
                        expect(judge.composed(schemas, json), said).to.deep.equal([]);
                }),
                { numRuns: isProof ? 3000 : 200 },
            );
        });

        it("are refused for bodies that are nested beyond all measure, by every operation", async () => {
            const platform = of();
            const { id: cart_id } = (await ask(platform, "POST /carts", { line_items: lines("mug") })).json;
            const { id } = (await ask(platform, "POST /checkout-sessions", { line_items: lines("mug") })).json;
            const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
            const nested = (body: object) => `${JSON.stringify(body).slice(0, -1)},"deep":${deep}}`;
            for (const [route, body] of [
                ["POST /checkout-sessions", { line_items: lines("mug") }],
                ["POST /checkout-sessions", { cart_id, line_items: [] }],
                [`PUT /checkout-sessions/${id}`, { line_items: lines("mug") }],
                [`POST /checkout-sessions/${id}/complete`, paying()],
                ["POST /carts", { line_items: lines("mug") }],
                [`PUT /carts/${cart_id}`, { line_items: lines("mug") }],
                ["POST /catalog/search", { query: "mug" }],
                ["POST /catalog/lookup", { ids: ["mug"] }],
                ["POST /catalog/product", { id: "mug" }],
            ] as const) {
                const { status } = await platform.ask(route, nested(body));
                expect(status, route).to.be.below(500);
            }
        });

        it("are offered nothing that is not in common", async () => {
            const platform = of({ capabilities: ["dev.ucp.shopping.checkout"] });
            const { status, json } = await platform.ask("POST /carts", { line_items: lines("mug") });
            expect(status).to.equal(200);
            expect(json["messages"][0]).to.include({ code: "capabilities_incompatible" });
        });

        it("get errors of the protocol for paths, methods and bodies that there are not", async () => {
            const platform = of();
            for (const [route, body, status, code] of [
                ["POST /checkouts", {}, 404, "not_found"],
                ["DELETE /carts", {}, 405, "method_not_allowed"],
                ["POST /checkout-sessions", "{", 400, "invalid_request"],
                ["POST /checkout-sessions", { line_items: "mug" }, 400, "invalid_request"],
                ["POST /checkout-sessions", {}, 400, "invalid_request"],
            ] as const) {
                const answer = await platform.ask(route, body);
                expect(answer.status, route).to.equal(status);
                expect(answer.json["code"]).to.equal(code);
            }
            const { headers } = await platform.ask("DELETE /carts");
            expect(headers["allow"]).to.equal("POST");
        });
    });
}

const totalIn = (checkout: Record<string, unknown>) =>
    (checkout["totals"] as { type: string; amount: number }[]).find(({ type }) => type === "total")?.amount;

/** The body with another value at one of its places, which are counted from outside to inside. */
function replacedIn(body: unknown, place: number, value: unknown): unknown {
    const places: [object, string][] = [];
    const copy = structuredClone(body);
    const walk = (inside: unknown): void => {
        if (typeof inside !== "object" || inside === null) return;
        for (const [name, member] of Object.entries(inside)) {
            places.push([inside, name]);
            walk(member);
        }
    };
    walk(copy);
    const [at, name] = places[place % places.length] ?? [];
    if (at !== undefined && name !== undefined) Object.assign(at, { [name]: value });
    return copy;
}

const errorSchema = (version: string) =>
    version === "2026-04-08" ? "shopping/types/error_response.json" : "common/types/error_response.json";

/** The schemas that judge an answer of the status 2xx. */
function schemasOfAnswer(
    version: string,
    route: string,
    json: Record<string, unknown>,
    offered: readonly string[],
): string[][] {
    const { status } = json["ucp"] as { readonly status: string };
    if (status === "error") return [[errorSchema(version)]];
    if (route.includes("/checkout-sessions")) return [schemasOf(offered)];
    if (route.includes("/carts")) return [["shopping/cart.json"]];
    if (route.includes("/search")) return [["shopping/catalog_search.json#/$defs/search_response"]];
    if (route.includes("/lookup")) return [["shopping/catalog_lookup.json#/$defs/lookup_response"]];
    return [["shopping/catalog_lookup.json#/$defs/get_product_response"]];
}
