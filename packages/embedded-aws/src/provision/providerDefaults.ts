/**
 * What an input is on AWS when the program leaves it out: what the Pulumi provider then sends, which is not always the
 * service's own default, or the service's own where the provider sends nothing. The one place for such values: by type
 * and property, with the source of each.
 */
interface Default {
    readonly value: string | number | boolean;
    readonly source: Source;
}

/** `types`: the property's description in the types of @pulumi/aws says so, which a test compares. Else where it is said. */
type Source = "types" | `https://${string}`;

const types = (value: Default["value"]): Default => ({ value, source: "types" });
const documented = (value: Default["value"], source: `https://${string}`): Default => ({ value, source });

const aws = "https://docs.aws.amazon.com";
const provider = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

export const providerDefaults: Readonly<Record<string, Readonly<Record<string, Default>>>> = {
    "aws:sqs/queue:Queue": {
        contentBasedDeduplication: documented(
            false,
            `${aws}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html`,
        ),
        delaySeconds: types(0),
        fifoQueue: types(false),
        // SQS itself would take 1,048,576.
        maxMessageSize: types(262_144),
        messageRetentionSeconds: types(345_600),
        receiveWaitTimeSeconds: types(0),
        visibilityTimeoutSeconds: types(30),
    },
    "aws:sns/topic:Topic": {
        fifoTopic: types(false),
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        filterPolicyScope: types("MessageAttributes"),
        rawMessageDelivery: types(false),
    },
    "aws:dynamodb/table:Table": {
        // With it, capacities are required.
        billingMode: types("PROVISIONED"),
        streamEnabled: documented(false, `${aws}/amazondynamodb/latest/APIReference/API_StreamSpecification.html`),
        "ttl.enabled": types(false),
    },
    "aws:lambda/function:Function": {
        memorySize: types(128),
        // No limit of its own.
        reservedConcurrentExecutions: types(-1),
        timeout: types(3),
    },
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
        maximumEventAgeInSeconds: documented(21_600, `${aws}/lambda/latest/api/API_PutFunctionEventInvokeConfig.html`),
        maximumRetryAttempts: types(2),
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
        // Of queues 10: see triggers.ts.
        batchSize: types(100),
        bisectBatchOnFunctionError: types(false),
        enabled: types(true),
        maximumBatchingWindowInSeconds: documented(0, `${aws}/lambda/latest/api/API_CreateEventSourceMapping.html`),
        maximumRecordAgeInSeconds: types(-1),
        maximumRetryAttempts: types(-1),
        parallelizationFactor: types(1),
    },
    "aws:kms/key:Key": {
        customerMasterKeySpec: types("SYMMETRIC_DEFAULT"),
        keyUsage: types("ENCRYPT_DECRYPT"),
    },
    "aws:cloudwatch/eventRule:EventRule": {
        eventBusName: types("default"),
        state: types("ENABLED"),
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
        eventBusName: types("default"),
        // EventBridge itself would retry 185 times in 24 hours, but of a retry policy the provider sends both members: a
        // policy with one of them has 0 for the other. An age of 0 is refused.
        "retryPolicy.maximumEventAgeInSeconds": documented(0, `${provider}/events/target.go`),
        "retryPolicy.maximumRetryAttempts": documented(0, `${provider}/events/target.go`),
    },
    "aws:scheduler/schedule:Schedule": {
        actionAfterCompletion: types("NONE"),
        groupName: types("default"),
        scheduleExpressionTimezone: types("UTC"),
        state: types("ENABLED"),
        "target.retryPolicy.maximumEventAgeInSeconds": types(86_400),
        "target.retryPolicy.maximumRetryAttempts": types(185),
    },
    "aws:apigatewayv2/api:Api": {
        "corsConfiguration.allowCredentials": documented(
            false,
            `${aws}/apigatewayv2/latest/api-reference/apis-apiid.html`,
        ),
    },
    "aws:apigatewayv2/authorizer:Authorizer": {
        authorizerResultTtlInSeconds: types(300),
        enableSimpleResponses: documented(
            false,
            `${aws}/apigateway/latest/developerguide/http-api-lambda-authorizer.html`,
        ),
    },
    "aws:apigatewayv2/integration:Integration": {
        payloadFormatVersion: types("1.0"),
        timeoutMilliseconds: documented(30_000, `${aws}/apigateway/latest/developerguide/http-api-quotas.html`),
    },
    "aws:apigatewayv2/route:Route": {
        authorizationType: types("NONE"),
    },
    "aws:apigatewayv2/stage:Stage": {
        autoDeploy: types(false),
        // The account's own limits would hold, but of the settings of routes the provider sends each member: without a
        // limit nothing passes.
        "defaultRouteSettings.throttlingBurstLimit": documented(0, `${provider}/apigatewayv2/stage.go`),
        "defaultRouteSettings.throttlingRateLimit": documented(0, `${provider}/apigatewayv2/stage.go`),
        "routeSettings.throttlingBurstLimit": documented(0, `${provider}/apigatewayv2/stage.go`),
        "routeSettings.throttlingRateLimit": documented(0, `${provider}/apigatewayv2/stage.go`),
    },
};
