import type { Lease } from "../../shared/lease.ts";
import { fields } from "./customer.ts";
import type { CustomerLock, CustomerLocks } from "./locks.ts";
import { type Marks, marked, mergedMarks, outstanding } from "./marks.ts";
import type { Subject } from "./notification.ts";
import { personOf } from "./segment.ts";

/** What a customer shares with the addresses that are its own. */
export interface Joint {
    readonly marks: Marks;
    /** Anonymous ids of the addresses that are this customer's alone. */
    readonly own: ReadonlySet<string>;
}

/**
 * The lock of a subject. Once an address is a customer's, what comes by the address alone is about that customer, and has
 * one order with what comes by its id; after the customer's deletion only what is newer than it counts.
 */
export async function lockOf({ key, person }: Subject, locks: CustomerLocks, lease: Lease): Promise<CustomerLock> {
    if ("userId" in person) return locks.acquire(key, lease);
    // The customer's own changes may be under way in the same invocation.
    const own = { ...lease, holder: `${lease.holder}/${key}` };
    for (;;) {
        const owner = await locks.ownerOf(key);
        const lock = await locks.acquire(owner ?? key, own);
        if (owner === undefined) {
            if ((await locks.ownerOf(key)) === undefined) return lock;
            await lock.release(lock.marks);
        } else {
            if (!lock.closed) return lock;
            await lock.release(lock.marks);
            const address = await locks.acquire(key, own);
            return { ...address, marks: deletedBefore(address.marks, lock.closedAt ?? 0) };
        }
    }
}

/** Of what was published before the deletion nothing is outstanding. @param at milliseconds since 1970 */
export function deletedBefore(marks: Marks, at: number): Marks {
    const deleted = { order: at, by: "deletion", at, names: fields.map((field) => `published:${field}`) };
    return marked(marks, { ...deleted, names: outstanding(marks, deleted) }, true);
}

interface JoiningArgs {
    readonly subject: Subject;
    readonly emails: readonly string[];
    /** The customer's. */
    readonly lock: CustomerLock;
    readonly locks: CustomerLocks;
    readonly lease: Lease;
}

/** Claims addresses for the customer that no other customer has; those of others never join two people. */
export async function joined({ subject, emails, lock, locks, lease }: JoiningArgs): Promise<Joint> {
    const own = new Set<string>();
    let { marks } = lock;
    if (!("userId" in subject.person)) return { marks, own };
    const holder = `${lease.holder}/${subject.key}`;
    for (const id of new Set(emails.map((email) => personOf(email).anonymousId))) {
        const owner = await locks.ownerOf(id);
        if (owner === subject.key) own.add(id);
        if (owner !== undefined) continue;
        // What is under way by the address alone ends first.
        const address = await locks.acquire(id, { ...lease, holder });
        try {
            const both = mergedMarks(marks, address.marks);
            if ((await locks.ownerOf(id)) !== undefined) continue;
            // Before it is owned: from then on only these marks count.
            await lock.save(both);
            marks = both;
            if (await locks.own(id, subject.key)) own.add(id);
        } finally {
            await address.release(address.marks);
        }
    }
    return { marks, own };
}
