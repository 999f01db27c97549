// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { expect } from "chai";
import { compileCondition } from "../../src/identity/condition.ts";
import type { Statement } from "../../src/identity/principal.ts";

type Keys = Record<string, string | readonly string[]>;

function holds(condition: Statement["Condition"], keys: Keys, effect: Statement["Effect"] = "Allow"): boolean {
    const values = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
    return compileCondition(condition, effect, true)((key) => values.get(key));
}

/** Whether one operator with these values holds for a request that has these for the key; none when undefined. */
function compare(
    operator: string,
    expected: string | boolean | number | string[],
    actual?: string | string[],
): boolean {
    return holds({ [operator]: { "test:key": expected } }, actual === undefined ? {} : { "test:key": actual });
}

const topic = "arn:aws:sns:eu-west-1:000000000000:orders";

describe("A condition operator", () => {
    const cases: [string, string | boolean | number | string[], string | string[] | undefined, boolean][] = [
        ["StringEquals", "a", "a", true],
        ["StringEquals", "a", "A", false],
        ["StringEquals", "a*", "ab", false],
        ["StringEquals", ["a", "b"], "b", true],
        ["StringEquals", "a", undefined, false],
        ["StringNotEquals", "a", "b", true],
        ["StringNotEquals", ["a", "b"], "b", false],
        ["StringNotEquals", "a", undefined, true],
        ["StringEqualsIgnoreCase", "Alice", "aLICE", true],
        ["StringNotEqualsIgnoreCase", "Alice", "aLICE", false],
        ["StringLike", "home/*/a?c", "home/x/y/abc", true],
        ["StringLike", "home/?", "home/", false],
        ["StringLike", "[a]", "a", false],
        ["StringNotLike", "home/*", "home/x", false],
        ["StringNotLike", "home/*", undefined, true],
        ["NumericEquals", 10, "10.0", true],
        ["NumericNotEquals", "10", "11", true],
        ["NumericLessThan", "10", "10", false],
        ["NumericLessThanEquals", "10", "10", true],
        ["NumericGreaterThan", "9", "10", true],
        ["NumericGreaterThanEquals", "10", "9.99", false],
        ["NumericLessThan", "10", undefined, false],
        ["DateEquals", "2020-01-01T00:00:00Z", "1577836800", true],
        ["DateNotEquals", "2020-01-01", "2020-01-01T00:00:01Z", true],
        ["DateLessThan", "2020-01-01T01:00:00+01:00", "2019-12-31T23:59:59Z", true],
        ["DateLessThanEquals", "2020", "2020-01-01T00:00:00.000Z", true],
        ["DateGreaterThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z", false],
        ["DateGreaterThanEquals", "2020-01", "2020-02", true],
        ["Bool", "true", "true", true],
        ["Bool", false, "FALSE", true],
        ["Bool", "true", "false", false],
        ["Bool", "false", undefined, false],
        ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", true],
        ["BinaryEquals", "QmluYXJ5", "QmluYXJ4", false],
        ["IpAddress", "203.0.113.0/24", "203.0.113.255", true],
        ["IpAddress", "203.0.113.0/24", "203.0.114.0", false],
        ["IpAddress", "203.0.113.7", "203.0.113.7", true],
        ["IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "2001:db8:1234:5678::1", true],
        ["NotIpAddress", "203.0.113.0/24", "203.0.113.1", false],
        ["NotIpAddress", "203.0.113.0/24", "198.51.100.1", true],
        ["NotIpAddress", "203.0.113.0/24", undefined, true],
        ["ArnEquals", topic, topic, true],
        ["ArnEquals", "arn:aws:sns:*:000000000000:ord*", topic, true],
        ["ArnLike", "arn:aws:sns:eu-west-?:*:orders", topic, true],
        ["ArnLike", "arn:aws:sns:*:orders", topic, false],
        [
            "ArnLike",
            "arn:aws:someservice:*:111122223333:finance/*",
            "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
            false,
        ],
        ["ArnLike", "arn:aws:lambda:*:*:function:*", "arn:aws:lambda:eu-west-1:000000000000:function:a:live", true],
        ["ArnNotEquals", topic, topic, false],
        ["ArnNotLike", "arn:aws:sns:*:*:other", topic, true],
        ["ArnLike", "*", "no arn", false],
        ["Null", "true", undefined, true],
        ["Null", "true", "there", false],
        ["Null", "false", "there", true],
        ["Null", false, undefined, false],
        ["Null", "true", [], true],
        ["StringEqualsIfExists", "a", undefined, true],
        ["StringEqualsIfExists", "a", "b", false],
        ["NumericLessThanIfExists", "5", "4", true],
        ["BoolIfExists", "true", undefined, true],
    ];
    for (const [operator, expected, actual, result] of cases) {
        it(`${operator} ${JSON.stringify(expected)} ${result ? "holds" : "does not hold"} for ${JSON.stringify(actual)}`, () => {
            expect(compare(operator, expected, actual)).to.equal(result);
        });
    }
});

describe("A quantified condition operator", () => {
    const columns = ["PostDateTime", "Message", "Tags"];
    const cases: [string, string[], string[] | undefined, boolean][] = [
        ["ForAllValues:StringLike", columns, ["PostDateTime", "Message"], true],
        ["ForAllValues:StringLike", columns, ["PostDateTime", "UserName"], false],
        ["ForAllValues:StringLike", columns, undefined, true],
        ["ForAllValues:StringLike", columns, [], true],
        ["ForAllValues:StringLike", columns, [""], true],
        ["ForAnyValue:StringLike", ["ID", "PostDateTime"], ["UserName", "PostDateTime"], true],
        ["ForAnyValue:StringLike", ["ID", "PostDateTime"], ["UserName"], false],
        ["ForAnyValue:StringLike", columns, undefined, false],
        ["ForAnyValue:StringNotLike", ["key1*"], undefined, false],
        ["ForAnyValue:StringNotLike", ["key1*"], ["key1:hr", "key2:audit"], true],
        ["ForAllValues:StringNotLike", ["key1*"], ["key1:legal"], false],
        ["ForAllValues:StringNotLike", ["key1*"], ["key2:audit"], true],
        ["ForAllValues:StringNotLike", ["key1*"], ["key1:hr", "key2:audit"], false],
        ["ForAllValues:StringNotLike", ["key1*"], undefined, true],
        ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, true],
        ["ForAllValues:ArnLike", ["arn:aws:sns:*:*:*"], [topic], true],
    ];
    for (const [operator, expected, actual, result] of cases) {
        it(`${operator} ${expected.join(" ")} ${result ? "holds" : "does not hold"} for ${JSON.stringify(actual)}`, () => {
            expect(compare(operator, expected, actual)).to.equal(result);
        });
    }
});

