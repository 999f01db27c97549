import { retryAfterOf } from "./schedule.ts";
import type { Reply } from "./sender.ts";

/** What an attempt has come to. */
export interface ResponseClass {
    readonly succeeded: boolean;
    readonly httpStatus?: number;
    readonly response?: string;
    /** Why it failed, in words. */
    readonly error?: string;
    /** Too many requests, or no answer in time. */
    readonly isOverloaded: boolean;
    readonly retryAfterMs?: number;
    /** Whether the endpoint wants nothing any more, and who says so: 410 Gone, or its owner by a header. */
    readonly disable?: "gone" | "owner";
    /** The endpoint does not want this one again. */
    readonly isRefusedForGood: boolean;
}

/** Only 2xx is success. Redirects are not followed: whoever moves changes the endpoint's URL. */
export function classifyResponse(reply: Reply, now: number): ResponseClass {
    if (reply.kind !== "answer") {
        const isOverloaded = reply.kind === "timeout";
        return { succeeded: false, error: reply.error, isOverloaded, isRefusedForGood: false };
    }
    const { httpStatus, response, control } = reply;
    const succeeded = httpStatus >= 200 && httpStatus < 300;
    const retryAfterMs = retryAfterOf(reply.retryAfter, now);
    const isGone = httpStatus === 410;
    const isRefusedForGood = !succeeded && control === "abort-message";
    return {
        succeeded,
        httpStatus,
        response,
        ...(!succeeded && { error: errorOf(httpStatus, isRefusedForGood) }),
        isOverloaded: httpStatus === 429,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(isGone ? { disable: "gone" } : control === "disable" ? { disable: "owner" } : {}),
        isRefusedForGood,
    };
}

function errorOf(httpStatus: number, isRefusedForGood: boolean): string {
    if (isRefusedForGood) return `HTTP ${httpStatus}: the receiver does not want it again`;
    const isRedirect = httpStatus >= 300 && httpStatus < 400;
    return isRedirect ? `HTTP ${httpStatus}: redirects are not followed` : `HTTP ${httpStatus}`;
}
