import type http from "node:http";
import type { Agent, ClientRequest, IncomingHttpHeaders } from "node:http";
import type https from "node:https";

interface HttpCall {
    readonly url: URL;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

export interface HttpAnswer {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

/** As the SDK's: kept between calls, and over the pauses of Lambda; a call over a connection that died meanwhile is retried. */
const connections = { keepAlive: true, maxSockets: 50 };

interface Protocol {
    readonly agent: Agent;
    readonly request: typeof http.request;
}

const protocols: Record<string, Protocol | undefined> = {};

/** HTTPS, and HTTP for endpoints on this machine; each is loaded with the first client that needs it. */
export function protocolOf({ protocol: name }: URL): Protocol {
    protocols[name] ??= open(process.getBuiltinModule(name === "http:" ? "node:http" : "node:https"));
    return protocols[name];
}

const open = ({ Agent, request }: typeof http | typeof https): Protocol => ({ agent: new Agent(connections), request });

/** One POST. Rejects if there is no whole response, with Node's code, or with an AbortError. */
export function post(
    { url, path, headers, body }: HttpCall,
    abortSignal: AbortSignal | undefined,
): Promise<HttpAnswer> {
    const { hostname, port } = url;
    const { agent, request: open } = protocolOf(url);
    return new Promise((resolve, reject) => {
        if (abortSignal?.aborted) {
            reject(abortError());
            return;
        }
        const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
        const request = open({ method: "POST", host, port, path, headers, agent }, (response) => {
            const { statusCode = 0 } = response;
            let text = "";
            response.setEncoding("utf8");
            response.on("data", (chunk: string) => {
                text += chunk;
            });
            response.on("error", reject);
            response.on("end", () => resolve({ statusCode, headers: flat(response.headers), body: text }));
        });
        request.on("error", (error: NodeJS.ErrnoException) => {
            reject(isTimeout(error) ? Object.assign(error, { name: "TimeoutError" }) : error);
        });
        if (abortSignal !== undefined) stopOn(abortSignal, request, reject);
        request.end(body);
    });
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
    const flattened: Record<string, string> = {};
    for (const name in headers) {
        const value = headers[name];
        if (value !== undefined) flattened[name] = Array.isArray(value) ? value.join(", ") : value;
    }
    return flattened;
}

function stopOn(abortSignal: AbortSignal, request: ClientRequest, reject: (error: Error) => void): void {
    const stop = () => {
        request.destroy();
        reject(abortError());
    };
    abortSignal.addEventListener("abort", stop, { once: true });
    request.once("close", () => abortSignal.removeEventListener("abort", stop));
}

/** As the SDK's. */
export const abortError = (): Error => Object.assign(new Error("Request aborted"), { name: "AbortError" });

const timeouts = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT"]);
const isTimeout = ({ code = "" }: NodeJS.ErrnoException) => timeouts.has(code);
