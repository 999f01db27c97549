import {
    ConditionalCheckFailedException,
    DynamoDBServiceException,
    type GetItemCommandInput,
    IdempotentParameterMismatchException,
    InternalServerError,
    InvalidEndpointException,
    ItemCollectionSizeLimitExceededException,
    ProvisionedThroughputExceededException,
    ReplicatedWriteConflictException,
    RequestLimitExceeded,
    ResourceNotFoundException,
    ThrottlingException,
    TransactionCanceledException,
    TransactionConflictException,
    TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import { Client, type Service } from "../client.ts";
import type { ClientConfig } from "../configuration.ts";
import { Command, type Operation } from "../operation.ts";

export {
    ConditionalCheckFailedException,
    DynamoDBServiceException,
    TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";

const service: Service = {
    serviceId: "DynamoDB",
    host: "dynamodb",
    headers: { "content-type": "application/x-amz-json-1.0" },
    target: "DynamoDB_20120810",
    exceptions: {
        base: DynamoDBServiceException,
        byName: {
            ConditionalCheckFailedException,
            IdempotentParameterMismatchException,
            InternalServerError,
            InvalidEndpointException,
            ItemCollectionSizeLimitExceededException,
            ProvisionedThroughputExceededException,
            ReplicatedWriteConflictException,
            RequestLimitExceeded,
            ResourceNotFoundException,
            ThrottlingException,
            TransactionCanceledException,
            TransactionConflictException,
            TransactionInProgressException,
        },
    },
    // The SDK's for DynamoDB.
    maxAttempts: 4,
    baseDelay: 25,
};

export class DynamoDBClient extends Client {
    constructor(config: ClientConfig = {}) {
        super(service, config);
    }
}

export class GetItemCommand extends Command<GetItemCommandInput> {
    readonly operation: Operation = { name: "GetItem", attributes: true };
}
