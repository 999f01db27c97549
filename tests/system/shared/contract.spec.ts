import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { documentedRoutes } from "../../../tools/generate.ts";
import { isProof } from "../../proof.ts";
import { ask, callRoute, faultsIn, openToAll, operations, withoutKeys } from "../client.ts";
import { effectsIn } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { profileUrl } from "../platform.ts";
import { shop } from "./cloud.ts";

/** Text that an order may hold: something to read, no control characters, no half characters. */
const text = (maxLength: number) =>
    fc
        .string({ unit: "grapheme", minLength: 1, maxLength })
        .filter(
            (value) =>
                value.length <= maxLength &&
                value.isWellFormed() &&
                !/[\p{Cc}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u.test(value) &&
                /[\p{L}\p{N}\p{P}\p{S}]/u.test(value) &&
                value.trim() === value,
        );

const email = fc.constantFrom("ada@example.com", "o.brien+orders@shop.example", "x@y.zz");
const metadataKey = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_.:-]{1,12}$/).filter((key) => key !== "__proto__" && key !== "constructor"),
    fc.constantFrom("toString", "hasOwnProperty", "toJSON", "then", "length", "S", "N", "M"),
);
const quantity = fc.integer({ min: 1, max: 10_000 });
const runs = isProof ? 400 : 60;
const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100);

const item = fc.record({ productName: text(40), quantity }, { requiredKeys: ["productName", "quantity"] });
const general = fc.record(
    {
        customer: fc.oneof(text(60), fc.record({ name: text(40), email }, { requiredKeys: ["email"] })),
        items: fc.array(fc.oneof(text(40), item), { minLength: 1, maxLength: 8 }),
        total: amount,
        currency: fc.constantFrom("USD", "EUR", "CHF"),
        metadata: fc.dictionary(metadataKey, fc.oneof(text(20), fc.boolean(), fc.integer()), {
            maxKeys: 4,
        }),
    },
    { requiredKeys: ["customer", "items", "total"] },
);
const single = fc.record({
    productId: fc.stringMatching(/^[0-9]{3,8}$/),
    productName: text(40),
    quantity,
    customerEmail: email,
});
const good = fc.oneof(general, single);

/** What breaks a good body of either form. */
const truncated = (body: Record<string, unknown>) => JSON.stringify(body).slice(0, -1);
const faults: readonly ((body: Record<string, unknown>) => unknown)[] = [
    (body) => ({ ...body, surplus: 1 }),
    (body) => ({ ...body, orderId: 7 }),
    (body) => ({ ...body, orderId: "" }),
    (body) => ({ ...body, orderId: "../../etc" }),
    (body) => ({ ...body, total: "99.99", quantity: "2" }),
    (body) => ({ ...body, total: -1, quantity: -1 }),
    (body) => ({ ...body, total: null, quantity: null }),
    (body) => ({ ...body, items: [], productName: "" }),
    (body) => ({ ...body, items: [{ productName: "A", quantity: 0.5 }], quantity: 0.5 }),
    (body) => ({ ...body, customer: {}, customerEmail: "unknown" }),
    (body) => ({ ...body, metadata: { constructor: "x" } }),
    (body) => ({ ...body, metadata: { "a b": "x" } }),
    (body) => ({ ...body, customer: "\u0000", productName: "\ud800" }),
    (body) => [body],
    truncated,
    () => null,
    () => "order",
    () => 1e21,
];

const unparsable = faults.indexOf(truncated);

