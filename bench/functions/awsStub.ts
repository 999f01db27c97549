/**
 * The AWS that measured callbacks talk to: answers at once, and keeps nothing but the sessions that are being
 * completed. A process of its own, so that its work is not counted as theirs; ends with the process that forked it.
 */
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { apiKeys, readyPrefix } from "./calls.ts";
import { cert, key } from "./certificate.ts";
import { products, readySession } from "./readySession.ts";
import { sealingKeys } from "./sealingKeys.ts";

interface Attribute {
    readonly DataType: string;
    readonly StringValue: string;
}
interface Message {
    readonly MessageBody: string;
    readonly MessageAttributes?: Readonly<Record<string, Attribute>>;
}
type Item = Readonly<Record<string, AttributeValue>>;
interface Batch {
    readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
}
interface Transaction {
    readonly TransactItems: readonly { readonly Put?: { readonly Item: Item } }[];
}

const accepted = ({ MessageBody, MessageAttributes }: Message) => ({
    MessageId: randomUUID(),
    MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
    ...(MessageAttributes && { MD5OfMessageAttributes: attributesMd5(MessageAttributes) }),
});

function answerTo(target: string | undefined, input: string): object | undefined {
    switch (target) {
        case "AmazonSQS.GetQueueAttributes":
            return { Attributes: { QueueArn: "arn:aws:sqs:eu-west-1:000000000000:orders" } };
        case "AmazonSQS.SendMessage": {
            return accepted(JSON.parse(input));
        }
        case "AmazonSQS.SendMessageBatch": {
            const { Entries }: { Entries: readonly (Message & { Id: string })[] } = JSON.parse(input);
            return { Successful: Entries.map(({ Id, ...message }) => ({ Id, ...accepted(message) })), Failed: [] };
        }
        case "secretsmanager.GetSecretValue": {
            const { SecretId }: { SecretId: string } = JSON.parse(input);
            if (SecretId.endsWith(":sealing")) return { Name: "sealing", SecretString: sealingKeys };
            return { Name: "api-keys", SecretString: apiKeys };
        }
        case "DynamoDB_20120810.Query":
            return latest(JSON.parse(input));
        case "DynamoDB_20120810.BatchGetItem":
            return catalogue(JSON.parse(input));
        case "DynamoDB_20120810.TransactWriteItems":
            remember(JSON.parse(input));
            return {};
        case "DynamoDB_20120810.GetItem":
            return JSON.parse(input).TableName === "profiles" ? { Item: { document: { S: profile } } } : {};
        case "TrentService.GetPublicKey":
            return { PublicKey: merchantKey.publicKey.export({ format: "der", type: "spki" }).toString("base64") };
        case "TrentService.Sign": {
            const message = Buffer.from(JSON.parse(input).Message, "base64");
            return { Signature: sign("sha256", message, merchantKey.privateKey).toString("base64") };
        }
        case "DynamoDB_20120810.PutItem":
        case "DynamoDB_20120810.UpdateItem":
            return {};
        default:
            return undefined;
    }
}

/** Of the platform that buys by UCP: what this process is started with. */
const [, , profile = ""] = process.argv;
const merchantKey = generateKeyPairSync("ec", { namedCurve: "P-256" });

const completing = new Map<string, Item>();

/** The last version of the session that is asked for, when it is one that can be paid. */
function latest({ ExpressionAttributeValues: { ":id": id } }: { ExpressionAttributeValues: Item }): object {
    const sessionId = id?.S ?? "";
    if (!sessionId.startsWith(readyPrefix)) return { Count: 0, ScannedCount: 0, Items: [] };
    const item = completing.get(sessionId) ?? marshall(readySession(sessionId), { removeUndefinedValues: true });
    return { Count: 1, ScannedCount: 1, Items: [item] };
}

function remember({ TransactItems }: Transaction): void {
    for (const { Put } of TransactItems) {
        const sessionId = Put?.Item["SessionId"]?.S ?? "";
        if (Put && sessionId.startsWith(readyPrefix)) completing.set(sessionId, Put.Item);
    }
}

function catalogue({ RequestItems }: Batch): object {
    const responses = Object.entries(RequestItems).map(([table, { Keys }]) => {
        const wanted = Keys.map(({ productId }) => productId?.S);
        const found = products.filter(({ productId }) => wanted.includes(productId));
        return [table, found.map((product) => marshall(product))];
    });
    return { Responses: Object.fromEntries(responses), UnprocessedKeys: {} };
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

const answer: RequestListener = async (request, response) => {
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
};
const lasting = { keepAliveTimeout: 60_000 };
const servers = [createServer(lasting, answer), createSecureServer({ ...lasting, key, cert }, answer)];
for (const server of servers) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
}
const urls = servers.map((server, index) => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return `${index === 0 ? "http" : "https"}://127.0.0.1:${port}`;
});
process.send?.(urls);
process.on("disconnect", () => process.exit(0));
