import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { kinds, type NotDone } from "../../runtime/shared/outcome.ts";
import type { StoredDelivery } from "../../runtime/webhookFanout/delivery/delivery.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { newSecret } from "../../runtime/webhookFanout/endpoints/endpointSecret.ts";
import { Sealing } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { readLine } from "../../tools/operator/logLine.ts";
import { entriesIn, isAbout } from "../../tools/operator/timeline.ts";
import { reported } from "../../tools/permissions.ts";
import { graphOf } from "../graph.ts";
import { Refusal } from "./support/aws.ts";
import { changeNotification, platformMessage } from "./support/customers.ts";
import { Database } from "./support/database.ts";
import {
    busEvent,
    cartBody,
    httpRequest,
    meta,
    orderReceivedEvent,
    snsEvent,
    sqsRecord,
    streamRecord,
} from "./support/events.ts";
import { item } from "./support/feed.ts";
import { figuresIn } from "./support/figures.ts";
import type { LogLine } from "./support/function.ts";
import { deliveryItem, endpointItem, masterKeys, owner, takeBatches } from "./support/outbound.ts";
import { requestOf } from "./support/routes.ts";
import { LocalServer } from "./support/server.ts";
import { Callback, secretArn, started, startedAws } from "./support/started.ts";
import { order, sessionOf, versionItem } from "./support/versions.ts";

const names = Object.keys(kinds) as NotDone[];

/** What it takes to bring something about that is accepted and not done. */
class Stage extends LocalServer {
    readonly database = started(new Database());
    readonly aws = startedAws(this.database, (aws) => {
        takeBatches(aws);
        const segment = JSON.stringify({ writeKey: "write-key-1", apiBase: "http://127.0.0.1:9" });
        aws.answers("GetSecretValue", ({ SecretId }) => ({
            SecretString: SecretId === secretArn("segment") ? segment : this.#secretOf(SecretId),
        }));
    });
    /** Answers what endpoints are sent. */
    receive: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) => response.end();
    readonly #functions = new Map<string, Callback>();
    #count = 0;

    protected override serve(request: IncomingMessage, response: ServerResponse): void {
        this.receive(request, response);
    }

    override async stop(): Promise<void> {
        for (const callback of this.#functions.values()) await callback.stop();
        await super.stop();
    }

    fresh = (): string => `n${++this.#count}`;

    /** The account at a Stripe that this stage plays, or the keys that seal webhooks' secrets. */
    #secretOf(id: unknown): string {
        if (id === secretArn("feed-agent-us")) return JSON.stringify({ apiKey: "key-of-feed", endpoint: this.url });
        if (id === secretArn("api-keys")) return JSON.stringify({ agent: "key-of-agent" });
        return id === secretArn("payment") ? JSON.stringify({ secretKey: "sk_test", apiBase: this.url }) : masterKeys;
    }

    /** What a callback logs of an event. */
    async log(
        entry: string,
        event: unknown,
        over: Record<string, string> = {},
        remainingMs = 10_000,
    ): Promise<readonly LogLine[]> {
        const name = JSON.stringify([entry, over]);
        let callback = this.#functions.get(name);
        if (callback === undefined) {
            callback = new Callback(this.aws, entry, { FRONT: "queue", SUBSCRIBER: "alert", ...over });
            this.#functions.set(name, callback);
            await callback.start();
        }
        callback.log.length = 0;
        await callback.invoke(event, { remainingMs }).catch(() => undefined);
        return [...callback.log];
    }

    store = (...Records: unknown[]) => this.log("orderIntake/store", { Records });
    /** That an order is on its way. */
    tell = ({ orderId }: { readonly orderId: string }) => {
        const event = busEvent("order.updated.v1", { orderId, fulfillments: [{ id: "ful_1", status: "shipped" }] });
        return this.log("orderIntake/customerMail", { Records: [sqsRecord("m-1", event)] });
    };
    publish = (...Records: unknown[]) => this.log("checkoutSessions/publish", { Records });
    sync = (...payloads: unknown[]) => this.log("webhookFanout/customerSync", snsEvent(...payloads));

    alert = (message: object) => {
        const event = snsEvent(message);
        const MessageAttributes = { MessageType: { Type: "String", Value: "business-alert" } };
        const Records = event.Records.map((record) => ({
            ...record,
            Sns: { ...record.Sns, MessageId: this.fresh(), MessageAttributes },
        }));
        return this.log("webhookFanout/alertOnMessage", { Records });
    };

    keep = (message: unknown, over?: Record<string, string>) =>
        this.log("checkoutSessions/keepPayments", { Records: [sqsRecord("m-1", message)] }, over);

    /** An order that was paid in the sandbox, of which pieces were delivered. */
    async paid(): Promise<{ readonly orderId: string; readonly paymentId: string }> {
        const name = this.fresh();
        const [orderId, paymentId] = [`ord_${name}`, `pay_${name}_4`];
        const charge = { amount: 100, currency: "usd", sessionId: `cs_${name}`, orderId };
        await this.database.put("payments", { key: `cs_${name}:4`, outcome: "succeeded", ...charge });
        const [line] = order.line_items ?? [];
        const line_items = line && [{ ...line, quantity: { ordered: 2, current: 2, fulfilled: 1 } }];
        const Data = sessionOf({
            id: `cs_${name}`,
            order: { ...order, id: orderId, ...(line_items && { line_items }) },
        });
        const payment = { provider: "sandbox", id: paymentId, state: "captured", amount: 100, currency: "usd" };
        await this.database.put("sessions", { ...versionItem({ Data, Hidden: JSON.stringify({ payment }) }) });
        return { orderId, paymentId };
    }

    /** Wakes the delivery of an event to an endpoint, both as they are kept. */
    async deliver(delivery: Partial<StoredDelivery>, endpoint?: Partial<Endpoint>): Promise<readonly LogLine[]> {
        const endpointId = `ep_${this.fresh()}`;
        const sealing = await Sealing.from(async () => masterKeys);
        const secrets = [newSecret("v1", endpointId, sealing).kept];
        const { url } = this;
        if (endpoint) {
            await this.database.put("endpoints", { ...endpointItem({ endpointId, url, secrets, ...endpoint }) });
        }
        const kept = deliveryItem({ endpointId, ...delivery });
        if (delivery.deliveryId !== "gone") await this.database.put("deliveries", { ...kept });
        const { tenantId, deliveryId } = kept;
        const wakeUp = { tenantId, endpointId, deliveryId, attempt: 1 };
        const Records = [sqsRecord("m-1", wakeUp, { correlationId: "correlation-1" })];
        return await this.log("webhookFanout/deliver", { Records });
    }
}

