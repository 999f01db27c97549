import { expect } from "chai";
import fc from "fast-check";
import { compileFilters, compilePattern, InvalidPatternError } from "../src/index.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function matches(pattern: unknown, event: unknown): boolean {
    return compilePattern(JSON.stringify(pattern))(event);
}

/** Whether the pattern accepts an event whose only field has this value. */
function accepts(matcher: unknown, value: unknown): boolean {
    return matches({ field: [matcher] }, { field: value });
}

const terminated = {
    version: "0",
    id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "EC2 Instance State-change Notification",
    source: "aws.ec2",
    account: "111122223333",
    time: "2017-12-22T18:43:48Z",
    region: "us-west-1",
    resources: ["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],
    detail: { "instance-id": "i-1234567890abcdef0", state: "terminated", "c-count": 3, "d-count": 9, "x-limit": 301.8 },
};

describe("An event pattern", () => {
    const documented: [string, unknown, unknown, boolean][] = [
        ["a value", "running", "running", true],
        ["a value that is another", "running", "Running", false],
        ["an empty string", "", "", true],
        ["null", null, null, true],
        ["null for an empty string", null, "", false],
        ["a boolean", true, true, true],
        ["a boolean for its name", true, "true", false],
        ["a number", 300, 300, true],
        ["a number for its digits", 300, "300", false],
        ["a prefix", { prefix: "2017-10-02" }, "2017-10-02T18:43:48Z", true],
        ["a prefix in another case", { prefix: "EventB" }, "eventbridge", false],
        ["a prefix of a number", { prefix: "1" }, 12, false],
        ["a prefix, ignoring case", { prefix: { "equals-ignore-case": "EventB" } }, "eventbridge", true],
        ["a suffix", { suffix: ".png" }, "dir/a.png", true],
        ["a suffix that stands before the end", { suffix: ".png" }, "a.png.txt", false],
        ["a suffix, ignoring case", { suffix: { "equals-ignore-case": ".PNG" } }, "a.pNg", true],
        ["equal but for case", { "equals-ignore-case": "alice" }, "ALICE", true],
        ["longer and equal but for case", { "equals-ignore-case": "alice" }, "ALICE2", false],
        ["anything but it", { "anything-but": "initializing" }, "initializing", false],
        ["anything but another", { "anything-but": "initializing" }, "running", true],
        ["anything but a string, for null", { "anything-but": "initializing" }, null, true],
        ["anything but a string, for a number", { "anything-but": "5" }, 5, true],
        ["anything but its number", { "anything-but": 123 }, 123, false],
        ["anything but zero", { "anything-but": 0 }, 1, true],
        ["anything but a list with it", { "anything-but": ["stopped", "overloaded"] }, "stopped", false],
        ["anything but a list without it", { "anything-but": [100, 200, 300] }, 150, true],
        ["anything but its prefix", { "anything-but": { prefix: "init" } }, "initializing", false],
        ["anything but a prefix, for a number", { "anything-but": { prefix: "init" } }, 5, true],
        ["anything but a list of prefixes", { "anything-but": { prefix: ["init", "run"] } }, "running", false],
        ["anything but its suffix", { "anything-but": { suffix: ".png" } }, "a.png", false],
        ["anything but another suffix", { "anything-but": { suffix: ".png" } }, "a.txt", true],
        [
            "anything but it, ignoring case",
            { "anything-but": { "equals-ignore-case": "initializing" } },
            "INITIALIZING",
            false,
        ],
        ["anything but a list, ignoring case", { "anything-but": { "equals-ignore-case": ["a", "b"] } }, "c", true],
        ["anything but its wildcard", { "anything-but": { wildcard: "*/lib/*" } }, "usr/lib/a", false],
        [
            "anything but a list of wildcards",
            { "anything-but": { wildcard: ["*/lib/*", "*/bin/*"] } },
            "usr/etc/a",
            true,
        ],
        ["equal numbers", { numeric: ["=", 3.018e2] }, 301.8, true],
        ["a range", { numeric: [">", 0, "<=", 5] }, 5, true],
        ["below an open range", { numeric: [">", 0, "<=", 5] }, 0, false],
        ["a numeric string", { numeric: [">", 0] }, "3", false],
        ["a number beyond the numeric limits", { numeric: [">", 0] }, 5_000_000_001, false],
        ["an address in a range", { cidr: "10.0.0.0/24" }, "10.0.0.255", true],
        ["an address beside a range", { cidr: "10.0.0.0/24" }, "10.0.1.0", false],
        ["no address", { cidr: "10.0.0.0/24" }, "10.0.0", false],
        ["an IPv6 address in a range", { cidr: "2001:db8::/32" }, "2001:DB8:0:1::1", true],
        ["an IPv4 address for an IPv6 range", { cidr: "::/0" }, "10.0.0.1", false],
        ["a wildcard", { wildcard: "dir/*.png" }, "dir/a/b.png", true],
        ["a wildcard in another place", { wildcard: "dir/*.png" }, "other/dir/a.png", false],
        ["a wildcard whose ends would have to overlap", { wildcard: "ab*ba" }, "aba", false],
        ["a wildcard whose middle would have to overlap the end", { wildcard: "a*b*b" }, "ab", false],
        ["an escaped star", { wildcard: "a\\*b" }, "a*b", true],
        ["an escaped star for something else", { wildcard: "a\\*b" }, "axb", false],
        ["an escaped backslash", { wildcard: "a\\\\*" }, "a\\b", true],
        ["existence of null", { exists: true }, null, true],
        ["existence of an object", { exists: true }, { S: "test" }, false],
        ["existence of an empty array", { exists: true }, [], false],
        ["absence of a value", { exists: false }, "here", false],
        ["absence where only deeper fields exist", { exists: false }, { S: "test" }, true],
        ["null in an empty array", null, [], false],
        ["one element of an array", "b", ["a", "b"], true],
        ["no element of an array", "c", ["a", "b"], false],
        ["an element of a nested array", "c", ["a", ["b", ["c"]]], true],
        ["anything but one of several elements", { "anything-but": "a" }, ["a", "b"], true],
        ["anything but all elements", { "anything-but": ["a", "b"] }, ["a", "b"], false],
    ];
    for (const [what, matcher, value, expected] of documented) {
        it(`${expected ? "matches" : "does not match"} ${what}: ${JSON.stringify(matcher)}`, () => {
            expect(accepts(matcher, value)).to.equal(expected);
        });
    }

    it("needs every field, and one value of each", () => {
        const pattern = { source: ["aws.ec2", "aws.rds"], detail: { state: ["terminated"] } };
        expect(matches(pattern, terminated)).to.equal(true);
        expect(matches({ ...pattern, region: ["eu-west-1"] }, terminated)).to.equal(false);
        expect(matches({ ...pattern, detail: { state: ["running"] } }, terminated)).to.equal(false);
    });

    it("combines all operators", () => {
        const pattern = {
            time: [{ prefix: "2017-12-22" }],
            resources: [{ wildcard: "arn:aws:ec2:*:instance/*" }],
            detail: {
                state: [{ "anything-but": "initializing" }],
                "c-count": [{ numeric: [">", 0, "<=", 5] }],
                "d-count": [{ numeric: ["<", 10] }],
                "x-limit": [{ "anything-but": [100, 200, 300] }],
            },
        };
        expect(matches(pattern, terminated)).to.equal(true);
        expect(matches(pattern, { ...terminated, detail: { ...terminated.detail, "d-count": 10 } })).to.equal(false);
    });

    it("never matches anything-but for a field that is missing", () => {
        expect(matches({ detail: { colour: [{ "anything-but": "red" }] } }, terminated)).to.equal(false);
    });

    it("matches an absent field, also below an absent or a scalar parent", () => {
        const pattern = {
            dynamodb: { NewImage: { homemade: { S: [{ "anything-but": "roses" }, { exists: false }] } } },
        };
        expect(matches(pattern, { dynamodb: { NewImage: { purchased: { N: "789" } } } })).to.equal(true);
        expect(matches(pattern, { dynamodb: "text" })).to.equal(true);
        expect(matches(pattern, { dynamodb: { NewImage: { homemade: { S: "roses" } } } })).to.equal(false);
        expect(matches(pattern, { dynamodb: { NewImage: { homemade: { S: "lilies" } } } })).to.equal(true);
    });

    it("does not look into a text that is JSON", () => {
        expect(matches({ detail: { key: ["value"] } }, { detail: '{"key":"value"}' })).to.equal(false);
    });

    it("does not take what objects inherit for fields of the event", () => {
        expect(matches({ constructor: { name: ["Object"] } }, {})).to.equal(false);
    });

    describe("on arrays of objects", () => {
        const event = {
            employees: [
                [
                    { firstName: "John", lastName: "Doe" },
                    { firstName: "Anna", lastName: "Smith" },
                ],
                [{ firstName: "Peter", lastName: "Jones", nickName: "Pete" }],
            ],
        };
        it("matches a field of any element", () => {
            expect(matches({ employees: { firstName: ["Anna"] } }, event)).to.equal(true);
        });
        it("matches several fields only within one element", () => {
            expect(matches({ employees: { firstName: ["Anna"], lastName: ["Smith"] } }, event)).to.equal(true);
            expect(matches({ employees: { firstName: ["Anna"], lastName: ["Jones"] } }, event)).to.equal(false);
        });
        it("takes a field for absent only where no element has it", () => {
            expect(matches({ employees: { nickName: [{ exists: false }] } }, event)).to.equal(false);
            expect(matches({ employees: { age: [{ exists: false }] } }, event)).to.equal(true);
        });
    });

    describe("with $or", () => {
        const pattern = {
            source: ["aws.cloudwatch"],
            $or: [
                { metricName: ["CPUUtilization"] },
                {
                    metricType: ["MetricType"],
                    namespace: ["AWS/EC2"],
                    $or: [{ metricId: [1234] }, { spaceId: [1000] }],
                },
                { detail: { scope: ["Service"] } },
            ],
        };
        const cases: [unknown, boolean][] = [
            [{ source: "aws.cloudwatch", metricName: "CPUUtilization" }, true],
            [{ source: "aws.cloudwatch", metricType: "MetricType", namespace: "AWS/EC2", spaceId: 1000 }, true],
            [{ source: "aws.cloudwatch", metricType: "MetricType", namespace: "AWS/EC2" }, false],
            [{ source: "aws.cloudwatch", detail: { scope: "Service" } }, true],
            [{ source: "aws.ec2", metricName: "CPUUtilization" }, false],
            [{ source: "aws.cloudwatch" }, false],
        ];
        for (const [event, expected] of cases) {
            it(`${expected ? "matches" : "does not match"} ${JSON.stringify(event)}`, () => {
                expect(matches(pattern, event)).to.equal(expected);
            });
        }
    });

    describe("that is malformed", () => {
        const malformed: [string, unknown, string][] = [
            ["no JSON", "{", ""],
            ["no object", [], ""],
            ["an empty object", { detail: {} }, "/detail"],
            ["an empty array", { detail: { "a/b": [] } }, "/detail/a~1b"],
            ["a bare value", { detail: { state: "running" } }, "/detail/state"],
            ["an array in an array", { state: [["a"]] }, "/state/0"],
            ["an unknown operator", { state: ["a", { EXISTS: true }] }, "/state/1/EXISTS"],
            ["two operators in one expression", { state: [{ prefix: "a", suffix: "b" }] }, "/state/0"],
            ["no operator in an expression", { state: [{}] }, "/state/0"],
            ["a prefix that is no string", { state: [{ prefix: 5 }] }, "/state/0/prefix"],
            ["an unknown variant of prefix", { state: [{ prefix: { wildcard: "a" } }] }, "/state/0/prefix"],
            [
                "a list to ignore the case of",
                { state: [{ "equals-ignore-case": ["a"] }] },
                "/state/0/equals-ignore-case",
            ],
            ["exists with a text", { state: [{ exists: "true" }] }, "/state/0/exists"],
            ["anything-but of a boolean", { state: [{ "anything-but": true }] }, "/state/0/anything-but"],
            ["anything-but of null in a list", { state: [{ "anything-but": ["a", null] }] }, "/state/0/anything-but"],
            ["anything-but of mixed types", { state: [{ "anything-but": ["a", 1] }] }, "/state/0/anything-but"],
            ["anything-but of nothing", { state: [{ "anything-but": [] }] }, "/state/0/anything-but"],
            [
                "anything-but an empty prefix",
                { state: [{ "anything-but": { prefix: "" } }] },
                "/state/0/anything-but/prefix",
            ],
            [
                "anything-but a number's prefix",
                { state: [{ "anything-but": { prefix: 1 } }] },
                "/state/0/anything-but/prefix",
            ],
            [
                "anything-but an unknown operator",
                { state: [{ "anything-but": { cidr: "::/0" } }] },
                "/state/0/anything-but",
            ],
            ["consecutive wildcards", { state: [{ wildcard: "a**" }] }, "/state/0/wildcard"],
            ["an unknown escape", { state: [{ wildcard: "a\\b" }] }, "/state/0/wildcard"],
            ["an open escape", { state: [{ wildcard: "a\\" }] }, "/state/0/wildcard"],
            ["a numeric operator that is none", { count: [{ numeric: ["<>", 0] }] }, "/count/0/numeric"],
            ["a bound that is no number", { count: [{ numeric: [">", "0"] }] }, "/count/0/numeric"],
            ["two lower bounds", { count: [{ numeric: [">", 0, ">", 1] }] }, "/count/0/numeric"],
            ["an upper bound before the lower", { count: [{ numeric: ["<", 5, ">", 0] }] }, "/count/0/numeric"],
            ["an empty range", { count: [{ numeric: [">", 5, "<", 5] }] }, "/count/0/numeric"],
            ["a bound beyond the limits", { count: [{ numeric: ["<", 5e9 + 1] }] }, "/count/0/numeric"],
            ["an address without a prefix length", { ip: [{ cidr: "10.0.0.0" }] }, "/ip/0/cidr"],
            ["a prefix length that is too long", { ip: [{ cidr: "10.0.0.0/33" }] }, "/ip/0/cidr"],
            ["$or of one", { $or: [{ a: ["b"] }] }, "/$or"],
            ["$or of no list", { $or: { a: ["b"] } }, "/$or"],
            ["$or of values", { $or: [{ a: ["b"] }, "c"] }, "/$or/1"],
            ["an operator as a field of $or", { $or: [{ prefix: ["b"] }, { a: ["c"] }] }, "/$or/0/prefix"],
            ["more than 4096 characters", { a: ["x".repeat(4096)] }, ""],
        ];
        for (const [what, pattern, pointer] of malformed) {
            it(`is refused for ${what}, with the place`, () => {
                const text = typeof pattern === "string" ? pattern : JSON.stringify(pattern);
                expect(() => compilePattern(text))
                    .to.throw(InvalidPatternError)
                    .with.property("pointer", pointer);
            });
        }
    });
});

const scalar = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Json>("", "a", "b", 0, 1, true, null) },
    { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: -10, max: 10 }) },
);
const text = fc.string({ unit: fc.constantFrom("a", "b", "A", "*", "\\", "/"), maxLength: 8 });
const key = fc.constantFrom("a", "b");

