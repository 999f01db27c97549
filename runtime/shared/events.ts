import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { isJsonObject } from "./json.ts";
import type { PublishFailure } from "./outbox.ts";

/** An event for the bus. */
export interface BusEvent {
    readonly source: string;
    readonly type: string;
    readonly detail: { readonly meta: object };
    /** @default now */
    readonly time?: Date;
}

/** EventBridge rejected an event. */
class PublishError extends Error {
    override readonly name = "PublishError";
}

/** Throws PublishError. */
export async function publish(client: EventBridgeClient, bus: string, event: BusEvent): Promise<void> {
    const [failure] = await publishAll(client, bus, [event]);
    if (failure) throw new PublishError(`${event.type} was rejected: ${failure.code} ${failure.message}`);
}

/** Bytes of an event in a call, with its envelope. */
export function bytesOf({ detail }: BusEvent): number {
    return Buffer.byteLength(JSON.stringify(detail)) + 256;
}

/**
 * Publishes at most 10 events, 1 MB in total, in one call. @returns failed entries: PutEvents succeeds although some of
 * its entries fail.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export async function publishAll(
    client: EventBridgeClient,
    bus: string,
    events: readonly BusEvent[],
): Promise<PublishFailure[]> {
    return await putEntries(
        client,
        events.map((event) => entryOf(bus, event)),
    );
}

/** @returns failed entries */
export async function putEntries(
    client: EventBridgeClient,
    Entries: PutEventsRequestEntry[],
    options: { readonly abortSignal?: AbortSignal } = {},
): Promise<PublishFailure[]> {
    const put = new PutEventsCommand({ Entries });
    const { FailedEntryCount = 0, Entries: results = [] } = await client.send(put, options);
    if (FailedEntryCount === 0) return [];
    return results.flatMap(({ ErrorCode, ErrorMessage = "" }, index) =>
        ErrorCode === undefined ? [] : [{ index, code: ErrorCode, message: ErrorMessage }],
    );
}

/** EventBridge keeps the seconds of an event's time only: the detail has the milliseconds, by which events have an order. */
function entryOf(bus: string, { source, type, detail, time }: BusEvent): PutEventsRequestEntry {
    const meta = { ...detail.meta, occurredAt: (time ?? new Date()).toISOString() };
    return {
        EventBusName: bus,
        Source: source,
        DetailType: type,
        Detail: JSON.stringify({ ...detail, meta }),
        ...(time && { Time: time }),
    };
}

/** Milliseconds since 1970 of an event of the order bus: its own time, else the bus's, which has seconds. */
export function timeOf(time: string, meta: unknown): number {
    const own = isJsonObject(meta) ? Date.parse(String(meta["occurredAt"])) : Number.NaN;
    return Number.isNaN(own) ? Date.parse(time) : own;
}
