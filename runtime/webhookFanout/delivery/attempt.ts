import type { SchedulerClient } from "@aws-sdk/client-scheduler";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { NotDone } from "../../shared/outcome.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { type Destination, isSuspect } from "../endpoints/health.ts";
import { AttemptStore, type ClaimedAttempt, type Delivery, isClaim, type StoreNames } from "./attemptStore.ts";
import { AttemptWakeUps, type WakeUpNames } from "./attemptWakeUps.ts";
import type { SlotUse } from "./concurrency.ts";
import type { WakeUp } from "./delivery.ts";
import { HealthStore } from "./healthStore.ts";
import { type NoticeNames, Notices } from "./notices.ts";
import { Ordering } from "./ordering.ts";
import { type Clock, type Denial, type Permit, RateLimiter } from "./rateLimiter.ts";
import { classifyResponse, loggedMembers, type ResponseClass } from "./responseClass.ts";
import { attemptsSinceAsked, failingAfter, failureOf, nextAttempt } from "./schedule.ts";
import { deadlineOf, type Transport } from "./transport.ts";

export interface Parts extends Clock {
    readonly dynamo: DynamoDBDocumentClient;
    readonly sqs: SQSClient;
    readonly scheduler: SchedulerClient;
    readonly transport: Pick<Transport, "send">;
    readonly names: StoreNames & WakeUpNames & NoticeNames & { readonly CAPACITY_TABLE: string };
}

/** The result of one wake-up. */
export interface Result {
    readonly outcome:
        | "delivered"
        /** The next attempt is scheduled. */
        | "failed"
        | "exhausted"
        | "skipped"
        /** Postponed; another wake-up is sent. */
        | "put back"
        /** An older delivery of its key comes first, and will wake it. */
        | "waiting"
        /** Nothing to do. */
        | "passed over";
    readonly delivery?: Delivery;
    readonly notDone?: NotDone;
    /** Set if this attempt disabled the endpoint. */
    readonly disabled?: DisabledBecause;
    /** The lease expired, and another invocation took the attempt over. */
    readonly isOvertaken?: boolean;
    readonly httpStatus?: number;
    readonly error?: string;
    readonly durationMs?: number;
}

/** The body of a delivery is missing in the table: a bug. */
class BodyMissingError extends Error {
    override readonly name = "BodyMissingError";
}

type DisabledBecause = NonNullable<Endpoint["disabledBecause"]>;
type Granted = Extract<Permit, { granted: true }>;

/** Besides a request without response: the waits for a slot and a turn. After a crash another invocation takes over. */
const waitsMs = 5000;
/**
 * Makes attempts. The delivery's item holds the state; wake-ups only trigger a check of it. Batches the reads and writes
 * of concurrent attempts.
 */
export class Deliverer {
    readonly #parts: Parts;
    readonly #store: AttemptStore;
    readonly #health: HealthStore;
    readonly #ordering: Ordering;
    readonly #limiter: RateLimiter;
    readonly #wakeUps: AttemptWakeUps;
    readonly #notices: Notices;

    constructor(parts: Parts) {
        const { dynamo, sqs, scheduler, names } = parts;
        this.#parts = parts;
        this.#store = new AttemptStore(dynamo, names);
        this.#health = new HealthStore(dynamo, names.ENDPOINTS_TABLE, () => this.#store.isIdle);
        this.#ordering = new Ordering(dynamo, names.DELIVERIES_TABLE);
        this.#limiter = new RateLimiter(dynamo, names.CAPACITY_TABLE, parts);
        this.#wakeUps = new AttemptWakeUps(sqs, scheduler, names);
        this.#notices = new Notices(sqs, names);
    }

    /**
     * Attempts a delivery if it is due. Throws for internal errors only.
     * @param isRetry whether an earlier receive of this message failed.
     */
    async attempt(wakeUp: WakeUp, isRetry: boolean): Promise<Result> {
        const { delivery, endpoint } = await this.#store.look(wakeUp);
        if (delivery === undefined) return { outcome: "passed over", notDone: "DeliveryForgotten" };
        if (delivery.attempts === wakeUp.attempt) {
            // An earlier invocation may have ended before the follow-up, which is idempotent.
            if (isRetry) await this.#follow(delivery);
            return { outcome: "passed over", delivery };
        }
        if (delivery.status !== "pending" || delivery.attempts !== wakeUp.attempt - 1)
            return { outcome: "passed over" };
        // SQS keeps this message until it succeeds, among the dead letters at last: the reconciler is not to send others.
        if (isRetry) await this.#store.leaveDue(delivery);
        if (endpoint?.status !== "enabled") {
            return endpoint === undefined
                ? await this.#skip(delivery, "the endpoint is gone", "DeliveryUnaddressed")
                : await this.#skip(delivery, "the endpoint is disabled", "DeliverySkipped");
        }
        const waiting = await this.#awaitTurn(delivery, endpoint);
        if (waiting !== undefined) return waiting;
        const denial = this.#limiter.denial(endpoint, delivery);
        if (denial !== undefined) return await this.#deny(delivery, endpoint, denial);
        return await this.#make(delivery, endpoint);
    }

