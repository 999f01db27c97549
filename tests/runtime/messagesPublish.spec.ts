import { expect } from "chai";
import fc from "fast-check";
import { bytesOf, publicationOf } from "../../runtime/webhookFanout/messages/publication.ts";
import { sanitised } from "../../runtime/webhookFanout/messages/sanitise.ts";
import { attributesIn, Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { httpRequest } from "./support/events.ts";
import { Callback, started, startedAws, startedCallback } from "./support/started.ts";

const limit = 256 * 1024;
const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const request = (body: unknown, headers: Record<string, string> = {}) =>
    httpRequest({
        routeKey: "POST /messages",
        rawPath: "/messages",
        headers,
        body: typeof body === "string" ? body : JSON.stringify(body),
    });
const event = { messageType: "business-event", message: { event: "stock-counted", products: 412 } };

describe("publishMessage: POST /messages", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    let publish = startedCallback(aws, "webhookFanout/publishMessage");
    const shared = publish;

    interface Answer {
        readonly statusCode: number;
        readonly headers: Record<string, string>;
        readonly body: Record<string, unknown>;
    }
    async function send(body: unknown, headers?: Record<string, string>): Promise<Answer> {
        // What every answer of the API looks like; the tests look into it.
        const answer = (await publish.invoke(request(body, headers))) as Answer & { body: string };
        return { ...answer, body: JSON.parse(answer.body) };
    }
    /** A message that was published, with its attributes by their names. @param input the last one's */
    const published = (input = aws.inputs("Publish").at(-1) ?? {}) => ({
        topic: input["TopicArn"],
        message: JSON.parse(String(input["Message"])),
        attributes: attributesIn(input),
    });

    it("publishes the message as it is, with its attributes, and answers with both ids", async () => {
        const before = Date.now();
        const { statusCode, headers, body } = await send(event, { "x-correlation-id": "correlation-1" });

        expect(statusCode).to.equal(202);
        const { messageId } = body;
        expect(body).to.deep.equal({ messageId, correlationId: "correlation-1" });
        expect(messageId).to.match(uuidV4);
        expect(headers["x-correlation-id"]).to.equal("correlation-1");
        const { topic, message, attributes } = published();
        expect(topic).to.equal("arn:aws:sns:eu-west-1:000000000000:topic-under-test");
        expect(message).to.deep.equal(event.message);
        const { Timestamp = "", ...others } = attributes;
        expect(others).to.deep.equal({
            CorrelationId: "correlation-1",
            Environment: "dev",
            MessageId: messageId,
            MessageType: "business-event",
        });
        expect(new Date(Timestamp).toISOString()).to.equal(Timestamp);
        expect(Date.parse(Timestamp)).to.be.within(before, Date.now());
    });

    it("gives a message without a correlation id a UUID of version 4, another one each time", async () => {
        const answers = [await send(event), await send(event, { "x-correlation-id": "not a token" })];

        const ids = answers.map(({ body }) => String(body["correlationId"]));
        for (const [index, id] of ids.entries()) {
            expect(id).to.match(uuidV4);
            expect(answers[index]?.headers["x-correlation-id"]).to.equal(id);
            expect(publish.text()).to.contain(id);
        }
        expect(ids[0]).not.to.equal(ids[1]);
        expect(published().attributes["CorrelationId"]).to.equal(ids[1]);
    });

    it("publishes no secrets and no control characters, and reports what it removed", async () => {
        const { statusCode, body } = await send({
            messageType: "business-event",
            message: {
                note: "a\u0000b\u001bc\td",
                user: { password: "hunter2", name: "Jo" },
                "pay/ments": [{ cvv: 123 }],
            },
        });

        expect(statusCode).to.equal(202);
        expect(published().message).to.deep.equal({ note: "abc\td", user: { name: "Jo" }, "pay/ments": [{}] });
        expect(body["removed"]).to.deep.equal(["/user/password", "/pay~1ments/0/cvv"]);
        expect(JSON.stringify(aws.calls)).not.to.contain("hunter2");
    });

    it("logs the outcome without the message's content", async () => {
        await send({ messageType: "business-event", message: { note: "for your eyes only", password: "hunter2" } });

        const line = publish.log.find(({ message }) => message === "Message published");
        expect(line).to.include({
            messageId: published().attributes["MessageId"],
            messageType: "business-event",
            removed: 1,
        });
        expect(publish.text()).not.to.contain("eyes only").and.not.to.contain("hunter2");
    });

    it("counts in the log, in CloudWatch's embedded metric format", async () => {
        await send(event);
        await send({});

        const directives = publish.log.map(({ _aws }) => _aws).filter((directive) => directive !== undefined);
        expect(JSON.stringify(directives)).to.contain('"Dimensions":[["service"]]');
        const [done, refused] = publish.log.filter(({ _aws }) => _aws !== undefined);
        expect(done).to.include({ service: "function-under-test", Published: 1, PublishFailed: 0 });
        expect(done?.["PublishMs"]).to.be.a("number");
        expect(refused).to.include({ Refused: 1 });
    });

    const refusals: [what: string, body: unknown, headers: Record<string, string>, status: number, fault: RegExp][] = [
        ["no JSON", "{", {}, 400, /is not JSON/],
        ["no type", { message: {} }, {}, 400, /messageType.*is required/],
        ["a type that no filter can name", { ...event, messageType: "no spaces" }, {}, 400, /must be 1 to 128 letters/],
        ["no message", { messageType: "a" }, {}, 400, /message.*is required/],
        ["a message that is no object", { messageType: "a", message: [1] }, {}, 400, /must be an object/],
        ["unknown members", { ...event, priority: 1 }, {}, 400, /is not a known property/],
        ["another content type", event, { "content-type": "text/plain" }, 415, /application\/json/],
        ["too much", { messageType: "a", message: { note: "x".repeat(limit) } }, {}, 413, /more than 262144/],
    ];
    for (const [what, body, headers, status, fault] of refusals) {
        it(`refuses a body with ${what} by ${status} with the reason, and publishes nothing`, async () => {
            const answer = await send(body, headers);

            expect(answer.statusCode).to.equal(status);
            expect(answer.headers["content-type"]).to.equal("application/problem+json");
            expect(JSON.stringify(answer.body)).to.match(fault);
            expect(answer.body).to.include({ status, instance: "/messages" });
            expect(aws.calls).to.deep.equal([]);
        });
    }

    it("refuses a body that is nested too deeply for subscribers", async () => {
        const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
        const body = (levels: number) => `{"messageType":"a","message":${nested(levels)}}`;

        expect(await send(body(32))).to.include({ statusCode: 202 });
        for (const levels of [33, 40_000]) {
            const answer = await send(body(levels));
            expect(answer.statusCode).to.equal(400);
            expect(JSON.stringify(answer.body)).to.contain("nested more than 32 levels deep");
        }
    });

    it("refuses numbers that JSON readers change, with their places, and publishes nothing", async () => {
        const numbers =
            "[1.10, 12345678901234567890, 1e400, 0.1, 1E-400, -0, 9007199254740993, 1e21, 0.1000000000000000055]";
        const answer = await send(`{"messageType":"a","message":{"a/b":${numbers},"text":"12345678901234567890"}}`);
        expect(answer.statusCode).to.equal(400);
        const errors = answer.body["errors"] as { pointer: string }[];
        expect(errors.map(({ pointer }) => pointer)).to.deep.equal(
            [1, 2, 4, 6, 8].map((index) => `/message/a~1b/${index}`),
        );
        expect(aws.calls).to.deep.equal([]);
    });

    it("names few of thousands of faults, and how many more there are, whatever their names", async () => {
        const name = "n".repeat(100_000);
        const answer = await send(
            `{"messageType":"a","message":{"${name}":[${Array.from({ length: 7500 }, () => "1e999")}]}}`,
        );

        expect(answer.statusCode).to.equal(400);
        expect(JSON.stringify(answer.body)).to.have.length.below(10_000);
        const errors = answer.body["errors"] as { pointer: string; detail: string }[];
        expect(errors).to.have.length(20);
        expect(errors[0]?.pointer).to.equal("/message");
        expect(errors.at(-1)).to.deep.equal({ pointer: "", detail: "and 7481 more" });
        expect(aws.calls).to.deep.equal([]);
    });

    it("names few of thousands of removed members, and how many more there are, and publishes the message", async () => {
        const name = "n".repeat(100_000);
        const message = { [name]: Array.from({ length: 7500 }, () => ({ cvv: 123 })), short: { cvv: 123 } };
        const { statusCode, body } = await send({ messageType: "a", message: { password: "x", ...message } });

        expect(statusCode).to.equal(202);
        expect(body).to.deep.include({ removed: ["/password", ""], moreRemoved: 7502 - 100 });
        expect(Object.keys(published().message)).to.deep.equal([name, "short"]);
    });

    describe("with an Idempotency-Key", () => {
        const headers = { "idempotency-key": "key-1", "x-correlation-id": "first" };
        beforeEach(() => database.clear("requests"));

        it("publishes once, and gives the first answer again", async () => {
            const first = await send(event, headers);
            const again = await send(event, { ...headers, "x-correlation-id": "second" });

            expect(again.statusCode).to.equal(202);
            expect(again.body).to.deep.equal(first.body);
            expect(aws.inputs("Publish")).to.have.length(1);
            expect((await send(event, { "idempotency-key": "key-2" })).body["messageId"]).not.to.equal(
                first.body["messageId"],
            );
        });

        it("publishes the same message again when the first request failed", async () => {
            aws.answers("Publish", () => new Refusal("AuthorizationError", 403));
            expect((await send(event, headers)).statusCode).to.equal(503);
            aws.answers("Publish", () => undefined);
            const { body } = await send(event, headers);
            const ids = aws.inputs("Publish").map((input) => published(input).attributes["MessageId"]);
            expect(ids).to.deep.equal([body["messageId"], body["messageId"]]);
        });

        it("refuses another message and a key of another form", async () => {
            await send(event, headers);
            expect((await send({ ...event, messageType: "other" }, headers)).statusCode).to.equal(422);
            expect((await send(event, { "idempotency-key": "a key" })).statusCode).to.equal(400);
            expect(aws.inputs("Publish")).to.have.length(1);
        });
    });

    describe("when the topic fails", () => {
        beforeEach(async () => {
            // A circuit lives as long as its process: each of these tests has its own.
            publish = new Callback(aws, "webhookFanout/publishMessage");
            await publish.start();
        });
        afterEach(async () => {
            await publish.stop();
            publish = shared;
        });

        it("retries a message that the topic refuses with a transient error", async () => {
            let calls = 0;
            const reasons = [new Refusal("InternalError", 500), new Refusal("Throttled", 400)];
            aws.answers("Publish", () => reasons[calls++]);

            expect(await send(event)).to.include({ statusCode: 202 });
            expect(calls).to.equal(3);
            // It may have taken it, and its answer is lost: for subscribers it is one message.
            const ids = aws.inputs("Publish").map((input) => published(input).attributes["MessageId"]);
            expect(new Set(ids).size, ids.join()).to.equal(1);
            const warned = publish.log.filter(({ level }) => level === "warn");
            expect(warned).to.have.length(2);
            for (const { correlationId } of warned) expect(correlationId).to.match(uuidV4);
        });

        it("answers 503 with Retry-After after the last try", async () => {
            aws.answers("Publish", () => new Refusal("ServiceUnavailable", 503));

            const { statusCode, headers, body } = await send(event);

            expect(statusCode).to.equal(503);
            expect(headers["retry-after"]).to.equal("5");
            expect(body).to.include({ status: 503, detail: "the message was not published, send it again" });
            expect(aws.inputs("Publish")).to.have.length(3);
            expect(publish.log.find(({ level }) => level === "error")).to.include({ Published: 0, PublishFailed: 1 });
        });

        it("does not retry an error that a retry cannot cure", async () => {
            aws.answers("Publish", () => new Refusal("AuthorizationError", 403));

            expect(await send(event)).to.include({ statusCode: 503 });
            expect(aws.inputs("Publish")).to.have.length(1);
        });

        it("does not call a topic that keeps failing, and answers at once with Retry-After", async () => {
            aws.answers("Publish", () => new Refusal("InternalError", 500));
            await send(event);
            // Five failures in a row open the circuit, also in the middle of the tries of one message.
            await send(event);
            expect(aws.inputs("Publish")).to.have.length(5);

            const { statusCode, headers } = await send(event);

            expect(statusCode).to.equal(503);
            expect(Number(headers["retry-after"])).to.be.within(8, 10);
            expect(aws.inputs("Publish")).to.have.length(5);
            expect(publish.text()).to.contain("CircuitOpenError").and.to.contain("InternalError");
        });
    });
});

