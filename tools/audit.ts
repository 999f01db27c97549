/**
 * `npm run audit:verify`: reads the audit table of an environment and verifies its chains. Names every row
 * that was changed, moved, put in or taken out, and ends with 1 if there is one, and for nothing else: what keeps it from
 * looking is 2. Who can write the table can also write all of it anew: the right to do so is the subscribers' alone, and
 * point-in-time recovery holds the rest.
 */
import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import { type AuditFinding, Verification } from "../runtime/shared/auditChain.ts";
import type { JsonObject } from "../runtime/shared/json.ts";
import { AuditTally, chainOf } from "./operator/auditTally.ts";
import { adviceOn, exitCodes, runCommand, UnreachableError } from "./operator/command.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";

const usage = `npm run audit:verify                       whether every row of the audit table is as it was written
  --table <name>      another table than the environment's
${stackUsage}`;

/** Progress is told each time so many items have been read. */
const reported = 10_000;

/** What came of looking at a table. */
interface Verdict {
    readonly rows: number;
    readonly chains: number;
    readonly findings: readonly AuditFinding[];
}

/** Looks at every item of an audit table, in memory that grows with what is to be looked at twice. */
export async function verify(
    client: DynamoDBDocumentClient,
    table: string,
    now = Date.now(),
    progress: (items: number) => void = () => {},
): Promise<Verdict> {
    const tally = new AuditTally(now);
    let items = 0;
    for await (const item of itemsOf(client, table)) {
        tally.add(item);
        items += 1;
        if (items % reported === 0) progress(items);
    }
    const suspects = tally.suspects();
    const first = await findingsIn(suspects, client, table, now);
    if (first.length === 0) return { ...tally.size, findings: first };
    // Rows that are written while the table is read look like findings, but not a second time.
    const again = new Set((await findingsIn(suspects, client, table, now)).map(lineOf));
    return { ...tally.size, findings: first.filter((finding) => again.has(lineOf(finding))) };
}

async function findingsIn(
    chains: ReadonlySet<string>,
    client: DynamoDBDocumentClient,
    table: string,
    now: number,
): Promise<readonly AuditFinding[]> {
    if (chains.size === 0) return [];
    const verification = new Verification(now);
    for await (const item of itemsOf(client, table)) if (chains.has(chainOf(item))) verification.add(item);
    return verification.findings();
}

async function* itemsOf(client: DynamoDBDocumentClient, TableName: string): AsyncGenerator<JsonObject> {
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) yield* Items;
}

function lineOf({ chain, sequence, problem }: AuditFinding): string {
    if (sequence > 0) return `row ${sequence} of ${chain} ${problem}`;
    return sequence === 0 ? `the head of ${chain} ${problem}` : `the mark ${chain} ${problem}`;
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
            try {
                const { rows, chains, findings } = await verify(stack.dynamo, table, Date.now(), tell);
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
                throw new UnreachableError(`${table} cannot be read: ${adviceOn(error)}`, { cause: error });
            } finally {
                stack.close();
            }
        },
    });
}
