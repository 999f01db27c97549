import { GetFunctionConfigurationCommand, ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { type Feed, feedIn } from "../../runtime/feed/target.ts";
import type { Stack } from "./stack.ts";

/** The feed that a stack has; undefined if none is deployed. */
export async function deployedFeed(stack: Stack): Promise<Feed | undefined> {
    const FunctionName = stack.named("feed-keeper");
    try {
        const { Environment } = await stack.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
        const text = Environment?.Variables?.["FEED"];
        return text === undefined ? undefined : feedIn(text);
    } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
    }
}
