import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { cert, key } from "../../../bench/functions/certificate.ts";

/** A request that a receiver got. */
export interface Received {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** How a receiver answers. @param count how many requests it has had, this one included */
export type Behaviour = (response: ServerResponse, received: Received, count: number) => void;

/** The receivers there are in the world. */
export const behaviours = {
    healthy: (response: ServerResponse) => void response.writeHead(200).end("ok"),
    answering:
        (status: number, headers: Readonly<Record<string, string>> = {}, body = "") =>
        (response: ServerResponse) =>
            void response.writeHead(status, headers).end(body),
    slow: (ms: number) => (response: ServerResponse) => void setTimeout(() => response.end("at last"), ms),
    /** Takes the request, and never says a word. */
    hanging: () => {},
    /** Says that all is well, and then does not get to the end. */
    endless: (response: ServerResponse) => void response.writeHead(200).write("the beginning"),
    resetting: (response: ServerResponse) => void response.socket?.resetAndDestroy(),
    /** Sends until the connection is closed. */
    huge: (response: ServerResponse) => {
        response.writeHead(200);
        const chunk = "x".repeat(16_384);
        const send = () => {
            while (!response.destroyed && response.write(chunk));
        };
        response.on("drain", send);
        send();
    },
} as const;

/** A real HTTP server on this machine that is sent events. */
export class Receiver {
    readonly received: Received[] = [];
    /** Connections that were opened to it, whether or not anything was said. */
    connections = 0;
    behaviour: Behaviour;
    readonly #server: Server;
    readonly #scheme: "http" | "https";
    readonly #arrived = new Set<() => void>();

    private constructor(behaviour: Behaviour, scheme: "http" | "https") {
        this.behaviour = behaviour;
        this.#scheme = scheme;
        this.#server = scheme === "https" ? createSecureServer({ key, cert }) : createServer();
        this.#server.on("connection", () => {
            this.connections += 1;
        });
        this.#server.on("request", async (request, response) => {
            const { method = "", url: path = "", headers } = request;
            const received = { method, path, headers, body: await text(request) };
            this.received.push(received);
            for (const arrived of this.#arrived) arrived();
            this.behaviour(response, received, this.received.length);
        });
    }

    /** @param scheme with `https` it uses a self-signed certificate. */
    static async start(behaviour: Behaviour, scheme: "http" | "https" = "http"): Promise<Receiver> {
        const receiver = new Receiver(behaviour, scheme);
        receiver.#server.listen(0, "127.0.0.1");
        await once(receiver.#server, "listening");
        return receiver;
    }

    get port(): number {
        // A server that listens on a port has an address of this form.
        return (this.#server.address() as AddressInfo).port;
    }

    get url(): string {
        return `${this.#scheme}://127.0.0.1:${this.port}/hooks`;
    }

    /** The request it got, of which there was one. */
    get only(): Received {
        const [first, ...others] = this.received;
        if (first === undefined || others.length > 0) throw new Error(`there were ${this.received.length} requests`);
        return first;
    }

    /** The ids of the events it got, in the order they came. */
    get ids(): (string | undefined)[] {
        return this.received.map(({ headers }) => headers["webhook-id"]?.toString());
    }

    /** Waits until it has had so many requests. */
    async has(count: number): Promise<void> {
        while (this.received.length < count) {
            const { promise, resolve } = Promise.withResolvers<void>();
            this.#arrived.add(resolve);
            await promise;
            this.#arrived.delete(resolve);
        }
    }

    /** How many connections are open. */
    async open(): Promise<number> {
        return new Promise((resolve, reject) => {
            this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
        });
    }

    /** Ends the connections that wait for the next request, as servers do after a while. */
    closeIdle(): void {
        this.#server.closeIdleConnections();
    }

    async stop(): Promise<void> {
        const closed = once(this.#server, "close");
        this.#server.close();
        this.#server.closeAllConnections();
        await closed;
    }
}
