import { headSequence, markKey, markSequence } from "../../runtime/shared/auditChain.ts";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import type { JsonObject } from "../../runtime/shared/json.ts";

/** What is known of a chain, however many rows it has. */
interface ChainTally {
    rows: number;
    /** The row with the highest number. */
    last: { readonly sequence: number; readonly hash: string };
    head?: { readonly rows: unknown; readonly hash: unknown };
    /** Hashes of the rows, less those that rows have of the one before: of a whole chain the last one is left. */
    links: bigint;
    /** Rows with the marks that they are to have, less the marks with the rows that they name: of a whole chain nothing. */
    marks: bigint;
    /** Something of it is wrong by itself, or DynamoDB may have deleted parts of it. */
    isSuspect: boolean;
}

/**
 * Tells chains of an audit table that are whole from those that have to be looked at row by row, in memory that grows with
 * the chains alone. Items are added in any order: what belongs together meets in a sum of hashes.
 */
export class AuditTally {
    readonly #now: number;
    readonly #chains = new Map<string, ChainTally>();

    /** @param now milliseconds since 1970 */
    constructor(now: number) {
        this.#now = now;
    }

    add(item: JsonObject): void {
        const { chain, sequence, hash, ...others } = item;
        const tally = this.#tallyOf(chainOf(item));
        if (sequence === markSequence) {
            tally.marks -= hashOf(chain, others["rowSequence"], others["rowHash"]);
            return;
        }
        tally.isSuspect ||= Number(others["expiresAt"]) < this.#now / 1000;
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
        tally.rows += 1;
        if (sequence > tally.last.sequence) tally.last = { sequence, hash };
        tally.links += hashOf(sequence, hash);
        if (sequence > 1) tally.links -= hashOf(sequence - 1, previous);
        else tally.isSuspect ||= previous !== fingerprint(chain);
        const mark = markKey(String(subscriber), String(messageId));
        if (outcome !== "failed") tally.marks += hashOf(mark, sequence, hash);
    }

    get size(): { readonly rows: number; readonly chains: number } {
        const chains = [...this.#chains.values()].filter(({ rows, head }) => rows > 0 || head !== undefined);
        return { rows: chains.reduce((sum, { rows }) => sum + rows, 0), chains: chains.length };
    }

    suspects(): ReadonlySet<string> {
        return new Set([...this.#chains].flatMap(([chain, tally]) => (isWhole(tally) ? [] : chain)));
    }

    #tallyOf(chain: string): ChainTally {
        const none = { rows: 0, last: { sequence: 0, hash: "" }, links: 0n, marks: 0n, isSuspect: false };
        const tally = this.#chains.get(chain) ?? none;
        this.#chains.set(chain, tally);
        return tally;
    }
}

/** The chain that an item of the table is of: a mark, of that of its row. */
export function chainOf({ chain, sequence, rowChain }: JsonObject): string {
    return String(sequence === markSequence ? rowChain : chain);
}

function isWhole({ rows, last, head, links, marks, isSuspect }: ChainTally): boolean {
    if (isSuspect || head === undefined || head.rows !== rows || head.hash !== last.hash) return false;
    return rows === last.sequence && links === hashOf(last.sequence, last.hash) && marks === 0n;
}

const hashOf = (...parts: readonly unknown[]): bigint => BigInt(`0x${fingerprint(parts)}`);
