import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "embedded-aws/console";
import { eventTypes } from "../../tools/console/documents.ts";
import { askedIn, ShopLists } from "../../tools/console/lists.ts";
import { changesBetween } from "../../tools/console/pages/differences.ts";
import { settingsOf } from "../../tools/console/plan.ts";
import { mostItems } from "../../tools/console/tables.ts";
import { consoleOf } from "../../tools/embedded/console.ts";
import { Stack } from "../../tools/operator/stack.ts";

const services = {
    url: "http://127.0.0.1:1",
    awsUrl: "http://127.0.0.1:2",
    stack: "dev",
    graph: () => ({ project: "commerce", stack: "dev", resources: [], outputs: {} }),
};

describe("The commerce pages of the console", () => {
    it("are at most 150 KB compressed, with the console's own", async () => {
        const { pages } = await consoleOf(services);
        expect(existsSync(pages)).to.equal(true);
        const sizes = [...(await build(pages)).values()].map((content) => gzipSync(content).length);
        expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(150 * 1024);
    });

    it("list the types of events that the AsyncAPI document has", () => {
        const types = eventTypes().map(({ type }) => type);
        expect(types).to.include.members(["checkout_session.completed", "order.received.v1", "document.generated.v1"]);
    });
});

describe("The list of sessions, whose time no index knows", () => {
    const count = 2_500;
    // As a table gives them: in no order of time.
    const items = Array.from({ length: count }, (_, index) => ({
        SessionId: `cs_${index}`,
        Version: 1,
        Status: "completed",
        Timestamp: new Date(((index * 997) % count) * 1000).toISOString(),
        Data: {},
    }));
    const lists = new ShopLists({
        stack: new Stack({}, {}),
        scan: async (_, __, ___, most = mostItems) => ({ items: items.slice(0, most), isWhole: count <= most }),
        query: async () => [],
        pages: async () => [],
    });
    const timesOf = (rows: readonly { readonly at: string }[]) => rows.map(({ at }) => Date.parse(at) / 1000);

    it("begins with the newest of the items that are looked at, and says that there are more", async () => {
        const { rows, bound, next } = await lists.sessions(askedIn(new URLSearchParams()));
        const newest = timesOf(items.slice(0, mostItems).map(({ Timestamp: at }) => ({ at }))).sort((a, b) => b - a);
        expect(timesOf(rows)).to.deep.equal(newest.slice(0, 60));
        expect([bound, typeof next]).to.deep.equal([mostItems, "string"]);
    });

    it("leads through all of them, page by page, the newest first, each once, where all are asked for", async () => {
        const seen: number[] = [];
        const parameters = new URLSearchParams({ look: "all" });
        for (let pages = 0; pages < count; pages += 1) {
            const { rows, bound, next } = await lists.sessions(askedIn(parameters));
            expect(bound).to.equal(undefined);
            seen.push(...timesOf(rows));
            if (next === undefined) break;
            parameters.set("before", next);
        }
        expect(seen).to.deep.equal(Array.from({ length: count }, (_, index) => count - 1 - index));
    });
});

describe("The settings that the console shows", () => {
    it("are those of the stack on this machine, each with the file that sets it", () => {
        const fixtures = join(import.meta.dirname, "../../tools/embedded");
        const sourceOf = (path: string, of: string | undefined) =>
            settingsOf("dev", of).rows.find((row) => row.path === path)?.source;
        expect(sourceOf("feed.targets", fixtures)).to.equal("tools/embedded/settings.json");
        expect(sourceOf("feed.targets", undefined)).to.equal("default");
        expect(sourceOf("orders.authentication", fixtures)).to.equal("Pulumi.dev.yaml");
        expect(sourceOf("orders.ingress", fixtures)).to.equal("default");
    });
});

describe("The difference of two versions of a session", () => {
    const totals = [
        { type: "subtotal", amount: 2598 },
        { type: "total", amount: 2786 },
    ];

    it("names the one new total, wherever it stands", () => {
        const after = { totals: [totals[0], { type: "fulfillment", amount: 599 }, totals[1]] };
        expect(changesBetween({ totals }, after)).to.deep.equal([
            { path: "totals[fulfillment]", old: undefined, now: { type: "fulfillment", amount: 599 } },
        ]);
    });

    it("names what changed in an element that has moved, and what is gone", () => {
        const before = {
            line_items: [
                { id: "a", quantity: 1 },
                { id: "b", quantity: 1 },
            ],
            note: "x",
        };
        const after = { line_items: [{ id: "b", quantity: 3 }] };
        expect(changesBetween(before, after)).to.have.deep.members([
            { path: "line_items[b].quantity", old: 1, now: 3 },
            { path: "line_items[a]", old: { id: "a", quantity: 1 }, now: undefined },
            { path: "note", old: "x", now: undefined },
        ]);
    });
});
