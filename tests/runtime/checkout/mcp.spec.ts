import { randomUUID } from "node:crypto";
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect } from "chai";
import type { Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { isJsonObject, type JsonObject } from "../../../runtime/shared/json.ts";
import { storedKeys } from "../../storedKeys.ts";
import { sessionFaults } from "../support/acpVersions.ts";
import type { Aws } from "../support/aws.ts";
import { expectSound, guide, jo, mug, payingWith, readyCart, sell, totalOf } from "../support/checkout.ts";
import { ask } from "../support/checkoutCallbacks.ts";
import { Database } from "../support/database.ts";
import { sanFrancisco } from "../support/market.ts";
import { fetchOf } from "../support/mcp.ts";
import { secretArn, started, startedAws, startedCallback } from "../support/started.ts";

const keys = storedKeys({
    agent: { key: "key-of-agent", scopes: ["checkout"] },
    reader: { key: "key-of-reader", scopes: ["orders:read"] },
    merchant: { key: "key-of-merchant", scopes: ["merchant"] },
    signer: { key: "key-of-signer", scopes: ["checkout"], signingSecret: "secret-of-signer" },
});
const secret = () => ({ ARN: secretArn("api-keys"), Name: "keys", SecretString: JSON.stringify(keys), VersionId: "1" });
const url = new URL("https://shop.example/mcp");
const meta = { api_version: "2026-04-17" };
const modern = "2026-07-28";
/** What a caller of tools does not send. */
const ofRest = /header|Idempotency-Key|API-Version/;

interface Asked {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string | undefined>>;
}

describe("the tools of the checkout", () => {
    const database = started(new Database(), (own) => sell(own, guide, mug));
    const aws = startedAws(database, (own: Aws) => own.answers("GetSecretValue", secret));
    const tools = startedCallback(aws, "checkoutSessions/mcp");
    const manager = startedCallback(aws, "checkoutSessions/manage");
    const lenient = startedCallback(aws, "checkoutSessions/mcp", {
        MCP: JSON.stringify({ defaultVersion: "2025-09-29", allowedOrigins: ["https://agent.example"] }),
    });

    /** A message by itself, as it goes over the wire. */
    async function sent(body: unknown, { method = "POST", headers = {} }: Asked = {}, callback = tools) {
        const all = {
            "content-type": "application/json",
            accept: "application/json, text/event-stream",
            authorization: "Bearer key-of-agent",
            ...headers,
        };
        const known = Object.entries(all).filter(([, value]) => value !== undefined) as [string, string][];
        const answer = await fetchOf(callback)(url, {
            method,
            headers: known,
            ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        });
        const text = await answer.text();
        return { status: answer.status, headers: answer.headers, json: text === "" ? undefined : JSON.parse(text) };
    }
    const rpc = (method: string, params: JsonObject = {}) => ({ jsonrpc: "2.0", id: 1, method, params });
    const called = async (name: string, args: JsonObject, callback = tools, headers = {}) =>
        (await sent(rpc("tools/call", { name, arguments: args }), { headers }, callback)).json;

    const authorized = { headers: { authorization: "Bearer key-of-agent" } };

    /** The official clients, in each way that they can speak. */
    const clients: Readonly<Record<string, () => Promise<Pick<Client, "callTool" | "listTools" | "close">>>> = {
        "the official client of the first generation": async () => {
            const client = new Client({ name: "judge", version: "1" });
            const fetch = fetchOf(tools);
            await client.connect(new StreamableHTTPClientTransport(url, { fetch, requestInit: authorized }) as never);
            return client;
        },
        "the official client of the second generation, as of 2025": async () => {
            const client = new ModernClient({ name: "judge", version: "1" });
            await client.connect(new ModernTransport(url, { fetch: fetchOf(tools), requestInit: authorized }));
            return client as never;
        },
        "the official client of the second generation, by itself": async () => {
            const client = new ModernClient({ name: "judge", version: "1" }, { versionNegotiation: { mode: "auto" } });
            await client.connect(new ModernTransport(url, { fetch: fetchOf(tools), requestInit: authorized }));
            expect(client.getNegotiatedProtocolVersion?.() ?? modern).to.equal(modern);
            return client as never;
        },
    };

    for (const [name, connect] of Object.entries(clients)) {
        it(`buy, called by ${name}`, async () => {
            const client = await connect();
            const { tools: listed } = await client.listTools();
            expect(listed.map((tool) => tool.name)).to.deep.equal([
                "create_checkout_session",
                "get_checkout_session",
                "update_checkout_session",
                "complete_checkout_session",
                "cancel_checkout_session",
                "search_products",
                "lookup_products",
            ]);
            const call = async (tool: string, args: JsonObject): Promise<Session> => {
                const { structuredContent, content, isError } = await client.callTool({ name: tool, arguments: args });
                expect(isError).to.equal(false);
                expect(JSON.parse((content as { text: string }[])[0]?.text ?? "")).to.deep.equal(structuredContent);
                return structuredContent as Session;
            };
            const { id } = await call("create_checkout_session", {
                meta,
                payload: { ...readyCart, line_items: [{ id: "mug", quantity: 2 }] },
            });
            const option = { type: "shipping", option_id: "shipping_standard", item_ids: ["mug"] };
            const selected = await call("update_checkout_session", {
                meta,
                id,
                payload: { selected_fulfillment_options: [option] },
            });
            expect(await call("get_checkout_session", { meta, id })).to.deep.equal(selected);
            const completed = await call("complete_checkout_session", { meta, id, payload: payingWith("spt_success") });
            expect(completed.status).to.equal("completed");
            await expectSound(database, id);

            const again = await client
                .callTool({
                    name: "complete_checkout_session",
                    arguments: { meta, id, payload: payingWith("spt_success") },
                })
                .then(
                    () => undefined,
                    (error: unknown) => error,
                );
            expect(again).to.include({ code: -32000 });
            expect((again as { data?: object }).data).to.include({ code: "session_completed" });
            await expectSound(database, id);
            await client.close();
        });
    }

    it("answer as the REST API does, but for ids and times", async () => {
        const byTool = (await called("create_checkout_session", { meta, payload: readyCart })).result.structuredContent;
        const { json: byRest } = await ask(manager, "POST /checkout_sessions", { body: readyCart });
        const { id: _, created_at: __, updated_at: ___, expires_at: ____, ...session } = byRest;
        expect(byTool).to.deep.include(session);

        const read = await called("get_checkout_session", { meta, id: byRest.id });
        expect(read.result.structuredContent).to.deep.equal(byRest);
    });

    it("speak older versions of ACP, by meta.api_version or by the merchant's default", async () => {
        const payload = { items: [{ id: "mug", quantity: 1 }], buyer: { ...jo, last_name: "Doe" } };
        for (const version of ["2025-09-29", "2026-01-16"] as const) {
            const { result } = await called("create_checkout_session", { meta: { api_version: version }, payload });
            expect(sessionFaults(version, result.structuredContent)).to.deep.equal([]);
        }
        const { result } = await called("create_checkout_session", { payload }, lenient);
        expect(sessionFaults("2025-09-29", result.structuredContent)).to.deep.equal([]);
    });

    it("tell problems of ACP as errors with the problem as data, and trouble of the purchase in the session", async () => {
        const args = { meta, id: "cs_none", payload: {} };
        const wrong: readonly (readonly [tool: string, args: JsonObject, code: string])[] = [
            ["get_checkout_session", args, "session_not_found"],
            ["create_checkout_session", { meta, payload: { ...readyCart, surprise: 1 } }, "invalid"],
            ["create_checkout_session", { payload: readyCart }, "missing_api_version"],
            [
                "create_checkout_session",
                { meta: { api_version: "2026-01-22" }, payload: readyCart },
                "unsupported_api_version",
            ],
            [
                "update_checkout_session",
                { ...args, meta: { ...meta, idempotency_key: "" } },
                "idempotency_key_required",
            ],
        ];
        for (const [tool, given, code] of wrong) {
            const { error } = await called(tool, given);
            expect(error, tool).to.include({ code: -32000 });
            expect(error.data).to.include({ type: "invalid_request", code });
            expect(error.message).to.equal(error.data.message).and.not.to.match(ofRest);
        }
        const { result } = await called("create_checkout_session", {
            meta,
            payload: { ...readyCart, line_items: [{ id: "mug", quantity: 9999 }] },
        });
        expect(result.isError).to.equal(false);
        expect(JSON.stringify(result.structuredContent.messages)).to.contain("quantity_exceeded");
    });

    it("do a call once by its key, also when REST sends it again", async () => {
        const key = randomUUID();
        const args = { meta: { ...meta, idempotency_key: key }, payload: readyCart };
        const first = await called("create_checkout_session", args);
        const again = await called("create_checkout_session", args);
        const rest = await ask(manager, "POST /checkout_sessions", { body: readyCart, key });
        expect(again.result.structuredContent).to.deep.equal(first.result.structuredContent);
        expect(rest.json.id).to.equal(first.result.structuredContent.id);
        const other = { ...readyCart, buyer: { email: "other@example.com" } };
        const conflict = (await called("create_checkout_session", { ...args, payload: other })).error;
        expect(conflict.data).to.include({ code: "idempotency_conflict" });
        expect(conflict.message).not.to.match(ofRest);
        expect(rest.headers).to.have.property("idempotent-replayed", "true");
    });

    it("are for callers with a key and the scope, whose secrets no log has", async () => {
        const create = rpc("tools/call", { name: "create_checkout_session", arguments: { meta, payload: readyCart } });
        for (const [authorization, status, code] of [
            [undefined, 401, "unauthorized"],
            ["Bearer guessed", 401, "unauthorized"],
            ["Bearer key-of-signer", 401, "invalid_signature"],
            ["Bearer key-of-reader", 403, "forbidden"],
        ] as const) {
            const answer = await sent(create, { headers: { authorization } });
            expect(answer.status).to.equal(status);
            expect(answer.headers.get("www-authenticate")).to.match(/^Bearer/);
            expect(answer.json.error.data).to.include({ code });
        }
        const merchant = { authorization: "Bearer key-of-merchant" };
        const { id } = (await called("create_checkout_session", { meta, payload: readyCart })).result.structuredContent;
        const read = await called("get_checkout_session", { meta, id }, tools, merchant);
        expect(read.result.structuredContent).to.include({ id });
        const { error } = await called("cancel_checkout_session", { meta, id }, tools, merchant);
        expect(error.data).to.include({ code: "forbidden" });

        await called("complete_checkout_session", { meta, id, payload: payingWith("spt_success_of_the_agent") });
        for (const private_ of ["spt_success_of_the_agent", "jo@example.com", "key-of-agent"]) {
            expect(tools.text()).not.to.contain(private_);
        }
    });

    it("are closed to browsers of other origins", async () => {
        const from = (origin: string) => ({ headers: { origin } });
        expect((await sent(rpc("ping"), from("https://evil.example"))).status).to.equal(403);
        expect((await sent(rpc("ping"), from("null"))).status).to.equal(403);
        expect((await sent(rpc("ping"), from("https://agent.example"), lenient)).status).to.equal(200);
    });

    describe("of the catalogue", () => {
        before(async () => {
            await sell(
                database,
                {
                    productId: "lamp-1",
                    name: "Reading lamp, café style",
                    price: 4900,
                    currency: "usd",
                    description: "Brass",
                },
                { productId: "lamp-2", name: "Floor lamp", price: 9900, currency: "usd", stock: 0 },
            );
            const hidden = { productId: "lamp-3", name: "Secret lamp", price: 1, currency: "usd", hidden: true };
            await database.put("products", hidden);
        });

        const ids = (answer: { result: { structuredContent: { products: { productId: string }[] } } }) =>
            answer.result.structuredContent.products.map(({ productId }) => productId).sort();

        it("find products by words, page by page, and never what is hidden", async () => {
            expect(ids(await called("search_products", { query: "lamp" }))).to.deep.equal(["lamp-1", "lamp-2"]);
            expect(ids(await called("search_products", { query: "LAMP brass cafe" }))).to.deep.equal(["lamp-1"]);
            expect(ids(await called("search_products", { query: "secret" }))).to.deep.equal([]);

            const found: string[] = [];
            let after: string | undefined;
            do {
                const page = await called("search_products", { limit: 1, ...(after && { after }) });
                found.push(...ids(page));
                after = page.result.structuredContent.next;
                expect(after).not.to.equal("lamp-3");
            } while (after !== undefined);
            expect(found.sort()).to.deep.equal(["guide", "lamp-1", "lamp-2", "mug"]);
        });

        it("return products by id, with price and availability", async () => {
            const { result } = await called("lookup_products", { ids: ["lamp-2", "none", "lamp-3", "mug", "mug"] });
            const [lamp, cup, ...others] = result.structuredContent.products;
            expect(lamp).to.deep.include({ productId: "lamp-2", availability: "out_of_stock", prices: { usd: 9900 } });
            expect(cup).to.include({ productId: "mug" });
            expect(others).to.deep.equal([]);
        });

        it("refuse arguments of another form", async () => {
            for (const [tool, args] of [
                ["lookup_products", { ids: [] }],
                ["lookup_products", { ids: "mug" }],
                ["lookup_products", {}],
                ["search_products", { limit: 0 }],
                ["search_products", { query: 7 }],
                ["search_products", { after: "a b" }],
            ] as const) {
                expect((await called(tool, args)).error, JSON.stringify(args)).to.include({ code: -32602 });
            }
        });
    });

    describe("as a server of MCP", () => {
        const headers = (over: Readonly<Record<string, string | undefined>> = {}) => ({
            headers: { "mcp-protocol-version": modern, "mcp-method": "server/discover", ...over },
        });
        const _meta = {
            "io.modelcontextprotocol/protocolVersion": modern,
            "io.modelcontextprotocol/clientCapabilities": {},
        };

        it("agrees on a version with clients that begin with initialize", async () => {
            for (const [wanted, agreed] of [
                ["2025-11-25", "2025-11-25"],
                ["2025-03-26", "2025-03-26"],
                ["2024-11-05", "2025-11-25"],
                [modern, "2025-11-25"],
            ]) {
                const { json } = await sent(rpc("initialize", { protocolVersion: wanted }));
                expect(json.result).to.deep.include({ protocolVersion: agreed, capabilities: { tools: {} } });
            }
            const notified = await sent({ jsonrpc: "2.0", method: "notifications/initialized" });
            expect(notified).to.deep.include({ status: 202, json: undefined });
            expect((await sent(rpc("ping"))).json).to.deep.equal({ jsonrpc: "2.0", id: 1, result: {} });
            expect((await sent(rpc("x/y"))).json.error).to.include({ code: -32601 });
        });

        it("answers clients of 2026-07-28, whose results are whole and say whose they are", async () => {
            const { status, json } = await sent(rpc("server/discover", { _meta }), headers());
            expect(status).to.equal(200);
            expect(json.result).to.deep.include({
                resultType: "complete",
                capabilities: { tools: {} },
                cacheScope: "public",
            });
            expect(json.result.supportedVersions[0]).to.equal(modern);
            expect(json.result._meta).to.have.property("io.modelcontextprotocol/serverInfo");
        });

        const wrong: Readonly<Record<string, readonly [body: unknown, asked: Asked, status: number, code: number]>> = {
            "a header that is not as the body": [rpc("tools/list", { _meta }), headers(), 400, -32020],
            "a missing header": [
                rpc("server/discover", { _meta }),
                headers({ "mcp-protocol-version": undefined }),
                400,
                -32020,
            ],
            "a tool that the header does not name": [
                rpc("tools/call", { _meta, name: "get_checkout_session", arguments: {} }),
                headers({ "mcp-method": "tools/call", "mcp-name": "other" }),
                400,
                -32020,
            ],
            "a version of the future": [
                rpc("server/discover", {
                    _meta: { ..._meta, "io.modelcontextprotocol/protocolVersion": "2030-01-01" },
                }),
                headers({ "mcp-protocol-version": "2030-01-01" }),
                400,
                -32022,
            ],
            "missing _meta": [rpc("server/discover"), headers(), 400, -32602],
            "missing capabilities": [
                rpc("server/discover", { _meta: { "io.modelcontextprotocol/protocolVersion": modern } }),
                headers(),
                400,
                -32602,
            ],
            "an unknown method": [rpc("x/y", { _meta }), headers({ "mcp-method": "x/y" }), 404, -32601],
            "ping, which is gone": [rpc("ping", { _meta }), headers({ "mcp-method": "ping" }), 404, -32601],
            "an unknown older version": [
                rpc("tools/list"),
                { headers: { "mcp-protocol-version": "2024-11-05" } },
                400,
                -32600,
            ],
            "a batch": [[rpc("ping")], {}, 400, -32600],
            "no JSON": ["{", {}, 400, -32700],
            "another JSON-RPC": [{ ...rpc("ping"), jsonrpc: "1.0" }, {}, 400, -32600],
            "an id of another type": [{ ...rpc("ping"), id: {} }, {}, 400, -32600],
            "no object": ["7", {}, 400, -32600],
            "an unknown tool": [rpc("tools/call", { name: "buy_everything" }), {}, 200, -32602],
            "a missing id": [rpc("tools/call", { name: "get_checkout_session", arguments: { meta } }), {}, 200, -32602],
            "arguments that are a list": [
                rpc("tools/call", { name: "search_products", arguments: [] }),
                {},
                200,
                -32602,
            ],
            "another content type": [rpc("ping"), { headers: { "content-type": "text/plain" } }, 415, -32600],
            "answers as events alone": [rpc("ping"), { headers: { accept: "text/event-stream" } }, 406, -32600],
            "a large body": [`"${"x".repeat(300_000)}"`, {}, 413, -32600],
        };
        for (const [what, [body, asked, status, code]] of Object.entries(wrong)) {
            it(`refuses ${what} with ${status} and ${code}`, async () => {
                const answer = await sent(body, asked);
                expect({ status: answer.status, code: answer.json?.error?.code }).to.deep.equal({ status, code });
            });
        }

        it("has no stream and no sessions: other methods are not allowed", async () => {
            for (const method of ["GET", "DELETE", "PUT"]) {
                const answer = await sent(undefined, { method });
                expect(answer.status).to.equal(405);
                expect(answer.headers.get("allow")).to.equal("POST");
            }
        });

        it("survives arguments that are nested 10,000 levels deep", async () => {
            const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
            for (const version of ["2026-04-17", "2025-09-29"]) {
                const args = `{"meta":{"api_version":"${version}"},"id":"cs_1","payload":${deep}}`;
                const params = `{"name":"update_checkout_session","arguments":${args}}`;
                const { status, json } = await sent(
                    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`,
                );
                expect(status).to.equal(200);
                expect(json.error.data).to.include({ code: "invalid" });
            }
        });

        it("lists tools whose schemas are small and say what they need", async () => {
            const { json } = await sent(rpc("tools/list"));
            expect(JSON.stringify(json.result.tools).length).to.be.lessThan(6000);
            const complete = json.result.tools.find(
                ({ name }: { name: string }) => name === "complete_checkout_session",
            );
            expect(complete.inputSchema.required).to.deep.equal(["meta", "id", "payload"]);
            expect(complete.annotations).to.include({ destructiveHint: true, idempotentHint: false });
            for (const tool of json.result.tools) expect(isJsonObject(tool.outputSchema)).to.equal(false);
        });
    });

    it("and other doors, at once on one session, write versions without a gap and charge once", async () => {
        const { json: session } = await ask(manager, "POST /checkout_sessions", {
            body: { ...readyCart, line_items: [{ id: "mug", quantity: 1 }] },
        });
        const id = session.id ?? "";
        const option = { type: "shipping", option_id: "shipping_standard", item_ids: ["mug"] };
        await called("update_checkout_session", { meta, id, payload: { selected_fulfillment_options: [option] } });

        const quantities = [1, 2, 3, 4];
        await Promise.all(
            quantities.flatMap((quantity) => [
                called("update_checkout_session", { meta, id, payload: { line_items: [{ id: "mug", quantity }] } }),
                called("update_checkout_session", {
                    meta: { api_version: "2025-09-29" },
                    id,
                    payload: { items: [{ id: "mug", quantity }], fulfillment_address: sanFrancisco },
                }),
                ask(manager, "POST /checkout_sessions/{id}", { id, body: { line_items: [{ id: "mug", quantity }] } }),
            ]),
        );
        await expectSound(database, id);
        const token = { token: "spt_success", provider: "stripe" };
        await Promise.all([
            ...quantities.map(() =>
                called("complete_checkout_session", { meta, id, payload: payingWith("spt_success") }),
            ),
            ...quantities.map(() =>
                called("complete_checkout_session", {
                    meta: { api_version: "2025-09-29" },
                    id,
                    payload: { payment_data: token },
                }),
            ),
        ]);
        const { taken, last } = await expectSound(database, id);
        expect(last?.session.status).to.equal("completed");
        expect(taken).to.have.length(1);
        expect(taken[0]?.amount).to.equal(totalOf(last?.session ?? { totals: [] }));
    });
});
