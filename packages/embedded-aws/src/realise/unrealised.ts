import type { Graph } from "../graph/graph.ts";
import { protocolOf } from "./topics.ts";

/** What this cloud makes something of: services, and settings of them that it follows. */
const realised: ReadonlySet<string> = new Set([
    "aws:apigatewayv2/api:Api",
    "aws:apigatewayv2/authorizer:Authorizer",
    "aws:apigatewayv2/integration:Integration",
    "aws:apigatewayv2/route:Route",
    "aws:apigatewayv2/stage:Stage",
    "aws:cloudwatch/eventBus:EventBus",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:dynamodb/table:Table",
    "aws:iam/policy:Policy",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:lambda/alias:Alias",
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    "aws:lambda/function:Function",
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    "aws:lambda/permission:Permission",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:scheduler/schedule:Schedule",
    "aws:scheduler/scheduleGroup:ScheduleGroup",
    "aws:secretsmanager/secret:Secret",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:secretsmanager/secretVersion:SecretVersion",
    "aws:sesv2/emailIdentity:EmailIdentity",
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:sqs/queue:Queue",
    "aws:sqs/queuePolicy:QueuePolicy",
]);

/** What the program asks of AWS and this cloud does not do, by type, the most frequent first. */
export function unrealisedOf(graph: Graph): { readonly type: string; readonly count: number }[] {
    const counts = new Map<string, number>();
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const { type, custom, inputs } of graph.resources) {
        if (!custom || !type.startsWith("aws:")) continue;
        if (!realised.has(type)) count(type.split(":").at(-1) ?? type);
        else if (type === "aws:sns/topicSubscription:TopicSubscription" && protocolOf(inputs["protocol"]) === undefined)
            count(`TopicSubscription ${inputs["protocol"]}`);
    }
    return [...counts].map(([type, count]) => ({ type, count })).sort((one, other) => other.count - one.count);
}
