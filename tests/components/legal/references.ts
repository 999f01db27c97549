import type { Resource } from "embedded-aws/recorder";
import { isKnown, type Rule, valuesAt, withAt } from "./rule.ts";

const fn = "aws:lambda/function:Function";
const queue = "aws:sqs/queue:Queue";
const table = "aws:dynamodb/table:Table";
const topic = "aws:sns/topic:Topic";
const bus = "aws:cloudwatch/eventBus:EventBus";
const bucket = "aws:s3/bucket:Bucket";
const api = "aws:apigatewayv2/api:Api";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const group = "aws:scheduler/scheduleGroup:ScheduleGroup";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** Where a resource names another one: the input, and what of the other one it holds. `id` is the other one's own. */
const names: readonly { of: string; path: string; names: string; by: string; before?: string }[] = [
    { of: "aws:lambda/permission:Permission", path: "function", names: fn, by: "name" },
    {
        of: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        path: "functionName",
        names: fn,
        by: "name",
    },
    { of: "aws:lambda/alias:Alias", path: "functionName", names: fn, by: "name" },
    {
        of: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
        path: "functionName",
        names: fn,
        by: "name",
    },
    { of: fn, path: "loggingConfig.logGroup", names: logGroup, by: "name" },
    {
        of: "aws:cloudwatch/eventTarget:EventTarget",
        path: "rule",
        names: "aws:cloudwatch/eventRule:EventRule",
        by: "name",
    },
    { of: "aws:cloudwatch/eventTarget:EventTarget", path: "eventBusName", names: bus, by: "name" },
    { of: "aws:cloudwatch/eventRule:EventRule", path: "eventBusName", names: bus, by: "name" },
    { of: "aws:sqs/queuePolicy:QueuePolicy", path: "queueUrl", names: queue, by: "url" },
    { of: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", path: "queueUrl", names: queue, by: "url" },
    { of: "aws:iam/rolePolicy:RolePolicy", path: "role", names: "aws:iam/role:Role", by: "name" },
    { of: "aws:apigatewayv2/stage:Stage", path: "apiId", names: api, by: "id" },
    { of: "aws:apigatewayv2/route:Route", path: "apiId", names: api, by: "id" },
    { of: "aws:apigatewayv2/integration:Integration", path: "apiId", names: api, by: "id" },
    { of: "aws:apigatewayv2/authorizer:Authorizer", path: "apiId", names: api, by: "id" },
    {
        of: "aws:apigatewayv2/route:Route",
        path: "target",
        names: "aws:apigatewayv2/integration:Integration",
        by: "id",
        before: "integrations/",
    },
    {
        of: "aws:apigatewayv2/route:Route",
        path: "authorizerId",
        names: "aws:apigatewayv2/authorizer:Authorizer",
        by: "id",
    },
    { of: "aws:scheduler/schedule:Schedule", path: "groupName", names: group, by: "name" },
    { of: "aws:kms/alias:Alias", path: "targetKeyId", names: "aws:kms/key:Key", by: "keyId" },
    {
        of: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        path: "bucket",
        names: bucket,
        by: "bucket",
    },
    { of: "aws:s3/bucketPolicy:BucketPolicy", path: "bucket", names: bucket, by: "bucket" },
    { of: "aws:s3/bucketVersioning:BucketVersioning", path: "bucket", names: bucket, by: "bucket" },
    { of: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", path: "bucket", names: bucket, by: "bucket" },
    {
        of: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        path: "bucket",
        names: bucket,
        by: "bucket",
    },
    { of: "aws:cloudwatch/logMetricFilter:LogMetricFilter", path: "logGroupName", names: logGroup, by: "name" },
    { of: "aws:cloudwatch/queryDefinition:QueryDefinition", path: "logGroupNames[]", names: logGroup, by: "name" },
    {
        of: "aws:codedeploy/deploymentGroup:DeploymentGroup",
        path: "alarmConfiguration.alarms[]",
        names: alarm,
        by: "name",
    },
    {
        of: "aws:codedeploy/deploymentGroup:DeploymentGroup",
        path: "appName",
        names: "aws:codedeploy/application:Application",
        by: "name",
    },
    { of: "aws:apigatewayv2/apiMapping:ApiMapping", path: "apiId", names: api, by: "id" },
    {
        of: "aws:apigatewayv2/apiMapping:ApiMapping",
        path: "domainName",
        names: "aws:apigatewayv2/domainName:DomainName",
        by: "domainName",
    },
    { of: "aws:apigatewayv2/apiMapping:ApiMapping", path: "stage", names: "aws:apigatewayv2/stage:Stage", by: "name" },
    { of: "aws:backup/selection:Selection", path: "planId", names: "aws:backup/plan:Plan", by: "id" },
    { of: "aws:backup/plan:Plan", path: "rules[].targetVaultName", names: "aws:backup/vault:Vault", by: "name" },
    { of: "aws:ec2/securityGroup:SecurityGroup", path: "vpcId", names: "awsx:ec2:Vpc", by: "vpcId" },
    { of: "aws:ec2/vpcEndpoint:VpcEndpoint", path: "vpcId", names: "awsx:ec2:Vpc", by: "vpcId" },
    {
        of: "aws:ec2/vpcEndpoint:VpcEndpoint",
        path: "securityGroupIds[]",
        names: "aws:ec2/securityGroup:SecurityGroup",
        by: "id",
    },
    { of: fn, path: "vpcConfig.securityGroupIds[]", names: "aws:ec2/securityGroup:SecurityGroup", by: "id" },
    ...["dimensions", "metricQueries[].metric.dimensions"].flatMap((dimensions) => [
        { of: alarm, path: `${dimensions}.FunctionName`, names: fn, by: "name" },
        { of: alarm, path: `${dimensions}.QueueName`, names: queue, by: "name" },
        { of: alarm, path: `${dimensions}.TableName`, names: table, by: "name" },
        { of: alarm, path: `${dimensions}.TopicName`, names: topic, by: "name" },
        { of: alarm, path: `${dimensions}.EventBusName`, names: bus, by: "name" },
        { of: alarm, path: `${dimensions}.ApiId`, names: api, by: "id" },
    ]),
];

/** Variables of functions that name something by their own name's end. */
const variables: readonly { readonly end: RegExp; readonly names: string; readonly by: string }[] = [
    { end: /(^|_)QUEUE_URL$/, names: queue, by: "url" },
    { end: /_TABLE$/, names: table, by: "name" },
    { end: /_BUCKET$/, names: bucket, by: "bucket" },
    { end: /BUS_NAME$/, names: bus, by: "name" },
    { end: /SCHEDULE_GROUP$/, names: group, by: "name" },
];

/** ARNs of what no program makes, each with the reason. */
const others: readonly { readonly arn: RegExp; readonly why: string }[] = [
    { arn: /^arn:aws:iam::\d{12}:root$/, why: "an account" },
    { arn: /^arn:aws:iam::362576667341:/, why: "commercetools, which publishes customer events" },
    { arn: /^arn:aws:iam::aws:policy\//, why: "a policy of AWS's own" },
    { arn: /^arn:aws:iam::\*:role\/commerce-webhooks-\*$/, why: "roles in accounts of endpoints' owners" },
    { arn: /^arn:aws:cloudwatch:[^:]+:\d{12}:alarm:\*$/, why: "any alarm of the account" },
    { arn: /^arn:aws:events:[^:]+:[^:]+:rule\/AwsBackupManagedRule\*$/, why: "rules that AWS Backup makes for itself" },
    {
        arn: /^arn:aws:backup:[^:]+:\d{12}:recovery-point:\*$/,
        why: "backups that AWS Backup makes",
    },
    {
        arn: /^arn:aws:ses:[^:]+:\d{12}:configuration-set\/\*$/,
        why: "what the operator may give an identity by default",
    },
    { arn: /^arn:aws:ses:[^:]+:\d{12}:identity\/\*$/, why: "identities of SES, which the operator verifies" },
];

/** What a graph has that others may name. */
interface Existing {
    readonly arns: readonly string[];
    readonly urls: ReadonlySet<unknown>;
    readonly urns: ReadonlySet<string>;
    /** By type and attribute. */
    readonly values: ReadonlyMap<string, ReadonlySet<unknown>>;
}

const known = new WeakMap<readonly Resource[], Existing>();

function existingIn(resources: readonly Resource[]): Existing {
    const before = known.get(resources);
    if (before !== undefined) return before;
    const values = new Map<string, Set<unknown>>();
    for (const { type, id, outputs } of resources) {
        for (const [key, value] of [...Object.entries(outputs), ["id", id] as const]) {
            if (!isKnown(value) || typeof value !== "string") continue;
            const key2 = `${type} ${key}`;
            values.set(key2, (values.get(key2) ?? new Set()).add(value));
        }
    }
    const existing = {
        arns: resources.flatMap(arnsOf),
        urls: values.get(`${queue} url`) ?? new Set(),
        urns: new Set(resources.map(({ urn }) => urn)),
        values,
    };
    known.set(resources, existing);
    return existing;
}

/** A resource's ARNs; of a secret also those of its replicas, which differ by the region alone. */
function arnsOf({ inputs, outputs }: Resource): string[] {
    const own = ["arn", "invokeArn", "executionArn", "streamArn"].map((key) => outputs[key]);
    const replicas = valuesAt(inputs, "replicas[].region").map((region) =>
        String(outputs["arn"]).replace(/^(arn:aws:secretsmanager:)[^:]+/, `$1${region}`),
    );
    return [...own, ...replicas].filter((arn) => typeof arn === "string");
}

const has = (resources: readonly Resource[], type: string, by: string, value: unknown): boolean =>
    existingIn(resources).values.get(`${type} ${by}`)?.has(value) ?? false;

/** Every text in a value, however deep. */
function* textsIn(value: unknown): Generator<string> {
    if (typeof value === "string") yield value;
    else if (Array.isArray(value)) for (const element of value) yield* textsIn(element);
    else if (typeof value === "object" && value !== null) yield* textsIn(Object.values(value));
}

const arnsIn = (text: string): string[] =>
    text.match(/arn:aws:[a-z0-9-]+:[a-z0-9-]*\*?:(\d{12}|lambda|\*)?:[^\s"'\\,}\]]+/g) ?? [];

/** `*` stands for anything. */
const wildcard = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

/** In a preview nothing has an ARN yet: nothing can be said. */
function exists(arn: string, resources: readonly Resource[]): boolean {
    const [, schedules] = /^arn:aws:scheduler:[^:]+:\d{12}:schedule\/([^/]+)\//.exec(arn) ?? [];
    if (schedules !== undefined) return has(resources, group, "name", schedules);
    const { arns } = existingIn(resources);
    if (resources.every(({ id }) => id === "") || others.some((other) => other.arn.test(arn))) return true;
    if (arns.some((one) => arn === one || arn.startsWith(`${one}/`) || arn.startsWith(`${one}:`))) return true;
    return arn.includes("*") && arns.some((one) => wildcard(arn).test(one));
}

/** What a resource names is there: in the same program, or among what no program makes. */
export const references: readonly Rule[] = [
    ...names.map(
        ({ of, path, names, by, before = "" }): Rule => ({
            type: of,
            what: `${path} names one of ${names}`,
            faults: ({ inputs }, resources) =>
                valuesAt(inputs, path)
                    .filter((value) => !has(resources, names, by, String(value).replace(before, "")))
                    .map((value) => `${path} is ${value}: there is none among ${names}`),
            broken: ({ inputs }) => withAt(inputs, path, "nothing"),
        }),
    ),
    ...variables.map(
        ({ end, names, by }): Rule => ({
            type: fn,
            what: `variables that end in ${end.source} name one of ${names}`,
            faults: ({ inputs }, resources) =>
                valuesAt(inputs, "environment.variables")
                    .flatMap((all) => Object.entries(all ?? {}))
                    // Empty: the stack has no such feature.
                    .filter(([key, value]) => end.test(key) && isKnown(value) && value !== "")
                    .filter(([, value]) => !has(resources, names, by, value))
                    .map(([key, value]) => `${key} is ${value}: there is none among ${names}`),
            broken: ({ inputs }) =>
                withAt(inputs, "environment.variables", {
                    MY_QUEUE_URL: "x",
                    MY_TABLE: "x",
                    MY_BUCKET: "x",
                    BUS_NAME: "x",
                    SCHEDULE_GROUP: "x",
                }),
        }),
    ),
    {
        type: "*",
        what: "every ARN in it is one of the program's or of what no program makes",
        faults: ({ inputs }, resources) =>
            [...textsIn(inputs)]
                .flatMap(arnsIn)
                .filter((arn) => !exists(arn, resources))
                .map((arn) => `${arn} does not exist`),
        broken: ({ inputs }) => ({ ...inputs, policy: '{"Resource":"arn:aws:sqs:eu-west-1:000000000000:nothing"}' }),
    },
    {
        type: "*",
        what: "every queue's URL in it is one of the program's",
        faults: ({ inputs }, resources) =>
            [...textsIn(inputs)]
                .flatMap((text) => text.match(/https:\/\/sqs\.[^\s"'\\,}\]]+/g) ?? [])
                .filter((url) => !existingIn(resources).urls.has(url))
                .map((url) => `${url} does not exist`),
        broken: ({ inputs }) => ({ ...inputs, url: "https://sqs.eu-west-1.amazonaws.com/000000000000/nothing" }),
    },
];

/** What a resource waits for and belongs to, and is not in the graph. */
export const danglingIn = ({ parent, dependencies }: Resource, resources: readonly Resource[]): string[] =>
    [...(parent ? [parent] : []), ...dependencies].filter((urn) => !existingIn(resources).urns.has(urn));
