import { fingerprint } from "./canonical.ts";

/*
 * Items of the audit table (`chain`, `sequence`). Rows of a chain are numbered from 1, and each contains the hash of the
 * row before it, so that a changed, removed, inserted or moved row is detected. Further items:
 *
 *     (<chain>, 0)                       the head: the end of the chain
 *     (<subscriber>#<message id>, -1)    the mark: the subscriber has processed a message, with the row's key
 *     (#chains#<day>, <digest>)          the index: the day has a chain
 *
 * `anchorAudit` copies heads to a bucket, from which `npm run audit:verify` knows chains that were written anew or removed.
 */

/** A subscriber's outcome of a message. */
export interface Entry {
    readonly subscriber: string;
    readonly messageId: string;
    readonly messageType: string;
    readonly correlationId: string;
    /** SHA-256 of the message's text. */
    readonly contentHash: string;
    readonly outcome: Outcome;
    /** Ids and numbers, no personal data. */
    readonly result: Readonly<Record<string, string | number>>;
}

export type Outcome =
    | "processed"
    /** Nothing to do. */
    | "skipped"
    /** Will be retried, or is a dead-letter message. */
    | "failed";

export interface AuditRow extends Entry {
    /** `<subscriber>#<day>#<lane>` */
    readonly chain: string;
    readonly sequence: number;
    /** ISO 8601 */
    readonly at: string;
    /** Seconds since 1970, the same for all items of a chain. */
    readonly expiresAt: number;
    /** The `hash` of the row before; for the first row, the hash of the chain's name. */
    readonly previous: string;
    /** SHA-256 of all other members. */
    readonly hash: string;
}

/** The end of a chain. */
export interface Head {
    readonly chain: string;
    /** Number of rows. */
    readonly rows: number;
    /** The last row's hash. */
    readonly hash: string;
    readonly expiresAt: number;
}

export const headSequence = 0;
export const markSequence = -1;

export function newHead(chain: string, expiresAt: number): Head {
    return { chain, rows: 0, hash: fingerprint(chain), expiresAt };
}

export function rowAfter({ chain, rows, hash: previous, expiresAt }: Head, entry: Entry, at: string): AuditRow {
    const row = { ...entry, chain, sequence: rows + 1, at, expiresAt, previous };
    return { ...row, hash: fingerprint(row) };
}

export function headAt({ chain, sequence: rows, hash, expiresAt }: AuditRow): Head {
    return { chain, rows, hash, expiresAt };
}

/** Names a chain in the index of its day. */
export function indexed({ chain, expiresAt }: Head) {
    const [, day = ""] = /#(\d{4}-\d\d-\d\d)#\d\d$/.exec(chain) ?? [];
    // Below that of a mark; rows count from 1.
    const sequence = -2 - Number.parseInt(fingerprint(chain).slice(0, 12), 16);
    return { chain: indexKey(day), sequence, of: chain, expiresAt };
}

/** Partition key of the index of a day (`2026-11-30`). Subscribers have names. */
export const indexKey = (day: string): string => `#chains#${day}`;

/** Partition key of a mark. */
export function markKey(subscriber: string, messageId: string): string {
    return `${subscriber}#${messageId}`;
}
