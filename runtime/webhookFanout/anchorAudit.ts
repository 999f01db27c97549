import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { type Anchor, anchorIn, anchorKey, continued, dayPrefix, headIn } from "../shared/auditAnchor.ts";
import { headSequence, indexKey } from "../shared/auditChain.ts";
import { batchGet } from "../shared/batchGet.ts";
import { canonicalJson } from "../shared/canonical.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { done } from "../shared/outcome.ts";

export const env = environment("AUDIT_TABLE", "ANCHORS_BUCKET");
const s3 = new S3Client({});
const dayMs = 24 * 60 * 60 * 1000;

/** Chains of the audit trail do not continue their anchored heads: another writer has changed the table. */
class BrokenTrailError extends Error {
    override readonly name = "BrokenTrailError";
}

/**
 * Scheduled: copies the heads of today's and yesterday's chains to the bucket, where those who write the table cannot
 * change them.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
    const invocation = log.forInvocation(context);
    try {
        const now = Date.now();
        const days = [now - dayMs, now].map((time) => new Date(time).toISOString().slice(0, 10));
        const broken = (await Promise.all(days.map((day) => anchorDay(day, new Date(now).toISOString())))).flat();
        if (broken.length > 0) throw new BrokenTrailError(`not as they were anchored: ${broken.join(", ")}`);
        done(invocation, "Audit trail anchored", { days: days.join() });
    } catch (error) {
        invocation.error("The audit trail could not be anchored", { error });
        throw error;
    }
}

/** @returns chains that do not continue what was anchored before */
async function anchorDay(day: string, anchoredAt: string): Promise<readonly string[]> {
    // First, so that heads are at least as long.
    const before = await lastAnchor(day);
    const { heads, broken } = continued(before?.heads ?? [], await headsOf(day));
    const isNew = canonicalJson(heads) !== canonicalJson(before?.heads ?? []);
    if (isNew) await put({ day, anchoredAt, heads });
    return broken;
}

async function lastAnchor(day: string): Promise<Anchor | undefined> {
    const Bucket = env.ANCHORS_BUCKET;
    // A few dozen a day: one page.
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: dayPrefix(day) }));
    const Key = Contents.at(-1)?.Key;
    if (Key === undefined) return undefined;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const text = await Body?.transformToString();
    return anchorIn(text ?? "");
}

async function headsOf(day: string) {
    const keys: { chain: string; sequence: number }[] = [];
    let start: Record<string, unknown> | undefined;
    do {
        const { Items = [], LastEvaluatedKey } = await dynamo.send(
            new QueryCommand({
                TableName: env.AUDIT_TABLE,
                KeyConditionExpression: "#chain = :index",
                ExpressionAttributeNames: { "#chain": "chain" },
                ExpressionAttributeValues: { ":index": indexKey(day) },
                ConsistentRead: true,
                ...(start && { ExclusiveStartKey: start }),
            }),
        );
        keys.push(...Items.map(({ of }) => ({ chain: String(of), sequence: headSequence })));
        start = LastEvaluatedKey;
    } while (start !== undefined);
    const items = await batchGet(dynamo, { [env.AUDIT_TABLE]: keys }, { consistent: true });
    return (items.get(env.AUDIT_TABLE) ?? []).flatMap(headIn);
}

async function put(anchor: Anchor): Promise<void> {
    await s3.send(
        new PutObjectCommand({
            Bucket: env.ANCHORS_BUCKET,
            Key: anchorKey(anchor),
            Body: JSON.stringify(anchor),
            ContentType: "application/json",
            IfNoneMatch: "*",
        }),
    );
}
