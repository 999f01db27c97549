import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { scopes } from "../../spec/generated/scopes.ts";
import { documentedRoutes } from "../../tools/generate.ts";
import { storedKeys } from "../storedKeys.ts";
import { ask } from "./client.ts";
import { Embedded, endAll, eventually } from "./embedded.ts";
import { Agent, cart } from "./shopping.ts";

const keyOf = (scope: string) => `key-of-${scope}`;
/** What is open whatever a stack asks for. */
const openToAll = ["GET /.well-known/acp.json", "GET /health"];
const isCheckout = (route: string) => route.includes("/checkout_sessions");

/** A request of a route, for things that there are not, by both means to show a key. */
async function call({ url }: Embedded, route: string, key?: string) {
    const [method = "", path = ""] = route.split(" ");
    const answer = await ask(url + path.replace(/\{\w+\+?\}/g, "none"), {
        method,
        headers: {
            "content-type": "application/json",
            "api-version": "2026-04-17",
            "idempotency-key": randomUUID(),
            ...(key !== undefined && { authorization: `Bearer ${key}`, "x-api-key": key }),
        },
        ...(method !== "GET" && { body: "{}" }),
    });
    const text = await answer.text();
    const type = answer.headers.get("content-type") ?? "";
    return { status: answer.status, type, headers: answer.headers, json: text === "" ? {} : JSON.parse(text) };
}

describe("clients and their scopes", () => {
    let embedded: Embedded;
    const routes = documentedRoutes();

    after(endAll);

    describe("where API keys are asked for", () => {
        before(async () => {
            embedded = await Embedded.start({ args: ["--stack", "prod"] });
            const clients = scopes.map((scope) => [`only-${scope}`, { key: keyOf(scope), scopes: [scope] }]);
            const nothing = { key: "key-of-nothing", scopes: [] };
            await embedded.giveOutKeys(
                storedKeys({ local: "local-key", nothing, ...Object.fromEntries(clients), plain: "key-of-plain" }),
            );
            // Callbacks look for keys that they do not know at most once a second.
            await eventually(async () => {
                for (const route of ["GET /checkout_sessions/{id}", "POST /checkout_sessions/{id}/complete"]) {
                    expect((await call(embedded, route, keyOf("checkout"))).status).to.be.oneOf([400, 404]);
                }
                expect((await call(embedded, "GET /webhook_endpoints", keyOf("webhooks"))).status).to.equal(200);
            });
        });
        after(() => embedded.stop());

        for (const { route, scopes: needed } of routes.filter((one) => one.scopes.length > 0)) {
            it(`${route} is for ${needed.join(" or ")} alone`, async () => {
                for (const scope of [...scopes, "nothing"]) {
                    const { status, type, headers, json } = await call(embedded, route, keyOf(scope));
                    if (needed.some((one) => one === scope)) {
                        expect(status, `${scope}: ${JSON.stringify(json)}`).to.be.oneOf([
                            200, 202, 204, 400, 404, 405, 422,
                        ]);
                        continue;
                    }
                    expect(status, scope).to.equal(403);
                    if (isCheckout(route)) {
                        expect(json).to.deep.include({ type: "invalid_request", code: "forbidden" });
                        expect(headers.get("www-authenticate")).to.include('error="insufficient_scope"');
                    } else {
                        expect(type).to.equal("application/problem+json");
                        expect(json).to.include({ type: "about:blank", title: "Forbidden", status: 403 });
                        expect(json.detail).to.include(needed.join(" or "));
                    }
                }
            });
        }

        it("an unknown path under the checkout needs the scope checkout", async () => {
            for (const route of ["PUT /checkout_sessions", "GET /checkout_sessions/x/y/z"]) {
                for (const scope of [...scopes, "nothing"]) {
                    const { status } = await call(embedded, route, keyOf(scope));
                    if (scope === "checkout") expect(status).to.be.oneOf([404, 405]);
                    else expect(status, `${route} with ${scope}`).to.equal(403);
                }
            }
        });

        it("only the routes that the documents open to all are open without a key or with an unknown one", async () => {
            const open: string[] = [];
            for (const { route } of routes) {
                const statuses = [await call(embedded, route), await call(embedded, route, "unknown")].map(
                    ({ status }) => status,
                );
                if (statuses.some((status) => status !== 401 && status !== 403)) open.push(route);
            }
            expect(open).to.have.members(openToAll);
        });

        it("an agent's key reads no order, places none and publishes nothing", async () => {
            const order = { orderId: "12345", customer: "John Doe", items: ["Widget A"], total: 99.99 };
            expect((await embedded.post(order, { "x-api-key": "local-key" })).status).to.equal(202);
            const read = (key: string) => ask(`${embedded.url}/orders/12345`, { headers: { "x-api-key": key } });
            await eventually(async () => expect((await read("local-key")).status).to.equal(200));

            const answer = await read(keyOf("checkout"));
            expect(answer.status).to.equal(403);
            expect(await answer.text()).not.to.include("John Doe");
            expect(
                (await embedded.post({ ...order, orderId: "1" }, { "x-api-key": keyOf("checkout") })).status,
            ).to.equal(403);
            // The service desk does.
            for (const scope of ["orders:read", "merchant"]) expect((await read(keyOf(scope))).status).to.equal(200);
        });

        it("a merchant's key reads every session and its history, and changes none", async () => {
            const { session } = await new Agent(embedded.url, keyOf("checkout")).create(cart);
            const as = (key: string) => new Agent(embedded.url, key);
            expect((await as(keyOf("merchant")).get(session.id)).session).to.include({ id: session.id });
            const path = `/checkout_sessions/${session.id}`;
            for (const route of [`GET ${path}/versions`, `GET ${path}/versions/1`]) {
                expect((await call(embedded, route, keyOf("merchant"))).status, route).to.equal(200);
            }
            for (const route of [`POST ${path}`, `POST ${path}/cancel`, `POST ${path}/complete`]) {
                expect((await call(embedded, route, keyOf("merchant"))).status, route).to.equal(403);
            }
        });

        it("local-key has every scope", async () => {
            for (const { route } of routes) {
                expect((await call(embedded, route, "local-key")).status, route).not.to.be.oneOf([401, 403]);
            }
        });
    });

    describe("where the order API needs no key", () => {
        before(async () => {
            embedded = await Embedded.start();
        });
        after(() => embedded.stop());

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
            for (const { route } of routes) {
                const { status } = await call(embedded, route);
                if (status !== 401 && status !== 403) open.push(route);
            }
            expect(open).to.have.members([
                ...openToAll,
                ...routes.filter(({ isOptional }) => isOptional).map(({ route }) => route),
            ]);
        });
    });
});
