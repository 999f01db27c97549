import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type DoubleAnswer, TaskQueue, Waits } from "embedded-aws/doubles";
import type { GrantedToken } from "../../../tools/embedded/stripe/grantedTokens.ts";
import type { Intent } from "../../../tools/embedded/stripe/payments.ts";
import { StripeDouble as Double } from "../../../tools/embedded/stripe/stripe.ts";
import { LocalServer } from "./server.ts";

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

/** The account of the shop. */
export const secretKey = "sk_test_of_the_shop";
export const acquirer = {
    acquirer_bin: "411111",
    acquirer_country: "DE",
    acquirer_merchant_id: "m-1",
    merchant_name: "Example Shop",
};

const nothing = async () => {};

/**
 * The double of the embedded cloud, behind a server of its own. Remembers every request; tests put tokens and intents in
 * place, and mishaps for the next requests.
 */
export class StripeDouble extends LocalServer {
    readonly requests: StripeRequest[] = [];
    /** What happens when a request has been worked on and is not answered yet. */
    beforeAnswer: (request: Pick<StripeRequest, "method" | "path">) => Promise<void> = nothing;
    /** For the next requests of each kind, first come first; `intent` is a look at one, `search` one for them. */
    readonly mishaps = {
        token: [] as Mishap[],
        charge: [] as Mishap[],
        cancel: [] as Mishap[],
        intent: [] as Mishap[],
        search: [] as Mishap[],
    };
    /** By token: what a charge ends with; without one it goes by the token. */
    readonly outcomes = new Map<string, StripeAnswer>();
    readonly #taskQueue = new TaskQueue(":memory:");
    readonly #delays: (() => Promise<void>)[] = [];
    readonly #secretKey: string;
    readonly #now: () => number;
    #double: Double;

    /** @param now milliseconds since 1970 */
    constructor(secretKey: string, now: () => number = Date.now) {
        super();
        this.#secretKey = secretKey;
        this.#now = now;
        this.#double = this.#fresh();
    }

    override async start(): Promise<this> {
        this.#taskQueue.start();
        return await super.start();
    }

    /** By token: its data at Stripe. */
    get tokens(): Map<string, GrantedToken> {
        return this.#double.tokens.granted;
    }

    /** By id: the payment intents as they are now. */
    get intents(): Map<string, Intent> {
        return this.#double.payments.intents;
    }

    /** By id: the status that the search still returns. */
    get stale(): Map<string, string> {
        return this.#double.payments.indexed;
    }

    /** What took money back. */
    get refunds(): Double["refunds"] {
        return this.#double.refunds;
    }

    /** The events of payments, oldest first. */
    async events(): Promise<{ readonly id: string }[]> {
        const headers = { authorization: `Bearer ${this.#secretKey}` };
        const answer = await this.#double.answer({ method: "GET", path: "/v1/events?limit=100", headers, body: "" });
        const { data } = answer.body as { readonly data: { readonly id: string }[] };
        return data.reverse();
    }

    /** The requests to charge. */
    get attempts(): StripeRequest[] {
        return this.requests.filter(({ method, path }) => kindOf(method, path) === "charge");
    }

    /** The payment intents that took money. */
    get charges(): Intent[] {
        return [...this.intents.values()].filter(({ amount_received = 0 }) => amount_received > 0);
    }

    reset(): void {
        this.requests.length = 0;
        for (const mishaps of Object.values(this.mishaps)) mishaps.length = 0;
        this.outcomes.clear();
        this.beforeAnswer = nothing;
        this.#taskQueue.forgetAll();
        this.#double = this.#fresh();
    }

    override async stop(): Promise<void> {
        this.#double.close();
        await super.stop();
        this.#taskQueue.close();
    }

    #fresh(): Double {
        return new Double({
            secretKey: this.#secretKey,
            taskQueue: this.#taskQueue,
            // What takes Stripe a minute takes it no time here.
            waits: new Waits(0),
            now: this.#now,
            outcomes: this.outcomes,
            delay: async () => this.#delays.shift()?.(),
        });
    }

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "", url = "", headers } = request;
        const { pathname: path } = new URL(url, this.url);
        const body = await text(request);
        this.requests.push({ method, path, headers, form: Object.fromEntries(new URLSearchParams(body)) });
        const mishap = this.mishaps[kindOf(method, path)].shift();
        if (typeof mishap === "object") return send(response, mishap);
        if (typeof mishap === "function") this.#delays.push(mishap);
        const answer = await this.#double.answer({ method, path: url, headers, body });
        await this.beforeAnswer({ method, path });
        if (mishap === "reset") response.socket?.resetAndDestroy();
        else if (mishap !== "silence") send(response, answer);
    }
}

/** A payment intent in this state. */
export const intent = (status: string, id = "pi_open"): StripeAnswer => ({
    status: 200,
    body: { id, object: "payment_intent", status, client_secret: `${id}_secret` },
});

function kindOf(method: string, path: string): "token" | "charge" | "cancel" | "intent" | "search" {
    if (method === "POST") return path.endsWith("/cancel") ? "cancel" : "charge";
    if (path.endsWith("/search")) return "search";
    return path.startsWith("/v1/payment_intents/") ? "intent" : "token";
}

function send(response: ServerResponse, { status, headers, body }: DoubleAnswer): void {
    response.writeHead(status, { "content-type": "application/json", "request-id": "req_1", ...headers });
    response.end(JSON.stringify(body));
}
