import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { JsonObject } from "../../../runtime/shared/json.ts";
import { judge, ours, theirs } from "../../protocol.ts";
import { storedKeys } from "../../storedKeys.ts";
import type { Aws } from "../support/aws.ts";
import { guide, jo, mug, sell } from "../support/checkout.ts";
import { ask, type CallbackAsking } from "../support/checkoutCallbacks.ts";
import { Database } from "../support/database.ts";
import { merchant } from "../support/market.ts";
import { secretArn, started, startedAws, startedCallback } from "../support/started.ts";

const keys = storedKeys({
    agent: { key: "key-of-agent", scopes: ["checkout"] },
    other: { key: "key-of-other", scopes: ["checkout"] },
});
const secret = () => ({ ARN: secretArn("api-keys"), Name: "keys", SecretString: JSON.stringify(keys), VersionId: "1" });
const create = "POST /carts";
const read = "GET /carts/{id}";
const replace = "PUT /carts/{id}";
const cancel = "POST /carts/{id}/cancel";

/** By ACP's schema of carts, whose lines, totals and messages are those of sessions. */
const cartSchema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../acp/2026-04-17/schema.cart.json"), "utf8").replaceAll(
        "schema.agentic_checkout.json#",
        "#",
    ),
);
const sessions = Object.keys(theirs).length > 0 ? theirs : ours;
const faultsOf = judge({ ...sessions, ...cartSchema.$defs });

