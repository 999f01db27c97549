import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as path from "path";
import { createRole } from "./roles";

const config = new pulumi.Config();

const deadLetters = new aws.sqs.Queue("dead-letters");
const changes = new aws.sqs.Queue("changes", {
    visibilityTimeoutSeconds: 60,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 3 }),
});

const items = new aws.dynamodb.Table("items", {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    tags: { project: pulumi.getProject() },
});

const results = new aws.dynamodb.Table("results", {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    readCapacity: 1,
    writeCapacity: 1,
});

// CommonJS, in the program's text.
const publisherRole = createRole("publisher", {
    managedPolicyArns: [aws.iam.ManagedPolicy.AWSLambdaDynamoDBExecutionRole],
    inlinePolicies: [
        {
            name: "send",
            policy: aws.iam.getPolicyDocumentOutput({
                statements: [{ actions: ["sqs:SendMessage"], resources: [changes.arn] }],
            }).json,
        },
    ],
});
const publisher = new aws.lambda.Function("publisher", {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: "index.handler",
    role: publisherRole.arn,
    timeout: 30,
    code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset(`
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
const client = new SQSClient({});
exports.handler = async (event) => {
    for (const record of event.Records) {
        if (record.eventName !== "INSERT") continue;
        await client.send(new SendMessageCommand({
            QueueUrl: process.env.QUEUE_URL,
            MessageBody: JSON.stringify({ id: record.dynamodb.NewImage.id.S, greeting: process.env.GREETING }),
        }));
    }
};
`),
    }),
    environment: { variables: { QUEUE_URL: changes.id, GREETING: config.require("greeting") } },
});
new aws.lambda.EventSourceMapping("items-to-publisher", {
    eventSourceArn: items.streamArn,
    functionName: publisher.name,
    startingPosition: "LATEST",
});

// A module, in a file.
const recorderRole = createRole("recorder");
new aws.iam.RolePolicyAttachment("recorder-queue", {
    role: recorderRole,
    policyArn: aws.iam.ManagedPolicy.AWSLambdaSQSQueueExecutionRole,
});
new aws.iam.RolePolicyAttachment("recorder-basic", {
    role: recorderRole.name,
    policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
});
const recorderPolicy = new aws.iam.Policy("recorder", {
    policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["dynamodb:PutItem"], Resource: [results.arn] }],
    },
});
new aws.iam.RolePolicyAttachment("recorder-results", { role: recorderRole.name, policyArn: recorderPolicy.arn });
const recorder = new aws.lambda.Function("recorder", {
    runtime: "nodejs22.x",
    handler: "lib/recorder.handler",
    role: recorderRole.arn,
    code: new pulumi.asset.AssetArchive({
        "lib/recorder.mjs": new pulumi.asset.FileAsset(path.join(__dirname, "functions", "recorder.mjs")),
    }),
    environment: { variables: { TABLE_NAME: results.name } },
    memorySize: 256,
});
new aws.lambda.EventSourceMapping("changes-to-recorder", {
    eventSourceArn: changes.arn,
    functionName: recorder.arn,
    batchSize: 5,
});

export const itemsTable = items.name;
export const resultsTable = results.name;
