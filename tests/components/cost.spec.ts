import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { type Bill, billOf, volumes } from "../../tools/cost/bill.ts";
import { Hops } from "../../tools/cost/hops.ts";
import { type Meter, prices } from "../../tools/cost/prices.ts";
import { costsPage, pricedFeeds } from "../../tools/cost/report.ts";
import { unpriced } from "../../tools/cost/resources.ts";
import { Stack } from "../../tools/cost/stack.ts";
import { assumptions, type Traffic, traffics } from "../../tools/cost/traffic.ts";
import { runAlone, runCommand } from "../command.ts";
import { graphOf, type Recorded } from "../graph.ts";
import { proof } from "../proof.ts";
import { variants } from "../variants.ts";

const { orders, checkout }: Readonly<Record<string, Traffic>> & typeof traffics = traffics;

/** What is kept for a short time, without the callback that takes orders and those that send webhooks. */
const little = { "retention.historyDays": 60, "orders.ingress": "direct", "webhooks.send": false };

describe("the cost of a month", () => {
    let prod: Recorded;
    let fed: Recorded;
    let everything: Recorded;

    before(async () => {
        prod = await graphOf("prod");
        fed = await graphOf("prod", pricedFeeds);
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        everything = await graphOf(stack, settings);
    });

    it("has a price for every resource, or lists it as free", () => {
        expect(unpriced(prod.resources)).to.deep.equal([]);
        expect(unpriced(everything.resources)).to.deep.equal([]);
        expect(unpriced([{ ...resource(prod, 0), type: "aws:rds/instance:Instance" }])).to.deep.equal([
            "aws:rds/instance:Instance",
        ]);
    });

    it("adds up: lines of their resources, the total of its lines, the part that is fixed of those", () => {
        for (const volume of volumes) {
            const { lines, total, fixed, perOrder, most } = billOf(everything.resources, checkout, volume, "us-east-1");
            for (const { by, usd, what } of lines) expect(sum(by), what).to.be.closeTo(usd, 1e-9 * usd);
            expect(sum(lines)).to.be.closeTo(total, 1e-9 * total);
            expect(sum(lines.filter(({ kind }) => kind === "fixed"))).to.be.closeTo(fixed, 1e-9 * fixed);
            expect(perOrder * volume).to.be.closeTo(total, 1e-9 * total);
            expect(lines.map(({ usd }) => usd)).to.deep.equal(lines.map(({ usd }) => usd).toSorted((a, b) => b - a));
            expect(sum(lines.slice(0, most))).to.be.at.least(0.8 * total);
            expect(sum(lines.slice(0, most - 1))).to.be.below(0.8 * total);
        }
    });

    it("rises from month to month only by stored data: tables, their backups and documents", () => {
        const [first, second, twelfth] = [1, 2, 12].map((months) =>
            billOf(prod.resources, checkout, 100_000, "eu-west-1", months),
        );
        if (!first || !second || !twelfth) throw new Error("there is no bill");
        const grown = twelfth.lines.filter(({ meter, kind, usd }) => {
            const before = first.lines.find((line) => line.meter === meter && line.kind === kind);
            return usd > (before?.usd ?? 0) * 1.001;
        });
        expect(grown.map(({ meter }) => meter)).to.have.members([
            "tableStorage",
            "pointInTimeRecovery",
            "backups",
            "objectStorage",
        ]);
        expect(twelfth.total - first.total).to.be.closeTo(11 * (second.total - first.total), 0.01);
    });

    it("stops rising by sessions and steps after as long as they are kept, and goes on by orders", async () => {
        const brief = await graphOf("prod", little);
        const costIn = (months: number) => billOf(brief.resources, checkout, 100_000, "eu-west-1", months).total;
        const early = costIn(3) - costIn(2);
        const late = costIn(12) - costIn(11);

        expect(late)
            .to.be.greaterThan(0)
            .and.below(0.8 * early);
        expect(costIn(12)).to.be.below(billOf(prod.resources, checkout, 100_000, "eu-west-1", 12).total);
    });

    it("rises with what is added to the graph, whatever the orders, by the price of that", () => {
        const rise = (...added: Resource[]) => {
            const fixed = (resources: readonly Resource[]) => billOf(resources, orders, 1000, "eu-west-1").fixed;
            return fixed([...prod.resources, ...added]) - fixed(prod.resources);
        };
        const of = (type: string, inputs: Resource["inputs"] = {}) => ({
            ...resource(prod, 0),
            urn: `urn:${type}`,
            name: "added",
            type,
            inputs,
            outputs: {},
        });
        const alarm = prod.one("aws:cloudwatch/metricAlarm:MetricAlarm", "orders-store-function-errors");
        expect(rise(of("aws:ec2/natGateway:NatGateway"))).to.be.closeTo(730 * (0.048 + 0.005), 1e-6);
        expect(rise({ ...alarm, urn: "urn:alarm", name: "added" })).to.be.closeTo(0.1, 1e-6);
        expect(rise(of("aws:cloudwatch/dashboard:Dashboard"))).to.be.closeTo(3, 1e-6);
        expect(rise(of("aws:kms/key:Key"))).to.be.closeTo(1, 1e-6);
        expect(
            rise(of("awsx:ec2:Vpc", { numberOfAvailabilityZones: 2, natGateways: { strategy: "OnePerAz" } })),
        ).to.be.closeTo(2 * 730 * (0.048 + 0.005), 1e-6);
        expect(rise(of("awsx:ec2:Vpc", { natGateways: { strategy: "None" } }))).to.equal(0);
        expect(rise(of("aws:iam/role:Role"))).to.equal(0);
    });

    it("follows an order from hop to hop, as far as the graph leads it", async () => {
        const invoked = callbacksIn(prod, orders);
        expect(invoked).to.deep.include({
            // Of two requests for each order.
            "api-keys-authorize-function": 2000,
            "orders-receive-function": 1000,
            "orders-store-function": 1000,
            "orders-announce-function": 1000,
            "orders-notify-function": 1000,
            "orders-inventory-function": 1000,
            "orders-document-function": 1000,
            "orders-announcements-function": 1000,
            // Of the events that endpoints may receive, three happen to an order without a session.
            "webhooks-dispatch-function": 3000,
            "webhooks-deliver-function": 3000,
        });
        expect(Object.keys(invoked)).not.to.include.members(["checkout-follow-function", "orders-mail-function"]);

        const withoutFront = callbacksIn(await graphOf("prod", little), orders);
        expect(withoutFront).to.include({ "orders-store-function": 1000 });
        expect(Object.keys(withoutFront).filter((name) => /receive|webhooks/.test(name))).to.deep.equal([]);
    });

    it("follows a checkout to the order that it leads to, and the order's progress back into its session", () => {
        const invoked = callbacksIn(prod, checkout);
        for (const name of ["orders-store-function", "orders-inventory-function", "checkout-follow-function"]) {
            expect(invoked[name], name).to.be.closeTo(1000, 1);
        }
        expect(invoked["checkout-manage-function"]).to.equal(3000);
        expect(invoked["checkout-publish-function"]).to.be.closeTo(5000, 5);
    });

    it("has every signature for a platform: of the four answers of its purchase, and of its order's two events", async () => {
        const ucp = await graphOf("prod", { "checkout.ucp": {} });
        const { lines } = billOf(ucp.resources, traffics.platform, 10_000, "eu-west-1");
        const signatures = lines.find(({ meter }) => meter === "signatures");
        expect(signatures?.quantity).to.be.closeTo(60_000, 10);
        expect(signatures?.usd).to.be.closeTo(6 * 0.15, 1e-3);
        expect(billOf(ucp.resources, checkout, 10_000, "eu-west-1").lines.map(({ meter }) => meter)).not.to.include(
            "signatures",
        );
    });

    it("counts what an authorizer is asked for each route, and what is used again for a while, no oftener than that", () => {
        const hops = new Hops(new Stack(prod.resources), orders);
        hops.request({ "POST /orders": 10_000_000, "GET /orders/{orderId}": 10_000_000, "POST /messages": 10 });
        const asked = hops.usage.of("lambdaRequests").get("api-keys-authorize-function");
        expect(asked).to.equal(2 * ((730 * 3600) / 300) + 10);
        expect(sum([...hops.usage.of("keyRequests").values()].map((usd) => ({ usd })))).to.be.below(1_000_000);
    });

    it("counts what feeds read, write and send, by their targets and the products of the catalogue", () => {
        const used = (graph: Recorded, meter: Meter, by: string, products = 100_000) => {
            const { lines } = billOf(graph.resources, orders, 1, "us-east-1", 1, products);
            const of = lines.filter((line) => line.meter === meter && line.kind === "fixed").flatMap((line) => line.by);
            return of.find(({ resource: name }) => name === by)?.usd ?? 0;
        };
        for (const [meter, by] of [
            ["tableReads", "catalog-products-table"],
            ["tableReads", "feed-state-table"],
            ["tableWrites", "feed-state-table"],
            ["lambdaArm", "feed-build-function"],
            ["lambdaRequests", "feed-push-function"],
            ["objectStorage", "feed-files-bucket"],
            ["transferOut", "feed-push-function"],
            ["sqsRequests", "feed-changes-queue"],
        ] as const) {
            expect(used(prod, meter, by), by).to.equal(0);
            expect(used(fed, meter, by), by).to.be.above(0);
            expect(used(fed, meter, by, 1_000_000), by).to.be.above(5 * used(fed, meter, by));
        }
        // A scan of 1 KB each, eventually consistent: an eighth of a unit; two passes a day.
        const units = 2 * (730 / 24) * 100_000 * 0.5 * (assumptions.bytesOfProduct / 4096);
        // What the merchant changes, what of that changes another word, and the marks of the schedule.
        const told = (730 / 24) * 100_000 * assumptions.changedShare * (1 + assumptions.wordShare) + 730 * 12;
        expect(used(fed, "tableReads", "catalog-products-table")).to.be.closeTo(((units + told) * 0.125) / 1e6, 1e-9);
    });

    it("counts that sales change products, and how few of these changes a feed tells", () => {
        for (const traffic of [orders, checkout]) {
            const invoked = callbacksIn(fed, traffic);
            expect(invoked["catalog-api-publish-function"]).to.equal(1000);
            expect(invoked["feed-listen-function"]).to.equal(1000);
            expect(invoked["feed-push-function"]).to.equal(1000 * assumptions.wordShare);
        }
    });

    it("speaks of callbacks, tables and queues that there are", () => {
        const names = new Set(everything.resources.map(({ name }) => name));
        for (const { work } of [orders, checkout]) {
            for (const [callback, { sends = {}, tables = {} }] of Object.entries(work)) {
                for (const name of [callback, ...Object.keys(sends), ...Object.keys(tables)]) {
                    expect(names, callback).to.include(name);
                }
            }
        }
        const routes = everything.of("aws:apigatewayv2/route:Route").map(({ inputs }) => inputs["routeKey"]);
        for (const { requests } of [orders, checkout]) expect(routes).to.include.members(Object.keys(requests));
    });

    it("uses prices that have a date and AWS's page", () => {
        for (const [meter, { asOf, source, usd, per }] of Object.entries(prices)) {
            expect(asOf, meter).to.match(/^20\d\d-\d\d$/);
            expect(source, meter).to.match(/^https:\/\/aws\.amazon\.com\//);
            expect(Math.min(...Object.values(usd), per), meter).to.be.above(0);
        }
    });

    it("is in docs/costs.md as npm run docs writes it", () => {
        expect(readFileSync("docs/costs.md", "utf8")).to.equal(costsPage(prod.resources, fed.resources));
    });

    proof("is printed for machines, with a setting changed", async () => {
        const options = ["--json", "--orders", "1000", "--stack", "dev", "--set", "functions.logLevel=error"];
        const { output } = await runAlone("tools/cost.ts", options, process.env);
        const { bills, missing }: { bills: Bill[]; missing: string[] } = JSON.parse(output);
        expect(missing).to.deep.equal([]);
        expect(bills.map(({ orders }) => orders)).to.deep.equal([1000]);
    });

    it("fails for resources without a price", async () => {
        const { code, errors } = await runCommand("tools/cost.ts", ["--region", "mars-north-1"], process.env);
        expect(code).to.equal(2);
        expect(errors).to.include("--region mars-north-1: there are eu-west-1, us-east-1");
    });
});

const sum = (of: readonly { readonly usd: number }[]): number => of.reduce((total, { usd }) => total + usd, 0);

const resource = ({ resources }: Recorded, index: number): Resource =>
    resources[index] ?? expect.fail("the graph is empty");

/** The invocations of each callback for a thousand orders. */
function callbacksIn({ resources }: Recorded, traffic: Traffic): Record<string, number> {
    const hops = new Hops(new Stack(resources), traffic);
    hops.request(Object.fromEntries(Object.entries(traffic.requests).map(([route, times]) => [route, times * 1000])));
    return Object.fromEntries(hops.usage.of("lambdaRequests"));
}
