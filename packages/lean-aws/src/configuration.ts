import type { Credentials } from "./signature.ts";

/** What a service is known by. */
export interface Endpoint {
    /** `Secrets Manager`, in AWS_ENDPOINT_URL_SECRETS_MANAGER. */
    readonly serviceId: string;
    /** The first part of its host name, and its name in signatures. */
    readonly host: string;
}

/** What a client may be told; all else comes from the environment, as Lambda sets it. */
export interface ClientConfig {
    readonly region?: string;
    /** Tries of a call. */
    readonly maxAttempts?: number;
    /** Of a session of another role. @default the function's own, from the environment */
    readonly credentials?: Credentials;
}

/** The environment or the code asks for something that only the AWS SDK does. */
export class UnsupportedConfigurationError extends Error {
    override readonly name = "UnsupportedConfigurationError";

    constructor(what: string) {
        super(`lean-aws does not support ${what}; use the AWS SDK`);
    }
}

const known = new Set(["region", "maxAttempts", "credentials", "useQueueUrlAsEndpoint"]);

/** Refuses what would otherwise be ignored. */
export function refuseUnsupported(config: object): void {
    for (const name of Object.keys(config)) {
        if (!known.has(name)) throw new UnsupportedConfigurationError(`the option ${name} of a client`);
    }
    const { env } = process;
    for (const name of ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"]) {
        if (env[name]?.toLowerCase() === "true") throw new UnsupportedConfigurationError(`${name}=true`);
    }
    if (env["AWS_RETRY_MODE"] === "adaptive") throw new UnsupportedConfigurationError("AWS_RETRY_MODE=adaptive");
    if (env["AWS_ACCOUNT_ID_ENDPOINT_MODE"] === "required") {
        throw new UnsupportedConfigurationError("AWS_ACCOUNT_ID_ENDPOINT_MODE=required");
    }
}

export function regionOf({ region = process.env["AWS_REGION"] }: ClientConfig): string {
    if (!region) throw new Error("Region is missing");
    // It becomes a part of the host's name, to which signed requests go.
    if (!/^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i.test(region)) {
        throw new Error(`Region not accepted: region="${region}" is not a valid hostname component.`);
    }
    if (/^fips-|-fips$/.test(region)) throw new UnsupportedConfigurationError("FIPS regions");
    return region;
}

export function maxAttemptsOf({ maxAttempts }: ClientConfig, usual: number): number {
    if (maxAttempts !== undefined) return maxAttempts;
    const text = process.env["AWS_MAX_ATTEMPTS"];
    if (!text) return usual;
    const given = Number.parseInt(text, 10);
    if (Number.isNaN(given)) throw new Error(`AWS_MAX_ATTEMPTS must be a number, and is ${text}`);
    return given;
}

/** Those of the function's role, which Lambda sets for the life of the process. */
export function credentials(): Credentials {
    const accessKeyId = process.env["AWS_ACCESS_KEY_ID"];
    const secretAccessKey = process.env["AWS_SECRET_ACCESS_KEY"];
    const sessionToken = process.env["AWS_SESSION_TOKEN"];
    if (!accessKeyId || !secretAccessKey) {
        const error = new Error("Unable to find environment variable credentials.");
        throw Object.assign(error, { name: "CredentialsProviderError" });
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** DNS suffixes of the partitions besides `aws`, by the beginning of their regions. */
const suffixes = {
    "cn-": "amazonaws.com.cn",
    "eusc-": "amazonaws.eu",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "eu-isoe-": "cloud.adc-e.uk",
    "us-isof-": "csp.hci.ic.gov",
} as const;

/** Where a service is: in its region, or where AWS_ENDPOINT_URL_<SERVICE> or AWS_ENDPOINT_URL says. */
export function endpointUrl({ serviceId, host }: Endpoint, region: string): URL {
    const { env } = process;
    const own = `AWS_ENDPOINT_URL_${serviceId.replaceAll(" ", "_").toUpperCase()}`;
    const configured =
        env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true" ? undefined : env[own] || env["AWS_ENDPOINT_URL"];
    if (configured) return new URL(configured);
    const [, suffix = "amazonaws.com"] = Object.entries(suffixes).find(([prefix]) => region.startsWith(prefix)) ?? [];
    return new URL(`https://${host}.${region}.${suffix}`);
}