const large = "x".repeat(300_000);

/** How each kind comes about. A kind without an entry does not compile. */
const provoked: Readonly<Record<NotDone, (stage: Stage) => Promise<readonly LogLine[]>>> = {
    OrderConflicted: async (stage) => {
        const order = { ...cartBody, orderId: stage.fresh() };
        return await stage.store(sqsRecord("m-1", order), sqsRecord("m-2", { ...order, total: 1 }));
    },
    OrderInvalid: (stage) => stage.store(sqsRecord("m-1", { ...cartBody, total: "much" })),
    OrderIdReserved: (stage) => stage.store(sqsRecord("m-1", { ...cartBody, orderId: "ord_1" })),
    OrderRepeated: async (stage) => {
        const order = { ...cartBody, orderId: stage.fresh() };
        return await stage.store(sqsRecord("m-1", order), sqsRecord("m-2", order));
    },
    OrderShort: (stage) => {
        const items = [{ productId: "unknown", productName: "Mop", quantity: 1 }];
        return stage.log(
            "orderIntake/inventory",
            orderReceivedEvent({ ...cartBody, orderId: stage.fresh(), items, lines: [], meta }),
        );
    },
    OrderUpdateUnused: (stage) =>
        stage.log("checkoutSessions/follow", busEvent("order.updated.v1", { orderId: "12345", status: "shipped" })),
    OrderUnannounced: (stage) =>
        stage.log("orderIntake/publish", { Records: [streamRecord(1, { orderId: "12345", meta, customer: 7 })] }),
    VersionUnpublished: (stage) => stage.publish(streamRecord(1, versionItem({ Data: sessionOf({ id: large }) }))),
    VersionShortened: (stage) =>
        stage.publish(streamRecord(1, versionItem({ Data: sessionOf({ links: [{ type: "faq", url: large }] }) }))),
    OrderUpdateUnpublished: (stage) =>
        stage.log("orderIntake/publishUpdates", { Records: [streamRecord(1, { orderId: "12345", event: 7 })] }),
    PaymentUnpublished: (stage) =>
        stage.log("checkoutSessions/publishPayments", { Records: [streamRecord(1, { orderId: "ord_1", version: 1 })] }),
    ProductUnpublished: (stage) => {
        const { dynamodb, ...record } = streamRecord(1, { productId: "12345", requestId: "correlation-1" });
        // More digits than JavaScript has.
        const NewImage = { ...dynamodb.NewImage, weight: { N: "12345678901234567890.5" } };
        return stage.log("catalog/publishProducts", { Records: [{ ...record, dynamodb: { ...dynamodb, NewImage } }] });
    },
    FeedChangeUnread: (stage) => {
        const { dynamodb, ...record } = streamRecord(1, { productId: "12345", requestId: "correlation-1" });
        // A type of attribute that this version does not know.
        const NewImage = { ...dynamodb.NewImage, weight: { Z: "1" } };
        return stage.log("feed/feedChanges", { Records: [{ ...record, dynamodb: { ...dynamodb, NewImage } }] });
    },
    FeedProductRefused: async (stage) => {
        const [taken, refused] = [stage.fresh(), stage.fresh()];
        for (const productId of [taken, refused]) await stage.database.put("products", { ...item, productId });
        stage.receive = async (request, response) => {
            const body = await text(request);
            response.writeHead(body.includes(refused) ? 422 : 200).end();
        };
        const push = { target: "agent-us", productIds: [taken, refused], correlationId: "correlation-1" };
        return await stage.log("feed/pushFeed", { Records: [sqsRecord("m-1", push)] }, {}, 60_000);
    },
    PaymentForeign: (stage) => stage.keep({ paymentId: "pay_none_1" }),
    PaymentUnmatched: async (stage) => {
        const { paymentId } = await stage.paid();
        await stage.database.clear("sessions");
        return await stage.keep({ paymentId });
    },
    PaymentDisputed: async (stage) => {
        const { orderId } = await stage.paid();
        stage.receive = ({ url = "" }, response) => {
            const dispute = { id: "dp_1", amount: 100, status: "needs_response", created: 1, reason: "fraudulent" };
            const intent = { id: "pi_1", status: "succeeded", amount: 100, amount_received: 100, currency: "usd" };
            const list = { data: url.startsWith("/v1/disputes") ? [dispute] : [], has_more: false };
            response.setHeader("content-type", "application/json");
            response.end(JSON.stringify(url.startsWith("/v1/payment_intents/") ? intent : list));
        };
        const stripe = { PAYMENT_PROVIDER: "stripe", PAYMENT_RESOURCE: secretArn("payment") };
        return await stage.keep(busEvent("payment.updated.v1", { orderId, isPending: true }), stripe);
    },
    PaymentChangeFailed: async (stage) => {
        const { orderId, paymentId } = await stage.paid();
        const refund = { id: "ref_1", kind: "refund", status: "pending", amount: 200, at: "2026-11-20T10:11:12.000Z" };
        const amounts = { amount: 100, captured: 100, currency: "usd", isVoided: false };
        const ledger = {
            orderId,
            version: 1,
            provider: "sandbox",
            paymentId,
            ...amounts,
            lines: [],
            entries: [refund],
        };
        await stage.database.put("ledgers", { orderId, version: 1, ledger });
        return await stage.keep(busEvent("payment.updated.v1", { orderId, isPending: true }));
    },
    RefundProposed: async (stage) => {
        const { orderId } = await stage.paid();
        return await stage.keep(busEvent("order.updated.v1", { orderId, status: "canceled" }));
    },
    PlatformRefused: (stage) => {
        const id = `${stage.fresh()}:4:ucp_order_create`;
        const event = {
            id,
            type: "ucp_order_create",
            timestamp: meta.receivedAt,
            correlationId: "correlation-1",
            data: {},
        };
        const wanted = { ...event, tenantId: "ucp:agent", webhook: "https://10.0.0.1/" };
        return stage.log("webhookFanout/dispatch", { Records: [sqsRecord("m-1", wanted)] });
    },
    DeliverySkipped: (stage) => stage.deliver({}, { status: "disabled" }),
    DeliveryUnaddressed: (stage) => stage.deliver({}),
    DeliveryForgotten: (stage) => stage.deliver({ deliveryId: "gone" }, {}),
    DeliveryExhausted: (stage) => {
        stage.receive = (_, response) => response.writeHead(500, { "webhook-delivery": "abort-message" }).end();
        return stage.deliver({}, {});
    },
    EndpointDisabled: (stage) => {
        stage.receive = (_, response) => response.writeHead(410).end();
        return stage.deliver({}, {});
    },
    AttemptOvertaken: (stage) => {
        stage.receive = async (_, response) => {
            const [claim] = (await stage.database.all("attempts")).filter(({ leaseUntil }) => leaseUntil !== undefined);
            await stage.database.put("attempts", { ...claim, leaseUntil: 1 });
            response.end();
        };
        return stage.deliver({}, {});
    },
    DeliveryNotWoken: async (stage) => {
        takeBatches(stage.aws, () => true);
        await stage.database.put("endpoints", { ...endpointItem() });
        await stage.database.put("deliveries", { ...deliveryItem({ status: "exhausted", deliveryId: "resent" }) });
        return await stage.log(
            "webhookFanout/endpoints",
            requestOf("POST /webhook_endpoints/{id}/deliveries/{deliveryId}/resend", {
                ...owner,
                parameters: { id: endpointItem().endpointId, deliveryId: "resent" },
            }),
        );
    },
    EndpointPassedOver: async (stage) => {
        const filter = { data: {} };
        await stage.database.put("endpoints", {
            ...endpointItem({ tenantId: "agent", endpointId: "ep_broken", filter }),
        });
        const timestamp = "2026-11-20T10:11:12.000Z";
        const event = { id: "evt_1", type: "checkout_session.completed", timestamp, correlationId: "correlation-1" };
        const Records = [sqsRecord("m-1", { ...event, tenantId: "agent", data: { id: "cs_1" } })];
        return await stage.log("webhookFanout/dispatch", { Records });
    },
    CustomerIgnored: (stage) => stage.sync({ resource: { typeId: "product", id: "p-1" } }),
    CustomerSkipped: (stage) => stage.sync({}),
    CustomerIncomplete: (stage) => stage.sync(platformMessage("CustomerAddressAdded", 2, { address: {} })),
    CustomerClosed: async (stage) => {
        const resource = { typeId: "customer", id: "closed-1" };
        await stage.sync(changeNotification("ResourceDeleted", { resource }));
        return await stage.sync(platformMessage("CustomerEmailChanged", 9, { email: "a@b.example" }, { resource }));
    },
    MailOfUnknownOrder: (stage) => stage.tell({ orderId: stage.fresh() }),
    MailUnaddressed: async (stage) => {
        const orderId = stage.fresh();
        await stage.database.put("orders", { ...cartBody, orderId, meta });
        return await stage.tell({ orderId });
    },
    MailRefused: async (stage) => {
        const orderId = stage.fresh();
        await stage.database.put("orders", { ...cartBody, orderId, customer: { email: "jo@example.com" }, meta });
        stage.aws.answers("SendEmail", () => new Refusal("BadRequestException"));
        return await stage.tell({ orderId });
    },
    MessageSkipped: (stage) => stage.alert({ severity: "info", code: "stock-low" }),
    AuditRowMissing: (stage) => {
        stage.aws.answers("TransactWriteItems", () => new Refusal("AccessDeniedException"));
        stage.aws.answers("PutItem", () => new Refusal("AccessDeniedException"));
        return stage.alert({ severity: "none" });
    },
    MessageShortened: (stage) =>
        stage.log(
            "webhookFanout/publishMessage",
            httpRequest({
                routeKey: "POST /messages",
                body: JSON.stringify({ messageType: "business-event", message: { event: "x", password: "secret" } }),
            }),
        ),
};

