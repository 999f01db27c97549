import { Analytics } from "@segment/analytics-node";
import { uuidOf, uuidV7 } from "../../shared/ids.ts";
import type { SegmentAccount } from "./accounts.ts";
import type { CommercetoolsCustomer } from "./customer.ts";
import { type Traits, traitsOf } from "./traits.ts";

/** Segment has not confirmed the request, which may have arrived or not. */
export class SegmentUnconfirmedError extends Error {
    override readonly name = "SegmentUnconfirmedError";
}

/** Permanent: the customer has no id, or the event is too large. */
export class NotIdentifiableError extends Error {
    override readonly name = "NotIdentifiableError";
}

/** The id of the customer at commercetools, else one derived from the e-mail address. */
export type Person = { readonly userId: string } | Anonymous;
export interface Anonymous {
    readonly anonymousId: string;
}

export interface Occasion {
    readonly person: Person;
    /** Of the customer's e-mail address: joins the customer with what came by the address alone. @default none: customers are not joined */
    readonly joined?: Anonymous;
    /** Segment deduplicates ids for at least a day, so retries use the same. Below 100 characters. */
    readonly messageId: string;
    /** ISO 8601: the time of the change. */
    readonly timestamp: string;
}

// Segment's limit is 32 KB a call. The library adds about 200 bytes to an event; its own check of the size is wrong.
const mostBytes = 32_000;
const patience = { request: 5000, whole: 12_000 };

/** Sends customers to Segment. Errors contain neither traits nor the write key. */
export class Segment {
    readonly #account: SegmentAccount;
    readonly #patience: typeof patience;

    /** @param wait milliseconds for one request, and for all tries. */
    constructor(account: SegmentAccount, wait = patience) {
        this.#account = account;
        this.#patience = wait;
    }

    /**
     * Resolves when Segment confirms the request. Throws SegmentUnconfirmedError, NotIdentifiableError.
     * @param occasion @default the person of the e-mail address, now
     */
    async identifyCustomer(customer: CommercetoolsCustomer, occasion: Occasion = casual(customer)): Promise<void> {
        const { person, joined, messageId, timestamp } = occasion;
        const event = { ...joined, ...person, messageId, timestamp: new Date(timestamp), traits: traitsOf(customer) };
        const bytes = Buffer.byteLength(JSON.stringify(event));
        if (bytes > mostBytes)
            throw new NotIdentifiableError(`${messageId} takes ${bytes} bytes, Segment takes ${mostBytes}`);
        await this.#confirmed(event);
    }

    /**
     * One instance of the library and one request for each event: failures stay independent, and no state outlives the
     * invocation. The library's promises also resolve for lost events, and its callbacks are 300 ms late; hence its emitted
     * events.
     */
    async #confirmed(event: Person & { messageId: string; timestamp: Date; traits: Traits }): Promise<void> {
        const { writeKey, apiBase } = this.#account;
        const analytics = new Analytics({
            writeKey,
            host: apiBase.origin,
            path: `${apiBase.pathname.replace(/\/$/, "")}/v1/batch`,
            flushAt: 1,
            // The retry queue does the rest.
            maxRetries: 1,
            httpRequestTimeout: this.#patience.request,
            httpClient: fetchOnce,
        });
        const confirmed = new Promise<void>((resolve, reject) => {
            analytics.once("identify", () => resolve());
            analytics.once("error", ({ reason }) => reject(new SegmentUnconfirmedError(describe(reason))));
        });
        analytics.identify(event);
        // Also ends the library's own waits, such as a minute for a Retry-After.
        const over = analytics.closeAndFlush({ timeout: this.#patience.whole }).then(() => {
            throw new SegmentUnconfirmedError(`no confirmation within ${this.#patience.whole} ms`);
        });
        await Promise.race([confirmed, over]);
    }
}

export function personOf(email: string): Anonymous {
    return { anonymousId: uuidOf("customer", email.trim().toLowerCase()) };
}

function casual({ email }: CommercetoolsCustomer): Occasion {
    if (!email) throw new NotIdentifiableError("the customer has neither an id nor an e-mail address");
    return { person: personOf(email), messageId: `ct-${uuidV7()}`, timestamp: new Date().toISOString() };
}

/**
 * A redirect is a failure: the library would treat 3xx as success, and `fetch` would follow it with a GET. Reads the
 * whole response within the request's time limit.
 */
async function fetchOnce(url: string, request: RequestInit): Promise<Response> {
    const response = await fetch(url, { ...request, redirect: "error" });
    await response.arrayBuffer();
    return response;
}

/** `Segment answered 401`, `no answer: ECONNREFUSED`: only codes, since other texts may contain personal data. */
function describe(reason: unknown): string {
    if (!(reason instanceof Error)) return "no reason given";
    const [, status] = /^\[(\d{3})\]/.exec(reason.message) ?? [];
    if (status !== undefined) return `Segment answered ${status}`;
    const { cause } = reason;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    return `no answer: ${typeof code === "string" && /^\w{1,50}$/.test(code) ? code : reason.name}`;
}
