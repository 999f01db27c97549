import { EnvironmentError } from "../../../shared/environment.ts";
import { isJsonObject, type JsonObject } from "../../../shared/json.ts";
import type { AuthenticationMetadata } from "../../domain/protocol.ts";

/** The merchant's account at Stripe, from the secret. */
export interface StripeAccount {
    /** `sk_…`, or better a restricted key (`rk_…`) with permission to read granted tokens and write payment intents. */
    readonly secretKey: string;
    /** For the buyer's authentication by the agent. Absent: a charge that needs it is declined. */
    readonly acquirer?: Acquirer;
    /** Base URL of a test double. @default Stripe's API */
    readonly apiBase?: URL;
}

export type Acquirer = AuthenticationMetadata["acquirer_details"];

/**
 * @param secret JSON `{secretKey, acquirer?, apiBase?}`; `acquirer` is the protocol's `acquirer_details`; other members
 * are ignored. Throws EnvironmentError, which never quotes the secret.
 */
export function accountIn(secret: string): StripeAccount {
    const value = objectIn(secret);
    const { acquirer, apiBase } = value;
    return {
        secretKey: text(value, "secretKey"),
        ...(acquirer !== undefined && { acquirer: acquirerIn(acquirer) }),
        ...(apiBase !== undefined && { apiBase: urlIn(apiBase) }),
    };
}

function objectIn(secret: string): JsonObject {
    let value: unknown;
    try {
        value = JSON.parse(secret);
    } catch {
        // Without the parser's error as cause, which quotes the secret.
        throw new EnvironmentError("the payment secret is not JSON");
    }
    if (!isJsonObject(value)) throw new EnvironmentError("the payment secret is not a JSON object");
    return value;
}

function acquirerIn(value: unknown): Acquirer {
    if (!isJsonObject(value)) throw new EnvironmentError("acquirer in the payment secret is not an object");
    return {
        acquirer_bin: text(value, "acquirer_bin"),
        acquirer_country: text(value, "acquirer_country"),
        acquirer_merchant_id: text(value, "acquirer_merchant_id"),
        merchant_name: text(value, "merchant_name"),
        ...(value["requestor_id"] !== undefined && { requestor_id: text(value, "requestor_id") }),
    };
}

function urlIn(value: unknown): URL {
    const url = typeof value === "string" ? URL.parse(value) : null;
    if (url === null || !/^https?:$/.test(url.protocol)) {
        throw new EnvironmentError("apiBase in the payment secret is not a URL");
    }
    return url;
}

function text(object: JsonObject, name: string): string {
    const value = object[name];
    if (typeof value !== "string" || value === "") throw new EnvironmentError(`the payment secret has no ${name}`);
    return value;
}