    async #make(delivery: Delivery, endpoint: Destination): Promise<Result> {
        const now = this.#parts.now();
        const acquiring = this.#limiter.acquire(endpoint, delivery);
        const claim = () => this.#store.claim(delivery, now, now + waitsMs + deadlineOf(endpoint));
        // At the same time, except where most attempts get no slot and would claim in vain.
        const claimIf = ({ granted }: Permit) => (granted ? claim() : undefined);
        const claiming = isSuspect(endpoint) ? acquiring.then(claimIf) : claim();
        const [acquired, claimed] = await Promise.allSettled([acquiring, claiming]);
        const permit = acquired.status === "fulfilled" ? acquired.value : undefined;
        const own = claimed.status === "fulfilled" ? claimed.value : undefined;
        let isMade = false;
        try {
            if (acquired.status === "rejected") throw acquired.reason;
            if (claimed.status === "rejected") throw claimed.reason;
            if (permit?.granted && isClaim(own)) {
                const result = await this.#send(own, endpoint, permit);
                isMade = true;
                return result;
            }
            if (own !== undefined && !isClaim(own)) {
                // In case the other invocation crashed.
                await this.#wakeUps.plan(delivery, own.busyUntil + 1000, now);
                return { outcome: "put back", delivery };
            }
            if (permit?.granted === false) return await this.#deny(delivery, endpoint, permit);
            return { outcome: "passed over", delivery };
        } finally {
            // Best effort: otherwise the next try waits for the end of the leases.
            if (!isMade) {
                const slot = permit?.granted && permit.release("not called");
                await Promise.allSettled([slot, isClaim(own) && this.#store.release(own)]);
            }
        }
    }

    async #send(claim: ClaimedAttempt, endpoint: Destination, permit: Granted): Promise<Result> {
        let slotUse: SlotUse = "not called";
        try {
            const { transport, now } = this.#parts;
            const { deliveryId, body } = claim.delivery;
            if (body === undefined) throw new BodyMissingError(`the body of ${deliveryId} is gone`);
            const at = now();
            const startedAt = performance.now();
            const reply = await transport.send(endpoint, claim.delivery, body, at);
            const durationMs = Math.round(performance.now() - startedAt);
            slotUse = reply.kind === "timeout" ? "no answer" : durationMs;
            const classified = classifyResponse(reply, now());
            void permit.release(slotUse, { succeeded: classified.succeeded, durationMs });
            return await this.#conclude(claim, endpoint, classified, { at, durationMs });
        } finally {
            await permit.release(slotUse);
        }
    }

