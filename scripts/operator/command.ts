import { StackConfigError } from "../../local/graph/stackConfig.ts";

/** What commands end with. */
export const exitCodes = { good: 0, found: 1, unusable: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was not called as it can be; the message says how. */
export class UsageError extends Error {
    override readonly name = "UsageError";
}

/** What a command needs does not answer, or is not there; the message says what to do. */
export class Unreachable extends Error {
    override readonly name = "Unreachable";
}

/** Runs a command to its exit code. What keeps it from its work is told in a few words, with what to do about it. */
export async function runCommand(command: () => Promise<ExitCode>): Promise<void> {
    try {
        process.exitCode = await command();
    } catch (error) {
        console.error(adviceOn(error));
        process.exitCode = exitCodes.unusable;
    }
}

const credentials =
    "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without --env the embedded cloud is meant";

export function adviceOn(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const { name, message } = error;
    const code = codeOf(error);
    if (code === "ECONNREFUSED") {
        return "nothing answers there: start the embedded cloud with npm start, or name an environment on AWS with --env";
    }
    if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `${message}: is there such a region, and a network?`;
    if (name === "CredentialsProviderError" || name === "TokenProviderError") {
        return `there are no AWS credentials (${message}): ${credentials}`;
    }
    if (/^(UnrecognizedClient|InvalidClientTokenId|ExpiredToken|InvalidSignature|SignatureDoesNotMatch)/.test(name)) {
        return `AWS does not take these credentials (${message}): ${credentials}`;
    }
    if (/^(AccessDenied|AuthorizationError)/.test(name)) return `these credentials may not do that: ${message}`;
    if (error instanceof UsageError || error instanceof Unreachable || error instanceof StackConfigError)
        return message;
    // parseArgs tells what it does not understand.
    return code?.startsWith("ERR_PARSE_ARGS") ? message : `${name}: ${message}`;
}

/** The code of a fault of Node's; of several addresses tried, the first one's. */
function codeOf(error: Error): string | undefined {
    const [first] = error instanceof AggregateError ? error.errors : [];
    const { code = first?.code }: NodeJS.ErrnoException = error;
    return code ?? (error.cause instanceof Error ? codeOf(error.cause) : undefined);
}
