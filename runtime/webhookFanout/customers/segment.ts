import { Analytics } from "@segment/analytics-node";
import { uuidOf, uuidV7 } from "../../shared/ids.ts";
import type { SegmentAccount } from "./accounts.ts";
import type { CommercetoolsCustomer } from "./customer.ts";
import { type Traits, traitsOf } from "./traits.ts";

/** Segment has not confirmed that it took the customer: it may have, and may not. */
export class SegmentUnconfirmedError extends Error {
    override readonly name = "SegmentUnconfirmedError";
}

/** No try can tell Segment this: nobody is named, or it is too much. */
export class NotIdentifiableError extends Error {
    override readonly name = "NotIdentifiableError";
}

/** Who it is: commercetools' id of the customer, else what an e-mail address stands for. */
export type Person = { readonly userId: string } | { readonly anonymousId: string };

/** Who is identified, by which change, when. */
export interface Occasion {
    readonly person: Person;
    /** Segment takes an id once (for at least a day): whoever tries again uses the same. Below 100 characters. */
    readonly messageId: string;
    /** ISO 8601: when it changed, not when it is told. */
    readonly timestamp: string;
}

// Segment's limit is 32 KB a call; the library adds about 200 bytes to an event, and checks nothing itself: its own guard
// counts characters that are not in the text.
const mostBytes = 32_000;
const patience = { request: 5000, whole: 12_000 };

/** Tells Segment about customers. No error's message or cause carries a trait or the write key. */
export class Segment {
    readonly #account: SegmentAccount;
    readonly #patience: typeof patience;

    /** @param wait milliseconds for one request, and for all that is tried. */
    constructor(account: SegmentAccount, wait = patience) {
        this.#account = account;
        this.#patience = wait;
    }

    /**
     * Resolves when Segment has confirmed it; throws SegmentUnconfirmedError otherwise, and NotIdentifiableError.
     * @param occasion for a customer of whom nothing else is known: the person that its e-mail address stands for, now.
     */
    async identifyCustomer(customer: CommercetoolsCustomer, occasion: Occasion = casual(customer)): Promise<void> {
        const { person, messageId, timestamp } = occasion;
        const event = { ...person, messageId, timestamp: new Date(timestamp), traits: traitsOf(customer) };
        const bytes = Buffer.byteLength(JSON.stringify(event));
        if (bytes > mostBytes)
            throw new NotIdentifiableError(`${messageId} takes ${bytes} bytes, Segment takes ${mostBytes}`);
        await this.#confirmed(event);
    }

    /**
     * One event, one instance, one request: nobody's fault is anybody else's, and no state outlives the invocation. The
     * library's own promises resolve whether or not something arrived, and its callbacks come 300 ms late: what counts
     * are its events.
     */
    async #confirmed(event: Person & { messageId: string; timestamp: Date; traits: Traits }): Promise<void> {
        const { writeKey, apiBase } = this.#account;
        const analytics = new Analytics({
            writeKey,
            host: apiBase.origin,
            path: `${apiBase.pathname.replace(/\/$/, "")}/v1/batch`,
            flushAt: 1,
            // More is left to whoever brings the message again.
            maxRetries: 1,
            httpRequestTimeout: this.#patience.request,
            httpClient: fetchOnce,
        });
        const confirmed = new Promise<void>((resolve, reject) => {
            analytics.once("identify", () => resolve());
            analytics.once("error", ({ reason }) => reject(new SegmentUnconfirmedError(describe(reason))));
        });
        analytics.identify(event);
        // Also ends what the library waits for, such as the minute that a Retry-After may ask for.
        const over = analytics.closeAndFlush({ timeout: this.#patience.whole }).then(() => {
            throw new SegmentUnconfirmedError(`no confirmation within ${this.#patience.whole} ms`);
        });
        await Promise.race([confirmed, over]);
    }
}

/** The person that an e-mail address stands for, as long as nobody says who it is. */
export function personOf(email: string): Person {
    return { anonymousId: uuidOf("customer", email.trim().toLowerCase()) };
}

function casual({ email }: CommercetoolsCustomer): Occasion {
    if (!email) throw new NotIdentifiableError("the customer has neither an id nor an e-mail address");
    return { person: personOf(email), messageId: `ct-${uuidV7()}`, timestamp: new Date().toISOString() };
}

/**
 * The library takes 3xx for delivered, and `fetch` alone would follow it with a GET: a redirection is a failure here. An
 * answer counts when it has come whole, within the time for the request.
 */
async function fetchOnce(url: string, request: RequestInit): Promise<Response> {
    const response = await fetch(url, { ...request, redirect: "error" });
    await response.arrayBuffer();
    return response;
}

/** `Segment answered 401`, `no answer: ECONNREFUSED`: codes alone, because others' texts may say too much. */
function describe(reason: unknown): string {
    if (!(reason instanceof Error)) return "no reason given";
    const [, status] = /^\[(\d{3})\]/.exec(reason.message) ?? [];
    if (status !== undefined) return `Segment answered ${status}`;
    const { cause } = reason;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    return `no answer: ${typeof code === "string" && /^\w{1,50}$/.test(code) ? code : reason.name}`;
}
