import { expect } from "chai";
import { Anchors } from "../../tools/operator/auditAnchors.ts";
import { Verification } from "../../tools/operator/auditVerification.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { httpRequest, sqsRecord } from "./support/events.ts";
import { deliveryItem, endpointItem, masterKeys, owner } from "./support/outbound.ts";
import { type Asking, callRoute } from "./support/routes.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

const merchant = { caller: "shop", scopes: "merchant" };

describe("tenants: owners of webhook endpoints that clients make", () => {
    const database = started(new Database());
    const aws = startedAws(database, (own) => own.answers("GetSecretValue", () => ({ SecretString: masterKeys })));
    const tenants = startedCallback(aws, "webhookFanout/tenants");
    const expunge = startedCallback(aws, "webhookFanout/expungeTenant");
    const endpoints = startedCallback(aws, "webhookFanout/endpoints");
    const authorizer = startedAws(database, (own) => own.answers("GetSecretValue", () => ({ SecretString: "{}" })));
    const authorize = startedCallback(authorizer, "access/authorize", { UNANSWERED_ROUTES: "" });
    beforeEach(() => database.clear("tenants", "endpoints", "deliveries", "attempts", "audit"));

    async function call(routeKey: string, asking: Asking = {}) {
        const { statusCode: status, headers, json } = await callRoute(tenants, routeKey, { ...merchant, ...asking });
        return { status, headers, json };
    }
    const made = async (body: object = {}, options: Asking = {}): Promise<string> =>
        (await call("POST /tenants", { body, ...options })).json.id;
    const about = (routeKey: string, id: string, options: Asking = {}) =>
        call(routeKey, { ...options, parameters: { id, ...options.parameters } });
    const newKey = async (id: string): Promise<{ id: string; key: string }> =>
        (await about("POST /tenants/{id}/keys", id)).json;
    const callerBy = (key: string) =>
        authorize.invoke(
            httpRequest({ type: "REQUEST", headers: { "x-api-key": key }, routeKey: "GET /webhook_endpoints" }),
        );
    const refused = { isAuthorized: false, context: {} };
    const register = (caller: string) =>
        callRoute(endpoints, "POST /webhook_endpoints", {
            ...owner,
            caller,
            body: { url: "http://127.0.0.1:9999/hooks" },
        });

    it("are made, read and listed by their client, and by no other", async () => {
        const { status, json, headers } = await call("POST /tenants", { body: { name: "Corner Shop" } });
        expect(status).to.equal(201);
        expect(json).to.include({ name: "Corner Shop", status: "active" });
        expect(headers["location"]).to.equal(`/tenants/${json.id}`);
        expect((await about("GET /tenants/{id}", json.id)).json).to.deep.equal({ ...json, keys: [] });
        for (const route of ["GET /tenants/{id}", "DELETE /tenants/{id}", "POST /tenants/{id}/keys"])
            expect((await about(route, json.id, { caller: "other" })).status, route).to.equal(404);
        expect((await call("GET /tenants", { caller: "other" })).json).to.deep.equal({ tenants: [] });
        expect((await call("POST /tenants", { body: {}, scopes: "webhooks messages" })).status).to.equal(403);
        expect((await call("POST /tenants", { body: { owner: "x" } })).json.errors[0].pointer).to.equal("/owner");
    });

    it("are listed page by page", async () => {
        const ids = new Set<string>();
        for (let count = 0; count < 5; count += 1) ids.add(await made());
        const seen: string[] = [];
        for (let after: string | undefined = ""; after !== undefined; ) {
            const { json } = await call("GET /tenants", { query: { limit: "2", ...(after && { after }) } });
            seen.push(...json.tenants.map(({ id }: { id: string }) => id));
            after = json.next;
        }
        expect(seen)
            .to.have.members([...ids])
            .and.have.length(5);
        expect((await call("GET /tenants", { query: { after: "tn_1" } })).status).to.equal(400);
    });

    it("are the same for the same Idempotency-Key, which takes no other body", async () => {
        const headers = { "idempotency-key": "k-1" };
        const id = await made({ name: "A" }, { headers });
        expect(await made({ name: "A" }, { headers })).to.equal(id);
        expect((await call("POST /tenants", { body: { name: "B" }, headers })).status).to.equal(422);
        expect(await made({ name: "A" }, { headers, caller: "other" })).not.to.equal(id);
    });

    describe("a key", () => {
        it("lets the tenant in with the scope webhooks alone, until it is deleted, and is kept as a digest", async () => {
            const id = await made();
            const { id: keyId, key } = await newKey(id);
            expect(await callerBy(key)).to.deep.equal({
                isAuthorized: true,
                context: { callerId: id, scopes: "webhooks" },
            });
            expect(JSON.stringify(await database.all("tenants"))).not.to.contain(key.slice(-20));
            expect(tenants.text() + authorize.text()).not.to.contain(key.slice(-20));
            expect(
                (await about("GET /tenants/{id}", id)).json.keys.map((each: { id: string }) => each.id),
            ).to.deep.equal([keyId]);

            for (const wrong of [
                `${key}x`,
                key.slice(0, -1),
                key.replace(/_.{8}_/, "_00000000_"),
                "tenant_",
                "tenant_x_y_z",
            ])
                expect(await callerBy(wrong), wrong).to.deep.equal(refused);
            expect((await about("DELETE /tenants/{id}/keys/{keyId}", id, { parameters: { keyId } })).status).to.equal(
                204,
            );
            expect(await callerBy(key)).to.deep.equal(refused);
            expect((await about("DELETE /tenants/{id}/keys/{keyId}", id, { parameters: { keyId } })).status).to.equal(
                404,
            );
        });

        it("is not refused while its table cannot be read: API Gateway would remember that", async () => {
            const { key } = await newKey(await made());
            authorizer.answers("GetItem", () => new Refusal("ThrottlingException"));
            const error = await authorize
                .invoke(httpRequest({ type: "REQUEST", headers: { "x-api-key": key }, routeKey: "GET /x" }))
                .then(() => "answered", String);
            expect(error).not.to.equal("answered");
        });

        it("is one of at most ten", async () => {
            const id = await made();
            for (let count = 0; count < 10; count += 1) await newKey(id);
            expect((await about("POST /tenants/{id}/keys", id)).status).to.equal(409);
        });
    });

    describe("deleting", () => {
        async function withDeliveries(count: number) {
            const id = await made();
            const { key } = await newKey(id);
            const { endpoint } = (await register(id)).json;
            const deliveries = Array.from({ length: count }, (_, index) =>
                deliveryItem({ tenantId: id, endpointId: endpoint.id, deliveryId: `evt_${index}` }),
            );
            await database.putAll("deliveries", deliveries);
            await database.putAll(
                "deliveries",
                deliveries.map(({ deliveryId }) => ({
                    endpointId: endpoint.id,
                    deliveryId: `${deliveryId}#body`,
                    body: "personal",
                })),
            );
            await database.putAll(
                "attempts",
                deliveries.flatMap(({ deliveryId }) =>
                    [1, 2].map((number) => ({ deliveryKey: `${endpoint.id}#${deliveryId}`, number, status: "failed" })),
                ),
            );
            return { id, key, endpointId: String(endpoint.id) };
        }
        const message = () => sqsRecord("m-1", aws.sentTo("tenant-deletions").at(-1), { correlationId: "c-1" });
        const run = (record: ReturnType<typeof sqsRecord>, remainingMs = 300_000) =>
            expunge.invoke({ Records: [record] }, { remainingMs });
        const tellings = async () =>
            (await database.all("audit")).filter(({ messageType }) => messageType === "tenant-deleted");

        it("ends keys and endpoints at once, expunges deliveries, bodies and attempts, and says so in the audit trail", async () => {
            const { id, key } = await withDeliveries(60);
            await database.put("endpoints", { ...endpointItem({ tenantId: "shop", endpointId: "ep_of-the-shop" }) });
            await database.put("deliveries", { ...deliveryItem({ endpointId: "ep_of-the-shop" }) });

            const { status, json } = await about("DELETE /tenants/{id}", id);
            expect([status, json.status]).to.deep.equal([202, "deleting"]);
            expect(await callerBy(key)).to.deep.equal(refused);
            expect((await register(id)).statusCode, "by a key that API Gateway remembers").to.equal(403);
            expect((await about("POST /tenants/{id}/keys", id)).status).to.equal(409);
            expect(await run(message())).to.deep.equal({ batchItemFailures: [] });

            expect(await database.all("tenants")).to.deep.equal([{ tenantId: id, item: "tenant", status: "deleted" }]);
            for (const table of ["endpoints", "deliveries", "attempts"]) {
                const left = (await database.all(table)).filter(
                    (item) => !JSON.stringify(item).includes("of-the-shop"),
                );
                expect(
                    left.filter(({ endpointId }) => endpointId !== "count"),
                    table,
                ).to.deep.equal([]);
            }
            expect(await database.all("deliveries")).to.have.length(1);
            const [row, ...more] = await tellings();
            expect(more).to.deep.equal([]);
            expect(row).to.deep.include({
                messageId: id,
                correlationId: "c-1",
                result: { tenant: id, owner: "shop", endpoints: 1, deliveries: 60, attempts: 120 },
            });
            const verification = new Verification(Date.now(), new Anchors());
            for (const item of await database.all("audit")) verification.add(item);
            expect(verification.findings()).to.deep.equal([]);
            expect((await about("GET /tenants/{id}", id)).status).to.equal(404);
            expect(await run(message()), "a copy").to.deep.equal({ batchItemFailures: [] });
            expect(await tellings()).to.have.length(1);
        });

        it("uses up the Idempotency-Key: the tenant is not made again, neither meanwhile nor afterwards", async () => {
            const again = { body: { name: "A" }, headers: { "idempotency-key": "k-1" } };
            const id = await made(again.body, again);
            await about("DELETE /tenants/{id}", id);
            expect((await call("POST /tenants", again)).status, "meanwhile").to.equal(409);
            await run(message());
            expect((await call("POST /tenants", again)).status, "afterwards").to.equal(409);
            expect((await call("GET /tenants")).json).to.deep.equal({ tenants: [] });
            expect((await about("DELETE /tenants/{id}", id)).status).to.equal(404);
            const other = await made(again.body, { headers: { "idempotency-key": "k-2" } });
            expect((await register(other)).statusCode).to.equal(201);
            await about("DELETE /tenants/{id}", other);
            await run(message());
            expect((await tellings()).map(({ messageId }) => messageId)).to.have.members([id, other]);
        });

        it("expunges deliveries of endpoints that the tenant deleted before", async () => {
            const { id, endpointId } = await withDeliveries(3);
            await callRoute(endpoints, "DELETE /webhook_endpoints/{id}", { ...owner, caller: id, id: endpointId });
            expect(await database.all("deliveries")).to.have.length(6);
            await about("DELETE /tenants/{id}", id);
            await run(message());
            expect(await database.all("deliveries")).to.deep.equal([]);
        });

        it("goes on in another message when time runs out, and tells the sum", async () => {
            const { id } = await withDeliveries(120);
            await about("DELETE /tenants/{id}", id);
            await run(message(), 1000);
            await run(message());
            expect(await database.all("deliveries")).to.deep.equal([]);
            expect((await tellings()).map(({ result }) => (result as { deliveries: number }).deliveries)).to.deep.equal(
                [120],
            );
        });

        it("fails and is tried again when the audit row cannot be written: the tenant is still known then", async () => {
            const { id } = await withDeliveries(1);
            await about("DELETE /tenants/{id}", id);
            aws.answers("TransactWriteItems", () => new Refusal("AccessDeniedException"));
            expect(await run(message())).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "m-1" }],
            });
            expect((await about("GET /tenants/{id}", id)).json.status).to.equal("deleting");
            const again = message();
            aws.reset();
            await run(again);
            expect(await tellings()).to.have.length(1);
        });

        it("starts again when the request is repeated after a failure", async () => {
            const { id } = await withDeliveries(1);
            aws.answers("SendMessage", () => new Refusal("AccessDenied", 403));
            expect((await about("DELETE /tenants/{id}", id)).status).to.equal(503);
            aws.reset();
            expect((await about("DELETE /tenants/{id}", id)).status).to.equal(202);
            expect(aws.sentTo("tenant-deletions")).to.deep.equal([{ tenantId: id }]);
        });
    });
});
