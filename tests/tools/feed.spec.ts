import { readFileSync } from "node:fs";
import { CreateTableCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect } from "chai";
import { toldOf } from "../../runtime/feed/offer.ts";
import { runCommand } from "../command.ts";
import { Database } from "../runtime/support/database.ts";
import { feed, item, target } from "../runtime/support/feed.ts";
import { started, startedAws } from "../runtime/support/started.ts";

const products = "catalog-products-dev";
const state = "feed-state-dev";
const audit = "pubsub-audit-dev";

describe("the feeds of npm start", () => {
    it("tell every product that it begins with", () => {
        const read = (file: string) => JSON.parse(readFileSync(`tools/embedded/${file}.json`, "utf8"));
        const { targets } = read("settings").dev.feed;
        const samples = read("tables")["catalog-products-table"];
        expect([targets.length, samples.length]).to.deep.equal([3, 5]);
        for (const settings of targets)
            for (const sample of samples)
                expect(toldOf(sample, target(settings), feed, Date.now()), sample.productId).to.have.property("offer");
    });
});

describe("npm run feed", () => {
    const database = started(new Database(), async (db) => {
        for (const [TableName, ...names] of [
            [products, "productId"],
            [state, "target", "entry"],
            [audit, "chain", "sequence"],
        ] as const) {
            await db.client.send(
                new CreateTableCommand({
                    TableName,
                    BillingMode: "PAY_PER_REQUEST",
                    AttributeDefinitions: names.map((AttributeName) => ({
                        AttributeName,
                        AttributeType: AttributeName === "sequence" ? ("N" as const) : ("S" as const),
                    })),
                    KeySchema: names.map((AttributeName, index) => ({
                        AttributeName,
                        KeyType: index === 0 ? "HASH" : "RANGE",
                    })),
                }),
            );
        }
        await db.putAll(products, [
            item,
            { ...item, productId: "bulb", images: [] },
            { ...item, productId: "mop", prices: { eur: 1 }, description: "" },
            { ...item, productId: "secret", hidden: true, images: [] },
            { productId: "gone", deletedAt: "2026-11-30T10:00:00Z", version: 3 },
        ]);
        // As another program may write it: a number that JavaScript does not have.
        const prices = { M: { usd: { N: "9007199254740993.5" }, eur: { N: "4500" } } };
        const Item = { ...marshall({ ...item, productId: "yacht" }), prices, weight: { N: "1E+40" } };
        await db.client.send(new PutItemCommand({ TableName: products, Item }));
    });
    const deployed = { ...feed, targets: [target(), target({ name: "agent-de", country: "DE", currency: "eur" })] };
    const aws = startedAws(database, (of) => {
        of.answers("GetQueueUrl", () => ({ QueueUrl: `${of.url}/000000000000/feed-builds` }));
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
            "agent-us: yacht lacks price",
            "agent-us: 1 told, 3 left out (1 image, 1 description, 2 price)",
            "agent-de: bulb lacks image",
            "agent-de: mop lacks description",
            "agent-de: yacht lacks invalid: /prices, invalid: /weight",
            "agent-de: 1 told, 3 left out (1 image, 1 description, 1 invalid: /prices, 1 invalid: /weight)",
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
            leftOut: 3,
            lacks: { image: 1, description: 1, "invalid: /prices": 1, "invalid: /weight": 1 },
        });
        expect(lines.slice(0, -1)).to.deep.include({ target: "agent-de", productId: "bulb", lacks: ["image"] });
    });

    it("build says whether a feed is being built, which then begins anew", async () => {
        await database.put(state, { target: "agent-de", entry: "run", progressAt: 1, run: { id: "r-1" } });
        // One that has ended.
        await database.put(state, { target: "agent-us", entry: "run" });
        const { code, output, errors } = await run("build", "--anew");
        expect(errors).to.equal("");
        expect(code).to.equal(0);
        expect(output.trim().split("\n")).to.deep.equal([
            "agent-us: asked for; npm run feed -- status shows when it is done",
            "agent-de: asked for; it is being built and begins anew; npm run feed -- status shows when it is done",
        ]);
        expect(aws.sentTo("feed-builds")).to.deep.equal([
            { target: "agent-us", isByOperator: true, isAnew: true },
            { target: "agent-de", isByOperator: true, isAnew: true },
        ]);
    });

    it("status tells how each feed stands, and how long the oldest change waits for an API", async () => {
        const hour = 60 * 60 * 1000;
        const [lastSnapshotAt, since] = [new Date(Date.now() - 2 * hour).toISOString(), "2026-01-01T00:00:00Z"];
        const stands = { target: "agent-us", entry: "state", since, lastSnapshotAt, rows: 7, settings: "abc" };
        await database.put(state, { ...stands, reachedAt: Date.now(), unsentSince: Date.now() - 3 * hour });
        const { code, output } = await run("status", "agent-us", "--json");
        const { behindMs, paths, ...shown } = JSON.parse(output);
        expect(code).to.equal(0);
        expect(behindMs).to.be.within(3 * hour, 3 * hour + 60_000);
        expect(shown).to.deep.include({ target: "agent-us", rows: 7, lastSnapshotAt });
        expect(shown).not.to.have.any.keys("since", "settings", "files");
        expect((await run("status", "agent-us")).output).to.match(/Behind.*agent-us .* 2 h .* 3 h/s);
    });

    it("says which feeds there are when it is asked for another", async () => {
        const { code, errors } = await run("validate", "agent-fr");
        expect({ code, errors: errors.trim() }).to.deep.equal({
            code: 2,
            errors: "there is no feed agent-fr; there are agent-us, agent-de (npm run feed -- --help shows the usage)",
        });
    });
});
