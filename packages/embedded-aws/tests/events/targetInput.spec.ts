import { expect } from "chai";
import { compileInput, InvalidInputError, type TargetInput } from "../../src/events/targetInput.ts";

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
    return compileInput(target)(event);
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

    const refused: [string, TargetInput, string][] = [
        ["two ways at once", { input: "{}", inputPath: "$.detail" }, "Only one of"],
        ["a constant that is no JSON", { input: "cleanup" }, "Input must be valid JSON"],
        ["a path in brackets", { inputPath: "$['detail']" }, "not a JSON path"],
        ["a path without its root", { inputPath: "detail" }, "not a JSON path"],
    ];
    for (const [what, target, message] of refused) {
        it(`is refused for ${what}`, () => {
            expect(() => compileInput(target)).to.throw(InvalidInputError, message);
        });
    }
});
