/**
 * `npm run audit:verify`: reads the audit table of an environment, the heads that were anchored outside of it, and the
 * copies of messages, and verifies them against each other. Names every row, head, mark and copy that was changed, moved,
 * put in or taken out, and ends with 1 if there is one, and for nothing else: what keeps it from looking is 2.
 */
import { paginateListFunctions } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "../runtime/shared/json.ts";
import { Anchors, type AuditFinding } from "./operator/auditAnchors.ts";
import { CopyCheck } from "./operator/auditCopies.ts";
import { AuditTally, chainOf } from "./operator/auditTally.ts";
import { Verification } from "./operator/auditVerification.ts";
import { adviceOn, exitCodes, runCommand, UnreachableError } from "./operator/command.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";

const usage = `npm run audit:verify                       whether every row of the audit table is as it was written
  --table <name>      another table than the environment's, without anchors and copies
${stackUsage}`;

/** Progress is told each time so many items have been read. */
const reported = 10_000;

/** What came of looking at a table. */
interface Verdict {
    readonly rows: number;
    readonly chains: number;
    readonly findings: readonly AuditFinding[];
}

/** What is looked at. */
interface AuditSource {
    readonly client: DynamoDBDocumentClient;
    readonly table: string;
    /** The table of the messages' copies. @default copies are not looked at */
    readonly copies?: string;
    /** @default none */
    readonly anchors?: Anchors;
    /** Milliseconds since 1970. @default now */
    readonly now?: number;
}

/** Looks at every item of an audit table, in memory that grows with what is to be looked at twice. */
export async function verify(
    { client, table, copies, anchors = new Anchors(), now = Date.now() }: AuditSource,
    progress: (items: number) => void = () => {},
): Promise<Verdict> {
    const tally = new AuditTally(now, anchors);
    const check = new CopyCheck(now);
    let items = 0;
    for await (const item of itemsOf(client, table)) {
        tally.add(item);
        check.addRow(item);
        items += 1;
        if (items % reported === 0) progress(items);
    }
    if (copies !== undefined) for await (const copy of itemsOf(client, copies)) check.addCopy(copy);
    const suspects = { chains: tally.suspects(), parts: copies === undefined ? new Set<string>() : check.suspects() };
    const look = async () => {
        const verification = new Verification(now, anchors, suspects.chains);
        const closer = new CopyCheck(now, suspects.parts);
        if (suspects.chains.size + suspects.parts.size === 0) return anchors.findings;
        for await (const item of itemsOf(client, table)) {
            if (suspects.chains.has(chainOf(item))) verification.add(item);
            closer.addRow(item);
        }
        if (copies !== undefined && suspects.parts.size > 0)
            for await (const copy of itemsOf(client, copies)) closer.addCopy(copy);
        return [...anchors.findings, ...verification.findings(), ...closer.findings()];
    };
    const first = await look();
    if (first.length === 0) return { ...tally.size, findings: first };
    // Rows that are written while the table is read look like findings, but not a second time.
    const again = new Set((await look()).map(lineOf));
    return { ...tally.size, findings: first.filter((finding) => again.has(lineOf(finding))) };
}

async function* itemsOf(client: DynamoDBDocumentClient, TableName: string): AsyncGenerator<JsonObject> {
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) yield* Items;
}

function lineOf({ chain, sequence, problem }: AuditFinding): string {
    if (typeof sequence === "string") return `${chain} ${sequence} ${problem}`.replace("  ", " ");
    if (sequence > 0) return `row ${sequence} of ${chain} ${problem}`;
    return sequence === 0 ? `the head of ${chain} ${problem}` : `the mark ${chain} ${problem}`;
}

/** The bucket that the anchoring function writes. */
async function anchorsBucketOf(stack: Stack): Promise<string | undefined> {
    const wanted = stack.named("audit-anchor");
    for await (const { Functions = [] } of paginateListFunctions({ client: stack.lambda }, {})) {
        const found = Functions.find(({ FunctionName }) => FunctionName === wanted);
        if (found !== undefined) return found.Environment?.Variables?.["ANCHORS_BUCKET"];
    }
    return undefined;
}

async function sourceOf(stack: Stack, table: string | undefined, s3: S3Client): Promise<AuditSource> {
    const client = stack.dynamo;
    if (table !== undefined) return { client, table };
    const bucket = await anchorsBucketOf(stack);
    if (bucket === undefined)
        throw new UnreachableError(`${stack.title} has no function ${stack.named("audit-anchor")}`);
    const anchors = await Anchors.of(s3, bucket);
    return { client, table: stack.named("pubsub-audit"), copies: stack.named("pubsub-messages"), anchors };
}

if (import.meta.main) {
    await runCommand({
        usage,
        options: { ...stackOptions, table: { type: "string" } },
        words: 0,
        run: async (values) => {
            const stack = await Stack.of(values);
            const table = values.table ?? stack.named("pubsub-audit");
            const tell = (items: number) => console.error(`${items} items read`);
            const s3 = new S3Client({ ...stack.settings, forcePathStyle: stack.settings.endpoint !== undefined });
            try {
                const { rows, chains, findings } = await verify(await sourceOf(stack, values.table, s3), tell);
                if (values.json) console.log(JSON.stringify({ table, rows, chains, faults: findings }));
                else {
                    for (const finding of findings) console.error(lineOf(finding));
                    const found =
                        findings.length === 0
                            ? "all as they were written"
                            : `${findings.length} not as they were written`;
                    console.log(`${table}: ${rows} rows in ${chains} chains, ${found}`);
                }
                return findings.length === 0 ? exitCodes.good : exitCodes.found;
            } catch (error) {
                if (error instanceof UnreachableError) throw error;
                throw new UnreachableError(`${table} cannot be read: ${adviceOn(error)}`, { cause: error });
            } finally {
                s3.destroy();
                stack.close();
            }
        },
    });
}
