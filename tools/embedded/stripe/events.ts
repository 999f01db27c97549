import { createHmac, randomBytes } from "node:crypto";
import type { Outcome, TaskQueue, Waits } from "embedded-aws/doubles";
import { listOf, missing, ok, type Parameters, type Reply, refusal } from "./answers.ts";
import { Kept } from "./kept.ts";

/** https://docs.stripe.com/api/webhook_endpoints/object */
interface EventEndpoint {
    readonly id: string;
    readonly url: string;
    readonly enabled_events: readonly string[];
    readonly secret: string;
    readonly status: "enabled" | "deleted";
}

interface StripeEvent {
    readonly id: string;
    readonly type: string;
}

interface Sending {
    readonly event: string;
    readonly endpoint: string;
}

/** Seconds until an event is sent again: three times, as Stripe does it for tests, within a few hours. */
const pauses = [60, 600, 6000];
const patienceMs = 10_000;

/** Events that Stripe sends to registered endpoints, signed. https://docs.stripe.com/webhooks */
export class Events {
    readonly #taskQueue: TaskQueue;
    readonly #waits: Waits;
    readonly #now: () => number;
    readonly #events: Kept<StripeEvent>;
    readonly #endpoints: Kept<EventEndpoint>;

    constructor(taskQueue: TaskQueue, waits: Waits, now: () => number) {
        this.#taskQueue = taskQueue;
        this.#waits = waits;
        this.#now = now;
        this.#events = new Kept(taskQueue, "event");
        this.#endpoints = new Kept(taskQueue, "endpoint");
        taskQueue.handle<Sending>("stripe event", 4, ({ payload, attempt }) => this.#send(payload, attempt));
    }

    register(parameters: Parameters): Reply {
        const { url = "" } = parameters;
        if (!URL.canParse(url)) return refusal("Not a valid URL", { param: "url" });
        const enabled_events = Object.entries(parameters).flatMap(([name, value]) =>
            value !== undefined && /^enabled_events\[\d*\]$/.test(name) ? [value] : [],
        );
        if (enabled_events.length === 0) return refusal("No events", { param: "enabled_events" });
        const id = `we_${this.#endpoints.size + 1}`;
        const secret = `whsec_${randomBytes(24).toString("hex")}`;
        this.#endpoints.set(id, { id, url, enabled_events, secret, status: "enabled" });
        return ok({ ...this.#shown(id), secret });
    }

    /** All events from now on, as if the endpoint had been added in the dashboard. */
    sendTo(url: string, secret: string): void {
        const id = "we_shop";
        if (this.#endpoints.get(id)?.url === url) return;
        this.#endpoints.set(id, { id, url, enabled_events: ["*"], secret, status: "enabled" });
    }

    remove(id: string): Reply {
        const endpoint = this.#endpoints.get(id);
        if (endpoint?.status !== "enabled") return missing("webhook_endpoint", id);
        this.#endpoints.set(id, { ...endpoint, status: "deleted" });
        return ok({ id, object: "webhook_endpoint", deleted: true });
    }

    listEndpoints(parameters: Parameters): Reply {
        const enabled = [...this.#endpoints.values()].filter(({ status }) => status === "enabled");
        return listOf(
            "/v1/webhook_endpoints",
            enabled.map(({ id }) => this.#shown(id)),
            parameters,
        );
    }

    list(parameters: Parameters): Reply {
        return listOf("/v1/events", this.#events.values(), parameters);
    }

    /** Something has happened to an object. */
    emit(type: string, object: object): void {
        const id = `evt_${this.#events.size + 1}`;
        const created = Math.floor(this.#now() / 1000);
        const event = { id, object: "event", created, type, livemode: false, data: { object } };
        this.#events.set(id, event);
        const wanting = [...this.#endpoints.values()].filter(
            ({ status, enabled_events: wanted }) =>
                status === "enabled" && (wanted.includes("*") || wanted.includes(type)),
        );
        this.#taskQueue.add(
            wanting.map((endpoint) => ({ kind: "stripe event", payload: { event: id, endpoint: endpoint.id } })),
        );
    }

    async #send({ event, endpoint: id }: Sending, attempt: number): Promise<Outcome> {
        const endpoint = this.#endpoints.get(id);
        if (endpoint?.status !== "enabled") return { done: true };
        const body = JSON.stringify(this.#events.get(event));
        const seconds = Math.floor(this.#now() / 1000);
        const signature = createHmac("sha256", endpoint.secret).update(`${seconds}.${body}`).digest("hex");
        const reason = await fetch(endpoint.url, {
            method: "POST",
            headers: {
                "content-type": "application/json; charset=utf-8",
                "stripe-signature": `t=${seconds},v1=${signature}`,
            },
            body,
            redirect: "manual",
            signal: AbortSignal.timeout(patienceMs),
        }).then(
            async (answer) => {
                await answer.body?.cancel();
                return answer.ok ? undefined : `${endpoint.url} answered ${answer.status}`;
            },
            (error: unknown) => String(error),
        );
        const pause = pauses[attempt - 1];
        if (reason === undefined || pause === undefined) return { done: true };
        return { retryInMs: this.#waits.ms(pause), reason };
    }

    #shown(id: string): object {
        const { secret, ...endpoint } = this.#endpoints.get(id) ?? { secret: "" };
        return { object: "webhook_endpoint", ...endpoint, livemode: false };
    }
}
