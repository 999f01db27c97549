import { expect } from "chai";
import fc from "fast-check";
import { batches, failedItems } from "../../src/triggers/batch.ts";

describe("the partial batch response", () => {
    const ids = ["a", "b", "c"];
    const cases: [title: string, payload: string, failed: string[]][] = [
        ["an empty list", '{"batchItemFailures":[]}', []],
        ["no list (null)", '{"batchItemFailures":null}', []],
        ["an empty object", "{}", []],
        ["null", "null", []],
        ["one identifier", '{"batchItemFailures":[{"itemIdentifier":"b"}]}', ["b"]],
        ["two identifiers", '{"batchItemFailures":[{"itemIdentifier":"c"},{"itemIdentifier":"a"}]}', ["a", "c"]],
        ["an empty identifier", '{"batchItemFailures":[{"itemIdentifier":""}]}', ids],
        ["an identifier that is null", '{"batchItemFailures":[{"itemIdentifier":null}]}', ids],
        ["a misspelt key", '{"batchItemFailures":[{"itemId":"b"}]}', ids],
        ["an identifier of no item", '{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"x"}]}', ids],
        ["a list that is none", '{"batchItemFailures":"b"}', ids],
        ["a text", '"fine"', ids],
        ["what is not JSON", "{", ids],
    ];
    for (const [title, payload, failed] of cases) {
        it(`${title} means that ${failed.length === 0 ? "nothing" : failed.join(", ")} failed`, () => {
            expect([...failedItems(payload, ids)].sort()).to.deep.equal(failed);
        });
    }
});

describe("dividing records into batches", () => {
    it("keeps all of them in order, in batches neither empty nor too long", () => {
        fc.assert(
            fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (records, size) => {
                const divided = batches(records, size);
                expect(divided.flat()).to.deep.equal(records);
                for (const batch of divided) expect(batch.length).to.be.within(1, size);
            }),
        );
    });

    it("never makes an event above 6 MB", () => {
        const records = Array.from({ length: 10 }, (_, index) => ({ index, body: "x".repeat(1_000_000) }));
        expect(batches(records, 10).map(({ length }) => length)).to.deep.equal([6, 4]);
    });
});
