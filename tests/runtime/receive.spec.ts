import { expect } from "chai";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import { Refusal } from "./support/aws.ts";
import { cartBody, type HttpAnswer, httpRequest, productBody } from "./support/events.ts";
import { figuresIn } from "./support/figures.ts";
import { RunningFunction } from "./support/function.ts";
import { Callback, startedAws, startedCallback } from "./support/started.ts";

describe("receive: POST /orders", () => {
    const aws = startedAws(undefined, (own) => own.answers("GetItem", () => ({})));
    const receive = startedCallback(aws, "orderIntake/receive");

    async function post(body: unknown, over: Record<string, unknown> = {}) {
        const text = typeof body === "string" ? body : JSON.stringify(body);
        const answer = (await receive.invoke(httpRequest({ body: text, ...over }))) as HttpAnswer;
        return { ...answer, json: JSON.parse(answer.body) };
    }

    it("accepts the cart order as documented and returns its location", async () => {
        const { statusCode, headers, json } = await post(cartBody);

        expect(statusCode).to.equal(202);
        expect(json).to.deep.equal({ orderId: "12345", status: "accepted" });
        expect(headers["location"]).to.equal("/orders/12345");
        expect(headers["x-correlation-id"]).to.equal("JKJaXmPLvHcESHA=");
        expect(headers["content-type"]).to.equal("application/json");
    });

    it("accepts a byte order mark and null for absent members, and queues neither", async () => {
        const { statusCode } = await post(`\uFEFF${JSON.stringify({ ...cartBody, currency: null })}`);

        expect(statusCode).to.equal(202);
        expect(aws.inputs("SendMessage").map(({ MessageBody }) => MessageBody)).to.deep.equal([
            JSON.stringify(cartBody),
        ]);
    });

    it("keeps the stage's path in the location", async () => {
        const { headers } = await post(cartBody, { rawPath: "/prod/orders" });

        expect(headers["location"]).to.equal("/prod/orders/12345");
    });

    it("puts the order as received into the queue, with its id, correlation id and time of receipt", async () => {
        const before = Date.now();
        await post(cartBody, { headers: { "x-correlation-id": "trace.1:a_b-c" } });

        const [message] = aws.inputs("SendMessage");
        const attributes = message?.["MessageAttributes"] as Record<string, { DataType: string; StringValue: string }>;
        expect(JSON.parse(String(message?.["MessageBody"]))).to.deep.equal(cartBody);
        expect(attributes["orderId"]).to.deep.equal({ DataType: "String", StringValue: "12345" });
        expect(attributes["correlationId"]?.StringValue).to.equal("trace.1:a_b-c");
        expect(Date.parse(attributes["receivedAt"]?.StringValue ?? "")).to.be.within(before, Date.now());
    });

    it("gives the single-product order a fresh id that sorts by time", async () => {
        const first = await post(productBody);
        const second = await post(productBody);

        expect(first.json.orderId).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(first.json.orderId).not.to.equal(second.json.orderId);
        const [message] = aws.inputs("SendMessage");
        expect(JSON.parse(String(message?.["MessageBody"]))).to.deep.equal({
            ...productBody,
            orderId: first.json.orderId,
        });
    });

    describe("with an orderId", () => {
        it("answers 409 when another order has it, and sends nothing", async () => {
            aws.answers("GetItem", () => ({ Item: { fingerprint: { S: "of another order" } } }));

            const { statusCode, json } = await post(cartBody);

            expect(statusCode).to.equal(409);
            expect(json).to.deep.include({
                title: "Conflict",
                errors: [{ pointer: "/orderId", detail: "is the id of another order" }],
            });
            expect(aws.inputs("SendMessage")).to.deep.equal([]);
            expect(figuresIn(receive.log)).to.deep.equal([
                { in: "Commerce/Business by function-under-test", OrdersRefused: 1 },
            ]);
        });

        it("takes the same order again, whatever the order of its members", async () => {
            aws.answers("GetItem", () => ({ Item: { fingerprint: { S: fingerprint(cartBody) } } }));

            const { statusCode } = await post(Object.fromEntries(Object.entries(cartBody).toReversed()));

            expect(statusCode).to.equal(202);
            expect(aws.inputs("GetItem")[0]).to.deep.include({ Key: { orderId: { S: "12345" } } });
        });

        for (const [what, answer] of [
            ["is refused", () => new Refusal("ProvisionedThroughputExceededException")],
            ["is not answered", () => new Promise<undefined>(() => undefined)],
        ] as const) {
            it(`takes the order although the look at the table ${what}: store decides`, async () => {
                aws.answers("GetItem", answer);

                expect(await post(cartBody)).to.include({ statusCode: 202 });
                expect(receive.log.map(({ level }) => level)).to.deep.equal(["warn", "info"]);
            });
        }

        it("reads no table for an order with neither orderId nor key", async () => {
            await post(productBody);

            expect(aws.inputs("GetItem")).to.deep.equal([]);
        });
    });

    describe("with an Idempotency-Key", () => {
        const withKey = (key: string, authorizer?: object) => ({
            headers: { "idempotency-key": key },
            requestContext: authorizer && { authorizer },
        });

        it("gives the same id every time", async () => {
            const first = await post(productBody, withKey("key-1"));
            const again = await post(productBody, withKey("key-1"));
            const other = await post(productBody, withKey("key-2"));

            expect(again.json.orderId).to.equal(first.json.orderId);
            expect(other.json.orderId).not.to.equal(first.json.orderId);
        });

        it("gives different callers different ids for the same key, however they signed in", async () => {
            const callers = [
                undefined,
                { lambda: { callerId: "shop-a", scopes: "orders:write" } },
                { lambda: { callerId: "shop-b", scopes: "orders:write" } },
                { jwt: { claims: { sub: "subject", scope: "orders:write" }, scopes: null } },
                { iam: { userArn: "arn:aws:iam::000000000000:user/another" } },
            ];
            const ids = new Set<string>();
            for (const caller of callers) {
                const { statusCode, json } = await post(productBody, withKey("key-1", caller));
                expect(statusCode).to.equal(202);
                ids.add(json.orderId);
            }

            expect(ids.size).to.equal(callers.length);
        });

        it("leaves the id of the body alone", async () => {
            const { json } = await post(cartBody, withKey("key-1"));

            expect(json.orderId).to.equal("12345");
        });

        it("answers 422 when another order came with the key, which takes one consistent read", async () => {
            aws.answers("GetItem", () => ({ Item: { fingerprint: { S: "of another order" } } }));

            const { statusCode, json } = await post(productBody, withKey("key-1"));

            expect(statusCode).to.equal(422);
            expect(json.detail).to.contain("Idempotency-Key");
            expect(aws.inputs("SendMessage")).to.deep.equal([]);
            expect(aws.inputs("GetItem")).to.have.length(1);
            expect(aws.inputs("GetItem")[0]).to.include({ TableName: "orders", ConsistentRead: true });
        });

        for (const key of ["", "x".repeat(256), "two words", "ключ"]) {
            it(`refuses the key ${JSON.stringify(key.slice(0, 12))} of ${key.length} characters`, async () => {
                const { statusCode, json } = await post(productBody, withKey(key));

                expect(statusCode).to.equal(400);
                expect(json.detail).to.contain("Idempotency-Key");
                expect(aws.inputs("SendMessage")).to.deep.equal([]);
                expect((await post(cartBody, withKey(key))).statusCode, "beside an orderId").to.equal(400);
            });
        }
    });

    describe("correlation id", () => {
        it("is the caller's request-id where that is all there is", async () => {
            const { headers } = await post(cartBody, { headers: { "request-id": "req-7" } });

            expect(headers["x-correlation-id"]).to.equal("req-7");
        });

        for (const bad of ["two words", "x".repeat(129), '"quoted"', ""]) {
            it(`is the request's own when the caller's is not a token: ${JSON.stringify(bad.slice(0, 10))}`, async () => {
                const { headers } = await post(cartBody, { headers: { "x-correlation-id": bad } });

                expect(headers["x-correlation-id"]).to.equal("JKJaXmPLvHcESHA=");
            });
        }
    });

    it("decodes a base64 body", async () => {
        const body = Buffer.from(JSON.stringify({ ...cartBody, customer: "Zoë 🧽" })).toString("base64");
        const { statusCode } = await post(body, { isBase64Encoded: true });

        expect(statusCode).to.equal(202);
        const [message] = aws.inputs("SendMessage");
        expect(JSON.parse(String(message?.["MessageBody"])).customer).to.equal("Zoë 🧽");
    });

    for (const type of ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.shop+json"]) {
        it(`takes the content type ${type}`, async () => {
            const { statusCode } = await post(cartBody, { headers: { "content-type": type } });

            expect(statusCode).to.equal(202);
        });
    }

    const refusals: [
        what: string,
        status: number,
        body: unknown,
        over: Record<string, unknown>,
        pointers?: string[],
    ][] = [
        ["a body that is not JSON", 400, '{"orderId": ', {}, [""]],
        ["no body", 400, "", {}, [""]],
        [
            "bytes that are not UTF-8",
            400,
            Buffer.from([0x22, 0xff, 0x22]).toString("base64"),
            { isBase64Encoded: true },
            [""],
        ],
        ["an array", 400, [cartBody], {}, [""]],
        ["null", 400, "null", {}, [""]],
        ["a total beyond every number", 400, JSON.stringify(cartBody).replace("99.99", "1e999"), {}, ["/total"]],
        ["a total with more digits than yen have", 400, { ...cartBody, total: 10.5, currency: "JPY" }, {}, ["/total"]],
        ["a total with more digits than cents", 400, { ...cartBody, total: 10.555, currency: "usd" }, {}, ["/total"]],
        ["an unknown member", 400, { ...cartBody, "a/b~c": 1 }, {}, ["/a~1b~0c"]],
        [
            "an item's fault",
            400,
            { ...cartBody, items: ["A", { productName: "B", quantity: -1 }] },
            {},
            ["/items/1/quantity"],
        ],
        ["a noncharacter, which SQS refuses", 400, { ...cartBody, items: ["a\uffff"] }, {}, ["/items/0"]],
        ["another content type", 415, cartBody, { headers: { "content-type": "text/plain" } }],
        ["no content type", 415, cartBody, { headers: { "content-type": undefined } }],
        ["an id of the checkout's", 400, { ...cartBody, orderId: "ord_1" }, {}, ["/orderId"]],
        ["300 KiB", 413, { ...cartBody, customer: "x".repeat(300 * 1024) }, {}],
    ];
    for (const [what, status, body, over, pointers] of refusals) {
        it(`answers ${what} with ${status} and problem details, sends nothing and logs no error`, async () => {
            const { statusCode, headers, json } = await post(body, over);

            expect(statusCode).to.equal(status);
            expect(headers["content-type"]).to.equal("application/problem+json");
            expect(json).to.include({
                status,
                type: "about:blank",
                instance: "/orders",
                correlationId: "JKJaXmPLvHcESHA=",
            });
            expect(json.title).to.be.a("string");
            expect(json.detail).to.be.a("string");
            const found = json.errors?.map(({ pointer }: { pointer: string }) => pointer);
            expect(found).to.deep.equal(pointers);
            expect(aws.inputs("SendMessage")).to.deep.equal([]);
            expect(receive.log.map(({ level }) => level)).to.deep.equal(["info"]);
        });
    }

    it("gives the allowed range for a number too near to zero", async () => {
        const near = [{ total: 1e-7 }, { metadata: { weight: -1e-7 } }].map((members) => ({ ...cartBody, ...members }));
        for (const body of near) {
            const { json } = await post(body);
            expect(json.errors).to.have.length(1);
            expect(json.errors[0].detail).to.equal("must be 0 or at least 0.000001 away from it");
        }
    });

    it("says that a total of another type must be a number", async () => {
        for (const total of ["120", true, null, {}]) {
            const { json } = await post({ ...cartBody, total });
            expect(json.errors).to.deep.equal([{ pointer: "/total", detail: "must be a number" }]);
        }
    });

    it("takes a body of exactly 256 KiB when it is an order", async () => {
        const order = JSON.stringify(cartBody);
        const { statusCode } = await post(order.padEnd(256 * 1024, " "));

        expect(statusCode).to.equal(202);
    });

    it("answers 503 with Retry-After when the queue refuses, and logs the reason as an error", async () => {
        aws.answers("SendMessage", () => new Refusal("AccessDeniedException", 403));

        const { statusCode, headers, json } = await post(cartBody);

        expect(statusCode).to.equal(503);
        expect(Number(headers["retry-after"])).to.be.greaterThan(0);
        expect(json.status).to.equal(503);
        expect(receive.log).to.have.length(1);
        expect(receive.log[0]).to.deep.include({ level: "error", order_id: "12345" });
        expect(receive.text()).to.contain("AccessDeniedException");
    });

    it("accepts an order although the queue failed at first", async () => {
        let tries = 0;
        aws.answers("SendMessage", () => (++tries === 1 ? new Refusal("ServiceUnavailable", 503) : undefined));

        const { statusCode } = await post(cartBody);

        expect(statusCode).to.equal(202);
        expect(tries).to.equal(2);
    });

    it("logs the order's id with the members of the seed's log, and no content of the order", async () => {
        await post({ ...cartBody, customer: "John Doe" });
        await post(productBody);

        const [first] = receive.log;
        expect(first).to.deep.include({
            level: "info",
            message: "Order accepted",
            correlationId: "JKJaXmPLvHcESHA=",
            order_id: "12345",
            service: "function-under-test",
        });
        expect(String(first?.["request_id"])).to.match(/^request-\d+$/);
        expect(Date.parse(String(first?.["timestamp"]))).to.be.closeTo(Date.now(), 60_000);
        expect(receive.text()).not.to.match(/order_data|John|Doe|customer@|Widget/);
    });

    it("counts the orders that it accepts, that it refuses, and that the queue does not take", async () => {
        await post(cartBody);
        await post({});
        aws.answers("SendMessage", () => new Refusal("AccessDeniedException", 403));
        await post(cartBody);

        const by = "Commerce/Business by function-under-test";
        expect(figuresIn(receive.log)).to.deep.equal([
            { in: by, OrdersAccepted: 1 },
            { in: by, OrdersRefused: 1 },
            { in: by, OrdersNotTaken: 1 },
        ]);
    });
});

