import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect } from "chai";
import fc from "fast-check";
import { availabilityOf } from "../../runtime/catalog/stock.ts";
import { amountText } from "../../runtime/orderIntake/texts.ts";
import { canonicalJson } from "../../runtime/shared/canonical.ts";
import { EnvironmentError, environment } from "../../runtime/shared/environment.ts";
import { bytesOf } from "../../runtime/shared/events.ts";
import { groupsOf } from "../../runtime/shared/groups.ts";
import { jsonIn, problemAnswer } from "../../runtime/shared/http.ts";
import { uuidOf, uuidV7 } from "../../runtime/shared/ids.ts";
import { instantOf } from "../../runtime/shared/instant.ts";
import { type Fields, Log, maskEmails, maskPersonal } from "../../runtime/shared/log.ts";
import { messageBody } from "../../runtime/shared/message.ts";
import { alsoCounting, business, messageMetrics } from "../../runtime/shared/metrics.ts";
import { unitsOf } from "../../runtime/shared/money.ts";

describe("the environment", () => {
    before(() => {
        process.env["TEST_QUEUE_URL"] = "https://queue";
        process.env["TEST_NOT_SET"] = "";
    });
    after(() => {
        delete process.env["TEST_QUEUE_URL"];
        delete process.env["TEST_NOT_SET"];
    });

    it("gives the named variables, of which an empty one is not set", () => {
        const env = environment("TEST_QUEUE_URL", "TEST_NOT_SET");

        expect(env).to.deep.equal({ TEST_QUEUE_URL: "https://queue", TEST_NOT_SET: "" });
        expect(env).to.be.frozen;
    });

    it("names every variable that is missing", () => {
        expect(() => environment("TEST_A", "TEST_QUEUE_URL", "TEST_B")).to.throw(EnvironmentError, /: TEST_A, TEST_B$/);
    });
});

describe("the log", () => {
    let lines: string[];
    const log = (level?: string, fields: Fields = {}) => new Log(fields, level, (line) => lines.push(line));
    const written = () => lines.map((line) => JSON.parse(line));

    beforeEach(() => {
        lines = [];
    });

    it("writes one line of JSON for each entry, with its invocation's context", () => {
        const invocation = log("info", { service: "order-receiver" }).forInvocation(
            { awsRequestId: "abc-123" },
            { correlationId: "trace-1" },
        );

        invocation.info("Processing\norder", { order_id: "12345" });
        invocation.warn("Slow");

        expect(lines.join("")).not.to.contain("\n");
        const [first, second] = written();
        expect(first).to.include({
            level: "info",
            message: "Processing\norder",
            service: "order-receiver",
            request_id: "abc-123",
            correlationId: "trace-1",
            order_id: "12345",
        });
        expect(new Date(first.timestamp).toISOString()).to.equal(first.timestamp);
        expect(second).to.include({ level: "warn", correlationId: "trace-1" }).and.not.to.have.property("order_id");
    });

    it("has a correlation id in every line: the invocation's until one is read", () => {
        const invocation = log().forInvocation({ awsRequestId: "abc-123" });

        invocation.info("Begun");
        invocation.with({ correlationId: "trace-1" }).info("Read");

        expect(written().map(({ correlationId }) => correlationId)).to.deep.equal(["abc-123", "trace-1"]);
    });

    for (const [level, expected] of [
        ["debug", ["debug", "info", "warn", "error", "fatal"]],
        ["WARN", ["warn", "error", "fatal"]],
        ["error", ["error", "fatal"]],
        ["nonsense", ["info", "warn", "error", "fatal"]],
        [undefined, ["info", "warn", "error", "fatal"]],
    ] as const) {
        it(`writes ${expected.join(", ")} at the level ${level}`, () => {
            const subject = log(level);

            subject.debug("x");
            subject.info("x");
            subject.warn("x");
            subject.error("x");
            subject.fatal("x");

            expect(written().map((line) => line.level)).to.deep.equal(expected);
        });
    }

    it("writes at every level what counts something", () => {
        const counted = alsoCounting(business({ FeedAgeMs: 7 }), messageMetrics({ Alerts: 1 }));
        for (const level of ["debug", "info", "warn", "error", "fatal"] as const) {
            for (const threshold of ["debug", "info", "warn", "error", "fatal"]) {
                lines.length = 0;
                log(threshold)[level]("A line", counted);
                const [line, ...more] = written();
                expect(more).to.deep.equal([]);
                expect(line, `${level} at ${threshold}`).to.deep.include({ level, message: "A line", ...counted });
            }
        }
    });

    it("writes an error with its name, message, stack and causes", () => {
        const error = new TypeError("outer", { cause: new RangeError("inner") });

        log().error("Failed", { error });

        const [{ error: shown }] = written();
        expect(shown).to.include({ name: "TypeError", message: "outer" });
        expect(shown.stack).to.contain("shared.spec");
        expect(shown.cause).to.include({ name: "RangeError", message: "inner" });
    });

    it("masks e-mail addresses wherever they stand, also in errors", () => {
        log().error("Address john.doe@example.com not verified", { error: new Error("no <ann@shop.example.org>") });

        expect(lines[0]).to.contain("j***@example.com").and.to.contain("a***@shop.example.org");
        expect(lines[0]).not.to.contain("john").and.not.to.contain("ann@");
    });
});

