import type { Resource } from "embedded-aws/recorder";
import { secondsInMonth } from "./hops.ts";
import type { Meter } from "./prices.ts";
import { type Stack, stringsIn } from "./stack.ts";
import { assumptions } from "./traffic.ts";
import { Usage } from "./usage.ts";

const hours = secondsInMonth / 3600;

/** What a resource costs by being there. */
type Standing = (resource: Resource, resources: readonly Resource[]) => readonly (readonly [Meter, number])[];

const each =
    (meter: Meter): Standing =>
    () => [[meter, 1]];

/** Resources that cost something by being there, by type. */
const standing: Readonly<Record<string, Standing>> = {
    "aws:kms/key:Key": each("keys"),
    "aws:kms/replicaKey:ReplicaKey": each("keys"),
    // A copy in another region is a secret of its own.
    "aws:secretsmanager/secret:Secret": ({ inputs }) => [["secrets", 1 + lengthOf(inputs["replicas"])]],
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarmOf,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": each("compositeAlarms"),
    "aws:cloudwatch/dashboard:Dashboard": each("dashboards"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": each("metrics"),
    "aws:ec2/natGateway:NatGateway": () => [
        ["natHours", hours],
        ["publicAddresses", hours],
    ],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ({ inputs }) =>
        inputs["vpcEndpointType"] === "Interface"
            ? [["endpointHours", hours * Math.max(1, lengthOf(inputs["subnetIds"]))]]
            : [],
    "awsx:ec2:Vpc": ({ inputs }) => {
        const gateways = gatewaysOf[String(field(inputs["natGateways"], "strategy") ?? "OnePerAz")] ?? "zones";
        const count = gateways === "zones" ? Number(inputs["numberOfAvailabilityZones"] ?? 3) : gateways;
        return [
            ["natHours", count * hours],
            ["publicAddresses", count * hours],
        ];
    },
    "aws:wafv2/webAcl:WebAcl": ({ inputs }) => [
        ["webAcls", 1],
        ["webAclRules", lengthOf(inputs["rules"])],
    ],
    "aws:route53/healthCheck:HealthCheck": ({ inputs }) => {
        const options = [
            String(inputs["type"]).startsWith("HTTPS"),
            String(inputs["type"]).endsWith("STR_MATCH"),
            inputs["requestInterval"] === 10,
            inputs["measureLatency"] === true,
        ];
        return [
            ["healthChecks", 1],
            ["healthCheckOptions", options.filter(Boolean).length],
        ];
    },
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": ({ inputs }, resources) => {
        const callback = resources.find(({ outputs }) => outputs["name"] === inputs["functionName"]);
        const gigabytes = Number(callback?.inputs["memorySize"] ?? 128) / 1024;
        return [["lambdaProvisioned", Number(inputs["provisionedConcurrentExecutions"]) * gigabytes * secondsInMonth]];
    },
    // Lambda asks a queue again and again, also while it is empty.
    "aws:lambda/eventSourceMapping:EventSourceMapping": ({ inputs }) =>
        String(inputs["eventSourceArn"]).startsWith("arn:aws:sqs:")
            ? [["sqsPolling", (assumptions.pollers * secondsInMonth) / 20]]
            : [],
};

/** What costs nothing by being there, but by what passes through it: the hops count that. */
const passing = [
    "aws:apigatewayv2/api:Api",
    "aws:cloudfront/distribution:Distribution",
    "aws:cloudwatch/eventArchive:EventArchive",
    "aws:cloudwatch/eventBus:EventBus",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
    "aws:dynamodb/table:Table",
    "aws:dynamodb/tableReplica:TableReplica",
    "aws:lambda/function:Function",
    "aws:s3/bucket:Bucket",
    "aws:scheduler/schedule:Schedule",
    "aws:sns/topic:Topic",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:sqs/queue:Queue",
    // By what it keeps: see `stored`.
    "aws:backup/plan:Plan",
    // A few lines a day.
    "aws:ec2/flowLog:FlowLog",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    // The rotation's function runs once a month or less.
    "aws:secretsmanager/secretRotation:SecretRotation",
];