const { event } = fc.letrec<{ event: { [key: string]: Json }; value: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie("value"), { maxLength: 3 }), tie("event")),
    event: fc.dictionary(key, tie("value"), { maxKeys: 3 }),
}));

const matcher: fc.Arbitrary<Json> = fc.oneof(
    scalar,
    fc.record({ prefix: fc.constantFrom("", "a") }),
    fc.record({ "equals-ignore-case": text }),
    fc.record({ exists: fc.boolean() }),
    fc.record({ "anything-but": fc.oneof(text, fc.integer(), fc.array(text, { minLength: 1, maxLength: 2 })) }),
    fc.integer({ min: -5, max: 5 }).map((bound): Json => ({ numeric: [">", bound] })),
);

type Fields = { [key: string]: Json };

const nested = fc.letrec<{ pattern: Fields; fields: Fields }>((tie) => ({
    fields: fc.dictionary(
        key,
        fc.oneof({ maxDepth: 3 }, fc.array(matcher, { minLength: 1, maxLength: 2 }), tie("pattern")),
        { minKeys: 1, maxKeys: 2 },
    ),
    pattern: fc.oneof(
        { maxDepth: 3 },
        tie("fields"),
        fc
            .tuple(tie("fields"), tie("pattern"), tie("pattern"))
            .map(([fields, left, right]): Fields => ({ ...fields, $or: [left, right] })),
    ),
}));
// A pattern has at most 4096 characters; two of these have to fit into one.
const pattern = nested.pattern.filter((rule) => JSON.stringify(rule).length < 2000);

