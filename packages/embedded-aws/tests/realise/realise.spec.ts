import { expect } from "chai";
import { type AwsCall, AwsError } from "../../src/aws/call.ts";
import { fillTables, settingsHere } from "../../src/fixtures.ts";
import { changed } from "../../src/graph/stackConfig.ts";
import { Access } from "../../src/identity/access.ts";
import { Journal } from "../../src/journal.ts";
import { realiseAccess } from "../../src/realise/access.ts";
import { changesForNextStart } from "../../src/realise/changes.ts";
import { UnusableResource } from "../../src/realise/properties.ts";
import { realiseTables } from "../../src/realise/tables.ts";
import { unrealisedOf } from "../../src/realise/unrealised.ts";
import { graphOf, resource } from "./resources.ts";

describe("The sample items of a table", () => {
    const graph = graphOf(
        resource("aws:dynamodb/table:Table", "catalog-products-table", { name: "products", hashKey: "productId" }),
    );
    let journal: Journal;
    let items: Map<string, unknown>;

    beforeEach(() => {
        journal = new Journal(":memory:");
        items = new Map();
    });
    afterEach(() => journal.close());

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
        const killed = await fillTables(graph, journal, tableThatEndsAfter(2)).catch((error: unknown) => error);
        expect(killed).to.include({ message: "killed" });
        const [sold] = items.keys();
        items.set(sold ?? "", "sold");
        await fillTables(graph, journal, tableThatEndsAfter(100));
        expect(items.size).to.be.greaterThan(2);
        expect(items.get(sold ?? ""), "as it was").to.equal("sold");
    });

    it("are not put again once they all were there", async () => {
        await fillTables(graph, journal, tableThatEndsAfter(100));
        items.clear();
        await fillTables(graph, journal, tableThatEndsAfter(100));
        expect(items.size).to.equal(0);
    });
});

describe("What the settings are here and nowhere else", () => {
    it("changes the stack's file: one region for every stack, the rest for development alone", () => {
        const oneRegion = { "commerce:failover": null };
        expect(settingsHere("commerce", "dev")).to.deep.equal({
            ...oneRegion,
            "commerce:webhooks": { allowedAddresses: ["127.0.0.1"] },
        });
        expect(settingsHere("commerce", "prod")).to.deep.equal(oneRegion);
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

describe("A table", () => {
    const sessions = resource("aws:dynamodb/table:Table", "sessions", {
        name: "sessions",
        billingMode: "PAY_PER_REQUEST",
        hashKey: "SessionId",
        rangeKey: "Version",
        attributes: [
            { name: "SessionId", type: "S" },
            { name: "Version", type: "N" },
        ],
        ttl: { attributeName: "expiresAt", enabled: true },
    });

    it("is created with its key, whose sort element may be a number", async () => {
        const created: unknown[] = [];
        await realiseTables(graphOf(sessions), async (_principal, _service, action, input) => {
            if (action === "CreateTable") created.push({ action, ...input });
            return {};
        });
        expect(created).to.deep.equal([
            {
                action: "CreateTable",
                TableName: "sessions",
                BillingMode: "PAY_PER_REQUEST",
                KeySchema: [
                    { AttributeName: "SessionId", KeyType: "HASH" },
                    { AttributeName: "Version", KeyType: "RANGE" },
                ],
                AttributeDefinitions: [
                    { AttributeName: "SessionId", AttributeType: "S" },
                    { AttributeName: "Version", AttributeType: "N" },
                ],
            },
        ]);
    });

    it("is told among what is not realised when this cloud does nothing of it", () => {
        const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "depth", {});
        const page = resource("aws:sns/topicSubscription:TopicSubscription", "page", { protocol: "https" });
        const mail = resource("aws:sns/topicSubscription:TopicSubscription", "mail", { protocol: "email" });
        expect(unrealisedOf(graphOf(sessions, alarm, page, mail))).to.deep.equal([
            { type: "MetricAlarm", count: 1 },
            { type: "TopicSubscription https", count: 1 },
        ]);
    });
});

describe("What a running cloud does not take up", () => {
    const table = (hashKey: string) => resource("aws:dynamodb/table:Table", "products", { hashKey });
    const lambda = (timeout: number) => resource("aws:lambda/function:Function", "store", { timeout });
    const retries = (maximumRetryAttempts: number) =>
        resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "store", { maximumRetryAttempts });

    it("is everything that changed but functions that were there before", () => {
        const before = graphOf(table("id"), lambda(3), retries(0));
        expect(changesForNextStart(before, graphOf(table("id"), lambda(4), retries(2)))).to.deep.equal([]);
        const changed = changesForNextStart(before, graphOf(table("productId"), lambda(3), retries(0)));
        expect(changed).to.deep.equal([table("id").urn]);
    });

    it("is a function that was added or removed", () => {
        const one = graphOf(table("id"));
        const other = graphOf(table("id"), lambda(3));
        expect(changesForNextStart(one, other)).to.deep.equal([lambda(3).urn]);
        expect(changesForNextStart(other, one)).to.deep.equal([lambda(3).urn]);
    });
});

describe("A policy that AWS would refuse", () => {
    for (const [what, policy] of [
        ["is no JSON", "{"],
        ["misspells an element", '{"Statement":{"Effect":"Allow","Actions":["s3:*"],"Resource":"*"}}'],
        ["has another effect", '{"Statement":{"Effect":"allow","Action":"s3:*","Resource":"*"}}'],
    ] as const) {
        it(`is refused with its name and place when it ${what}`, () => {
            const graph = graphOf(resource("aws:iam/rolePolicy:RolePolicy", "store", { role: "store", policy }));
            const realise = () => realiseAccess(graph, new Access({ account: "000000000000" }));
            expect(realise).to.throw(UnusableResource, /^aws:iam\/rolePolicy:RolePolicy store: policy is refused: /);
        });
    }
});
