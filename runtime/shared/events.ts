import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";

/** An event on its way to the bus: contracts say which source, type and detail belong together. */
export interface BusEvent {
    readonly source: string;
    readonly type: string;
    readonly detail: object;
    /** When it happened; now unless given. */
    readonly time?: Date;
}

/** An event that the bus did not take. */
export interface EventFailure {
    /** Its place among the events that were to be published. */
    readonly index: number;
    readonly code: string;
    readonly message: string;
}

/** The bus did not take an event. */
export class PublishError extends Error {
    override readonly name = "PublishError";
}

/** Publishes one event. Throws PublishError when the bus does not take it. */
export async function publish(client: EventBridgeClient, bus: string, event: BusEvent): Promise<void> {
    const [failure] = await publishAll(client, bus, [event]);
    if (failure) throw new PublishError(`${event.type} was not taken: ${failure.code} ${failure.message}`);
}

/**
 * The events in their order, in groups that one call takes: at most 10, and 256 KB unless a single one is larger
 * (PutEvents takes 1 MB since January 2026, where that has arrived).
 */
export function batches<Event extends BusEvent>(events: readonly Event[]): Event[][] {
    const groups: Event[][] = [];
    let size = 0;
    for (const event of events) {
        const bytes = Buffer.byteLength(JSON.stringify(event.detail)) + 256;
        const group = groups.at(-1);
        if (group === undefined || group.length === 10 || size + bytes > 256_000) {
            groups.push([event]);
            size = bytes;
        } else {
            group.push(event);
            size += bytes;
        }
    }
    return groups;
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
): Promise<EventFailure[]> {
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
