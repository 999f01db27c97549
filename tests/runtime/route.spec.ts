import { expect } from "chai";
import { placedOrderOf } from "../../runtime/checkoutSessions/events/placedOrder.ts";
import { readMessage } from "../../runtime/orderIntake/intake.ts";
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

    it("places the order of a completed session", async () => {
        await route.invoke(snsEvent(checkoutEvent("completed")));

        expect(sentTo("orders")).to.deep.equal([
            {
                queue: "orders",
                body: {
                    orderId,
                    ...JSON.parse(JSON.stringify(placedOrderOf(checkoutEvent("completed")))),
                    customer: { name: "Jo Doe", email: "jo@example.com" },
                    total: 54.34,
                    checkout: { sessionId },
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
                    older: {
                        until: "2026-01-30",
                        data: {
                            type: "order",
                            checkout_session_id: sessionId,
                            permalink_url: bare.permalink_url,
                            status: "created",
                            refunds: [],
                        },
                    },
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

const canonical = (value: unknown) => JSON.stringify(value);

function withoutOrder() {
    const { order: _, ...session } = sessionOf();
    return session;
}
