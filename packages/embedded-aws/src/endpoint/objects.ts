import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { AwsError } from "../aws/call.ts";
import type { Engine } from "../storage/engine.ts";
import { EngineClient } from "../storage/engineClient.ts";
import type { ObjectRequest } from "./objectRequest.ts";

/** Bytes of all names and values of an object's own metadata: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const largestMetadata = 2048;
const tagLimit = 10;
/** @throws AwsError MetadataTooLarge */
function checkMetadata(headers: IncomingMessage["headers"]): void {
    const own = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
    const bytes = own.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name.slice(11)}${value}`), 0);
    if (bytes <= largestMetadata) return;
    throw new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html @throws AwsError BadRequest */
function checkTags(header: string | string[] | undefined): void {
    const tags = new URLSearchParams(String(header ?? ""));
    if (tags.size > tagLimit) {
        throw new AwsError("BadRequest", `Object tags cannot be greater than ${tagLimit}`, 400);
    }
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
