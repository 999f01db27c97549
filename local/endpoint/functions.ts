import type { InvocationResult } from "../lambda/function.ts";
import { AwsError } from "./aws.ts";
import { type Input, textOf } from "./input.ts";
import { functionArn } from "./resources.ts";
import type { AwsService } from "./service.ts";

/** Runs functions: what the Lambda API needs of `LambdaHost`. Throws AwsError. */
export interface FunctionHost {
    /** @param payload JSON text. @param options clientContext is JSON text. */
    invoke(
        functionArn: string,
        payload: string,
        options?: { readonly clientContext?: string },
    ): Promise<InvocationResult>;
    /** Returns when the event will not be lost. */
    invokeAsync(functionArn: string, payload: string): { readonly requestId: string };
}

/**
 * Invoke: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * The payload is JSON text, in the request and in the answer.
 */
export class Functions implements AwsService {
    readonly #host: FunctionHost;
    readonly #region: string;

    constructor(host: FunctionHost, region: string) {
        this.#host = host;
        this.#region = region;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        if (action !== "Invoke") {
            throw new AwsError("UnknownOperationException", `The embedded cloud has no lambda:${action}.`, 404);
        }
        const arn = functionArn(textOf(input, "FunctionName") ?? "", this.#region);
        const payload = textOf(input, "Payload") || "{}";
        const type = textOf(input, "InvocationType") ?? "RequestResponse";
        switch (type) {
            case "RequestResponse": {
                checkJson(payload);
                const context = textOf(input, "ClientContext");
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
