import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import { digestOf } from "../../runtime/shared/apiKeys.ts";
import { agentHeaders, complete, create } from "../purchase.ts";
import { checkout, merchantHost, profileUrl, signedHeaders, ucpVersion } from "./platform.ts";

/** A request that callbacks are measured with. */
export interface Call {
    /** As API Gateway passes it on, payload format 2.0. @param id of this one process: what must be unique contains it. */
    readonly event: (id: string) => object | Promise<object>;
    /** The status of the answer. */
    readonly status: number;
}

/** Whose key Secrets Manager has. */
export const agent = { callerId: "agent", key: "bench-key" };

/** The secret of API keys. */
export const apiKeys = JSON.stringify({
    [agent.callerId]: {
        scopes: ["checkout"],
        keys: [{ id: "bench", sha256: digestOf(agent.key).toString("hex"), created: "2026-01-01T00:00:00Z" }],
    },
});
/** The id of a session that is there, and can be paid, begins with it. */
export const readyPrefix = "cs_ready_";

export const merchant: Merchant = {
    name: "Example Shop",
    shopUrl: "https://shop.example.com",
    currency: "usd",
    acpVersions: ["2025-09-29", "2025-12-12", "2026-01-16", "2026-01-30", "2026-04-17"],
    cartDays: 30,
    sessionHours: 6,
    taxRates: { US: 8, "US-CA": 7.25, DE: 19, "*": 0 },
    shippingRates: { US: { standard: 599, express: 1499 }, DE: { standard: 490, express: 990 } },
    pickupLocations: {},
    marketingChannels: ["email"],
    requiredInterventions: [],
    payment: { provider: "sandbox", merchantId: "sandbox_merchant", capture: "automatic", unfulfillable: "refund" },
};

export const postOrder: Call = {
    event: () =>
        post("/orders", {
            routeKey: "POST /orders",
            headers: { "content-type": "application/json" },
            body: {
                productId: "12345",
                productName: "Eco-Friendly Cleaner",
                quantity: 2,
                customerEmail: "customer@example.com",
            },
        }),
    status: 202,
};

export const createSession: Call = {
    event: (id) => postByAgent("/checkout_sessions", { routeKey: "POST /checkout_sessions", id, body: create }),
    status: 201,
};

/** The same purchase in the words of each version of ACP. */
export const createByVersion: Readonly<Record<string, Call>> = Object.fromEntries(
    merchant.acpVersions.map((version) => [
        version,
        {
            event: (id) => {
                const request = { routeKey: "POST /checkout_sessions", id, body: createIn(version), version };
                return postByAgent("/checkout_sessions", request);
            },
            status: 201,
        },
    ]),
);

function createIn(version: string): object {
    const { line_items: items, currency, capabilities, buyer, fulfillment_details: details, ...rest } = create;
    const { order_notes: _, ...known } = rest;
    switch (version) {
        case "2026-04-17":
            return create;
        case "2026-01-30":
            return { line_items: items, currency, capabilities, buyer, fulfillment_details: details, ...known };
        case "2025-09-29":
            return { items, buyer, fulfillment_address: details?.address };
        default: {
            const { affiliate_attribution } = known;
            return { items, buyer, fulfillment_details: details, affiliate_attribution };
        }
    }
}

/** The same purchase as a tool of MCP. */
export const createByTool: Call = {
    event: (id) => {
        const meta = { api_version: "2026-04-17", idempotency_key: id };
        const params = { name: "create_checkout_session", arguments: { meta, payload: create } };
        const body = { jsonrpc: "2.0", id: 1, method: "tools/call", params };
        return postByAgent("/mcp", { routeKey: "POST /mcp", id, body });
    },
    status: 200,
};

const ucpPath = `/ucp/${ucpVersion}/checkout-sessions`;
const platformHeaders = (id: string) => ({
    "content-type": "application/json",
    "ucp-agent": `profile="${profileUrl}"`,
    "idempotency-key": id,
});
const postByPlatform = (headers: Request["headers"]) => ({
    ...post(ucpPath, { routeKey: "POST /ucp/{version}/checkout-sessions", headers, body: checkout }),
    pathParameters: { version: ucpVersion },
});

/** The same purchase by a platform of UCP that signs its requests, and gets a signed answer. */
export const createByPlatform: Call = {
    event: async (id) => postByPlatform(await signedHeaders(platformHeaders(id), ucpPath, checkout)),
    status: 201,
};

const bearer = { authorization: `Bearer ${agent.key}` };

/** The same with the platform's API key, without signatures. */
export const createByPlatformKey: Call = {
    event: (id) => postByPlatform({ ...platformHeaders(id), ...bearer }),
    status: 201,
};

/** The same as a tool of MCP. */
export const createByPlatformTool: Call = {
    event: (id) => {
        const meta = { "ucp-agent": { profile: profileUrl }, "idempotency-key": id };
        const params = { name: "create_checkout", arguments: { meta, checkout } };
        const body = { jsonrpc: "2.0", id: 1, method: "tools/call", params };
        const headers = { ...bearer, "content-type": "application/json" };
        return post("/mcp", { routeKey: "POST /mcp", headers, body });
    },
    status: 200,
};

/** The same with a wrong member at the end of the body, which only the validation of the whole finds. */
export const createInvalid: Call = {
    event: (id) => {
        const body = { ...create, order_notes: 1 };
        return postByAgent("/checkout_sessions", { routeKey: "POST /checkout_sessions", id, body });
    },
    status: 400,
};

export const completeSession: Call = {
    event: (id) => {
        const sessionId = `${readyPrefix}${id}`;
        return {
            ...postByAgent(`/checkout_sessions/${sessionId}/complete`, {
                routeKey: "POST /checkout_sessions/{id}/complete",
                id,
                body: complete,
            }),
            pathParameters: { id: sessionId },
        };
    },
    status: 200,
};

interface Request {
    readonly routeKey: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: object;
}

interface AgentRequest extends Omit<Request, "headers"> {
    readonly id: string;
    /** Of ACP. @default the newest */
    readonly version?: string;
}

function postByAgent(path: string, { routeKey, id, body, version }: AgentRequest): object {
    const headers = { ...agentHeaders(agent.key), "idempotency-key": id, ...(version && { "api-version": version }) };
    return post(path, { routeKey, headers, body });
}

function post(path: string, { routeKey, headers, body }: Request): object {
    return {
        version: "2.0",
        routeKey,
        rawPath: path,
        rawQueryString: "",
        headers: { ...headers, host: merchantHost, "x-forwarded-for": "192.0.2.1" },
        requestContext: {
            accountId: "000000000000",
            apiId: "api",
            domainName: merchantHost,
            domainPrefix: "api",
            http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "bench" },
            requestId: "JKJaXmPLvHcESHA=",
            routeKey,
            stage: "$default",
            time: "01/Oct/2026:12:00:00 +0000",
            timeEpoch: 1790856000000,
        },
        body: JSON.stringify(body),
        isBase64Encoded: false,
    };
}
