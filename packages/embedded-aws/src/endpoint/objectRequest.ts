import { AwsError } from "../aws/call.ts";
import type { Need } from "./resources.ts";

/** Bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;
const deletionLimit = 1000;

/** A request to S3, as far as its address and headers tell. */
export interface ObjectRequest {
    readonly method: string;
    /** Empty for the list of buckets. */
    readonly bucket: string;
    /** Empty for the bucket itself. */
    readonly key: string;
    readonly query: URLSearchParams;
    /** `/bucket/key` of the object to copy from. */
    readonly copySource: string | undefined;
}

/**
 * @param host Host header: a bucket may be its first label (`photos.localhost:4566`).
 * @throws AwsError InvalidURI, InvalidBucketName, KeyTooLongError
 */
export function objectRequest(
    method: string,
    url: string,
    host: string | undefined,
    copySource: string | undefined,
): ObjectRequest {
    const [path = "", search = ""] = splitOnce(url, "?");
    const virtual = /^([a-z0-9][a-z0-9.-]+)\.(?:s3\.)?localhost(?::\d+)?$/.exec(host ?? "")?.[1];
    const [bucket = "", key = ""] = splitOnce(virtual === undefined ? path.slice(1) : `${virtual}${path}`, "/");
    const query = new URLSearchParams(search);
    const plain = decoded(key);
    checkPlace(bucket, plain);
    if (copySource !== undefined) {
        const [from = "", ...object] = sourceOf(copySource).split("/");
        checkPlace(from, object.join("/"));
    }
    if (Buffer.byteLength(plain) > longestKey) throw new AwsError("KeyTooLongError", "Your key is too long", 400);
    return { method, bucket, key: plain, query, copySource };
}

/**
 * What is no bucket would be one of the engine's own paths. A key may go up, but never out of its bucket:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 * @throws AwsError InvalidBucketName, InvalidURI
 */
function checkPlace(bucket: string, key: string): void {
    if (bucket !== "" && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
        throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400);
    }
    let depth = 0;
    for (const segment of key.split("/")) {
        depth += segment === ".." ? -1 : 1;
        if (depth < 0) throw new AwsError("InvalidURI", "Couldn't parse the specified URI.", 400);
    }
}

/** `bucket/key`; what follows an encoded question mark is of the key. */
function sourceOf(copySource: string): string {
    const [encoded = ""] = splitOnce(copySource, "?");
    return decoded(encoded).replace(/^\//, "");
}

function decoded(key: string): string {
    try {
        return decodeURIComponent(key);
    } catch {
        throw new AwsError("InvalidURI", "Couldn't parse the specified URI.", 400);
    }
}

function splitOnce(whole: string, separator: string): readonly string[] {
    const at = whole.indexOf(separator);
    return at === -1 ? [whole] : [whole.slice(0, at), whole.slice(at + 1)];
}

/** Settings of a bucket or object that the engine accepts without effect, so they are refused instead. */
const unsupported: readonly string[] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "legal-hold",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "restore",
    "retention",
    "select",
    "tagging",
    "torrent",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/**
 * What the request asks of its caller: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @throws AwsError NotImplemented for what the engine does not have.
 */
export function objectRights(request: ObjectRequest): readonly Need[] {
    const { method, bucket, key, query, copySource } = request;
    const missing = unsupported.find((name) => query.has(name));
    if (missing !== undefined)
        throw new AwsError("NotImplemented", `The embedded cloud has no ?${missing} in S3.`, 501);
    const on = (action: string, resource: string): Need => ({ action: `s3:${action}`, resources: [resource] });
    const bucketArn = `arn:aws:s3:::${bucket}`;
    if (bucket === "") return [on("ListAllMyBuckets", "*")];
    if (key === "") return [on(bucketAction(method, query), bucketArn)];
    const objectArn = `${bucketArn}/${key}`;
    switch (method) {
        case "GET":
        case "HEAD":
            return [on(query.has("attributes") ? "GetObjectAttributes" : "GetObject", objectArn)];
        case "PUT": {
            const put = on("PutObject", objectArn);
            if (copySource === undefined) return [put];
            return [put, on("GetObject", `arn:aws:s3:::${sourceOf(copySource)}`)];
        }
        case "DELETE":
            return [on(query.has("uploadId") ? "AbortMultipartUpload" : "DeleteObject", objectArn)];
        default:
            return [on("PutObject", objectArn)];
    }
}

function bucketAction(method: string, query: URLSearchParams): string {
    switch (method) {
        case "PUT":
            return query.has("lifecycle") ? "PutLifecycleConfiguration" : "CreateBucket";
        case "DELETE":
            return query.has("lifecycle") ? "PutLifecycleConfiguration" : "DeleteBucket";
        case "POST":
            return query.has("delete") ? "DeleteObject" : "PutObject";
        default:
            return query.has("lifecycle") ? "GetLifecycleConfiguration" : "ListBucket";
    }
}

/** The objects that a DeleteObjects request names. @throws AwsError MalformedXML for more than a thousand, or none */
export function deletedObjects(bucket: string, xml: string): readonly Need[] {
    const keys = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescapeXml(key));
    if (keys.length === 0 || keys.length > deletionLimit) {
        const message = "The XML you provided was not well-formed or did not validate against our published schema";
        throw new AwsError("MalformedXML", message, 400);
    }
    return keys.map((key) => ({ action: "s3:DeleteObject", resources: [`arn:aws:s3:::${bucket}/${key}`] }));
}

export function unescapeXml(escaped: string): string {
    const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
    return escaped.replace(
        /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
        (whole, hex?: string, decimal?: string, name = "") => {
            if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
            if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
            return named[name] ?? whole;
        },
    );
}
