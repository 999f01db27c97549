import { expect } from "chai";
import { compileInput, InvalidInput, type TargetInput } from "../../src/events/inputTransformer.ts";

const rule = { arn: "arn:aws:events:us-east-2:123456789012:rule/example", name: "example" };

const event = {
    version: "0",
    id: "7bf73129-1428-4cd3-a780-95db273d1602",
    "detail-type": "EC2 Instance State-change Notification",
    source: "aws.ec2",
    account: "123456789012",
    time: "2015-11-11T21:29:54Z",
    region: "us-east-1",
    resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
    detail: {
        "instance-id": "i-0123456789",
        state: "RUNNING",
        count: 2,
        tags: [{ key: "team" }, { key: "stage" }],
        note: 'say "hi"',
        nothing: null,
    },
};

function inputOf(target: TargetInput): string {
    return compileInput(target, rule)(event, new Date("2024-05-06T07:08:09.123Z"));
}

function transformed(inputTemplate: string, inputPathsMap?: Record<string, string>): string {
    return inputOf({
        inputTransformer: {
            inputTemplate,
            inputPathsMap: inputPathsMap ?? {
                timestamp: "$.time",
                instance: "$.detail.instance-id",
                state: "$.detail.state",
                count: "$.detail.count",
                tags: "$.detail.tags",
                note: "$.detail.note",
                missing: "$.detail.missing",
                nothing: "$.detail.nothing",
            },
        },
    });
}

describe("The input of a rule's target", () => {
    it("is the event when nothing else is said", () => {
        expect(JSON.parse(inputOf({}))).to.deep.equal(event);
    });

    it("is the constant that is given", () => {
        expect(inputOf({ input: '{"task": "cleanup"}' })).to.equal('{"task": "cleanup"}');
    });

    const paths: [string, unknown][] = [
        ["$", event],
        ["$.detail.state", "RUNNING"],
        ["$.detail.tags", event.detail.tags],
        ["$.detail.tags[1].key", "stage"],
        ["$.detail.tags[*].key", ["team", "stage"]],
        ["$.resources[0]", event.resources[0]],
        ["$.detail.tags[2].key", null],
        ["$.detail.tags.length", null],
        ["$.detail.constructor", null],
    ];
    for (const [path, expected] of paths) {
        it(`is the JSON at ${path}`, () => {
            expect(JSON.parse(inputOf({ inputPath: path }))).to.deep.equal(expected);
        });
    }

    const templates: [string, string, string][] = [
        ["text", '"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
        ["text that looks like JSON", '"{[/ <state>"', '"{[/ RUNNING"'],
        ["text of several lines", '"instance <instance>"\n"is in <state>"', '"instance i-0123456789"\n"is in RUNNING"'],
        ["text with escaped quotes", '"instance \\"<instance>\\""', '"instance \\"i-0123456789\\""'],
        ["text with a number and a list", '"<count> <tags>"', '"2 [{"key":"team"},{"key":"stage"}]"'],
        ["text with a path that is missing", '"in <missing>!"', '"in !"'],
        ["text whose value has quotes", '"note: <note>"', '"note: say "hi""'],
        ["text with angle brackets", '"1 < 2 > <count>"', '"1 < 2 > 2"'],
        ["a variable alone", "<tags>", '[{"key":"team"},{"key":"stage"}]'],
        ["JSON, minified", '{\n  "instance" : <instance>,\n  "n": <count>\n}', '{"instance":"i-0123456789","n":2}'],
        [
            "JSON with variables in strings",
            '{"state": "<state>", "status": "instance \\"<instance>\\" is in <state>"}',
            '{"state":"RUNNING","status":"instance \\"i-0123456789\\" is in RUNNING"}',
        ],
        ["JSON with static parts", '{"state": [9, <state>, true]}', '{"state":[9,"RUNNING",true]}'],
        ["JSON with a path that is missing", '{"a": <missing>, "b": "<missing>"}', '{"a":"","b":""}'],
        ["JSON with objects", '{"tags": <tags>}', '{"tags":[{"key":"team"},{"key":"stage"}]}'],
        ["JSON with a value that has quotes", '{"note": <note>}', '{"note":"say \\"hi\\""}'],
        ["the rule in text", '"<aws.events.rule-name> triggered"', '"example triggered"'],
        ["the rule in JSON", '{"arn": <aws.events.rule-arn>}', `{"arn":"${rule.arn}"}`],
        ["the time of ingestion", '"<aws.events.event.ingestion-time>"', '"2024-05-06T07:08:09Z"'],
    ];
    for (const [what, template, expected] of templates) {
        it(`is ${what}: ${template.replaceAll("\n", "⏎")}`, () => {
            expect(transformed(template)).to.equal(expected);
        });
    }

    it("can have the event in it, with and without its detail", () => {
        const { detail: _detail, ...envelope } = event;
        const text = transformed('{"whole": <aws.events.event.json>, "envelope": <aws.events.event>}');
        expect(JSON.parse(text)).to.deep.equal({ whole: event, envelope });
    });

    it("needs no paths for the reserved variables", () => {
        const target = { inputTransformer: { inputTemplate: '"<aws.events.rule-name>"' } };
        expect(inputOf(target)).to.equal('"example"');
    });

    it("is an error for an event whose value breaks the JSON of the template", () => {
        expect(() => transformed('{"note": "<note>"}')).to.throw(InvalidInput, "for this event must be valid JSON");
    });

    const refused: [string, TargetInput, string][] = [
        ["two ways at once", { input: "{}", inputPath: "$.detail" }, "Only one of"],
        ["a constant that is no JSON", { input: "cleanup" }, "Input must be valid JSON"],
        ["a path in brackets", { inputPath: "$['detail']" }, "not a JSON path"],
        ["a path without its root", { inputPath: "detail" }, "not a JSON path"],
        ["an unknown variable", { inputTransformer: { inputTemplate: '"<who>"' } }, "invalid placeholder who"],
        ["text without quotes", { inputTransformer: { inputTemplate: "Order arrived" } }, "must be valid JSON"],
        ["broken JSON", { inputTransformer: { inputTemplate: '{"a": }' } }, "must be valid JSON"],
        [
            "a variable as a key",
            { inputTransformer: { inputPathsMap: { k: "$.id" }, inputTemplate: "{<k>: 1}" } },
            "must be valid JSON",
        ],
        [
            "a variable with a reserved name",
            { inputTransformer: { inputPathsMap: { "aws.events.rule-arn": "$.id" }, inputTemplate: '"x"' } },
            "invalid name",
        ],
    ];
    for (const [what, target, message] of refused) {
        it(`is refused for ${what}`, () => {
            expect(() => compileInput(target, rule)).to.throw(InvalidInput, message);
        });
    }
});
