import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { deliveriesOf } from "../../runtime/checkoutSessions/events/deliveries.ts";
import { eventOf } from "../../runtime/checkoutSessions/events/publication.ts";
import { dueShards, newDelivery } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import { readEvent } from "../../runtime/webhookFanout/dispatch/event.ts";
import { Routing } from "../../runtime/webhookFanout/dispatch/routing.ts";
import type { RegisteredEndpoint } from "../../runtime/webhookFanout/endpoints/endpointStore.ts";
import { covers, eventTypes, wants } from "../../runtime/webhookFanout/endpoints/eventTypes.ts";
import type { Health } from "../../runtime/webhookFanout/endpoints/health.ts";
import { formats } from "../../tools/formats.ts";
import { storedKeys } from "../storedKeys.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { busEvent, meta, sqsRecord } from "./support/events.ts";
import { deliveryItem, endpointId, endpointItem, outboundEvent, takeBatches, wakeUpsIn } from "./support/outbound.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";
import { checkoutEvent, sessionId, versionItem } from "./support/versions.ts";

const lines = [{ productId: "12345", name: "Cleaner", quantity: 2, unitPrice: 12.99 }];
const details = {
    "order.received.v1": {
        orderId: "12345",
        customer: { name: "Jo Doe", email: "jo@example.com" },
        items: ["Widget A", { productName: "Widget B", quantity: 2 }],
        total: 99.99,
        lines,
        meta,
    },
    "order.rejected.v1": { orderId: "12345", reason: "conflict", order: { anything: [1, null] }, meta },
    "inventory.reserved.v1": {
        orderId: "12345",
        lines: [{ productId: "12345", name: "Cleaner", quantity: 2 }],
        untracked: [{ name: "Widget A", quantity: 1 }],
        meta,
    },
    "inventory.shortage.v1": {
        orderId: "12345",
        lines: [],
        untracked: [],
        short: [{ productId: "12345", name: "Cleaner", quantity: 2, available: 0 }],
        meta,
    },
    "document.generated.v1": { orderId: "12345", bucket: "documents", key: "orders/12345.pdf", meta },
    "order.updated.v1": {
        orderId: "12345",
        status: "processing",
        line_items: [{ id: "li_1", quantity: { fulfilled: 1 } }],
        fulfillments: [
            {
                id: "ful_1",
                type: "shipping",
                status: "shipped",
                line_items: [{ id: "li_1", quantity: 1 }],
                carrier: "UPS",
                tracking_number: "1Z999",
                events: [{ id: "ful_1_1", type: "shipped", occurred_at: "2026-11-20T10:11:12.000Z" }],
            },
        ],
        meta: {
            ...meta,
            version: 2,
            change: { type: "fulfillment", id: "ful_1", lines: [{ id: "li_1", name: "Widget A", quantity: 1 }] },
        },
    },
    "payment.updated.v1": {
        orderId: "12345",
        version: 2,
        payment: { provider: "stripe", id: "pi_1", state: "refunded", amount: 100, currency: "usd" },
        adjustments: [
            {
                id: "ref_1",
                type: "refund",
                occurred_at: "2026-11-20T10:11:12.000Z",
                status: "completed",
                amount: 100,
                currency: "usd",
                line_items: [{ id: "li_1", quantity: 1 }],
            },
        ],
        isCanceled: false,
        isPending: false,
        meta,
    },
    "product.updated.v1": {
        productId: "12345",
        change: "changed",
        members: ["title"],
        product: {
            productId: "12345",
            title: "Cleaner",
            prices: { usd: 1299 },
            condition: "new",
            digital: false,
            availability: "in_stock",
        },
        sellable: 100,
        changeId: "change-1",
        meta: { correlationId: "correlation-1" },
    },
} as const;

const delivery = (over: object = {}) => ({
    id: `${sessionId}:4:completed`,
    type: "checkout_session.completed",
    timestamp: "2026-11-20T10:11:12.000Z",
    correlationId: "correlation-1",
    tenantId: "agent",
    data: { id: sessionId, status: "completed" },
    ...over,
});

