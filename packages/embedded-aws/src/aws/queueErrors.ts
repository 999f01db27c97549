/**
 * Errors of SQS that its query protocol names otherwise than its JSON protocol, by their names in JSON: the trait
 * `awsQueryError` in the model of SQS. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait
 */
const queryCodes: Readonly<Record<string, string>> = {
    BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
    EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
    InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
    MessageNotInflight: "AWS.SimpleQueueService.MessageNotInflight",
    PurgeQueueInProgress: "AWS.SimpleQueueService.PurgeQueueInProgress",
    QueueDeletedRecently: "AWS.SimpleQueueService.QueueDeletedRecently",
    QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
    QueueNameExists: "QueueAlreadyExists",
    TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    UnsupportedOperation: "AWS.SimpleQueueService.UnsupportedOperation",
};

/** Errors that are in the model of SQS. All others are those of every AWS service, with names of their own in JSON. */
const modelled: ReadonlySet<string> = new Set([
    ...Object.keys(queryCodes),
    "InvalidAddress",
    "InvalidAttributeName",
    "InvalidAttributeValue",
    "InvalidIdFormat",
    "InvalidMessageContents",
    "InvalidSecurity",
    "OverLimit",
    "ReceiptHandleIsInvalid",
    "RequestThrottled",
    "ResourceNotFoundException",
]);

/** Code of an error in XML, in a failed entry of a batch and in `x-amzn-query-error`. */
export function queryCode(code: string): string {
    return queryCodes[code] ?? code;
}

/** `__type` of an error in JSON: `com.amazonaws.sqs#QueueDoesNotExist`, `com.amazon.coral.service#AccessDeniedException` */
export function jsonType(code: string): string {
    if (modelled.has(code)) return `com.amazonaws.sqs#${code}`;
    return `com.amazon.coral.service#${code.replace(/Exception$/, "")}Exception`;
}
