import {
    ApiGatewayV2Client,
    DeleteApiCommand,
    GetApiCommand,
    GetApisCommand,
    GetIntegrationsCommand,
    GetRoutesCommand,
    GetStagesCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLimitsCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
    DescribeEventBusCommand,
    DescribeRuleCommand,
    EventBridgeClient,
    ListEventBusesCommand,
    ListRulesCommand,
    ListTargetsByRuleCommand,
    PutRuleCommand,
} from "@aws-sdk/client-eventbridge";
import {
    CreateRoleCommand,
    GetRoleCommand,
    GetRolePolicyCommand,
    IAMClient,
    ListAttachedRolePoliciesCommand,
    ListRolePoliciesCommand,
    ListRolesCommand,
} from "@aws-sdk/client-iam";
import {
    GetFunctionCommand,
    GetFunctionConfigurationCommand,
    LambdaClient,
    ListEventSourceMappingsCommand,
    ListFunctionsCommand,
    ListLayersCommand,
} from "@aws-sdk/client-lambda";
import { ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
    CreateScheduleCommand,
    ListScheduleGroupsCommand,
    ListSchedulesCommand,
    SchedulerClient,
    UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { CreateTopicCommand, ListSubscriptionsCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { functionsOf } from "../../src/provision/functions.ts";
import { triggersOf } from "../../src/provision/triggers.ts";
import { graphOf, resource } from "../provision/resources.ts";
import { allow, type Cloud, failure, functionArn, queueArn, roleArn, startCloud } from "./startedCloud.ts";

const busArn = "arn:aws:events:eu-west-1:000000000000:event-bus/shop";
const trust = JSON.stringify({ Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } } });
const policy = JSON.stringify(allow("sqs:SendMessage", "*"));

const graph = graphOf(
    resource("aws:cloudwatch/eventBus:EventBus", "shop", { name: "shop", arn: busArn }),
    resource("aws:cloudwatch/eventRule:EventRule", "sold", {
        name: "sold",
        arn: "arn:aws:events:eu-west-1:000000000000:rule/shop/sold",
        eventBusName: "shop",
        eventPattern: '{"source":["shop"]}',
    }),
    resource("aws:cloudwatch/eventTarget:EventTarget", "mailer", {
        rule: "sold",
        eventBusName: "shop",
        targetId: "mailer",
        arn: functionArn("mailer"),
        deadLetterConfig: { arn: queueArn("lost") },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 60 },
    }),
    resource("aws:iam/role:Role", "mailer", { name: "mailer", arn: roleArn("mailer"), assumeRolePolicy: trust }),
    resource("aws:iam/rolePolicy:RolePolicy", "mailer", { name: "sends", role: "mailer", policy }),
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "mailer", {
        role: "mailer",
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    }),
    resource("aws:apigatewayv2/api:Api", "abc", {
        name: "shop",
        protocolType: "HTTP",
        apiEndpoint: "http://127.0.0.1:8787",
    }),
    resource("aws:apigatewayv2/route:Route", "r1", { apiId: "abc", routeKey: "GET /", target: "integrations/i1" }),
    resource("aws:apigatewayv2/integration:Integration", "i1", {
        apiId: "abc",
        integrationType: "AWS_PROXY",
        integrationUri: functionArn("mailer"),
        payloadFormatVersion: "2.0",
    }),
    resource("aws:apigatewayv2/stage:Stage", "s1", { apiId: "abc", name: "$default", autoDeploy: true }),
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", "late", {
        name: "late",
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 60,
        evaluationPeriods: 2,
        alarmActions: ["arn:topic"],
        okActions: ["arn:topic"],
        dimensions: { QueueName: "lost" },
    }),
    resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "any", { alarmName: "any", alarmRule: 'ALARM("late")' }),
    resource("aws:lambda/function:Function", "mailer", {
        name: "mailer",
        arn: functionArn("mailer"),
        role: roleArn("mailer"),
        handler: "index.handler",
        code: { directory: "/code" },
        reservedConcurrentExecutions: 5,
    }),
    resource("aws:sqs/queue:Queue", "jobs", {
        arn: queueArn("jobs"),
        url: "http://jobs",
        visibilityTimeoutSeconds: 30,
    }),
    resource("aws:lambda/eventSourceMapping:EventSourceMapping", "m1", {
        functionName: functionArn("mailer"),
        eventSourceArn: queueArn("jobs"),
        batchSize: 5,
    }),
);
const topicArn = "arn:aws:sns:eu-west-1:000000000000:news";

