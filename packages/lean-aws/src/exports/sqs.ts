import { hash } from "node:crypto";
import {
    BatchEntryIdsNotDistinct,
    BatchRequestTooLong,
    EmptyBatchRequest,
    type GetQueueAttributesCommandInput,
    InvalidAddress,
    InvalidAttributeName,
    InvalidBatchEntryId,
    InvalidMessageContents,
    InvalidSecurity,
    KmsAccessDenied,
    KmsDisabled,
    KmsInvalidKeyUsage,
    KmsInvalidState,
    KmsNotFound,
    KmsOptInRequired,
    KmsThrottled,
    QueueDoesNotExist,
    RequestThrottled,
    type SendMessageBatchCommandInput,
    type SendMessageBatchCommandOutput,
    type SendMessageCommandInput,
    type SendMessageCommandOutput,
    SQSServiceException,
    TooManyEntriesInBatchRequest,
    UnsupportedOperation,
} from "@aws-sdk/client-sqs";
import { Client, type Service } from "../client.ts";
import type { ClientConfig } from "../configuration.ts";
import { Command, type Operation } from "../operation.ts";

export { QueueDoesNotExist, SQSServiceException } from "@aws-sdk/client-sqs";

const service: Service = {
    serviceId: "SQS",
    host: "sqs",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-query-mode": "true" },
    target: "AmazonSQS",
    exceptions: {
        base: SQSServiceException,
        byName: {
            BatchEntryIdsNotDistinct,
            BatchRequestTooLong,
            EmptyBatchRequest,
            InvalidAddress,
            InvalidAttributeName,
            InvalidBatchEntryId,
            InvalidMessageContents,
            InvalidSecurity,
            KmsAccessDenied,
            KmsDisabled,
            KmsInvalidKeyUsage,
            KmsInvalidState,
            KmsNotFound,
            KmsOptInRequired,
            KmsThrottled,
            QueueDoesNotExist,
            RequestThrottled,
            TooManyEntriesInBatchRequest,
            UnsupportedOperation,
        },
        queryNames: {
            "AWS.SimpleQueueService.BatchEntryIdsNotDistinct": "BatchEntryIdsNotDistinct",
            "AWS.SimpleQueueService.BatchRequestTooLong": "BatchRequestTooLong",
            "AWS.SimpleQueueService.EmptyBatchRequest": "EmptyBatchRequest",
            "AWS.SimpleQueueService.InvalidBatchEntryId": "InvalidBatchEntryId",
            "AWS.SimpleQueueService.NonExistentQueue": "QueueDoesNotExist",
            "AWS.SimpleQueueService.TooManyEntriesInBatchRequest": "TooManyEntriesInBatchRequest",
            "AWS.SimpleQueueService.UnsupportedOperation": "UnsupportedOperation",
            "KMS.AccessDeniedException": "KmsAccessDenied",
            "KMS.DisabledException": "KmsDisabled",
            "KMS.InvalidKeyUsageException": "KmsInvalidKeyUsage",
            "KMS.InvalidStateException": "KmsInvalidState",
            "KMS.NotFoundException": "KmsNotFound",
            "KMS.OptInRequired": "KmsOptInRequired",
            "KMS.ThrottlingException": "KmsThrottled",
        },
    },
    hostIn: queueHost,
};

export class SQSClient extends Client {
    constructor(config: ClientConfig & { readonly useQueueUrlAsEndpoint?: boolean } = {}) {
        const { hostIn, ...elsewhere } = service;
        super(config.useQueueUrlAsEndpoint === false ? elsewhere : service, config);
    }
}

/** A queue's URL says where it is; its host goes before the endpoint. */
function queueHost({ QueueUrl }: { readonly QueueUrl?: string }, endpoint: URL): URL {
    if (QueueUrl === undefined || QueueUrl.startsWith(`${endpoint.origin}/`)) return endpoint;
    if (!URL.canParse(QueueUrl)) return endpoint;
    return new URL(new URL(QueueUrl).origin);
}

export class GetQueueAttributesCommand extends Command<GetQueueAttributesCommandInput> {
    readonly operation: Operation = { name: "GetQueueAttributes" };
}

export class SendMessageCommand extends Command<SendMessageCommandInput> {
    readonly operation: Operation = {
        name: "SendMessage",
        check({ MessageBody }: SendMessageCommandInput, { MD5OfMessageBody }: SendMessageCommandOutput) {
            if (MD5OfMessageBody !== md5(MessageBody)) throw new Error("InvalidChecksumError");
        },
    };
}

export class SendMessageBatchCommand extends Command<SendMessageBatchCommandInput> {
    readonly operation: Operation = {
        name: "SendMessageBatch",
        check({ Entries = [] }: SendMessageBatchCommandInput, { Successful = [] }: SendMessageBatchCommandOutput) {
            const bodies = new Map(Entries.map(({ Id, MessageBody }) => [Id, MessageBody]));
            const wrong = Successful.filter(
                ({ Id, MD5OfMessageBody }) => bodies.has(Id) && MD5OfMessageBody !== md5(bodies.get(Id)),
            );
            if (wrong.length === 0) return;
            const ids = wrong.map(({ MessageId }) => MessageId);
            throw new Error(`Invalid MD5 checksum on messages: ${ids.join(", ")}`);
        },
    };
}

const md5 = (text = "") => hash("md5", text);
