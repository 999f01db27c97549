/** A Lambda function as the graph describes it. */
export interface FunctionDefinition {
    readonly arn: string;
    readonly name: string;
    readonly roleArn: string;
    /** Folder that holds the unpacked code. */
    readonly codeDirectory: string;
    /** `index.handler` */
    readonly handler: string;
    readonly timeoutSeconds: number;
    readonly memoryMb: number;
    readonly environment: Readonly<Record<string, string>>;
    /** Undefined: no limit of its own. 0: never runs. */
    readonly reservedConcurrency?: number;
    readonly logGroup: string;
    /** Names that lead to it besides its own. This cloud has one version of a function, the newest. @default none */
    readonly aliases?: readonly string[];
    /** No caller waits for its answers: its processes have a lower priority. @default false */
    readonly background?: boolean;
    /** Asynchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
    readonly asynchronous: {
        /** 0 to 2 @default 2 */
        readonly maximumRetryAttempts: number;
        /** 60 to 21600 @default 21600 */
        readonly maximumEventAgeSeconds: number;
        readonly onFailure?: string;
        readonly onSuccess?: string;
    };
}

/** The answer to a synchronous invocation. */
export interface InvocationResult {
    readonly requestId: string;
    /** JSON text: what the handler returned, or `{errorType, errorMessage, trace}`. */
    readonly payload: string;
    /** Set when the function threw, timed out, ran out of memory or did not initialise. */
    readonly functionError?: "Unhandled";
}

/** One line that a function wrote, or that the platform wrote about it (START, END, REPORT and init errors). */
export interface LogLine {
    readonly time: number;
    readonly functionName: string;
    readonly requestId: string | undefined;
    /** Of the environment that it comes from. */
    readonly logStream?: string | undefined;
    readonly source: "function" | "platform";
    readonly text: string;
}

/** A function by what a caller names it. */
interface FunctionName {
    readonly arn: string;
    /** The version or alias that is asked for. */
    readonly qualifier: string | undefined;
    /** With the qualifier: what the right to invoke it is about. */
    readonly qualifiedArn: string;
}

/**
 * The forms of a function's name, each with or without a qualifier: the ARN, `<account>:function:<name>` or the name.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function functionNamed(given: string, region: string, account: string): FunctionName {
    const [, owner = `arn:aws:lambda:${region}:${account}`, name = given, qualifier] =
        /^(?:(?:(arn:[^:]+:lambda:[^:]*:\d*)|\d{12}):function:|function:)?([^:]+)(?::([^:]+))?$/.exec(given) ?? [];
    const arn = `${owner}:function:${name}`;
    return { arn, qualifier, qualifiedArn: qualifier === undefined ? arn : `${arn}:${qualifier}` };
}