/** Both are the merchant's: one by its scopes, one by the stack's word for a key in the older form. */
const keysSecret = () => ({
    SecretString: JSON.stringify({
        ...storedKeys({
            shop: { key: "1", scopes: ["merchant"] },
            agent: { key: "2", scopes: ["checkout", "webhooks"] },
        }),
        "back-office": "key-of-back-office",
    }),
});

type Stored = RegisteredEndpoint & Health;

describe("dispatch: events of the deliveries queue to deliveries for endpoints", () => {
    const database = started(new Database());
    const aws = startedAws(database, (own) => {
        own.answers("GetSecretValue", keysSecret);
        takeBatches(own);
    });
    const dispatch = startedCallback(aws, "webhookFanout/dispatch", {
        PLAIN_KEY_SCOPES: JSON.stringify({ "back-office": ["merchant"] }),
    });
    const [agentEndpoint, otherEndpoint] = ["ep_a", "ep_b"].map((start) => `${start}${endpointId.slice(4)}`);

    beforeEach(() => database.clear("endpoints", "deliveries"));

    async function register(first: Partial<Stored> = {}, ...others: Partial<Stored>[]) {
        for (const one of [first, ...others]) {
            await database.put("endpoints", { ...endpointItem(one) });
        }
    }
    const run = async (...messages: readonly unknown[]) => {
        const Records = messages.map((message, index) => sqsRecord(`m-${index}`, message));
        const { batchItemFailures } = (await dispatch.invoke({ Records })) as {
            batchItemFailures: { itemIdentifier: string }[];
        };
        return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    };
    /** Deliveries with their bodies, which are items of their own. */
    const kept = async () => {
        const items = await database.all("deliveries");
        const bodies = new Map(items.map((item) => [`${item["endpointId"]} ${item["deliveryId"]}`, item]));
        return items
            .filter((item) => !String(item["deliveryId"]).endsWith("#body"))
            .map((item) => {
                const { body, expiresAt } = bodies.get(`${item["endpointId"]} ${item["deliveryId"]}#body`) ?? {};
                expect(item).not.to.have.property("body");
                expect(expiresAt).to.equal(item["expiresAt"]);
                return { ...item, body } as Record<string, unknown>;
            });
    };

    it("delays the first attempt for an endpoint that is failing or crowded", async () => {
        const second = 1000;
        const until = (ms: number) => new Date(Date.now() + ms).toISOString();
        for (const [health, least, most] of [
            [{ failures: 2, failingSince: until(0) }, 0, 0],
            [{ failures: 3, failingSince: until(0) }, 60, 300],
            [{ crowdedUntil: until(60 * second) }, 15, 60],
            [{ crowdedUntil: until(-second) }, 0, 0],
        ] as const) {
            await database.clear("endpoints", "deliveries");
            aws.calls.length = 0;
            await register(health);
            const before = Date.now();

            expect(await run(delivery())).to.deep.equal([]);

            const [{ entry } = { entry: undefined }] = aws.messages;
            const text = JSON.stringify(health);
            expect(entry?.DelaySeconds ?? 0, text).to.be.within(least, most);
            const [item] = await kept();
            const waitMs = Date.parse(String(item?.["nextAttemptAt"])) - Date.parse(String(item?.["createdAt"]));
            expect(waitMs / second, text).to.be.within(least, most);
            expect(Date.parse(String(item?.["createdAt"]))).to.be.at.least(before);
        }
    });

    it("stores the delivery of a checkout event, and sends the deliverer its message", async () => {
        await register({ ordered: true });
        const before = Date.now();

        expect(await run(delivery())).to.deep.equal([]);

        const [item, ...others] = await kept();
        const { createdAt, nextAttemptAt, expiresAt, dueShard, ...rest } = item ?? {};
        expect(others).to.deep.equal([]);
        expect(rest).to.deep.equal({
            endpointId,
            deliveryId: `${sessionId}:4:completed`,
            tenantId: "shop",
            eventType: "checkout_session.completed",
            orderingKey: sessionId,
            orderKey: `${endpointId}#${sessionId}`,
            occurredAt: "2026-11-20T10:11:12.000Z",
            correlationId: "correlation-1",
            body: JSON.stringify({
                id: `${sessionId}:4:completed`,
                type: "checkout_session.completed",
                sequence: 4,
                timestamp: "2026-11-20T10:11:12.000Z",
                data: { id: sessionId, status: "completed" },
            }),
            status: "pending",
            attempts: 0,
        });
        expect(nextAttemptAt).to.equal(createdAt);
        expect(Date.parse(String(createdAt))).to.be.within(before, Date.now());
        expect(expiresAt).to.be.closeTo(before / 1000 + 30 * 86_400, 5);
        expect(dueShards).to.include(dueShard);
        expect(wakeUpsIn(aws)).to.deep.equal([
            {
                wakeUp: { tenantId: "shop", endpointId, deliveryId: `${sessionId}:4:completed`, attempt: 1 },
                group: endpointId,
                correlationId: "correlation-1",
            },
        ]);
    });

    it("sends endpoints of the protocol's kind order events only, in the protocol's form", async () => {
        await register({ kind: "acp" });

        await run(delivery(), delivery({ id: `${sessionId}:4:order_create`, type: "order_create" }));

        expect((await kept()).map(({ eventType, body }) => [eventType, body])).to.deep.equal([
            ["order_create", JSON.stringify({ type: "order_create", data: { id: sessionId, status: "completed" } })],
        ]);
    });

    const newestOrder = { id: "ord_1", status: "open" };
    const olderOrder = { type: "order", status: "created", refunds: [] };
    for (const [completedIn, unpinned] of [
        ["2025-09-29", "older"],
        ["2026-01-30", "older"],
        ["2026-04-17", "newest"],
        [undefined, "newest"],
    ] as const) {
        it(`sends them in the version that the endpoint pins, else in the session's: ${completedIn}`, async () => {
            await register(
                { endpointId: "ep_unpinned", kind: "acp" },
                { endpointId: "ep_2025-09-29", kind: "acp", api_version: "2025-09-29" },
                { endpointId: "ep_2026-01-30", kind: "acp", api_version: "2026-01-30" },
                { endpointId: "ep_2026-04-17", kind: "acp", api_version: "2026-04-17" },
                { endpointId: "ep_standard" },
            );
            const older = { until: "2026-01-30", data: olderOrder };

            await run(delivery({ type: "order_create", data: newestOrder, completedIn, older }));

            const forms = (await kept()).map(({ endpointId: id, body, isOlderForm }) => {
                const { data } = JSON.parse(String(body));
                expect(data).to.deep.equal(isOlderForm ? olderOrder : newestOrder);
                return [id, isOlderForm ? "older" : "newest"];
            });
            expect(Object.fromEntries(forms)).to.deep.equal({
                ep_unpinned: unpinned,
                "ep_2025-09-29": "older",
                "ep_2026-01-30": "older",
                "ep_2026-04-17": "newest",
                ep_standard: "newest",
            });
        });
    }

    it("applies a filter to the form that the endpoint receives", async () => {
        const filter = { data: { status: ["created"] } };
        await register(
            { endpointId: "ep_older", kind: "acp", api_version: "2026-01-30", filter },
            { endpointId: "ep_newest", kind: "acp", filter },
        );

        const older = { until: "2026-01-30", data: olderOrder };
        await run(delivery({ type: "order_create", data: newestOrder, older }));

        expect((await kept()).map((item) => item["endpointId"])).to.deep.equal(["ep_older"]);
    });

    for (const [type, detail] of Object.entries(details)) {
        it(`sends ${type} to the merchant's endpoints, under an id without a dot`, async () => {
            await register();

            expect(await run(busEvent(type, detail))).to.deep.equal([]);

            const [item] = await kept();
            const orderingKey = "orderId" in detail ? "12345" : "product:12345";
            expect(item).to.include({ eventType: type, orderingKey, correlationId: "correlation-1" });
            expect(item?.["deliveryId"]).to.match(/^evt_[0-9a-f-]{36}$/);
            expect(JSON.parse(String(item?.["body"]))).to.deep.equal({
                id: item?.["deliveryId"],
                type,
                timestamp: "2026-11-20T10:11:12.000Z",
                data: detail,
            });
        });
    }

    it("recognizes an event that was published twice, to which the bus gave two ids", async () => {
        await register();
        const event = busEvent("order.received.v1", details["order.received.v1"]);
        const again = { ...event, id: "another-id-of-the-bus", time: "2026-11-20T10:20:00Z" };
        const other = { ...event, detail: { ...event.detail, meta: { ...meta, correlationId: "correlation-2" } } };

        await run(event);
        await run(again, other);

        expect(await kept()).to.have.length(2);
    });

    it("keeps the milliseconds of an event's own time, of which the bus has the seconds only", async () => {
        await register();
        const at = (occurredAt: string, version: number) => {
            const detail = { orderId: "12345", meta: { ...meta, occurredAt, version } };
            return busEvent("order.updated.v1", detail);
        };
        const [later, first] = [at("2026-11-20T10:11:12.999Z", 3), at("2026-11-20T10:11:12.001Z", 2)];

        await run(later, first, { ...first, detail: { ...first.detail, meta: { ...meta, version: 2 } } });

        const times = (await kept()).map(({ occurredAt }) => String(occurredAt));
        expect(times.sort()).to.deep.equal(["2026-11-20T10:11:12.001Z", "2026-11-20T10:11:12.999Z"]);
    });

    it("sends an update of an order by a system of the merchant, which says no more than the order's id", async () => {
        await register();
        expect(await run(busEvent("order.updated.v1", { orderId: "12345" }, "merchant"))).to.deep.equal([]);
        expect((await kept())[0]).to.include({ eventType: "order.updated.v1", orderingKey: "12345" });
    });

    describe("tenants", () => {
        beforeEach(async () => {
            await register(
                { tenantId: "shop" },
                { tenantId: "agent", endpointId: agentEndpoint ?? "" },
                { tenantId: "other", endpointId: otherEndpoint ?? "" },
            );
        });
        const recipients = async () => (await kept()).map((item) => item["tenantId"]);

        it("receive events of their own sessions, and the merchant all events", async () => {
            await run(delivery());

            expect(await recipients()).to.have.members(["shop", "agent"]);
        });

        it("do not receive events without a tenant, which only the merchant receives", async () => {
            const { tenantId: _, ...withoutTenant } = delivery();
            await run(withoutTenant, busEvent("order.received.v1", details["order.received.v1"]));

            expect(await recipients()).to.deep.equal(["shop", "shop"]);
        });
    });

    it("sees an endpoint that was registered after the batch before", async () => {
        await run(delivery());
        await register();
        await run(delivery({ id: `${sessionId}:5:order_updated`, type: "checkout_session.order_updated" }));

        expect((await kept()).map((item) => item["deliveryId"])).to.deep.equal([`${sessionId}:5:order_updated`]);
    });

    it("asks for each tenant's endpoints once a batch", async () => {
        await run(...Array.from({ length: 10 }, (_, index) => delivery({ id: `${sessionId}:${index}:completed` })));

        const asked = aws.inputs("Query").map((input) => JSON.stringify(input["ExpressionAttributeValues"]));
        expect(asked).to.have.length(3);
    });

    it("stores deliveries of a disabled endpoint, and sends no message", async () => {
        await register({ status: "disabled", disabledBecause: "owner" });

        await run(delivery());

        const [item] = await kept();
        expect(item).to.include({ status: "skipped", attempts: 0 }).and.not.to.have.property("nextAttemptAt");
        expect(wakeUpsIn(aws)).to.deep.equal([]);
    });

    it("leaves a delivery unchanged when its event arrives again", async () => {
        await register();
        const done = deliveryItem({ status: "delivered", attempts: 2 }, { id: delivery().id });
        await database.put("deliveries", { ...done });

        expect(await run(delivery({ data: { id: "changed" } }))).to.deep.equal([]);

        expect(await database.all("deliveries")).to.deep.equal([JSON.parse(JSON.stringify(done))]);
        expect(wakeUpsIn(aws)).to.deep.equal([]);
    });

    it("sends a delivery's message again when its event arrives again before the first attempt", async () => {
        await register();

        await run(delivery());
        await run(delivery(), delivery());

        expect(await kept()).to.have.length(1);
        expect(wakeUpsIn(aws)).to.have.length(3);
    });

    it("sends at most ten messages in a call, each with the endpoint as its group", async () => {
        const ids = Array.from({ length: 12 }, (_, index) => `ep_${String(index).padStart(2, "0")}`);
        await register(...ids.map((id) => ({ endpointId: id })));

        await run(delivery(), delivery({ id: `${sessionId}:5:canceled`, type: "checkout_session.canceled" }));

        expect(aws.inputs("SendMessageBatch").map((input) => [input["Entries"]].flat().length)).to.have.members([
            10, 10, 4,
        ]);
        expect(wakeUpsIn(aws).map(({ group }) => group)).to.have.members([...ids, ...ids]);
    });

    it("retries only the events whose message the queue refused, and keeps their deliveries", async () => {
        await register({ endpointId: "ep_1" }, { endpointId: "ep_2" });
        takeBatches(aws, (body) => body.includes(":5:") && body.includes("ep_2"));

        const failed = await run(
            delivery(),
            delivery({ id: `${sessionId}:5:canceled`, type: "checkout_session.canceled" }),
            delivery({ id: `${sessionId}:6:created`, type: "checkout_session.created" }),
        );

        expect(failed).to.deep.equal(["m-1"]);
        expect(await kept()).to.have.length(6);
        expect(JSON.stringify(dispatch.log.find(({ level }) => level === "error"))).to.contain("InternalError");
        takeBatches(aws);
        expect(await run(delivery({ id: `${sessionId}:5:canceled`, type: "checkout_session.canceled" }))).to.deep.equal(
            [],
        );
    });

    for (const [action, answer] of [
        ["SendMessageBatch", new Refusal("AccessDeniedException")],
        ["TransactWriteItems", new Refusal("AccessDeniedException")],
        ["Query", new Refusal("AccessDeniedException")],
    ] as const) {
        it(`retries the event when ${action} fails`, async () => {
            await register();
            aws.answers(action, () => answer);

            expect(await run(delivery())).to.deep.equal(["m-0"]);
            expect(dispatch.log.at(-1)).to.include({ level: "error", correlationId: "correlation-1" });
        });
    }

    const unreadable: [what: string, message: unknown, reason: RegExp][] = [
        ["no JSON", "{", /must be an object/],
        ["of an unknown type", delivery({ type: "checkout_session.exploded" }), /\/type/],
        ["under an id with a dot", delivery({ id: "cs_1.4" }), /\/id/],
        ["without a time", delivery({ timestamp: "soon" }), /\/timestamp/],
        ["without data", delivery({ data: undefined }), /\/data/],
        ["in an older form that is none", delivery({ older: { data: {} } }), /\/older/],
        ["of a tenant that is no text", delivery({ tenantId: 7 }), /\/tenantId/],
        [
            "of the bus that is none of ours",
            busEvent("order.forgotten.v1", { orderId: "1" }),
            /not an event of the order bus/,
        ],
        [
            "of the bus that does not keep its contract",
            busEvent("inventory.shortage.v1", { ...details["inventory.shortage.v1"], short: [] }),
            /\/short/,
        ],
    ];
    for (const [what, message, reason] of unreadable) {
        it(`fails only for an event ${what}, and logs the reason`, async () => {
            await register();

            expect(await run(delivery(), message)).to.deep.equal(["m-1"]);

            expect(await kept()).to.have.length(1);
            expect(JSON.stringify(dispatch.log.find(({ level }) => level === "error"))).to.match(reason);
        });
    }

    it("sends to endpoints with a filter exactly the events that match it", async () => {
        await register(
            { endpointId: "ep_large", filter: { data: { total: [{ numeric: [">", 90] }] } } },
            { endpointId: "ep_small", filter: { data: { total: [{ numeric: ["<=", 90] }] } } },
            {
                endpointId: "ep_either",
                filter: { $or: [{ type: ["x"] }, { data: { customer: { name: ["Jo Doe"] } } }] },
            },
        );

        await run(
            busEvent("order.received.v1", details["order.received.v1"]),
            busEvent("order.received.v1", { ...details["order.received.v1"], orderId: "small", total: 90 }),
        );

        const totals = (await kept()).map((item) => [item["endpointId"], item["orderingKey"]]);
        expect(totals).to.have.deep.members([
            ["ep_large", "12345"],
            ["ep_small", "small"],
            ["ep_either", "12345"],
            ["ep_either", "small"],
        ]);
    });

    it("passes over an endpoint whose filter is no pattern, and serves the others", async () => {
        await register({ endpointId: "ep_broken", filter: { data: {} } }, { endpointId: "ep_whole" });

        expect(await run(busEvent("order.received.v1", details["order.received.v1"]))).to.deep.equal([]);

        expect((await kept()).map((item) => item["endpointId"])).to.deep.equal(["ep_whole"]);
        expect(dispatch.log.find(({ level }) => level === "error")).to.include({
            notDone: "EndpointPassedOver",
            endpointId: "ep_broken",
        });
    });

    it("sends events about deliveries to the owner's other endpoints that ask for them by name", async () => {
        await register(
            { endpointId: "ep_all", eventTypes: ["*"] },
            { endpointId: "ep_watch", eventTypes: ["webhook.*"] },
        );
        const data = { endpointId: "ep_all", deliveryId: "evt_1", eventType: "order_create", attempts: 4 };

        await run(delivery({ id: "failing-1", type: "webhook.failing", tenantId: "shop", data }));

        expect((await kept()).map((item) => item["endpointId"])).to.deep.equal(["ep_watch"]);
    });

    it("logs ids, and no content of events", async () => {
        await register();

        await run(
            busEvent("order.received.v1", details["order.received.v1"]),
            delivery({ data: { email: "jo@x.example" } }),
        );

        expect(dispatch.log.filter(({ message }) => message === "Event dispatched")).to.have.length(2);
        expect(dispatch.log.at(-1)).to.include({ correlationId: "correlation-1", endpoints: 1, woken: 1 });
        expect(dispatch.text()).not.to.contain("Doe").and.not.to.contain("jo@").and.not.to.contain("Widget");
    });
});

