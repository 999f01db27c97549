/** What a Signature Version 4 tells about a request before anything is verified. */
interface CredentialScope {
    readonly accessKeyId: string;
    readonly region: string;
    /** Signing name: `sqs`, `s3`, `ses`… */
    readonly service: string;
}

/**
 * Reads the credential scope from the Authorization header or, of a presigned URL, from the query:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 * Undefined when the request is not signed.
 */
export function credentialScope(
    authorization: string | undefined,
    query: URLSearchParams,
): CredentialScope | undefined {
    const credential =
        /^AWS4-HMAC-SHA256\s.*?Credential=([^,\s]+)/.exec(authorization ?? "")?.[1] ??
        query.get("X-Amz-Credential") ??
        "";
    const [accessKeyId, , region, service] = credential.split("/");
    if (!accessKeyId || !region || !service) return undefined;
    return { accessKeyId, region, service };
}

/** The invocation that a call belongs to, by the header of X-Ray that clients send on: its digits are those of the request id. */
export function invocationOf(header: string | string[] | undefined): string | undefined {
    const [, root = "", parent = ""] =
        /^Root=1-[0-9a-f]{8}-([0-9a-f]{24});Parent=([0-9a-f]{16})/.exec(String(header)) ?? [];
    if (root === "" || root.slice(16) !== parent.slice(0, 8)) return undefined;
    return `${root}${parent.slice(8)}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
