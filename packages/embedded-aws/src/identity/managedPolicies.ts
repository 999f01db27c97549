import type { PolicyDocument } from "./principal.ts";

const logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** What policies that AWS manages allow, on every resource: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const actionsByArn: Readonly<Record<string, readonly string[]>> = {
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole": logs,
    "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole": [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        ...logs,
    ],
    "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole": [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
        ...logs,
    ],
    "arn:aws:iam::aws:policy/service-role/AWSLambdaRole": ["lambda:InvokeFunction"],
    "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole": [
        ...logs,
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    ],
    "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess": [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    ],
};

/** The document of a policy that AWS manages; undefined for one that is not in the table. */
export function managedByAws(arn: string): PolicyDocument | undefined {
    const actions = actionsByArn[arn];
    return actions && { Version: "2012-10-17", Statement: { Effect: "Allow", Action: actions, Resource: "*" } };
}

/** `AWSLambdaBasicExecutionRole` */
export const namesManagedByAws: readonly string[] = Object.keys(actionsByArn).map(
    (arn) => arn.split("/").at(-1) ?? arn,
);
