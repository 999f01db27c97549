import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { answered, Launched } from "./launched.ts";

/*
 * tests/foreign is a program as others write it: CommonJS by its tsconfig, imports without endings, roles with policies that
 * AWS manages, inline policies and documents that the provider makes.
 */
describe("A program that was not written for this cloud", () => {
    it("runs unchanged: what is put into a table comes through stream, function, queue and function into another", async () => {
        const launched = await Launched.start(join(import.meta.dirname, "foreign"));
        try {
            expect(launched.isReady, launched.output).to.equal(true);
            const dynamo = new DynamoDBClient(launched.client("us-east-1"));
            const { TableNames = [] } = await dynamo.send(new ListTablesCommand());
            const [items, results] = ["items-", "results-"].map((name) =>
                TableNames.find((one) => one.startsWith(name)),
            );
            await dynamo.send(new PutItemCommand({ TableName: items, Item: { id: { S: "one" } } }));
            const recorded = await answered(async () => {
                const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: results }));
                return Items[0];
            });
            expect(recorded).to.deep.equal({ id: { S: "one" }, greeting: { S: "hello" } });
            dynamo.destroy();
        } finally {
            await launched.stop();
        }
    });
});
