import { randomUUID } from "node:crypto";
import { CartStore } from "../../../runtime/checkoutSessions/carts/cartStore.ts";
import { mcpAnswer } from "../../../runtime/checkoutSessions/mcp/server.ts";
import { shownCatalog } from "../../../runtime/checkoutSessions/products/shownCatalog.ts";
import { SessionStore } from "../../../runtime/checkoutSessions/session/store.ts";
import { completing } from "../../../runtime/checkoutSessions/ucp/complete.ts";
import { restAnswer } from "../../../runtime/checkoutSessions/ucp/rest.ts";
import { serveFor } from "../../../runtime/checkoutSessions/ucp/serve.ts";
import type { Telling } from "../../../runtime/checkoutSessions/ucp/telling.ts";
import { ucpTools } from "../../../runtime/checkoutSessions/ucp/tools.ts";
import { ucpVersions } from "../../../runtime/checkoutSessions/ucp/versions.ts";
import type { HttpRequest } from "../../../runtime/shared/http.ts";
import { Checkout, silent } from "./checkout.ts";
import type { Database } from "./database.ts";
import { type HttpAnswer, httpRequest } from "./events.ts";
import { tellingTo } from "./ucp.ts";

/** What a platform gets; of any operation. */
export interface PlatformAnswer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly json: Told;
}

// Answers of all operations; a test looks at what it asked for.
// biome-ignore lint/suspicious/noExplicitAny: the schemas of the protocol judge the shapes.
type Told = Record<string, any>;

interface PlatformAsking {
    readonly key?: string | null;
    readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A platform whose requests are let in, at the merchant of `market.ts` with a database. */
export class Platform {
    readonly #api: Parameters<typeof restAnswer>[0];
    readonly #telling: Telling;

    constructor(
        database: Database,
        {
            version = "2026-04-08",
            capabilities = ucpVersions[version]?.capabilities ?? [],
            url = "https://agent.example/.well-known/ucp",
            isProven = true,
            orderWebhook,
            over = {},
        }: {
            readonly version?: string;
            readonly capabilities?: readonly string[];
            readonly url?: string;
            readonly isProven?: boolean;
            readonly orderWebhook?: string;
            readonly over?: Partial<Telling>;
        } = {},
    ) {
        const { shop } = new Checkout(database.client);
        const tables = { sessions: "sessions", idempotency: "idempotency" };
        const store = new SessionStore(database.client, tables, 0, Date.now, 48);
        const till = { ...shop, store };
        const { requests } = store;
        const carts = { ...shop, requests, carts: new CartStore(database.client, "carts", requests) };
        const callerId = isProven ? `ucp:${url}` : "ucp:unproven";
        const platform = {
            profileUrl: url,
            isProven,
            callerId,
            ...(orderWebhook !== undefined && { orderWebhook }),
        };
        const known = tellingTo(version, capabilities, over);
        this.#telling = { ...known, negotiated: { ...known.negotiated, platform } };
        this.#api = {
            admission: {
                admit: async () => ({ ...this.#telling.negotiated, mustSign: false }),
                finish: async (answer) => answer,
            },
            versions: store.versions,
            tellingOf: () => this.#telling,
            serve: serveFor({
                checkout: till,
                carts,
                catalog: shownCatalog(database.client, "products"),
                complete: completing(till),
            }),
            log: silent,
        };
    }

    /** Calls a tool of MCP, without an API key. */
    async call(name: string, args: object): Promise<PlatformAnswer> {
        const params = { name, arguments: args };
        const request = httpRequest({
            routeKey: "POST /mcp",
            rawPath: "/mcp",
            requestContext: { http: { method: "POST", path: "/mcp", protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
            body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
        }) as unknown as HttpRequest;
        const server = {
            info: { name: "Example Shop", version: "1" },
            apiKeys: { callerOf: async () => undefined, isReadable: true } as never,
            allowedOrigins: [],
            tools: [],
            open: async () => ucpTools(this.#api),
            log: silent,
        };
        const answer = (await mcpAnswer(server, request, context() as never)) as HttpAnswer;
        const { result, error } = JSON.parse(answer.body);
        return { status: answer.statusCode, headers: answer.headers, json: result?.structuredContent ?? error };
    }

    async ask(
        route: string,
        body?: unknown,
        { key = randomUUID(), headers = {} }: PlatformAsking = {},
    ): Promise<PlatformAnswer> {
        const [method = "", path = ""] = route.split(" ");
        const [, kind = "", id, action] = path.split("/");
        const isCatalog = kind === "catalog";
        const named = isCatalog || id === undefined ? path : `/${kind}/{id}${action === undefined ? "" : `/${action}`}`;
        const version = this.#telling.version.name;
        const request = httpRequest({
            routeKey: `${method} /ucp/{version}${named}`,
            rawPath: `/ucp/${version}${path}`,
            pathParameters: { version, ...(!isCatalog && id !== undefined && { id }) },
            headers: { ...(key !== null && method !== "GET" && { "idempotency-key": key }), ...headers },
            requestContext: { http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
            ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }) as unknown as HttpRequest;
        const answer = (await restAnswer(this.#api, request, context() as never)) as HttpAnswer;
        return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body) };
    }
}

const context = () => ({ awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 30_000, functionName: "ucp" });
