import { DescribeTimeToLiveCommand, DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import {
    DescribeStreamCommand,
    DynamoDBStreamsClient,
    GetRecordsCommand,
    GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { expect } from "chai";
import { partOf } from "../../src/aws/input.ts";
import { expireItems } from "../../src/provision/expiry.ts";
import { provisionTables } from "../../src/provision/tables.ts";
import { graphOf, resource } from "../provision/resources.ts";
import { type Cloud, startCloud } from "./startedCloud.ts";

const now = 1_800_000_000;

describe("The time to live of a table's items", () => {
    let cloud: Cloud;
    let database: DynamoDBClient;
    const carts = (ttl?: object) =>
        graphOf(
            resource("aws:dynamodb/table:Table", "carts", {
                name: "carts",
                billingMode: "PAY_PER_REQUEST",
                hashKey: "id",
                attributes: [{ name: "id", type: "S" }],
                streamEnabled: true,
                streamViewType: "NEW_AND_OLD_IMAGES",
                ...(ttl && { ttl }),
            }),
        );
    const graph = carts({ enabled: true, attributeName: "expires" });

    before(async () => {
        cloud = await startCloud();
        database = new DynamoDBClient(cloud.as());
    });
    after(() => cloud.stop());

    const shown = async () =>
        (await database.send(new DescribeTimeToLiveCommand({ TableName: "carts" }))).TimeToLiveDescription;

    it("is that of the program, and changes with it", async () => {
        await provisionTables(carts(), cloud.call);
        expect(await shown()).to.deep.equal({ TimeToLiveStatus: "DISABLED" });
        for (const attributeName of ["until", "expires"]) {
            await provisionTables(carts({ enabled: true, attributeName }), cloud.call);
            expect(await shown()).to.deep.equal({ TimeToLiveStatus: "ENABLED", AttributeName: attributeName });
        }
        await provisionTables(carts({ enabled: false }), cloud.call);
        expect(await shown()).to.deep.equal({ TimeToLiveStatus: "DISABLED" });
    });

    it("deletes what has expired, and nothing else, as the service that a stream's record names", async () => {
        await provisionTables(graph, cloud.call);
        for (const [id, expires] of [
            ["over", { N: `${now - 1}` }],
            ["later", { N: `${now + 1}` }],
            ["text", { S: `${now - 1}` }],
            ["ancient", { N: "1" }],
            ["never", undefined],
        ] as const) {
            const Item = { id: { S: id }, ...(expires && { expires }) };
            await database.send(new PutItemCommand({ TableName: "carts", Item }));
        }
        await expireItems(graph, cloud.call, now);
        const { Items = [] } = await database.send(new ScanCommand({ TableName: "carts" }));
        expect(Items.map(({ id }) => id?.S)).to.have.members(["later", "text", "ancient", "never"]);
    });

    it("is a record of the table's stream", async () => {
        const past = Math.floor(Date.now() / 1000) - 60;
        const Item = { id: { S: "cart" }, expires: { N: `${past}` } };
        await database.send(new PutItemCommand({ TableName: "carts", Item }));
        await expireItems(graph, cloud.call, past + 1);
        const streams = new DynamoDBStreamsClient(cloud.as());
        const { Table } = await cloud.call({ kind: "administrator" }, "dynamodb", "DescribeTable", {
            TableName: "carts",
        });
        const StreamArn = String(partOf({ Table }, "Table")["LatestStreamArn"]);
        const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
        const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
        const from = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
        const { ShardIterator } = await streams.send(new GetShardIteratorCommand(from));
        const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
        const ofCart = Records.filter(({ dynamodb }) => dynamodb?.Keys?.["id"]?.S === "cart");
        expect(ofCart.map(({ eventName, userIdentity }) => [eventName, userIdentity?.PrincipalId])).to.deep.equal([
            ["INSERT", undefined],
            ["REMOVE", "dynamodb.amazonaws.com"],
        ]);
    });
});