describe("What a program has, asked for as on AWS", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({
            graph,
            catalogue: {
                functions: functionsOf(graph),
                triggers: triggersOf(graph, { region: "eu-west-1", account: "000000000000" }),
            },
            topics: [{ name: "news", arn: topicArn }],
            subscriptions: [{ arn: `${topicArn}:1`, topicArn, protocol: "email", endpoint: "reader@example.com" }],
            scheduleGroups: ["shop"],
            roles: { reader: allow("events:DescribeRule", "arn:aws:events:eu-west-1:000000000000:rule/shop/sold") },
            resourcePolicies: {
                [roleArn("clock")]: {
                    Statement: {
                        Effect: "Allow",
                        Principal: { Service: "scheduler.amazonaws.com" },
                        Action: "sts:AssumeRole",
                        Resource: "*",
                    },
                },
            },
        });
    });
    after(() => cloud.stop());

    it("is event buses, rules and their targets", async () => {
        const events = new EventBridgeClient(cloud.as());
        const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
        expect(EventBuses.map(({ Name }) => Name)).to.deep.equal(["default", "shop"]);
        expect(await events.send(new DescribeEventBusCommand({ Name: busArn }))).to.include({ Arn: busArn });
        const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName: "shop" }));
        expect(Rules.map(({ Name, State }) => `${Name} ${State}`)).to.deep.equal(["sold ENABLED"]);
        expect((await events.send(new ListRulesCommand({}))).Rules).to.deep.equal([]);
        const rule = await events.send(new DescribeRuleCommand({ Name: "sold", EventBusName: busArn }));
        expect(rule).to.include({ EventPattern: '{"source":["shop"]}', EventBusName: "shop" });
        const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: "sold", EventBusName: "shop" }));
        expect(Targets).to.deep.equal([
            {
                Id: "mailer",
                Arn: functionArn("mailer"),
                RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 },
                DeadLetterConfig: { Arn: queueArn("lost") },
            },
        ]);
        for (const missing of [
            events.send(new DescribeRuleCommand({ Name: "sold" })),
            events.send(new DescribeEventBusCommand({ Name: "none" })),
        ]) {
            expect((await failure(missing)).name).to.equal("ResourceNotFoundException");
        }
    });

    it("is shown to the roles that may see it", async () => {
        const events = new EventBridgeClient(cloud.as("reader"));
        await events.send(new DescribeRuleCommand({ Name: "sold", EventBusName: "shop" }));
        const others = await failure(events.send(new ListTargetsByRuleCommand({ Rule: "sold", EventBusName: "shop" })));
        expect(others.name).to.equal("AccessDeniedException");
    });

    it("is roles with their policies", async () => {
        const iam = new IAMClient(cloud.as());
        const { Roles = [], IsTruncated } = await iam.send(new ListRolesCommand({}));
        expect(Roles.map(({ RoleName, Arn }) => [RoleName, Arn])).to.deep.equal([["mailer", roleArn("mailer")]]);
        expect(IsTruncated).to.equal(false);
        const RoleName = "mailer";
        const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
        expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).to.equal(trust);
        expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).to.deep.equal(["sends"]);
        const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "sends" }));
        expect(decodeURIComponent(PolicyDocument ?? "")).to.equal(policy);
        const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
        expect(AttachedPolicies).to.deep.equal([
            { PolicyName: "ReadOnlyAccess", PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        ]);
        for (const missing of [
            iam.send(new GetRoleCommand({ RoleName: "missing" })),
            iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "none" })),
        ]) {
            expect((await failure(missing)).name).to.equal("NoSuchEntityException");
        }
    });

    it("is HTTP APIs with their routes, integrations and stages", async () => {
        const gateway = new ApiGatewayV2Client(cloud.as());
        const { Items = [] } = await gateway.send(new GetApisCommand({}));
        expect(Items.map(({ ApiId, Name }) => [ApiId, Name])).to.deep.equal([["abc", "shop"]]);
        const of = { ApiId: "abc" };
        expect(await gateway.send(new GetApiCommand(of))).to.include({
            ProtocolType: "HTTP",
            ApiEndpoint: "http://127.0.0.1:8787",
        });
        const routes = await gateway.send(new GetRoutesCommand(of));
        expect(routes.Items?.[0]).to.include({ RouteId: "r1", RouteKey: "GET /", Target: "integrations/i1" });
        const integrations = await gateway.send(new GetIntegrationsCommand(of));
        expect(integrations.Items?.[0]).to.include({ IntegrationId: "i1", TimeoutInMillis: 30_000 });
        const stages = await gateway.send(new GetStagesCommand(of));
        expect(stages.Items?.[0]).to.include({ StageName: "$default", AutoDeploy: true });
        const missing = await failure(gateway.send(new GetRoutesCommand({ ApiId: "none" })));
        expect(missing.name).to.equal("NotFoundException");
    });

    it("is alarms, which never have data", async () => {
        const cloudWatch = new CloudWatchClient(cloud.as());
        const { MetricAlarms = [], CompositeAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({}));
        const [late] = MetricAlarms;
        expect(late).to.include({
            AlarmName: "late",
            StateValue: "INSUFFICIENT_DATA",
            Threshold: 60,
            EvaluationPeriods: 2,
        });
        expect(late?.OKActions).to.deep.equal(["arn:topic"]);
        expect(late?.Dimensions).to.deep.equal([{ Name: "QueueName", Value: "lost" }]);
        expect(CompositeAlarms).to.deep.equal([]);
        const composite = await cloudWatch.send(
            new DescribeAlarmsCommand({ AlarmTypes: ["CompositeAlarm"], AlarmNames: ["any"] }),
        );
        expect(composite.CompositeAlarms?.map(({ AlarmRule }) => AlarmRule)).to.deep.equal(['ALARM("late")']);
        expect((await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: "OK" }))).MetricAlarms).to.be.empty;
    });

    it("is functions and what feeds them", async () => {
        const lambda = new LambdaClient(cloud.as());
        const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
        expect(Functions.map(({ FunctionName }) => FunctionName)).to.deep.equal(["mailer"]);
        for (const FunctionName of ["mailer", functionArn("mailer")]) {
            const { Configuration, Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName }));
            expect(Configuration).to.include({ FunctionArn: functionArn("mailer"), MemorySize: 128, Timeout: 3 });
            expect(Concurrency).to.deep.equal({ ReservedConcurrentExecutions: 5 });
        }
        const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "mailer" }));
        expect(configuration).to.include({ Handler: "index.handler", Role: roleArn("mailer") });
        const mappings = async (FunctionName: string) =>
            (await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }))).EventSourceMappings;
        expect((await mappings("mailer"))?.map(({ EventSourceArn }) => EventSourceArn)).to.deep.equal([
            queueArn("jobs"),
        ]);
        expect(await mappings("other")).to.deep.equal([]);
        const missing = await failure(lambda.send(new GetFunctionCommand({ FunctionName: "missing" })));
        expect(missing.name).to.equal("ResourceNotFoundException");
    });

    it("is subscriptions of all topics", async () => {
        const { Subscriptions = [] } = await new SNSClient(cloud.as()).send(new ListSubscriptionsCommand({}));
        expect(Subscriptions.map(({ TopicArn, Endpoint }) => [TopicArn, Endpoint])).to.deep.equal([
            [topicArn, "reader@example.com"],
        ]);
    });

    it("is schedules and their groups, those that were created later as well", async () => {
        const scheduler = new SchedulerClient(cloud.as());
        const { ScheduleGroups = [] } = await scheduler.send(new ListScheduleGroupsCommand({}));
        expect(ScheduleGroups.map(({ Name }) => Name)).to.deep.equal(["default", "shop"]);
        await scheduler.send(
            new CreateScheduleCommand({
                Name: "remind",
                GroupName: "shop",
                ScheduleExpression: "rate(1 hour)",
                FlexibleTimeWindow: { Mode: "OFF" },
                Target: { Arn: functionArn("mailer"), RoleArn: roleArn("clock") },
            }),
        );
        const listed = async (input: object) =>
            (await scheduler.send(new ListSchedulesCommand(input))).Schedules?.map(
                ({ Name, GroupName, Target }) => `${GroupName}/${Name} ${Target?.Arn}`,
            );
        const one = [`shop/remind ${functionArn("mailer")}`];
        expect(await listed({})).to.deep.equal(one);
        expect(await listed({ GroupName: "shop", NamePrefix: "rem", State: "ENABLED" })).to.deep.equal(one);
        expect(await listed({ GroupName: "default" })).to.deep.equal([]);
        expect(await listed({ State: "DISABLED" })).to.deep.equal([]);
    });

    it("refuses, in the form of each protocol, what it does not have", async () => {
        const document = { AssumeRolePolicyDocument: trust, RoleName: "new" };
        const schedule = {
            Name: "remind",
            ScheduleExpression: "rate(1 hour)",
            FlexibleTimeWindow: { Mode: "OFF" as const },
            Target: { Arn: "arn:x", RoleArn: "arn:r" },
        };
        for (const [call, name, status] of [
            [new EventBridgeClient(cloud.as()).send(new PutRuleCommand({ Name: "new" })), "UnknownOperation", 400],
            [new IAMClient(cloud.as()).send(new CreateRoleCommand(document)), "InvalidAction", 400],
            [new SNSClient(cloud.as()).send(new CreateTopicCommand({ Name: "new" })), "InvalidAction", 400],
            [new ApiGatewayV2Client(cloud.as()).send(new DeleteApiCommand({ ApiId: "abc" })), "UnknownOperation", 404],
            [new DynamoDBClient(cloud.as()).send(new DescribeLimitsCommand({})), "UnknownOperation", 400],
            [new LambdaClient(cloud.as()).send(new ListLayersCommand({})), "UnknownOperation", 404],
            [new SchedulerClient(cloud.as()).send(new UpdateScheduleCommand(schedule)), "UnknownOperation", 404],
            [
                new CloudWatchClient(cloud.as()).send(new PutMetricDataCommand({ Namespace: "n", MetricData: [] })),
                "UnknownOperation",
                400,
            ],
            // A service that it does not have at all.
            [new Route53Client(cloud.as()).send(new ListHostedZonesCommand({})), "UnknownOperation", 404],
        ] as const) {
            const refused = await failure(call);
            expect(refused.name, refused.message).to.match(new RegExp(`^${name}(Exception)?$`));
            expect(refused.message).to.include("The embedded cloud has no");
            expect(refused).to.have.nested.property("$metadata.httpStatusCode", status);
        }
    });
});
