import { expect } from "chai";
import fc from "fast-check";
import { placedOrderOf } from "../../runtime/checkoutSessions/events/placedOrder.ts";
import { readMessage } from "../../runtime/orderIntake/intake.ts";
import { parseOrder } from "../../runtime/orderIntake/order.ts";
import { Refusal } from "./support/aws.ts";
import { snsEvent, sqsRecord } from "./support/events.ts";
import { startedAws, startedCallback } from "./support/started.ts";
import { checkoutEvent, order, orderId, sessionId, sessionOf, timestamp } from "./support/versions.ts";

/** A message that was sent to a queue. */
interface Sent {
    readonly queue: string;
    readonly body: unknown;
    readonly attributes: Record<string, string>;
    readonly delay: unknown;
}

describe("route: topic checkout-events to the queues", () => {
    const aws = startedAws();
    const route = startedCallback(aws, "checkoutSessions/route");
    const sent = (): Sent[] => aws.inputs("SendMessage").map(sentIn);
    const sentTo = (queue: string) => sent().filter((message) => message.queue === queue);

    it("places the order of a completed session, with customer, items, prices and session id", async () => {
        await route.invoke(snsEvent(checkoutEvent("completed")));

        expect(sentTo("orders")).to.deep.equal([
            {
                queue: "orders",
                body: {
                    orderId,
                    customer: { name: "Jo Doe", email: "jo@example.com" },
                    items: [
                        { productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 3, unitPrice: 12.99 },
                        { productId: "90001", productName: "Cleaning Guide", quantity: 1, unitPrice: 9.99 },
                    ],
                    total: 54.34,
                    currency: "usd",
                    metadata: { checkoutSessionId: sessionId },
                },
                attributes: { orderId, correlationId: "correlation-1", receivedAt: timestamp, sender: "checkout" },
                delay: undefined,
            },
        ]);
    });

    it("places it in the form of the order receiver's messages", async () => {
        await route.invoke(snsEvent(checkoutEvent("completed")));

        const [placed] = sentTo("orders");
        const message = readMessage(sqsRecord("m-1", placed?.body, placed?.attributes), "lambda");
        expect(message).to.deep.include({ orderId, meta: { correlationId: "correlation-1", receivedAt: timestamp } });
        expect(message).to.have.property("order");
    });

    it("sends endpoints the completed session, and its order in the protocol's form", async () => {
        const { type: _, status: __, ...bare } = order;
        const session = sessionOf({ order: bare });

        await route.invoke(snsEvent(checkoutEvent("completed", { session })));

        const ids = [`${sessionId}:4:completed`, `${sessionId}:4:order_create`];
        expect(sentTo("deliveries")).to.have.deep.members([
            {
                queue: "deliveries",
                body: {
                    id: ids[0],
                    type: "checkout_session.completed",
                    timestamp,
                    correlationId: "correlation-1",
                    data: session,
                },
                attributes: { id: ids[0], type: "checkout_session.completed", correlationId: "correlation-1" },
                delay: undefined,
            },
            {
                queue: "deliveries",
                body: {
                    id: ids[1],
                    type: "order_create",
                    timestamp,
                    correlationId: "correlation-1",
                    data: { ...bare, type: "order", status: "created" },
                },
                attributes: { id: ids[1], type: "order_create", correlationId: "correlation-1" },
                delay: undefined,
            },
        ]);
        expect(sentTo("settlements")).to.deep.equal([]);
    });

    it("sends endpoints a changed order whole, and places no order", async () => {
        const session = sessionOf({ order: { ...order, status: "shipped" } });

        await route.invoke(snsEvent(checkoutEvent("order_updated", { session, version: 5, id: `${sessionId}:5` })));

        expect(sent().map(({ queue, attributes }) => [queue, attributes["id"]])).to.have.deep.members([
            ["deliveries", `${sessionId}:5:order_updated`],
            ["deliveries", `${sessionId}:5:order_update`],
        ]);
        const update = sent().find(({ attributes }) => attributes["type"] === "order_update");
        expect(update?.body).to.deep.include({ data: { ...order, status: "shipped" } });
    });

    it("schedules the settlement of a begun completion for the time when it has certainly ended", async () => {
        await route.invoke(snsEvent(checkoutEvent("completion_begun", { version: 3, id: `${sessionId}:3` })));

        expect(sentTo("settlements")).to.deep.equal([
            {
                queue: "settlements",
                body: { sessionId, version: 3 },
                attributes: { correlationId: "correlation-1" },
                delay: 60,
            },
        ]);
        expect(sentTo("orders")).to.deep.equal([]);
        expect(sentTo("deliveries").map(({ attributes }) => attributes["type"])).to.deep.equal([
            "checkout_session.completion_begun",
        ]);
    });

    for (const reason of ["created", "updated", "payment_declined", "canceled"] as const) {
        it(`only sends endpoints a session that is ${reason}`, async () => {
            const { order: _, ...session } = sessionOf();
            await route.invoke(snsEvent(checkoutEvent(reason, { session })));

            expect(sent().map(({ queue, attributes }) => [queue, attributes["id"]])).to.deep.equal([
                ["deliveries", `${sessionId}:4:${reason}`],
            ]);
        });
    }

    it("sends the same messages under the same ids when an event arrives again, in any order", async () => {
        const begun = checkoutEvent("completion_begun", { version: 3, id: `${sessionId}:3` });
        const completed = checkoutEvent("completed");
        const updated = checkoutEvent("order_updated", { version: 5, id: `${sessionId}:5` });

        for (const event of [begun, completed, updated]) await route.invoke(snsEvent(event));
        const first = sent();
        aws.reset();
        await route.invoke(snsEvent(updated, completed, completed, begun));

        expect(new Set(sent().map(canonical))).to.deep.equal(new Set(first.map(canonical)));
        expect(sent()).to.have.length(first.length + 3);
    });

    for (const queue of ["orders", "deliveries"]) {
        it(`fails when the queue ${queue} refuses messages, so that the event is retried, and sends the rest`, async () => {
            aws.answers("SendMessage", ({ QueueUrl }) =>
                String(QueueUrl).endsWith(`/${queue}`) ? new Refusal("AccessDeniedException") : undefined,
            );

            const failure = await route.invoke(snsEvent(checkoutEvent("completed"))).catch(String);

            expect(String(failure)).to.contain("AccessDeniedException");
            expect(new Set(sent().map((message) => message.queue))).to.deep.equal(new Set(["orders", "deliveries"]));
            expect(route.log.filter(({ level }) => level === "error")).to.have.length(1);
            expect(route.log.at(-1)).to.include({ correlationId: "correlation-1", sessionId, version: 4 });
        });
    }

    const unreadable: [what: string, message: unknown, reason: RegExp][] = [
        ["is not JSON", "{", /JSON/],
        ["is no version of a session", { hello: "world" }, /sessionId/],
        ["has completed without an order", checkoutEvent("completed", { session: withoutOrder() }), /no order/],
    ];
    for (const [what, message, reason] of unreadable) {
        it(`fails with the reason in the log when a message ${what}, and sends nothing`, async () => {
            const failure = await route.invoke(snsEvent(message)).catch(String);

            expect(String(failure)).to.match(reason);
            expect(sent()).to.deep.equal([]);
            expect(JSON.stringify(route.log.at(-1))).to.match(reason);
        });
    }

    it("sends endpoints a completed session also when its order cannot be placed, and fails", async () => {
        const session = sessionOf({ totals: [] });

        const failure = await route.invoke(snsEvent(checkoutEvent("completed", { session }))).catch(String);

        expect(String(failure)).to.contain("/total");
        expect(sentTo("deliveries")).to.have.length(2);
        expect(sentTo("orders")).to.deep.equal([]);
    });

    it("logs the routed messages, and no personal data", async () => {
        await route.invoke(snsEvent(checkoutEvent("completed")));

        expect(route.log.at(-1)).to.deep.include({
            level: "info",
            message: "Version routed",
            correlationId: "correlation-1",
            sessionId,
            version: 4,
            type: "checkout_session.completed",
        });
        expect(route.text()).not.to.contain("Doe").and.not.to.contain("jo@");
    });

    function sentIn(input: Readonly<Record<string, unknown>>): Sent {
        const { QueueUrl, MessageBody, MessageAttributes, DelaySeconds } = input;
        const attributes = Object.entries((MessageAttributes ?? {}) as Record<string, { StringValue: string }>);
        return {
            queue: String(QueueUrl).split("/").at(-1) ?? "",
            body: JSON.parse(String(MessageBody)),
            attributes: Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue])),
            delay: DelaySeconds,
        };
    }
});

