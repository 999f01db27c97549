import { expect } from "chai";
import { ask } from "../client.ts";
import { buyer, cart, type Shop } from "../shopping.ts";

/**
 * What the protocol says of headers and of errors that no session can be answered with. What every answer has is
 * checked with each of them (`Agent`).
 */
export function headers(shop: Shop): void {
    describe("the headers of a call", () => {
        it("come back: Request-Id always, Idempotency-Key with a POST, also when it is refused", async () => {
            const ids = { "request-id": "my-request", "idempotency-key": "my-key" };
            const created = await shop.agent.create(cart, ids);
            const refused = await shop.agent.update(created.session.id, { colour: "red" }, ids);
            for (const { headers } of [created, refused]) {
                expect(headers.get("request-id")).to.equal("my-request");
                expect(headers.get("x-correlation-id")).to.equal("my-request");
                expect(headers.get("idempotency-key")).to.equal("my-key");
                expect(headers.has("idempotent-replayed")).to.equal(false);
            }
            const read = await shop.agent.get(created.session.id, { ...ids, "request-id": undefined });
            expect(read.headers.has("request-id")).to.equal(false);
            expect(read.headers.has("idempotency-key")).to.equal(false);
        });

        it("that name no version are refused with the supported versions", async () => {
            for (const [version, code] of [
                [undefined, "missing_api_version"],
                ["2026-01-22", "unsupported_api_version"],
                ["latest", "unsupported_api_version"],
            ] as const) {
                for (const reply of [
                    await shop.agent.create(cart, { "api-version": version }),
                    await shop.agent.get("cs_any", { "api-version": version }),
                ]) {
                    expect(reply.status).to.equal(400);
                    expect(reply.error).to.deep.include({
                        type: "invalid_request",
                        code,
                        supported_versions: ["2026-04-17", "2026-01-30", "2026-01-16", "2025-12-12", "2025-09-29"],
                    });
                }
            }
        });

        for (const [what, authorization] of [
            ["no token", undefined],
            ["a bogus token", "Bearer guessed"],
            ["a token of another kind", "Basic bG9jYWwta2V5"],
            ["the key without Bearer", "local-key"],
        ] as const) {
            it(`with ${what} are refused with 401`, async () => {
                for (const reply of [
                    await shop.agent.create(cart, { authorization }),
                    await shop.agent.get("cs_any", { authorization }),
                    await shop.agent.complete("cs_any", {}, { authorization }),
                ]) {
                    expect(reply.status).to.equal(401);
                    expect(reply.error).to.include({ type: "invalid_request", code: "unauthorized" });
                }
            });
        }

        for (const [what, key] of [
            ["no key", undefined],
            ["a key of 256 characters", "k".repeat(256)],
        ] as const) {
            it(`with ${what} are refused on every POST`, async () => {
                const { id } = await shop.agent.ready();
                const headers = { "idempotency-key": key };
                for (const reply of [
                    await shop.agent.create(cart, headers),
                    await shop.agent.update(id, {}, headers),
                    await shop.agent.complete(id, undefined, headers),
                    await shop.agent.cancel(id, undefined, headers),
                ]) {
                    expect(reply.status).to.equal(400);
                    expect(reply.error).to.include({ type: "invalid_request", code: "idempotency_key_required" });
                }
                expect((await shop.agent.get(id)).session.status).to.equal("ready_for_payment");
            });
        }

        it("may have a key of 255 characters, a charset, and a stage's name before the path", async () => {
            const created = await shop.agent.create(cart, {
                "idempotency-key": "k".repeat(255),
                "content-type": "application/json; charset=utf-8",
            });
            expect(created.status).to.equal(201);
            const staged = await ask(`${shop.embedded.url}/dev/checkout_sessions/${created.session.id}`, {
                headers: { authorization: "bearer local-key", "api-version": "2026-04-17" },
            });
            expect(staged.status).to.equal(200);
        });
    });

    describe("a call that no session can answer", () => {
        it("is 404 for a session that is not there, on every path, and the key stays free", async () => {
            const key = { "idempotency-key": "free-after-404" };
            const { agent } = shop;
            for (const reply of [
                await agent.get("cs_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
                await agent.update("cs_none", { buyer }, key),
                await agent.update("cs_none", {}, key),
                await agent.complete("cs_none", undefined, key),
                await agent.cancel("cs_none", undefined, key),
                await agent.send("GET", "/cs_none/versions"),
            ]) {
                expect(reply.status).to.equal(404);
                expect(reply.error).to.include({ type: "invalid_request", code: "session_not_found" });
            }
        });

        for (const [method, path, allow] of [
            ["PUT", "/cs_any", "GET, POST"],
            ["PATCH", "/cs_any", "GET, POST"],
            ["DELETE", "/cs_any", "GET, POST"],
            ["GET", "", "POST"],
            ["GET", "/cs_any/complete", "POST"],
            ["GET", "/cs_any/cancel", "POST"],
            ["POST", "/cs_any/versions", "GET"],
        ] as const) {
            it(`is 405 for ${method} /checkout_sessions${path}, with what is allowed`, async () => {
                const headers = method === "POST" ? { "idempotency-key": "any" } : {};
                const reply = await shop.agent.send(method, path, undefined, headers);
                expect(reply.status).to.equal(405);
                expect(reply.headers.get("allow")).to.equal(allow);
                expect(reply.error.type).to.equal("invalid_request");
            });
        }

        it("is 404 for a path that the API does not have", async () => {
            expect((await shop.agent.send("GET", "/cs_any/refund")).status).to.equal(404);
            expect((await shop.agent.send("GET", "/cs_any/versions/1/changes")).status).to.equal(404);
        });
    });
}
