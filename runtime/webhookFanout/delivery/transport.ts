import { createHash } from "node:crypto";
import type { Credentials, Endpoint } from "../endpoints/endpoint.ts";
import type { Sealing } from "../endpoints/sealing.ts";
import type { Delivery } from "./attemptStore.ts";
import type { Reply, Sender } from "./sender.ts";
import { deliveryHeaders } from "./signature.ts";

/** A signed request. */
interface Posting {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly deadlineMs: number;
}

export interface AuthorizedPosting extends Posting {
    readonly credentials: Exclude<Credentials, { type: "basic" }>;
}

/** A message for a queue or bus of an owner's account. Plain data, as lazy files take. */
export interface AwsPosting {
    readonly destination: NonNullable<Endpoint["destination"]>;
    readonly externalId: string;
    readonly type: string;
    /** Of a FIFO queue. */
    readonly group: string;
    /** Of a FIFO queue: the attempts of one endpoint's ask share it. A resend or replay is another message, also within five minutes. */
    readonly deduplicationId: string;
    /** Milliseconds since 1970: time of the attempt. */
    readonly at: number;
    /** `webhook-id` and so on. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly deadlineMs: number;
}

/** An order's event for a platform. Plain data, as lazy files take. */
export interface PlatformEvent {
    readonly url: string;
    readonly body: string;
    /** `ucp:` and the URL of the platform's profile. */
    readonly tenantId: string;
    readonly deliveryId: string;
    /** ISO 8601: time of the event. */
    readonly occurredAt: string;
    /** Milliseconds since 1970: time of the attempt. */
    readonly at: number;
}

/** Ways to send that few endpoints use: their code is loaded by the first. */
export interface LateWays {
    /** The headers of an event for a platform; undefined where the merchant has no key to sign with any more. */
    signed(event: PlatformEvent): Promise<Record<string, string> | undefined>;
    authorized(posting: AuthorizedPosting): Promise<Reply>;
    aws(posting: AwsPosting): Promise<Reply>;
}

interface TransportParts {
    readonly sealing: Pick<Sealing, "open">;
    readonly sender: Pick<Sender, "send">;
    readonly late: LateWays;
}

const unserved = "the Universal Commerce Protocol is not served any more";

/** Seconds. */
const usualTimeout = 15;

/** Milliseconds that an attempt waits for the response. */
export const deadlineOf = ({ timeoutSeconds = usualTimeout }: Pick<Endpoint, "timeoutSeconds">): number =>
    timeoutSeconds * 1000;

/** Signs deliveries, and sends them the way that their endpoint asks for. */
export class Transport {
    readonly #parts: TransportParts;

    constructor(parts: TransportParts) {
        this.#parts = parts;
    }

    /** @param at time of the attempt, in milliseconds since 1970. Throws errors of our own only. */
    async send(endpoint: Endpoint, delivery: Delivery, body: string, at: number): Promise<Reply> {
        const { deliveryId, eventType, orderingKey, isOlderForm, occurredAt } = delivery;
        const { sealing, sender, late } = this.#parts;
        const { url, tenantId, endpointId, kind, destination, sealedAuth, timeoutSeconds } = endpoint;
        if (kind === "ucp") {
            const headers = await late.signed({ url, body, tenantId, deliveryId, occurredAt, at });
            return headers ? await sender.send({ url, headers, body }) : { kind: "no answer", error: unserved };
        }
        const signable = { id: deliveryId, at, body, isOlderForm };
        const signed = await deliveryHeaders({ ...endpoint, kind }, sealing, signable);
        const posting = { url, headers: signed, body, deadlineMs: deadlineOf(endpoint) };
        if (destination !== undefined) {
            const message = { destination, externalId: endpointId, type: eventType, group: orderingKey, at };
            return await late.aws({ ...posting, ...message, deduplicationId: deduplicationIdOf(delivery) });
        }
        // Without a time-out of its own the sender's holds.
        const request = timeoutSeconds === undefined ? { url, headers: signed, body } : posting;
        if (sealedAuth === undefined) return await sender.send(request);
        // Written by `keptOptions`.
        const credentials: Credentials = JSON.parse(await sealing.open(sealedAuth, endpointId));
        if (credentials.type !== "basic") return await late.authorized({ ...posting, credentials });
        const { username, password } = credentials;
        const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
        return await sender.send({ ...request, headers: { ...signed, authorization } });
    }
}

/** At most 128 characters. */
function deduplicationIdOf({ endpointId, deliveryId, asks = 0 }: Delivery): string {
    // Several endpoints may have one queue.
    const id = `${endpointId}:${deliveryId}${asks === 0 ? "" : `:ask${asks}`}`;
    return id.length > 128 ? createHash("sha256").update(id).digest("hex") : id;
}
