import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "embedded-aws/console";
import { eventTypes } from "../../tools/console/documents.ts";
import { changesBetween } from "../../tools/console/pages/differences.ts";
import { consoleOf } from "../../tools/embedded/console.ts";

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
