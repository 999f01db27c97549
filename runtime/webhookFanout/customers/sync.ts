import type { Lease } from "../../shared/lease.ts";
import { type CommercetoolsApi, CommercetoolsUnavailableError } from "./commercetools.ts";
import type { CustomerLock, CustomerLocks } from "./locks.ts";
import { marked, outstanding, type Saying } from "./marks.ts";
import { type Arrival, type Change, readNotification, type Subject } from "./notification.ts";
import type { Report, Told } from "./report.ts";
import { NotIdentifiableError, type Segment } from "./segment.ts";
import { currentTelling, partOf, sayingOf, type Telling, tellingOf, versionPart } from "./telling.ts";

interface SyncContext {
    readonly segment: Segment;
    readonly locks: CustomerLocks;
    /** Where customers can be read as they are now; without it Segment is told what the notifications themselves say. */
    readonly api: CommercetoolsApi | undefined;
    readonly lease: Lease;
    readonly report: Report;
}

/**
 * Tells Segment what notifications say, and reports what became of each: one customer's after the other, different
 * customers' side by side. Whatever becomes of one, the others are told.
 */
export async function syncCustomers(arrivals: readonly Arrival[], context: SyncContext): Promise<void> {
    const { report } = context;
    const changes: Told<Change>[] = [];
    for (const arrival of arrivals) {
        const told = { arrival, change: undefined };
        const reading = readNotification(arrival);
        switch (reading.is) {
            case "change":
                changes.push({ arrival, change: reading.change });
                break;
            case "deletion":
                // Before anything else is told of that customer.
                await forget([told], reading.subject, reading.dataErasure, context).catch((error: unknown) =>
                    report.failed(told, error),
                );
                break;
            case "ignored":
                report.ignored(told, reading.why);
                break;
            case "unusable":
                report.skipped(told, reading.why);
        }
    }
    const customers = Map.groupBy(changes, ({ change }) => change.subject.key);
    await Promise.all(
        Array.from(customers.values(), async (all) => {
            await syncCustomer(all, context).catch((error: unknown) => {
                for (const told of all) if (!report.has(told)) report.failed(told, error);
            });
        }),
    );
}

/** What notifications say about one customer. */
async function syncCustomer(changes: readonly Told<Change>[], context: SyncContext): Promise<void> {
    const [first, ...others] = changes;
    if (first === undefined) return;
    const { api, locks, lease, report } = context;
    const { source, subject } = first.change;
    const tellings: Telling[] = [];
    if (api !== undefined && source?.projectKey === api.projectKey) {
        const telling = await currentTelling([first, ...others], source, api);
        if (telling === undefined) return await missing(changes, subject, context);
        tellings.push(telling);
    } else {
        for (const told of changes) {
            const { said } = told.change;
            if ("customer" in said) tellings.push(tellingOf(told, said.customer));
            else if (said.is === "ignored") report.ignored(told, said.why);
            else report.skipped(told, said.why);
        }
    }
    if (tellings.length > 0) await tell(tellings, await locks.acquire(subject.key, lease), context);
}

/** Tells what is neither told nor overtaken, the newest first, so that of the older there is only what it leaves. */
async function tell(tellings: readonly Telling[], lock: CustomerLock, context: SyncContext): Promise<void> {
    const { report } = context;
    let { marks } = lock;
    try {
        const due: Due[] = [];
        if (lock.closed) for (const { told } of tellings) for (const each of told) report.closed(each);
        for (const telling of lock.closed ? [] : tellings.toSorted((a, b) => b.order - a.order)) {
            const names = outstanding(marks, sayingOf(telling));
            if (names.length === 0) {
                for (const told of telling.told) report.known(told);
            } else {
                due.push({ telling, names });
                marks = marked(marks, sayingOf(telling, names), false);
            }
        }
        if (due.length === 0) return;
        // Before it is sent: what is older must not follow it, even if nobody learns whether it arrived.
        await lock.save(marks);
        const confirmed = await Promise.all(due.map((each) => identify(each, context)));
        marks = confirmed.reduce((before, saying) => (saying ? marked(before, saying, true) : before), marks);
    } finally {
        await lock.release(marks);
    }
}

/** What is still to be told of a telling. */
interface Due {
    readonly telling: Telling;
    readonly names: readonly string[];
}

/** Tells it, and gives back what Segment has confirmed. */
async function identify({ telling, names }: Due, { segment, report }: SyncContext): Promise<Saying | undefined> {
    const customer = partOf(telling, names);
    try {
        await segment.identifyCustomer(customer, telling.occasion);
        for (const told of telling.told) report.identified(told, Object.keys(customer));
        return sayingOf(telling, names);
    } catch (error) {
        for (const told of telling.told) {
            if (error instanceof NotIdentifiableError) report.skipped(told, error.message);
            else report.failed(told, error);
        }
        return undefined;
    }
}

/**
 * The API does not show the customer. That closes nobody: a deletion has a notification of its own, and a customer who
 * was created a moment ago may be shown a moment later. What is newer than all that is known comes again.
 */
async function missing(
    changes: readonly Told<Change>[],
    { key }: Subject,
    { locks, lease, report }: SyncContext,
): Promise<void> {
    const lock = await locks.acquire(key, lease);
    await lock.release(lock.marks);
    const newest = lock.marks[versionPart]?.order ?? 0;
    for (const told of changes) {
        if (lock.closed) report.closed(told);
        else if ((told.change.version ?? Number.POSITIVE_INFINITY) <= newest) report.known(told);
        else report.failed(told, new CommercetoolsUnavailableError("the API does not show the customer"));
    }
}

/** Nothing is told of who is gone, not even what is still on its way. Deleting the person at Segment is another API's. */
async function forget(
    all: readonly Told[],
    { key }: Subject,
    dataErasure: boolean,
    { locks, report }: SyncContext,
): Promise<void> {
    await locks.close(key);
    for (const told of all) report.deleted(told, key, dataErasure);
}
