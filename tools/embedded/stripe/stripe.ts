import { setTimeout as pause } from "node:timers/promises";
import type { Double, DoubleAnswer, DoubleRequest, TaskQueue, Waits } from "embedded-aws/doubles";
import { failure, type Parameters, type Reply, refusal } from "./answers.ts";
import { Events } from "./events.ts";
import { GrantedTokens } from "./grantedTokens.ts";
import { Kept } from "./kept.ts";
import { Payments } from "./payments.ts";
import { Refunds } from "./refunds.ts";

interface StripeSettings {
    /** `sk_test_…`: every other is refused. */
    readonly secretKey: string;
    /** What Stripe knows survives this machine's faults: it is in the task queue before it is answered. */
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    /** Where the shop takes events, below the address at which it reaches this double, and their secret. @default nowhere */
    readonly shop?: { readonly path: string; readonly secret: string };
    /** Milliseconds since 1970. @default the clock */
    readonly now?: () => number;
    /** By token: what a charge ends with. @default what the token's name says */
    readonly outcomes?: ReadonlyMap<string, Reply>;
    /** Waited for before a request with an idempotency key is worked on. @default nothing */
    readonly delay?: () => Promise<void>;
}

/** A first request with an idempotency key. */
interface Run {
    readonly request: string;
    readonly requestId: string;
    readonly at: number;
    /** Until then it counts as running. */
    readonly doneAt: number;
    readonly status: number;
    readonly body: object;
}

type Endpoint = (parameters: Parameters, id: string) => Reply;

/** Shared payment tokens exist in preview versions only. */
const preview = /^\d{4}-\d\d-\d\d\.preview$/;
const keptMs = 24 * 60 * 60 * 1000;

