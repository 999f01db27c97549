import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { runCommand } from "../command.ts";
import { Database } from "../runtime/support/database.ts";
import { feed, item, target } from "../runtime/support/feed.ts";
import { started, startedAws } from "../runtime/support/started.ts";

const products = "catalog-products-dev";

describe("npm run feed", () => {
    const database = started(new Database(), async (db) => {
        await db.client.send(
            new CreateTableCommand({
                TableName: products,
                BillingMode: "PAY_PER_REQUEST",
                AttributeDefinitions: [{ AttributeName: "productId", AttributeType: "S" }],
                KeySchema: [{ AttributeName: "productId", KeyType: "HASH" }],
            }),
        );
        await db.putAll(products, [
            item,
            { ...item, productId: "bulb", images: [] },
            { ...item, productId: "mop", prices: { eur: 1 }, description: "" },
            { ...item, productId: "secret", hidden: true, images: [] },
            { productId: "gone", deletedAt: "2026-11-30T10:00:00Z", version: 3 },
        ]);
    });
    const deployed = { ...feed, targets: [target(), target({ name: "agent-de", country: "DE", currency: "eur" })] };
    const aws = startedAws(database, (of) => {
        // Lambda's GetFunctionConfiguration.
        of.answers("GetObject", () => ({
            text: JSON.stringify({ Environment: { Variables: { FEED: JSON.stringify(deployed) } } }),
        }));
    });
    const run = (...args: string[]) =>
        runCommand("tools/feed.ts", [...args, "--endpoint", aws.url], { PATH: process.env["PATH"] });

    it("validate lists by product what each feed lacks, and counts it", async () => {
        const { code, output, errors } = await run("validate");
        expect(errors).to.equal("");
        expect(code).to.equal(1);
        expect(output.trim().split("\n")).to.have.members([
            "agent-us: bulb lacks image",
            "agent-us: mop lacks description, price",
            "agent-us: 1 told, 2 left out (1 image, 1 description, 1 price)",
            "agent-de: bulb lacks image",
            "agent-de: mop lacks description",
            "agent-de: 1 told, 2 left out (1 image, 1 description)",
        ]);
    });

    it("validate tells one feed, as JSON lines", async () => {
        const { output } = await run("validate", "agent-de", "--json");
        const lines = output
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line));
        expect(lines.at(-1)).to.deep.equal({
            target: "agent-de",
            told: 1,
            leftOut: 2,
            lacks: { image: 1, description: 1 },
        });
        expect(lines.slice(0, -1)).to.deep.include({ target: "agent-de", productId: "bulb", lacks: ["image"] });
    });

    it("says which feeds there are when it is asked for another", async () => {
        const { code, errors } = await run("validate", "agent-fr");
        expect({ code, errors: errors.trim() }).to.deep.equal({
            code: 2,
            errors: "there is no feed agent-fr; there are agent-us, agent-de (npm run feed -- --help shows the usage)",
        });
    });
});
