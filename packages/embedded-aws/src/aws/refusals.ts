import { AwsError, type ServiceName } from "./call.ts";

/** How a service refuses a caller whose policies do not allow the call. */
export function accessDenied(service: ServiceName, reason: string): AwsError {
    switch (service) {
        case "sqs":
            return new AwsError("AccessDenied", reason, 403);
        case "sns":
            return new AwsError("AuthorizationError", reason, 403);
        case "s3":
        case "sts":
        case "iam":
            return new AwsError("AccessDenied", reason, 403);
        case "lambda":
        case "ses":
        case "scheduler":
        case "apigateway":
            return new AwsError("AccessDeniedException", reason, 403);
        case "dynamodb":
        case "events":
        case "secretsmanager":
        case "kms":
        case "logs":
        case "monitoring":
            return new AwsError("AccessDeniedException", reason, 400);
    }
}

/** How a service refuses a request that is not signed. */
export function notSigned(service: ServiceName): AwsError {
    if (service === "s3") return new AwsError("AccessDenied", "Access Denied", 403);
    const code = speaksXml(service) ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException";
    return new AwsError(code, "Missing Authentication Token", 403);
}

/** The error of a service for an unknown access key. */
export function unknownKey(service: ServiceName): AwsError {
    if (service === "s3") {
        const message = "The AWS Access Key Id you provided does not exist in our records.";
        return new AwsError("InvalidAccessKeyId", message, 403);
    }
    const code = speaksXml(service) ? "InvalidClientTokenId" : "UnrecognizedClientException";
    return new AwsError(code, "The security token included in the request is invalid.", speaksXml(service) ? 403 : 400);
}

function speaksXml(service: ServiceName): boolean {
    return service === "sns" || service === "sts" || service === "iam";
}

/** How a service says that it does not have an operation: by its protocol's own code and status. */
export function noOperation(service: ServiceName, action: string): AwsError {
    const message = `The embedded cloud has no ${service}:${action}.`;
    if (speaksXml(service)) return new AwsError("InvalidAction", message);
    return new AwsError("UnknownOperationException", message, isRest(service) ? 404 : 400);
}

function isRest(service: ServiceName): boolean {
    return service === "lambda" || service === "ses" || service === "scheduler" || service === "apigateway";
}

const deniedCodes: ReadonlySet<string> = new Set(["AccessDenied", "AccessDeniedException", "AuthorizationError"]);

/** Whether a call failed because its caller may not make it. */
export function isDenied(error: unknown): boolean {
    return error instanceof AwsError && deniedCodes.has(error.code);
}

/** Whether the same call would fail again however often it is made: not so when the service was busy or broken. */
export function isPermanent(error: unknown): boolean {
    return error instanceof AwsError && error.status < 500 && error.status !== 429 && !/Throttl/.test(error.code);
}

/** Why an action of a transaction was not done, in the place of the action. */
export interface CancellationReason {
    /** `None` where it is another action's fault. */
    readonly Code: string;
    readonly Message?: string;
}

/** How TransactWriteItems and TransactGetItems say that nothing of them was done. */
export function transactionCancelled(CancellationReasons: readonly CancellationReason[]): AwsError {
    const codes = CancellationReasons.map(({ Code }) => Code).join(", ");
    const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
    return new AwsError("TransactionCanceledException", message, 400, { CancellationReasons });
}

const ongoing = "Transaction is ongoing for the item";
export const conflicting: CancellationReason = { Code: "TransactionConflict", Message: ongoing };
export const transactionConflict = () => new AwsError("TransactionConflictException", ongoing);
