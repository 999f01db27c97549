import { expect } from "chai";
import { provisionTables, TablesChangedError } from "../../src/provision/tables.ts";
import { graphOf, resource } from "../provision/resources.ts";
import { type Cloud, startCloud } from "./startedCloud.ts";

describe("Tables whose definition changed since the state was made", () => {
    let cloud: Cloud;
    before(async () => {
        cloud = await startCloud();
    });
    after(() => cloud.stop());

    const attributes = ["id", "version", "state"].map((name) => ({ name, type: name === "version" ? "N" : "S" }));
    const index = { name: "by-state", hashKey: "state", projectionType: "INCLUDE", nonKeyAttributes: ["a", "b"] };
    const streamed = { streamEnabled: true, streamViewType: "NEW_IMAGE" };

    function provision(name: string, inputs: Record<string, unknown>): Promise<unknown> {
        const given = { name, billingMode: "PAY_PER_REQUEST", hashKey: "id", ...inputs };
        const used = ["id", given, inputs].map((part) => JSON.stringify(part)).join();
        const table = resource("aws:dynamodb/table:Table", name, {
            attributes: attributes.filter((attribute) => used.includes(`"${attribute.name}"`)),
            ...given,
        });
        return provisionTables(graphOf(table), cloud.call).then(
            () => undefined,
            (error: unknown) => error,
        );
    }

    it("start as they are when nothing changed, whatever the order and the form of what they project", async () => {
        const inputs = { rangeKey: "version", globalSecondaryIndexes: [index], ...streamed };
        expect(await provision("same", inputs)).to.equal(undefined);
        const { hashKey, ...others } = index;
        const keySchemas = [{ attributeName: hashKey, keyType: "HASH" }];
        const other = { ...others, keySchemas, nonKeyAttributes: ["b", "a"] };
        expect(await provision("same", { ...inputs, globalSecondaryIndexes: [other] })).to.equal(undefined);
    });

    const changes: readonly [string, Record<string, unknown>, Record<string, unknown>, string][] = [
        ["key", {}, { rangeKey: "version" }, "the key was id (S) and is id (S), version (N)"],
        ["key-type", { attributes: [{ name: "id", type: "N" }] }, {}, "the key was id (N) and is id (S)"],
        [
            "new-index",
            {},
            { globalSecondaryIndexes: [index] },
            "the index by-state was absent and is state (S) with INCLUDE of a, b",
        ],
        [
            "lost-index",
            { globalSecondaryIndexes: [index] },
            {},
            "the index by-state was state (S) with INCLUDE of a, b and is absent",
        ],
        [
            "projection",
            { globalSecondaryIndexes: [index] },
            { globalSecondaryIndexes: [{ ...index, projectionType: "ALL", nonKeyAttributes: [] }] },
            "the index by-state was state (S) with INCLUDE of a, b and is state (S) with ALL",
        ],
        ["new-stream", {}, streamed, "the stream was absent and is NEW_IMAGE"],
        ["lost-stream", streamed, {}, "the stream was NEW_IMAGE and is absent"],
        [
            "view",
            streamed,
            { ...streamed, streamViewType: "NEW_AND_OLD_IMAGES" },
            "the stream was NEW_IMAGE and is NEW_AND_OLD_IMAGES",
        ],
    ];
    for (const [name, before, now, difference] of changes) {
        it(`say so at start, with the remedy (${name})`, async () => {
            expect(await provision(name, before)).to.equal(undefined);
            const refused = await provision(name, now);
            expect(refused).to.be.instanceOf(TablesChangedError);
            expect(String(refused)).to.include(`${name}: ${difference}\n`).and.include("--fresh");
        });
    }
});

describe("Items that are resources of the program", () => {
    let cloud: Cloud;
    before(async () => {
        cloud = await startCloud();
    });
    after(() => cloud.stop());

    it("are in their tables after every start as the program has them", async () => {
        const table = resource("aws:dynamodb/table:Table", "known", {
            name: "known",
            billingMode: "PAY_PER_REQUEST",
            hashKey: "id",
            attributes: [{ name: "id", type: "S" }],
        });
        const Key = { id: { S: "a" } };
        const provision = (text: string) => {
            const item = JSON.stringify({ ...Key, text: { S: text } });
            const inputs = { tableName: "known", hashKey: "id", item };
            return provisionTables(
                graphOf(table, resource("aws:dynamodb/tableItem:TableItem", "a", inputs)),
                cloud.call,
            );
        };
        const read = async () =>
            (await cloud.call({ kind: "administrator" }, "dynamodb", "GetItem", { TableName: "known", Key }))["Item"];
        await provision("first");
        expect(await read()).to.deep.equal({ ...Key, text: { S: "first" } });
        await cloud.call({ kind: "administrator" }, "dynamodb", "DeleteItem", { TableName: "known", Key });
        await provision("second");
        expect(await read()).to.deep.equal({ ...Key, text: { S: "second" } });
    });
});
