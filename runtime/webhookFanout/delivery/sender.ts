import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { urlToHttpOptions } from "node:url";
import {
    AddressRefusedError,
    type Agents,
    type Allowed,
    agentsFor,
    type Connections,
    formProblem,
    notPublicName,
} from "../../shared/destination.ts";
import { FirstBytes, type RawAnswer } from "./rawAnswer.ts";

interface SenderSettings {
    readonly allowed: Allowed;
    /** From the first packet to the end of the response, where a request has none of its own. @default 15 seconds */
    readonly deadlineMs?: number;
    readonly connections?: Connections;
}

interface Posting {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly deadlineMs?: number;
}

export type Reply =
    | {
          readonly kind: "answer";
          readonly httpStatus: number;
          /** The beginning of the body. */
          readonly response: string;
          readonly retryAfter?: string;
          /** Reason of a failure, where the status alone does not tell it. */
          readonly error?: string;
          /** The header `webhook-delivery`, by which a receiver ends the delivery or disables the endpoint. */
          readonly control?: string;
      }
    | { readonly kind: "timeout" | "no answer"; readonly error: string };

/** The request failed for a local reason. */
class CannotSendError extends Error {
    override readonly name = "CannotSendError";
}

/** The request has ended without an answer. */
class ClosedError extends Error {
    override readonly name = "ClosedError";
    readonly code = "ECONNRESET";
}

/** Maximum bytes read of a response. */
const responseBytes = 20_000;
/** Older idle connections may be closed unnoticed, since Lambda freezes between batches. */
const longestIdleMs = 20_000;
/** Parsed URLs in memory. */
const mostTargets = 1000;
/** Out of files, memory or ports. */
const ownCodes: ReadonlySet<string | undefined> = new Set([
    "EMFILE",
    "ENFILE",
    "ENOMEM",
    "ENOBUFS",
    "EADDRNOTAVAIL",
    "ENETDOWN",
]);

/** A checked and parsed URL. */
interface Target {
    readonly hostname: string;
    readonly options: RequestOptions;
    readonly request: (options: RequestOptions) => ClientRequest;
}

/**
 * Sends POST requests to public addresses, with a deadline, without following redirects. A request costs little more than
 * Node.js itself: URLs are parsed once, and one timer ends all tries of a request.
 */
export class Sender {
    readonly #allowed: Allowed;
    readonly #deadlineMs: number;
    readonly #agents: Agents;
    readonly #targets = new Map<string, Target | { readonly problem: string }>();
    #usedAt = 0;

    constructor({ allowed, deadlineMs = 15_000, connections = {} }: SenderSettings) {
        this.#allowed = allowed;
        this.#deadlineMs = deadlineMs;
        this.#agents = agentsFor(allowed, connections);
    }

