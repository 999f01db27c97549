import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { LocalServer } from "./server.ts";

interface Upload {
    readonly path: string;
    readonly type: string;
    readonly parts: Map<number, Buffer>;
}

/** Bytes of the smallest part but the last. */
const smallestPart = 5 * 1024 * 1024;
const etagOf = (body: Buffer) => `"${createHash("md5").update(body).digest("hex")}"`;

/** S3 on this machine: objects, copies and multipart uploads, as its API reference has them. */
export class Bucket extends LocalServer {
    /** By path: `/bucket/key`. */
    readonly objects = new Map<string, { readonly body: Buffer; readonly type: string }>();
    readonly uploads = new Map<string, Upload>();
    /** What was done, in order: `PUT part`, `POST complete`, `PUT copy`, `PUT object`. */
    readonly done: string[] = [];
    /** Runs before a request is worked on; what it throws ends the connection. */
    before: (what: string, bytes: number) => unknown = () => undefined;

    reset(): void {
        this.objects.clear();
        this.uploads.clear();
        this.done.length = 0;
        this.before = () => undefined;
    }

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "GET", headers } = request;
        const url = new URL(request.url ?? "/", "http://localhost");
        const [path, query] = [decodeURIComponent(url.pathname), url.searchParams];
        const body = await buffer(request);
        const what = `${method} ${kindOf(method, query, headers["x-amz-copy-source"])}`;
        try {
            await this.before(what, body.length);
        } catch {
            response.destroy();
            return;
        }
        if (method !== "GET") this.done.push(what);
        const upload = this.uploads.get(query.get("uploadId") ?? "");
        switch (what) {
            case "POST begin": {
                const id = randomUUID();
                this.uploads.set(id, { path, type: String(headers["content-type"]), parts: new Map() });
                return answer(
                    response,
                    200,
                    `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
                );
            }
            case "PUT part":
                if (upload === undefined) return refuse(response, 404, "NoSuchUpload");
                upload.parts.set(Number(query.get("partNumber")), body);
                return answer(response, 200, "", { etag: etagOf(body) });
            case "POST complete": {
                if (upload === undefined) return refuse(response, 404, "NoSuchUpload");
                const wrong = this.#complete(query.get("uploadId") ?? "", upload, body.toString());
                if (wrong !== undefined) return refuse(response, 400, wrong);
                const whole = `<ETag>"whole"</ETag>`;
                return answer(response, 200, `<CompleteMultipartUploadResult>${whole}</CompleteMultipartUploadResult>`);
            }
            case "PUT copy": {
                const source = this.objects.get(
                    `/${decodeURIComponent(String(headers["x-amz-copy-source"])).replace(/^\//, "")}`,
                );
                if (source === undefined) return refuse(response, 404, "NoSuchKey");
                this.objects.set(path, source);
                return answer(
                    response,
                    200,
                    `<CopyObjectResult><ETag>${etagOf(source.body)}</ETag></CopyObjectResult>`,
                );
            }
            case "PUT object":
                this.objects.set(path, { body, type: String(headers["content-type"]) });
                return answer(response, 200, "", { etag: etagOf(body) });
            case "GET object": {
                const found = this.objects.get(path);
                if (found === undefined) return refuse(response, 404, "NoSuchKey");
                response.writeHead(200, { "content-type": found.type, etag: etagOf(found.body) }).end(found.body);
                return;
            }
            default:
                return refuse(response, 501, "NotImplemented");
        }
    }

    /** @returns the code of what is wrong with it */
    #complete(id: string, { path, type, parts }: Upload, xml: string): string | undefined {
        const listed = [...xml.matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, part = ""]) => ({
            number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
            etag: /<ETag>(.*?)<\/ETag>/.exec(part)?.[1]?.replaceAll("&quot;", '"'),
        }));
        const bodies = listed.map(({ number }) => parts.get(number));
        if (bodies.some((body, index) => body === undefined || etagOf(body) !== listed[index]?.etag)) {
            return "InvalidPart";
        }
        const whole = bodies.filter((body) => body !== undefined);
        if (whole.slice(0, -1).some(({ length }) => length < smallestPart)) return "EntityTooSmall";
        this.objects.set(path, { body: Buffer.concat(whole), type });
        this.uploads.delete(id);
        return undefined;
    }
}

function kindOf(method: string, query: URLSearchParams, copy: unknown): string {
    if (query.has("uploads")) return "begin";
    if (query.has("partNumber")) return "part";
    if (method === "POST" && query.has("uploadId")) return "complete";
    return copy === undefined ? "object" : "copy";
}

function answer(response: ServerResponse, status: number, xml: string, headers: Record<string, string> = {}): void {
    response.writeHead(status, { "content-type": "application/xml", ...headers }).end(xml);
}

function refuse(response: ServerResponse, status: number, code: string): void {
    answer(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
