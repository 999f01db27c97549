import { expect } from "chai";
import { Access } from "../../src/identity/access.ts";
import { provisionAccess } from "../../src/provision/access.ts";
import { changesForNextStart } from "../../src/provision/changes.ts";
import { UnusableResourceError } from "../../src/provision/properties.ts";
import { provisionTables } from "../../src/provision/tables.ts";
import { unprovisionedOf } from "../../src/provision/unprovisioned.ts";
import { graphOf, resource } from "./resources.ts";

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
        await provisionTables(graphOf(sessions), async (_principal, _service, action, input) => {
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

    it("is listed as not provisioned when this cloud only records it", () => {
        const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "depth", {});
        const page = resource("aws:sns/topicSubscription:TopicSubscription", "page", { protocol: "https" });
        const mail = resource("aws:sns/topicSubscription:TopicSubscription", "mail", { protocol: "email" });
        expect(unprovisionedOf(graphOf(sessions, alarm, page, mail))).to.deep.equal([
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
        expect(changed).to.deep.equal(["dynamodb.Table products"]);
    });

    it("is a function that was added or removed", () => {
        const one = graphOf(table("id"));
        const other = graphOf(table("id"), lambda(3));
        expect(changesForNextStart(one, other)).to.deep.equal(["lambda.Function store"]);
        expect(changesForNextStart(other, one)).to.deep.equal(["lambda.Function store"]);
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
            const provision = () => provisionAccess(graph, new Access({ account: "000000000000" }));
            expect(provision).to.throw(
                UnusableResourceError,
                /^aws:iam\/rolePolicy:RolePolicy store: policy is refused: /,
            );
        });
    }
});
