import { headSequence, markKey, markSequence } from "../../runtime/shared/auditChain.ts";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import type { JsonObject } from "../../runtime/shared/json.ts";
import { type Anchors, isOfDay } from "./auditAnchors.ts";
import { endOfDay, isIndex, isInPlace } from "./auditVerification.ts";

/** What is known of a chain, however many rows it has. */
interface ChainTally {
    rows: number;
    /** The row with the highest number. */
    last: { readonly sequence: number; readonly hash: string };
    head?: { readonly rows: unknown; readonly hash: unknown };
    /** End of the time of its first item; that of the others is the same. */
    expiresAt?: unknown;
    /** Rows that are anchored, as they were anchored. */
    anchored: number;
    /** Hashes of the rows, less those that rows have of the one before: of a whole chain the last one is left. */
    links: bigint;
    /** Rows with the marks that they are to have, less the marks with the rows that they name: of a whole chain nothing. */
    marks: bigint;
    /** The index of its day names it. */
    isIndexed: boolean;
    /** Something of it is wrong by itself, or DynamoDB may have deleted parts of it. */
    isSuspect: boolean;
}

/**
 * Tells chains of an audit table that are whole from those that have to be looked at row by row, in memory that grows with
 * the chains alone. Items are added in any order: what belongs together meets in a sum of hashes.
 */
export class AuditTally {
    readonly #seconds: number;
    readonly #anchors: Anchors;
    readonly #chains = new Map<string, ChainTally>();

    /** @param now milliseconds since 1970 */
    constructor(now: number, anchors: Anchors) {
        this.#seconds = now / 1000;
        this.#anchors = anchors;
    }

    add(item: JsonObject): void {
        const { chain, sequence, hash, ...others } = item;
        const name = chainOf(item);
        const tally = this.#tallyOf(name);
        const { expiresAt } = others;
        tally.expiresAt ??= this.#anchors.expiryOf(name) ?? expiresAt;
        tally.isSuspect ||=
            expiresAt !== tally.expiresAt || Number(expiresAt) < Math.max(this.#seconds, endOfDay(name));
        if (isIndex(chain)) {
            tally.isIndexed = true;
            tally.isSuspect ||= !isInPlace(item);
            return;
        }
        if (sequence === markSequence) {
            tally.marks -= hashOf(chain, others["rowSequence"], others["rowHash"]);
            return;
        }
        if (sequence === headSequence) {
            tally.head = { rows: others["rows"], hash };
            return;
        }
        const { previous, subscriber, messageId, outcome } = others;
        if (
            typeof sequence !== "number" ||
            !Number.isSafeInteger(sequence) ||
            sequence < 1 ||
            typeof hash !== "string"
        ) {
            tally.isSuspect = true;
            return;
        }
        tally.isSuspect ||= hash !== fingerprint({ ...others, chain, sequence });
        tally.isSuspect ||= !isOfDay(name, String(others["at"]));
        tally.rows += 1;
        if (sequence > tally.last.sequence) tally.last = { sequence, hash };
        tally.links += hashOf(sequence, hash);
        if (sequence > 1) tally.links -= hashOf(sequence - 1, previous);
        else tally.isSuspect ||= previous !== fingerprint(chain);
        if (this.#anchors.isAnchored(name, sequence)) tally.anchored += 1;
        tally.isSuspect ||= !this.#anchors.holds(name, sequence, hash);
        if (sequence === 1 && this.#anchors.countOf(name) === 0)
            tally.isSuspect ||= this.#anchors.isLate(name, String(others["at"]));
        const mark = markKey(String(subscriber), String(messageId));
        if (outcome !== "failed") tally.marks += hashOf(mark, sequence, hash);
    }

    get size(): { readonly rows: number; readonly chains: number } {
        const chains = [...this.#chains.values()].filter(({ rows, head }) => rows > 0 || head !== undefined);
        return { rows: chains.reduce((sum, { rows }) => sum + rows, 0), chains: chains.length };
    }

    suspects(): ReadonlySet<string> {
        const suspects = [...this.#chains].flatMap(([chain, tally]) => (this.#isWhole(chain, tally) ? [] : chain));
        const missing = [...this.#anchors.chains].filter((chain) => !this.#chains.has(chain));
        return new Set([...suspects, ...missing]);
    }

    #isWhole(chain: string, tally: ChainTally): boolean {
        const { rows, last, head, links, marks, anchored, isSuspect } = tally;
        if (isSuspect || head === undefined || head.rows !== rows || head.hash !== last.hash) return false;
        if (!tally.isIndexed && this.#anchors.isSince(chain)) return false;
        if (anchored !== this.#anchors.countOf(chain)) return false;
        return rows === last.sequence && links === hashOf(last.sequence, last.hash) && marks === 0n;
    }

    #tallyOf(chain: string): ChainTally {
        const last = { sequence: 0, hash: "" };
        const none = { rows: 0, last, links: 0n, marks: 0n, anchored: 0, isIndexed: false, isSuspect: false };
        const tally = this.#chains.get(chain) ?? none;
        this.#chains.set(chain, tally);
        return tally;
    }
}

/** The chain that an item of the table is of: a mark, of that of its row; of an index, the one that it names. */
export function chainOf({ chain, sequence, rowChain, of }: JsonObject): string {
    if (isIndex(chain)) return String(of);
    return String(sequence === markSequence ? rowChain : chain);
}

const hashOf = (...parts: readonly unknown[]): bigint => BigInt(`0x${fingerprint(parts)}`);
