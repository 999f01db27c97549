import {
    ConditionalCheckFailedException,
    CreateTableCommand,
    DescribeTableCommand,
    DynamoDBClient,
    GetItemCommand,
    PutItemCommand,
    QueryCommand,
    TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import {
    DescribeStreamCommand,
    DynamoDBStreamsClient,
    GetRecordsCommand,
    GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { expect } from "chai";
import { allow, type Cloud, failure, startCloud } from "./startedCloud.ts";

const table = (name: string) => `arn:aws:dynamodb:eu-west-1:000000000000:table/${name}`;

describe("DynamoDB at the local endpoint", () => {
    let cloud: Cloud;
    let database: DynamoDBClient;

    before(async () => {
        cloud = await startCloud({
            roles: {
                writer: allow(["dynamodb:PutItem", "dynamodb:ConditionCheckItem"], table("orders")),
                reader: allow(["dynamodb:Query"], `${table("orders")}/index/by-status`),
                streamer: allow("dynamodb:GetRecords", `${table("orders")}/stream/*`),
            },
        });
        database = new DynamoDBClient(cloud.as());
        await database.send(
            new CreateTableCommand({
                TableName: "orders",
                BillingMode: "PAY_PER_REQUEST",
                KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
                AttributeDefinitions: [
                    { AttributeName: "id", AttributeType: "S" },
                    { AttributeName: "status", AttributeType: "S" },
                ],
                GlobalSecondaryIndexes: [
                    {
                        IndexName: "by-status",
                        KeySchema: [{ AttributeName: "status", KeyType: "HASH" }],
                        Projection: { ProjectionType: "ALL" },
                    },
                ],
                StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
            }),
        );
    });
    after(() => cloud.stop());

    const put = (id: string, more: Record<string, { S: string } | { SS: string[] }> = {}) =>
        new PutItemCommand({ TableName: "orders", Item: { id: { S: id }, ...more } });

    it("keeps items, and finds a table by its ARN too", async () => {
        await database.send(put("kept", { note: { S: "Grüße" } }));
        const { Item } = await database.send(
            new GetItemCommand({ TableName: table("orders"), Key: { id: { S: "kept" } } }),
        );
        expect(Item).to.deep.equal({ id: { S: "kept" }, note: { S: "Grüße" } });
    });

    it("tells ARNs of its own region", async () => {
        const { Table } = await database.send(new DescribeTableCommand({ TableName: "orders" }));
        expect(Table?.TableArn).to.equal(table("orders"));
        expect(Table?.LatestStreamArn).to.equal(`${table("orders")}/stream/${Table?.LatestStreamLabel}`);
    });

    it("shows the item on which a condition failed, over HTTP and inside the cloud", async () => {
        await database.send(put("taken", { status: { S: "new" } }));
        const input = {
            TableName: "orders",
            Item: { id: { S: "taken" } },
            ConditionExpression: "attribute_not_exists(id)",
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        } as const;
        const refused = await failure(database.send(new PutItemCommand(input)));
        expect(refused).to.be.instanceOf(ConditionalCheckFailedException);
        expect(refused).to.have.deep.property("Item", { id: { S: "taken" }, status: { S: "new" } });
        const inside = await failure(cloud.call({ kind: "administrator" }, "dynamodb", "PutItem", input));
        expect(inside.name).to.equal("ConditionalCheckFailedException");
        expect(inside).to.have.deep.property("details", { Item: { id: { S: "taken" }, status: { S: "new" } } });
    });

    describe("streams", () => {
        let streams: DynamoDBStreamsClient;
        let StreamArn: string;

        before(async () => {
            streams = new DynamoDBStreamsClient(cloud.as());
            const { Table } = await database.send(new DescribeTableCommand({ TableName: "orders" }));
            StreamArn = Table?.LatestStreamArn ?? "";
        });

        async function iterator(): Promise<string> {
            const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
            const shard = StreamDescription?.Shards?.[0];
            expect(shard?.SequenceNumberRange).to.have.property("StartingSequenceNumber");
            expect(shard?.SequenceNumberRange, "an open shard").not.to.have.property("EndingSequenceNumber");
            const { ShardIterator = "" } = await streams.send(
                new GetShardIteratorCommand({ StreamArn, ShardId: shard?.ShardId, ShardIteratorType: "TRIM_HORIZON" }),
            );
            return ShardIterator;
        }

        it("tell each change once with a unique id, and nothing of writes that change nothing", async () => {
            await database.send(put("streamed", { tags: { SS: ["a", "b"] } }));
            await database.send(put("streamed", { tags: { SS: ["b", "a"] } }));
            await database.send(put("streamed", { tags: { SS: ["a", "c"] } }));
            const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator: await iterator() }));
            const names = Records.filter(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S === "streamed").map(
                ({ eventName }) => eventName,
            );
            expect(names).to.deep.equal(["INSERT", "MODIFY"]);
            expect(new Set(Records.map(({ eventID }) => eventID)).size).to.equal(Records.length);
            expect(new Set(Records.map(({ awsRegion }) => awsRegion))).to.deep.equal(new Set(["eu-west-1"]));
        });

        it("are read on from the next iterator", async () => {
            const first = await streams.send(new GetRecordsCommand({ ShardIterator: await iterator() }));
            await database.send(put("later"));
            const { Records = [] } = await streams.send(
                new GetRecordsCommand({ ShardIterator: first.NextShardIterator }),
            );
            expect(Records.map(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S)).to.deep.equal(["later"]);
        });

        it("are read by a role that may read this stream, and by no other", async () => {
            const ShardIterator = await iterator();
            await new DynamoDBStreamsClient(cloud.as("streamer")).send(new GetRecordsCommand({ ShardIterator }));
            const other = new DynamoDBStreamsClient(cloud.as("writer"));
            const refused = await failure(other.send(new GetRecordsCommand({ ShardIterator })));
            expect(refused.name).to.equal("AccessDeniedException");
            expect(refused.message).to.include(`dynamodb:GetRecords on resource: ${StreamArn}`);
        });
    });

    it("asks the rights of a transaction for each of its parts", async () => {
        const writer = new DynamoDBClient(cloud.as("writer"));
        const Put = { TableName: "orders", Item: { id: { S: "in-transaction" } } };
        await writer.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
        const Delete = { TableName: "orders", Key: { id: { S: "other" } } };
        const refused = await failure(
            writer.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Delete }] })),
        );
        expect(refused.name).to.equal("AccessDeniedException");
        expect(refused.message).to.include("dynamodb:DeleteItem");
    });

    it("asks the right to query an index for the index", async () => {
        const reader = new DynamoDBClient(cloud.as("reader"));
        const query = {
            TableName: "orders",
            KeyConditionExpression: "#s = :s",
            ExpressionAttributeNames: { "#s": "status" },
            ExpressionAttributeValues: { ":s": { S: "new" } },
        };
        await reader.send(new QueryCommand({ ...query, IndexName: "by-status" }));
        const refused = await failure(reader.send(new QueryCommand(query)));
        expect(refused.name).to.equal("AccessDeniedException");
    });
});
