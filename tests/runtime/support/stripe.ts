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
const single = /^\/v1\/payment_intents\/(pi_\w+)$/;
const clause = /^metadata\["(\w+)"\]:"([^"\\]*)"$/;

/** A payment intent as Stripe keeps it. */
export interface Intent {
    readonly id: string;
    readonly status: string;
    readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Stripe on this machine: granted tokens and payment intents, as documented, with idempotency keys and the search by
 * metadata. Remembers every request; tests put tokens and intents in place, and mishaps for the next requests.
 * https://docs.stripe.com/api/idempotent_requests
 * https://docs.stripe.com/search
 */
export class StripeDouble {
    readonly requests: StripeRequest[] = [];
    /** By token: what Stripe tells of it. */
    readonly tokens = new Map<string, object>();
    /** By id: the payment intents as they are now. */
    readonly intents = new Map<string, Intent>();
    /** By id: the status that the search still tells. */
    readonly stale = new Map<string, string>();
    /** For the next requests of each kind, first come first; `intent` is a look at one, `search` one for them. */
    readonly mishaps = {
        token: [] as Mishap[],
        charge: [] as Mishap[],
        intent: [] as Mishap[],
        search: [] as Mishap[],
    };
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
        for (const mishaps of Object.values(this.mishaps)) mishaps.length = 0;
        this.tokens.clear();
        this.intents.clear();
        this.stale.clear();
        this.outcomes.clear();
        this.#saved.clear();
    }

    async stop(): Promise<void> {
        this.#server.close();
        this.#server.closeAllConnections();
        await once(this.#server, "close");
    }

    async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "", url = "", headers } = request;
        const { pathname: path, searchParams } = new URL(url, this.url);
        const body = await text(request);
        const form = Object.fromEntries(new URLSearchParams(body));
        this.requests.push({ method, path, headers, form });
        const mishap = this.mishaps[kindOf(method, path)].shift();
        if (typeof mishap === "object" && "status" in mishap) return send(response, mishap);
        const refused = this.#refusal(headers);
        if (refused) return send(response, refused);
        const token = granted.exec(path)?.[1];
        const id = single.exec(path)?.[1];
        if (method === "POST" && path === "/v1/payment_intents")
            await this.#charge(body, form, headers, response, mishap);
        else if (method === "GET" && token !== undefined) finish(response, this.#tell(token), mishap);
        else if (method === "GET" && id !== undefined) finish(response, this.#look(id), mishap);
        else if (method === "GET" && path === "/v1/payment_intents/search")
            finish(response, this.#search(searchParams.get("query") ?? ""), mishap);
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

    #look(id: string): StripeAnswer {
        const body = this.intents.get(id);
        return body ? { status: 200, body } : stripeError(404, "invalid_request_error", { code: "resource_missing" });
    }

    /** Knows no queries but for members of the metadata, and takes them without regard to case, as Stripe does. */
    #search(query: string): StripeAnswer {
        const wanted = query.split(" AND ").map((part) => clause.exec(part));
        if (wanted.some((part) => part === null)) return stripeError(400, "invalid_request_error", { param: "query" });
        const data = [...this.intents.values()]
            .filter(({ metadata }) =>
                wanted.every((part) => metadata[part?.[1] ?? ""]?.toLowerCase() === part?.[2]?.toLowerCase()),
            )
            .map((found) => ({ ...found, status: this.stale.get(found.id) ?? found.status }));
        return { status: 200, body: { object: "search_result", url: "/v1/payment_intents/search", data } };
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
        if (outcome && outcome.status !== 200) return outcome;
        if (!outcome) this.charges.push(form);
        const answer = outcome ?? intent("succeeded", `pi_${this.charges.length}`);
        const { id, status }: Partial<Intent> = answer.body;
        if (id !== undefined && status !== undefined) this.intents.set(id, { id, status, metadata: metadataIn(form) });
        return answer;
    }
}

/** A payment intent in this state. */
export const intent = (status: string, id = "pi_open"): StripeAnswer => ({
    status: 200,
    body: { id, object: "payment_intent", status, client_secret: `${id}_secret` },
});

function kindOf(method: string, path: string): "token" | "charge" | "intent" | "search" {
    if (method === "POST") return "charge";
    if (path.endsWith("/search")) return "search";
    return single.test(path) ? "intent" : "token";
}

function metadataIn(form: StripeRequest["form"]): Record<string, string> {
    return Object.fromEntries(
        Object.entries(form).flatMap(([name, value]) => {
            const member = /^metadata\[(\w+)\]$/.exec(name)?.[1];
            return member === undefined ? [] : [[member, value]];
        }),
    );
}

function finish(response: ServerResponse, answer: StripeAnswer, mishap: Mishap | undefined): void {
    if (mishap === "reset") response.socket?.resetAndDestroy();
    else if (mishap !== "silence") send(response, answer);
}

function send(response: ServerResponse, { status, body }: StripeAnswer): void {
    response.writeHead(status, { "content-type": "application/json", "request-id": "req_1" });
    response.end(JSON.stringify(body));
}
