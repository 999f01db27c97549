import type { Graph } from "../graph/graph.ts";
import type { FunctionDefinition } from "../lambda/function.ts";
import { ofType, type Properties, UnusableResource } from "./properties.ts";

/** Every function of the program, with its code where the evaluation unpacked it. */
export function functionsOf(graph: Graph): FunctionDefinition[] {
    const asynchronous = new Map(
        ofType(graph, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").map((config) => [
            config.text("functionName"),
            config,
        ]),
    );
    const aliases = ofType(graph, "aws:lambda/alias:Alias");
    // Behind these somebody waits for an answer.
    const awaited = [
        ...ofType(graph, "aws:apigatewayv2/integration:Integration").map((one) => one.optionalText("integrationUri")),
        ...ofType(graph, "aws:apigatewayv2/authorizer:Authorizer").map((one) => one.optionalText("authorizerUri")),
    ].filter((uri) => uri !== undefined);
    return ofType(graph, "aws:lambda/function:Function").map((lambda) => {
        const name = lambda.text("name");
        const code = lambda.child("code");
        if (code === undefined) throw new UnusableResource(name, "has no code in the program");
        const reserved = lambda.optionalNumber("reservedConcurrentExecutions");
        return {
            name,
            arn: lambda.text("arn"),
            roleArn: lambda.text("role"),
            codeDirectory: code.text("directory"),
            handler: lambda.text("handler"),
            timeoutSeconds: lambda.number("timeout", 3),
            memoryMb: lambda.number("memorySize", 128),
            environment: lambda.child("environment")?.map("variables") ?? {},
            ...(reserved !== undefined && reserved >= 0 && { reservedConcurrency: reserved }),
            background: !awaited.some((uri) => uri.includes(lambda.text("arn"))),
            logGroup: lambda.child("loggingConfig")?.optionalText("logGroup") ?? `/aws/lambda/${name}`,
            aliases: aliases.filter((alias) => alias.text("functionName") === name).map((alias) => alias.text("name")),
            asynchronous: asynchronousOf(asynchronous.get(name)),
        };
    });
}

/** The names of all log groups of the program. */
export const logGroupsOf = (graph: Graph): string[] =>
    ofType(graph, "aws:cloudwatch/logGroup:LogGroup").map((group) => group.text("name"));

function asynchronousOf(config: Properties | undefined): FunctionDefinition["asynchronous"] {
    const destinations = config?.child("destinationConfig");
    const onFailure = destinations?.child("onFailure")?.text("destination");
    const onSuccess = destinations?.child("onSuccess")?.text("destination");
    return {
        maximumRetryAttempts: config?.number("maximumRetryAttempts", 2) ?? 2,
        maximumEventAgeSeconds: config?.number("maximumEventAgeInSeconds", 21_600) ?? 21_600,
        ...(onFailure && { onFailure }),
        ...(onSuccess && { onSuccess }),
    };
}