describe("requests that are accepted and not done", () => {
    const stage = started(new Stage());

    for (const kind of names) {
        const { line, level, reportedBy } = kinds[kind];
        it(`${kind}: is a line of the journey and a metric${reportedBy === "queue" ? ", and is kept" : ""}`, async () => {
            const log = await provoked[kind](stage);

            const found = log.find(({ notDone }) => notDone === kind);
            expect(found, JSON.stringify(log)).to.include({ message: line, level });
            expect(found?.["correlationId"]).to.be.a("string").and.not.to.equal("");
            const { service = "" } = found ?? {};
            expect(figuresIn([found ?? {}])).to.deep.include({ in: `Commerce/NotDone by ${service}`, [kind]: 1 });
            const read = readLine({
                time: 1,
                group: "/aws/lambda/x",
                text: JSON.stringify(found),
                requestId: undefined,
            });
            const correlationIds = new Set([String(found?.["correlationId"])]);
            expect(isAbout(read.about, { orderIds: new Set(), sessionIds: new Set(), correlationIds })).to.equal(true);
            expect(entriesIn([read], [])[0]?.what).to.include(line);
            const queues = [
                "exhausted",
                "rejected",
                "unannounced",
                "unpublished",
                "parked",
                "feed-refused",
                "feed-unread",
            ];
            const kept = queues.flatMap((queue) => stage.aws.sentTo(queue));
            expect(kept).to.have.length(reportedBy === "queue" ? 1 : 0);
        });
    }

    it("have an alarm where an operator must act and no message is kept, in every stack", async () => {
        for (const [stack, settings] of [
            ["dev", { "orders.mail.sender": "shop@example.com" }],
            [reported.stack, reported.settings],
        ] as const) {
            const graph = await graphOf(stack, settings);
            const alarmed = graph.of("aws:cloudwatch/metricAlarm:MetricAlarm").flatMap(({ inputs }) => {
                const queries = (inputs["metricQueries"] ?? []) as {
                    metric?: { namespace: string; metricName: string };
                }[];
                const metrics = [inputs, ...queries.flatMap(({ metric }) => metric ?? [])];
                return metrics.flatMap(({ namespace, metricName }) =>
                    namespace === "Commerce/NotDone" ? [String(metricName)] : [],
                );
            });
            expect([...new Set(alarmed)], stack).to.have.members(
                names.filter((kind) => kinds[kind].reportedBy === "alarm"),
            );
        }
    });

    it("are logged by every consumer: each handler ends in an outcome, which has a log line, or fails and is retried", () => {
        const runtime = join(import.meta.dirname, "../../runtime");
        const files = readdirSync(runtime, { recursive: true, encoding: "utf8" }).filter((file) =>
            file.endsWith(".ts"),
        );
        const texts = files.map((file) => [file, readFileSync(join(runtime, file), "utf8")] as const);
        const consumes =
            /\b(SQSEvent|SNSEvent|SQSRecord|EventBridgeEvent|DynamoDBStreamEvent|eachMessage|onMessage|onOrderReceived|outbox)\b/;
        const consumers = texts.filter(([, text]) => /^export (\w+ )+handler\b/m.test(text) && consumes.test(text));
        expect(consumers.length).to.be.greaterThan(12);
        // The wrappers ask for the outcome by their types, and the others say themselves that they give one.
        const ends = /\b(eachMessage|onMessage|onOrderReceived|outbox)\b|Promise<Outcome>|: Outcome\b|new Report\(/;
        expect(consumers.filter(([, text]) => !ends.test(text)).map(([file]) => file)).to.deep.equal([]);
        // No other file hands a batch to the library, whose units of work may have no outcome.
        const around = texts.filter(([, text]) => text.includes("processPartialResponse")).map(([file]) => file);
        expect(around).to.deep.equal(["shared/messages.ts"]);
        // No line of the log says that something is dropped without counting it.
        const silent =
            /\.(?:info|warn|debug|error)\(\s*[`"'][^`"']*\b(?:skipped|ignored|dropped|rejected|put aside|passed over|given up)\b/;
        expect(texts.filter(([, text]) => silent.test(text)).map(([file]) => file)).to.deep.equal([]);
    });
});
