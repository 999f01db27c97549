import { fingerprint } from "./canonical.ts";
import type { JsonObject } from "./json.ts";

/*
 * Items of the audit table (`chain`, `sequence`). Rows of a chain are numbered from 1, and each contains the hash of the
 * row before it, so that a changed, removed, inserted or moved row is detected. Further items:
 *
 *     (<chain>, 0)                       the head: the end of the chain
 *     (<subscriber>#<message id>, -1)    the mark: the subscriber has processed a message, with the row's key
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

/** A tampered row, head or mark. */
export interface AuditFinding {
    readonly chain: string;
    readonly sequence: number;
    readonly problem: string;
}

interface SeenRow {
    readonly hash: string;
    readonly previous: string;
    /** Absent for a failed message, which will be retried. */
    readonly mark?: string;
}

interface SeenChain {
    readonly rows: Map<number, SeenRow>;
    head?: { readonly rows: unknown; readonly hash: unknown };
    /** DynamoDB may have deleted parts of it. */
    isExpired: boolean;
}

interface SeenMark {
    readonly row: string;
    readonly hash: unknown;
    readonly isExpired: boolean;
}

/** Verifies all items of an audit table, added in any order. */
export class Verification {
    readonly #now: number;
    readonly #chains = new Map<string, SeenChain>();
    readonly #marks = new Map<string, SeenMark>();
    readonly #findings: AuditFinding[] = [];

    /** @param now milliseconds since 1970 */
    constructor(now: number) {
        this.#now = now;
    }

    add(item: JsonObject): void {
        const { chain, sequence, hash } = item;
        // The key of the table: each item has both.
        if (typeof chain !== "string" || typeof sequence !== "number") return;
        const isExpired = Number(item["expiresAt"]) < this.#now / 1000;
        if (sequence === markSequence) {
            const row = `${item["rowChain"]} ${item["rowSequence"]}`;
            this.#marks.set(chain, { row, hash: item["rowHash"], isExpired });
        } else if (sequence === headSequence) {
            const seen = this.#chain(chain);
            seen.head = { rows: item["rows"], hash };
            seen.isExpired ||= isExpired;
        } else if (!(Number.isSafeInteger(sequence) && sequence > 0)) {
            this.#findings.push({ chain, sequence, problem: "has an invalid sequence number" });
        } else {
            const seen = this.#chain(chain);
            const { hash: _, ...content } = item;
            if (typeof hash !== "string" || hash !== fingerprint(content)) {
                this.#findings.push({ chain, sequence, problem: "was changed: its content does not have its hash" });
            } else {
                seen.isExpired ||= isExpired;
            }
            const { previous, subscriber, messageId, outcome } = content;
            const mark = outcome === "failed" ? {} : { mark: markKey(String(subscriber), String(messageId)) };
            seen.rows.set(sequence, { hash: String(hash), previous: String(previous), ...mark });
        }
    }

    get size(): { readonly rows: number; readonly chains: number } {
        const rows = this.#chains.values().reduce((sum, chain) => sum + chain.rows.size, 0);
        return { rows, chains: this.#chains.size };
    }

    /** Sorted by chain. */
    findings(): readonly AuditFinding[] {
        const chains = this.#chains.entries().flatMap(([name, chain]) => this.#findingsOf(name, chain));
        return [...this.#findings, ...chains, ...this.#lost()].sort((one, other) =>
            one.chain === other.chain ? one.sequence - other.sequence : one.chain < other.chain ? -1 : 1,
        );
    }

    *#findingsOf(chain: string, { rows, head, isExpired }: SeenChain): Generator<AuditFinding> {
        let last = 0;
        let before: string | undefined = fingerprint(chain);
        for (const [sequence, { hash, previous, mark }] of [...rows].sort(([one], [other]) => one - other)) {
            if (sequence > last + 1) {
                if (!isExpired) yield missing(chain, last + 1, sequence - 1);
                before = undefined;
            }
            if (before !== undefined && previous !== before) {
                yield { chain, sequence, problem: "does not follow what stands before it" };
            }
            if (mark !== undefined && !isExpired && !this.#isMarked(mark, `${chain} ${sequence}`, hash)) {
                yield { chain, sequence, problem: `is not what the mark of its message says: ${mark}` };
            }
            last = sequence;
            before = hash;
        }
        if (isExpired) return;
        if (head === undefined) {
            yield { chain, sequence: headSequence, problem: "is missing: nothing says where the chain ends" };
        } else if (typeof head.rows === "number" && head.rows > last) {
            yield missing(chain, last + 1, head.rows);
        } else if (head.rows !== last || head.hash !== before) {
            yield { chain, sequence: headSequence, problem: `does not say that the chain ends at row ${last}` };
        }
    }

    #isMarked(markChain: string, row: string, hash: string): boolean {
        const mark = this.#marks.get(markChain);
        return mark?.row === row && mark.hash === hash;
    }

    /** Marks whose rows are missing, even if the whole chain is. */
    *#lost(): Generator<AuditFinding> {
        for (const [chain, { row, isExpired }] of this.#marks) {
            const [, rowChain = "", rowSequence = ""] = /^(.*) (\d+)$/s.exec(row) ?? [];
            const found = this.#chains.get(rowChain);
            if (isExpired || found?.rows.has(Number(rowSequence)) === true) continue;
            const problem = `says that row ${rowSequence} of ${rowChain} tells of its message: there is no such row`;
            yield { chain, sequence: markSequence, problem };
        }
    }

    #chain(name: string): SeenChain {
        const seen = this.#chains.get(name) ?? { rows: new Map(), isExpired: false };
        this.#chains.set(name, seen);
        return seen;
    }
}

function missing(chain: string, first: number, last: number): AuditFinding {
    return { chain, sequence: first, problem: first === last ? "is missing" : `and all up to ${last} are missing` };
}

/** Partition key of a mark. */
export function markKey(subscriber: string, messageId: string): string {
    return `${subscriber}#${messageId}`;
}
