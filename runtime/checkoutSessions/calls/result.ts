import type { Context } from "aws-lambda";
import { UnprocessedKeysError } from "../../shared/batchGet.ts";
import { TransactionContendedError } from "../../shared/transact.ts";
import type { Call, Result, Served } from "../domain/call.ts";
import { busy, contended, failed, type Problem, unavailable } from "../domain/problem.ts";
import { asideOf } from "../session/aside.ts";
import { HoldContendedError } from "../session/completionStore.ts";
import { present } from "../session/session.ts";
import type { SessionVersions } from "../session/versions.ts";

/** A result, and whether it is the stored one of an earlier request. */
export interface Resulted {
    readonly result: Result;
    readonly isReplay: boolean;
}

/**
 * The share of the function's timeout for a call. API Gateway has the same timeout, which includes a cold start: the rest
 * is for that and for the response; otherwise API Gateway would answer itself.
 */
const workingShare = 5 / 6;

/** The answer, or another one if it takes too long. */
export async function inTime<Answer>(
    context: Pick<Context, "getRemainingTimeInMillis">,
    answering: Promise<Answer>,
    tooLate: () => Answer,
): Promise<Answer> {
    const late = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => late.resolve(tooLate()), context.getRemainingTimeInMillis() * workingShare);
    try {
        return await Promise.race([answering, late.promise]);
    } finally {
        clearTimeout(timer);
    }
}

/** The result of a call, also of one that failed. @param operation for the log: `POST /checkout_sessions` */
export async function resultOf(
    call: Call,
    operation: string,
    serving: Promise<Served>,
    versions: Pick<SessionVersions, "at">,
): Promise<Resulted> {
    try {
        const resulted = await resulting(await serving, versions);
        note(resulted, call, operation);
        return resulted;
    } catch (error) {
        return { result: { problem: problemOf(error, call, operation) }, isReplay: false };
    }
}

async function resulting(served: Served, versions: Pick<SessionVersions, "at">): Promise<Resulted> {
    if (!("replay" in served)) {
        const result = "session" in served ? { ...served, session: present(served.session, new Date()) } : served;
        return { result, isReplay: false };
    }
    const { replay } = served;
    if ("content" in replay) {
        return { result: { status: replay.status, body: JSON.parse(replay.content) }, isReplay: true };
    }
    if ("body" in replay) {
        const { error, headers }: Pick<Problem, "error" | "headers"> = JSON.parse(replay.body);
        // Only problems are kept as text, with the status of one.
        const status = replay.status as Problem["status"];
        return { result: { problem: { status, error, ...(headers && { headers }) } }, isReplay: true };
    }
    const version = await versions.at(replay.sessionId, replay.version);
    if (version === undefined) throw new Error(`version ${replay.version} of ${replay.sessionId} is gone`);
    const session = present(version.session, new Date(version.timestamp));
    return { result: { status: replay.status, session, ...asideOf(version) }, isReplay: true };
}

function note({ result, isReplay }: Resulted, { log }: Call, route: string): void {
    if (isReplay) {
        log.info("Answered again", { status: "problem" in result ? result.problem.status : result.status });
    } else if ("problem" in result) {
        log.info("Checkout request refused", fieldsOf(result.problem));
    } else if ("body" in result) {
        log.info("Checkout request answered", { status: result.status, route });
    }
}

/** Without the message, which may contain personal data. */
export const fieldsOf = ({ status, error: { code, param } }: Problem) => ({ status, code, param });

function problemOf(error: unknown, { log }: Call, route: string): Problem {
    if (error instanceof TransactionContendedError) {
        const problem = contended("other requests are changing the session");
        log.info("Checkout request refused", fieldsOf(problem));
        return problem;
    }
    if (error instanceof HoldContendedError) {
        log.warn("Completions compete for the same stock", { error });
        return busy();
    }
    log.error("A checkout request could not be processed", { error, route });
    return isAway(error) ? unavailable("try again in a moment") : failed(route === "POST /checkout_sessions");
}

/** Whether AWS is unavailable, after the SDK's retries. */
function isAway(error: unknown): boolean {
    if (error instanceof UnprocessedKeysError) return true;
    if (!(error instanceof Error)) return false;
    const { $metadata: { httpStatusCode } = {}, $retryable, code, name } = error as ServiceFault;
    const isPassing =
        $retryable !== undefined || throttles.has(name) || (code !== undefined && networkFaults.has(code));
    return (httpStatusCode ?? 0) >= 500 || isPassing;
}

/** Members of the SDK's errors. */
interface ServiceFault extends Error {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: object;
    readonly code?: string;
}

// DynamoDB's status is 400, and the SDK does not mark them as throttling.
const throttles = new Set([
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "TransactionInProgressException",
]);
const networkFaults = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EAI_AGAIN"]);