/** What AWS asks nothing for. */
const free = [
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:apigateway/apiKey:ApiKey",
    "aws:apigatewayv2/apiMapping:ApiMapping",
    "aws:apigatewayv2/authorizer:Authorizer",
    "aws:apigatewayv2/domainName:DomainName",
    "aws:apigatewayv2/integration:Integration",
    "aws:apigatewayv2/route:Route",
    "aws:apigatewayv2/stage:Stage",
    "aws:backup/selection:Selection",
    "aws:backup/vault:Vault",
    // Budgets without actions are free.
    "aws:budgets/budget:Budget",
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/queryDefinition:QueryDefinition",
    // CodeDeploy asks for nothing where it deploys to Lambda.
    "aws:codedeploy/application:Application",
    "aws:codedeploy/deploymentGroup:DeploymentGroup",
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    "aws:costexplorer/anomalySubscription:AnomalySubscription",
    // An item costs what its table does.
    "aws:dynamodb/tableItem:TableItem",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:kms/alias:Alias",
    "aws:lambda/alias:Alias",
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    "aws:lambda/permission:Permission",
    "aws:route53/record:Record",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:scheduler/scheduleGroup:ScheduleGroup",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:xray/group:Group",
];

const known: ReadonlySet<string> = new Set([...Object.keys(standing), ...passing, ...free]);

/** Types of resources without a price. */
export const unpriced = (resources: readonly Resource[]): string[] => [
    ...new Set(resources.map(({ type }) => type).filter((type) => /^awsx?:/.test(type) && !known.has(type))),
];

/** What everything costs by being there. */
export function standingIn(resources: readonly Resource[]): Usage {
    const usage = new Usage();
    for (const resource of resources) {
        for (const [meter, quantity] of standing[resource.type]?.(resource, resources) ?? []) {
            usage.add(meter, resource.name, quantity);
        }
    }
    for (const [metric, by] of customMetrics(resources)) usage.add("metrics", `${by}: ${metric}`, 1);
    return usage;
}

/** What so many months of orders have left in tables, for the last month and for its backups. */
export function stored(stack: Stack, orders: number, months: number): Usage {
    const usage = new Usage();
    const { bytesInTables, bytesThatStay, bytesOfHistory } = assumptions;
    const before = months - 1;
    const bytes = before * (bytesThatStay - bytesOfHistory) + Math.min(before, historyMonths(stack)) * bytesOfHistory;
    const gigabytes = (orders * (bytesInTables + bytes)) / 1024 ** 3;
    const where = "tables";
    usage.add("tableStorage", where, gigabytes);
    usage.add("pointInTimeRecovery", where, gigabytes);
    const replicas = stack.of("aws:dynamodb/tableReplica:TableReplica");
    if (replicas.length > 0) usage.add("tableStorage", "replicas", gigabytes);
    for (const { name, inputs } of stack.of("aws:backup/plan:Plan")) {
        // Each day's copy is a whole one.
        const days = [inputs["rules"]]
            .flat()
            .map((rule) => Number(field(field(rule, "lifecycle"), "deleteAfter") ?? 0));
        usage.add("backups", name, gigabytes * days.reduce((sum, one) => sum + one, 0));
    }
    return usage;
}

/** How long sessions and steps are kept, by the variable of those who write them. */
function historyMonths(stack: Stack): number {
    const days = stack
        .of("aws:lambda/function:Function")
        .map(({ inputs }) => Number(field(field(inputs["environment"], "variables"), "HISTORY_DAYS") ?? 0));
    const most = Math.max(0, ...days);
    return most === 0 ? Number.POSITIVE_INFINITY : most / 30;
}

/** Metrics that alarms and dashboards look at and no service of AWS measures: callbacks log those (EMF). */
function customMetrics(resources: readonly Resource[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const { type, name, inputs } of resources) {
        if (type !== "aws:cloudwatch/metricAlarm:MetricAlarm") continue;
        const metrics = [inputs, ...[inputs["metricQueries"] ?? []].flat().map((query) => field(query, "metric"))];
        for (const metric of metrics) {
            const namespace = field(metric, "namespace");
            if (namespace === undefined || String(namespace).startsWith("AWS/")) continue;
            const dimensions = stringsIn(field(metric, "dimensions")).join();
            found.set(`${namespace}/${field(metric, "metricName")} ${dimensions}`.trim(), name);
        }
    }
    return found;
}

/** An alarm is charged by the metrics that it looks at; one on an anomaly band by three. */
function alarmOf({ inputs }: Resource): readonly (readonly [Meter, number])[] {
    const queries = [inputs["metricQueries"] ?? []].flat();
    const looked = queries.filter((query) => field(query, "metric") !== undefined).length;
    const metrics = inputs["thresholdMetricId"] === undefined ? Math.max(1, looked) : 3;
    const period = Number(
        inputs["period"] ?? Math.min(...queries.map((query) => Number(field(field(query, "metric"), "period") ?? 60))),
    );
    return [[period < 60 ? "fastAlarms" : "alarms", metrics]];
}

/** https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/ */
const gatewaysOf: Readonly<Record<string, number | "zones">> = { None: 0, Single: 1, OnePerAz: "zones" };

const field = (value: unknown, key: string): unknown => Reflect.get(Object(value), key);

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