/**
 * Stripe on this machine: granted tokens, payment intents, refunds and events, as far as documented, with idempotency
 * keys as Stripe has them. Which token is charged says what happens: see `grantedTokens.ts`.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class StripeDouble implements Double {
    readonly tokens: GrantedTokens;
    readonly payments: Payments;
    readonly refunds: Refunds;
    readonly #settings: Required<Omit<StripeSettings, "shop">>;
    readonly #events: Events;
    readonly #shop: StripeSettings["shop"];
    readonly #runs: Kept<Run>;
    /** Keys whose first request is being worked on. */
    readonly #running = new Map<string, string>();
    readonly #closing = new AbortController();
    readonly #endpoints: Readonly<Record<string, Endpoint>>;

    constructor(settings: StripeSettings) {
        const { shop, taskQueue, waits, now = Date.now, outcomes = new Map(), delay = async () => {} } = settings;
        this.#shop = shop;
        this.#settings = { ...settings, now, outcomes, delay };
        this.#runs = new Kept(taskQueue, "run");
        const events = new Events(taskQueue, waits, now);
        this.#events = events;
        const tokens = new GrantedTokens(taskQueue, now);
        const payments = new Payments(this.#settings, tokens, events);
        this.tokens = tokens;
        this.payments = payments;
        const refunds = new Refunds(this.#settings, tokens, payments, events);
        this.refunds = refunds;
        this.#endpoints = {
            "POST /v1/test_helpers/shared_payment/granted_tokens": (parameters) => tokens.grant(parameters),
            "GET /v1/shared_payment/granted_tokens/*": (_, id) => tokens.look(id),
            "POST /v1/payment_intents": (parameters) => payments.charge(parameters),
            "GET /v1/payment_intents": (parameters) => payments.list(parameters),
            "GET /v1/payment_intents/search": (parameters) => payments.search(parameters),
            "GET /v1/payment_intents/*": (_, id) => payments.look(id),
            "POST /v1/payment_intents/*/capture": (parameters, id) => payments.capture(id, parameters),
            "POST /v1/payment_intents/*/cancel": (parameters, id) => payments.cancel(id, parameters),
            "POST /v1/refunds": (parameters) => refunds.create(parameters),
            "GET /v1/refunds": (parameters) => refunds.list(parameters),
            "GET /v1/refunds/*": (_, id) => refunds.look(id),
            "GET /v1/disputes": (parameters) => refunds.listDisputes(parameters),
            "GET /v1/disputes/*": (_, id) => refunds.lookAtDispute(id),
            "POST /v1/disputes/*": (parameters, id) => refunds.updateDispute(id, parameters),
            "POST /v1/disputes/*/close": (_, id) => refunds.closeDispute(id),
            "GET /v1/events": (parameters) => events.list(parameters),
            "POST /v1/webhook_endpoints": (parameters) => events.register(parameters),
            "GET /v1/webhook_endpoints": (parameters) => events.listEndpoints(parameters),
            "DELETE /v1/webhook_endpoints/*": (_, id) => events.remove(id),
        };
    }

    async answer(request: DoubleRequest): Promise<DoubleAnswer> {
        const requestId = `req_${crypto.randomUUID().slice(0, 8)}`;
        const { headers = {}, ...answer } = await this.#answer(request, requestId);
        return { ...answer, headers: { "request-id": requestId, ...headers } };
    }

    /** Answers that are late do not come any more. */
    close(): void {
        this.#closing.abort();
    }

    async #answer({ method, path, headers, body }: DoubleRequest, requestId: string): Promise<DoubleAnswer> {
        if (headers.authorization !== `Bearer ${this.#settings.secretKey}`) {
            return failure(401, "invalid_request_error", "Invalid API Key provided");
        }
        const { host } = headers;
        if (this.#shop && host !== undefined)
            this.#events.sendTo(`http://${host}${this.#shop.path}`, this.#shop.secret);
        const { pathname, searchParams } = new URL(path, "http://stripe.invalid");
        const endpoint = this.#endpointOf(method, pathname);
        if (endpoint === undefined) return refusal(`Unrecognized request URL (${method}: ${pathname})`, {}, 404);
        const parameters: Parameters = Object.fromEntries(method === "POST" ? new URLSearchParams(body) : searchParams);
        const needsPreview = pathname.includes("/shared_payment/") || body.includes("shared_payment_granted_token");
        if (needsPreview && !preview.test(String(headers["stripe-version"]))) {
            return refusal("Received unknown parameter", { code: "parameter_unknown" });
        }
        const work = () => endpoint.answer(parameters, endpoint.id);
        const key = method === "POST" ? headers["idempotency-key"] : undefined;
        if (typeof key !== "string") return await this.#late(this.#settings.taskQueue.atomically(work));
        return await this.#once(key, `${pathname}?${body}`, requestId, work);
    }

    /** The first request with a key is worked on, every other gets its answer. */
    async #once(key: string, request: string, requestId: string, work: () => Reply): Promise<DoubleAnswer> {
        const { taskQueue, now, delay } = this.#settings;
        if (key.length > 255) return refusal("Idempotency keys are up to 255 characters long");
        const saved = this.#runs.get(key);
        const run = saved && now() - saved.at <= keptMs ? saved : undefined;
        const earlier = run?.request ?? this.#running.get(key);
        if (earlier !== undefined && earlier !== request) {
            return failure(400, "idempotency_error", "Keys for idempotent requests go with the same parameters");
        }
        if (this.#running.has(key) || (run !== undefined && run.doneAt > now())) {
            return refusal("Another request with this key is in progress", { code: "idempotency_key_in_use" }, 409);
        }
        if (run !== undefined) {
            const headers = { "idempotent-replayed": "true", "original-request": run.requestId };
            return { status: run.status, headers, body: run.body };
        }
        this.#running.set(key, request);
        try {
            await delay();
            const reply = taskQueue.atomically(() => {
                const { isRefusal, lateMs = 0, status, body } = work();
                if (isRefusal) return { status, body };
                this.#runs.set(key, { request, requestId, at: now(), doneAt: now() + lateMs, status, body });
                return { status, body, lateMs };
            });
            return await this.#late(reply);
        } finally {
            this.#running.delete(key);
        }
    }

    async #late({ lateMs = 0, status, body }: Reply): Promise<DoubleAnswer> {
        if (lateMs > 0) await pause(lateMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
        return { status, body };
    }

    /** By the path, in which the id is the last part or the one before. */
    #endpointOf(method: string, path: string): { readonly answer: Endpoint; readonly id: string } | undefined {
        const parts = path.split("/");
        for (const place of [undefined, -1, -2]) {
            const pattern = place === undefined ? parts : parts.with(place, "*");
            const answer = this.#endpoints[`${method} ${pattern.join("/")}`];
            if (answer !== undefined) return { answer, id: parts.at(place ?? -1) ?? "" };
        }
        return undefined;
    }
}
