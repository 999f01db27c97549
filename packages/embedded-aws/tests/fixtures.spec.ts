import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type AwsCall, AwsError } from "../src/aws/call.ts";
import { FixtureError, Fixtures } from "../src/fixtures.ts";
import { changed } from "../src/graph/stackConfig.ts";
import { TaskQueue } from "../src/taskQueue.ts";
import { Waits } from "../src/waits.ts";
import { graphOf, resource } from "./provision/resources.ts";

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fixtures-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fixtures = () => new Fixtures(folder);
const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));

describe("Sample items of a table", () => {
    const graph = graphOf(
        resource("aws:dynamodb/table:Table", "catalog-products-table", { name: "products", hashKey: "productId" }),
    );
    let taskQueue: TaskQueue;
    let items: Map<string, unknown>;

    beforeEach(() => {
        write("tables.json", { "catalog-products-table": [1, 2, 3].map((id) => ({ productId: `p${id}`, stock: id })) });
        taskQueue = new TaskQueue(":memory:");
        items = new Map();
    });
    afterEach(() => taskQueue.close());

    /** DynamoDB, which is gone after so many writes. */
    function tableThatEndsAfter(writes: number): AwsCall {
        let left = writes;
        return async (_principal, _service, _action, input) => {
            if (left === 0) throw new Error("killed");
            left -= 1;
            expect(input).to.include({ ConditionExpression: "attribute_not_exists(#key)" });
            expect(input["ExpressionAttributeNames"]).to.deep.equal({ "#key": "productId" });
            const id = JSON.stringify(Object(input["Item"]).productId);
            if (items.has(id)) throw new AwsError("ConditionalCheckFailedException", "The conditional request failed");
            items.set(id, input["Item"]);
            return {};
        };
    }

    it("are all there after a start that was killed between them and another one", async () => {
        const killed = await fixtures()
            .fillTables(graph, taskQueue, tableThatEndsAfter(2))
            .catch((error: unknown) => error);
        expect(killed).to.include({ message: "killed" });
        const [sold] = items.keys();
        items.set(sold ?? "", "sold");
        await fixtures().fillTables(graph, taskQueue, tableThatEndsAfter(100));
        expect(items.size).to.be.greaterThan(2);
        expect(items.get(sold ?? ""), "as it was").to.equal("sold");
    });

    it("are not put again once they all were there", async () => {
        await fixtures().fillTables(graph, taskQueue, tableThatEndsAfter(100));
        items.clear();
        await fixtures().fillTables(graph, taskQueue, tableThatEndsAfter(100));
        expect(items.size).to.equal(0);
    });
});

describe("Settings", () => {
    it("are those of every stack and of the one that runs, as changes to its file", () => {
        write("settings.json", { "*": { region: null, mode: "one" }, dev: { mode: "two", hosts: { open: ["a"] } } });
        expect(fixtures().settings("shop", "dev")).to.deep.equal({
            "shop:region": null,
            "shop:mode": "two",
            "shop:hosts": { open: ["a"] },
        });
        expect(fixtures().settings("shop", "prod")).to.deep.equal({ "shop:region": null, "shop:mode": "one" });
    });

    it("changes members of maps one by one, replaces lists, and removes what is null (RFC 7396)", () => {
        const values = {
            "shop:webhooks": '{"send":false,"hosts":["a","b"],"retry":{"times":3,"wait":1}}',
            "shop:region": "eu-west-1",
            "shop:level": "all",
        };
        const changes = {
            "shop:webhooks": { hosts: ["c"], retry: { wait: null } },
            "shop:region": null,
            "shop:level": "few",
            "shop:new": { a: { b: 1 } },
        };
        expect(changed(values, changes)).to.deep.equal({
            "shop:webhooks": '{"send":false,"hosts":["c"],"retry":{"times":3}}',
            "shop:level": "few",
            "shop:new": '{"a":{"b":1}}',
        });
    });
});

describe("Values of secrets", () => {
    it("name the doubles by where they are in this run", () => {
        write("secrets.json", { payment: { key: "local", apiBase: "{doubles}/payments" } });
        expect(fixtures().secretValues("http://127.0.0.1:9999/doubles")).to.deep.equal({
            payment: '{"key":"local","apiBase":"http://127.0.0.1:9999/doubles/payments"}',
        });
    });
});

describe("Doubles", () => {
    const services = () => ({ taskQueue: new TaskQueue(":memory:"), waits: new Waits(1) });

    it("are what doubles.ts makes with the services of the cloud", async () => {
        write(
            "doubles.ts",
            `export const doubles = ({ taskQueue }: { taskQueue: object }) =>
                ({ mail: [{ method: "POST", path: "/", status: 202, body: { known: taskQueue !== undefined } }] });`,
        );
        const { mail } = await fixtures().doubles(services());
        expect(mail).to.deep.equal([{ method: "POST", path: "/", status: 202, body: { known: true } }]);
    });

    it("are refused when doubles.ts makes none", async () => {
        write("doubles.ts", "export const mail = [];");
        const refused = await fixtures()
            .doubles(services())
            .catch((error: unknown) => error);
        expect(refused).to.be.instanceOf(FixtureError);
    });
});

describe("Fixtures", () => {
    it("may be absent, each file and the folder", async () => {
        for (const none of [fixtures(), new Fixtures(undefined)]) {
            expect(none.settings("shop", "dev")).to.deep.equal({});
            expect(none.secretValues("")).to.deep.equal({});
            expect(await none.doubles({ taskQueue: new TaskQueue(":memory:"), waits: new Waits(1) })).to.deep.equal({});
        }
    });

    it("are refused by name where they cannot be read", () => {
        expect(() => new Fixtures(join(folder, "none"))).to.throw(FixtureError, join(folder, "none"));
        write("secrets.json", "{");
        expect(() => fixtures().secretValues("")).to.throw(FixtureError, "secrets.json");
    });
});
