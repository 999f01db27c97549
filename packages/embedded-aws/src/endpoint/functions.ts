import { AwsError } from "../aws/call.ts";
import { type Input, textOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import { type AwsService, account } from "../aws/service.ts";
import { type FunctionDefinition, functionNamed, type InvocationResult } from "../lambda/function.ts";
import type { TriggerDefinitions } from "../provision/triggers.ts";

/** Runs functions: what the Lambda API needs of `LambdaHost`. Throws AwsError. */
interface FunctionHost {
    /** @param payload JSON text. @param options clientContext is JSON text. */
    invoke(
        functionArn: string,
        payload: string,
        options?: { readonly clientContext?: string },
    ): Promise<InvocationResult>;
    /** Returns when the event will not be lost. */
    invokeAsync(functionArn: string, payload: string): { readonly requestId: string };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const largestContext = 3583;

/** The functions and their event source mappings. */
export interface FunctionCatalogue {
    readonly functions: readonly FunctionDefinition[];
    readonly triggers: TriggerDefinitions;
}

/**
 * Invoke: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * The payload is JSON text, in the request and in the answer.
 */
export class Functions implements AwsService {
    readonly #host: FunctionHost;
    readonly #region: string;
    readonly #catalogue: () => FunctionCatalogue;

    constructor(host: FunctionHost, region: string, catalogue: () => FunctionCatalogue) {
        this.#host = host;
        this.#region = region;
        this.#catalogue = catalogue;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "Invoke":
                return this.#invoke(input);
            case "ListFunctions":
                return { Functions: this.#catalogue().functions.map(described) };
            case "ListEventSourceMappings":
                return { EventSourceMappings: this.#mappings(input) };
            case "GetFunctionConfiguration":
                return described(this.#function(input));
            case "GetFunction": {
                const definition = this.#function(input);
                const { reservedConcurrency } = definition;
                return {
                    Configuration: described(definition),
                    // There is no address to load the code from: it is a folder here.
                    Code: { Location: definition.codeDirectory },
                    ...(reservedConcurrency !== undefined && {
                        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
                    }),
                };
            }
            default:
                throw noOperation("lambda", action);
        }
    }

    #function(input: Input): FunctionDefinition {
        const { arn } = functionNamed(textOf(input, "FunctionName") ?? "", this.#region, account);
        const definition = this.#catalogue().functions.find((one) => one.arn === arn);
        if (definition !== undefined) return definition;
        throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    }

    #mappings(input: Input): object[] {
        const { queues, streams } = this.#catalogue().triggers;
        const [source, name] = [textOf(input, "EventSourceArn"), textOf(input, "FunctionName")];
        const target = name === undefined ? undefined : functionNamed(name, this.#region, account).qualifiedArn;
        return [...queues, ...streams]
            .filter((trigger) => source === undefined || trigger.eventSourceArn === source)
            .filter((trigger) => target === undefined || trigger.functionArn === target)
            .map(({ arn, eventSourceArn: EventSourceArn, functionArn: FunctionArn, batchSize: BatchSize }) => {
                const UUID = arn.slice(arn.lastIndexOf(":") + 1);
                return { UUID, EventSourceArn, FunctionArn, BatchSize, State: "Enabled" };
            });
    }

    async #invoke(input: Input): Promise<Record<string, unknown>> {
        const arn = functionNamed(textOf(input, "FunctionName") ?? "", this.#region, account).qualifiedArn;
        const payload = textOf(input, "Payload") || "{}";
        const type = textOf(input, "InvocationType") ?? "RequestResponse";
        switch (type) {
            case "RequestResponse": {
                checkJson(payload);
                const context = textOf(input, "ClientContext");
                if (context !== undefined && context.length > largestContext) {
                    const message = `The client context is longer than ${largestContext} bytes of base64.`;
                    throw new AwsError("InvalidRequestContentException", message);
                }
                const options =
                    context === undefined ? {} : { clientContext: Buffer.from(context, "base64").toString() };
                const { functionError, ...result } = await this.#host.invoke(arn, payload, options);
                return {
                    StatusCode: 200,
                    ExecutedVersion: "$LATEST",
                    Payload: result.payload,
                    RequestId: result.requestId,
                    ...(functionError === undefined ? {} : { FunctionError: functionError }),
                };
            }
            case "Event":
                return { StatusCode: 202, Payload: "", RequestId: this.#host.invokeAsync(arn, payload).requestId };
            case "DryRun":
                return { StatusCode: 204, Payload: "" };
            default:
                throw new AwsError("InvalidParameterValueException", `InvocationType ${type} is not one of Lambda's.`);
        }
    }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
const described = (definition: FunctionDefinition) => ({
    FunctionName: definition.name,
    FunctionArn: definition.arn,
    Role: definition.roleArn,
    Handler: definition.handler,
    Timeout: definition.timeoutSeconds,
    MemorySize: definition.memoryMb,
    Version: "$LATEST",
    PackageType: "Zip",
    State: "Active",
    Environment: { Variables: definition.environment },
    LoggingConfig: { LogFormat: "JSON", LogGroup: definition.logGroup },
});

function checkJson(payload: string): void {
    try {
        JSON.parse(payload);
    } catch (error) {
        throw new AwsError(
            "InvalidRequestContentException",
            `Could not parse request body into json: ${String(error)}`,
        );
    }
}