describe("receive: start", () => {
    const aws = startedAws(undefined, (own) => own.answers("GetItem", () => ({})));
    const running: Callback[] = [];
    const start = async () => {
        const receive = new Callback(aws, "orderIntake/receive");
        running.push(receive);
        await receive.start();
        return receive;
    };
    after(() => Promise.all(running.map((receive) => receive.stop())));

    it("opens its connection before the first request", async () => {
        await start();

        expect(aws.inputs("GetQueueAttributes")).to.have.length(1);
    });

    it("starts and serves without the permission to read the queue's attributes", async () => {
        aws.answers("GetQueueAttributes", () => new Refusal("AccessDeniedException", 403));

        const receive = await start();
        const answer = (await receive.invoke(httpRequest({ body: JSON.stringify(cartBody) }))) as HttpAnswer;

        expect(answer.statusCode).to.equal(202);
        expect(receive.log.map(({ level }) => level)).to.deep.equal(["info"]);
    });

    it("starts although the queue does not answer", async () => {
        const held = Promise.withResolvers<undefined>();
        aws.answers("GetQueueAttributes", () => held.promise);

        const receive = await start();
        held.resolve(undefined);
        const answer = (await receive.invoke(httpRequest({ body: JSON.stringify(cartBody) }))) as HttpAnswer;

        expect(answer.statusCode).to.equal(202);
    });

    it("does not start without its environment, and names every variable", async () => {
        const failure = await RunningFunction.start("orderIntake/receive", aws.environment).catch(
            (error: Error) => error.message,
        );

        expect(failure).to.contain("EnvironmentError").and.to.contain("ORDERS_QUEUE_URL");
    });
});
