import {
    GetObjectCommand,
    ListObjectsV2Command,
    ListObjectVersionsCommand,
    type ListObjectVersionsCommandInput,
    type ListObjectVersionsCommandOutput,
    type S3Client,
} from "@aws-sdk/client-s3";
import { type Anchor, anchorIn, anchorPrefix } from "../../runtime/shared/auditAnchor.ts";
import { inBatches } from "./stack.ts";

/** A tampered row, head, mark, anchor or copy. */
export interface AuditFinding {
    /** Of an anchor: its key; of a copy: its type. */
    readonly chain: string;
    /** Of a copy: its time and id. */
    readonly sequence: number | string;
    readonly problem: string;
}

interface AnchoredChain {
    /** Seconds since 1970. */
    expiresAt: number;
    /** Number of rows → hashes of the last one. */
    readonly heads: Map<number, Set<string>>;
}

/** Of the name of a chain: `2026-11-30`. */
export const dayOf = (chain: string): string | undefined => /#(\d{4}-\d\d-\d\d)#\d\d$/.exec(chain)?.[1];

/** Whether a row of a chain may have this time: that of its day, or a moment later. @param at ISO 8601 */
export function isOfDay(chain: string, at: string): boolean {
    const sinceMs = Date.parse(at) - Date.parse(dayOf(chain) ?? "");
    return sinceMs >= 0 && sinceMs < 24 * 3_600_000 + lateMs;
}

/** Milliseconds that a chain may be older than the anchor of its day that does not name it: clocks differ. */
const lateMs = 5 * 60_000;
const atATime = 25;

/** The heads of chains as they were copied to the bucket of anchors. */
export class Anchors {
    readonly #chains = new Map<string, AnchoredChain>();
    /** The first day that was anchored. */
    #since: string | undefined;
    /** Milliseconds since 1970 of the last anchor. */
    #until = 0;
    /** Anchors that were deleted or overwritten. */
    readonly findings: AuditFinding[] = [];

    /** Reads all versions of all anchors. */
    static async of(s3: S3Client, bucket: string): Promise<Anchors> {
        const anchors = new Anchors();
        const { versions, deleted } = await versionsIn(s3, bucket);
        await inBatches(atATime, versions, async ({ key: Key, versionId: VersionId, isOld }) => {
            const { Body } = await s3.send(
                new GetObjectCommand({ Bucket: bucket, Key, ...(VersionId !== undefined && { VersionId }) }),
            );
            const anchor = anchorIn((await Body?.transformToString()) ?? "");
            anchors.add(anchor);
            if (isOld) anchors.findings.push(problemOf(Key, "was overwritten"));
            // The bucket's own rule deletes anchors later.
            const until = Math.max(...anchor.heads.map(({ expiresAt }) => expiresAt * 1000));
            if ((deleted.get(Key) ?? until) < until) anchors.findings.push(problemOf(Key, "was deleted"));
        });
        return anchors;
    }

    add({ day, anchoredAt, heads }: Anchor): void {
        if (this.#since === undefined || day < this.#since) this.#since = day;
        this.#until = Math.max(this.#until, Date.parse(anchoredAt));
        for (const { chain, rows, hash, expiresAt } of heads) {
            const known = this.#chains.get(chain) ?? { expiresAt, heads: new Map<number, Set<string>>() };
            known.expiresAt = Math.max(known.expiresAt, expiresAt);
            known.heads.set(rows, (known.heads.get(rows) ?? new Set()).add(hash));
            this.#chains.set(chain, known);
        }
    }

    get chains(): Iterable<string> {
        return this.#chains.keys();
    }

    /** Seconds since 1970; undefined if it was never anchored. */
    expiryOf(chain: string): number | undefined {
        return this.#chains.get(chain)?.expiresAt;
    }

    /** Its most rows; 0 if it was never anchored. */
    rowsOf(chain: string): number {
        return Math.max(0, ...(this.#chains.get(chain)?.heads.keys() ?? []));
    }

    /** How many of its rows are anchored. */
    countOf(chain: string): number {
        return this.#chains.get(chain)?.heads.size ?? 0;
    }

    isAnchored(chain: string, sequence: number): boolean {
        return this.#chains.get(chain)?.heads.has(sequence) === true;
    }

    /** Whether a row may have this hash: anchors that contradict each other hold for none. */
    holds(chain: string, sequence: number, hash: string): boolean {
        const hashes = this.#chains.get(chain)?.heads.get(sequence);
        return hashes === undefined || (hashes.size === 1 && hashes.has(hash));
    }

    /** Whether a chain that was begun then ought to be anchored: each is, soon. @param begun ISO 8601 */
    isLate(chain: string, begun: string): boolean {
        const from = isOfDay(chain, begun) ? Date.parse(begun) : Date.parse(dayOf(chain) ?? "");
        return this.isSince(chain) && this.#until > (Number.isNaN(from) ? 0 : from) + lateMs;
    }

    /** Whether chains of its day are anchored, and in the index: those of before the first anchor need not be. */
    isSince(chain: string): boolean {
        return this.#since === undefined || (dayOf(chain) ?? this.#since) >= this.#since;
    }
}

interface Version {
    readonly key: string;
    readonly versionId?: string | undefined;
    /** There is a later one. */
    readonly isOld: boolean;
}

interface Versions {
    readonly versions: readonly Version[];
    /** Key → when it was deleted, in milliseconds since 1970. */
    readonly deleted: ReadonlyMap<string, number>;
}

async function versionsIn(s3: S3Client, Bucket: string): Promise<Versions> {
    const versions: Version[] = [];
    const deleted = new Map<string, number>();
    let from: ListObjectVersionsCommandInput | undefined = { Bucket, Prefix: anchorPrefix };
    while (from !== undefined) {
        const page: ListObjectVersionsCommandOutput | undefined = await s3
            .send(new ListObjectVersionsCommand(from))
            .catch(withoutVersions);
        if (page === undefined) return { versions: await objectsIn(s3, Bucket), deleted };
        for (const { Key = "", LastModified } of page.DeleteMarkers ?? []) deleted.set(Key, Number(LastModified));
        for (const { Key: key = "", VersionId: versionId } of page.Versions ?? [])
            versions.push({ key, versionId, isOld: versions.at(-1)?.key === key });
        const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
        from = page.IsTruncated === true ? { Bucket, Prefix: anchorPrefix, KeyMarker, VersionIdMarker } : undefined;
    }
    return { versions, deleted };
}

/** The embedded cloud has none. */
function withoutVersions(error: unknown): undefined {
    if (!(error instanceof Error && error.name === "NotImplemented")) throw error;
}

async function objectsIn(s3: S3Client, Bucket: string): Promise<Version[]> {
    const found: Version[] = [];
    let token: string | undefined;
    do {
        const { Contents = [], NextContinuationToken } = await s3.send(
            new ListObjectsV2Command({
                Bucket,
                Prefix: anchorPrefix,
                ...(token !== undefined && { ContinuationToken: token }),
            }),
        );
        found.push(...Contents.map(({ Key = "" }) => ({ key: Key, isOld: false })));
        token = NextContinuationToken;
    } while (token !== undefined);
    return found;
}

const problemOf = (key: string, problem: string): AuditFinding => ({
    chain: `the anchor ${key}`,
    sequence: "",
    problem,
});
