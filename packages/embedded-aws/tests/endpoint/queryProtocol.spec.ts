import { expect } from "chai";
import fc from "fast-check";
import { inputFromForm, xmlAnswer, xmlError } from "../../src/endpoint/queryProtocol.ts";

describe("The Query protocol", () => {
    it("reads lists in the order of their numbers, and maps", () => {
        const form = new URLSearchParams({
            Action: "PublishBatch",
            Version: "2010-03-31",
            TopicArn: "arn",
            "PublishBatchRequestEntries.member.2.Id": "second",
            "PublishBatchRequestEntries.member.10.Id": "tenth",
            "PublishBatchRequestEntries.member.1.Id": "first",
            "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name": "kind",
            "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType": "String",
            "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue": "a.b",
        });
        expect(inputFromForm(form)).to.deep.equal({
            action: "PublishBatch",
            input: {
                TopicArn: "arn",
                PublishBatchRequestEntries: [
                    { Id: "first", MessageAttributes: { kind: { DataType: "String", StringValue: "a.b" } } },
                    { Id: "second" },
                    { Id: "tenth" },
                ],
            },
        });
    });

    it("writes lists, maps and structures", () => {
        const output = {
            Topics: [{ TopicArn: "a" }, { TopicArn: "b" }],
            Attributes: { Owner: "0" },
            Missing: undefined,
        };
        expect(xmlAnswer("List", "urn:x", output, "r")).to.equal(
            '<ListResponse xmlns="urn:x"><ListResult>' +
                "<Topics><member><TopicArn>a</TopicArn></member><member><TopicArn>b</TopicArn></member></Topics>" +
                "<Attributes><entry><key>Owner</key><value>0</value></entry></Attributes>" +
                "</ListResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListResponse>",
        );
    });

    it("lets no text break out of its element", () => {
        fc.assert(
            fc.property(fc.string(), (text) => {
                const inside = xmlError("urn:x", "Code", text, "r").split("<Message>")[1]?.split("</Message>")[0] ?? "";
                expect(inside).not.to.match(/[<>"']/);
                const back = inside.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
                expect(back).to.equal(text);
            }),
        );
    });
});
