import { EnvironmentError } from "../../../shared/environment.ts";
import { isJsonObject, type JsonObject } from "../../../shared/json.ts";

/** The merchant's account at Stripe, from the secret. */
export interface StripeAccount {
    /** `sk_…`, or better a restricted key (`rk_…`) with permission to read granted tokens and write payment intents. */
    readonly secretKey: string;
    /** `whsec_…`: signs Stripe's events. Absent: every event is refused. */
    readonly webhookSecret?: string;
    /** Base URL of a test double. @default Stripe's API */
    readonly apiBase?: URL;
}

/**
 * @param secret JSON `{secretKey, webhookSecret?, apiBase?}`; other members are ignored. Throws EnvironmentError, which
 * never quotes the secret.
 */
export function accountIn(secret: string): StripeAccount {
    const value = objectIn(secret);
    const { apiBase } = value;
    return {
        secretKey: text(value, "secretKey"),
        ...(value["webhookSecret"] !== undefined && { webhookSecret: text(value, "webhookSecret") }),
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
