import {
    DecryptionFailure,
    type DescribeSecretCommandInput,
    EncryptionFailure,
    type GetSecretValueCommandInput,
    InternalServiceError,
    InvalidParameterException,
    InvalidRequestException,
    LimitExceededException,
    type PutSecretValueCommandInput,
    ResourceExistsException,
    ResourceNotFoundException,
    SecretsManagerServiceException,
    type UpdateSecretVersionStageCommandInput,
} from "@aws-sdk/client-secrets-manager";
import { Client, type Service } from "../client.ts";
import type { ClientConfig } from "../configuration.ts";
import { Command, type Operation } from "../operation.ts";

export { ResourceNotFoundException, SecretsManagerServiceException } from "@aws-sdk/client-secrets-manager";

const service: Service = {
    serviceId: "Secrets Manager",
    host: "secretsmanager",
    headers: { "content-type": "application/x-amz-json-1.1" },
    target: "secretsmanager",
    exceptions: {
        base: SecretsManagerServiceException,
        byName: {
            DecryptionFailure,
            EncryptionFailure,
            InternalServiceError,
            InvalidParameterException,
            InvalidRequestException,
            LimitExceededException,
            ResourceExistsException,
            ResourceNotFoundException,
        },
    },
};

export class SecretsManagerClient extends Client {
    constructor(config: ClientConfig = {}) {
        super(service, config);
    }
}

export class GetSecretValueCommand extends Command<GetSecretValueCommandInput> {
    readonly operation: Operation = { name: "GetSecretValue", times: ["CreatedDate"], bytes: ["SecretBinary"] };
}

export class DescribeSecretCommand extends Command<DescribeSecretCommandInput> {
    readonly operation: Operation = {
        name: "DescribeSecret",
        times: [
            "LastRotatedDate",
            "LastChangedDate",
            "LastAccessedDate",
            "DeletedDate",
            "NextRotationDate",
            "CreatedDate",
        ],
    };
}

export class PutSecretValueCommand extends Command<PutSecretValueCommandInput> {
    readonly operation: Operation = { name: "PutSecretValue", token: "ClientRequestToken" };
}

export class UpdateSecretVersionStageCommand extends Command<UpdateSecretVersionStageCommandInput> {
    readonly operation: Operation = { name: "UpdateSecretVersionStage" };
}
