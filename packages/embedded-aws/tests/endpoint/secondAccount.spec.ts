import {
    CreateEventBusCommand,
    EventBridgeClient,
    PutEventsCommand,
    PutRuleCommand,
    PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { allow, type Cloud, failure, startCloud } from "./startedCloud.ts";

describe("The second account", () => {
    let cloud: Cloud;
    const roleArn = "arn:aws:iam::111111111111:role/partner-events";
    const queueArn = "arn:aws:sqs:eu-west-1:111111111111:events";
    const trust = (id: string, from = "arn:aws:iam::000000000000:root") =>
        JSON.stringify({
            Version: "2012-10-17",
            Statement: {
                Effect: "Allow",
                Principal: { AWS: from },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "sts:ExternalId": id } },
            },
        });
    const owner = () => ({ ...cloud.as(), credentials: { accessKeyId: "owner", secretAccessKey: "owner" } });
    let queueUrl = "";

    before(async () => {
        cloud = await startCloud({
            roles: { sender: allow("sts:AssumeRole", "arn:aws:iam::*:role/partner-*"), other: allow("sqs:*", "*") },
        });
        const { QueueUrl } = await new SQSClient(owner()).send(new CreateQueueCommand({ QueueName: "events" }));
        queueUrl = QueueUrl ?? "";
        const iam = new IAMClient(owner());
        const created = new CreateRoleCommand({ RoleName: "partner-events", AssumeRolePolicyDocument: trust("id-1") });
        expect((await iam.send(created)).Role?.Arn).to.equal(roleArn);
        const mayPut = {
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn },
                {
                    Effect: "Allow",
                    Action: "events:PutEvents",
                    Resource: "arn:aws:events:*:111111111111:event-bus/shop",
                },
            ],
        };
        const PolicyDocument = JSON.stringify(mayPut);
        await iam.send(new PutRolePolicyCommand({ RoleName: "partner-events", PolicyName: "send", PolicyDocument }));
    });
    after(() => cloud.stop());

    const assume = (ExternalId: string | undefined, role = "sender") =>
        new STSClient(cloud.as(role)).send(
            new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "ep-1", ...(ExternalId && { ExternalId }) }),
        );
    const within = async () => {
        const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = (await assume("id-1")).Credentials ?? {};
        const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
        return { ...cloud.as(), credentials };
    };
    const received = async () => {
        const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 });
        return (await new SQSClient(owner()).send(receive)).Messages ?? [];
    };

    it("has an administrator, queues and roles of its own", async () => {
        expect(queueUrl).to.match(/\/111111111111\/events$/);
        const { Account } = await new STSClient(owner()).send(new GetCallerIdentityCommand({}));
        expect(Account).to.equal("111111111111");
        const foreign = new SendMessageCommand({
            QueueUrl: `${cloud.endpoint.origin}/000000000000/x`,
            MessageBody: "x",
        });
        expect((await failure(new SQSClient(owner()).send(foreign))).name).to.match(/AccessDenied/);
    });

    it("lets a role of the program in by the external id that its trust policy demands, and no other role", async () => {
        const sqs = new SQSClient(await within());
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "hello" }));
        expect((await received()).map(({ Body }) => Body)).to.deep.equal(["hello"]);
        for (const asked of [assume(undefined), assume("id-2"), assume("id-1", "other")])
            expect((await failure(asked)).name).to.equal("AccessDenied");
    });

    it("refuses a role without a session of its own, whatever its policies allow", async () => {
        const send = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "x" });
        expect((await failure(new SQSClient(cloud.as("other")).send(send))).name).to.match(/AccessDenied/);
        expect(
            (await failure(new SQSClient(await within()).send(new ReceiveMessageCommand({ QueueUrl: queueUrl })))).name,
        ).to.match(/AccessDenied/);
    });

    it("has buses whose rules fill its queues", async () => {
        const events = new EventBridgeClient(owner());
        const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: "shop" }));
        const EventPattern = JSON.stringify({ "detail-type": ["order.received.v1"] });
        const rule = { EventBusName: "shop", Rule: "orders" };
        await events.send(new PutRuleCommand({ EventBusName: "shop", Name: "orders", EventPattern }));
        await events.send(new PutTargetsCommand({ ...rule, Targets: [{ Id: "queue", Arn: queueArn }] }));
        const entry = { EventBusName: EventBusArn, Source: "a", Detail: "{}" };
        const { FailedEntryCount } = await new EventBridgeClient(await within()).send(
            new PutEventsCommand({
                Entries: [
                    { ...entry, DetailType: "order.received.v1" },
                    { ...entry, DetailType: "other" },
                ],
            }),
        );
        expect(FailedEntryCount).to.equal(0);
        const bodies = (await received()).map(({ Body = "" }) => JSON.parse(Body));
        expect(bodies.map(({ account, "detail-type": type }) => [account, type])).to.deep.equal([
            ["111111111111", "order.received.v1"],
        ]);
    });

    it("refuses a role that a changed trust policy does not name any more", async () => {
        await new IAMClient(owner()).send(
            new UpdateAssumeRolePolicyCommand({ RoleName: "partner-events", PolicyDocument: trust("id-3") }),
        );
        expect((await failure(assume("id-1"))).name).to.equal("AccessDenied");
        await assume("id-3");
    });
});
