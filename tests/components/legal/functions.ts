import {
    ApplicationLogLevel,
    Architecture,
    FunctionResponseType,
    LogFormat,
    SystemLogLevel,
    TracingMode,
} from "@aws-sdk/client-lambda";
import type { Resource } from "embedded-aws/recorder";
import { compileFilters } from "event-pattern";
import {
    at,
    choice,
    count,
    isKnown,
    isRecord,
    name,
    number,
    type Rule,
    refusals,
    text,
    unique,
    valuesAt,
    withAt,
} from "./rule.ts";

const fn = "aws:lambda/function:Function";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
const invocations = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const permission = "aws:lambda/permission:Permission";
const alias = "aws:lambda/alias:Alias";

/** Lambda Developer Guide, "Defined runtime environment variables": those that a function cannot set. */
const reserved: ReadonlySet<string> = new Set([
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
]);

const variablesOf = (resource: Resource) => {
    const variables = at(resource.inputs, "environment.variables");
    return isRecord(variables) ? variables : {};
};

/** The function that a mapping invokes, also by an alias. */
export const functionBy = (arn: unknown, resources: readonly Resource[]): Resource | undefined =>
    resources.find(({ type, outputs }) => {
        const own = outputs["arn"];
        return type === fn && isKnown(own) && (arn === own || String(arn).startsWith(`${own}:`));
    });

const queueBy = (arn: unknown, resources: readonly Resource[]): Resource | undefined =>
    resources.find(({ type, outputs }) => type === "aws:sqs/queue:Queue" && isKnown(arn) && outputs["arn"] === arn);

const readsQueue = ({ inputs }: Resource) => /^arn:aws:sqs:/.test(String(inputs["eventSourceArn"]));
const readsStream = ({ inputs }: Resource) => /^arn:aws:(dynamodb|kinesis):/.test(String(inputs["eventSourceArn"]));
const queueArn = "arn:aws:sqs:eu-west-1:000000000000:orders";
const streamArn = "arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000";

