import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { type Agents, type Allowed, agentsFor, type Connections, formProblem } from "../endpoints/destination.ts";

interface SenderSettings {
    readonly allowed: Allowed;
    /** From the first packet to the end of the response. @default 15 seconds */
    readonly deadlineMs?: number;
    readonly connections?: Connections;
}

interface Posting {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

export type Reply =
    | {
          readonly kind: "answer";
          readonly httpStatus: number;
          /** The beginning of the body. */
          readonly response: string;
          readonly retryAfter?: string;
          /** The header `webhook-delivery`, by which a receiver ends the delivery or disables the endpoint. */
          readonly control?: string;
      }
    | { readonly kind: "timeout" | "no answer"; readonly error: string };

/** The request failed for a local reason. */
class CannotSendError extends Error {
    override readonly name = "CannotSendError";
}

/** Maximum bytes read of a response. */
const responseBytes = 20_000;
/** Older idle connections may be closed unnoticed, since Lambda freezes between batches. */
const longestIdleMs = 20_000;
/** Out of files, memory or ports. */
const ownCodes: ReadonlySet<string | undefined> = new Set([
    "EMFILE",
    "ENFILE",
    "ENOMEM",
    "ENOBUFS",
    "EADDRNOTAVAIL",
    "ENETDOWN",
]);

/** Sends POST requests to public addresses, with a deadline, without following redirects. */
export class Sender {
    readonly #allowed: Allowed;
    readonly #deadlineMs: number;
    readonly #agents: Agents;
    #usedAt = 0;

    constructor({ allowed, deadlineMs = 15_000, connections = {} }: SenderSettings) {
        this.#allowed = allowed;
        this.#deadlineMs = deadlineMs;
        this.#agents = agentsFor(allowed, connections);
    }

    /** Throws CannotSendError. */
    async send(posting: Posting): Promise<Reply> {
        const problem = formProblem(posting.url, this.#allowed);
        if (problem !== undefined) return { kind: "no answer", error: problem };
        if (Date.now() - this.#usedAt > longestIdleMs) this.close();
        this.#usedAt = Date.now();
        const signal = AbortSignal.timeout(this.#deadlineMs);
        try {
            return await this.#post(posting, signal);
        } catch (error) {
            if (signal.aborted) return { kind: "timeout", error: `no answer within ${this.#deadlineMs / 1000} s` };
            if (ownCodes.has(codeOf(error))) throw new CannotSendError("out of local resources", { cause: error });
            return { kind: "no answer", error: error instanceof Error ? error.message : String(error) };
        } finally {
            this.#usedAt = Date.now();
        }
    }

    close(): void {
        this.#agents["http:"].destroy();
        this.#agents["https:"].destroy();
    }

    async #post(posting: Posting, signal: AbortSignal): Promise<Reply> {
        for (;;) {
            const request = this.#request(posting, signal);
            try {
                return await replyIn(await answering(request));
            } catch (error) {
                // The endpoint closed the idle connection at the same time: no failure of the attempt.
                if (!request.reusedSocket || !["ECONNRESET", "EPIPE"].includes(codeOf(error) ?? "")) throw error;
            }
        }
    }

    #request({ url, headers, body }: Posting, signal: AbortSignal): ClientRequest {
        const destination = new URL(url);
        const options = { method: "POST", signal, headers: { ...headers, "content-length": Buffer.byteLength(body) } };
        const request =
            destination.protocol === "http:"
                ? http.request(destination, { ...options, agent: this.#agents["http:"] })
                : https.request(destination, { ...options, agent: this.#agents["https:"] });
        return request.end(body);
    }
}

function answering(request: ClientRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
        request.on("response", resolve);
        // Also handles errors after the response headers, which have no effect.
        request.on("error", reject);
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

function codeOf(error: unknown): string | undefined {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
