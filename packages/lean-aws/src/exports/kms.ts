import {
    DependencyTimeoutException,
    DisabledException,
    DryRunOperationException,
    type GetPublicKeyCommandInput,
    InvalidArnException,
    InvalidGrantTokenException,
    InvalidKeyUsageException,
    KeyUnavailableException,
    KMSInternalException,
    KMSInvalidStateException,
    KMSServiceException,
    NotFoundException,
    type SignCommandInput,
    UnsupportedOperationException,
} from "@aws-sdk/client-kms";
import { Client, type Service } from "../client.ts";
import type { ClientConfig } from "../configuration.ts";
import { Command, type Operation } from "../operation.ts";

const service: Service = {
    serviceId: "KMS",
    host: "kms",
    headers: { "content-type": "application/x-amz-json-1.1" },
    target: "TrentService",
    exceptions: {
        base: KMSServiceException,
        byName: {
            DependencyTimeoutException,
            DisabledException,
            DryRunOperationException,
            InvalidArnException,
            InvalidGrantTokenException,
            InvalidKeyUsageException,
            KeyUnavailableException,
            KMSInternalException,
            KMSInvalidStateException,
            NotFoundException,
            UnsupportedOperationException,
        },
    },
};

export class KMSClient extends Client {
    constructor(config: ClientConfig = {}) {
        super(service, config);
    }
}

export class SignCommand extends Command<SignCommandInput> {
    readonly operation: Operation = { name: "Sign", bytes: ["Signature"] };
}

export class GetPublicKeyCommand extends Command<GetPublicKeyCommandInput> {
    readonly operation: Operation = { name: "GetPublicKey", bytes: ["PublicKey"] };
}