describe("masking", () => {
    it("hides personal data, and keeps the ordered items", () => {
        const order = {
            orderId: "1",
            customer: { name: "Ann  von Other", email: "ann@example.com" },
            items: ["Widget A", { productName: "Name badge", quantity: 2 }],
            metadata: { giftFor: "Grandma Ann", express: true, floor: 3 },
        };

        expect(maskPersonal(order)).to.deep.equal({
            ...order,
            customer: { name: "A*** v*** O***", email: "a***@example.com" },
            metadata: { giftFor: "G*** A***", express: true, floor: 3 },
        });
        expect(maskPersonal({ customer: "John Doe", customerEmail: "x@y.de" })).to.deep.equal({
            customer: "J*** D***",
            customerEmail: "x***@y.de",
        });
        const address = { name: "Jo Doe", line1: "12 Main Street", city: "Oslo" };
        expect(
            maskPersonal({ billingAddress: address, fulfillments: [{ title: "Post", address, instructions: "Ring" }] }),
        ).to.deep.equal({
            billingAddress: { name: "J*** D***", line1: "1*** M*** S***", city: "O***" },
            fulfillments: [
                {
                    title: "Post",
                    address: { name: "J*** D***", line1: "1*** M*** S***", city: "O***" },
                    instructions: "R***",
                },
            ],
        });
        expect(maskPersonal({ customer: "😀mile" })).to.deep.equal({ customer: "😀***" });
    });

    it("leaves no more than the first letter of any word in a customer's name", () => {
        fc.assert(
            fc.property(fc.string({ unit: "grapheme", maxLength: 50 }), (customer) => {
                const masked = (maskPersonal({ customer }) as { customer: string }).customer;
                for (const word of masked.split(" ")) expect(word).to.match(/^(.?\*\*\*(@.*)?)?$/u);
            }),
        );
    });

    it("takes linear time, with an @ or without", () => {
        const before = process.cpuUsage();
        maskEmails("a".repeat(200_000));
        maskEmails(`${"a".repeat(200_000)}@`);
        maskEmails("a@".repeat(100_000));
        maskEmails(`x@${"a.".repeat(100_000)}`);

        // In the square of the length it takes minutes.
        expect(process.cpuUsage(before).user, "µs").to.be.lessThan(5_000_000);
    });
});

describe("ids", () => {
    it("of version 7 begin with the time, so that they sort by it", () => {
        const early = uuidV7(Date.UTC(2026, 0, 1));
        const late = uuidV7(Date.UTC(2026, 0, 1) + 1);

        expect(early).to.match(/^019b76da-a800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(late > early).to.equal(true);
    });

    it("of texts are the same every time, and others for other texts", () => {
        expect(uuidOf("caller", "key")).to.equal(uuidOf("caller", "key"));
        expect(uuidOf("caller", "key")).to.match(
            /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(uuidOf("ab", "c")).not.to.equal(uuidOf("a", "bc"));
    });
});

describe("canonical JSON", () => {
    it("has the members of objects in the order of their names at every depth, and arrays as they are", () => {
        expect(canonicalJson({ b: [{ d: 1, c: 2 }, 0], a: "x" })).to.equal('{"a":"x","b":[{"c":2,"d":1},0]}');
    });

    it("is still the same value", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                expect(JSON.parse(canonicalJson(value))).to.deep.equal(JSON.parse(JSON.stringify(value)));
            }),
        );
    });
});

describe("a body of JSON", () => {
    it("may begin with one byte order mark, and is UTF-8", () => {
        expect(jsonIn(Buffer.from('\uFEFF{"a":"\uFEFFb"}'))).to.deep.equal({ a: "\uFEFFb" });
        expect(jsonIn(Buffer.from("\uFEFF\uFEFF{}"))).to.equal(undefined);
        expect(jsonIn(Buffer.from("{}", "utf16le"))).to.equal(undefined);
    });
});

