import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { answered, Launched } from "./launched.ts";

describe("The example program", () => {
    it("runs from its own folder: what is posted comes through queue and functions into the table", async () => {
        const launched = await Launched.start(join(import.meta.dirname, "../example"));
        try {
            expect(launched.isReady, launched.output).to.equal(true);
            const posted = await fetch(`${launched.url}/notes`, { method: "POST", body: "milk" });
            expect(posted.status).to.equal(202);
            const dynamo = new DynamoDBClient(launched.client("eu-west-1"));
            const { TableNames: [TableName] = [] } = await dynamo.send(new ListTablesCommand());
            const stored = await answered(async () => {
                const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
                return Items[0]?.["text"];
            });
            expect(stored).to.deep.equal({ S: "milk" });
            dynamo.destroy();
        } finally {
            await launched.stop();
        }
    });
});
