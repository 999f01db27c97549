import { expect } from "chai";
import { scopes } from "../../spec/generated/scopes.ts";
import { documentedRoutes } from "../../tools/generate.ts";
import { storedKeys } from "../storedKeys.ts";
import { ask, callRoute, openToAll } from "./client.ts";
import { Embedded, endAll, eventually, run } from "./embedded.ts";
import { Agent, cart } from "./shopping.ts";

const keyOf = (scope: string) => `key-of-${scope}`;
const isCheckout = (route: string) => /\/(checkout_sessions|carts|mcp)\b/.test(route);

describe("clients of the stack prod and their scopes", () => {
    let embedded: Embedded;
    // The stack has neither platforms of UCP nor feeds.
    const isServed = (route: string) => !/\/(ucp|feeds)\b/.test(route);
    const routes = documentedRoutes().filter(({ route }) => isServed(route));

    before(async () => {
        embedded = await Embedded.start({ args: ["--stack", "prod"] });
    });
    after(async () => {
        await embedded.stop();
        await endAll();
    });

    it("need a key, of which nothing is logged; commands and the smoke test work there, too", async () => {
        expect(embedded.output).to.match(/on AWS, but not provisioned here: .*MetricAlarm/);
        const order = { customer: "Ada", items: ["Widget A"], total: 1 };
        expect((await embedded.post(order)).status).to.equal(401);
        expect((await embedded.post(order, { "x-api-key": "guessed" })).status).to.equal(403);
        expect((await embedded.post(order, { "x-api-key": "local-key" })).status).to.equal(202);
        expect(embedded.output).not.to.include("local-key");

        const { port } = new URL(embedded.awsUrl);
        const look = (script: string, ...args: string[]) => run(script, args, { LOCAL_AWS_PORT: port });
        for (const script of ["keys", "dlq", "audit"]) {
            expect(await look(script), script).to.include({ code: 0, errors: "" });
        }
        expect((await look("dlq")).output).to.match(/^prod in /);
        const smoke = await run("smoke", [embedded.url]);
        expect(smoke.output).to.include("name another by --receiver").and.not.to.include("failed ");
        expect(smoke.code).to.equal(0);
    });

    describe("with a key for each scope", () => {
        before(async () => {
            const clients = scopes.map((scope) => [`only-${scope}`, { key: keyOf(scope), scopes: [scope] }]);
            const nothing = { key: "key-of-nothing", scopes: [] };
            await embedded.giveOutKeys(
                storedKeys({ local: "local-key", nothing, ...Object.fromEntries(clients), plain: "key-of-plain" }),
            );
            // Callbacks look for keys that they do not know at most once a second.
            await eventually(async () => {
                for (const route of ["GET /checkout_sessions/{id}", "POST /checkout_sessions/{id}/complete"]) {
                    expect((await callRoute(embedded, route, keyOf("checkout"))).status).to.be.oneOf([400, 404]);
                }
                expect((await callRoute(embedded, "GET /webhook_endpoints", keyOf("webhooks"))).status).to.equal(200);
            });
        });

        for (const { route, scopes: needed } of routes.filter((one) => one.scopes.length > 0)) {
            it(`${route} is for ${needed.join(" or ")} alone`, async () => {
                for (const scope of [...scopes, "nothing"]) {
                    const { status, type, headers, json } = await callRoute(embedded, route, keyOf(scope));
                    if (needed.some((one) => one === scope)) {
                        expect(status, `${scope}: ${JSON.stringify(json)}`).to.be.oneOf([
                            200, 201, 202, 204, 400, 404, 405, 422,
                        ]);
                        continue;
                    }
                    expect(status, scope).to.equal(403);
                    if (isCheckout(route)) {
                        expect(json.error?.data ?? json).to.deep.include({
                            type: "invalid_request",
                            code: "forbidden",
                        });
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
                    const { status } = await callRoute(embedded, route, keyOf(scope));
                    if (scope === "checkout") expect(status).to.be.oneOf([404, 405]);
                    else expect(status, `${route} with ${scope}`).to.equal(403);
                }
            }
        });

        it("only the routes that the documents open to all are open without a key or with an unknown one", async () => {
            const open: string[] = [];
            for (const { route } of routes) {
                const statuses = [await callRoute(embedded, route), await callRoute(embedded, route, "unknown")].map(
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
                expect((await callRoute(embedded, route, keyOf("merchant"))).status, route).to.equal(200);
            }
            for (const route of [`POST ${path}`, `POST ${path}/cancel`, `POST ${path}/complete`]) {
                expect((await callRoute(embedded, route, keyOf("merchant"))).status, route).to.equal(403);
            }
        });

        it("local-key has every scope", async () => {
            for (const { route } of routes) {
                expect((await callRoute(embedded, route, "local-key")).status, route).not.to.be.oneOf([401, 403]);
            }
        });
    });
});
