import type { Principal } from "../identity/principal.ts";

/** The services the embedded cloud answers for, by their signing names. */
export type ServiceName =
    | "sqs"
    | "sns"
    | "s3"
    | "dynamodb"
    | "events"
    | "scheduler"
    | "lambda"
    | "ses"
    | "secretsmanager"
    | "kms"
    | "sts"
    | "logs"
    | "iam"
    | "apigateway"
    | "monitoring";

/** An answer that AWS would give as an error: `code` as the SDK shows it in `error.name`. */
export class AwsError extends Error {
    readonly code: string;
    readonly status: number;
    readonly details: Readonly<Record<string, unknown>>;

    constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
        super(message);
        this.name = code;
        this.code = code;
        this.status = status;
        this.details = details;
    }
}

/**
 * One call of the AWS API inside the cloud: the caller's right is checked exactly as at the HTTP endpoint, then the
 * service does it. Input and output are the shapes of the service's JSON protocol (`{QueueUrl, MessageBody}`).
 * Throws AwsError.
 */
export type AwsCall = (
    principal: Principal,
    service: ServiceName,
    action: string,
    input: Readonly<Record<string, unknown>>,
) => Promise<Record<string, unknown>>;
