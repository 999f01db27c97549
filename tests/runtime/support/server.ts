import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server on a free port of this machine. */
export abstract class LocalServer {
    readonly #server: Server = createServer((request, response) => void this.serve(request, response));

    protected abstract serve(request: IncomingMessage, response: ServerResponse): unknown;

    async start(): Promise<this> {
        // A connection that is closed when it has been idle fails the next call of a client that does not try again.
        this.#server.keepAliveTimeout = 0;
        this.#server.listen(0, "127.0.0.1");
        await once(this.#server, "listening");
        return this;
    }

    get url(): string {
        // A server that listens on a port has an address of this form.
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    async stop(): Promise<void> {
        if (!this.#server.listening) return;
        this.#server.close();
        this.#server.closeAllConnections();
        await once(this.#server, "close");
    }
}
