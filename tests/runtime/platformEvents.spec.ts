import { expect } from "chai";
import fc from "fast-check";
import { eventOf } from "../../runtime/checkoutSessions/events/publication.ts";
import type { UcpOrder } from "../../runtime/checkoutSessions/ucp/order.ts";
import { platformDeliveriesOf } from "../../runtime/checkoutSessions/ucp/orderEvent.ts";
import { isDigestOf } from "../../runtime/shared/signing/digest.ts";
import { isProof } from "../proof.ts";
import { storedKeys } from "../storedKeys.ts";
import { ucpJudge, ucpMissing, ucpPresent } from "../ucp.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { sqsRecord } from "./support/events.ts";
import { masterKeys, takeBatches, wakeUpsIn } from "./support/outbound.ts";
import { type Behaviour, behaviours, Receiver } from "./support/receiver.ts";
import { Sending, start } from "./support/sending.ts";
import { signatureFault } from "./support/signatureFault.ts";
import { SigningKey } from "./support/signingKey.ts";
import { secretArn, started, startedAws, startedCallback } from "./support/started.ts";
import { order, sessionId, sessionOf, timestamp, versionItem } from "./support/versions.ts";

const platform = "ucp:https://agent.example/.well-known/ucp";
const clients = JSON.stringify(storedKeys({ shop: { key: "1", scopes: ["merchant"] } }));
const profileUrl = "https://shop.example/.well-known/ucp";

/** The item of a version of a platform's session. */
const versionOf = (over: Parameters<typeof versionItem>[0] = {}, hidden: object = {}) =>
    versionItem({
        Caller: platform,
        Data: sessionOf({
            order: {
                ...order,
                totals: [
                    { type: "items_base_amount", display_text: "Items", amount: 5434 },
                    { type: "total", display_text: "Total", amount: 5434 },
                ],
            },
        }),
        Hidden: JSON.stringify({ caller: platform, cart: { lines: [] }, version: "ucp/2026-04-08", ...hidden }),
        ...over,
    });
const eventsOf = (item: ReturnType<typeof versionItem>) => platformDeliveriesOf(eventOf({ ...item }));

