import { marshall } from "@aws-sdk/util-dynamodb";
import { expect } from "chai";
import { productUpdated } from "../../../runtime/catalog/productEvent.ts";
import { validateProductUpdated } from "../../../spec/generated/events.validators.js";
import { streamRecord } from "../support/events.ts";
import { startedAws, startedCallback } from "../support/started.ts";

const mop = {
    productId: "mop",
    name: "Mop",
    prices: { usd: 1999 },
    stock: 10,
    version: 3,
    updatedAt: "2026-11-20T10:11:12.345Z",
    requestId: "correlation-1",
};
const at = new Date("2026-11-20T10:11:13.000Z");
const eventOf = (before: object | undefined, item: object) =>
    productUpdated({ ...item }, { before: before && { ...before }, id: "change-1", at });
const next = { version: 4, requestId: "correlation-2", updatedAt: "2026-11-20T10:11:13.111Z" };

describe("the event of a product's change", () => {
    it("has the product as it is, what changed and when, and the request that did it", () => {
        const event = eventOf(mop, { ...mop, ...next, name: "A mop", hidden: true });

        expect(event?.type).to.equal("product.updated.v1");
        expect(event?.time?.toISOString()).to.equal(next.updatedAt);
        expect(event?.detail).to.deep.equal({
            productId: "mop",
            change: "changed",
            members: ["title", "hidden"],
            product: {
                productId: "mop",
                title: "A mop",
                prices: { usd: 1999 },
                hidden: true,
                condition: "new",
                digital: false,
                availability: "in_stock",
            },
            sellable: 10,
            changeId: "change-1",
            meta: { correlationId: "correlation-2" },
        });
        expect(validateProductUpdated(event?.detail)).to.equal(true);
    });

    const changes: readonly (readonly [
        what: string,
        before: object | undefined,
        item: object,
        change: string,
        ...members: string[],
    ])[] = [
        ["a new product", undefined, mop, "created", "title", "prices", "availability", "stock"],
        ["its stock is set", mop, { ...mop, ...next, stock: 9 }, "changed", "stock"],
        ["its stock is not counted any more", mop, { ...mop, ...next, stock: undefined }, "changed", "stock"],
        ["the last pieces are sold", { ...mop, stock: 1 }, { ...mop, stock: 0 }, "changed", "availability", "stock"],
        ["pieces come back", { ...mop, stock: 0 }, { ...mop, stock: 1 }, "changed", "availability", "stock"],
        ["another program changes its item", mop, { ...mop, prices: { usd: 1 } }, "changed", "prices"],
        ["it is deleted", mop, { productId: "mop", stock: 10, deletedAt: "now", ...next }, "deleted", "title", "stock"],
        [
            "it comes again",
            { productId: "mop", deletedAt: "then", version: 3 },
            { ...mop, ...next },
            "created",
            "title",
        ],
    ];
    for (const [what, before, item, change, ...members] of changes) {
        it(`is one when ${what}`, () => {
            const { detail } = eventOf(before, item) ?? expect.fail("no event");
            expect(detail.change).to.equal(change);
            expect(detail.members).to.include.members(members);
            expect(detail.product === undefined).to.equal(change === "deleted");
            expect(validateProductUpdated(detail)).to.equal(true);
        });
    }

    it("is none when pieces are sold or held and some are left, and for what is no product", () => {
        expect(eventOf(mop, { ...mop, stock: 8, taken: 2 })).to.equal(undefined);
        expect(eventOf(mop, { ...mop, ...next })).to.equal(undefined);
        expect(eventOf(undefined, { productId: "x", colour: "red" })).to.equal(undefined);
        expect(
            eventOf({ productId: "mop", deletedAt: "then" }, { productId: "mop", deletedAt: "then", stock: 4 }),
        ).to.equal(undefined);
    });
});

describe("the stream of the products table", () => {
    const aws = startedAws();
    const publish = startedCallback(aws, "catalog/publishProducts");
    const changed = (number: number, before: object, item: object) => {
        const { dynamodb, ...record } = streamRecord(number, item, "MODIFY");
        return {
            ...record,
            dynamodb: { ...dynamodb, OldImage: marshall(before), ApproximateCreationDateTime: 1795169473 },
        };
    };

    it("is published as one event for each change, the same when the records come again", async () => {
        const Records = [
            streamRecord(1, mop),
            changed(2, mop, { ...mop, ...next, stock: 9 }),
            changed(3, { ...mop, stock: 9 }, { ...mop, stock: 8, taken: 1 }),
            changed(4, mop, { productId: "mop", deletedAt: "now", version: 5, requestId: "correlation-3" }),
            { ...streamRecord(5, mop), eventName: "REMOVE" },
        ];
        for (let time = 1; time <= 2; time += 1) {
            expect(await publish.invoke({ Records })).to.deep.equal({ batchItemFailures: [] });
        }

        const [first, again] = aws.inputs("PutEvents");
        expect(first).to.deep.equal(again);
        const details = aws
            .published()
            .map(({ detail }) => [detail.change, detail.changeId, detail.meta.correlationId]);
        expect(details.slice(0, 3)).to.deep.equal([
            ["created", "event-1", "correlation-1"],
            ["changed", "event-2", "correlation-2"],
            ["deleted", "event-4", "correlation-3"],
        ]);
    });
});
