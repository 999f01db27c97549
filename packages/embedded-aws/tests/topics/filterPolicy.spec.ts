import { expect } from "chai";
import { InvalidPatternError } from "event-pattern";
import { compileFilterPolicy, type FilterPolicyScope, type MessageAttribute } from "../../src/topics/filterPolicy.ts";

function accepts(policy: unknown, attributes: Record<string, MessageAttribute>): boolean {
    return compileFilterPolicy(JSON.stringify(policy), "MessageAttributes")({ body: "", attributes });
}

function acceptsBody(policy: unknown, body: unknown): boolean {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return compileFilterPolicy(JSON.stringify(policy), "MessageBody")({ body: text, attributes: {} });
}

const string = (value: string): MessageAttribute => ({ type: "String", value });
const number = (value: string): MessageAttribute => ({ type: "Number", value });
const array = (...values: unknown[]): MessageAttribute => ({ type: "String.Array", value: JSON.stringify(values) });

const purchase = {
    customer_interests: array("soccer", "rugby", "hockey"),
    store: string("example_corp"),
    event: string("order_placed"),
    price_usd: number("210.75"),
};

describe("A filter policy of message attributes", () => {
    it("accepts the message that the documentation says it accepts", () => {
        const policy = {
            store: ["example_corp"],
            event: [{ "anything-but": "order_cancelled" }],
            customer_interests: ["rugby", "football", "baseball"],
            price_usd: [{ numeric: [">=", 100] }],
        };
        expect(accepts(policy, purchase)).to.equal(true);
    });

    it("rejects the message that the documentation says it rejects", () => {
        const policy = {
            store: ["example_corp"],
            event: ["order_cancelled"],
            encrypted: [false],
            customer_interests: ["basketball", "baseball"],
        };
        expect(accepts(policy, purchase)).to.equal(false);
        expect(accepts({ store: ["example_corp"], encrypted: [false] }, purchase)).to.equal(false);
    });

    const cases: [string, unknown, MessageAttribute | undefined, boolean][] = [
        ["a value", "rugby", string("rugby"), true],
        ["another value", "rugby", string("baseball"), false],
        ["a value in another case", "rugby", string("Rugby"), false],
        ["an element of an array", "rugby", array("tennis", "rugby"), true],
        ["a boolean in an array", true, array(true), true],
        ["null in an array", null, array(null), true],
        ["a number in an array", { numeric: ["=", 100] }, array(100, 50), true],
        ["a prefix", { prefix: "bas" }, string("baseball"), true],
        ["a suffix", { suffix: "ball" }, string("baseball"), true],
        ["equal but for case", { "equals-ignore-case": "tennis" }, string("TENNIS"), true],
        ["a wildcard", { wildcard: "*ball" }, string("baseball"), true],
        ["anything but a list with it", { "anything-but": ["rugby", "tennis"] }, string("rugby"), false],
        ["anything but one of an array", { "anything-but": ["rugby", "tennis"] }, array("rugby", "baseball"), true],
        ["anything but a prefix", { "anything-but": { prefix: "order-" } }, string("order_number"), true],
        ["anything but its prefix", { "anything-but": { prefix: "order-" } }, string("order-cancelled"), false],
        ["anything but numbers", { "anything-but": [100, 500] }, number("100.1"), true],
        ["anything but its number", { "anything-but": [100, 500] }, number("100"), false],
        ["anything but, without the attribute", { "anything-but": "x" }, undefined, false],
        ["an address in a subnet", { cidr: "10.0.0.0/24" }, string("10.0.0.255"), true],
        ["an address outside a subnet", { cidr: "10.0.0.0/24" }, string("10.1.1.0"), false],
        ["an equal number, however it is written", { numeric: ["=", 301.5] }, number("3.015e2"), true],
        ["a range", { numeric: [">", 0, "<=", 150] }, number("150"), true],
        ["a number outside a range", { numeric: [">", 0, "<=", 150] }, number("151"), false],
        ["digits that are a string", { numeric: ["=", 5] }, string("5"), false],
        ["a string for a number", "5", number("5"), false],
        ["existence", { exists: true }, string("fans"), true],
        ["existence without the attribute", { exists: true }, undefined, false],
        ["absence of an attribute that is there", { exists: false }, string("fans"), false],
        ["absence with no attributes at all", { exists: false }, undefined, true],
        ["binary, which counts as absent", { exists: true }, { type: "Binary", value: "AAEC" }, false],
        ["an array that is no JSON", { exists: true }, { type: "String.Array", value: "[" }, false],
        ["a type with a label", { numeric: ["=", 5] }, { type: "Number.int", value: "5" }, true],
    ];
    for (const [what, matcher, attribute, expected] of cases) {
        it(`${expected ? "accepts" : "rejects"} ${what}: ${JSON.stringify(matcher)}`, () => {
            const attributes = attribute === undefined ? {} : { key: attribute };
            expect(accepts({ key: [matcher] }, attributes)).to.equal(expected);
        });
    }

    it("accepts with $or when one alternative does, nested too", () => {
        const policy = {
            source: ["aws.cloudwatch"],
            $or: [
                { metricName: ["CPUUtilization"] },
                { $or: [{ namespace: ["AWS/EC2"] }, { scope: [{ exists: false }] }] },
            ],
        };
        const source = string("aws.cloudwatch");
        expect(accepts(policy, { source, metricName: string("CPUUtilization"), scope: string("x") })).to.equal(true);
        expect(accepts(policy, { source, namespace: string("AWS/EC2"), scope: string("x") })).to.equal(true);
        expect(accepts(policy, { source })).to.equal(true);
        expect(accepts(policy, { source, scope: string("x") })).to.equal(false);
        expect(accepts(policy, {})).to.equal(false);
    });
});

