import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Something that answers requests on the origin: an HTTP API, or the views under `/_local`. */
export interface Site {
    accepts(message: IncomingMessage): boolean;
    handle(message: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface Origin {
    /** `http://127.0.0.1:8787` */
    readonly url: string;
    /** Takes no more requests and resolves when the running ones are answered and every connection is closed. */
    close(): Promise<void>;
}

/** The port cannot be listened on; `code` as the system gives it, `EADDRINUSE` when it is taken. */
export class PortUnavailableError extends Error {
    readonly port: number;
    readonly code: string | undefined;

    constructor(port: number, cause: NodeJS.ErrnoException) {
        super(cause.code === "EADDRINUSE" ? `port ${port} is in use` : `port ${port}: ${cause.message}`, { cause });
        this.name = "PortUnavailableError";
        this.port = port;
        this.code = cause.code;
    }
}

/**
 * Listens on 127.0.0.1. The first site that accepts a request answers it, the last site all other requests.
 * @param port 0 for any that is free. Throws PortUnavailableError.
 */
export async function listen(port: number, sites: readonly Site[]): Promise<Origin> {
    const running = new Set<ServerResponse>();
    const sockets = new Set<Socket>();
    const server = createServer((message, response) => {
        running.add(response);
        response.on("close", () => running.delete(response));
        const site = sites.find((candidate) => candidate.accepts(message)) ?? sites.at(-1);
        if (site === undefined) response.writeHead(404).end();
        else void answer(site, message, response);
    });
    server.on("connection", (socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", (error) => reject(new PortUnavailableError(port, error)));
        server.listen(port, "127.0.0.1", resolve);
    });
    const address = server.address();
    const actual = typeof address === "object" && address !== null ? address.port : port;
    return {
        url: `http://127.0.0.1:${actual}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                const busy = new Set(Array.from(running, (response) => response.socket));
                for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
                // A connection that is answered now would wait for another request.
                for (const response of running) {
                    const { socket } = response;
                    if (!response.headersSent) response.setHeader("connection", "close");
                    response.once("close", () => socket?.end());
                }
            }),
    };
}

/**
 * A website must not call through the browser of the person who visits it, be it across origins or under a name of its
 * own that resolves to this machine (DNS rebinding): keys are no secret here, and `/_local` shows everything.
 */
export function isFromElsewhere({ headers }: Pick<IncomingMessage, "headers">): boolean {
    const names = [`http://${headers.host ?? "localhost"}`, headers.origin ?? "http://localhost"];
    return !names.every(
        (name) => URL.canParse(name) && /^(127\.0\.0\.1|\[::1\]|(.+\.)?localhost)$/.test(new URL(name).hostname),
    );
}

/** Refuses requests from elsewhere; without CORS headers a browser does not show the response to their website. */
export const elsewhere: Site = {
    accepts: isFromElsewhere,
    handle: async (message, response) => {
        const refusal = "Only this machine may call: Host and Origin must be 127.0.0.1 or localhost.";
        // What is read to its end leaves the connection to the next request.
        message.resume();
        response
            .writeHead(403, { "content-type": "application/json" })
            .end(`${JSON.stringify({ message: refusal })}\n`);
    },
};

async function answer(site: Site, message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
        await site.handle(message, response);
    } catch (error) {
        console.error(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
    }
}

/** Answers every request until the cloud has started. */
export const starting: Site = {
    accepts: () => true,
    handle: async (_, response) => {
        response.writeHead(503, { "retry-after": "1" }).end("starting\n");
    },
};
