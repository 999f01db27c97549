/** What a service measures by which sets of dimensions. */
interface Measured {
    readonly dimensions: readonly (readonly string[])[];
    readonly metrics: readonly string[];
}

/**
 * The metrics that AWS documents, by namespace. CloudWatch takes an alarm on any name and stays silent for one that there
 * is none of, so this list is what our alarms and pictures are held against.
 */
export const awsMetrics: Readonly<Record<string, readonly Measured[]>> = {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
    "AWS/ApiGateway": [
        {
            dimensions: [["ApiId"], ["ApiId", "Stage"], ["ApiId", "Stage", "Resource", "Method"]],
            metrics: ["4xx", "5xx", "Count", "DataProcessed", "IntegrationLatency", "Latency"],
        },
    ],
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html
    "AWS/Backup": [
        {
            dimensions: [["BackupVaultName"], ["ResourceType"]],
            metrics: [
                "NumberOfBackupJobsCreated",
                "NumberOfBackupJobsPending",
                "NumberOfBackupJobsRunning",
                "NumberOfBackupJobsAborted",
                "NumberOfBackupJobsCompleted",
                "NumberOfBackupJobsFailed",
                "NumberOfBackupJobsExpired",
            ],
        },
    ],
    // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
    "AWS/Lambda": [
        {
            dimensions: [
                [],
                ["FunctionName"],
                ["FunctionName", "Resource"],
                ["FunctionName", "Resource", "ExecutedVersion"],
            ],
            metrics: [
                "Invocations",
                "Errors",
                "DeadLetterErrors",
                "DestinationDeliveryFailures",
                "Throttles",
                "ProvisionedConcurrencyInvocations",
                "ProvisionedConcurrencySpilloverInvocations",
                "RecursiveInvocationsDropped",
                "Duration",
                "PostRuntimeExtensionsDuration",
                "IteratorAge",
                "ConcurrentExecutions",
                "ProvisionedConcurrentExecutions",
                "ProvisionedConcurrencyUtilization",
                "AsyncEventsReceived",
                "AsyncEventAge",
                "AsyncEventsDropped",
            ],
        },
        { dimensions: [[]], metrics: ["UnreservedConcurrentExecutions", "ClaimedAccountConcurrency"] },
    ],
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    "AWS/SQS": [
        {
            dimensions: [["QueueName"]],
            metrics: [
                "ApproximateAgeOfOldestMessage",
                "ApproximateNumberOfMessagesDelayed",
                "ApproximateNumberOfMessagesNotVisible",
                "ApproximateNumberOfMessagesVisible",
                "NumberOfEmptyReceives",
                "NumberOfMessagesDeleted",
                "NumberOfMessagesReceived",
                "NumberOfMessagesSent",
                "SentMessageSize",
            ],
        },
    ],
    // https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
    "AWS/SNS": [
        {
            dimensions: [["TopicName"]],
            metrics: [
                "NumberOfMessagesPublished",
                "NumberOfNotificationsDelivered",
                "NumberOfNotificationsFailed",
                "NumberOfNotificationsFilteredOut",
                "NumberOfNotificationsFilteredOut-InvalidAttributes",
                "NumberOfNotificationsFilteredOut-NoMessageAttributes",
                "NumberOfNotificationsFailedToRedriveToDlq",
                "NumberOfNotificationsRedrivenToDlq",
                "PublishSize",
            ],
        },
    ],
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    "AWS/Events": [
        {
            dimensions: [["RuleName"], ["EventBusName", "RuleName"]],
            metrics: [
                "DeadLetterInvocations",
                "FailedInvocations",
                "Invocations",
                "InvocationAttempts",
                "InvocationsFailedToBeSentToDlq",
                "InvocationsSentToDlq",
                "IngestionToInvocationCompleteLatency",
                "IngestionToInvocationStartLatency",
                "IngestionToInvocationSuccessLatency",
                "MatchedEvents",
                "RetryInvocationAttempts",
                "SuccessfulInvocationAttempts",
                "ThrottledRules",
                "TriggeredRules",
            ],
        },
    ],
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
    "AWS/Scheduler": [
        {
            dimensions: [["ScheduleGroup"]],
            metrics: [
                "InvocationAttemptCount",
                "TargetErrorCount",
                "TargetErrorThrottledCount",
                "InvocationThrottleCount",
                "InvocationDroppedCount",
                "InvocationsSentToDeadLetterCount",
                "InvocationsFailedToBeSentToDeadLetterCount",
                "InvocationsSentToDeadLetterCount_Truncated_MessageSizeExceeded",
            ],
        },
    ],
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
    "AWS/DynamoDB": [
        {
            dimensions: [["TableName"], ["TableName", "GlobalSecondaryIndexName"]],
            metrics: [
                "ConsumedReadCapacityUnits",
                "ConsumedWriteCapacityUnits",
                "ReadThrottleEvents",
                "WriteThrottleEvents",
            ],
        },
        {
            dimensions: [["TableName", "Operation"]],
            metrics: [
                "ReturnedItemCount",
                "SuccessfulRequestLatency",
                "SystemErrors",
                "ThrottledRequests",
                "TransactionConflict",
            ],
        },
        {
            dimensions: [["TableName"]],
            metrics: ["ConditionalCheckFailedRequests", "TimeToLiveDeletedItemCount", "TransactionConflict"],
        },
        { dimensions: [["TableName", "ReceivingRegion"]], metrics: ["ReplicationLatency"] },
    ],
};
