import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { answered, Launched } from "./launched.ts";

describe("The example program", () => {
    it("runs as the README says: what is posted comes through queue and functions into the table", async () => {
        const folder = join(import.meta.dirname, "..");
        const readme = readFileSync(join(folder, "README.md"), "utf8");
        const [start = "", post = ""] = Array.from(readme.matchAll(/^```sh\n(.+)\n```/gm), ([, command]) => command);
        const [npx, bin, ...args] = start.split(" ");
        expect([npx, bin]).to.deep.equal(["npx", "embedded-aws"]);
        const launched = await Launched.start(folder, { args });
        try {
            expect(launched.isReady, launched.output).to.equal(true);
            const command = post.replace("http://127.0.0.1:8787", launched.url);
            expect((await promisify(execFile)("sh", ["-c", command])).stdout).to.match(/^HTTP\/1.1 202 /);
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
