import { EnvironmentError } from "../../../shared/environment.ts";
import { isJsonObject, type JsonObject } from "../../../shared/json.ts";
import type { AuthenticationMetadata } from "../../domain/protocol.ts";

/** The merchant's account at Stripe, as the secret holds it. */
export interface StripeAccount {
    /** `sk_…`, or better a restricted key (`rk_…`) that may read granted tokens and write payment intents. */
    readonly secretKey: string;
    /** For the buyer's authentication by the agent. Absent: a charge that needs it is declined. */
    readonly acquirer?: Acquirer;
    /** Another address than Stripe's own, for a double: below its path, if it has one. */
    readonly apiBase?: URL;
}

export type Acquirer = AuthenticationMetadata["acquirer_details"];

/**
 * @param secret JSON `{secretKey, acquirer?, apiBase?}`; `acquirer` as the protocol's `acquirer_details`; what else is
 * in it is left alone. Throws EnvironmentError, which never quotes the secret.
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
        // Without the parser's error as a cause: it quotes what it could not parse.
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