describe("a problem", () => {
    it("names the path as a reference that leads back to it, whatever the path", () => {
        const instanceOf = (rawPath: string): string => {
            // Of a request only the path and what ties it together matter here.
            const request = { rawPath, headers: {}, requestContext: { requestId: "id" } } as never;
            return JSON.parse(problemAnswer(request, { status: 404, detail: "-" }).body ?? "").instance;
        };

        expect(instanceOf("/orders/12345")).to.equal("/orders/12345");
        expect(instanceOf("/orders/a b#c?d%2Fe%zz[ü]\ud800")).to.equal(
            "/orders/a%20b%23c%3Fd%2Fe%25zz%5B%C3%BC%5D%EF%BF%BD",
        );
        expect(new URL(instanceOf("//evil.example/x"), "https://shop.example").host).to.equal("shop.example");
        const isReference = fullFormats["uri-reference"] as RegExp;
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (text) => {
                expect(instanceOf(`/${text}`)).to.match(isReference);
            }),
        );
    });
});

describe("an amount to read", () => {
    for (const [amount, currency, text] of [
        [99.99, undefined, "99.99"],
        [1234567, undefined, "1,234,567.00"],
        [0.1 + 0.2, "EUR", "EUR\u00a00.30"],
        [24.5, "usd", "USD\u00a024.50"],
        [1000, "JPY", "JPY\u00a01,000"],
        [0.0035, "EUR", "EUR\u00a00.0035"],
    ] as const) {
        it(`is ${text}`, () => {
            expect(amountText(amount, currency)).to.equal(text);
        });
    }
});

describe("an amount in minor units", () => {
    for (const [minorUnits, currency, units] of [
        [1299, "usd", 12.99],
        [1299, "USD", 12.99],
        [100, "jpy", 100],
        [1250, "kwd", 1.25],
        [1, "IQD", 0.001],
        [12345, "clf", 1.2345],
        // Prices of these are printed without decimals, yet their minor unit is a hundredth.
        [10_000, "huf", 100],
        [10_000, "idr", 100],
        [0, "eur", 0],
    ] as const) {
        it(`is ${units} for ${minorUnits} in ${currency}`, () => {
            expect(unitsOf(minorUnits, currency)).to.equal(units);
        });
    }
});

describe("the body of a message", () => {
    it("holds only characters that SQS takes, and the same value", () => {
        fc.assert(
            fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
                const body = messageBody({ value, noncharacters: "a\uffffb\ufffec" });

                expect(body).to.match(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
                expect(JSON.parse(body)).to.deep.equal(
                    JSON.parse(JSON.stringify({ value, noncharacters: "a\uffffb\ufffec" })),
                );
            }),
        );
    });
});

describe("groups of messages", () => {
    it("keep every message, in order, ten at most and small enough for one call", () => {
        fc.assert(
            fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 40 }), (sizes) => {
                const groups = groupsOf(sizes, 10, 256_000, (size) => size);

                expect(groups.flat()).to.deep.equal(sizes);
                for (const group of groups) {
                    expect(group.length).to.be.within(1, 10);
                    const sum = group.reduce((total, size) => total + size, 0);
                    if (group.length > 1) expect(sum).to.be.at.most(262_144);
                }
            }),
        );
    });

    it("count an event with what stands around it", () => {
        const event = { source: "s", type: "t", detail: { text: "ü".repeat(1000), meta: {} } };

        expect(bytesOf(event)).to.be.greaterThan(2000);
    });
});

describe("A point in time", () => {
    it("is in the second before, where it is a leap second", () => {
        const before = Date.parse("2016-12-31T23:59:59Z");
        for (const text of ["2016-12-31T23:59:60Z", "2016-12-31t23:59:60z", "2016-12-31T23:59:60+00:00"])
            expect(instantOf(text), text).to.equal(before);
        expect(instantOf("2016-12-31T23:59:60.25Z")).to.equal(before + 250);
        expect(availabilityOf(5, "2016-12-31T23:59:60Z", before)).not.to.equal("not_yet_available");
    });

    it("is what Date makes of it, otherwise", () => {
        fc.assert(
            fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) => {
                expect(instantOf(date.toISOString())).to.equal(date.getTime());
            }),
        );
        for (const text of ["", "soon"]) expect(instantOf(text), text).to.be.NaN;
    });
});