    /** Throws CannotSendError. */
    async send({ url, headers, body, deadlineMs = this.#deadlineMs }: Posting): Promise<Reply> {
        const target = this.#targetOf(url);
        if ("problem" in target) return { kind: "no answer", error: target.problem };
        if (Date.now() - this.#usedAt > longestIdleMs) this.close();
        this.#usedAt = Date.now();
        const posting = new PostRequest(
            target,
            { ...headers, "content-length": String(Buffer.byteLength(body)) },
            body,
        );
        const deadline = setTimeout(() => posting.end(), deadlineMs);
        try {
            return await posting.reply();
        } catch (error) {
            if (posting.isEnded) return { kind: "timeout", error: `no answer within ${deadlineMs / 1000} s` };
            if (ownCodes.has(codeOf(error))) throw new CannotSendError("out of local resources", { cause: error });
            return { kind: "no answer", error: networkFaultOf(error, target.hostname) };
        } finally {
            clearTimeout(deadline);
            this.#usedAt = Date.now();
        }
    }

    close(): void {
        this.#agents["http:"].destroy();
        this.#agents["https:"].destroy();
    }

    #targetOf(url: string): Target | { readonly problem: string } {
        const known = this.#targets.get(url);
        if (known !== undefined) return known;
        if (this.#targets.size >= mostTargets) this.#targets.clear();
        const problem = formProblem(url, this.#allowed);
        const target = problem === undefined ? this.#parsed(new URL(url)) : { problem };
        this.#targets.set(url, target);
        return target;
    }

    #parsed(url: URL): Target {
        const options = { ...urlToHttpOptions(url), method: "POST" };
        const { hostname } = url;
        return url.protocol === "http:"
            ? { hostname, options: { ...options, agent: this.#agents["http:"] }, request: http.request }
            : { hostname, options: { ...options, agent: this.#agents["https:"] }, request: https.request };
    }
}

/** A request with its repetition over another connection. */
class PostRequest {
    readonly #target: Target;
    readonly #headers: Readonly<Record<string, string>>;
    readonly #body: string;
    #current: ClientRequest | undefined;
    #isEnded = false;

    constructor(target: Target, headers: Readonly<Record<string, string>>, body: string) {
        this.#target = target;
        this.#headers = headers;
        this.#body = body;
    }

    /** The time is over. */
    get isEnded(): boolean {
        return this.#isEnded;
    }

    end(): void {
        this.#isEnded = true;
        this.#current?.destroy();
    }

    async reply(): Promise<Reply> {
        for (;;) {
            const { options, request } = this.#target;
            const current = request({ ...options, headers: this.#headers });
            this.#current = current;
            const firstBytes = new FirstBytes(current);
            try {
                current.end(this.#body);
                const response = await answering(current);
                firstBytes.stop();
                return await replyIn(response);
            } catch (error) {
                const { answer } = firstBytes;
                if (answer !== undefined) return lenientReply(answer);
                // The endpoint closed the idle connection at the same time: no failure of the attempt.
                const isRepeated = current.reusedSocket && ["ECONNRESET", "EPIPE"].includes(codeOf(error) ?? "");
                if (this.#isEnded || !isRepeated) throw error;
            }
        }
    }
}

function answering(request: ClientRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
        const answered = (response: IncomingMessage) => {
            if (response.statusCode !== 101) return resolve(response);
            request.destroy();
            reject(new ClosedError("the receiver speaks another protocol"));
        };
        request.on("response", answered);
        // The connection is not switched to another protocol: the status 101, which FirstBytes has, is the answer.
        request.on("upgrade", (response, socket) => {
            socket.on("error", () => {});
            socket.destroy();
            answered(response);
        });
        // Also handles errors after the response headers, which have no effect.
        request.on("error", reject);
        // Without an error, too, and after an answer without effect.
        request.on("close", () => reject(new ClosedError("the connection was closed")));
    });
}

async function replyIn(response: IncomingMessage): Promise<Reply> {
    const { statusCode: httpStatus = 0, headers } = response;
    const { "retry-after": retryAfter, "webhook-delivery": control } = headers;
    return {
        kind: "answer",
        httpStatus,
        response: await beginningOf(response),
        ...(retryAfter !== undefined && { retryAfter }),
        ...(typeof control === "string" && { control }),
    };
}

/** Node.js has closed the connection. */
function lenientReply({ httpStatus, headers }: RawAnswer): Reply {
    const [retryAfter, control] = [headers.get("retry-after"), headers.get("webhook-delivery")];
    return {
        kind: "answer",
        httpStatus,
        response: "",
        ...(retryAfter !== undefined && { retryAfter }),
        ...(control !== undefined && { control }),
    };
}

/** An incomplete body is accepted: the status determines the result. */
function beginningOf(response: IncomingMessage): Promise<string> {
    return new Promise((resolve) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes >= responseBytes) response.destroy();
        });
        const end = () => resolve(Buffer.concat(chunks).subarray(0, responseBytes).toString());
        response.on("end", end);
        response.on("error", end);
        response.on("close", end);
    });
}

/** Why a request has no answer, for the endpoint's owner: without addresses, and without Node.js's own texts. */
function networkFaultOf(error: unknown, hostname: string): string {
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

function codeOf(error: unknown): string | undefined {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
