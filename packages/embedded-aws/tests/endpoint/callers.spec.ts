import { once } from "node:events";
import http from "node:http";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { allow, type Cloud, failure, functionArn, startCloud } from "./startedCloud.ts";

describe("The local endpoint", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({
            roles: { caller: allow("lambda:InvokeFunction", functionArn("echo")) },
            functions: ["echo", "echo:live", "other"],
        });
    });
    after(() => cloud.stop());

    const stranger = () => ({ ...cloud.as(), credentials: { accessKeyId: "unknown", secretAccessKey: "x" } });

    it("tells callers who they are", async () => {
        const asked = async (role?: string) => new STSClient(cloud.as(role)).send(new GetCallerIdentityCommand({}));
        expect(await asked()).to.include({ Account: "000000000000", Arn: "arn:aws:iam::000000000000:root" });
        const Arn = "arn:aws:sts::000000000000:assumed-role/caller/caller-session";
        expect(await asked("caller")).to.include({ Account: "000000000000", Arn });
    });

    it("refuses an unknown access key with each service's own error", async () => {
        const QueueUrl = `${cloud.endpoint.origin}/000000000000/x`;
        const sqs = new SQSClient(stranger());
        expect((await failure(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })))).name).to.equal(
            "UnrecognizedClientException",
        );
        const database = new DynamoDBClient(stranger());
        expect((await failure(database.send(new ListTablesCommand({})))).name).to.equal("UnrecognizedClientException");
        const sns = new SNSClient(stranger());
        expect((await failure(sns.send(new ListTopicsCommand({})))).name).to.equal("InvalidClientTokenId");
        const s3 = new S3Client(stranger());
        expect((await failure(s3.send(new ListBucketsCommand({})))).name).to.equal("InvalidAccessKeyId");
    });

    it("reads a request that is too large to its end, so that its client sees the refusal", async () => {
        const answer = await fetch(cloud.endpoint.origin, {
            method: "POST",
            headers: {
                authorization: "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/sqs/aws4_request",
                "x-amz-target": "AmazonSQS.SendMessage",
                "content-type": "application/x-amz-json-1.0",
            },
            body: Buffer.alloc(21 * 1024 * 1024, " "),
        });
        expect(answer.status).to.equal(413);
        expect(await answer.text()).to.include("RequestEntityTooLarge");
    });

    it("refuses a request without a signature", async () => {
        const answer = await fetch(cloud.endpoint.origin, {
            method: "POST",
            headers: { "x-amz-target": "AWSEvents.PutEvents", "content-type": "application/x-amz-json-1.1" },
            body: "{}",
        });
        expect(answer.status).to.equal(403);
        expect(await answer.text()).to.include("MissingAuthenticationToken");
    });

    it("refuses websites that call through a browser on this machine", async () => {
        const call = async (headers: Record<string, string>) => {
            const authorization = "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request";
            const [answer] = await once(
                http.get(cloud.endpoint.origin, { headers: { authorization, ...headers } }),
                "response",
            );
            answer.resume();
            return answer.statusCode;
        };
        expect(await call({ origin: "https://shop.example.com" })).to.equal(403);
        expect(await call({ origin: "null" })).to.equal(403);
        expect(await call({ host: "rebound.example.com:4566" })).to.equal(403);
        expect(await call({ origin: "http://localhost:3000" })).to.equal(200);
    });

    it("names a service and an operation that it does not have", async () => {
        const ask = async (service: string, target: string) => {
            const answer = await fetch(cloud.endpoint.origin, {
                method: "POST",
                headers: {
                    authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/${service}/aws4_request`,
                    "x-amz-target": target,
                },
                body: "{}",
            });
            return answer.text();
        };
        expect(await ask("kinesis", "Kinesis_20131202.PutRecord")).to.match(/UnknownOperationException.*kinesis/);
        expect(await ask("events", "AWSEvents.CreateArchive")).to.match(
            /UnknownOperationException.*events:CreateArchive/,
        );
        expect(await ask("sqs", "AmazonSQS.StartMessageMoveTask")).to.match(
            /UnknownOperationException.*StartMessageMoveTask/,
        );
    });

    it("listens on this machine only", async () => {
        expect(cloud.endpoint.origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
        expect(cloud.storage.queues.origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
        expect(cloud.storage.tables.origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    });

    describe("with Lambda behind it", () => {
        const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

        it("invokes a function by name and by ARN", async () => {
            const lambda = new LambdaClient(cloud.as());
            for (const FunctionName of ["echo", functionArn("echo"), "000000000000:function:echo"]) {
                const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"n":1}' }));
                expect(text(answer.Payload)).to.equal('{"n":1}');
                expect(answer).to.include({ StatusCode: 200, ExecutedVersion: "$LATEST" });
                expect(answer.FunctionError).to.equal(undefined);
            }
        });

        it("tells an alias from its function: the right to invoke one is not the right to invoke the other", async () => {
            const invoke = (role?: string) =>
                new LambdaClient(cloud.as(role)).send(new InvokeCommand({ FunctionName: "echo", Qualifier: "live" }));
            expect((await invoke()).StatusCode).to.equal(200);
            const refused = await failure(invoke("caller"));
            expect(refused.name).to.equal("AccessDeniedException");
            expect(refused.message).to.include(`${functionArn("echo")}:live`);
        });

        it("tells that a function failed", async () => {
            const lambda = new LambdaClient(cloud.as());
            const answer = await lambda.send(new InvokeCommand({ FunctionName: "echo", Payload: '{"fail":true}' }));
            expect(answer.FunctionError).to.equal("Unhandled");
        });

        it("accepts an event", async () => {
            const lambda = new LambdaClient(cloud.as());
            const event = { FunctionName: "echo", InvocationType: "Event", Payload: '{"later":true}' } as const;
            const answer = await lambda.send(new InvokeCommand(event));
            expect(answer.StatusCode).to.equal(202);
            expect(cloud.invoked).to.deep.include({ arn: functionArn("echo"), payload: '{"later":true}' });
        });

        it("refuses what is no JSON, functions that do not exist, and callers without the right", async () => {
            const lambda = new LambdaClient(cloud.as());
            const invoke = (client: LambdaClient, FunctionName: string, Payload = "{}") =>
                client.send(new InvokeCommand({ FunctionName, Payload }));
            expect((await failure(invoke(lambda, "echo", "{"))).name).to.equal("InvalidRequestContentException");
            expect((await failure(invoke(lambda, "missing"))).name).to.equal("ResourceNotFoundException");
            const caller = new LambdaClient(cloud.as("caller"));
            expect((await failure(invoke(caller, "other"))).name).to.equal("AccessDeniedException");
            expect((await invoke(caller, "echo")).StatusCode).to.equal(200);
        });
    });
});