describe("the carts of agents", () => {
    const database = started(new Database(), (own) =>
        sell(own, guide, mug, { ...mug, productId: "cup", name: "Cup", stock: 2 }),
    );
    const aws = startedAws(database, (own: Aws) => own.answers("GetSecretValue", secret));
    const keeper = startedCallback(aws, "checkoutSessions/carts");
    const withPage = startedCallback(aws, "checkoutSessions/carts", {
        MERCHANT: JSON.stringify({ ...merchant, cartPage: "https://shop.example/cart?items={items}" }),
    });

    async function asked(route: string, asking: CallbackAsking = {}, callback = keeper) {
        const answer = await ask(callback, route, asking);
        // A cart, or an error.
        const json = answer.json as unknown as JsonObject & { id: string; code?: string; totals: JsonObject[] };
        if (answer.status < 300) expect(faultsOf("Cart", json)).to.deep.equal([]);
        return { ...answer, json };
    }
    const lines = (quantity = 2, id = "mug") => ({ line_items: [{ id, quantity }] });
    const created = async (body: object = lines()) => (await asked(create, { body })).json.id;
    const amounts = (totals: readonly JsonObject[]) => totals.map(({ type, amount }) => [type, amount]);

    it("have prices, and neither tax nor delivery", async () => {
        const { status, json } = await asked(create, { body: { ...lines(), buyer: jo, locale: "en-US" } });
        expect(status).to.equal(201);
        expect(json.id).to.match(/^cart_[0-9a-f-]{36}$/);
        expect(json).to.deep.include({ buyer: jo, currency: "usd" });
        expect(amounts(json.totals)).to.deep.equal([
            ["items_base_amount", 2000],
            ["subtotal", 2000],
            ["total", 2000],
        ]);
        expect(json).not.to.have.property("continue_url");
        expect((await asked(read, { id: json.id })).json).to.deep.equal(json);
    });

    it("have prices of now when they are read", async () => {
        await sell(database, { ...guide, productId: "print", price: 700 });
        const id = await created(lines(1, "print"));
        await sell(database, { ...guide, productId: "print", price: 900 });
        expect(amounts((await asked(read, { id })).json.totals)).to.deep.include(["total", 900]);
    });

    it("are replaced as a whole: a buyer that is left out is gone, and lines keep their ids", async () => {
        const id = await created({ ...lines(), buyer: jo });
        const body = { line_items: [{ id: "guide" }, { id: "mug", quantity: 3 }] };
        const { status, json } = await asked(replace, { id, body, headers: { "idempotency-key": undefined as never } });
        expect(status).to.equal(200);
        expect(json).not.to.have.property("buyer");
        const shown = json["line_items"] as { id: string; quantity: number }[];
        expect(shown.map(({ id: line, quantity }) => [line, quantity])).to.deep.equal([
            ["li_2", 1],
            ["li_1", 3],
        ]);
    });

    it("have items that cannot be had, with messages; unknown ones are refused", async () => {
        const { status, json } = await asked(create, { body: lines(9, "cup") });
        expect(status).to.equal(201);
        expect(JSON.stringify(json["messages"])).to.contain("quantity_exceeded");
        const refused = await asked(create, { body: { line_items: [{ id: "mug" }, { id: "unicorn" }] } });
        expect(refused).to.deep.include({ status: 400 });
        expect(refused.json).to.include({ code: "invalid_item_id", param: "$.line_items[1].id" });
        expect((await asked(create, { body: { line_items: [] } })).status).to.equal(400);
        expect((await asked(create, { body: { ...lines(), currency: "usd" } })).json).to.include({
            param: "$.currency",
        });
        const many = (count: number) => ({ line_items: Array.from({ length: count }, () => ({ id: "mug" })) });
        expect((await asked(create, { body: many(85) })).status).to.equal(201);
        expect((await asked(create, { body: many(86) })).status).to.equal(400);
    });

    it("are canceled once, and then there is none", async () => {
        const id = await created();
        const before = (await asked(read, { id })).json;
        const key = randomUUID();
        const first = await asked(cancel, { id, key });
        expect(first).to.deep.include({ status: 200, json: before });
        expect(await asked(cancel, { id, key })).to.deep.include({ status: 200, json: before });
        for (const [route, body] of [[cancel], [read], [replace, lines()]] as const) {
            const { status, json } = await asked(route, { id, ...(body && { body }) });
            expect(`${status} ${json.code}`, route).to.equal("404 cart_not_found");
        }
    });

    it("belong to one client, and expire", async () => {
        const id = await created();
        const headers = { authorization: "Bearer key-of-other" };
        expect((await asked(read, { id, headers })).status).to.equal(404);
        expect((await asked(replace, { id, headers, body: lines() })).status).to.equal(404);
        expect((await asked(read, { id: "cart_none" })).status).to.equal(404);

        const item = (await database.get("carts", { id })) ?? expect.fail("there is no item");
        const cart = { ...JSON.parse(String(item["cart"])), expiresAt: "2026-01-01T00:00:00.000Z" };
        await database.put("carts", { ...item, cart: JSON.stringify(cart) });
        expect((await asked(read, { id })).status).to.equal(404);
    });

    it("are made once by one key, and a key with another body is refused", async () => {
        const key = randomUUID();
        const first = await asked(create, { body: lines(), key });
        const again = await asked(create, { body: lines(), key });
        expect(again.json).to.deep.equal(first.json);
        expect(again.headers).to.have.property("idempotent-replayed", "true");
        expect(again.status).to.equal(201);
        expect((await asked(create, { body: lines(3), key })).json.code).to.equal("idempotency_conflict");
        const keyless = { body: lines(), headers: { "idempotency-key": undefined as never } };
        expect((await asked(create, keyless)).json.code).to.equal("idempotency_key_required");
    });

    it("are one of two replacements that come at once, never a mix", async () => {
        const id = await created();
        const bodies = [1, 2, 3, 4].map((quantity) => ({
            line_items: [
                { id: "mug", quantity },
                { id: "guide", quantity },
            ],
        }));
        await Promise.all(bodies.map((body) => asked(replace, { id, body })));
        const shown = (await asked(read, { id })).json["line_items"] as { quantity: number }[];
        expect(new Set(shown.map(({ quantity }) => quantity)).size).to.equal(1);
        expect(await database.get("carts", { id })).to.include({ version: 5 });
    });

    it("lead to the shop's page where there is one", async () => {
        const body = { line_items: [{ id: "mug", quantity: 2 }, { id: "guide" }] };
        const { json } = await asked(create, { body }, withPage);
        expect(json).to.include({ continue_url: "https://shop.example/cart?items=mug:2,guide:1" });
    });

    it("exist since ACP 2026-04-17, and by these methods", async () => {
        const { status, json } = await asked(create, { body: lines(), headers: { "api-version": "2026-01-30" } });
        expect(status).to.equal(400);
        expect(json).to.deep.include({ code: "unsupported_api_version", supported_versions: ["2026-04-17"] });
        const other = await ask(keeper, "ANY /carts/{proxy+}", { path: { proxy: "cart_1" } });
        expect(other).to.deep.include({ status: 405 });
        expect(other.headers).to.have.property("allow", "GET, PUT");
    });
});
