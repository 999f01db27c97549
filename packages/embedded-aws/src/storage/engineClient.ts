import http from "node:http";
import https from "node:https";
import { AwsError } from "../aws/call.ts";
import { type Input, parseInput } from "../aws/input.ts";

/** An answer as it travels. */
export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
}

/** What an engine answered in AWS JSON. @throws AwsError when it answered with an error. */
export function outputOf(answer: Answer): Input {
    const output = parseInput(answer.body.toString());
    if (answer.status === 200) return output;
    const { __type, message, Message, ...details } = output;
    const code = String(__type ?? "InternalFailure").replace(/^.*#/, "");
    throw new AwsError(code, String(message ?? Message ?? ""), answer.status, details);
}

/** Speaks to a storage engine over connections that stay open. */
export class EngineClient {
    readonly #origin: URL;
    readonly #agent: http.Agent | https.Agent;

    /** @param origin `http://127.0.0.1:8000` */
    constructor(origin: string) {
        this.#origin = new URL(origin);
        // One connection for each request under way: a long poll holds its own for up to 20 seconds.
        const settings = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, scheduling: "lifo" } as const;
        this.#agent = this.#origin.protocol === "https:" ? new https.Agent(settings) : new http.Agent(settings);
    }

    /** Starts a request; its body is still to be written. */
    open(method: string, path: string, headers: http.OutgoingHttpHeaders): http.ClientRequest {
        const { protocol, hostname, port } = this.#origin;
        const request = protocol === "https:" ? https.request : http.request;
        return request({ agent: this.#agent, hostname, port, method, path, headers });
    }

    /** Sends a request and reads its answer. An engine that closes an idle connection at that moment is asked again. */
    send(method: string, path: string, headers: http.OutgoingHttpHeaders, body: Buffer | string): Promise<Answer> {
        return new Promise((resolve, reject) => {
            const request = this.open(method, path, { ...headers, "content-length": Buffer.byteLength(body) });
            request.on("response", (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () => {
                    const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
                    resolve({ status: response.statusCode ?? 500, headers: response.headers, body: whole });
                });
            });
            request.on("error", (error: NodeJS.ErrnoException) => {
                if (request.reusedSocket && error.code === "ECONNRESET")
                    resolve(this.send(method, path, headers, body));
                else reject(error);
            });
            request.end(body);
        });
    }

    close(): void {
        this.#agent.destroy();
    }
}
