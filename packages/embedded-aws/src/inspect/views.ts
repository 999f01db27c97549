import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { AwsError } from "../aws/call.ts";
import { type Input, isInput } from "../aws/input.ts";
import type { Site } from "../http/server.ts";

/** What can be looked at below `/_local`, each as a question with an answer in JSON; of a list, pages can be asked for. */
export type Views = Readonly<Record<string, (parameters: URLSearchParams) => unknown>>;

/** What changes something: `POST /_local/<name>` with its input as JSON, from a page of this origin. */
export type Actions = Readonly<Record<string, (input: Input) => unknown>>;

/** What answers in a way of its own all that is below its name: the stream, the pages of the console. */
export type Handlers = Readonly<Record<string, (message: IncomingMessage, response: ServerResponse) => unknown>>;

/** What a view shows as it is, instead of JSON. */
export class Download {
    readonly contentType: string;
    readonly body: Buffer | string;

    constructor(contentType: string, body: Buffer | string) {
        this.contentType = contentType;
        this.body = body;
    }
}

/** A view that cannot be shown as asked for; the message says what is missing. */
export class ViewRequestError extends Error {
    override readonly name = "ViewRequestError";
}

/** Of what a page loads: nothing from elsewhere, and no script in a document or mail that is shown. */
const protection = {
    "content-security-policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
} as const;
const sandboxed = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** Another website's form cannot set it, and its script must ask first, which is refused. */
const ownHeader = "x-console";

/** Serves the views and actions below `/_local`, and at `/_local` what there is. */
export class Inspector implements Site {
    readonly #views: Views;
    readonly #actions: Actions;
    readonly #handlers: Handlers;
    readonly #path: string;

    /** @param path of all of it */
    constructor(views: Views, actions: Actions = {}, handlers: Handlers = {}, path = "/_local") {
        this.#path = path;
        this.#views = views;
        this.#actions = actions;
        this.#handlers = handlers;
    }

    accepts({ url = "/" }: IncomingMessage): boolean {
        return url.startsWith(this.#path) && /^([/?]|$)/.test(url.slice(this.#path.length));
    }

    async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method, url = "/" } = message;
        for (const [name, value] of Object.entries(protection)) response.setHeader(name, value);
        const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
        const name = pathname.slice(this.#path.length + 1).replace(/\/$/, "");
        const [first = ""] = name.split("/", 1);
        const handler = Object.hasOwn(this.#handlers, first) ? this.#handlers[first] : undefined;
        const view = Object.hasOwn(this.#views, name) ? this.#views[name] : undefined;
        const action = Object.hasOwn(this.#actions, name) ? this.#actions[name] : undefined;
        try {
            if (handler !== undefined) await handler(message, response);
            else if (name === "") this.#index(message, response);
            else if (method === "POST" && action !== undefined) {
                this.#checkOrigin(message);
                const input: unknown = await json(message).catch(() => undefined);
                if (!isInput(input)) throw new ViewRequestError("the input is a JSON object");
                send(response, 200, await action(input));
            } else if (view !== undefined && method === "GET") sendPage(response, url, await view(searchParams));
            else if (view !== undefined || action !== undefined) {
                send(response, 405, { message: `${pathname} is ${action === undefined ? "read with GET" : "a POST"}` });
            } else {
                send(response, 404, { message: `no view ${pathname}`, views: Object.keys(this.#views) });
            }
        } catch (error) {
            if (response.headersSent) response.destroy();
            else send(response, statusOf(error), { message: error instanceof Error ? error.message : String(error) });
        }
    }

    /** For a person at a browser the console, for a command what there is. */
    #index({ headers }: IncomingMessage, response: ServerResponse): void {
        if (this.#handlers["console"] !== undefined && headers.accept?.includes("text/html")) {
            response.writeHead(302, { location: "/_local/console" }).end();
            return;
        }
        const names = [...Object.keys(this.#views), ...Object.keys(this.#handlers)];
        send(
            response,
            200,
            names.map((each) => `${this.#path}/${each}`),
        );
    }

    #checkOrigin({ headers }: IncomingMessage): void {
        const { host, origin = `http://${host}`, "sec-fetch-site": site = "same-origin" } = headers;
        const isOwn = origin === `http://${host}` && site === "same-origin";
        if (isOwn && headers[ownHeader] !== undefined) return;
        throw new AwsError("Forbidden", `a change needs a request of this origin with the header ${ownHeader}`, 403);
    }
}

function statusOf(error: unknown): number {
    if (error instanceof ViewRequestError) return 400;
    return error instanceof AwsError ? error.status : 500;
}

/** A part of a list, where one is asked for, and in the header Link where the next one is. */
function sendPage(response: ServerResponse, url: string, body: unknown): void {
    const target = new URL(url, "http://127.0.0.1");
    const [limit, offset] = ["limit", "offset"].map((name) => target.searchParams.get(name));
    if (!Array.isArray(body) || (limit == null && offset == null)) {
        send(response, 200, body);
        return;
    }
    const [from, most] = [wholeNumber(offset ?? "0", "offset"), wholeNumber(limit ?? "100", "limit")];
    if (body.length > from + most) {
        target.searchParams.set("offset", String(from + most));
        response.setHeader("link", `<${target.pathname}${target.search}>; rel="next"`);
    }
    send(response, 200, body.slice(from, from + most));
}

export function wholeNumber(text: string, name: string): number {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new ViewRequestError(`${name} is a whole number: ?${name}=100`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
    if (body instanceof Download) {
        // A browser's own viewer of PDFs works in no sandbox; documents of other types run nothing.
        if (body.contentType !== "application/pdf") response.setHeader("content-security-policy", sandboxed);
        response.writeHead(status, { "content-type": body.contentType });
        response.end(body.body);
        return;
    }
    response.writeHead(status, { "content-type": "application/json" });
    // What has nothing to tell is answered with JSON, too.
    response.end(`${JSON.stringify(body ?? null, undefined, 2)}\n`);
}
