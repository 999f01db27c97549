import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { AwsError } from "../aws/call.ts";
import type { Engine } from "../storage/engine.ts";
import { EngineClient } from "../storage/engineClient.ts";
import type { Need } from "./resources.ts";

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

/** Bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;
/** Bytes of all names and values of an object's own metadata: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const largestMetadata = 2048;
const tagLimit = 10;
const deletionLimit = 1000;

/** @throws AwsError MetadataTooLarge */
function checkMetadata(headers: IncomingMessage["headers"]): void {
    const own = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
    const bytes = own.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name.slice(11)}${value}`), 0);
    if (bytes <= largestMetadata) return;
    throw new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400);
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

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html @throws AwsError BadRequest */
function checkTags(header: string | string[] | undefined): void {
    const tags = new URLSearchParams(String(header ?? ""));
    if (tags.size > tagLimit) {
        throw new AwsError("BadRequest", `Object tags cannot be greater than ${tagLimit}`, 400);
    }
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
const unrealised: readonly string[] = [
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
    const missing = unrealised.find((name) => query.has(name));
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

function unescapeXml(escaped: string): string {
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

/** S3: the engine, with bodies streamed both ways, and the conditional writes that it lacks. */
export class Objects {
    readonly #client: EngineClient;
    /** The last write of a key that is under way. */
    readonly #writes = new Map<string, Promise<unknown>>();

    constructor(engine: Engine) {
        this.#client = new EngineClient(engine.origin);
    }

    /**
     * Answers a request whose caller may make it.
     * @param options.mayList whether the caller may know which objects there are: if not, an absent one is forbidden.
     * @throws AwsError
     */
    async answer(
        request: ObjectRequest,
        incoming: IncomingMessage,
        outgoing: ServerResponse,
        options: { readonly body?: string; readonly mayList: () => boolean },
    ): Promise<void> {
        const reads = request.method === "GET" || request.method === "HEAD";
        const hides = () => reads && request.key !== "" && !options.mayList();
        const forward = () => this.#forward(request, incoming, outgoing, options.body, hides);
        if (reads || request.key === "") return forward();
        checkMetadata(incoming.headers);
        checkTags(incoming.headers["x-amz-tagging"]);
        await this.#alone(`${request.bucket}/${request.key}`, async () => {
            await this.#checkConditions(request, incoming.headers["if-none-match"], incoming.headers["if-match"]);
            await forward();
        });
    }

    close(): void {
        this.#client.close();
    }

    /** Does one write of a key after the other, so that a condition still holds when the write happens. */
    async #alone(key: string, write: () => Promise<void>): Promise<void> {
        const turn = (this.#writes.get(key) ?? Promise.resolve()).then(write);
        const settled = turn.catch(() => {});
        this.#writes.set(key, settled);
        void settled.then(() => {
            if (this.#writes.get(key) === settled) this.#writes.delete(key);
        });
        return turn;
    }

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
    async #checkConditions(request: ObjectRequest, absent: string | undefined, tag: string | undefined): Promise<void> {
        if (absent === undefined && tag === undefined) return;
        const current = await this.#client.send("HEAD", enginePath(request.bucket, request.key), {}, "");
        const exists = current.status === 200;
        if (absent !== undefined && absent !== "*") {
            throw new AwsError(
                "NotImplemented",
                "A header you provided implies functionality that is not implemented.",
                501,
            );
        }
        if (tag !== undefined && !exists) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
        const sameTag = String(current.headers["etag"]).replaceAll('"', "") === tag?.replaceAll('"', "");
        if ((absent !== undefined && exists) || (tag !== undefined && !sameTag)) {
            throw new AwsError(
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold",
                412,
            );
        }
    }

    #forward(
        request: ObjectRequest,
        incoming: IncomingMessage,
        outgoing: ServerResponse,
        body: string | undefined,
        hides: () => boolean,
    ): Promise<void> {
        return new Promise((resolve, reject) => {
            // Who left while others wrote the key says so no more, and would keep it for ever.
            if (outgoing.destroyed) return resolve();
            const upstream = this.#client.open(
                request.method,
                withQuery(enginePath(request.bucket, request.key), request.query),
                forwardedHeaders(incoming, body),
            );
            upstream.on("response", (response) => {
                if (response.statusCode === 404 && hides()) {
                    response.resume();
                    reject(new AwsError("AccessDenied", "Access Denied", 403));
                    return;
                }
                outgoing.writeHead(response.statusCode ?? 500, response.headers);
                response.pipe(outgoing);
                response.on("error", reject);
                response.on("end", resolve);
            });
            upstream.on("error", reject);
            // A caller that leaves in the middle of its upload or download takes the engine's request with it.
            outgoing.on("close", () => {
                if (!outgoing.writableFinished) upstream.destroy();
                resolve();
            });
            if (body === undefined) incoming.pipe(upstream);
            else upstream.end(body);
        });
    }
}

/** Reads the body of a request that must be understood before it is forwarded. */
export function wholeBody(incoming: IncomingMessage): Promise<string> {
    return text(incoming);
}

/** Where the engine has an object, or the bucket itself when the key is empty. A key may hold segments `..`, as on S3. */
export function enginePath(bucket: string, key: string): string {
    return `/${bucket}${key === "" ? "" : `/${key.split("/").map(encodeURIComponent).join("/")}`}`;
}

function withQuery(path: string, query: URLSearchParams): string {
    const search = query.toString();
    return search === "" ? path : `${path}?${search}`;
}

function forwardedHeaders(incoming: IncomingMessage, body: string | undefined): OutgoingHttpHeaders {
    // `expect` is answered by this server already; the conditions are checked in front of the engine.
    const { host, connection, expect, authorization, ...headers } = incoming.headers;
    if (incoming.method !== "GET" && incoming.method !== "HEAD") {
        delete headers["if-none-match"];
        delete headers["if-match"];
    }
    return body === undefined ? headers : { ...headers, "content-length": Buffer.byteLength(body) };
}