describe("order events for platforms", () => {
    const webhook = "http://127.0.0.1:9001/orders";

    it("tell the whole order in the protocol of its purchase, and where it goes when it is bought", function () {
        const [created, ...others] = eventsOf(versionOf({}, { orderWebhook: webhook }));
        const [updated] = eventsOf(versionOf({ Version: 5, Reason: "order_updated" }, { orderWebhook: webhook }));

        expect(others).to.deep.equal([]);
        expect(created).to.deep.include({ id: `${sessionId}:4:ucp_order_create`, tenantId: platform, webhook });
        expect(updated).to.deep.include({ id: `${sessionId}:5:ucp_order_update`, tenantId: platform });
        expect(updated).not.to.have.property("webhook");
        expect(created?.data).to.deep.include({ id: order.id, checkout_id: sessionId, currency: "USD" });
        expect(created?.data).to.have.nested.property("ucp.version", "2026-04-08");
        if (!ucpPresent) {
            console.log(`      ${ucpMissing}`);
            this.skip();
        }
        for (const one of [created, updated]) {
            expect(ucpJudge("2026-04-08")("shopping/order.json", one?.data)).to.deep.equal([]);
        }
    });

    it("are made of no session that was completed in another protocol", () => {
        expect(eventsOf(versionItem())).to.deep.equal([]);
        expect(eventsOf(versionOf({}, { version: "2026-04-17" }))).to.deep.equal([]);
        expect(eventsOf(versionOf({ Reason: "updated" }))).to.deep.equal([]);
    });

    it("fit into a message, however many events a parcel has", () => {
        const lines = Array.from({ length: 300 }, (_, index) => ({ id: `li_${index}`, quantity: 1 }));
        const log = Array.from({ length: 60 }, (_, index) => ({
            id: `${index}`,
            type: "in_transit",
            occurred_at: timestamp,
        }));
        const parcel = { id: "ful_1", type: "shipping" as const, line_items: lines, events: log };
        const data = sessionOf({ order: { ...order, fulfillments: [parcel] } });
        const [created] = eventsOf(versionOf({ Data: data }));

        expect(Buffer.byteLength(JSON.stringify(created))).to.be.below(200_000);
        const { fulfillment } = (created ?? expect.fail("no event")).data as UcpOrder;
        expect(fulfillment.events).to.have.length(60);
        expect(fulfillment.expectations[0]?.line_items).to.have.length(300);
    });

    describe("when they are dispatched", () => {
        const database = started(new Database());
        const aws = startedAws(database, (own) => {
            own.answers("GetSecretValue", () => ({ SecretString: clients }));
            takeBatches(own);
        });
        const dispatch = startedCallback(aws, "webhookFanout/dispatch");
        const inProduction = startedCallback(aws, "webhookFanout/dispatch", { ALLOWED_ADDRESSES: "" });

        beforeEach(() => database.clear("endpoints", "deliveries"));

        let count = 0;
        const received = (callback: typeof dispatch, ...events: object[]) => {
            count += 1;
            return callback.invoke({ Records: events.map((event, index) => sqsRecord(`m-${count}-${index}`, event)) });
        };
        const createdBy = (tenantId: string, url: string, at = timestamp, version = 4) => {
            const item = versionOf({ Caller: tenantId, Version: version, Timestamp: at }, { orderWebhook: url });
            return eventsOf(item).find(({ type }) => type === "ucp_order_create") ?? expect.fail("no event");
        };
        const endpoints = async () =>
            (await database.all("endpoints")).map(({ tenantId, url, status, kind }) => [tenantId, url, status, kind]);
        const deliveries = async () => (await database.all("deliveries")).filter(({ status }) => status !== undefined);

        it("register the platform's endpoint, once, and go to it alone", async () => {
            const other = "ucp:https://other.example/ucp";
            await received(dispatch, createdBy(other, "http://127.0.0.1:9002/orders"));
            const event = createdBy(platform, webhook);
            await received(dispatch, event, event);
            await received(dispatch, event);

            expect(await endpoints()).to.have.deep.members([
                [platform, webhook, "enabled", "ucp"],
                [other, "http://127.0.0.1:9002/orders", "enabled", "ucp"],
            ]);
            const kept = await deliveries();
            expect(kept.map(({ tenantId, deliveryId }) => [tenantId, deliveryId])).to.have.deep.members([
                [platform, `${sessionId}:4:ucp_order_create`],
                [other, `${sessionId}:4:ucp_order_create`],
            ]);
            expect(new Set(wakeUpsIn(aws).map(({ group }) => group)).size).to.equal(2);
            const bodies = (await database.all("deliveries")).flatMap(({ body }) => (body ? [String(body)] : []));
            for (const body of bodies) expect(JSON.parse(body)).to.include({ id: order.id, checkout_id: sessionId });
        });

        it("find the endpoint although other events of the platform come in the same batch", async () => {
            const event = createdBy(platform, webhook);
            const other = { ...event, id: `${sessionId}:4:completed`, type: "checkout_session.completed" };
            await received(dispatch, { ...other, webhook: undefined }, event);

            expect((await deliveries()).map(({ deliveryId }) => deliveryId)).to.deep.equal([
                `${sessionId}:4:ucp_order_create`,
            ]);
        });

        it("go nowhere but to the platform: no other kind of endpoint takes them", async () => {
            const own = {
                tenantId: platform,
                endpointId: "ep_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
                eventTypes: ["*"],
            };
            const shared = { url: webhook, concurrency: 1, ordered: false, status: "enabled", secrets: [] };
            await database.put("endpoints", { ...own, ...shared, kind: "standard" });
            const { webhook: _, ...event } = createdBy(platform, webhook);
            await received(dispatch, event);

            expect(await deliveries()).to.deep.equal([]);
        });

        it("follow the profile to another address, and are not led back by an earlier purchase", async () => {
            const at = (minutes: number) => new Date(Date.parse(timestamp) + minutes * 60_000).toISOString();
            await received(dispatch, createdBy(platform, "http://127.0.0.1:9001/old", at(0)));
            await received(dispatch, createdBy(platform, "http://127.0.0.1:9001/new", at(10)));
            await received(dispatch, createdBy(platform, "http://127.0.0.1:9001/old", at(5)));

            expect(await endpoints()).to.deep.equal([[platform, "http://127.0.0.1:9001/new", "enabled", "ucp"]]);
        });

        it("enable an endpoint again that was disabled before the purchase", async () => {
            await received(dispatch, createdBy(platform, webhook));
            const [endpoint] = await database.all("endpoints");
            await database.put("endpoints", { ...endpoint, status: "disabled", disabledBecause: "gone", failures: 3 });
            await received(dispatch, createdBy(platform, webhook, "2026-11-21T00:00:00.000Z", 9));

            const [again] = await database.all("endpoints");
            expect(again).to.include({ status: "enabled" });
            expect(again).not.to.have.any.keys("disabledBecause", "failures");
        });

        for (const url of [
            "http://shop.example/orders",
            "https://127.0.0.1/orders",
            "https://10.0.0.1/orders",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/orders",
            "https://[::ffff:10.0.0.1]/orders",
            "https://user:secret@shop.example/orders",
            "https://shop.example:22/orders",
            "https://localhost/orders",
            "ftp://shop.example/orders",
            "orders",
        ]) {
            it(`register nothing at ${url}, which is said in the log`, async () => {
                await received(inProduction, createdBy(platform, url));

                expect(await database.all("endpoints")).to.deep.equal([]);
                expect(await deliveries()).to.deep.equal([]);
                expect(inProduction.log.map(({ notDone }) => notDone)).to.include("PlatformRefused");
            });
        }
    });

    describe("when they are sent", () => {
        const database = started(new Database());
        const key = new SigningKey();
        const aws = startedAws(database, (own) => {
            own.answers("GetSecretValue", ({ SecretId }) => {
                const name = String(SecretId).split(":").at(-1) ?? "";
                if (name === "no-webhook-keys") return new Refusal("ResourceNotFoundException");
                const values: Record<string, string> = {
                    sealing: masterKeys,
                    "webhook-keys": JSON.stringify({ [platform.slice("ucp:".length)]: { "X-Goog-Api-Key": "key-1" } }),
                    "wrong-webhook-keys": "key-1",
                };
                return { SecretString: values[name] ?? clients };
            });
            key.in(own);
            takeBatches(own);
        });
        const keysIn = (secret: string) => ({
            UCP_SIGNING_KEYS: SigningKey.arn,
            UCP_PROFILE_URL: profileUrl,
            UCP_WEBHOOK_KEYS: secretArn(secret),
        });
        const dispatch = startedCallback(aws, "webhookFanout/dispatch");
        const deliver = startedCallback(aws, "webhookFanout/deliver", keysIn("webhook-keys"));
        const withoutKeys = startedCallback(aws, "webhookFanout/deliver", keysIn("no-webhook-keys"));
        const withWrongKeys = startedCallback(aws, "webhookFanout/deliver", keysIn("wrong-webhook-keys"));
        const withoutUcp = startedCallback(aws, "webhookFanout/deliver");
        let receiver: Receiver;

        before(async () => {
            receiver = await Receiver.start(behaviours.healthy);
        });
        after(() => receiver.stop());
        beforeEach(async () => {
            receiver.received.length = 0;
            await database.clear("endpoints", "deliveries", "attempts", "capacity");
        });

        async function dispatched(url: string): Promise<object> {
            const [event] = eventsOf(versionOf({}, { orderWebhook: url }));
            await dispatch.invoke({ Records: [sqsRecord("m-1", event ?? {})] });
            const [woken] = wakeUpsIn(aws);
            return { Records: [sqsRecord("m-2", woken?.wakeUp as object)] };
        }

        it("are signed with the merchant's key, with id and time of the event", async () => {
            await deliver.invoke(await dispatched(`${receiver.url}?partner=7`));

            const { headers, body, method, path } = receiver.only;
            expect(headers).to.include({
                "webhook-timestamp": String(Date.parse(timestamp) / 1000),
                "ucp-agent": `profile="${profileUrl}"`,
                "content-type": "application/json",
                "x-goog-api-key": "key-1",
            });
            expect(headers["webhook-id"]).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
            expect(isDigestOf(String(headers["content-digest"]), Buffer.from(body))).to.equal(true);
            const [pathname = "", query = ""] = path.split("?");
            const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
            const message = {
                headers: texts,
                target: { method, authority: String(headers.host), path: pathname, query },
            };
            const required = [
                "@method",
                "@authority",
                "@path",
                "@query",
                "content-digest",
                "content-type",
                "ucp-agent",
            ];
            const keys = [key.published];
            const verification = { keys, required: [...required, "webhook-id", "webhook-timestamp"], now: Date.now() };
            expect(signatureFault(message, verification)).to.equal(undefined);
            const another = { ...message, headers: { ...texts, "webhook-id": "another" } };
            expect(signatureFault(another, verification)).to.include({ code: "signature_invalid" });
            expect(signatureFault(message, { ...verification, keys: [new SigningKey().published] })).not.to.equal(
                undefined,
            );
            expect(JSON.parse(body)).to.include({ id: order.id, checkout_id: sessionId });
        });

        it("have no API key where no platform has given one", async () => {
            await withoutKeys.invoke(await dispatched(receiver.url));
            expect(receiver.only.headers).not.to.have.property("x-goog-api-key");
        });

        it("wait while the secret with the API keys is none, and the log does not quote it", async () => {
            const result = await withWrongKeys.invoke(await dispatched(receiver.url));
            expect(receiver.received).to.deep.equal([]);
            expect(result).to.have.property("batchItemFailures").with.length(1);
            expect(JSON.stringify(withWrongKeys.log)).to.include("no JSON object").and.not.to.include("key-1");
        });

        it("wait for a key, which the merchant has no more where the protocol is not served", async () => {
            await withoutUcp.invoke(await dispatched(receiver.url));

            expect(receiver.received).to.deep.equal([]);
            const [row] = (await database.all("deliveries")).filter(({ status }) => status !== undefined);
            expect(row).to.include({ status: "pending", attempts: 1 });
            expect(row?.["lastError"]).to.match(/not served/);
        });
    });

    describe("of one order", () => {
        const sending = started(new Sending());
        beforeEach(async () => {
            await sending.reset();
            sending.late = {
                ...sending.late,
                signed: async ({ deliveryId }) => ({ "content-type": "application/json", "webhook-id": deliveryId }),
            };
        });
        const minute = 60_000;
        const idOf = (session: string, version: number) =>
            `${session}:${version}:${version === 4 ? "ucp_order_create" : "ucp_order_update"}`;
        /** A version of a session; its clock may be wrong by seconds. */
        const arrives = (session: string, version: number, over: Parameters<Sending["delivery"]>[0] = {}) =>
            sending.delivery({
                deliveryId: idOf(session, version),
                eventType: idOf(session, version).split(":")[2] ?? "",
                orderingKey: session,
                orderKey: `ep_1#${session}`,
                ...over,
            });
        async function receiverThat(behaviour: Behaviour) {
            const receiver = await Receiver.start(behaviour);
            await sending.endpoint(receiver.url, { kind: "ucp", ordered: true });
            return receiver;
        }

        it("come one after the other, also where an earlier one is dispatched late, and clocks differ", async () => {
            const receiver = await receiverThat(behaviours.healthy);
            const [created, later] = [
                await arrives("cs_1", 4),
                await arrives("cs_1", 6, { occurredAt: new Date(start - 5000).toISOString() }),
            ];
            expect((await sending.batch([later, created])).map(({ outcome }) => outcome)).to.deep.equal([
                "put back",
                "delivered",
            ]);
            await sending.run({ until: start + 4 * minute });
            expect(receiver.ids).to.deep.equal([idOf("cs_1", 4)]);

            await sending.attempt(await arrives("cs_1", 5));
            await sending.run();
            expect(receiver.ids).to.deep.equal([idOf("cs_1", 4), idOf("cs_1", 5), idOf("cs_1", 6)]);
            await receiver.stop();
        });

        it("do not wait for good for one that never comes, nor come after a later one", async () => {
            const receiver = await receiverThat(behaviours.healthy);
            await sending.attempt(await arrives("cs_1", 4));
            const [lost, last] = [idOf("cs_1", 5), idOf("cs_1", 6)];
            await sending.attempt(await arrives("cs_1", 6));
            await sending.run();
            expect(receiver.ids).to.deep.equal([idOf("cs_1", 4), last]);
            expect(sending.now - start).to.be.within(16 * minute, 18 * minute);

            expect(await sending.attempt(await arrives("cs_1", 5))).to.include({ outcome: "skipped" });
            expect(await sending.row(lost)).to.include({ status: "skipped", attempts: 0 });
            expect(receiver.ids).to.have.length(2);
            await receiver.stop();
        });

        it("wait for one that fails until it is delivered or given up, and delay no other order", async () => {
            const receiver = await receiverThat((response, { headers }) => {
                const id = String(headers["webhook-id"]);
                response.writeHead(id === idOf("cs_1", 5) ? 500 : 200).end();
            });
            const wakeUps = [
                await arrives("cs_1", 4),
                await arrives("cs_1", 5),
                await arrives("cs_1", 6),
                await arrives("cs_2", 4),
                await arrives("cs_2", 5),
            ];
            await sending.batch(wakeUps.toReversed());
            await sending.run();

            const taken = receiver.ids.filter((id) => id !== idOf("cs_1", 5));
            expect(taken.filter((id) => id?.startsWith("cs_2"))).to.deep.equal([idOf("cs_2", 4), idOf("cs_2", 5)]);
            expect(receiver.ids.at(-1)).to.equal(idOf("cs_1", 6));
            expect(await sending.row(idOf("cs_1", 5))).to.include({ status: "exhausted" });
            await receiver.stop();
        });

        it("come in order and each once, whatever is late, repeated or refused at first", async () => {
            const arrival = fc.record({
                late: fc.integer({ min: 0, max: 10 * minute }),
                refusals: fc.integer({ min: 0, max: 2 }),
            });
            await fc.assert(
                fc.asyncProperty(
                    fc.array(arrival, { minLength: 1, maxLength: 5 }),
                    fc.boolean(),
                    async (arrivals, isRepeated) => {
                        await sending.reset();
                        const refusals = new Map(
                            arrivals.map(({ refusals: most }, index) => [idOf("cs_1", 4 + index), most]),
                        );
                        const accepted: string[] = [];
                        const receiver = await receiverThat((response, { headers }) => {
                            const id = String(headers["webhook-id"]);
                            const left = refusals.get(id) ?? 0;
                            refusals.set(id, left - 1);
                            if (left <= 0) accepted.push(id);
                            response.writeHead(left > 0 ? 503 : 200).end();
                        });
                        const schedule = arrivals
                            .map(({ late }, index) => ({ late, version: 4 + index }))
                            .sort((one, other) => one.late - other.late);
                        for (const { late, version } of schedule) {
                            await sending.run({ until: start + late });
                            sending.now = Math.max(sending.now, start + late);
                            const wakeUp = await arrives("cs_1", version);
                            await sending.batch(isRepeated ? [wakeUp, wakeUp] : [wakeUp]);
                        }
                        await sending.run();
                        await receiver.stop();
                        expect(accepted).to.deep.equal(arrivals.map((_, index) => idOf("cs_1", 4 + index)));
                    },
                ),
                { numRuns: isProof ? 60 : 6 },
            );
        });
    });
});
