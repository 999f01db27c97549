import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { expect } from "chai";
import { completeIn, createIn, updateIn } from "../../../runtime/checkoutSessions/calls/commands.ts";
import { readSession } from "../../../runtime/checkoutSessions/calls/read.ts";
import type { Served } from "../../../runtime/checkoutSessions/domain/call.ts";
import type { Dialect } from "../../../runtime/checkoutSessions/domain/dialect.ts";
import { type Asked, answerTo } from "../../../runtime/checkoutSessions/rest/answer.ts";
import { sentIn } from "../../../runtime/checkoutSessions/rest/request.ts";
import { changeSession } from "../../../runtime/checkoutSessions/session/commit.ts";
import { completeSession, holderOf } from "../../../runtime/checkoutSessions/session/completion.ts";
import { ApiKeyReader } from "../../../runtime/shared/apiKeyReader.ts";
import type { HttpRequest } from "../../../runtime/shared/http.ts";
import { isJsonObject } from "../../../runtime/shared/json.ts";
import { storedKeys } from "../../storedKeys.ts";
import { Checkout, expectSound, guide, jo, payingWith, sell } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { httpRequest } from "../support/events.ts";
import { sanFrancisco } from "../support/market.ts";
import { started } from "../support/started.ts";

const delivered = { fulfillment_details: { address: sanFrancisco } };

/** A dialect that the checkout has never heard of: terse requests, terse answers, and other status codes. */
const terse: Dialect = {
    version: "terse/1",
    needsKey: false,
    challenges: false,
    up: (command, body) => {
        const { want = [], token } = isJsonObject(body) ? body : {};
        const items = Array.isArray(want) ? want.map((id: unknown) => ({ id })) : want;
        switch (command) {
            case "create":
                return { body: { currency: "usd", capabilities: {}, line_items: items, buyer: jo, ...delivered } };
            case "update":
                return { body: { line_items: items } };
            case "complete":
                return { body: payingWith(String(token)) };
            case "cancel":
                return { body: {} };
        }
    },
    down: (result) => {
        if ("problem" in result) return { status: 200, body: { no: result.problem.error.code } };
        if (!("session" in result)) return { status: 200, body: result.body };
        const { id, status, totals, order } = result.session;
        const sum = totals.find(({ type }) => type === "total")?.amount;
        return { status: 299, body: { id, state: status.slice(0, 5), sum, ...(order && { bought: order.id }) } };
    },
};

describe("a dialect of one's own", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const keys = JSON.stringify(storedKeys({ agent: { key: "key-of-agent", scopes: ["checkout"] } }));
    const apiKeys = new ApiKeyReader(
        async () => keys,
        (error) => expect.fail(String(error)),
    );
    const dialects = {
        versions: [terse.version],
        newest: terse,
        named: async (version: string) => (version === terse.version ? terse : undefined),
    };
    const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 30_000 } as Context;

    async function serve(checkout: Checkout, { request, call, dialect }: Asked): Promise<Served> {
        const { shop, store } = checkout;
        const sent = sentIn(request, dialect);
        if ("problem" in sent) return sent;
        switch (request.routeKey) {
            case "GET /checkout_sessions/{id}":
                return await readSession(sent.sessionId ?? "", call, store.versions);
            case "POST /checkout_sessions/{id}/complete": {
                const command = completeIn(sent, call, dialect, holderOf(context));
                return "problem" in command ? command : await completeSession(shop, command);
            }
            default: {
                const command = (sent.sessionId === undefined ? createIn : updateIn)(sent, call, dialect);
                return "problem" in command ? command : await changeSession(shop, command);
            }
        }
    }

    async function asked(route: string, id: string | undefined, body?: unknown, version = terse.version) {
        const checkout = new Checkout(database.client);
        const [method] = route.split(" ");
        const event: unknown = httpRequest({
            routeKey: route,
            headers: { authorization: "Bearer key-of-agent", "api-version": version },
            requestContext: { http: { method } },
            ...(id !== undefined && { pathParameters: { id } }),
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        // What API Gateway hands over.
        const request = event as HttpRequest;
        const api = {
            apiKeys,
            dialects,
            versions: checkout.store.versions,
            serve: (one: Asked) => serve(checkout, one),
        };
        const answer = await answerTo(api, request, context);
        return { status: answer.statusCode, json: JSON.parse(answer.body ?? "") };
    }

    it("buys, changes and reads by the same checkout, which knows nothing of it", async () => {
        const created = await asked("POST /checkout_sessions", undefined, { want: ["guide"] });
        expect(created).to.deep.include({ status: 299 });
        expect(created.json).to.include({ state: "ready", sum: 1609 });
        const { id } = created.json;
        expect((await asked("POST /checkout_sessions/{id}", id, { want: ["guide", "guide"] })).json.sum).to.equal(3218);
        expect((await asked("GET /checkout_sessions/{id}", id)).json).to.deep.equal({ id, state: "ready", sum: 3218 });

        const { json } = await asked("POST /checkout_sessions/{id}/complete", id, { token: "spt_success" });
        const { session } = (await expectSound(database, id)).last ?? expect.fail("there is no session");
        expect(json).to.deep.equal({ id, state: "compl", sum: 3218, bought: session.order?.id });
    });

    it("tells problems in its own words and statuses, also of requests that it cannot read", async () => {
        expect(await asked("POST /checkout_sessions", undefined, { want: 7 })).to.deep.equal({
            status: 200,
            json: { no: "invalid" },
        });
        expect((await asked("GET /checkout_sessions/{id}", "cs_none")).json).to.deep.equal({ no: "session_not_found" });
        expect((await asked("GET /checkout_sessions/{id}", "cs_none", undefined, "2026-04-17")).json).to.deep.equal({
            no: "unsupported_api_version",
        });
    });
});
