import { once } from "node:events";
import {
    createServer,
    type IncomingHttpHeaders,
    type IncomingMessage,
    type Server,
    type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that Stripe got. */
export interface StripeRequest {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly form: Readonly<Record<string, string>>;
}

/** An answer of Stripe. */
export interface StripeAnswer {
    readonly status: number;
    readonly body: object;
}

/**
 * How a request goes wrong: the answer instead of Stripe's own; what happens to that once Stripe has done its work; or
 * what a charge waits for while Stripe works on it.
 */
export type Mishap = StripeAnswer | "reset" | "silence" | (() => Promise<void>);

/** An error as Stripe gives it. */
export const stripeError = (status: number, type: string, details: object = {}): StripeAnswer => ({
    status,
    body: { error: { type, message: "a text that may quote spt_granted and sk_test_of_the_shop", ...details } },
});

const preview = "2026-04-22.preview";
const granted = /^\/v1\/shared_payment\/granted_tokens\/(\w+)$/;

/**
 * Stripe on this machine: granted tokens and payment intents, as documented, with idempotency keys. Remembers every
 * request; tests put tokens in place, and mishaps for the next requests.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class StripeDouble {
    readonly requests: StripeRequest[] = [];
    /** By token: what Stripe tells of it. */
    readonly tokens = new Map<string, object>();
    /** For the next requests of each kind, first come first. */
    readonly mishaps: { readonly token: Mishap[]; readonly charge: Mishap[] } = { token: [], charge: [] };
    /** By token: what a charge ends with; without one it succeeds. */
    readonly outcomes = new Map<string, StripeAnswer>();
    /** The payment intents that took money. */
    readonly charges: Readonly<Record<string, string>>[] = [];
    readonly #server: Server;
    readonly #secretKey: string;
    readonly #saved = new Map<string, { readonly form: string; answer: StripeAnswer | undefined }>();

    private constructor(secretKey: string) {
        this.#secretKey = secretKey;
        this.#server = createServer((request, response) => void this.#serve(request, response));
    }

    static async start(secretKey: string): Promise<StripeDouble> {
        const stripe = new StripeDouble(secretKey);
        stripe.#server.listen(0, "127.0.0.1");
        await once(stripe.#server, "listening");
        return stripe;
    }

    get url(): string {
        // A server that listens on a port has an address of this form.
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    /** The requests to charge. */
    get attempts(): StripeRequest[] {
        return this.requests.filter(({ method }) => method === "POST");
    }

    reset(): void {
        this.requests.length = 0;
        this.charges.length = 0;
        this.mishaps.token.length = 0;
        this.mishaps.charge.length = 0;
        this.tokens.clear();
        this.outcomes.clear();
        this.#saved.clear();
    }

    async stop(): Promise<void> {
        this.#server.close();
        this.#server.closeAllConnections();
        await once(this.#server, "close");
    }

    async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "", url: path = "", headers } = request;
        const body = await text(request);
        const form = Object.fromEntries(new URLSearchParams(body));
        this.requests.push({ method, path, headers, form });
        const mishap = (method === "GET" ? this.mishaps.token : this.mishaps.charge).shift();
        if (typeof mishap === "object" && "status" in mishap) return send(response, mishap);
        const refused = this.#refusal(headers);
        if (refused) return send(response, refused);
        const token = granted.exec(path)?.[1];
        if (method === "POST" && path === "/v1/payment_intents")
            await this.#charge(body, form, headers, response, mishap);
        else if (method === "GET" && token !== undefined) finish(response, this.#tell(token), mishap);
        else send(response, stripeError(404, "invalid_request_error"));
    }

    #refusal(headers: IncomingHttpHeaders): StripeAnswer | undefined {
        if (headers.authorization !== `Bearer ${this.#secretKey}`) return stripeError(401, "invalid_request_error");
        // The general versions know no shared payment tokens.
        if (headers["stripe-version"] !== preview) return stripeError(400, "invalid_request_error");
        return undefined;
    }

    #tell(token: string): StripeAnswer {
        const body = this.tokens.get(token);
        return body ? { status: 200, body } : stripeError(404, "invalid_request_error", { code: "resource_missing" });
    }

    async #charge(
        body: string,
        form: StripeRequest["form"],
        headers: IncomingHttpHeaders,
        response: ServerResponse,
        mishap: Mishap | undefined,
    ): Promise<void> {
        const key = String(headers["idempotency-key"]);
        const saved = this.#saved.get(key);
        if (saved?.form !== undefined && saved.form !== body)
            return send(response, stripeError(400, "idempotency_error"));
        if (saved && !saved.answer) {
            return send(response, stripeError(409, "invalid_request_error", { code: "idempotency_key_in_use" }));
        }
        if (saved?.answer) {
            response.setHeader("idempotent-replayed", "true");
            return finish(response, saved.answer, mishap);
        }
        const run: { form: string; answer: StripeAnswer | undefined } = { form: body, answer: undefined };
        this.#saved.set(key, run);
        if (typeof mishap === "function") await mishap();
        run.answer = this.#confirm(form);
        finish(response, run.answer, mishap);
    }

    #confirm(form: StripeRequest["form"]): StripeAnswer {
        const token = form["payment_method_data[shared_payment_granted_token]"] ?? "";
        const outcome = this.outcomes.get(token);
        if (outcome) return outcome;
        this.charges.push(form);
        return intent("succeeded", `pi_${this.charges.length}`);
    }
}

/** A payment intent in this state. */
export const intent = (status: string, id = "pi_open"): StripeAnswer => ({
    status: 200,
    body: { id, object: "payment_intent", status, client_secret: `${id}_secret` },
});

function finish(response: ServerResponse, answer: StripeAnswer, mishap: Mishap | undefined): void {
    if (mishap === "reset") response.socket?.resetAndDestroy();
    else if (mishap !== "silence") send(response, answer);
}

function send(response: ServerResponse, { status, body }: StripeAnswer): void {
    response.writeHead(status, { "content-type": "application/json", "request-id": "req_1" });
    response.end(JSON.stringify(body));
}