/** The same document with the keys of every object in the other order. */
function reversed(value: Json): Json {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .reverse()
            .map(([name, item]) => [name, reversed(item)]),
    );
}

/** A pattern that lists the values of the event's own leaves; undefined when there are none. */
function patternOf(value: Json): Json | undefined {
    if (Array.isArray(value)) {
        const [first] = value.map(patternOf).filter((item) => item !== undefined);
        return first;
    }
    if (typeof value !== "object" || value === null) return [value];
    const fields = Object.entries(value).flatMap(([name, item]) => {
        const own = patternOf(item);
        return own === undefined ? [] : [[name, own] as const];
    });
    return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

// Few generated patterns match: many runs, so that each property sees enough of those that do.
const often = { numRuns: 1000 };

describe("Every event pattern", () => {
    it("matches the event whose leaf values it lists", () => {
        fc.assert(
            fc.property(event, (document) => {
                const own = patternOf(document);
                fc.pre(own !== undefined);
                expect(matches(own, document)).to.equal(true);
            }),
            often,
        );
    });

    it("gives the same answer when the event has one more, unrelated field", () => {
        fc.assert(
            fc.property(pattern, event, event, (rule, document, unrelated) => {
                expect(matches(rule, { ...document, unrelated })).to.equal(matches(rule, document));
            }),
            often,
        );
    });

    it("gives the same answer whatever the order of the keys", () => {
        fc.assert(
            fc.property(pattern, event, (rule, document) => {
                expect(matches(reversed(rule), reversed(document))).to.equal(matches(rule, document));
            }),
            often,
        );
    });

    it("is, with $or, the union of its alternatives", () => {
        fc.assert(
            fc.property(pattern, pattern, event, (left, right, document) => {
                const union = matches({ $or: [left, right] }, document);
                expect(union).to.equal(matches(left, document) || matches(right, document));
            }),
            often,
        );
    });

    it("is, with several fields, the intersection of the patterns of each", () => {
        fc.assert(
            fc.property(pattern, event, (rule, document) => {
                const separately = Object.entries(rule).every(([name, node]) => matches({ [name]: node }, document));
                expect(matches(rule, document)).to.equal(separately);
            }),
            often,
        );
    });

    it("with anything-but matches exactly when the same matcher without it does not, and the field is there", () => {
        const refused = fc.oneof(text, fc.integer({ min: -3, max: 3 }));
        fc.assert(
            fc.property(refused, scalar, (value, actual) => {
                expect(accepts({ "anything-but": value }, actual)).to.equal(!accepts(value, actual));
                expect(matches({ field: [{ "anything-but": value }] }, {})).to.equal(false);
            }),
        );
        const named = fc.constantFrom("prefix", "suffix", "equals-ignore-case");
        fc.assert(
            fc.property(named, text, scalar, (operator, value, actual) => {
                fc.pre(value !== "");
                const inner = { [operator]: value };
                expect(accepts({ "anything-but": inner }, actual)).to.equal(!accepts(inner, actual));
            }),
        );
    });

    it("with prefix, suffix or equals-ignore-case compares as text does", () => {
        fc.assert(
            fc.property(text, text, (value, actual) => {
                const folded = value.toLowerCase();
                expect(accepts({ prefix: value }, actual)).to.equal(actual.startsWith(value));
                expect(accepts({ suffix: value }, actual)).to.equal(actual.endsWith(value));
                expect(accepts({ "equals-ignore-case": value }, actual)).to.equal(actual.toLowerCase() === folded);
                const prefix = { prefix: { "equals-ignore-case": value } };
                expect(accepts(prefix, actual)).to.equal(actual.toLowerCase().startsWith(folded));
                const suffix = { suffix: { "equals-ignore-case": value } };
                expect(accepts(suffix, actual)).to.equal(actual.toLowerCase().endsWith(folded));
            }),
        );
    });

    it("with numeric compares as numbers do", () => {
        const number = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -5e9, max: 5e9, noNaN: true }));
        const lower = fc.constantFrom(">", ">=");
        const upper = fc.constantFrom("<", "<=");
        const holds = (operator: string, left: number, right: number): boolean => {
            if (operator === "=") return left === right;
            if (operator.startsWith("<")) return left < right || (operator === "<=" && left === right);
            return left > right || (operator === ">=" && left === right);
        };
        fc.assert(
            fc.property(fc.constantFrom("=", "<", "<=", ">", ">="), number, number, (operator, bound, value) => {
                expect(accepts({ numeric: [operator, bound] }, value)).to.equal(holds(operator, value, bound));
            }),
        );
        fc.assert(
            fc.property(lower, number, upper, number, number, (above, bottom, below, top, value) => {
                fc.pre(bottom < top);
                const inside = holds(above, value, bottom) && holds(below, value, top);
                expect(accepts({ numeric: [above, bottom, below, top] }, value)).to.equal(inside);
            }),
        );
    });

    it("with a wildcard matches what the equivalent regular expression matches", () => {
        const escaped: Record<string, string> = { "*": "\\*", "\\": "\\\\" };
        // The parts between the stars; a part in the middle is not empty, for stars cannot follow each other.
        const parts = fc
            .array(text, { minLength: 1, maxLength: 4 })
            .filter((list) => list.slice(1, -1).every((part) => part !== ""));
        fc.assert(
            fc.property(parts, fc.array(text, { maxLength: 3 }), fc.boolean(), (literals, noise, related) => {
                const wildcard = literals
                    .map((part) => part.replace(/[*\\]/g, (found) => escaped[found] ?? found))
                    .join("*");
                const reference = new RegExp(
                    `^${literals.map((part) => part.replace(/[*\\/]/g, "\\$&")).join("[^]*")}$`,
                );
                const value = related
                    ? literals.flatMap((part, index) => [part, noise[index] ?? ""]).join("")
                    : noise.join("");
                expect(accepts({ wildcard }, value)).to.equal(reference.test(value));
            }),
            { numRuns: 500 },
        );
    });

    it("with cidr matches the addresses that share the prefix's bits", () => {
        const address = fc.nat({ max: 0xffffffff });
        const dotted = (bits: number): string => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
        fc.assert(
            fc.property(address, fc.integer({ min: 0, max: 32 }), fc.nat({ max: 31 }), (network, length, flipped) => {
                const other = (network ^ (1 << flipped)) >>> 0;
                const shares = 31 - flipped >= length;
                expect(accepts({ cidr: `${dotted(network)}/${length}` }, dotted(other))).to.equal(shares);
            }),
        );
    });
});

