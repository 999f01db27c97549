import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";
import type { RetryErrorInfo, RetryErrorType, SdkError } from "@smithy/types";
import { abortError } from "./transport.ts";

/** What the SDK's retry strategy decides by. */
export function reasonToRetry(error: unknown): RetryErrorInfo {
    // Whatever is thrown: the SDK's tests look at members that may be absent.
    const failure = error as SdkError;
    const retryAfterHint = failure.$response && retryAfter(failure.$response.headers);
    return { error: failure, errorType: kindOf(failure), ...(retryAfterHint && { retryAfterHint }) };
}

function kindOf(error: SdkError): RetryErrorType {
    if (isThrottlingError(error)) return "THROTTLING";
    if (isTransientError(error)) return "TRANSIENT";
    return isServerError(error) ? "SERVER_ERROR" : "CLIENT_ERROR";
}

/** When the service asks for the next try: in milliseconds, in seconds, or by a date. Undefined if it does not. */
function retryAfter({ "retry-after": text, "x-amz-retry-after": ms }: Readonly<Record<string, string>>) {
    if (text !== undefined) {
        const time = /^\d+(\.\d+)?$/.test(text) ? Date.now() + Number(text) * 1000 : Date.parse(text);
        return Number.isNaN(time) ? undefined : new Date(time);
    }
    return ms === undefined || Number.isNaN(Number(ms)) ? undefined : new Date(Date.now() + Number(ms));
}

/** Rejects with an AbortError as soon as the signal is given. */
export function unlessAborted<Value>(promise: Promise<Value>, abortSignal: AbortSignal | undefined): Promise<Value> {
    if (abortSignal === undefined) return promise;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => reject(abortError());
    if (abortSignal.aborted) abort();
    else abortSignal.addEventListener("abort", abort, { once: true });
    return Promise.race([promise, aborted]).finally(() => abortSignal.removeEventListener("abort", abort));
}
