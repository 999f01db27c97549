import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type BusEvent, publish } from "../../shared/events.ts";
import { isJsonObject } from "../../shared/json.ts";
import type { PublicApiAccount } from "./accounts.ts";
import type { Deletion } from "./notification.ts";
import { SegmentUnconfirmedError } from "./segment.ts";

/** What is to be deleted. */
interface Deleted extends Deletion {
    /** Of the person that the customer's e-mail address stands for, if any notification had one. */
    readonly anonymousId?: string;
}

/** What becomes of deleted customers at Segment. */
export interface Deletions {
    /** Whether the person of the e-mail address is deleted, too. */
    readonly takesAnonymousIds: boolean;
    /** May be called again for the same customer. Throws when it is not certain that the deletion is on its way. */
    request(deleted: Deleted): Promise<void>;
}

/** Of the whole request. Segment deletes within 30 days; the answer only confirms that it will. */
const patienceMs = 10_000;

/**
 * Segment's own deletion, which takes ids of users only: a deleted customer is deleted, and where commercetools erased the
 * personal data, new data of the person are refused, too.
 * https://docs.segmentapis.com/tag/Deletion-and-Suppression
 */
export class Regulations implements Deletions {
    readonly takesAnonymousIds = false;
    readonly #account: PublicApiAccount;

    constructor(account: PublicApiAccount) {
        this.#account = account;
    }

    /** Throws SegmentUnconfirmedError, which contains neither the customer nor the token. */
    async request({ source: { customerId }, dataErasure }: Deleted): Promise<void> {
        const { token, publicApiBase } = this.#account;
        const response = await fetch(`${publicApiBase.href.replace(/\/$/, "")}/regulations`, {
            method: "POST",
            headers: { authorization: `Bearer ${token}`, "content-type": "application/vnd.segment.v1+json" },
            body: JSON.stringify({
                regulationType: dataErasure ? "SUPPRESS_WITH_DELETE" : "DELETE_ONLY",
                subjectType: "USER_ID",
                subjectIds: [customerId],
            }),
            redirect: "error",
            signal: AbortSignal.timeout(patienceMs),
        }).catch((error: unknown) => {
            throw new SegmentUnconfirmedError(`no answer: ${error instanceof Error ? error.name : "unknown"}`);
        });
        const body: unknown = await response.json().catch(() => undefined);
        if (!response.ok) throw new SegmentUnconfirmedError(`Segment's Public API answered ${response.status}`);
        if (!isJsonObject(body) || !isJsonObject(body["data"]) || typeof body["data"]["regulateId"] !== "string")
            throw new SegmentUnconfirmedError("Segment's Public API names no regulation");
    }
}

/** An event for who deletes the person at Segment. */
export class DeletionEvents implements Deletions {
    readonly takesAnonymousIds = true;
    readonly #client: EventBridgeClient;
    readonly #bus: string;

    constructor(client: EventBridgeClient, bus: string) {
        this.#client = client;
        this.#bus = bus;
    }

    /** Throws PublishError. */
    request(deleted: Deleted): Promise<void> {
        return publish(this.#client, this.#bus, deletionEvent(deleted));
    }
}

/** `customer.sync` `customer.deleted.v1`. Contains ids alone; Segment's user id is the customer's. */
function deletionEvent({ source, dataErasure, anonymousId, happenedAt, arrival }: Deleted): BusEvent {
    const meta = { correlationId: arrival.id, receivedAt: arrival.publishedAt };
    const detail = { ...source, ...(anonymousId && { anonymousId }), dataErasure, deletedAt: happenedAt, meta };
    return { source: "customer.sync", type: "customer.deleted.v1", detail, time: new Date(happenedAt) };
}
