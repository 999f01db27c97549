import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
    DescribeStreamCommand,
    DynamoDBStreamsClient,
    GetRecordsCommand,
    GetShardIteratorCommand,
    type GetShardIteratorCommandInput,
} from "@aws-sdk/client-dynamodb-streams";
import { expect } from "chai";
import { type Cloud, failure, startCloud } from "../endpoint/startedCloud.ts";

const day = 24 * 60 * 60 * 1000;
/** More than are deleted at a time. */
const many = 600;

describe("The records of streams in Dynoxide's database", () => {
    let cloud: Cloud;
    let dynamo: DynamoDBClient;
    let streams: DynamoDBStreamsClient;
    let StreamArn: string | undefined;

    before(async () => {
        cloud = await startCloud();
        dynamo = new DynamoDBClient(cloud.as());
        streams = new DynamoDBStreamsClient(cloud.as());
        StreamArn = await createTable("orders");
        await createTable("quiet");
        await put(many);
    });
    after(() => cloud.stop());

    async function createTable(TableName: string): Promise<string | undefined> {
        const { TableDescription } = await dynamo.send(
            new CreateTableCommand({
                TableName,
                BillingMode: "PAY_PER_REQUEST",
                KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
                AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
                StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
            }),
        );
        return TableDescription?.LatestStreamArn;
    }

    async function put(count: number, prefix = "order"): Promise<void> {
        for (let first = 0; first < count; first += 25) {
            const writes = Array.from({ length: Math.min(25, count - first) }, (_, index) => ({
                PutRequest: { Item: { id: { S: `${prefix}-${first + index}` } } },
            }));
            await dynamo.send(new BatchWriteItemCommand({ RequestItems: { orders: writes } }));
        }
    }

    async function iterator(from: Omit<GetShardIteratorCommandInput, "StreamArn" | "ShardId">) {
        const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
        const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
        const { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }));
        return ShardIterator;
    }

    async function read(from: Omit<GetShardIteratorCommandInput, "StreamArn" | "ShardId">) {
        const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator: await iterator(from) }));
        return Records.map(({ dynamodb }) => ({ id: dynamodb?.Keys?.["id"]?.S, number: dynamodb?.SequenceNumber }));
    }

    it("are found by an index when the engine writes or reads one, however many there are", () => {
        const engine = readFileSync(
            createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`),
        );
        const database = new DatabaseSync(join(cloud.directory, "dynamodb.db"), { readOnly: true });
        // As the engine has them.
        const statements = [
            "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1",
            `SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity
             FROM _stream_records
             WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3
             ORDER BY CAST(sequence_number AS INTEGER) ASC
             LIMIT ?4`,
        ];
        for (const statement of statements) {
            expect(engine.includes(statement), statement).to.equal(true);
            const plan = database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all();
            const [step] = plan.map(({ detail }) => String(detail));
            expect(step).to.match(/^SEARCH _stream_records USING (COVERING )?INDEX _stream_records_in_order \(/);
            // No sorting after it.
            expect(plan).to.have.length(1);
        }
        database.close();
    });

    it("stay for 24 hours", async () => {
        await cloud.storage.tables.streams?.trim(Date.now() + day - 60_000);
        expect(await read({ ShardIteratorType: "TRIM_HORIZON" })).to.have.length(many);
    });

    it("are trimmed then, all but the last, which the engine counts on from", async () => {
        const [{ number: first } = {}] = await read({ ShardIteratorType: "TRIM_HORIZON" });
        await cloud.storage.tables.streams?.trim(Date.now() + day + 60_000);
        const [last, ...others] = await read({ ShardIteratorType: "TRIM_HORIZON" });
        expect([last?.id, others]).to.deep.equal([`order-${many - 1}`, []]);

        await put(1, "later");
        const after = { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: last?.number } as const;
        expect(await read(after)).to.deep.equal([{ id: "later-0", number: String(Number(last?.number) + 1) }]);
        const trimmed = await failure(iterator({ ...after, SequenceNumber: first }));
        expect(trimmed.name).to.equal("TrimmedDataAccessException");
    });
});
