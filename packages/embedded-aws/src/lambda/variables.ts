import { dirname } from "node:path";
import type { Credentials } from "../identity/principal.ts";
import type { FunctionDefinition } from "./function.ts";

interface EnvironmentFacts {
    readonly region: string;
    readonly credentials: Credentials;
    /** The cloud's AWS endpoint. */
    readonly endpointUrl: string;
    /** `127.0.0.1:port/prefix` */
    readonly runtimeApi: string;
    readonly logStream: string;
    readonly bootstrap: string;
}

/**
 * The variables of an execution environment, as Lambda documents them, and nothing of the machine's own but PATH:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(definition: FunctionDefinition, facts: EnvironmentFacts): Record<string, string> {
    const { region, credentials } = facts;
    return {
        PATH: process.env["PATH"] ?? "",
        LANG: "en_US.UTF-8",
        AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
        ...definition.environment,
        // Reserved: a function cannot set these.
        _HANDLER: definition.handler,
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
        AWS_LAMBDA_FUNCTION_NAME: definition.name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
        AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
        AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
        AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
        AWS_ENDPOINT_URL: facts.endpointUrl,
        LAMBDA_TASK_ROOT: definition.codeDirectory,
        LAMBDA_RUNTIME_DIR: dirname(facts.bootstrap),
        TZ: ":UTC",
    };
}