    /** Writes attempt and delivery in one transaction, and the endpoint's health; then sends events and wake-ups. */
    async #conclude(
        claim: ClaimedAttempt,
        endpoint: Destination,
        classified: ResponseClass,
        { at, durationMs }: { readonly at: number; readonly durationMs: number },
    ): Promise<Result> {
        const { delivery, number } = claim;
        const { succeeded, httpStatus, error } = classified;
        const { now, random } = this.#parts;
        // Counted before the decision if it may be one too many: another environment may have had a success meanwhile.
        const counted = succeeded ? undefined : await this.#health.countIfLast(endpoint, now());
        const disable = classified.disable ?? (counted?.isLost ? "failing" : undefined);
        if (disable !== undefined) await this.#disable(endpoint, disable, afterAttempt(claim, error));
        const next =
            succeeded || disable !== undefined || classified.isRefusedForGood
                ? undefined
                : nextAttempt(failureOf(delivery, endpoint, classified, now()), random());
        const status = succeeded ? "delivered" : disable !== undefined ? "skipped" : next ? "pending" : "exhausted";
        const concluding = this.#store.conclude(
            claim,
            { at: new Date(at).toISOString(), durationMs, ...loggedMembers(classified) },
            {
                status,
                attempts: number,
                ...(next && { nextAttemptAt: next.dueAt, retryUntil: next.retryUntil }),
                ...(error !== undefined && { lastError: error }),
            },
        );
        const recording = counted ?? this.#health.record(endpoint, succeeded, now());
        const [concluded] = await Promise.all([concluding, recording]);
        // Otherwise the lease expired during the request: the invocation that took over does the follow-up.
        if (concluded !== undefined) await this.#follow(concluded);
        // A resend or replay meanwhile continues the delivery in any case.
        const after = concluded?.status === "pending" && status !== "delivered" ? "pending" : status;
        return {
            outcome: after === "pending" ? "failed" : after,
            delivery: concluded ?? delivery,
            ...(concluded === undefined && { isOvertaken: true }),
            ...(disable !== undefined && { disabled: disable }),
            ...(after === "exhausted" && { notDone: "DeliveryExhausted" }),
            ...(after === "skipped" && { notDone: "DeliverySkipped" }),
            ...(httpStatus !== undefined && { httpStatus }),
            ...(error !== undefined && { error }),
            durationMs,
        };
    }

    /** Event first: after a crash in between, both repeat with the same id. */
    async #disable(endpoint: Destination, because: DisabledBecause, attempted: Delivery): Promise<void> {
        const now = this.#parts.now();
        await this.#notices.disabled(attempted, endpoint, because, now);
        await this.#health.disable(endpoint, because, now);
    }

    /** Sends events and wake-ups after the delivery is written. Idempotent. */
    async #follow(delivery: Delivery): Promise<void> {
        const { status, nextAttemptAt } = delivery;
        const attempts = attemptsSinceAsked(delivery);
        const now = this.#parts.now();
        switch (status) {
            case "pending":
                await this.#wakeUps.plan(delivery, nextAttemptAt === undefined ? now : Date.parse(nextAttemptAt), now);
                if (attempts === failingAfter) await this.#notices.failing(delivery, now);
                return;
            case "exhausted":
                await this.#notices.sendToDeadLetters(delivery);
                await this.#notices.exhausted(delivery, now);
                break;
            case "delivered":
                if (attempts > failingAfter) await this.#notices.recovered(delivery, now);
                break;
            case "skipped":
        }
        await this.#wakeNext(delivery);
    }

    async #skip(delivery: Delivery, lastError: string, notDone?: NotDone): Promise<Result> {
        const skipped = await this.#store.skip(delivery, lastError);
        if (skipped === undefined) return { outcome: "passed over", delivery };
        await this.#wakeNext(skipped);
        return { outcome: "skipped", delivery: skipped, error: lastError, ...(notDone && { notDone }) };
    }

    async #deny(delivery: Delivery, endpoint: Destination, { waitMs, isCrowded }: Denial): Promise<Result> {
        if (isCrowded) await this.#health.recordCrowding(endpoint, this.#parts.now());
        return await this.#putBack(delivery, waitMs);
    }

    async #putBack(delivery: Delivery, waitMs: number): Promise<Result> {
        const now = this.#parts.now();
        await this.#store.postpone(delivery, now + waitMs);
        await this.#wakeUps.plan(delivery, now + waitMs, now);
        return { outcome: "put back", delivery };
    }

    /** Undefined if it is the delivery's turn. One that waits for another is woken by that, or by the reconciler. */
    async #awaitTurn(delivery: Delivery, endpoint: Destination): Promise<Result | undefined> {
        const now = this.#parts.now();
        const turn = await this.#ordering.turnOf(delivery, endpoint, now);
        switch (turn.is) {
            case "now":
                return undefined;
            case "over":
                return await this.#skip(delivery, "a later event of the order was delivered");
            case "unknown":
                return await this.#putBack(delivery, turn.waitMs);
            case "after":
                await this.#store.postpone(delivery, Math.max(now, turn.dueAt));
                return { outcome: "waiting", delivery };
        }
    }

    /** Wakes the next delivery of an ordered endpoint's key. */
    async #wakeNext({ orderKey }: Delivery): Promise<void> {
        if (orderKey === undefined) return;
        const next = await this.#ordering.first(orderKey);
        if (next !== undefined) await this.#wakeUps.after(next, 0);
    }
}

/** The delivery as an attempt leaves it that is the last one for now. */
function afterAttempt({ delivery, number }: ClaimedAttempt, error: string | undefined): Delivery {
    const { nextAttemptAt: _, ...kept } = delivery;
    return { ...kept, attempts: number, ...(error !== undefined && { lastError: error }) };
}
