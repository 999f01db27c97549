import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { PublishFailure } from "./outbox.ts";

/** An event on its way to the bus: contracts say which source, type and detail belong together. */
export interface BusEvent {
    readonly source: string;
    readonly type: string;
    readonly detail: object;
    /** When it happened; now unless given. */
    readonly time?: Date;
}

/** The bus did not take an event. */
class PublishError extends Error {
    override readonly name = "PublishError";
}

/** Publishes one event. Throws PublishError when the bus does not take it. */
export async function publish(client: EventBridgeClient, bus: string, event: BusEvent): Promise<void> {
    const [failure] = await publishAll(client, bus, [event]);
    if (failure) throw new PublishError(`${event.type} was not taken: ${failure.code} ${failure.message}`);
}

/** Bytes that an event takes in a call, with what stands around it. */
export function bytesOf({ detail }: BusEvent): number {
    return Buffer.byteLength(JSON.stringify(detail)) + 256;
}

/**
 * Publishes events in one call and tells which of them the bus did not take: PutEvents succeeds as a call although
 * entries of it fail. At most 10 events, 1 MB together.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export async function publishAll(
    client: EventBridgeClient,
    bus: string,
    events: readonly BusEvent[],
): Promise<PublishFailure[]> {
    const Entries = events.map((event) => entryOf(bus, event));
    const { FailedEntryCount = 0, Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount === 0) return [];
    return results.flatMap(({ ErrorCode, ErrorMessage = "" }, index) =>
        ErrorCode === undefined ? [] : [{ index, code: ErrorCode, message: ErrorMessage }],
    );
}

function entryOf(bus: string, { source, type, detail, time }: BusEvent): PutEventsRequestEntry {
    return {
        EventBusName: bus,
        Source: source,
        DetailType: type,
        Detail: JSON.stringify(detail),
        ...(time && { Time: time }),
    };
}