describe("The filters of an event source mapping", () => {
    function passes(patterns: unknown[], record: Record<string, unknown>): boolean {
        return compileFilters({ Filters: patterns.map((each) => ({ Pattern: JSON.stringify(each) })) })(record);
    }
    function message(body: string): Record<string, unknown> {
        return { messageId: "1", body, eventSource: "aws:sqs" };
    }

    it("let everything pass when there are none", () => {
        expect(compileFilters({})(message("x"))).to.equal(true);
        expect(compileFilters({ Filters: [] })(message("x"))).to.equal(true);
    });

    it("let a record pass that matches any of them", () => {
        const filters = [{ body: { code: ["A"] } }, { body: { code: ["B"] } }];
        expect(passes(filters, message('{"code":"B"}'))).to.equal(true);
        expect(passes(filters, message('{"code":"C"}'))).to.equal(false);
    });

    it("look into a JSON body for an object, and at its text for a list", () => {
        expect(passes([{ body: { amount: [{ numeric: [">", 99] }] } }], message('{"amount":100}'))).to.equal(true);
        expect(passes([{ body: [{ prefix: "Result: " }] }], message("Result: 5"))).to.equal(true);
        expect(passes([{ body: ["12345"] }], message("12345"))).to.equal(true);
    });

    it("drop a body of the other kind", () => {
        expect(passes([{ body: { code: ["A"] } }], message("code A"))).to.equal(false);
        expect(passes([{ body: { code: [{ exists: false }] } }], message("code A"))).to.equal(false);
        expect(passes([{ body: [{ "anything-but": "x" }] }], message('{"code":"A"}'))).to.equal(false);
        expect(passes([{ body: [{ exists: false }] }], message('{"code":"A"}'))).to.equal(false);
    });

    it("judge a body of the other kind by the filters that fit it", () => {
        const filters = [{ body: { code: ["A"] } }, { body: ["plain"] }];
        expect(passes(filters, message("plain"))).to.equal(true);
        expect(passes([{ $or: filters }], message("plain"))).to.equal(true);
        expect(passes([{ $or: filters }], message('{"code":"A"}'))).to.equal(true);
    });

    it("that say nothing of the body do not care what it is", () => {
        expect(passes([{ messageId: ["1"] }], message("{"))).to.equal(true);
    });

    it("see a stream record as it is", () => {
        const record = {
            eventName: "INSERT",
            dynamodb: { Keys: { Id: { N: "101" } }, NewImage: { Status: { S: "open" } } },
            eventSource: "aws:dynamodb",
        };
        expect(passes([{ eventName: ["INSERT"], dynamodb: { Keys: { Id: { N: ["101"] } } } }], record)).to.equal(true);
        expect(passes([{ eventName: ["REMOVE"] }], record)).to.equal(false);
        // Numbers of a stream are texts.
        expect(passes([{ dynamodb: { Keys: { Id: { N: [{ numeric: ["=", 101] }] } } } }], record)).to.equal(false);
    });

    it("are refused when one is malformed, or wants stream data to be a text", () => {
        expect(() => compileFilters({ Filters: [{ Pattern: "{}" }] })).to.throw(InvalidPatternError);
        expect(() => compileFilters({ Filters: [{ Pattern: '{"dynamodb":["x"]}' }] }))
            .to.throw(InvalidPatternError)
            .with.property("pointer", "/dynamodb");
    });
});