describe("the API", () => {
    let embedded: Embedded;

    before(async function () {
        embedded = await shop.open(this);
    });

    const formed = operations.flatMap(({ method, path, parameters }) =>
        parameters
            .filter(({ in: place, schema }) => place === "header" && (schema.pattern ?? schema.enum) !== undefined)
            .map((parameter) => ({ method, path, parameter })),
    );
    for (const { method, path, parameter } of formed) {
        const { name, description = "", schema } = parameter;
        const isReplaced = /\bis\s+replaced\b/.test(description);
        it(`${isReplaced ? "replaces" : "refuses"} a ${name} of another form at ${method} ${path}`, async () => {
            const valid = {
                "content-type": "application/json",
                authorization: "Bearer local-key",
                "x-api-key": "local-key",
                "api-version": "2026-04-17",
                "idempotency-key": randomUUID(),
                "ucp-agent": `profile="${profileUrl}"`,
            };
            const where = path.replace("{version}", "2026-04-08").replaceAll(/\{\w+\}/g, "none");
            const answer = await ask(embedded.url + where, {
                method,
                headers: { ...valid, [name.toLowerCase()]: "ä".repeat(300) },
                ...(method !== "GET" && { body: "{}" }),
            });

            if (isReplaced) expect(answer.headers.get(name)).to.match(new RegExp(schema.pattern ?? "$^"));
            else expect([answer.status, await answer.text()].join(" ")).to.match(new RegExp(`^400 .*\\b${name}\\b`));
        });
    }

    it("is compared with its documents: status, content type, body and headers", () => {
        const faultsOf = (status: number, headers: Record<string, string>, body: unknown = {}) =>
            faultsIn("GET", "/health", new Response(null, { status, headers }), JSON.stringify(body)).join();
        const json = { "content-type": "application/json" };

        expect(faultsOf(200, json, { status: "healthy" })).to.equal("");
        expect(faultsOf(418, json)).to.contain("no status 418");
        expect(faultsOf(200, { "content-type": "text/plain" })).to.contain("no content type text/plain");
        expect(faultsOf(200, json, { status: "ill" })).to.contain("/status must be");
        expect(faultsOf(200, { ...json, etag: "1" }, { status: "healthy" })).to.contain("no header etag");
        expect(faultsOf(200, { ...json, "cache-control": "public" }, { status: "healthy" })).to.contain(
            "Cache-Control",
        );
        expect(faultsIn("GET", "/elsewhere", new Response("{}"), "{}")).to.have.length(1);
    });

    it("is called by system tests only through the client that compares answers with the documents", () => {
        const folder = join(import.meta.dirname, "..");
        const asking = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
            (file) => file.endsWith(".ts") && /\b[f]etch\(/.test(readFileSync(join(folder, file), "utf8")),
        );
        expect(asking).to.deep.equal(["client.ts"]);
    });

    it("a website that a person on this machine visits reads no view, and a key reaches nothing but objects", async () => {
        for (const path of ["_local/trace", "_local/doubles/segment"]) {
            const headers = { origin: "https://shop.example.com" };
            expect((await ask(`${embedded.url}/${path}`, { headers })).status, path).to.equal(403);
        }
        const health = await ask(`${embedded.url}/health`, { headers: { origin: "http://localhost:3000" } });
        expect(health.headers.get("access-control-allow-origin")).to.equal("*");
        const leaving = encodeURIComponent("../../_fauxqs/queues/orders-queue-dev");
        expect((await ask(`${embedded.url}/_local/objects?key=${leaving}`)).status).to.equal(400);
    });

    it("orders and messages are open, too, as the documents say, and nothing else", async () => {
        const open: string[] = [];
        for (const { route } of documentedRoutes()) {
            const { status } = await callRoute(embedded, route);
            if (status !== 401 && status !== 403) open.push(route);
        }
        expect(open).to.have.members([
            ...openToAll,
            ...documentedRoutes()
                .filter(({ route, isOptional }) => isOptional || withoutKeys.test(route))
                .map(({ route }) => route),
        ]);
    });

    it("takes every good order, refuses every bad one with a 4xx, and stores exactly the good ones", async () => {
        const accepted = new Map<string, unknown>();
        const refused: string[] = [];
        let number = 0;
        await fc.assert(
            fc.asyncProperty(good, fc.option(fc.nat(faults.length - 1), { freq: 2 }), async (body, fault) => {
                const orderId = `contract-${number++}`;
                const whole = { orderId, ...body };
                if (fault === null) {
                    const answer = await embedded.post(whole);
                    expect(answer.status, JSON.stringify(whole)).to.equal(202);
                    accepted.set(orderId, whole);
                    return;
                }
                const broken = faults[fault]?.(whole);
                const answer = await embedded.post(
                    typeof broken === "string" && fault === unparsable ? broken : JSON.stringify(broken),
                );
                expect(answer.status, JSON.stringify(broken)).to.be.within(400, 422);
                const problem = (await answer.json()) as { errors?: { pointer: string }[] };
                expect(problem.errors?.[0]?.pointer, JSON.stringify(problem)).to.be.a("string");
                refused.push(orderId);
            }),
            { numRuns: runs },
        );
        expect(accepted.size).to.be.greaterThan(runs / 8);
        expect(refused.length).to.be.greaterThan(runs / 8);
        await eventually(async () => {
            const { orders } = await effectsIn(embedded);
            expect(
                [...accepted.keys()].filter((id) => !orders.has(id)),
                "lost",
            ).to.deep.equal([]);
            for (const [id, body] of accepted) expect(orders.get(id)).to.deep.include(body);
            expect(
                refused.filter((id) => orders.has(id)),
                "stored although refused",
            ).to.deep.equal([]);
            const stored = [...orders.keys()].filter((id) => id.startsWith("contract-"));
            expect(stored).to.have.length(accepted.size);
        });
    });
});
