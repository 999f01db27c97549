import { createHmac } from "node:crypto";
import { ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { storedKeys } from "../../storedKeys.ts";
import { versionsOf } from "../effects.ts";
import { eventually } from "../embedded.ts";
import { type Agent, buyer, cart, cleaner, download, payment, type Shop, soap } from "../shopping.ts";

/** The rules of idempotency: ACP RFC, section 6. */
export function idempotency(shop: Shop): void {
    const key = (name: string) => ({ "idempotency-key": name });

    describe("the same Idempotency-Key", () => {
        it("with an equal body gets the first answer again, and nothing happens again", async () => {
            const { agent } = shop;
            const first = await agent.create(cart, key("replay"));
            expect(first.isReplay).to.equal(false);
            const { id } = first.session;
            const update = { buyer: { ...buyer, first_name: "Augusta" } };
            const operations = [
                () => agent.create(cart, key("replay")),
                () => agent.update(id, update, key("replay")),
                () => agent.complete(id, payment("spt_success"), key("replay")),
            ];
            const answers = [first];
            for (const operation of operations.slice(1)) answers.push(await operation());
            const versions = await versionsOf(shop.embedded, id);
            for (const [index, operation] of operations.entries()) {
                const again = await operation();
                expect(again.isReplay).to.equal(true);
                expect(again.status).to.equal(answers[index]?.status);
                expect(again.body).to.deep.equal(answers[index]?.body);
            }
            const after = await versionsOf(shop.embedded, id);
            const byClients = after.filter(({ Reason }) => Reason !== "order_updated");
            expect(byClients).to.have.length(4);
            expect(after.slice(0, versions.length)).to.deep.equal(versions);
        });

        it("replays a cancellation and keeps one trace of its reason", async () => {
            const { id } = await shop.agent.ready();
            const trace = { intent_trace: { reason_code: "timing_deferred" } };
            const first = await shop.agent.cancel(id, trace, key("cancel-once"));
            const again = await shop.agent.cancel(id, trace, key("cancel-once"));
            expect([again.status, again.isReplay]).to.deep.equal([200, true]);
            expect(again.body).to.deep.equal(first.body);
            expect(await versionsOf(shop.embedded, id)).to.have.length(2);
        });

        it("replays a refusal that was decided about a session", async () => {
            const { id } = await shop.agent.ready();
            await shop.agent.cancel(id);
            for (const isReplay of [false, true]) {
                const update = await shop.agent.update(id, {}, key("refused"));
                expect([update.status, update.isReplay]).to.deep.equal([409, isReplay]);
                const cancel = await shop.agent.cancel(id, undefined, key("refused"));
                expect([cancel.status, cancel.isReplay]).to.deep.equal([405, isReplay]);
                expect(cancel.headers.get("allow")).to.equal("GET");
            }
        });

        const line = { id: cleaner, quantity: 2 };
        const text = (quantity: string) =>
            `{"capabilities": {}, "line_items": [{"quantity": ${quantity}, "id": "${cleaner}"}], "currency": "usd"}`;

        it("compares bodies by value: any order of members, and 2, 2.0 and 20e-1 are the same", async () => {
            const body = { line_items: [line], currency: "usd", capabilities: {} };
            const first = await shop.agent.create(body, key("meaning"));
            for (const same of [text("2"), text("2.0"), text("20e-1")]) {
                const again = await shop.agent.create(same, key("meaning"));
                expect([again.status, again.isReplay], same).to.deep.equal([201, true]);
                expect(again.session.id).to.equal(first.session.id);
            }
        });

        it("with another body is 422, for good", async () => {
            const other = { id: soap };
            const body = { line_items: [line, other], currency: "usd", capabilities: {} };
            expect((await shop.agent.create(body, key("conflict"))).status).to.equal(201);
            for (const another of [
                { ...body, line_items: [other, line] },
                { ...body, line_items: [line, { ...other, quantity: 1 }] },
                { ...body, discounts: { codes: [] } },
                { ...body, metadata: {} },
                { ...body, currency: "USD" },
            ]) {
                const reply = await shop.agent.create(another, key("conflict"));
                expect(reply.status, JSON.stringify(another)).to.equal(422);
                expect(reply.error).to.include({ type: "invalid_request", code: "idempotency_conflict" });
                expect(reply.isReplay).to.equal(false);
            }
            expect((await shop.agent.create(body, key("conflict"))).isReplay).to.equal(true);
        });

        it("is free as long as it came with a body that was refused, and null is no way to leave out", async () => {
            const refused = await shop.agent.create({ ...cart, locale: null }, key("first-wrong"));
            expect(refused.status).to.equal(400);
            const right = await shop.agent.create(cart, key("first-wrong"));
            expect([right.status, right.isReplay]).to.deep.equal([201, false]);
            expect((await shop.agent.create({ ...cart, locale: null }, key("first-wrong"))).status).to.equal(400);
        });

        it("on another path is another request", async () => {
            const [one, two] = [await shop.agent.ready(), await shop.agent.ready()];
            for (const { id } of [one, two]) {
                for (const reply of [
                    await shop.agent.update(id, {}, key("per-path")),
                    await shop.agent.cancel(id, {}, key("per-path")),
                ]) {
                    expect([reply.status, reply.isReplay]).to.deep.equal([200, false]);
                    expect(reply.session.id).to.equal(id);
                }
            }
        });

        it("takes no other header into account", async () => {
            const first = await shop.agent.create(cart, { ...key("same-call"), "accept-language": "en" });
            const again = await shop.agent.create(cart, { ...key("same-call"), "accept-language": "de" });
            expect([again.session.id, again.isReplay]).to.deep.equal([first.session.id, true]);
        });

        it("while the first call is running is 409, with Retry-After", async () => {
            const { id } = await shop.agent.ready();
            const pay = () => shop.agent.complete(id, payment("spt_timeout"), key("in-flight"));
            expect((await pay()).status).to.equal(503);
            await takeLease(shop, id, 10_000);
            const waiting = await pay();
            expect(waiting.status).to.equal(409);
            expect(waiting.error).to.include({ type: "invalid_request", code: "idempotency_in_flight" });
            expect(Number(waiting.headers.get("retry-after"))).to.be.within(1, 10);
            await takeLease(shop, id, -1);
            expect((await pay()).session.status).to.equal("completed");
        });

        it("is new when its record has expired", async () => {
            const first = await shop.agent.create(cart, key("last-week"));
            await runOut(shop, first.session.id);
            const again = await shop.agent.create(cart, key("last-week"));
            expect([again.status, again.isReplay]).to.deep.equal([201, false]);
            expect(again.session.id).not.to.equal(first.session.id);
        });
    });

    describe("another caller", () => {
        let other: Agent;

        before(async () => {
            const careful = { key: "careful-key", scopes: ["checkout"], signingSecret: "signing-secret" };
            const clients = { local: "local-key", other: { key: "other-key", scopes: ["checkout"] }, careful };
            await shop.embedded.giveOutKeys(storedKeys(clients));
            other = shop.anotherAgent("other-key");
            // Callbacks look for keys that they do not know at most once a second.
            const isKnown = async () => {
                expect((await other.get("cs_any")).status).to.equal(404);
                expect((await other.complete("cs_any")).status).to.equal(404);
            };
            await eventually(isKnown);
        });

        it("reads no session of mine, and has its own keys", async () => {
            const mine = await shop.agent.create(cart, key("whose"));
            const { id } = mine.session;
            for (const reply of [
                await other.get(id),
                await other.update(id, {}),
                await other.complete(id),
                await other.cancel(id),
                await other.send("GET", `/${id}/versions`),
                await other.send("GET", `/${id}/versions/1`),
            ]) {
                expect(reply.status).to.equal(404);
            }
            const theirs = await other.create({ ...cart, line_items: [{ id: download, quantity: 2 }] }, key("whose"));
            expect([theirs.status, theirs.isReplay]).to.deep.equal([201, false]);
            expect(theirs.session.id).not.to.equal(id);
            expect((await shop.agent.get(id)).session.status).to.equal("ready_for_payment");
        });

        it("a client with a signing secret must sign", async () => {
            const careful = shop.anotherAgent("careful-key");
            const body = JSON.stringify(cart);
            const signed = (time: Date, of = body) => {
                const timestamp = time.toISOString();
                const hmac = createHmac("sha256", "signing-secret").update(`${timestamp}.${of}`);
                return { timestamp, signature: hmac.digest("base64url") };
            };
            await eventually(async () => {
                expect((await careful.create(body, signed(new Date()))).status).to.equal(201);
            });
            for (const headers of [{}, signed(new Date(Date.now() - 301_000)), signed(new Date(), "{}")]) {
                const reply = await careful.create(body, headers);
                expect(reply.status).to.equal(401);
                expect(reply.error).to.include({ type: "invalid_request", code: "invalid_signature" });
            }
        });
    });
}

/** Lets the time go by for the record of the request that created a session. */
async function runOut({ embedded }: Shop, sessionId: string): Promise<void> {
    const { dynamo } = embedded.clients();
    const TableName = "checkout-idempotency-dev";
    const { Items = [] } = await dynamo.send(
        new ScanCommand({
            TableName,
            ConsistentRead: true,
            FilterExpression: "answer.sessionId = :id",
            ExpressionAttributeValues: { ":id": sessionId },
        }),
    );
    expect(Items).to.have.length(1);
    expect(Number(Items[0]?.["expiresAt"]) - Date.now() / 1000).to.be.at.least(24 * 3600);
    await dynamo.send(
        new UpdateCommand({
            TableName,
            Key: { id: Items[0]?.["id"] },
            UpdateExpression: "SET expiresAt = :past",
            ExpressionAttributeValues: { ":past": Math.floor(Date.now() / 1000) - 1 },
        }),
    );
    dynamo.destroy();
}

/** As another invocation does that works on the completion of a session. @param ms how long it may take */
async function takeLease({ embedded }: Shop, sessionId: string, ms: number): Promise<void> {
    const recordId = (await versionsOf(embedded, sessionId)).at(-1)?.hidden.completion?.recordId;
    const { dynamo } = embedded.clients();
    await dynamo.send(
        new UpdateCommand({
            TableName: "checkout-idempotency-dev",
            Key: { id: recordId },
            UpdateExpression: "SET holder = :another, leaseUntil = :until",
            ConditionExpression: "attribute_exists(begun)",
            ExpressionAttributeValues: { ":another": "another invocation", ":until": Date.now() + ms },
        }),
    );
    dynamo.destroy();
}
