import type { Graph } from "../graph/graph.ts";
import type { FunctionDefinition } from "../lambda/function.ts";
import { ofType, Properties, UnusableResourceError } from "./properties.ts";

/** Bytes of all variables of a function, as JSON: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestEnvironment = 4096;

const invokeConfig = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/** Every function of the program, with its code where the evaluation unpacked it. */
export function functionsOf(graph: Graph): FunctionDefinition[] {
    const asynchronous = new Map(ofType(graph, invokeConfig).map((config) => [config.text("functionName"), config]));
    const aliases = ofType(graph, "aws:lambda/alias:Alias");
    // Clients wait for the answers of these.
    const awaited = [
        ...ofType(graph, "aws:apigatewayv2/integration:Integration").map((one) => one.optionalText("integrationUri")),
        ...ofType(graph, "aws:apigatewayv2/authorizer:Authorizer").map((one) => one.optionalText("authorizerUri")),
    ].filter((uri) => uri !== undefined);
    return ofType(graph, "aws:lambda/function:Function").map((lambda) => {
        const name = lambda.text("name");
        const runtime = lambda.optionalText("runtime") ?? lambda.optionalText("packageType");
        if (runtime !== undefined && runtime !== "Zip" && !runtime.startsWith("nodejs")) {
            throw new UnusableResourceError(name, `its runtime is ${runtime}; the embedded cloud runs Node.js alone`);
        }
        const code = lambda.child("code");
        if (code === undefined) throw new UnusableResourceError(name, "has no code in the program");
        const variables = lambda.child("environment")?.map("variables") ?? {};
        const bytes = Buffer.byteLength(JSON.stringify(variables));
        if (bytes > largestEnvironment) {
            throw new UnusableResourceError(
                name,
                `its variables have ${bytes} bytes, Lambda takes ${largestEnvironment}`,
            );
        }
        const reserved = lambda.number("reservedConcurrentExecutions");
        return {
            name,
            arn: lambda.text("arn"),
            roleArn: lambda.text("role"),
            codeDirectory: code.text("directory"),
            handler: lambda.text("handler"),
            timeoutSeconds: lambda.number("timeout"),
            memoryMb: lambda.number("memorySize"),
            environment: variables,
            ...(reserved >= 0 && { reservedConcurrency: reserved }),
            background: !awaited.some((uri) => uri.includes(lambda.text("arn"))),
            logGroup: lambda.child("loggingConfig")?.optionalText("logGroup") ?? `/aws/lambda/${name}`,
            aliases: aliases.filter((alias) => alias.text("functionName") === name).map((alias) => alias.text("name")),
            asynchronous: asynchronousOf(asynchronous.get(name) ?? Properties.absent(invokeConfig)),
        };
    });
}

/** The names of all log groups of the program. */
export const logGroupsOf = (graph: Graph): string[] =>
    ofType(graph, "aws:cloudwatch/logGroup:LogGroup").map((group) => group.text("name"));

function asynchronousOf(config: Properties): FunctionDefinition["asynchronous"] {
    const destinations = config.child("destinationConfig");
    const onFailure = destinations?.child("onFailure")?.text("destination");
    const onSuccess = destinations?.child("onSuccess")?.text("destination");
    return {
        maximumRetryAttempts: config.number("maximumRetryAttempts"),
        maximumEventAgeSeconds: config.number("maximumEventAgeInSeconds"),
        ...(onFailure && { onFailure }),
        ...(onSuccess && { onSuccess }),
    };
}
