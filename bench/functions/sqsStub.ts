/**
 * The SQS that measured callbacks talk to: answers at once, with the checksums that the SDK verifies, and keeps
 * nothing. A process of its own, so that its work is not counted as theirs; ends with the process that forked it.
 */
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";

interface Attribute {
    readonly DataType: string;
    readonly StringValue: string;
}
interface Message {
    readonly MessageBody: string;
    readonly MessageAttributes?: Readonly<Record<string, Attribute>>;
}

function answerTo(target: string | undefined, input: string): object | undefined {
    switch (target) {
        case "AmazonSQS.GetQueueAttributes":
            return { Attributes: { QueueArn: "arn:aws:sqs:eu-west-1:000000000000:orders" } };
        case "AmazonSQS.SendMessage": {
            const { MessageBody, MessageAttributes }: Message = JSON.parse(input);
            return {
                MessageId: randomUUID(),
                MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
                ...(MessageAttributes && { MD5OfMessageAttributes: attributesMd5(MessageAttributes) }),
            };
        }
        default:
            return undefined;
    }
}

/**
 * Of string attributes, in the order of their names.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
function attributesMd5(attributes: Readonly<Record<string, Attribute>>): string {
    const hash = createHash("md5");
    const field = (text: string) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.byteLength(text));
        hash.update(length).update(text);
    };
    for (const [name, { DataType, StringValue }] of Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))) {
        field(name);
        field(DataType);
        hash.update(Buffer.of(1));
        field(StringValue);
    }
    return hash.digest("hex");
}

const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    let input = "";
    for await (const chunk of request.setEncoding("utf8")) input += chunk;
    const output = answerTo(String(request.headers["x-amz-target"]), input);
    const body = JSON.stringify(output ?? { __type: "InvalidAction", message: "not part of the bench" });
    response.writeHead(output ? 200 : 400, {
        "content-type": "application/x-amz-json-1.0",
        "content-length": Buffer.byteLength(body),
        "x-amzn-requestid": randomUUID(),
    });
    response.end(body);
});
server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object" && address !== null) process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit(0));
