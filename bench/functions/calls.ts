import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import { digestOf } from "../../runtime/shared/apiKeys.ts";
import { agentHeaders, complete, create } from "../purchase.ts";

/** A request that callbacks are measured with. */
export interface Call {
    /** As API Gateway passes it on, payload format 2.0. @param id of this one process: what must be unique contains it. */
    readonly event: (id: string) => object;
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

function postByAgent(path: string, { routeKey, id, body }: Omit<Request, "headers"> & { readonly id: string }): object {
    return post(path, { routeKey, headers: { ...agentHeaders(agent.key), "idempotency-key": id }, body });
}

function post(path: string, { routeKey, headers, body }: Request): object {
    return {
        version: "2.0",
        routeKey,
        rawPath: path,
        rawQueryString: "",
        headers: { ...headers, host: "api.example.com", "x-forwarded-for": "192.0.2.1" },
        requestContext: {
            accountId: "000000000000",
            apiId: "api",
            domainName: "api.example.com",
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
