import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const table = new aws.dynamodb.Table("notes", {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
});
const queue = new aws.sqs.Queue("notes");

function lambda(name: string, variables: Record<string, pulumi.Input<string>>, may: aws.iam.PolicyStatement[]) {
    const Principal = { Service: "lambda.amazonaws.com" };
    const assumeRolePolicy = { Statement: [{ Effect: "Allow" as const, Action: "sts:AssumeRole", Principal }] };
    const role = new aws.iam.Role(name, { assumeRolePolicy: { Version: "2012-10-17", ...assumeRolePolicy } });
    const logs = { Effect: "Allow" as const, Action: ["logs:*"], Resource: "*" };
    const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [logs, ...may] });
    new aws.iam.RolePolicy(name, { role: role.id, policy });
    const code = new pulumi.asset.FileArchive("functions");
    const settings = { runtime: "nodejs24.x", handler: `${name}.handler`, environment: { variables } };
    return new aws.lambda.Function(name, { role: role.arn, code, ...settings });
}

const send = { Effect: "Allow" as const, Action: "sqs:SendMessage", Resource: queue.arn };
const take = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
const receive = lambda("receive", { QUEUE_URL: queue.url }, [send]);
const store = lambda("store", { TABLE: table.name }, [
    { Effect: "Allow", Action: take, Resource: queue.arn },
    { Effect: "Allow", Action: "dynamodb:PutItem", Resource: table.arn },
]);
new aws.lambda.EventSourceMapping("store", { eventSourceArn: queue.arn, functionName: store.arn });

const api = new aws.apigatewayv2.Api("notes", { protocolType: "HTTP" });
const integration = new aws.apigatewayv2.Integration("receive", {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: receive.invokeArn,
    payloadFormatVersion: "2.0",
});
const target = pulumi.interpolate`integrations/${integration.id}`;
new aws.apigatewayv2.Route("receive", { apiId: api.id, routeKey: "POST /notes", target });
new aws.apigatewayv2.Stage("live", { apiId: api.id, name: "$default", autoDeploy: true });
const sourceArn = pulumi.interpolate`${api.executionArn}/*/*`;
const principal = "apigateway.amazonaws.com";
new aws.lambda.Permission("receive", { action: "lambda:InvokeFunction", function: receive.name, principal, sourceArn });

export const url = api.apiEndpoint;
export const tableName = table.name;