describe("A filter policy of the message body", () => {
    it("looks into nested objects, arrays and arrays of objects", () => {
        const policy = { order: { lines: { sku: [{ prefix: "eco-" }], tags: ["sale"] } } };
        const lines = [
            { sku: "eco-1", tags: ["new"] },
            { sku: "eco-2", tags: ["new", "sale"] },
        ];
        expect(acceptsBody(policy, { order: { lines } })).to.equal(true);
        expect(acceptsBody(policy, { order: { lines: lines.slice(0, 1) } })).to.equal(false);
    });

    it("tells numbers from their digits", () => {
        expect(acceptsBody({ price: [{ numeric: [">", 2] }] }, { price: 3 })).to.equal(true);
        expect(acceptsBody({ price: [{ numeric: [">", 2] }] }, { price: "3" })).to.equal(false);
    });

    it("takes an absent property for absent", () => {
        expect(acceptsBody({ store: [{ exists: false }] }, {})).to.equal(true);
        expect(acceptsBody({ store: [{ exists: false }] }, { store: "fans" })).to.equal(false);
    });

    it("never accepts a body that is not a JSON object", () => {
        for (const body of ["plain", "[]", "5", "null"]) {
            expect(acceptsBody({ store: [{ exists: false }] }, body), body).to.equal(false);
        }
    });
});

describe("A filter policy that SNS would refuse", () => {
    const keys = (count: number): unknown =>
        Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, ["v"]]));
    const values = (count: number): string[] => Array.from({ length: count }, (_, n) => `v${n}`);
    const refused: [string, unknown, FilterPolicyScope][] = [
        ["malformed patterns", { store: "fans" }, "MessageAttributes"],
        ["nested attributes", { store: { name: ["fans"] } }, "MessageAttributes"],
        ["more than 5 keys", keys(6), "MessageAttributes"],
        ["more than 150 combinations", { a: values(16), b: values(10) }, "MessageAttributes"],
        ["more than 150 combinations by nesting", { a: { b: { c: values(10), d: values(2) } } }, "MessageBody"],
    ];
    for (const [what, policy, scope] of refused) {
        it(`is refused here for ${what}`, () => {
            expect(() => compileFilterPolicy(JSON.stringify(policy), scope)).to.throw(InvalidPatternError);
        });
    }

    it("is not one with 5 keys and the documented 144 combinations", () => {
        const nested = { key_a: { key_b: { key_c: { key_d: values(4) } }, key_e: { key_f: values(3) } } };
        expect(() => compileFilterPolicy(JSON.stringify(nested), "MessageBody")).not.to.throw();
        expect(() => compileFilterPolicy(JSON.stringify(keys(5)), "MessageAttributes")).not.to.throw();
    });
});