describe("the order that a completed session places", () => {
    const placed = (over: Parameters<typeof sessionOf>[0]) =>
        placedOrderOf(checkoutEvent("completed", { session: sessionOf(over) }));
    const [line] = sessionOf().line_items;
    const lineWith = (over: object) => (line ? [{ ...line, ...over }] : []);

    it("counts in units of the currency, as many digits as it has", () => {
        const total = [{ type: "total" as const, display_text: "Total", amount: 5434 }];
        const unitPrices = (currency: string) => {
            const { total: sum, items } = placed({
                currency,
                totals: total,
                line_items: lineWith({ unit_amount: 1299 }),
            });
            return [sum, items.map((item) => (typeof item === "string" ? item : item.unitPrice))];
        };

        expect(unitPrices("eur")).to.deep.equal([54.34, [12.99]]);
        expect(unitPrices("jpy")).to.deep.equal([5434, [1299]]);
        expect(unitPrices("kwd")).to.deep.equal([5.434, [1.299]]);
    });

    const customers: [what: string, session: Parameters<typeof sessionOf>[0], customer: unknown][] = [
        ["the buyer's full name", { buyer: { email: "a@b.example", full_name: "Ann B", first_name: "C" } }, "Ann B"],
        ["the buyer's first name alone", { buyer: { email: "a@b.example", first_name: "Ann" } }, "Ann"],
        [
            "the name of who gets the goods",
            { buyer: { email: "a@b.example" }, fulfillment_details: { name: "Bo C" } },
            "Bo C",
        ],
        [
            "who gets the goods where the buyer's name is invisible",
            { buyer: { email: "a@b.example", full_name: "\u200b\u2800" }, fulfillment_details: { name: "Bo C" } },
            "Bo C",
        ],
    ];
    for (const [what, session, name] of customers) {
        it(`names ${what}`, () => {
            expect(placed(session).customer).to.deep.equal({ name, email: "a@b.example" });
        });
    }

    it("uses the recipient's address where there is no buyer", () => {
        const { buyer: _, ...session } = sessionOf({ fulfillment_details: { email: "bo@c.example" } });

        expect(placedOrderOf(checkoutEvent("completed", { session })).customer).to.deep.equal({
            email: "bo@c.example",
        });
    });

    it("keeps an address that the order intake does not accept as text", () => {
        const buyer = { email: '"jo doe"@[192.0.2.1]', full_name: "Jo Doe" };

        expect(placed({ buyer }).customer).to.equal('Jo Doe "jo doe"@[192.0.2.1]');
    });

    it("cuts long names, and leaves control characters out", () => {
        const { items } = placed({ line_items: lineWith({ name: `Soap\n\u0000${"x".repeat(400)}` }) });

        expect(items).to.deep.equal([
            { productId: "12345", productName: `Soap ${"x".repeat(249)}…`, quantity: 3, unitPrice: 12.99 },
        ]);
    });

    it("calls a product without a readable name by its id", () => {
        const { items } = placed({ line_items: lineWith({ name: " \u0007 " }) });

        expect(items[0]).to.include({ productName: "12345" });
    });

    it("is one that the order intake takes, whatever names and addresses the session has", () => {
        const text = fc.string({ unit: "binary", maxLength: 300 });
        const optional = { requiredKeys: ["email"] as ["email"] };
        const sessions = fc.record({
            buyer: fc.record({ email: text, full_name: text, first_name: text, last_name: text }, optional),
            fulfillment_details: fc.record({ name: text }),
            currency: fc.constantFrom("usd", "jpy", "kwd", "clf"),
            line_items: fc.array(
                fc
                    .record({
                        name: text,
                        quantity: fc.integer({ min: 1, max: 10_000 }),
                        unit_amount: fc.nat(1_000_000_000),
                    })
                    .map((over) => lineWith(over)),
                { minLength: 1, maxLength: 99 },
            ),
        });
        fc.assert(
            fc.property(sessions, ({ line_items, ...session }) => {
                const made = placed({ ...session, line_items: line_items.flat() });

                expect(parseOrder(JSON.parse(JSON.stringify(made)))).to.have.property("body");
            }),
        );
    });
});

const canonical = (value: unknown) => JSON.stringify(value);

function withoutOrder() {
    const { order: _, ...session } = sessionOf();
    return session;
}
