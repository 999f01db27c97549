import type { Lease } from "../../shared/lease.ts";
import { type CommercetoolsApi, CommercetoolsUnavailableError } from "./commercetools.ts";
import type { Deletions } from "./deletions.ts";
import { currentIdentification, type Identification, identificationOf, partOf, updateOf } from "./identification.ts";
import { deletedBefore, type Joint, joined, lockOf } from "./joining.ts";
import type { CustomerLock, CustomerLocks } from "./locks.ts";
import { type MarkUpdate, marked, outstanding, versionPart } from "./marks.ts";
import { type Arrival, type Change, type Deletion, readNotification, type Subject } from "./notification.ts";
import type { Notified, Report } from "./report.ts";
import { NotIdentifiableError, personOf, type Segment } from "./segment.ts";

interface SyncContext {
    readonly segment: Segment;
    readonly deletions: Deletions;
    readonly locks: CustomerLocks;
    /** Reads current customers; without it the notifications' own content is sent. */
    readonly api: CommercetoolsApi | undefined;
    readonly lease: Lease;
    readonly report: Report;
}

/**
 * Sends the customers of notifications to Segment and reports the outcome of each: sequentially for one customer,
 * concurrently for different customers, whose failures are independent.
 */
export async function syncCustomers(arrivals: readonly Arrival[], context: SyncContext): Promise<void> {
    const { report } = context;
    const changes: Notified<Change>[] = [];
    for (const arrival of arrivals) {
        const notified = { arrival, change: undefined };
        const reading = readNotification(arrival);
        switch (reading.is) {
            case "change":
                changes.push({ arrival, change: reading.change });
                break;
            case "deletion":
                // Before other updates of that customer.
                await forget(notified, reading.deletion, context).catch((error: unknown) =>
                    report.failed(notified, error),
                );
                break;
            case "ignored":
                report.ignored(notified, reading.why);
                break;
            case "unusable":
                report.skipped(notified, reading.why);
        }
    }
    const customers = Map.groupBy(changes, ({ change }) => change.subject.key);
    await Promise.all(
        Array.from(customers.values(), async (all) => {
            await syncCustomer(all, context).catch((error: unknown) => {
                for (const notified of all) if (!report.has(notified)) report.failed(notified, error);
            });
        }),
    );
}

/** Those changes first whose customer the API has; a message of another project, or of none, counts by its content. */
async function syncCustomer(changes: readonly Notified<Change>[], context: SyncContext): Promise<void> {
    const { api } = context;
    const isReadable = ({ change }: Notified<Change>) =>
        api !== undefined && change.source?.projectKey === api.projectKey;
    await syncCurrent(changes.filter(isReadable), context);
    await syncContents(
        changes.filter((notified) => !isReadable(notified)),
        context,
    );
}

async function syncCurrent(changes: readonly Notified<Change>[], context: SyncContext): Promise<void> {
    const [first, ...others] = changes;
    const { api } = context;
    if (api === undefined || first?.change.source === undefined) return;
    const { source, subject } = first.change;
    const identification = await currentIdentification([first, ...others], source, api);
    if (identification === undefined) await missing(changes, subject, context);
    else await identifyAll([identification], subject, context);
}

async function syncContents(changes: readonly Notified<Change>[], context: SyncContext): Promise<void> {
    const { report } = context;
    const identifications: Identification[] = [];
    for (const notified of changes) {
        const { content } = notified.change;
        if ("customer" in content) identifications.push(identificationOf(notified, content));
        else if (content.is === "ignored") report.ignored(notified, content.why);
        else report.skipped(notified, content.why);
    }
    const [first] = changes;
    if (first !== undefined) await identifyAll(identifications, first.change.subject, context);
}

async function identifyAll(
    identifications: readonly Identification[],
    subject: Subject,
    context: SyncContext,
): Promise<void> {
    if (identifications.length === 0) return;
    const { locks, lease, report } = context;
    await identifyOutstanding(identifications, subject, await lockOf(subject, locks, lease), context);
    for (const { sources, lacks } of identifications)
        for (const notified of lacks.length > 0 ? sources : []) report.incomplete(notified, lacks);
}

