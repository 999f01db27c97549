import { headSequence, indexed, markKey, markSequence } from "../../runtime/shared/auditChain.ts";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import type { JsonObject } from "../../runtime/shared/json.ts";
import { type Anchors, type AuditFinding, dayOf, isOfDay } from "./auditAnchors.ts";

interface SeenRow {
    readonly hash: string;
    readonly previous: string;
    /** Absent if the content does not have its hash. */
    readonly expiresAt?: number;
    /** Absent for a failed message, which will be retried. */
    readonly mark?: string;
    readonly at: string;
}

interface SeenChain {
    readonly rows: Map<number, SeenRow>;
    head?: { readonly rows: unknown; readonly hash: unknown; readonly expiresAt: number };
}

interface SeenMark {
    readonly rowChain: string;
    readonly rowSequence: unknown;
    readonly hash: unknown;
    readonly expiresAt: number;
}

/** Items of the index of a day: see `indexed`. */
export const isIndex = (chain: unknown): boolean => String(chain).startsWith("#chains#");

/** Whether an item of the index is the one that a subscriber writes. */
export function isInPlace({ chain, sequence, of, expiresAt, ...others }: JsonObject): boolean {
    const own = indexed({ chain: String(of), rows: 0, hash: "", expiresAt: Number(expiresAt) });
    return own.chain === chain && own.sequence === sequence && Object.keys(others).length === 0;
}

/** Verifies items of an audit table, added in any order: all items of a chain, or none. */
export class Verification {
    readonly #seconds: number;
    readonly #anchors: Anchors;
    readonly #anchored: readonly string[];
    readonly #chains = new Map<string, SeenChain>();
    readonly #marks = new Map<string, SeenMark>();
    /** Chain → end of its time, by the index. */
    readonly #indexed = new Map<string, number>();
    readonly #findings: AuditFinding[] = [];

    /** @param now milliseconds since 1970. @param among the chains whose items are added. @default all */
    constructor(now: number, anchors: Anchors, among?: ReadonlySet<string>) {
        this.#seconds = now / 1000;
        this.#anchors = anchors;
        this.#anchored = [...anchors.chains].filter((chain) => among?.has(chain) ?? true);
    }

    add(item: JsonObject): void {
        const { chain, sequence, hash } = item;
        const expiresAt = Number(item["expiresAt"]);
        // The key of the table: each item has both.
        if (typeof chain !== "string" || typeof sequence !== "number") return;
        if (isIndex(chain)) {
            const of = String(item["of"]);
            this.#indexed.set(of, expiresAt);
            if (!isInPlace(item))
                this.#findings.push({ chain, sequence, problem: `names ${of}, which is not its place` });
        } else if (sequence === markSequence) {
            const { rowSequence, rowHash } = item;
            this.#marks.set(chain, { rowChain: String(item["rowChain"]), rowSequence, hash: rowHash, expiresAt });
        } else if (sequence === headSequence) {
            this.#chain(chain).head = { rows: item["rows"], hash, expiresAt };
        } else if (!(Number.isSafeInteger(sequence) && sequence > 0)) {
            this.#findings.push({ chain, sequence, problem: "has an invalid sequence number" });
        } else {
            this.#addRow(chain, sequence, item);
        }
    }

