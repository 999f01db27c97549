import { marshall } from "@aws-sdk/util-dynamodb";
import { expect } from "chai";
import { inventoryDecided, orderReceived, orderRejected } from "../../runtime/orderIntake/events.ts";
import { orderInRequest, readMessage } from "../../runtime/orderIntake/intake.ts";
import { announcementOf, notificationMessage } from "../../runtime/orderIntake/notification.ts";
import { linesOf, type Meta, type Order } from "../../runtime/orderIntake/order.ts";
import { reservationFor } from "../../runtime/orderIntake/reservation.ts";
import type { BusEvent } from "../../runtime/shared/events.ts";
import type { HttpRequest } from "../../runtime/shared/http.ts";
import { newDelivery } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import { readEvent } from "../../runtime/webhookFanout/dispatch/event.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { httpRequest, sqsRecord } from "./support/events.ts";

/**
 * What a rule, an asynchronous invocation and a topic take everywhere, in bytes; a queue, and an item of a table; and how
 * many items a transaction takes.
 */
const limits = { event: 262_144, topic: 262_144, queue: 1_048_576, item: 409_600, transaction: 100 };
const meta: Meta = { correlationId: "c".repeat(128), receivedAt: "2026-11-20T10:11:12.000Z" };

/** Characters of one to four bytes, of which JSON and DynamoDB keep one as it is and escape another. */
const characters = { plain: "x", quoted: '"', wide: "ж", wider: "龍", widest: "🧽" };

/** An order of so many items and notes, each as long as it may be. */
function orderOf(character: string, items: number, notes: number): object {
    const name = character.repeat(200);
    return {
        orderId: "o".repeat(64),
        customer: { name, email: "customer@example.com" },
        items: Array.from({ length: items }, (_, index) => ({
            productId: `${index}`.padEnd(64, "p"),
            productName: name,
            quantity: index + 1,
            unitPrice: 9.99,
        })),
        total: 99.99,
        metadata: Object.fromEntries(
            Array.from({ length: notes }, (_, index) => [`note-${index}`.padEnd(64, "n"), character.repeat(500)]),
        ),
    };
}

const endpoint: Endpoint = {
    tenantId: "shop",
    endpointId: "ep_1",
    url: "https://hooks.example.com/",
    kind: "standard",
    eventTypes: ["order.*"],
    status: "enabled",
    concurrency: 1,
    ordered: true,
    secrets: [],
    headers: {},
    createdAt: meta.receivedAt,
    updatedAt: meta.receivedAt,
};

const request = (body: object) => httpRequest({ body: JSON.stringify(body) }) as unknown as HttpRequest;
const bytes = (text: string) => Buffer.byteLength(text);

/** An event as its targets get it. */
const delivered = ({ source, type, detail }: BusEvent) =>
    JSON.stringify({
        version: "0",
        id: "17793124-05d4-b198-2fde-7ededc63b103",
        "detail-type": type,
        source,
        account: "000000000000",
        time: meta.receivedAt,
        region: "ap-southeast-1",
        resources: [],
        detail,
    });

/** Bytes of an item, by "DynamoDB item sizes and formats", or a little more. */
function sizeOf(value: unknown): number {
    if (typeof value === "string") return bytes(value);
    if (typeof value !== "object" || value === null) return 22;
    const parts = Object.entries(value).map(
        ([name, part]) => 1 + sizeOf(part) + (Array.isArray(value) ? 0 : bytes(name)),
    );
    return parts.reduce((sum, part) => sum + part, 3);
}

describe("an order of any size", () => {
    let taken = 0;
    let refused = 0;

    for (const [kind, character] of Object.entries(characters)) {
        it(`of ${kind} characters is refused, or travels all the way`, () => {
            for (const items of [1, 30, 60, 80, 99]) {
                for (const notes of [0, 10, 20, 30, 40, 50]) {
                    const body = orderOf(character, items, notes);
                    const what = `${items} items, ${notes} notes`;
                    const received = orderInRequest(request(body));
                    const stored = readMessage(sqsRecord("m-1", body, { ...meta }) as never, "queue");
                    if ("problem" in received) {
                        refused += 1;
                        expect(received.problem.status, what).to.equal(413);
                        expect(received.problem.detail, what).to.match(/ \d+ bytes, more than \d+$/);
                        expect(stored, what).to.have.property("errors");
                    } else {
                        taken += 1;
                        expect(stored, what).to.deep.include({ order: received.order });
                        travels(received.order, what);
                    }
                }
            }
        });
    }

    after(() => {
        expect(taken, "some are taken").to.be.above(50);
        expect(refused, "some are refused").to.be.above(1);
    });

    function travels(order: Order, what: string): void {
        const event = orderReceived(order, meta);
        expect(bytes(delivered(event)), `${what}: the event`).to.be.at.most(limits.event);
        const item = { ...order, lines: linesOf(order), meta, fingerprint: "f".repeat(64), status: "received" };
        expect(sizeOf(item), `${what}: the item`).to.be.at.most(limits.item);
        // Each line is another product, and all are short: that is the most that can be decided.
        const decided = reservationFor(linesOf(order), []);
        expect(decided.lines.length + 1, `${what}: the reservation's transaction`).to.be.at.most(limits.transaction);
        expect(sizeOf(decided) + 4096, `${what}: the reservation`).to.be.at.most(limits.item);
        const reserved = delivered(inventoryDecided(order.orderId, decided, meta));
        expect(bytes(reserved), `${what}: the reservation's event`).to.be.at.most(limits.event);
        const { Subject, Message } = announcementOf(order, meta);
        expect(bytes(Subject + Message) + 1024, `${what}: the announcement`).to.be.at.most(limits.topic);
        const { MessageBody } = notificationMessage(order, meta, "sales@example.com");
        expect(bytes(MessageBody) + 1024, `${what}: the notification`).to.be.at.most(limits.queue);
        // As a stream's record that cannot be announced is kept.
        expect(bytes(JSON.stringify(marshall(item))) + 4096, `${what}: the record`).to.be.at.most(limits.queue);
        const delivery = newDelivery(endpoint, readEvent(delivered(event)), Date.parse(meta.receivedAt));
        expect(sizeOf(delivery) + 4096, `${what}: the delivery`).to.be.at.most(limits.item);
    }

    it("that is invalid, of any size, is rejected with an event that fits", () => {
        const name = "ж".repeat(130_000);
        const whole = { orderId: "1", reason: "invalid", order: { [name]: name }, meta } as const;
        for (const errors of [[], Array.from({ length: 20 }, () => ({ pointer: `/${name}`, detail: name }))]) {
            for (const order of [whole.order, "ж".repeat(80_000), "x".repeat(1_000_000)]) {
                const rejected = delivered(orderRejected({ ...whole, errors, order }));
                expect(bytes(rejected)).to.be.at.most(limits.event);
            }
        }
        const { detail } = orderRejected({ ...whole, errors: [], order: "ж".repeat(80_000) });
        expect(detail).to.have.property("order");
    });
});