/** Sends outstanding updates, the newest first, so that older ones contain only parts that the newer ones lack. */
async function identifyOutstanding(
    identifications: readonly Identification[],
    subject: Subject,
    lock: CustomerLock,
    context: SyncContext,
): Promise<void> {
    const { locks, lease, report } = context;
    let { marks } = lock;
    try {
        const due: Due[] = [];
        const emails = identifications.flatMap(({ customer: { email } }) => email || []);
        const joint: Joint = lock.closed
            ? { marks, own: new Set() }
            : await joined({ subject, emails, lock, locks, lease });
        marks = joint.marks;
        if (lock.closed)
            for (const { sources: notified } of identifications) for (const each of notified) report.closed(each);
        for (const identification of lock.closed ? [] : identifications.toSorted((a, b) => b.order - a.order)) {
            const names = outstanding(marks, updateOf(identification));
            if (names.length === 0) {
                for (const notified of identification.sources) report.known(notified);
            } else {
                due.push({ identification, names });
                marks = marked(marks, updateOf(identification, names), false);
            }
        }
        if (due.length === 0) return;
        // Before sending: no older update may follow, even if the outcome stays unknown.
        await lock.save(marks);
        const confirmed = await Promise.all(due.map((each) => identify(each, joint, context)));
        marks = confirmed.reduce((before, update) => (update ? marked(before, update, true) : before), marks);
    } finally {
        await lock.release(marks);
    }
}

/** The outstanding parts of an identification. */
interface Due {
    readonly identification: Identification;
    readonly names: readonly string[];
}

/** @returns the update if Segment confirmed it */
async function identify(
    { identification, names }: Due,
    { own }: Joint,
    { segment, report }: SyncContext,
): Promise<MarkUpdate | undefined> {
    const customer = partOf(identification, names);
    try {
        // Without a value of its own it only ends older ones.
        const { occasion } = identification;
        // Also where a newer value of the address was sent by the address alone.
        const { email } = identification.customer;
        const address = email ? personOf(email) : undefined;
        const joins = address !== undefined && own.has(address.anonymousId);
        if (Object.keys(customer).length > 0)
            await segment.identifyCustomer(customer, { ...occasion, ...(joins && { joined: address }) });
        for (const notified of identification.sources) report.identified(notified, Object.keys(customer));
        return updateOf(identification, names);
    } catch (error) {
        for (const notified of identification.sources) {
            if (error instanceof NotIdentifiableError) report.skipped(notified, error.message);
            else report.failed(notified, error);
        }
        return undefined;
    }
}

/**
 * The API does not return the customer. That does not mark it as deleted: deletions have notifications of their own, and
 * the API may return a new customer some time later. Changes newer than all known ones are retried.
 */
async function missing(
    changes: readonly Notified<Change>[],
    { key }: Subject,
    { locks, lease, report }: SyncContext,
): Promise<void> {
    const lock = await locks.acquire(key, lease);
    await lock.release(lock.marks);
    const newest = lock.marks[versionPart]?.order ?? 0;
    for (const notified of changes) {
        if (lock.closed) report.closed(notified);
        else if ((notified.change.version ?? Number.POSITIVE_INFINITY) <= newest) report.known(notified);
        else report.failed(notified, new CommercetoolsUnavailableError("the API does not show the customer"));
    }
}

/**
 * Stops all updates of a deleted customer, also earlier ones in flight, and requests the deletion at Segment: once, and
 * again with what a later notification adds, which is the erasure of its data or the person of the e-mail address.
 */
async function forget(notified: Notified, deletion: Deletion, context: SyncContext): Promise<void> {
    const { deletions, locks, report } = context;
    const { subject } = deletion;
    const before = await locks.close(subject.key, Date.parse(deletion.happenedAt));
    await forgetEmail(deletion, context);
    const anonymousId = deletion.byEmail?.person.anonymousId ?? before.anonymousId;
    const dataErasure = deletion.dataErasure || before.requested === "erasure";
    const requested = dataErasure ? "erasure" : "deletion";
    const isNewId = deletions.takesAnonymousIds && anonymousId !== before.anonymousId;
    if (before.requested !== requested || isNewId) {
        await deletions.request({ ...deletion, dataErasure, ...(anonymousId !== undefined && { anonymousId }) });
        await locks.request(subject.key, { requested, ...(anonymousId !== undefined && { anonymousId }) });
    }
    report.deleted(notified, subject.key, dataErasure);
}

/** What was published of the e-mail address before the deletion is not sent any more; a new customer may have it later. */
async function forgetEmail({ subject, byEmail, happenedAt }: Deletion, { locks, lease }: SyncContext): Promise<void> {
    if (byEmail === undefined) return;
    await locks.own(byEmail.key, subject.key);
    const lock = await locks.acquire(byEmail.key, lease);
    const marks = deletedBefore(lock.marks, Date.parse(happenedAt));
    await lock.save(marks);
    await lock.release(marks);
}