    #addRow(chain: string, sequence: number, { hash, ...content }: JsonObject): void {
        const isOwn = typeof hash === "string" && hash === fingerprint(content);
        if (!isOwn)
            this.#findings.push({ chain, sequence, problem: "was changed: its content does not have its hash" });
        const { previous, subscriber, messageId, outcome, at, expiresAt } = content;
        const mark = outcome === "failed" ? {} : { mark: markKey(String(subscriber), String(messageId)) };
        this.#chain(chain).rows.set(sequence, {
            hash: String(hash),
            previous: String(previous),
            at: String(at),
            ...(isOwn && { expiresAt: Number(expiresAt) }),
            ...mark,
        });
    }

    get size(): { readonly rows: number; readonly chains: number } {
        const rows = this.#chains.values().reduce((sum, chain) => sum + chain.rows.size, 0);
        return { rows, chains: this.#chains.size };
    }

    /** Sorted by chain. */
    findings(): readonly AuditFinding[] {
        const chains = this.#chains.entries().flatMap(([name, chain]) => this.#findingsOf(name, chain));
        return [...this.#findings, ...chains, ...this.#lostChains(), ...this.#lostRows()].sort((one, other) =>
            one.chain === other.chain
                ? Number(one.sequence) - Number(other.sequence)
                : one.chain < other.chain
                  ? -1
                  : 1,
        );
    }

    *#findingsOf(chain: string, seen: SeenChain): Generator<AuditFinding> {
        const { rows, head } = seen;
        const expiresAt = this.#expiryOf(chain);
        // DynamoDB may have deleted parts of it.
        const isExpired = expiresAt < this.#seconds;
        let last = 0;
        let before: string | undefined = fingerprint(chain);
        for (const [sequence, row] of [...rows].sort(([one], [other]) => one - other)) {
            const { hash, previous, mark } = row;
            if (sequence > last + 1) {
                if (!isExpired) yield missing(chain, last + 1, sequence - 1);
                before = undefined;
            }
            if (before !== undefined && previous !== before) {
                yield { chain, sequence, problem: "does not follow the row before it" };
            }
            if (!isOfDay(chain, row.at)) yield { chain, sequence, problem: "has a time of another day than its chain" };
            if (row.expiresAt !== undefined && row.expiresAt !== expiresAt)
                yield { chain, sequence, problem: "ends at another time than its chain" };
            if (mark !== undefined && !isExpired && !this.#isMarked(mark, chain, sequence, row)) {
                yield { chain, sequence, problem: `differs from the mark of its message: ${mark}` };
            }
            if (!this.#anchors.holds(chain, sequence, hash))
                yield { chain, sequence, problem: "is not the row that was anchored outside of the table" };
            last = sequence;
            before = hash;
        }
        if (head !== undefined && head.expiresAt !== expiresAt)
            yield { chain, sequence: headSequence, problem: "ends at another time than its chain" };
        const ends = this.#indexed.get(chain);
        if (ends !== undefined && ends !== expiresAt)
            yield { chain, sequence: headSequence, problem: "ends at another time than the index of its day says" };
        if (isExpired) return;
        if (ends === undefined && this.#anchors.isSince(chain))
            yield { chain, sequence: headSequence, problem: "is not in the index of its day" };
        const anchored = this.#anchors.rowsOf(chain);
        const firstRow = rows.get(1);
        if (anchored > last) yield missing(chain, last + 1, anchored);
        else if (anchored === 0 && firstRow !== undefined && this.#anchors.isLate(chain, firstRow.at))
            yield { chain, sequence: 1, problem: "was never anchored, unlike other chains of its day" };
        if (head === undefined) {
            yield { chain, sequence: headSequence, problem: "is missing: nothing says where the chain ends" };
        } else if (typeof head.rows === "number" && head.rows > last) {
            if (anchored <= last) yield missing(chain, last + 1, head.rows);
        } else if (head.rows !== last || head.hash !== before) {
            yield { chain, sequence: headSequence, problem: `does not say that the chain ends at row ${last}` };
        }
    }

    /** The anchored end of a chain's time, else the latest that an item says: to bring it forward hides nothing. */
    #expiryOf(chain: string): number {
        const { rows, head } = this.#chains.get(chain) ?? { rows: new Map<number, SeenRow>() };
        const said = [...rows.values()].flatMap(({ expiresAt }) => expiresAt ?? []);
        return (
            this.#anchors.expiryOf(chain) ??
            Math.max(endOfDay(chain), head?.expiresAt ?? 0, this.#indexed.get(chain) ?? 0, ...said)
        );
    }

    #isMarked(markChain: string, chain: string, sequence: number, { hash, expiresAt }: SeenRow): boolean {
        const mark = this.#marks.get(markChain);
        const isOfRow = mark?.rowChain === chain && mark.rowSequence === sequence && mark.hash === hash;
        return isOfRow && (expiresAt === undefined || mark.expiresAt === expiresAt);
    }

    /** Chains without an item that the index of their day or an anchor names. */
    *#lostChains(): Generator<AuditFinding> {
        for (const chain of new Set([...this.#indexed.keys(), ...this.#anchored])) {
            if (this.#chains.has(chain) || this.#expiryOf(chain) < this.#seconds) continue;
            const anchored = this.#anchors.rowsOf(chain);
            const said =
                anchored > 0 ? `it had ${anchored} rows when it was anchored` : "the index of its day names it";
            yield { chain, sequence: headSequence, problem: `is missing, and all of its chain: ${said}` };
        }
    }

    /** Marks whose rows are missing, even if the whole chain is, or tell of another message. */
    *#lostRows(): Generator<AuditFinding> {
        for (const [chain, { rowChain, rowSequence, expiresAt }] of this.#marks) {
            const row = this.#chains.get(rowChain)?.rows.get(Number(rowSequence));
            if (row?.mark === chain) continue;
            // DynamoDB may have deleted its row, at the end of its time: no day's is earlier than the second after it.
            const ends = Math.max(expiresAt, this.#expiryOf(rowChain));
            const mayBeOver = dayOf(rowChain) !== undefined && expiresAt >= endOfDay(rowChain);
            if (row === undefined && mayBeOver && ends < this.#seconds) continue;
            const truth = row === undefined ? "there is no such row" : "it tells of another";
            const problem = `says that row ${rowSequence} of ${rowChain} tells of its message: ${truth}`;
            yield { chain, sequence: markSequence, problem };
        }
    }

    #chain(name: string): SeenChain {
        const seen = this.#chains.get(name) ?? { rows: new Map() };
        this.#chains.set(name, seen);
        return seen;
    }
}

/** Seconds since 1970: rows are kept for a day at least. */
export function endOfDay(chain: string): number {
    const day = dayOf(chain);
    return day === undefined ? 0 : Date.parse(day) / 1000 + 2 * 24 * 60 * 60;
}

function missing(chain: string, first: number, last: number): AuditFinding {
    return { chain, sequence: first, problem: first === last ? "is missing" : `and all up to ${last} are missing` };
}
