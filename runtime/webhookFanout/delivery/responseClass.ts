import { retryAfterOf } from "../../shared/retryAfter.ts";
import type { Reply } from "./sender.ts";

/** Classification of an endpoint's response. */
export interface ResponseClass {
    readonly succeeded: boolean;
    readonly httpStatus?: number;
    readonly response?: string;
    /** Reason of the failure. */
    readonly error?: string;
    /** Status 429 or timeout. */
    readonly isOverloaded: boolean;
    readonly retryAfterMs?: number;
    /** Disable the endpoint: `gone` for status 410, `owner` by a response header. */
    readonly disable?: "gone" | "owner";
    /** No more attempts of this delivery, by a response header. */
    readonly isRefusedForGood: boolean;
}

/** Only 2xx is success. Redirects are not followed; clients change the endpoint's URL instead. */
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
        ...(!succeeded && { error: reply.error ?? errorOf(httpStatus, isRefusedForGood) }),
        isOverloaded: httpStatus === 429,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(isGone ? { disable: "gone" } : control === "disable" ? { disable: "owner" } : {}),
        isRefusedForGood,
    };
}

/** What the log of attempts contains of it. */
export function loggedMembers({ succeeded, httpStatus, response, error }: ResponseClass) {
    return {
        status: succeeded ? "succeeded" : "failed",
        ...(httpStatus !== undefined && { httpStatus }),
        ...(response !== undefined && { response }),
        ...(error !== undefined && { error }),
    } as const;
}

function errorOf(httpStatus: number, isRefusedForGood: boolean): string {
    if (isRefusedForGood) return `HTTP ${httpStatus}: refused for good by the receiver`;
    const isRedirect = httpStatus >= 300 && httpStatus < 400;
    return isRedirect ? `HTTP ${httpStatus}: redirects are not followed` : `HTTP ${httpStatus}`;
}