describe("the events that endpoints receive", () => {
    const read = (file: string) => parse(readFileSync(join(import.meta.dirname, "../../spec", file), "utf8"));
    const contract = read("events.asyncapi.yaml");
    const payloads: Record<string, { payload: object }> = contract.components.messages;

    it("are those of the document", () => {
        const { acpOrder: _, olderAcpOrder: __, ...messages } = payloads;
        const named = JSON.stringify(messages).matchAll(/"type":\{"(?:const|enum)":(\[[^\]]*\]|"[^"]*")\}/g);
        const types = [...named].flatMap(([, names = ""]) => [JSON.parse(names)].flat());

        expect(types).to.have.members([...eventTypes]);
        expect(Object.keys(contract.channels.endpoint.messages)).to.have.members(Object.keys(messages));
    });

    it("have bodies as the document says", () => {
        const ajv = new Ajv2020({ strict: false, formats });
        ajv.addSchema({ ...contract, $id: "https://spec/events.asyncapi.yaml" });
        for (const name of ["checkout", "catalog"]) {
            ajv.addSchema({ ...read(`${name}.openapi.yaml`), $id: `https://spec/${name}.openapi.yaml` });
        }
        const messages = [
            ...["created", "completed", "order_updated"].flatMap((reason) =>
                deliveriesOf(checkoutEvent(reason as "created")).map((one) => JSON.stringify(one)),
            ),
            ...Object.entries(details).map(([type, detail]) => JSON.stringify(busEvent(type, detail))),
        ];
        const seen = new Set<string>();
        for (const message of messages) {
            const event = readEvent(message);
            const kinds = [{ kind: "standard" }, { kind: "acp" }, { kind: "acp", api_version: "2025-09-29" }] as const;
            for (const kind of kinds) {
                if (!wants({ ...kind, eventTypes: ["*"] }, event.type)) continue;
                const body = JSON.parse(newDelivery(endpointItem(kind), event, 0).body);
                const matching = Object.keys(payloads).filter((name) =>
                    ajv.validate(`https://spec/events.asyncapi.yaml#/components/messages/${name}/payload`, body),
                );
                expect(matching, `${JSON.stringify(kind)} ${message}`).to.have.length(1);
                for (const name of matching) seen.add(name);
            }
        }
        const { test: _, notice: __, ...others } = payloads;
        expect([...seen]).to.have.members(Object.keys(others));
    });

    it("name the order's payment, but not in the protocol's own form, which has none", () => {
        const payment = { provider: "stripe", id: "pi_1", state: "captured", amount: 5434, currency: "usd" } as const;
        for (const reason of ["completed", "order_updated"] as const) {
            const [, order] = deliveriesOf(checkoutEvent(reason, { payment }));
            const event = readEvent(JSON.stringify(order));
            const dataFor = (kind: "standard" | "acp") =>
                JSON.parse(newDelivery(endpointItem({ kind }), event, 0).body).data;
            expect(dataFor("standard").payment).to.deep.equal(payment);
            expect(dataFor("acp")).not.to.have.property("payment");
        }
    });

    it("carry the session's tenant from the session's version to the endpoint", () => {
        const event = eventOf({ ...versionItem({ Caller: "agent" }) });

        expect(event.tenantId).to.equal("agent");
        for (const one of deliveriesOf(event)) expect(readEvent(JSON.stringify(one)).tenantId).to.equal("agent");
        expect(eventOf({ ...versionItem() })).not.to.have.property("tenantId");
    });
});

describe("the types that an endpoint asks for", () => {
    const type = fc.constantFrom(...eventTypes);

    it("are covered by themselves, by * unless they are about endpoints, and by their beginnings", () => {
        fc.assert(
            fc.property(type, (name) => {
                expect(covers(name, name)).to.equal(true);
                expect(covers("*", name)).to.equal(!name.startsWith("webhook."));
                const parts = name.split(".");
                for (let count = 1; count < parts.length; count += 1) {
                    expect(covers(`${parts.slice(0, count).join(".")}.*`, name)).to.equal(true);
                }
            }),
        );
    });

    it("are covered by no other name, and by no beginning that ends within a word", () => {
        fc.assert(
            fc.property(type, type, fc.nat(20), (name, other, cut) => {
                fc.pre(name !== other);
                expect(covers(other, name)).to.equal(false);
                expect(covers(`${name.slice(0, cut)}.*`, name)).to.equal(name[cut] === ".");
            }),
        );
    });

    it("select each endpoint once, and only endpoints that ask for the type", async () => {
        const patterns = fc.constantFrom("*", "checkout_session.*", "order.*", "webhook.*", ...eventTypes);
        const endpoint = fc.record({
            tenantId: fc.constantFrom("shop", "agent", "other"),
            endpointId: fc.uuid(),
            eventTypes: fc.array(patterns, { minLength: 1, maxLength: 4 }),
            kind: fc.constantFrom("standard" as const, "acp" as const),
        });
        const cases = fc.tuple(
            fc.uniqueArray(endpoint, { selector: (one) => one.endpointId, maxLength: 20 }),
            type,
            fc.constantFrom("shop", "agent", undefined),
        );
        await fc.assert(
            fc.asyncProperty(cases, async ([records, name, tenantId]) => {
                const all = records.map((record) => endpointItem(record));
                const read = async (tenant: string) => all.filter((one) => one.tenantId === tenant);
                const { tenantId: _, ...event } = outboundEvent({ type: name });

                const { endpoints: audience } = await new Routing(read, ["shop"]).endpointsFor({
                    ...event,
                    ...(tenantId && { tenantId }),
                });

                const expected = all.filter(
                    (one) => (one.tenantId === "shop" || one.tenantId === tenantId) && wants(one, name),
                );
                expect(audience).to.have.deep.members(expected);
            }),
        );
    });
});
