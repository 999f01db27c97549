import { createHash } from "node:crypto";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import type { AuditFinding } from "./auditAnchors.ts";

/** A message's copy as its audit row or the copy itself tells it. */
interface Told {
    readonly messageId: string;
    readonly messageType: unknown;
    readonly published: unknown;
    readonly correlationId: unknown;
    readonly contentHash: unknown;
    readonly expiresAt: unknown;
}

/** Of the subscriber `record`; rows of before copies were named have no result. */
function toldByRow({ subscriber, outcome, messageId, messageType, correlationId, contentHash, result }: JsonObject) {
    if (subscriber !== "record" || outcome !== "processed" || !isJsonObject(result)) return undefined;
    const { published, copyExpiresAt: expiresAt } = result;
    return { messageId: String(messageId), messageType, published, correlationId, contentHash, expiresAt };
}

function toldByCopy({ messageType, published, correlationId, message, expiresAt, ...others }: JsonObject): Told {
    const messageId = String(published).replace(/^[^#]*#/, "");
    // A copy has these members alone, and its text is one.
    const isWhole = typeof message === "string" && Object.keys(others).length === 0;
    const contentHash = isWhole ? createHash("sha256").update(message).digest("hex") : "none";
    return { messageId, messageType, published, correlationId, contentHash, expiresAt };
}

const isOld = ({ published }: Told): boolean => published === undefined;

/**
 * Cross-checks copies of messages with the audit rows of their recorder. Sums of hashes tell parts of the messages that
 * agree from those that are looked at one by one, in constant memory.
 */
export class CopyCheck {
    readonly #seconds: number;
    readonly #sums = new Map<string, bigint>();
    /** Parts that are looked at. */
    readonly #suspects: ReadonlySet<string> | undefined;
    readonly #rows = new Map<string, Told>();
    readonly #copies = new Map<string, Told[]>();

    /** @param now milliseconds since 1970. @param suspects @default sums only */
    constructor(now: number, suspects?: ReadonlySet<string>) {
        this.#seconds = now / 1000;
        this.#suspects = suspects;
    }

    addRow(row: JsonObject): void {
        const told = toldByRow(row);
        if (told === undefined || this.#isExpired(told)) return;
        if (this.#suspects?.has(partOf(told)) === true) this.#rows.set(told.messageId, told);
        this.#sum(told, 1n);
    }

    addCopy(copy: JsonObject): void {
        const told = toldByCopy(copy);
        // A copy whose time ends before it was published was put in.
        if (
            this.#isExpired(told) &&
            Number(told.expiresAt) * 1000 > Date.parse(String(told.published).split("#")[0] ?? "")
        )
            return;
        if (this.#suspects?.has(partOf(told)) === true)
            this.#copies.set(told.messageId, [...(this.#copies.get(told.messageId) ?? []), told]);
        this.#sum(told, -1n);
    }

    /** Parts whose rows and copies do not agree. */
    suspects(): ReadonlySet<string> {
        return new Set([...this.#sums].flatMap(([part, sum]) => (sum === 0n ? [] : part)));
    }

    findings(): readonly AuditFinding[] {
        return [...this.#missing(), ...this.#changed()];
    }

    *#missing(): Generator<AuditFinding> {
        for (const row of this.#rows.values())
            if (!isOld(row) && !this.#copies.has(row.messageId))
                yield findingOf(row, "is missing: the audit row of its recorder tells of it");
    }

    *#changed(): Generator<AuditFinding> {
        for (const copy of [...this.#copies.values()].flat()) {
            const row = this.#rows.get(copy.messageId);
            if (row === undefined) yield findingOf(copy, "has no audit row of its recorder");
            else if (!isSame(row, copy)) yield findingOf(copy, "is not what the audit row of its recorder says");
        }
    }

    #isExpired({ expiresAt }: Told): boolean {
        return Number(expiresAt) < this.#seconds;
    }

    #sum(told: Told, sign: bigint): void {
        const part = partOf(told);
        this.#sums.set(part, (this.#sums.get(part) ?? 0n) + sign * BigInt(`0x${fingerprint(told)}`));
    }
}

function isSame(row: Told, copy: Told): boolean {
    if (!isOld(row)) return fingerprint(row) === fingerprint(copy);
    const { messageType, correlationId, contentHash } = row;
    return fingerprint({ ...copy, messageType, correlationId, contentHash }) === fingerprint(copy);
}

/** One of 256. */
const partOf = ({ messageId }: Told): string => fingerprint(messageId).slice(0, 2);

const findingOf = ({ messageType, published }: Told, problem: string): AuditFinding => ({
    chain: `the copy ${messageType}`,
    sequence: String(published),
    problem,
});