describe("A condition", () => {
    it("holds when nothing is asked", () => {
        expect(holds(undefined, {})).to.equal(true);
        expect(holds({}, {})).to.equal(true);
    });

    it("needs every operator and every key of an operator", () => {
        const condition = { StringEquals: { "a:x": "1", "a:y": "2" }, Bool: { "a:z": "true" } };
        expect(holds(condition, { "a:x": "1", "a:y": "2", "a:z": "true" })).to.equal(true);
        expect(holds(condition, { "a:x": "1", "a:y": "3", "a:z": "true" })).to.equal(false);
        expect(holds(condition, { "a:x": "1", "a:z": "true" })).to.equal(false);
        expect(holds(condition, { "a:x": "1", "a:y": "2", "a:z": "false" })).to.equal(false);
    });

    it("ignores the case of key names", () => {
        expect(holds({ StringEquals: { "AWS:sourceaccount": "1" } }, { "aws:SourceAccount": "1" })).to.equal(true);
    });

    describe("with policy variables", () => {
        const username = { "aws:username": "david", "test:key": "home/david/" };
        it("puts in the value of the key", () => {
            expect(holds({ StringLike: { "test:key": "home/${aws:username}/*" } }, username)).to.equal(true);
            expect(holds({ StringEquals: { "test:key": "home/${AWS:UserName}/" } }, username)).to.equal(true);
            expect(holds({ StringLike: { "test:key": "home/${aws:username}x" } }, username)).to.equal(false);
        });
        it("never takes a value for a wildcard", () => {
            expect(
                holds({ StringLike: { "test:key": "home/${aws:username}/" } }, { ...username, "aws:username": "*" }),
            ).to.equal(false);
        });
        it("uses the default where the key has no value", () => {
            const condition = { StringEquals: { "test:key": "${aws:PrincipalTag/team, 'it''s ${none}'}" } };
            expect(holds(condition, { "test:key": "blue", "aws:PrincipalTag/team": "blue" })).to.equal(true);
            const plain = { StringEquals: { "test:key": "${aws:PrincipalTag/team, 'it''s none'}" } };
            expect(holds(plain, { "test:key": "it's none" })).to.equal(true);
        });
        it("matches nothing where the key has no value and no default, so that a negated operator holds", () => {
            expect(holds({ StringLike: { "test:key": "*${aws:username}*" } }, { "test:key": "x" })).to.equal(false);
            expect(holds({ StringNotLike: { "test:key": "*${aws:username}*" } }, { "test:key": "x" })).to.equal(true);
        });
        it("has no use for a key with several values", () => {
            const keys = { "aws:TagKeys": ["a", "b"], "test:key": "a" };
            expect(holds({ StringEquals: { "test:key": "${aws:TagKeys}" } }, keys)).to.equal(false);
        });
        it("writes the special characters as variables", () => {
            expect(holds({ StringLike: { "test:key": "${*}${?}${$}" } }, { "test:key": "*?$" })).to.equal(true);
            expect(holds({ StringLike: { "test:key": "${*}" } }, { "test:key": "x" })).to.equal(false);
        });
        it("puts them into parts of an ARN", () => {
            const keys = { "aws:PrincipalAccount": "000000000000", "test:key": topic };
            expect(holds({ ArnLike: { "test:key": "arn:aws:sns:*:${aws:PrincipalAccount}:orders" } }, keys)).to.equal(
                true,
            );
        });
        it("leaves them alone in the old version of the language", () => {
            const condition = compileCondition({ StringEquals: { "test:key": "${aws:username}" } }, "Allow", false);
            expect(condition((key) => (key === "test:key" ? ["${aws:username}"] : ["david"]))).to.equal(true);
        });
    });

    describe("that is not decidable fails closed: it does not allow, and it denies", () => {
        const unknown: [string, Statement["Condition"], Keys][] = [
            ["an unknown operator", { StringMatches: { "test:key": "a" } }, { "test:key": "a" }],
            ["an unknown quantifier", { "ForSomeValues:StringEquals": { "test:key": "a" } }, { "test:key": "a" }],
            ["IfExists on Null", { NullIfExists: { "test:key": "true" } }, {}],
            ["another case of an operator", { stringequals: { "test:key": "a" } }, { "test:key": "a" }],
            ["a number in the policy that is none", { NumericNotEquals: { "test:key": "ten" } }, { "test:key": "1" }],
            ["a number in the request that is none", { NumericNotEquals: { "test:key": "10" } }, { "test:key": "x" }],
            ["a date that is none", { DateLessThan: { "test:key": "tomorrow" } }, { "test:key": "2020-01-01" }],
            ["a local time", { DateLessThan: { "test:key": "2020-01-01T00:00:00" } }, { "test:key": "2019" }],
            ["a boolean that is none", { Bool: { "test:key": "yes" } }, { "test:key": "true" }],
            ["a range that is none", { NotIpAddress: { "test:key": "10.0.0.0/40" } }, { "test:key": "10.0.0.1" }],
            ["an address that is none", { NotIpAddress: { "test:key": "10.0.0.0/8" } }, { "test:key": "host" }],
            ["base64 that is none", { BinaryEquals: { "test:key": "?" } }, { "test:key": "QQ==" }],
            ["no value in the policy", { StringNotEquals: { "test:key": [] } }, { "test:key": "a" }],
            ["several values without a quantifier", { StringEquals: { "test:key": "a" } }, { "test:key": ["a", "b"] }],
        ];
        for (const [what, condition, keys] of unknown) {
            it(`for ${what}`, () => {
                expect(holds(condition, keys, "Allow")).to.equal(false);
                expect(holds(condition, keys, "Deny")).to.equal(true);
            });
        }
    });
});
