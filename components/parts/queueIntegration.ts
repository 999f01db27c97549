import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyOf, trustOf } from "./grant.ts";
import type { Queue } from "./queue.ts";

/** A route whose requests API Gateway writes into a queue, without a function in between. */
export interface QueueRouteArgs {
    /** @example "POST /orders" */
    readonly route: string;
    /** Message attributes, of API Gateway's variables. @example { correlationId: "context.requestId" } */
    readonly attributes: Readonly<Record<string, string>>;
}

/** Writes the body of every request into a queue and answers 202. */
export function queueIntegration(
    name: string,
    api: aws.apigatewayv2.Api,
    queue: Queue,
    { route, attributes }: QueueRouteArgs,
    opts: pulumi.CustomResourceOptions,
): aws.apigatewayv2.Integration {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: `Lets API Gateway write the requests of ${route} into their queue.`,
            assumeRolePolicy: trustOf("apigateway.amazonaws.com"),
        },
        opts,
    );
    const policy = new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: policyOf([queue.send()]) }, opts);
    return new aws.apigatewayv2.Integration(
        `${name}-integration`,
        {
            apiId: api.id,
            integrationType: "AWS_PROXY",
            integrationSubtype: "SQS-SendMessage",
            payloadFormatVersion: "1.0",
            credentialsArn: role.arn,
            requestParameters: {
                QueueUrl: queue.url,
                MessageBody: "$request.body",
                MessageAttributes: JSON.stringify(
                    Object.fromEntries(
                        Object.entries(attributes).map(([attribute, variable]) => [
                            attribute,
                            { DataType: "String", StringValue: `\${${variable}}` },
                        ]),
                    ),
                ),
            },
            responseParameters: [{ statusCode: "200", mappings: { "overwrite:statuscode": "202" } }],
        },
        { ...opts, dependsOn: [policy] },
    );
}
