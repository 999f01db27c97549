import { createHash, createHmac, type Hash, type Hmac, timingSafeEqual } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { type ApiRequest, headerOf } from "./request.ts";

/** Who signed a request: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
interface Signature {
    readonly accessKeyId: string;
    readonly date: string;
    readonly region: string;
    readonly service: string;
    readonly signedHeaders: readonly string[];
    readonly signature: string;
}

/** Undefined when the header is no Signature Version 4. */
export function parseAuthorization(header: string | undefined): Signature | undefined {
    const [, accessKeyId, date, region, service, signedHeaders, signature] =
        /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
            header ?? "",
        ) ?? [];
    if (!accessKeyId || !date || !region || !service || !signedHeaders || !signature) return undefined;
    return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(";"), signature };
}

/** How far a signature's time may be from now: five minutes. */
const toleranceMs = 5 * 60 * 1000;

/**
 * What is wrong with the signature of a request; undefined when it is the one that the secret makes. The request is
 * signed once more, over exactly the headers that its sender signed.
 */
export async function signatureFault(
    request: ApiRequest,
    given: Signature,
    secretAccessKey: string,
): Promise<string | undefined> {
    const signedAt = request.headers["x-amz-date"] ?? "";
    const time = Date.parse(signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
    if (Number.isNaN(time)) return "the request has no valid x-amz-date";
    if (Math.abs(request.receivedAt - time) > toleranceMs) return `the signature has expired: it is of ${signedAt}`;
    const statedHash = request.headers["x-amz-content-sha256"];
    if (statedHash !== undefined && statedHash !== "UNSIGNED-PAYLOAD" && statedHash !== sha256(request.body)) {
        return "x-amz-content-sha256 is not the hash of the body";
    }
    const signer = new SignatureV4({
        service: given.service,
        region: given.region,
        credentials: { accessKeyId: given.accessKeyId, secretAccessKey },
        sha256: Sha256,
        applyChecksum: false,
    });
    const headers: Record<string, string> = {};
    for (const name of given.signedHeaders) {
        const value = headerOf(request, name);
        if (value === undefined) return `the signed header ${name} is missing`;
        headers[name] = value;
    }
    // The hash of the body is part of what is signed even where its header is not.
    if (statedHash !== undefined) headers["x-amz-content-sha256"] = statedHash;
    const signed = await signer.sign(
        {
            method: request.method,
            protocol: "http:",
            hostname: "",
            path: request.encodedPath,
            query: repeatedQuery(request.rawQueryString),
            headers,
            body: request.body,
        },
        { signingDate: new Date(time), signableHeaders: new Set(given.signedHeaders) },
    );
    const expected = /Signature=([0-9a-f]+)/.exec(signed.headers["authorization"] ?? "")?.[1] ?? "";
    const same =
        expected.length === given.signature.length &&
        timingSafeEqual(Buffer.from(expected), Buffer.from(given.signature));
    return same ? undefined : "the signature does not match";
}

function repeatedQuery(rawQueryString: string): Record<string, string[]> {
    // Without a prototype: a parameter may be named toString.
    const query: Record<string, string[]> = Object.create(null);
    for (const [name, value] of new URLSearchParams(rawQueryString)) {
        query[name] ??= [];
        query[name].push(value);
    }
    return query;
}

function sha256(body: Buffer): string {
    return createHash("sha256").update(body).digest("hex");
}

/** SHA-256 of node:crypto in the form that SignatureV4 asks for. */
export class Sha256 {
    readonly #hash: Hash | Hmac;

    constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
        this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytes(secret));
    }

    update(data: string | ArrayBuffer | ArrayBufferView): void {
        this.#hash.update(bytes(data));
    }

    async digest(): Promise<Uint8Array> {
        return this.#hash.digest();
    }

    reset(): void {
        throw new Error("a hash is used once");
    }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
    if (typeof data === "string") return Buffer.from(data);
    if (data instanceof ArrayBuffer) return Buffer.from(data);
    return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
