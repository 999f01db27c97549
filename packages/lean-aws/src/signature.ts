import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";

export interface Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
}

/** What a signature covers. */
export interface Signable {
    readonly method: string;
    /** As it is sent, percent-encoded once. */
    readonly path: string;
    readonly query: Readonly<Record<string, string | readonly string[]>>;
    /** Names in lower case. All are signed but those that proxies may change. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

interface Signer {
    readonly service: string;
    readonly region: string;
    readonly credentials: Credentials;
}

/**
 * The headers that sign a request with Signature Version 4, as `@smithy/signature-v4` makes them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureOf(request: Signable, { service, region, credentials }: Signer, date: Date) {
    const time = date.toISOString().replace(/[-:]|\.\d+/g, "");
    const day = time.slice(0, 8);
    const bodyHash = sha256(request.body);
    const { accessKeyId, sessionToken } = credentials;
    const added = {
        "x-amz-date": time,
        ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
        "x-amz-content-sha256": bodyHash,
    };
    const headers: Readonly<Record<string, string>> = { ...request.headers, ...added };
    const names = Object.keys(headers).filter(isSigned).sort();
    const signedHeaders = names.join(";");
    const canonical = [
        request.method,
        canonicalPath(request.path),
        canonicalQuery(request.query),
        ...names.map((name) => `${name}:${canonicalValue(headers[name])}`),
        "",
        signedHeaders,
        bodyHash,
    ].join("\n");
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = createHmac("sha256", signingKey(credentials, day, region, service))
        .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`)
        .digest("hex");
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
    return { ...added, authorization };
}

// Those of @smithy/signature-v4, and headers that start with `proxy-` or `sec-`.
const unsigned = new Set(
    "authorization cache-control connection expect from keep-alive max-forwards pragma referer te trailer transfer-encoding upgrade user-agent x-amzn-trace-id".split(
        " ",
    ),
);
const isSigned = (name: string) => !unsigned.has(name) && !name.startsWith("proxy-") && !name.startsWith("sec-");

const canonicalValue = (value = "") =>
    /[\r\n\t ]/.test(value)
        ? value
              .replace(/[\r\n]/g, " ")
              .replace(/[ \t]+/g, " ")
              .replace(/^ | $/g, "")
        : value;

/** Dots resolved, empty segments left out, and encoded once more than it is sent. */
function canonicalPath(path: string): string {
    if (path === "/") return path;
    const segments: string[] = [];
    for (const segment of path.split("/")) {
        if (segment === "..") segments.pop();
        else if (segment !== "" && segment !== ".") segments.push(segment);
    }
    const inner = segments.map(encoded).join("/");
    return `${path.startsWith("/") ? "/" : ""}${inner}${inner !== "" && path.endsWith("/") ? "/" : ""}`;
}

function canonicalQuery(query: Signable["query"]): string {
    const names = Object.keys(query).filter((name) => name.toLowerCase() !== "x-amz-signature");
    if (names.length === 0) return "";
    return names
        .map((name) => ({ key: encoded(name), values: [query[name] ?? []].flat() }))
        .sort((one, other) => (one.key < other.key ? -1 : 1))
        .flatMap(({ key, values }) => values.map((value) => `${key}=${encoded(value)}`).sort())
        .join("&");
}

/** Everything but A-Z, a-z, 0-9, `-`, `_`, `.` and `~`. */
export function encoded(text: string): string {
    return encodeURIComponent(text).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

const sha256 = (text: string) => hash("sha256", text);

/** The last key of each service: it holds for a day, with the same credentials. */
const keys = new Map<string, { readonly madeOf: string; readonly key: KeyObject }>();

function signingKey({ secretAccessKey }: Credentials, day: string, region: string, service: string): KeyObject {
    const scope = `${region}/${service}`;
    const madeOf = `${day}/${secretAccessKey}`;
    const known = keys.get(scope);
    if (known?.madeOf === madeOf) return known.key;
    const secret = [day, region, service, "aws4_request"].reduce<Buffer>(
        (key, text) => createHmac("sha256", key).update(text).digest(),
        Buffer.from(`AWS4${secretAccessKey}`),
    );
    // As bytes it would be made a key at each call.
    const key = createSecretKey(secret);
    keys.set(scope, { madeOf, key });
    return key;
}
