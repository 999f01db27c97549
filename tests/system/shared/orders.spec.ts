import { GetObjectCommand } from "@aws-sdk/client-s3";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { ask } from "../client.ts";
import { documentsBucket, effectsIn, stockOf } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { shop } from "./cloud.ts";

const seedOrder = { orderId: "12345", customer: "John Doe", items: ["Widget A", "Widget B"], total: 99.99 };
const seedProduct = {
    productId: "12345",
    productName: "Eco-Friendly Cleaner",
    quantity: 2,
    customerEmail: "customer@example.com",
};

describe("orders on the embedded cloud", () => {
    let embedded: Embedded;

    before(async function () {
        embedded = await shop.open(this);
    });

    it("are accepted in both forms of the source systems, and every effect follows", async () => {
        const stock = await stockOf(embedded, "12345");
        const answers = await Promise.all([embedded.post(seedOrder), embedded.post(seedProduct)]);
        const ids = await Promise.all(
            answers.map(async (answer) => {
                expect(answer.status).to.equal(202);
                const { orderId, status } = (await answer.json()) as { orderId: string; status: string };
                expect(status).to.equal("accepted");
                expect(answer.headers.get("location")).to.equal(`/orders/${orderId}`);
                return orderId;
            }),
        );
        expect(ids[0]).to.equal("12345");
        await eventually(async () => {
            const effects = await effectsIn(embedded);
            for (const id of ids) {
                expect(effects.orders.has(id), "stored").to.equal(true);
                expect(effects.notifications.get(id), "notified").to.equal(1);
                expect(effects.documents.has(id), "documented").to.equal(true);
                expect(effects.announcements.get(id), "announced").to.equal(1);
                expect(effects.recorded.get(id)?.map(({ effect }) => effect)).to.include("reservation");
            }
            expect(await stockOf(embedded, "12345")).to.equal(stock - 2);
        });
    });

    it("reach the bus and the notification exactly as the seed's documents print them", async () => {
        const [{ messages }, ...others] = await embedded.look("queues?name=order-notifications-queue-dev");
        expect(others).to.deep.equal([]);
        const { body } = messages.find(({ body }: { body: { subject: string } }) => body.subject.endsWith(": 12345"));
        expect(body).to.deep.equal({
            recipient: "sales@example.com",
            subject: "New Order Received: 12345",
            orderData: seedOrder,
        });
        const events = (await embedded.look("trace?correlationId=12345"))
            .filter(({ what }: { what: string }) => what === "event")
            .map(({ payload }: { payload: string }) => JSON.parse(payload))
            .filter((event: Record<string, unknown>) => event["detail-type"] === "order.received.v1");
        const event = events.find(({ detail }: { detail: { orderId: string } }) => detail.orderId === "12345");
        expect(event).to.include({ version: "0", source: "public.api", region: "eu-west-1" });
        expect(event.time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(event.detail).to.deep.include(seedOrder);
        expect(event.detail.lines).to.deep.equal([
            { name: "Widget A", quantity: 1 },
            { name: "Widget B", quantity: 1 },
        ]);
    });

    it("can be read with their status, and are not found when there is no such order", async () => {
        const found = await ask(`${embedded.url}/orders/12345`);
        expect(found.status).to.equal(200);
        expect(await found.json()).to.deep.include({ ...seedOrder, status: "reserved" });
        const missing = await ask(`${embedded.url}/orders/no-such-order`);
        expect(missing.status).to.equal(404);
        expect(missing.headers.get("content-type")).to.equal("application/problem+json");
    });

    it("have their confirmations shown among the objects", async () => {
        const objects: { key: string; bytes: number }[] = await embedded.look("objects");
        const { bytes } = objects.find(({ key }) => key === "orders/12345.pdf") ?? {};
        const answer = await ask(`${embedded.url}/_local/objects?key=orders/12345.pdf`);
        expect(answer.headers.get("content-type")).to.equal("application/pdf");
        expect((await answer.arrayBuffer()).byteLength).to.equal(bytes);
        const missing = await ask(`${embedded.url}/_local/objects?key=orders/no-such-order.pdf`);
        expect(missing.status).to.equal(400);
    });

    it("are confirmed by a PDF", async () => {
        const { s3 } = embedded.clients();
        const object = await s3.send(
            new GetObjectCommand({ Bucket: await documentsBucket(embedded), Key: "orders/12345.pdf" }),
        );
        const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
        expect(bytes.subarray(0, 5).toString()).to.equal("%PDF-");
        expect(object.ContentType).to.equal("application/pdf");
        s3.destroy();
    });

    it("carry one correlation id over every hop", async () => {
        const answer = await embedded.post({ ...seedOrder, orderId: "traced" }, { "x-correlation-id": "trace-me-1" });
        expect(answer.headers.get("x-correlation-id")).to.equal("trace-me-1");
        await eventually(async () => {
            const trace: { what: string; where: string; text: string }[] = await embedded.look(
                "trace?correlationId=trace-me-1",
            );
            const logged = trace.filter(
                ({ what, text }) => what === "log" && text.includes('"correlationId":"trace-me-1"'),
            );
            expect(logged.map(({ where }) => where)).to.include.members([
                "order-receiver-dev",
                "order-store-dev",
                "order-announcer-dev",
                "notifier-dev",
                "inventory-dev",
                "document-dev",
            ]);
            const [notification] = (await embedded.look("queues"))
                .find(({ name }: { name: string }) => name === "order-notifications-queue-dev")
                .messages.filter(
                    ({ attributes }: { attributes: Record<string, string> }) => attributes["orderId"] === "traced",
                );
            expect(notification.attributes.correlationId).to.equal("trace-me-1");
        });
    });

    it("posted 50 times at once are one order, one event, one reservation, one PDF, one notification", async () => {
        const order = {
            orderId: "fifty",
            customer: { name: "Ada", email: "ada@example.com" },
            items: [{ productId: "67890", productName: "Floor Soap 5 L", quantity: 3 }],
            total: 73.5,
        };
        const before = await stockOf(embedded, "67890");
        const answers = await Promise.all(Array.from({ length: 50 }, () => embedded.post(order)));
        expect(answers.map(({ status }) => status)).to.deep.equal(Array(50).fill(202));
        await eventually(async () => {
            const queues: { name: string; visible: number; inFlight: number }[] = await embedded.look("queues");
            const { visible, inFlight } = queues.find(({ name }) => name === "ecommerce-orders-queue-dev") ?? {};
            expect([visible, inFlight], "the queue is empty").to.deep.equal([0, 0]);
            const effects = await effectsIn(embedded);
            expect(effects.notifications.get("fifty")).to.equal(1);
            expect(effects.announcements.get("fifty")).to.equal(1);
            expect(effects.documents.has("fifty")).to.equal(true);
            expect(await stockOf(embedded, "67890")).to.equal(before - 3);
        });
        const events: { payload: string }[] = (await embedded.look("trace?correlationId=fifty")).filter(
            ({ what, payload }: { what: string; payload: string }) =>
                what === "event" && payload.includes("order.received.v1"),
        );
        expect(events).to.have.length(1);
    });

    it("under an id that another order has are refused, and the same order is taken again", async () => {
        const first = { ...seedOrder, orderId: "taken" };
        await embedded.post(first);
        await eventually(async () => expect((await ask(`${embedded.url}/orders/taken`)).status).to.equal(200));
        expect((await embedded.post({ ...first, total: 1 })).status).to.equal(409);
        expect((await embedded.post(first)).status).to.equal(202);
        expect((await embedded.post({ ...first, orderId: "ord_taken" })).status).to.equal(400);
        const keyed = { ...seedOrder, orderId: undefined };
        const { headers } = await embedded.post(keyed, { "idempotency-key": "one" });
        await eventually(async () =>
            expect((await ask(`${embedded.url}${headers.get("location")}`)).status).to.equal(200),
        );
        expect((await embedded.post({ ...keyed, total: 1 }, { "idempotency-key": "one" })).status).to.equal(422);
        expect((await embedded.post(keyed, { "idempotency-key": "one" })).status).to.equal(202);
    });

    it("with another order's id that are detected after they were accepted are kept, and rejected by an event", async () => {
        const first = { ...seedOrder, orderId: "raced" };
        await embedded.post(first);
        await eventually(async () => expect((await ask(`${embedded.url}/orders/raced`)).status).to.equal(200));
        // As a request does that was answered before the first order was stored.
        const { sqs } = embedded.clients();
        await sqs.send(
            new SendMessageCommand({
                QueueUrl: `${embedded.awsUrl}/000000000000/ecommerce-orders-queue-dev`,
                MessageBody: JSON.stringify({ ...first, total: 1 }),
                MessageAttributes: { correlationId: { DataType: "String", StringValue: "the-second" } },
            }),
        );
        await eventually(async () => {
            const trace: { what: string; payload: string }[] = await embedded.look("trace?correlationId=the-second");
            const event = trace.find(({ what, payload }) => what === "event" && payload.includes("order.rejected.v1"));
            expect(event?.payload).to.include('"reason":"conflict"');
            const queues: { name: string; visible: number }[] = await embedded.look("queues");
            expect(queues.find(({ name }) => name.includes("orders-rejected"))?.visible).to.equal(1);
        });
        const stored = await (await ask(`${embedded.url}/orders/raced`)).json();
        expect(stored).to.include({ total: 99.99 });
    });

    it("short of stock reserve nothing and name the short lines", async () => {
        const stock = await stockOf(embedded, "24680");
        await embedded.post({
            orderId: "short",
            customer: "Ada",
            items: [
                { productId: "24680", productName: "Microfibre Cloths", quantity: 2 },
                { productId: "13579", productName: "Mop", quantity: 1 },
            ],
            total: 35.97,
        });
        await eventually(async () => {
            expect(await (await ask(`${embedded.url}/orders/short`)).json()).to.include({ status: "shortage" });
        });
        expect(await stockOf(embedded, "24680")).to.equal(stock);
    });

    it("with an Idempotency-Key and no id are the same order every time", async () => {
        const { orderId: _, ...withoutId } = seedOrder;
        const ids = new Set<unknown>();
        for (let time = 0; time < 3; time += 1) {
            const answer = await embedded.post(withoutId, { "idempotency-key": "key-1" });
            ids.add(((await answer.json()) as { orderId: string }).orderId);
        }
        expect(ids.size).to.equal(1);
    });

    const refused: [string, number, unknown, Record<string, string>?, string?][] = [
        ["malformed JSON", 400, '{"orderId":"refused-malformed",'],
        ["an empty body", 400, ""],
        ["a list", 400, []],
        ["a wrong type", 400, { ...seedOrder, customer: 7 }, {}, "/customer"],
        ["a missing property", 400, { customer: "Ada", total: 1 }, {}, ""],
        ["an unknown property", 400, { ...seedOrder, colour: "red" }, {}, ""],
        ["a negative quantity", 400, { ...seedProduct, quantity: -3 }, {}, "/quantity"],
        ["no quantity at all", 400, { ...seedProduct, quantity: 0 }, {}, "/quantity"],
        ["half a piece", 400, { ...seedProduct, quantity: 1.5 }, {}, "/quantity"],
        ["a billion pieces", 400, { ...seedProduct, quantity: 1e9 }, {}, "/quantity"],
        ["a total that is no number", 400, { ...seedOrder, total: "NaN" }, {}, "/total"],
        [
            "a total beyond all numbers",
            400,
            '{"orderId":"refused-total","customer":"Ada","items":["A"],"total":1e999}',
            {},
            "/total",
        ],
        ["another content type", 415, seedOrder, { "content-type": "text/plain" }],
        ["300 KiB", 413, { ...seedOrder, customer: "x".repeat(300 * 1024) }],
    ];

    for (const [index, [what, status, body, headers = {}, pointer]] of refused.entries()) {
        const orderId = `refused-${index}`;
        it(`with ${what} are refused with ${status}`, async () => {
            // Were it stored, it would be found by this id.
            const named = typeof body === "string" || Array.isArray(body) ? body : { ...Object(body), orderId };
            const answer = await embedded.post(named, { "x-correlation-id": `refused-${status}`, ...headers });
            expect(answer.status).to.equal(status);
            expect(answer.headers.get("content-type")).to.equal("application/problem+json");
            const problem = (await answer.json()) as { status: number; errors?: { pointer: string }[] };
            expect(problem.status).to.equal(status);
            if (pointer !== undefined) {
                expect(problem.errors?.some((error) => error.pointer.startsWith(pointer))).to.equal(true);
            }
        });
    }

    it("by another method or to another place are not found", async () => {
        expect((await ask(`${embedded.url}/orders`, { method: "PUT", body: "{}" })).status).to.equal(404);
        expect((await ask(`${embedded.url}/elsewhere`)).status).to.equal(404);
    });

    it("that were refused are not stored and not logged as errors", async () => {
        const effects = await effectsIn(embedded);
        expect([...effects.orders.keys()].filter((id) => id.startsWith("refused"))).to.deep.equal([]);
        const receiver = embedded.output.split("\n").filter((line) => line.includes("order-receiver-dev"));
        expect(receiver.length).to.be.greaterThan(50);
        expect(receiver.filter((line) => / (warn|error) /.test(line))).to.deep.equal([]);
    });

    it("that cannot be processed end in the dead-letter queue with the reason, and the rest of their batch is stored", async () => {
        const { sqs } = embedded.clients();
        const queue = `${embedded.awsUrl}/000000000000/ecommerce-orders-queue-dev`;
        await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: "this is no order" }));
        const good = await Promise.all(
            Array.from({ length: 5 }, (_, number) =>
                embedded.post({ ...seedOrder, orderId: `beside-poison-${number}` }),
            ),
        );
        expect(good.map(({ status }) => status)).to.deep.equal(Array(5).fill(202));
        await eventually(async () => {
            const { orders } = await effectsIn(embedded);
            for (let number = 0; number < 5; number += 1) expect(orders.has(`beside-poison-${number}`)).to.equal(true);
        });
        await eventually(async () => {
            const queues: { name: string; messages: { body: unknown; receives: number; reason?: string }[] }[] =
                await embedded.look("queues");
            const dead = queues.find(({ name }) => name === "ecommerce-orders-queue-dlq-dev")?.messages ?? [];
            expect(dead.map(({ body }) => body)).to.deep.equal(["this is no order"]);
            expect(dead[0]?.reason).to.match(/JSON/i);
        });
        sqs.destroy();
    });

    it("come in below the environment's name, too", async () => {
        const answer = await ask(`${embedded.url}/dev/orders`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ ...seedOrder, orderId: "staged" }),
        });
        expect(answer.status).to.equal(202);
        expect(answer.headers.get("location")).to.equal("/dev/orders/staged");
    });
});