/** What only one kind of source has. */
const onlyStreams = [
    "startingPosition",
    "bisectBatchOnFunctionError",
    "maximumRetryAttempts",
    "maximumRecordAgeInSeconds",
    "parallelizationFactor",
    "tumblingWindowInSeconds",
    "destinationConfig",
];

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html and the pages named below. */
export const functions: readonly Rule[] = [
    ...name(fn, { pattern: /^[a-zA-Z0-9-_]+$/, max: 64 }),
    ...text(fn, "description", { min: 0, max: 256 }),
    ...text(fn, "handler", { pattern: /^\S+$/, max: 128 }),
    // 128 MB to 10,240 MB: "Lambda quotas". New accounts begin with 3,008 MB at most.
    number(fn, "memorySize", 128, 10_240),
    number(fn, "timeout", 1, 900),
    number(fn, "ephemeralStorage.size", 512, 10_240),
    number(fn, "reservedConcurrentExecutions", -1, 1000),
    // "Lambda runtimes": what new functions of this project may use.
    choice(fn, "runtime", ["nodejs22.x", "nodejs24.x"]),
    choice(fn, "architectures[]", Object.values(Architecture)),
    count(fn, "architectures", 1, 1),
    count(fn, "layers", 0, 5),
    // VpcConfig: 0 to 16 subnets, 0 to 5 security groups.
    count(fn, "vpcConfig.subnetIds", 0, 16),
    count(fn, "vpcConfig.securityGroupIds", 0, 5),
    choice(fn, "tracingConfig.mode", Object.values(TracingMode)),
    choice(fn, "loggingConfig.logFormat", Object.values(LogFormat)),
    choice(fn, "loggingConfig.applicationLogLevel", Object.values(ApplicationLogLevel)),
    choice(fn, "loggingConfig.systemLogLevel", Object.values(SystemLogLevel)),
    ...text(fn, "loggingConfig.logGroup", { pattern: /^[.\-_/#A-Za-z0-9]+$/, max: 512 }),
    unique(fn, ["name"]),
    {
        // "Lambda quotas": 4 KB for all environment variables of a function.
        type: fn,
        what: "its variables take at most 4 KB",
        faults: (resource) => {
            const bytes = Buffer.byteLength(JSON.stringify(variablesOf(resource)));
            return bytes > 4096 ? [`the environment takes ${bytes} bytes of 4096`] : [];
        },
        broken: ({ inputs }) => withAt(inputs, "environment.variables.LONG", "x".repeat(4096)),
    },
    {
        // API_Environment: [a-zA-Z]([a-zA-Z0-9_])+
        type: fn,
        what: "its variables have legal names that Lambda does not set itself",
        faults: (resource) =>
            Object.keys(variablesOf(resource))
                .filter((key) => reserved.has(key) || !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(key))
                .map((key) => `the variable ${key} cannot be set`),
        broken: ({ inputs }) => withAt(inputs, "environment.variables.AWS_REGION", "eu-west-1"),
    },
    {
        // API_LoggingConfig: levels can be set for the format JSON only.
        type: fn,
        what: "has log levels with the format JSON only",
        faults: ({ inputs }) =>
            at(inputs, "loggingConfig.logFormat") === "Text" && isKnown(at(inputs, "loggingConfig.applicationLogLevel"))
                ? ["has a log level with the format Text"]
                : [],
        broken: ({ inputs }) =>
            withAt(inputs, "loggingConfig", { logFormat: "Text", applicationLogLevel: "INFO", logGroup: "/logs" }),
    },

    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    number(mapping, "batchSize", 1, 10_000),
    number(mapping, "maximumBatchingWindowInSeconds", 0, 300),
    number(mapping, "maximumRetryAttempts", -1, 10_000),
    number(mapping, "parallelizationFactor", 1, 10),
    number(mapping, "scalingConfig.maximumConcurrency", 2, 1000),
    choice(mapping, "functionResponseTypes[]", Object.values(FunctionResponseType)),
    // "Lambda event filtering": five filters; FilterCriteria: 4,096 characters each.
    count(mapping, "filterCriteria.filters", 0, 5),
    ...text(mapping, "filterCriteria.filters[].pattern", { max: 4096 }),
    {
        type: mapping,
        what: "has filters that are patterns",
        faults: ({ inputs }) =>
            valuesAt(inputs, "filterCriteria.filters[].pattern").flatMap((pattern) =>
                refusals(() => compileFilters({ Filters: [{ Pattern: String(pattern) }] })),
            ),
        broken: ({ inputs }) => withAt(inputs, "filterCriteria.filters[].pattern", '{"eventName":"INSERT"}'),
    },
    {
        // -1 for no limit, or a minute to a week.
        type: mapping,
        what: "gives up on records never, or after 60 to 604,800 seconds",
        faults: ({ inputs }) =>
            valuesAt(inputs, "maximumRecordAgeInSeconds")
                .filter((age) => age !== -1 && !(Number(age) >= 60 && Number(age) <= 604_800))
                .map((age) => `maximumRecordAgeInSeconds is ${age}`),
        broken: ({ inputs }) => withAt(inputs, "maximumRecordAgeInSeconds", 30),
    },
    {
        type: mapping,
        what: "of a queue has nothing that streams alone have",
        faults: (resource) =>
            readsQueue(resource)
                ? onlyStreams.filter((key) => isKnown(resource.inputs[key])).map((key) => `a queue has no ${key}`)
                : [],
        broken: ({ inputs }) => ({ ...inputs, eventSourceArn: queueArn, startingPosition: "LATEST" }),
    },
    {
        // "When you set BatchSize to a value greater than 10, you must set MaximumBatchingWindowInSeconds to at least 1."
        type: mapping,
        what: "of a queue waits at least a second for more than 10 messages",
        faults: (resource) => {
            const { batchSize, maximumBatchingWindowInSeconds: window } = resource.inputs;
            const must = readsQueue(resource) && Number(batchSize ?? 10) > 10;
            return must && Number(window ?? 0) < 1 ? [`batches of ${batchSize} without a window`] : [];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            eventSourceArn: queueArn,
            batchSize: 100,
            maximumBatchingWindowInSeconds: 0,
        }),
    },
    {
        type: mapping,
        what: "of a FIFO queue has batches of at most 10 and no window",
        faults: ({ inputs }) => {
            if (!/^arn:aws:sqs:.*\.fifo$/.test(String(inputs["eventSourceArn"]))) return [];
            return [
                ...(Number(inputs["batchSize"] ?? 10) > 10 ? [`batches of ${inputs["batchSize"]}`] : []),
                ...(Number(inputs["maximumBatchingWindowInSeconds"] ?? 0) > 0 ? ["has a window"] : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, eventSourceArn: `${queueArn}.fifo`, batchSize: 100 }),
    },
    {
        type: mapping,
        what: "of a stream says where it begins, and has no limit of concurrency",
        faults: (resource) => {
            if (!readsStream(resource)) return [];
            const isTable = String(resource.inputs["eventSourceArn"]).startsWith("arn:aws:dynamodb:");
            const positions = ["LATEST", "TRIM_HORIZON", ...(isTable ? [] : ["AT_TIMESTAMP"])];
            const position = resource.inputs["startingPosition"];
            return [
                ...(positions.some((one) => one === position) ? [] : [`startingPosition is ${position}`]),
                ...(isKnown(resource.inputs["scalingConfig"]) ? ["a stream has no scalingConfig"] : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, eventSourceArn: streamArn, startingPosition: "AT_TIMESTAMP" }),
    },
    {
        // "Configuring a queue to use with Lambda": Lambda refuses a queue that shows a message again before the function's
        // time is up, and six times that is what it advises.
        type: mapping,
        what: "of a queue hides messages at least six times as long as its function may take",
        faults: (resource, resources) => {
            const queue = queueBy(resource.inputs["eventSourceArn"], resources);
            const timeout = functionBy(resource.inputs["functionName"], resources)?.inputs["timeout"];
            const hidden = queue?.inputs["visibilityTimeoutSeconds"] ?? 30;
            if (queue === undefined || timeout === undefined || Number(hidden) >= 6 * Number(timeout)) return [];
            return [`${queue.name} hides messages for ${hidden} seconds, the function may take ${timeout}`];
        },
        broken: ({ inputs }, resources) => ({
            ...inputs,
            eventSourceArn: shortQueue(resources)?.outputs["arn"],
            functionName: slowest(resources)?.outputs["arn"],
        }),
    },
    {
        // "Configuring maximum concurrency for Amazon SQS event sources": not above the function's reserved concurrency.
        type: mapping,
        what: "asks for no more concurrency than its function has reserved",
        faults: ({ inputs }, resources) => {
            // Of a function that is stopped nothing is read.
            const wanted = inputs["enabled"] === false ? undefined : at(inputs, "scalingConfig.maximumConcurrency");
            const reservedFor = functionBy(inputs["functionName"], resources)?.inputs["reservedConcurrentExecutions"];
            if (!isKnown(wanted) || !isKnown(reservedFor) || Number(wanted) <= Number(reservedFor)) return [];
            return [`asks for ${wanted} of ${reservedFor} reserved executions`];
        },
        broken: ({ inputs }, resources) => ({
            ...inputs,
            functionName: resources.find(({ inputs }) => isKnown(inputs["reservedConcurrentExecutions"]))?.outputs[
                "arn"
            ],
            scalingConfig: { maximumConcurrency: 1000 },
        }),
    },
    unique(mapping, ["eventSourceArn", "functionName"]),

    // https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
    number(invocations, "maximumRetryAttempts", 0, 2),
    number(invocations, "maximumEventAgeInSeconds", 60, 21_600),
    unique(invocations, ["functionName", "qualifier"]),
    {
        // "Capturing records of Lambda asynchronous invocations": standard queues and topics only.
        type: invocations,
        what: "has destinations of a legal kind",
        faults: ({ inputs }) =>
            ["onFailure", "onSuccess"].flatMap((on) =>
                valuesAt(inputs, `destinationConfig.${on}.destination`)
                    .filter(
                        (arn) => !/^arn:aws:(sqs|sns|lambda|events|s3):/.test(String(arn)) || /\.fifo$/.test(`${arn}`),
                    )
                    .map((arn) => `${on} goes to ${arn}`),
            ),
        broken: ({ inputs }) => withAt(inputs, "destinationConfig.onFailure.destination", `${queueArn}.fifo`),
    },

    // https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
    ...text(permission, "statementId", { pattern: /^[a-zA-Z0-9-_]+$/, max: 100 }),
    ...text(permission, "action", { pattern: /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/, max: 256 }),
    ...text(permission, "principal", { pattern: /^\S+$/, max: 256 }),
    {
        // "Lambda quotas": 20 KB for the policy of a function, of a version or of an alias.
        type: permission,
        what: "leaves the policy of its function below 20 KB",
        faults: ({ inputs, provider }, resources) => {
            const { function: target, qualifier } = inputs;
            if (!isKnown(target)) return [];
            const bytes = resources
                .filter((other) => other.type === permission && other.provider === provider)
                .filter((other) => other.inputs["function"] === target && other.inputs["qualifier"] === qualifier)
                .reduce((sum, other) => sum + statementBytes(other), 0);
            return bytes > 20_480 ? [`the policy of ${target} takes ${bytes} bytes of 20480`] : [];
        },
        broken: ({ inputs }) => ({ ...inputs, sourceArn: "x".repeat(20_480) }),
    },

    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
    ...name(alias, { pattern: /^(?!^[0-9]+$)[a-zA-Z0-9-_]+$/, max: 128 }),
    ...text(alias, "description", { min: 0, max: 256 }),
    ...text(alias, "functionVersion", { pattern: /^(\$LATEST|[0-9]+)$/, max: 1024 }),
    {
        // "Configuring provisioned concurrency": never for $LATEST.
        type: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
        what: "is of an alias or a version, and within what is reserved",
        faults: ({ inputs }, resources) => {
            const { qualifier, functionName, provisionedConcurrentExecutions: wanted } = inputs;
            const target = resources.find(({ type, inputs }) => type === fn && inputs["name"] === functionName);
            const reservedFor = target?.inputs["reservedConcurrentExecutions"];
            return [
                ...(qualifier === "$LATEST" ? ["is of $LATEST"] : []),
                ...(isKnown(reservedFor) && Number(wanted) > Number(reservedFor)
                    ? [`${wanted} of ${reservedFor} reserved executions`]
                    : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, qualifier: "$LATEST" }),
    },
];

/** About what Lambda stores for a permission: the statement with its id, ARN and conditions. */
const statementBytes = ({ inputs }: Resource): number =>
    200 + JSON.stringify(inputs).length + String(inputs["function"]).length;

const shortQueue = (resources: readonly Resource[]) =>
    resources.find(({ type, inputs }) => type === "aws:sqs/queue:Queue" && inputs["visibilityTimeoutSeconds"] === 30);

const slowest = (resources: readonly Resource[]) =>
    resources
        .filter(({ type }) => type === fn)
        .toSorted((one, other) => Number(other.inputs["timeout"]) - Number(one.inputs["timeout"]))[0];
