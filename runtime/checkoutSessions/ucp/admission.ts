import type { HttpAnswer, HttpRequest } from "../../shared/http.ts";
import type { Log } from "../../shared/log.ts";
import type { Negotiated } from "./platform.ts";

/** A request whose platform is known, and with which there is something in common. */
export interface Admitted extends Negotiated {
    /** The request was signed, so the answer is. */
    readonly mustSign: boolean;
}

/** A protocol error: the request is not looked at further. */
export interface Refusal {
    readonly status: 400 | 401 | 403 | 409 | 422 | 424 | 429 | 503;
    /** `signature_invalid` */
    readonly code: string;
    /** For people. */
    readonly content: string;
    /** Seconds. */
    readonly retryAfter?: number;
}

/** Lets requests in, and signs the answers to those that were signed. */
export interface Admission {
    /** @param profile URL of the platform's profile. @default the one that the header `UCP-Agent` names */
    admit(request: HttpRequest, log: Log, profile?: string): Promise<Admitted | Refusal>;
    finish(answer: HttpAnswer, admitted: Admitted): Promise<HttpAnswer>;
}
