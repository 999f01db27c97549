import Stripe from "stripe";
import { jsonIn } from "../../../shared/http.ts";
import { isJsonObject } from "../../../shared/json.ts";
import { accountIn } from "./account.ts";

/** What an event of Stripe is about. */
export interface StripeNotice {
    /** Absent in what is no event. */
    readonly eventId?: string;
    readonly type?: string;
    /** Absent for events about something else. */
    readonly paymentId?: string;
}

/** Milliseconds between two reads of the secret because of signatures that are not right. */
const pauseMs = 5000;

/**
 * Verifies signatures of Stripe's events with the endpoint's secret. While Stripe rolls the secret it signs with both; a
 * signature that is not right makes the secret be read again, for one that was rolled since.
 * https://docs.stripe.com/webhooks/signature
 */
export class StripeSignatures {
    readonly #read: () => Promise<string>;
    readonly #now: () => number;
    #secret: { readonly text: string | undefined; readonly at: number } | undefined;

    constructor(read: () => Promise<string>, now: () => number = Date.now) {
        this.#read = read;
        this.#now = now;
    }

    /** Reads the secret. Throws EnvironmentError, and errors of Secrets Manager. */
    async open(): Promise<string | undefined> {
        const text = accountIn(await this.#read()).webhookSecret;
        this.#secret = { text, at: this.#now() };
        return text;
    }

    /** Undefined for a signature that is not right, or too old. */
    async verify(body: string, signature: string): Promise<StripeNotice | undefined> {
        const known = this.#secret === undefined ? await this.open() : this.#secret.text;
        const notice = noticeIn(body, signature, known);
        if (notice !== undefined || this.#now() - (this.#secret?.at ?? 0) < pauseMs) return notice;
        return noticeIn(body, signature, await this.open());
    }
}

function noticeIn(body: string, signature: string, secret: string | undefined): StripeNotice | undefined {
    if (secret === undefined) return undefined;
    try {
        if (Stripe.webhooks.signature?.verifyHeader(body, signature, secret) !== true) return undefined;
    } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
        throw error;
    }
    // Not with the library's parser, which throws for thin events. Stripe sends those too, and repeats what is not taken.
    const event = jsonIn(Buffer.from(body));
    const { id, type, data } = isJsonObject(event) ? event : {};
    const paymentId = isJsonObject(data) ? paymentIdIn(data["object"]) : undefined;
    return {
        ...(typeof id === "string" && { eventId: id }),
        ...(typeof type === "string" && { type }),
        ...(paymentId !== undefined && { paymentId }),
    };
}

/** A payment intent, or what belongs to one: a charge, a refund, a dispute. */
function paymentIdIn(value: unknown): string | undefined {
    const { object, id, payment_intent: intent } = isJsonObject(value) ? value : {};
    const paymentId = object === "payment_intent" ? id : intent;
    return typeof paymentId === "string" ? paymentId : undefined;
}
