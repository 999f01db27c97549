import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What a client sent, read once and used by authorizers, mappings, the event and the access log alike. */
export interface ApiRequest {
    /** As in the header `apigw-requestid`. */
    readonly id: string;
    readonly method: string;
    /** Percent-encoded, with the stage's name where it was sent. */
    readonly encodedPath: string;
    /** Without the question mark, percent-encoded. */
    readonly rawQueryString: string;
    /** Lower-case names, several values joined by commas; without `cookie`. */
    readonly headers: Readonly<Record<string, string>>;
    readonly cookies: readonly string[];
    /** Decoded, several values joined by commas; undefined without a query. */
    readonly query: Readonly<Record<string, string>> | undefined;
    readonly body: Buffer;
    readonly sourceIp: string;
    readonly protocol: string;
    /** Milliseconds since the epoch. */
    readonly receivedAt: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const largestBody = 10 * 1024 * 1024;

/** Of the request line and the headers together, cookies among them. */
const largestHead = 10_240;

/** The request line and the headers are larger than API Gateway takes. */
export class HeadersTooLargeError extends Error {
    constructor() {
        super(`the request line and the headers are larger than ${largestHead} bytes`);
        this.name = "HeadersTooLargeError";
    }
}

/** The body is larger than API Gateway takes. */
export class RequestTooLongError extends Error {
    constructor() {
        super(`the body is larger than ${largestBody} bytes`);
        this.name = "RequestTooLongError";
    }
}

/**
 * Throws HeadersTooLargeError. API Gateway documents the sum of the request line and of the values; what it answers beyond
 * that speaks of the headers, so their names are counted, too.
 */
export function checkHead({ method = "", url = "", httpVersion, rawHeaders }: IncomingMessage): void {
    const line = Buffer.byteLength(`${method} ${url} HTTP/${httpVersion}`);
    const bytes = rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part, "latin1"), line);
    if (bytes > largestHead) throw new HeadersTooLargeError();
}

/** The request without its body, which `readBody` brings: a refusal can be answered before it has arrived. */
export function readHead(message: IncomingMessage): Omit<ApiRequest, "body"> {
    const target = message.url ?? "/";
    const mark = target.indexOf("?");
    const rawQueryString = mark < 0 ? "" : target.slice(mark + 1);
    const sourceIp = message.socket.remoteAddress ?? "127.0.0.1";
    const { headers, cookies } = readHeaders(message.rawHeaders);
    headers["x-forwarded-for"] = headers["x-forwarded-for"] ? `${headers["x-forwarded-for"]}, ${sourceIp}` : sourceIp;
    headers["x-forwarded-port"] = String(message.socket.localPort ?? "");
    headers["x-forwarded-proto"] = "http";
    const receivedAt = Date.now();
    headers["x-amzn-trace-id"] ??= traceId(receivedAt);
    return {
        id: `${randomBytes(11).toString("base64url")}=`,
        method: message.method ?? "GET",
        encodedPath: mark < 0 ? target : target.slice(0, mark),
        rawQueryString,
        headers,
        cookies,
        query: readQuery(rawQueryString),
        sourceIp,
        protocol: `HTTP/${message.httpVersion}`,
        receivedAt,
    };
}

const emptyBody = Buffer.alloc(0);

/** The whole body. Throws RequestTooLongError, and Error when the client goes away before its end. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
    if (message.headers["content-length"] === undefined && message.headers["transfer-encoding"] === undefined)
        return emptyBody;
    return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        let length = 0;
        message.on("data", (chunk: Buffer) => {
            length += chunk.length;
            // What comes after the limit is read and dropped, so that the client can finish sending and see the answer.
            if (length > largestBody) chunks.length = 0;
            else chunks.push(chunk);
        });
        message.on("end", () => {
            if (length > largestBody) reject(new RequestTooLongError());
            else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
        });
        message.on("error", reject);
    });
}

/** @param rawHeaders name, value, name, value … */
export function readHeaders(rawHeaders: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
    const headers: Record<string, string> = Object.create(null);
    const cookies: string[] = [];
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
        const name = (rawHeaders[index] ?? "").toLowerCase();
        const value = rawHeaders[index + 1] ?? "";
        if (name === "cookie") {
            for (const cookie of value.split(";")) if (cookie.trim() !== "") cookies.push(cookie.trim());
        } else {
            const earlier = headers[name];
            headers[name] = earlier === undefined ? value : `${earlier},${value}`;
        }
    }
    return { headers, cookies };
}

export function readQuery(raw: string): Record<string, string> | undefined {
    if (raw === "") return undefined;
    const query: Record<string, string> = Object.create(null);
    for (const pair of raw.split("&")) {
        if (pair === "") continue;
        const equals = pair.indexOf("=");
        const name = decode(equals < 0 ? pair : pair.slice(0, equals));
        const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
        const earlier = query[name];
        query[name] = earlier === undefined ? value : `${earlier},${value}`;
    }
    return query;
}

/** A header by its lower-case name; `cookie` as one line, as the client sent it. */
export function headerOf(request: Pick<ApiRequest, "headers" | "cookies">, name: string): string | undefined {
    if (name !== "cookie") return request.headers[name];
    return request.cookies.length === 0 ? undefined : request.cookies.join("; ");
}

function decode(text: string): string {
    const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
    if (!spaced.includes("%")) return spaced;
    try {
        return decodeURIComponent(spaced);
    } catch {
        // A percent sign that begins no escape stands for itself.
        return spaced;
    }
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceId(now: number): string {
    return `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
}

/** The host without its port, which a domain name on AWS never has. */
export function hostName(host: string | undefined): string {
    return host?.replace(/:\d+$/, "") ?? "";
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The time as access logs write it: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(epochMs: number): string {
    const time = new Date(epochMs).toISOString();
    const month = months[Number(time.slice(5, 7)) - 1];
    return `${time.slice(8, 10)}/${month}/${time.slice(0, 4)}:${time.slice(11, 19)} +0000`;
}
