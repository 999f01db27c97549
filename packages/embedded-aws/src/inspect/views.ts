import type { IncomingMessage, ServerResponse } from "node:http";
import type { Site } from "../http/server.ts";

/** What can be looked at below `/_local`, each as a question with an answer in JSON. */
type Views = Readonly<Record<string, (parameters: URLSearchParams) => unknown>>;

/** What a view shows as it is, instead of JSON. */
export class Download {
    readonly contentType: string;
    readonly body: Buffer;

    constructor(contentType: string, body: Buffer) {
        this.contentType = contentType;
        this.body = body;
    }
}

/** A view that cannot be shown as asked for; the message says what is missing. */
export class ViewRequestError extends Error {
    override readonly name = "ViewRequestError";
}

/** Serves the views: `GET /_local/<view>`, and at `/_local` what there is. */
export class Inspector implements Site {
    readonly #views: Views;

    constructor(views: Views) {
        this.#views = views;
    }

    accepts({ url = "/" }: IncomingMessage): boolean {
        return /^\/_local(\/|\?|$)/.test(url);
    }

    async handle({ method, url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
        const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
        const name = pathname.slice("/_local/".length);
        const all = () => Object.keys(this.#views).map((each) => `/_local/${each}`);
        const view = name === "" ? all : Object.hasOwn(this.#views, name) ? this.#views[name] : undefined;
        if (view === undefined) {
            send(response, 404, { message: `no view ${pathname}`, views: Object.keys(this.#views) });
            return;
        }
        if (method !== "GET") {
            send(response, 405, { message: "views are read with GET" });
            return;
        }
        try {
            send(response, 200, await view(searchParams));
        } catch (error) {
            send(response, error instanceof ViewRequestError ? 400 : 500, {
                message: error instanceof Error ? error.message : String(error),
            });
        }
    }
}

function send(response: ServerResponse, status: number, body: unknown): void {
    if (body instanceof Download) {
        response.writeHead(status, { "content-type": body.contentType });
        response.end(body.body);
        return;
    }
    response.writeHead(status, { "content-type": "application/json" });
    response.end(`${JSON.stringify(body, undefined, 2)}\n`);
}