describe("a published message", () => {
    // As API Gateway makes them.
    type Request = Parameters<typeof publicationOf>[0];
    const made = (body: unknown) => publicationOf(request(body) as unknown as Request, "dev", new Date());

    it("fills the topic's limit with the attributes to the byte, and not one more", () => {
        const small = made({ messageType: "a", message: { note: "" } });
        if ("problem" in small) throw new Error(small.problem.detail);
        const room = limit - bytesOf(small.publication);
        const filled = (bytes: number) => made({ messageType: "a", message: { note: "x".repeat(bytes) } });

        const whole = filled(room);
        if ("problem" in whole) throw new Error(whole.problem.detail);
        expect(bytesOf(whole.publication)).to.equal(limit);
        expect(filled(room + 1)).to.have.nested.property("problem.status", 413);
    });

    it("is measured in its published form, where the received JSON was shorter", () => {
        const zeros = Array.from({ length: 20_000 }, () => "1e20").join();
        const body = `{"messageType":"a","message":{"all":[${zeros}]}}`;

        expect(Buffer.byteLength(body)).to.be.lessThan(limit);
        expect(made(body)).to.have.nested.property("problem.status", 413);
    });

    it("is clean for any input, and cleaning it again changes nothing", () => {
        fc.assert(
            fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 2 })), (message) => {
                const once = sanitised(JSON.parse(JSON.stringify(message))).message;

                for (const text of textsIn(once)) expect(text).to.match(/^[\P{Cc}\t\n\r]*$/u);
                expect(sanitised(once)).to.deep.equal({ message: once, removed: [] });
            }),
        );
    });

    it("keeps every member and value that is neither secret nor a control character", () => {
        const message = { text: "ü\n\t€ \u{1F9FD}", number: -0.5, none: null, list: [true, [], {}], "__proto__ ": 1 };

        expect(sanitised(message)).to.deep.equal({ message, removed: [] });
        const own = JSON.parse('{"__proto__":{"admin":true}}');
        expect(JSON.stringify(sanitised(own).message)).to.equal('{"__proto__":{"admin":true}}');
    });
});

function textsIn(value: unknown): string[] {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)]);
}
