import { randomUUID } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import type { CreateRequest } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { unstorableIn } from "../../../runtime/shared/storable.ts";
import { isProof } from "../../proof.ts";
import { Checkout, guide, readyCart, sell } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { started } from "../support/started.ts";

function nested(levels: number): unknown {
    let value: unknown = "innermost";
    for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { in: value };
    return value;
}

describe("a value of a body that cannot be stored", () => {
    const bad: [what: string, value: unknown, pointer: string][] = [
        ["half a character", { a: ["x", "\ud800"] }, "/a/1"],
        ["half a character in a name", { a: { "\udc00": 1 } }, "/a/\udc00"],
        ["a name that is empty", { a: { "": 1 } }, "/a/"],
        ["a name that JavaScript takes for something else", JSON.parse('{"a":{"__proto__":{"b":1}}}'), "/a/__proto__"],
        ["a number beyond 2^53", { a: 2 ** 53 }, "/a"],
        ["a number beyond all bounds", [1, -1e300], "/1"],
        ["a number too small for DynamoDB", { a: 1e-200 }, "/a"],
        [
            "what is nested too deep",
            nested(40),
            `/${Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? "in" : "0")).join("/")}`,
        ],
        ["behind a name to be escaped", { "a/b~c": ["\ud800"] }, "/a~1b~0c/0"],
    ];
    for (const [what, value, pointer] of bad) {
        it(`is ${what}`, () => {
            expect(unstorableIn(value)?.pointer).to.equal(pointer);
            expect(unstorableIn(value)?.detail).to.match(/^is /);
        });
    }

    for (const value of [
        null,
        true,
        "",
        "🧽 Zoë",
        0,
        -0.5,
        2 ** 53 - 1,
        1e-99,
        [],
        {},
        { a: [{ "b/c": null }] },
        nested(24),
    ]) {
        it(`is not ${JSON.stringify(value).slice(0, 40)}`, () => {
            expect(unstorableIn(value)).to.equal(undefined);
        });
    }
});

describe("everything else that is JSON", () => {
    const database = started(new Database(), (own) => sell(own, guide));

    it("comes back as deep as it may be", async () => {
        const body = { ...readyCart, metadata: { in: nested(22) } };
        expect(unstorableIn(body)).to.equal(undefined);
        expect(unstorableIn({ metadata: { in: nested(23) } })).not.to.equal(undefined);
        const { id } = await new Checkout(database.client).created(body);

        expect((await new Checkout(database.client).read(id)).json.metadata).to.deep.equal(body.metadata);
    });

    it("comes back from the database as it was sent, in the first answer and in every replay", async () => {
        const metadata = fc
            .dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }), {
                maxKeys: 5,
            })
            .map((value): NonNullable<CreateRequest["metadata"]> => JSON.parse(JSON.stringify(value)))
            .filter((value) => unstorableIn(value) === undefined);
        await fc.assert(
            fc.asyncProperty(metadata, async (value) => {
                const body = { ...readyCart, metadata: value };
                const key = randomUUID();
                const first = await new Checkout(database.client).create(body, { key });
                const again = await new Checkout(database.client).create(body, { key });

                expect(first.json.metadata).to.deep.equal(value);
                expect(again).to.deep.equal({ ...first, isReplay: true });
            }),
            { numRuns: isProof ? 200 : 12 },
        );
    });
});
