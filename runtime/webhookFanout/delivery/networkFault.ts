import { AddressRefusedError, notPublicName } from "../../shared/destination.ts";

/** Why a request has no answer, for the endpoint's owner: without addresses, and without Node.js's own texts. */
export function networkFaultOf(error: unknown, hostname: string): string {
    if (error instanceof AddressRefusedError) return error.message;
    const code = codeOf(error) ?? "";
    // As for a name that resolves to private addresses, so that owners cannot probe internal names.
    if (/^(ENOTFOUND|EAI_)/.test(code)) return notPublicName(hostname);
    const [, words] = faults.find(([codes]) => codes.test(code)) ?? [];
    return words ?? `the request failed${/^[A-Z][A-Z0-9_]+$/.test(code) ? ` (${code})` : ""}`;
}

/** Codes of Node.js and OpenSSL. */
const faults: readonly (readonly [codes: RegExp, words: string])[] = [
    [/^ECONNREFUSED$/, "the connection was refused"],
    [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, "the connection was closed before an answer"],
    [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, "the address cannot be reached"],
    [/^HPE_/, "the answer is not HTTP"],
    [/^CERT_HAS_EXPIRED$/, "the certificate has expired"],
    [/^CERT_NOT_YET_VALID$/, "the certificate is not valid yet"],
    [/^ERR_TLS_CERT_ALTNAME_/, "the certificate is for another name"],
    [/SELF_SIGNED_CERT/, "the certificate is self-signed"],
    [/^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT)/, "the certificate's issuer is unknown"],
    [/^(CERT_|UNABLE_TO_|CRL_|INVALID_|PATH_LENGTH_|HOSTNAME_MISMATCH)/, "the certificate is not valid"],
    [/^(EPROTO|ERR_SSL_|ERR_TLS_)/, "no TLS connection could be established"],
];

export function codeOf(error: unknown): string | undefined {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
