import type { Graph } from "../graph/graph.ts";
import { protocolOf } from "./topics.ts";

/**
 * Types that this cloud runs, services and settings that it follows, with the limits where it runs only a part.
 * `npm run services` generates README's table from it.
 */
export const provisioned: Readonly<Record<string, string>> = {
    "aws:apigatewayv2/api:Api": "no WebSocket APIs, no routes by an OpenAPI document",
    "aws:apigatewayv2/authorizer:Authorizer": "",
    "aws:apigatewayv2/integration:Integration": "functions with payload format 2.0 and `SQS-SendMessage`",
    "aws:apigatewayv2/route:Route": "",
    "aws:apigatewayv2/stage:Stage": "no canary",
    "aws:cloudwatch/eventBus:EventBus": "",
    "aws:cloudwatch/eventRule:EventRule": "event patterns; no schedules",
    "aws:cloudwatch/eventTarget:EventTarget": "functions, queues, topics, buses and log groups; no input transformer",
    "aws:cloudwatch/logGroup:LogGroup": "keeps the lines of a week",
    "aws:dynamodb/table:Table": "no local secondary indexes, no replicas; nothing is throttled",
    "aws:dynamodb/tableItem:TableItem": "",
    "aws:iam/policy:Policy": "",
    "aws:iam/role:Role": "no permissions boundary; of AWS's own policies those of Lambda",
    "aws:iam/rolePolicy:RolePolicy": "",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "",
    "aws:kms/key:Key": "signs by a curve of NIST, and encrypts nothing",
    "aws:lambda/alias:Alias": "",
    "aws:lambda/eventSourceMapping:EventSourceMapping": "of queues and of streams of tables",
    "aws:lambda/function:Function":
        "on Node.js, with the one Node that runs the cloud; no layers, versions or networks",
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": "",
    "aws:lambda/permission:Permission": "",
    "aws:s3/bucket:Bucket": "objects alone: no versions, notifications or lifecycle",
    "aws:s3/bucketPolicy:BucketPolicy": "",
    "aws:scheduler/schedule:Schedule": "that invoke functions or send to queues",
    "aws:scheduler/scheduleGroup:ScheduleGroup": "",
    "aws:secretsmanager/secret:Secret": "no rotation",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "",
    "aws:secretsmanager/secretVersion:SecretVersion": "",
    "aws:sesv2/emailIdentity:EmailIdentity": "mail is kept and not sent",
    "aws:sns/topic:Topic": "no FIFO topics",
    "aws:sns/topicPolicy:TopicPolicy": "",
    "aws:sns/topicSubscription:TopicSubscription": "to functions, queues and by e-mail, which is kept and not sent",
    "aws:sqs/queue:Queue": "",
    "aws:sqs/queuePolicy:QueuePolicy": "",
};

/** What the program asks of AWS and this cloud does not do, by type, the most frequent first. */
export function unprovisionedOf(graph: Graph): { readonly type: string; readonly count: number }[] {
    const counts = new Map<string, number>();
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const { type, custom, inputs } of graph.resources) {
        if (!custom || !type.startsWith("aws:")) continue;
        if (provisioned[type] === undefined) count(type.split(":").at(-1) ?? type);
        else if (type === "aws:sns/topicSubscription:TopicSubscription" && protocolOf(inputs["protocol"]) === undefined)
            count(`TopicSubscription ${inputs["protocol"]}`);
    }
    return [...counts].map(([type, count]) => ({ type, count })).sort((one, other) => other.count - one.count);
}
