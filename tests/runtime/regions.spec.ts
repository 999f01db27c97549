import { marshall } from "@aws-sdk/util-dynamodb";
import { expect } from "chai";
import { compileFilters } from "event-pattern";
import { graphOf, type Recorded } from "../graph.ts";
import { variants } from "../variants.ts";
import { Database } from "./support/database.ts";
import { busEvent, cartBody, meta, sqsRecord } from "./support/events.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";
import { order as placedOrder, sessionOf, versionItem } from "./support/versions.ts";

const regions = ["eu-west-1", "eu-central-1"] as const;
type Region = (typeof regions)[number];
type Item = Readonly<Record<string, unknown>>;

/** Of tables in two regions both streams carry every item: here each item is shown to both regions' mappings. */
describe("an item of a table in two regions", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    let graph: Recorded;
    let lost: Recorded;
    let count = 0;
    const startedIn = (entry: string) => (AWS_REGION: Region) =>
        [AWS_REGION, startedCallback(aws, entry, { AWS_REGION, FRONT: "lambda" })] as const;
    const stores = new Map(regions.map(startedIn("orderIntake/store")));
    const follows = new Map(regions.map(startedIn("checkoutSessions/follow")));

    before(async () => {
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        graph = await graphOf(stack, settings);
        lost = await graphOf("dev", {
            "failover.region": "eu-central-1",
            "failover.lost.region": "eu-west-1",
            "failover.lost.since": "2026-11-21T10:00:00Z",
        });
    });

    async function orderStoredIn(region: Region): Promise<Item> {
        count += 1;
        const orderId = `of-${region}-${count}`;
        await stores
            .get(region)
            ?.invoke({ Records: [sqsRecord("m-1", { ...cartBody, orderId }, { orderId, ...meta })] });
        return (await database.get("orders", { orderId })) ?? {};
    }

    async function versionWrittenIn(region: Region): Promise<Item> {
        count += 1;
        const uuid = `0193a1b2-c3d4-7e5f-8a9b-${String(count).padStart(12, "0")}`;
        const [id, orderId] = [`cs_${uuid}`, `ord_${uuid}`];
        const order = { ...placedOrder, id: orderId, checkout_session_id: id };
        await database.put("sessions", { ...versionItem({ Data: sessionOf({ id, order }) }) });
        const detail = { orderId, lines: [], meta: { correlationId: "correlation-7" } };
        await follows.get(region)?.invoke(busEvent("inventory.reserved.v1", detail, "order.intake"));
        return (await database.get("sessions", { SessionId: id, Version: 5 })) ?? {};
    }

    /** The regions whose callback gets the item from its own region's stream. */
    const takers = (recorded: Recorded, name: string, item: Item, at = "2026-11-21T09:59:59Z"): string[] =>
        recorded
            .of("aws:lambda/eventSourceMapping:EventSourceMapping")
            .filter((mapping) => mapping.name === name)
            .flatMap(({ inputs }) => {
                const { filters } = inputs["filterCriteria"] as { filters: { pattern: string }[] };
                const passes = compileFilters({ Filters: filters.map(({ pattern }) => ({ Pattern: pattern })) });
                const ApproximateCreationDateTime = Date.parse(at) / 1000;
                const record = {
                    eventName: "INSERT",
                    dynamodb: { ApproximateCreationDateTime, NewImage: marshall(item) },
                };
                const [, region = ""] = /^arn:aws:dynamodb:([^:]+):/.exec(String(inputs["eventSourceArn"])) ?? [];
                return passes(record) ? [region] : [];
            });

    for (const region of regions) {
        it(`is announced by the region that wrote it, and by it alone: an order in ${region}`, async () => {
            const item = await orderStoredIn(region);
            expect(item["region"]).to.equal(region);
            expect(takers(graph, "orders-announce-changes", item)).to.deep.equal([region]);
        });

        it(`is published by the region that wrote it, and by it alone: a version in ${region}`, async () => {
            const item = await versionWrittenIn(region);
            expect(item["region"]).to.equal(region);
            expect(takers(graph, "checkout-publish-changes", item)).to.deep.equal([region]);
        });
    }

    it("is published by the other region, too, when the region that wrote it is lost", async () => {
        const [order, version] = await Promise.all([orderStoredIn("eu-west-1"), versionWrittenIn("eu-west-1")]);
        expect(takers(lost, "orders-announce-changes", order)).to.have.members([...regions]);
        expect(takers(lost, "checkout-publish-changes", version)).to.have.members([...regions]);
    });

    it("is published only by the lost region when it was written there after the failover", async () => {
        const [mine, theirs] = await Promise.all([orderStoredIn("eu-central-1"), orderStoredIn("eu-west-1")]);
        const later = "2026-11-21T10:00:00Z";
        expect(takers(lost, "orders-announce-changes", theirs, later)).to.deep.equal(["eu-west-1"]);
        expect(takers(lost, "orders-announce-changes", mine, later)).to.deep.equal(["eu-central-1"]);
    });
});
