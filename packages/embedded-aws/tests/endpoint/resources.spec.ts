import { expect } from "chai";
import type { ServiceName } from "../../src/aws/call.ts";
import { neededRights } from "../../src/endpoint/resources.ts";

const place = {
    region: "eu-west-1",
    account: "000000000000",
    secretArn: (id: string) =>
        id === "stripe" ? "arn:aws:secretsmanager:eu-west-1:000000000000:secret:stripe-AbCdEf" : undefined,
    keyArn: (id: string) => (id === "signing" ? "arn:aws:kms:eu-west-1:000000000000:key/signing" : undefined),
    senderIdentities: (address: string) => [address, address.slice(address.indexOf("@") + 1)],
};

const orders = "arn:aws:dynamodb:eu-west-1:000000000000:table/orders";
const stream = `${orders}/stream/1`;

/** service:action, its input, and the rights it needs as `action resource|resource`. */
const cases: readonly [service: ServiceName, action: string, input: Record<string, unknown>, rights: string[]][] = [
    [
        "sqs",
        "SendMessageBatch",
        { QueueUrl: "http://127.0.0.1:4566/000000000000/orders" },
        ["sqs:SendMessage arn:aws:sqs:eu-west-1:000000000000:orders"],
    ],
    ["sqs", "GetQueueUrl", { QueueName: "orders" }, ["sqs:GetQueueUrl arn:aws:sqs:eu-west-1:000000000000:orders"]],
    ["sqs", "ListQueues", {}, ["sqs:ListQueues *"]],
    ["sns", "PublishBatch", { TopicArn: "arn:topic" }, ["sns:Publish arn:topic"]],
    ["sns", "ListTopics", {}, ["sns:ListTopics *"]],
    ["dynamodb", "GetItem", { TableName: "orders" }, [`dynamodb:GetItem ${orders}`]],
    ["dynamodb", "GetItem", { TableName: orders }, [`dynamodb:GetItem ${orders}`]],
    ["dynamodb", "Scan", { TableName: "orders", IndexName: "by-day" }, [`dynamodb:Scan ${orders}/index/by-day`]],
    [
        "dynamodb",
        "BatchWriteItem",
        { RequestItems: { orders: [], stock: [] } },
        [
            `dynamodb:BatchWriteItem ${orders}`,
            "dynamodb:BatchWriteItem arn:aws:dynamodb:eu-west-1:000000000000:table/stock",
        ],
    ],
    [
        "dynamodb",
        "TransactWriteItems",
        {
            TransactItems: [
                { Put: { TableName: "orders" } },
                { Update: { TableName: "orders" } },
                { Delete: { TableName: "orders" } },
                { ConditionCheck: { TableName: "orders" } },
            ],
        },
        ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"].map((action) => `dynamodb:${action} ${orders}`),
    ],
    [
        "dynamodb",
        "TransactGetItems",
        { TransactItems: [{ Get: { TableName: "orders" } }] },
        [`dynamodb:GetItem ${orders}`],
    ],
    ["dynamodb", "GetRecords", { ShardIterator: `${stream}|1|x` }, [`dynamodb:GetRecords ${stream}`]],
    ["dynamodb", "ListTables", {}, ["dynamodb:ListTables *"]],
    [
        "events",
        "PutEvents",
        { Entries: [{ EventBusName: "shop" }, { EventBusName: "shop" }, {}] },
        [
            "events:PutEvents arn:aws:events:eu-west-1:000000000000:event-bus/shop",
            "events:PutEvents arn:aws:events:eu-west-1:000000000000:event-bus/default",
        ],
    ],
    [
        "lambda",
        "Invoke",
        { FunctionName: "000000000000:function:f" },
        ["lambda:InvokeFunction arn:aws:lambda:eu-west-1:000000000000:function:f"],
    ],
    // An alias is a resource of its own: who may invoke the function may not by that invoke it.
    [
        "lambda",
        "Invoke",
        { FunctionName: "arn:aws:lambda:eu-west-1:000000000000:function:f:live" },
        ["lambda:InvokeFunction arn:aws:lambda:eu-west-1:000000000000:function:f:live"],
    ],
    [
        "ses",
        "SendEmail",
        { FromEmailAddress: "Shop <orders@example.com>", Content: { Simple: {} }, ConfigurationSetName: "set" },
        [
            "ses:SendEmail arn:aws:ses:eu-west-1:000000000000:identity/orders@example.com|arn:aws:ses:eu-west-1:000000000000:identity/example.com",
            "ses:SendEmail arn:aws:ses:eu-west-1:000000000000:configuration-set/set",
        ],
    ],
    [
        "ses",
        "SendEmail",
        { FromEmailAddress: "a@b.c", Content: { Raw: {} } },
        [
            "ses:SendRawEmail arn:aws:ses:eu-west-1:000000000000:identity/a@b.c|arn:aws:ses:eu-west-1:000000000000:identity/b.c",
        ],
    ],
    [
        "secretsmanager",
        "GetSecretValue",
        { SecretId: "stripe" },
        ["secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:000000000000:secret:stripe-AbCdEf"],
    ],
    [
        "secretsmanager",
        "GetSecretValue",
        { SecretId: "unknown" },
        ["secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:000000000000:secret:unknown"],
    ],
    ["kms", "Sign", { KeyId: "signing" }, ["kms:Sign arn:aws:kms:eu-west-1:000000000000:key/signing"]],
    ["kms", "Sign", { KeyId: "other" }, ["kms:Sign arn:aws:kms:eu-west-1:000000000000:key/other"]],
    [
        "logs",
        "PutLogEvents",
        { logGroupName: "/aws/events/all", logStreamName: "s" },
        ["logs:PutLogEvents arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/all:log-stream:s"],
    ],
    [
        "logs",
        "StartQuery",
        { logGroupNames: ["/a"], logGroupIdentifiers: ["arn:aws:logs:eu-west-1:000000000000:log-group:/b"] },
        [
            "logs:StartQuery arn:aws:logs:eu-west-1:000000000000:log-group:/a:*",
            "logs:StartQuery arn:aws:logs:eu-west-1:000000000000:log-group:/b:*",
        ],
    ],
    ["logs", "GetQueryResults", { queryId: "q" }, ["logs:GetQueryResults *"]],
    ["lambda", "ListFunctions", {}, ["lambda:ListFunctions *"]],
    ["sts", "GetCallerIdentity", {}, []],
];

describe("The rights that an operation needs", () => {
    for (const [service, action, input, expected] of cases) {
        it(`${service}:${action} ${JSON.stringify(input)}`, () => {
            const rights = neededRights(service, action, input, place);
            expect(rights.map((need) => `${need.action} ${need.resources.join("|")}`)).to.deep.equal(expected);
        });
    }

    it("carry the condition keys of events and mails", () => {
        const [event] = neededRights(
            "events",
            "PutEvents",
            { Entries: [{ Source: "shop", DetailType: "sold" }] },
            place,
        );
        expect(event?.context).to.deep.equal({ "events:source": "shop", "events:detail-type": "sold" });
        const Destination = { ToAddresses: ["x@y.z"], BccAddresses: ["b@y.z"] };
        const [mail] = neededRights("ses", "SendEmail", { FromEmailAddress: "N <a@b.c>", Destination }, place);
        expect(mail?.context).to.deep.equal({ "ses:FromAddress": "a@b.c", "ses:Recipients": ["x@y.z", "b@y.z"] });
    });
});
