import {
    type AttributeValue,
    BatchGetItemCommand,
    BatchWriteItemCommand,
    CreateTableCommand,
    DynamoDBClient,
    GetItemCommand,
    PutItemCommand,
    QueryCommand,
    TransactGetItemsCommand,
    type TransactWriteItem,
    TransactWriteItemsCommand,
    UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import type { Input } from "../../src/aws/input.ts";
import { type Cloud, failure, startCloud } from "./startedCloud.ts";

const administrator = { kind: "administrator" } as const;

describe("What DynamoDB refuses", () => {
    let cloud: Cloud;
    let database: DynamoDBClient;

    before(async () => {
        cloud = await startCloud();
        database = new DynamoDBClient(cloud.as());
        for (const TableName of ["orders", "stock"]) {
            await database.send(
                new CreateTableCommand({
                    TableName,
                    BillingMode: "PAY_PER_REQUEST",
                    KeySchema: [
                        { AttributeName: "id", KeyType: "HASH" },
                        { AttributeName: "line", KeyType: "RANGE" },
                    ],
                    AttributeDefinitions: [
                        { AttributeName: "id", AttributeType: "S" },
                        { AttributeName: "line", AttributeType: "N" },
                    ],
                }),
            );
            // The first item tells the endpoint the table's key: from then on, calls meet in the order in which they come.
            await database.send(new PutItemCommand({ TableName, Item: item("first") }));
        }
    });
    after(() => cloud.stop());

    const key = (id: string) => ({ id: { S: id }, line: { N: "1" } });
    const item = (id: string, bytes = 1) => ({ line: { N: "1" }, text: { S: "x".repeat(bytes) }, id: { S: id } });
    const put = (id: string, bytes = 1, TableName = "orders") => ({ Put: { TableName, Item: item(id, bytes) } });
    const update = (id: string) => ({
        TableName: "orders",
        Key: key(id),
        UpdateExpression: "ADD seen :one",
        ExpressionAttributeValues: { ":one": { N: "1" } },
    });
    const seen = async (id: string) =>
        (await database.send(new GetItemCommand({ TableName: "orders", Key: key(id), ConsistentRead: true }))).Item?.[
            "seen"
        ]?.N;

    /** The outcomes of calls that arrive at once, one after the other. */
    const together = (...calls: readonly (readonly [action: string, input: Input])[]) =>
        Promise.all(
            calls.map(([action, input]) =>
                cloud.call(administrator, "dynamodb", action, input).then(
                    () => "done",
                    (error: unknown) => (error instanceof AwsError ? error : String(error)),
                ),
            ),
        );
    const reasonsOf = (outcome: unknown) =>
        outcome instanceof AwsError && Array.isArray(outcome.details["CancellationReasons"])
            ? outcome.details["CancellationReasons"].map(({ Code }) => Code)
            : outcome;

    it("cancels a transaction that meets another one at an item, and says at which", async () => {
        const [first, second] = await together(
            ["TransactWriteItems", { TransactItems: [{ Update: update("t-1") }, put("t-2")] }],
            ["TransactWriteItems", { TransactItems: [put("t-3"), { Update: update("t-1") }] }],
        );
        expect(first).to.equal("done");
        expect(second).to.include({ code: "TransactionCanceledException" });
        expect(reasonsOf(second)).to.deep.equal(["None", "TransactionConflict"]);
        const absent = await database.send(new GetItemCommand({ TableName: "orders", Key: key("t-3") }));
        expect([await seen("t-1"), absent.Item]).to.deep.equal(["1", undefined]);
    });

    it("cancels a transaction that meets a write, and refuses a write that meets a transaction", async () => {
        const transaction = ["TransactWriteItems", { TransactItems: [{ Update: update("w-1") }] }] as const;
        const write = ["UpdateItem", update("w-1")] as const;
        const [done, cancelled] = await together(write, transaction);
        expect([done, reasonsOf(cancelled)]).to.deep.equal(["done", ["TransactionConflict"]]);
        const [committed, ...refused] = await together(
            transaction,
            write,
            ["PutItem", { TableName: "arn:aws:dynamodb:eu-west-1:000000000000:table/orders", Item: item("w-1") }],
            ["DeleteItem", { TableName: "orders", Key: { line: { N: "1" }, id: { S: "w-1" } } }],
        );
        expect(committed).to.equal("done");
        for (const outcome of refused) {
            expect(outcome).to.include({
                code: "TransactionConflictException",
                message: "Transaction is ongoing for the item",
                status: 400,
            });
        }
        expect(await seen("w-1")).to.equal("2");
    });

    it("tells a client that sends a transaction again, while it is under way, that it is; later it is done", async () => {
        const transaction = { ClientRequestToken: "again", TransactItems: [{ Update: update("a-1") }] };
        const [first, second] = await together(
            ["TransactWriteItems", transaction],
            ["TransactWriteItems", transaction],
        );
        expect(first).to.equal("done");
        expect(second).to.include({ code: "TransactionInProgressException", status: 400 });
        expect(await together(["TransactWriteItems", transaction])).to.deep.equal(["done"]);
        expect(await seen("a-1"), "once").to.equal("1");
    });

    it("has a condition check and a transaction that reads conflict like a write", async () => {
        const check = { TableName: "orders", Key: key("c-1"), ConditionExpression: "attribute_not_exists(id)" };
        const [written, checked, read] = await together(
            ["TransactWriteItems", { TransactItems: [put("c-1")] }],
            ["TransactWriteItems", { TransactItems: [put("c-2"), { ConditionCheck: check }] }],
            ["TransactGetItems", { TransactItems: [{ Get: { TableName: "orders", Key: key("c-1") } }] }],
        );
        expect(written).to.equal("done");
        expect(reasonsOf(checked)).to.deep.equal(["None", "TransactionConflict"]);
        expect(reasonsOf(read)).to.deep.equal(["TransactionConflict"]);
    });

    it("leaves over of a batch what meets a transaction", async () => {
        const requests = ["b-1", "b-2"].map((id) => ({ PutRequest: { Item: item(id) } }));
        const [committed, batch] = await Promise.all([
            cloud.call(administrator, "dynamodb", "TransactWriteItems", { TransactItems: [put("b-2")] }),
            cloud.call(administrator, "dynamodb", "BatchWriteItem", { RequestItems: { orders: requests } }),
        ]);
        expect(committed).to.deep.equal({});
        expect(batch["UnprocessedItems"]).to.deep.equal({ orders: [requests[1]] });
    });

    it("lets pass what does not meet: writes alone, the same key of another table, one after the other", async () => {
        const outcomes = await together(
            ["UpdateItem", update("n-1")],
            ["UpdateItem", update("n-1")],
            ["TransactWriteItems", { TransactItems: [put("n-2")] }],
            ["TransactWriteItems", { TransactItems: [put("n-2", 1, "stock")] }],
        );
        expect(outcomes).to.deep.equal(["done", "done", "done", "done"]);
        await database.send(new TransactWriteItemsCommand({ TransactItems: [put("n-1")] }));
        await database.send(new TransactWriteItemsCommand({ TransactItems: [put("n-1")] }));
    });

    it("has an item free again after what failed", async () => {
        const absent = { ConditionExpression: "attribute_exists(id)" };
        const failing = new TransactWriteItemsCommand({ TransactItems: [{ Update: { ...update("f-1"), ...absent } }] });
        expect((await failure(database.send(failing))).name).to.equal("TransactionCanceledException");
        await database.send(new UpdateItemCommand(update("f-1")));
        expect(await seen("f-1")).to.equal("1");
    });

    const ids = (count: number) => Array.from({ length: count }, (_, index) => `many-${index}`);
    const refusals: readonly [what: string, send: () => Promise<unknown>, error: string][] = [
        [
            "a transaction of 101 items",
            () => database.send(new TransactWriteItemsCommand({ TransactItems: ids(101).map((id) => put(id)) })),
            "ValidationException",
        ],
        [
            "a transaction above 4 MB",
            () =>
                database.send(new TransactWriteItemsCommand({ TransactItems: ids(11).map((id) => put(id, 390_000)) })),
            "ValidationException",
        ],
        [
            "a transaction that names an item twice",
            () =>
                database.send(
                    new TransactWriteItemsCommand({ TransactItems: [put("twice"), { Update: update("twice") }] }),
                ),
            "ValidationException",
        ],
        [
            "an item above 400 KB",
            () => database.send(new PutItemCommand({ TableName: "orders", Item: item("large", 400 * 1024) })),
            "ValidationException",
        ],
        [
            "a batch of 26 writes",
            () => {
                const requests = ids(26).map((id) => ({ PutRequest: { Item: item(id) } }));
                return database.send(new BatchWriteItemCommand({ RequestItems: { orders: requests } }));
            },
            "ValidationException",
        ],
        [
            "a batch of 101 reads",
            () => database.send(new BatchGetItemCommand({ RequestItems: { orders: { Keys: ids(101).map(key) } } })),
            "ValidationException",
        ],
        [
            "a token for another transaction",
            async () => {
                const ClientRequestToken = "token";
                await database.send(
                    new TransactWriteItemsCommand({ ClientRequestToken, TransactItems: [put("once")] }),
                );
                return database.send(
                    new TransactWriteItemsCommand({ ClientRequestToken, TransactItems: [put("other")] }),
                );
            },
            "IdempotentParameterMismatchException",
        ],
    ];
    for (const [what, send, error] of refusals) {
        it(`refuses ${what}`, async () => {
            expect((await failure(send())).name).to.equal(error);
        });
    }

    const one = { ":v": { N: "1" } };
    const conditioned = (ConditionExpression: string, values: number) => ({
        TableName: "orders",
        Item: item("conditioned"),
        ConditionExpression,
        ExpressionAttributeValues: Object.fromEntries(ids(values).map((_, index) => [`:v${index}`, { S: `${index}` }])),
    });
    const asked = (condition: string, values: Readonly<Record<string, AttributeValue>>) => ({
        TableName: "orders",
        KeyConditionExpression: `id = :id AND ${condition}`,
        ExpressionAttributeNames: { "#line": "line" },
        ExpressionAttributeValues: { ":id": { S: "k" }, ...values },
    });
    const rekeyed = (UpdateExpression: string) => ({
        TransactItems: [
            {
                Update: {
                    TableName: "orders",
                    Key: key("k"),
                    UpdateExpression,
                    ExpressionAttributeValues: one,
                    ...(UpdateExpression.includes("#") && { ExpressionAttributeNames: { "#line": "line" } }),
                },
            },
        ],
    });
    const invalid: Readonly<Record<string, Input>> = {
        "PutItem of an attribute without a name": { TableName: "orders", Item: { ...item("k"), "": { S: "x" } } },
        "PutItem of an attribute whose name is too long": {
            TableName: "orders",
            Item: { ...item("k"), ["x".repeat(65_536)]: { S: "x" } },
        },
        "BatchWriteItem of an attribute without a name": {
            RequestItems: { orders: [{ PutRequest: { Item: { ...item("k"), "": { S: "x" } } } }] },
        },
        "PutItem with 101 operands of IN": conditioned(
            `NOT mark IN (${ids(101).map((_, index) => `:v${index}`)})`,
            101,
        ),
        "PutItem with more than 300 operators": conditioned(`NOT mark = :v0${" AND mark <> :v0".repeat(150)}`, 1),
        "PutItem with a name that begins with an underscore": conditioned("mark <> :v0 AND _mark <> :v0", 1),
        "PutItem with what is compared with itself": conditioned("mark <> :v0 AND mark = mark", 1),
        "UpdateItem with a name that begins with an underscore": {
            ...update("k"),
            UpdateExpression: "ADD seen :one SET _x = :one",
        },
        "Scan with a filter by a name that begins with an underscore": {
            TableName: "orders",
            FilterExpression: "_x = :v",
            ExpressionAttributeValues: one,
        },
        "Query with a key of another type": asked("#line = :v", { ":v": { S: "1" } }),
        "Query between keys of another type": asked("#line BETWEEN :v AND :w", { ":v": { S: "1" }, ":w": { S: "2" } }),
        "Query with an empty key": {
            TableName: "orders",
            KeyConditionExpression: "id = :v",
            ExpressionAttributeValues: { ":v": { S: "" } },
        },
        "TransactWriteItems with two actions in one": {
            TransactItems: [{ ...put("k"), Delete: { TableName: "orders", Key: key("other") } }],
        },
        "TransactWriteItems that sets a key": rekeyed("SET line = :v"),
        "TransactWriteItems that sets a key beside others": rekeyed("SET a = if_not_exists(a, :v), line = :v"),
        "TransactWriteItems that adds to a key": rekeyed("ADD line :v"),
        "TransactWriteItems that removes a key by a placeholder": rekeyed("SET a = :v REMOVE #line"),
    };
    for (const [what, input] of Object.entries(invalid)) {
        it(`refuses ${what}`, async () => {
            const [action = ""] = what.split(" ");
            const [outcome] = await together([action, input]);
            expect(outcome).to.include({ code: "ValidationException", status: 400 });
        });
    }

    it("takes expressions at the limits, and names that only look like those of keys", async () => {
        await database.send(new PutItemCommand(conditioned(`NOT mark IN (${ids(100).map((_, i) => `:v${i}`)})`, 100)));
        await database.send(new PutItemCommand(conditioned(`NOT mark = :v0${" AND mark <> :v0".repeat(149)}`, 1)));
        const assigned = ids(310).map((_, index) => `a_${index} = :v`);
        await database.send(
            new UpdateItemCommand({
                TableName: "orders",
                Key: key("wide"),
                UpdateExpression: `SET ${assigned}, line_a = :v, b = if_not_exists(line, :v)`,
                ConditionExpression: "attribute_not_exists(id) AND NOT #_ = :_v",
                ExpressionAttributeNames: { "#_": "_x" },
                ExpressionAttributeValues: { ":v": { N: "1" }, ":_v": { N: "1" } },
            }),
        );
    });

    it("refuses a transaction that reads, updates, checks or deletes more than 4 MB of items", async () => {
        const large = ids(11).map((id) => `large-${id}`);
        for (const id of large) {
            await database.send(new PutItemCommand({ TableName: "orders", Item: item(id, 390_000) }));
        }
        const check = (id: string) => ({
            ConditionCheck: { TableName: "orders", Key: key(id), ConditionExpression: "attribute_exists(id)" },
        });
        const actions: Readonly<Record<string, (id: string) => TransactWriteItem>> = {
            Update: (id: string) => ({ Update: update(id) }),
            ConditionCheck: check,
            Delete: (id: string) => ({ Delete: { TableName: "orders", Key: key(id) } }),
        };
        const reads = (some: readonly string[]) =>
            new TransactGetItemsCommand({
                TransactItems: some.map((id) => ({ Get: { TableName: "orders", Key: key(id) } })),
            });
        expect((await failure(database.send(reads(large)))).name).to.equal("ValidationException");
        for (const action of Object.values(actions)) {
            const write = new TransactWriteItemsCommand({ TransactItems: large.map(action) });
            expect((await failure(database.send(write))).name).to.equal("ValidationException");
        }
        expect(await seen("large-many-0"), "nothing was done").to.equal(undefined);
        await database.send(reads(large.slice(1)));
        await database.send(
            new TransactWriteItemsCommand({ TransactItems: large.slice(1).map((id) => ({ Update: update(id) })) }),
        );
    });

    it("answers a query with a megabyte at most", async () => {
        for (const line of [1, 2, 3, 4]) {
            const Item = { id: { S: "pages" }, line: { N: `${line}` }, text: { S: "x".repeat(390_000) } };
            await database.send(new PutItemCommand({ TableName: "orders", Item }));
        }
        const pages = new QueryCommand({
            TableName: "orders",
            KeyConditionExpression: "id = :id",
            ExpressionAttributeValues: { ":id": { S: "pages" } },
        });
        const { Items = [], LastEvaluatedKey } = await database.send(pages);
        expect(Items.length).to.be.within(2, 3);
        expect(LastEvaluatedKey?.["line"]).to.deep.equal({ N: `${Items.length}` });
    });
});
