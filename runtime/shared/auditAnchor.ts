import type { Head } from "./auditChain.ts";
import { isJsonObject } from "./json.ts";

/** The heads of a day's chains at a time, in an object of the bucket of anchors, which is written once. */
export interface Anchor {
    /** `2026-11-30` */
    readonly day: string;
    /** ISO 8601 */
    readonly anchoredAt: string;
    readonly heads: readonly Head[];
}

export const anchorPrefix = "heads/";
export const dayPrefix = (day: string): string => `${anchorPrefix}${day}/`;
/** Keys of a day are in the order of their times. */
export const anchorKey = ({ day, anchoredAt }: Anchor): string => `${dayPrefix(day)}${anchoredAt}.json`;

/** An object of the bucket is no anchor. */
class InvalidAnchorError extends Error {
    override readonly name = "InvalidAnchorError";
}

/** Throws InvalidAnchorError. */
export function anchorIn(text: string): Anchor {
    const value: unknown = JSON.parse(text);
    const { day, anchoredAt, heads } = isJsonObject(value) ? value : {};
    if (typeof day !== "string" || typeof anchoredAt !== "string" || !Array.isArray(heads))
        throw new InvalidAnchorError("it has no day, time or heads");
    return { day, anchoredAt, heads: heads.flatMap(headIn) };
}

/** The head in an item of the table or an anchor; none if it has another form. */
export function headIn(value: unknown): readonly Head[] {
    const { chain, rows, hash, expiresAt } = isJsonObject(value) ? value : {};
    if (typeof chain !== "string" || typeof rows !== "number") return [];
    return typeof hash === "string" && typeof expiresAt === "number" ? [{ chain, rows, hash, expiresAt }] : [];
}

/** What is to be anchored, and the chains that do not continue what was anchored before: their earlier heads stay. */
export function continued(
    before: readonly Head[],
    now: readonly Head[],
): { readonly heads: readonly Head[]; readonly broken: readonly string[] } {
    const heads = new Map(now.map((head) => [head.chain, head]));
    const broken: string[] = [];
    for (const head of before) {
        const found = heads.get(head.chain);
        const isContinued =
            found !== undefined &&
            found.expiresAt === head.expiresAt &&
            (found.rows > head.rows || (found.rows === head.rows && found.hash === head.hash));
        if (isContinued) continue;
        heads.set(head.chain, head);
        broken.push(head.chain);
    }
    return { heads: [...heads.values()].sort((one, other) => (one.chain < other.chain ? -1 : 1)), broken };
}
