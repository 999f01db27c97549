import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { type Change, Changes, NotChangedError } from "../../runtime/webhookFanout/delivery/changes.ts";
import { Refusal } from "./support/aws.ts";
import { clientAt, Database } from "./support/database.ts";
import { started, startedAws } from "./support/started.ts";

const table = "attempts";

describe("changes written in batches", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    let client: DynamoDBDocumentClient;
    let changes: Changes;

    before(() => {
        client = clientAt(aws.url, { maxAttempts: 1 });
        changes = new Changes(client);
    });
    beforeEach(() => database.clear(table));
    after(() => client?.destroy());

    /** An item that must not be there yet. */
    const adding = (deliveryKey: string, by = "me"): Change => ({
        of: deliveryKey,
        writes: [
            {
                Put: {
                    TableName: table,
                    Item: { deliveryKey, number: 1, by },
                    ConditionExpression: "attribute_not_exists(deliveryKey)",
                    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
                },
            },
        ],
    });
    const kept = async () => (await database.all(table)).map(({ deliveryKey }) => deliveryKey).sort();
    const calls = () => aws.inputs("TransactWriteItems").length;
    /** The transactions that are tried first are cancelled for these reasons, one for each write. */
    function cancelled(times: number, ...codes: string[]): void {
        let left = times;
        aws.answers("TransactWriteItems", () => {
            if (left === 0) return undefined;
            left -= 1;
            const CancellationReasons = codes.map((Code) => ({ Code }));
            return new Refusal("TransactionCanceledException", 400, { CancellationReasons });
        });
    }

    it("are written by one call when they are requested at the same moment", async () => {
        const outcomes = await Promise.all(["a", "b", "c"].map((key) => changes.make(adding(key))));

        expect(outcomes).to.deep.equal([undefined, undefined, undefined]);
        expect(await kept()).to.deep.equal(["a", "b", "c"]);
        expect(calls()).to.equal(1);
    });

    it("are written by one call for each 3.5 MB, counted by written and by existing items", async () => {
        const sizes: number[] = [];
        aws.answers("TransactWriteItems", (input) => {
            sizes.push(Buffer.byteLength(JSON.stringify(input)));
            return {};
        });
        const keys = Array.from({ length: 30 }, (_, index) => `large-${index}`);

        await Promise.all(keys.map((key) => changes.make(adding(key, "x".repeat(250_000)))));
        expect(sizes.length).to.equal(3);
        expect(Math.max(...sizes)).to.be.below(3_600_000);

        sizes.length = 0;
        await Promise.all(keys.map((key) => changes.make({ ...adding(key), touches: 250_000 })));
        expect(sizes.length).to.equal(3);
    });

    it("are written except those whose condition fails, which receive the stored item", async () => {
        await database.put(table, { deliveryKey: "b", number: 1, by: "another" });

        const outcomes = await Promise.all(["a", "b", "c"].map((key) => changes.make(adding(key))));

        expect(outcomes).to.deep.equal([
            undefined,
            { found: [{ deliveryKey: "b", number: 1, by: "another" }] },
            undefined,
        ]);
        expect(await kept()).to.deep.equal(["a", "b", "c"]);
        expect(calls()).to.equal(2);
    });

    it("of one item are written one after the other", async () => {
        const outcomes = await Promise.all([
            changes.make(adding("a", "first")),
            changes.make(adding("a", "second")),
            changes.make(adding("b")),
        ]);

        expect(outcomes).to.deep.equal([
            undefined,
            { found: [{ deliveryKey: "a", number: 1, by: "first" }] },
            undefined,
        ]);
    });

    it("are written whole or not at all", async () => {
        await database.put(table, { deliveryKey: "b", number: 1 });
        const both: Change = { of: "a", writes: [...adding("a").writes, ...adding("b").writes] };

        expect(await changes.make(both)).to.deep.equal({ found: [{ deliveryKey: "b", number: 1 }] });
        expect(await kept()).to.deep.equal(["b"]);
    });

    it("are retried when another transaction writes the same item", async () => {
        cancelled(2, "None", "TransactionConflict");

        expect(await Promise.all([changes.make(adding("a")), changes.make(adding("b"))])).to.deep.equal([
            undefined,
            undefined,
        ]);
        expect(await kept()).to.deep.equal(["a", "b"]);
        expect(calls()).to.equal(3);
    });

    it("fail when another transaction is in the way at every retry", async () => {
        cancelled(Number.POSITIVE_INFINITY, "TransactionConflict");

        const fault = await changes.make(adding("a")).catch((error: unknown) => error);

        expect(fault).to.be.instanceOf(NotChangedError);
        expect(calls()).to.equal(6);
    });

    it("are written although one of them fails", async () => {
        cancelled(1, "None", "ValidationError", "None");

        const outcomes = await Promise.allSettled(["a", "b", "c"].map((key) => changes.make(adding(key))));

        expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected", "fulfilled"]);
        expect(await kept()).to.deep.equal(["a", "c"]);
    });

    it("all fail when the database is unavailable", async () => {
        aws.answers("TransactWriteItems", () => new Refusal("InternalServerError", 500));

        const outcomes = await Promise.allSettled(["a", "b"].map((key) => changes.make(adding(key))));

        expect(outcomes.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
    });

    describe("of items that other environments write, too", () => {
        const counting = (deliveryKey: string): Change => ({
            of: deliveryKey,
            writes: [
                {
                    Update: {
                        TableName: table,
                        Key: { deliveryKey, number: 1 },
                        UpdateExpression: "SET used = if_not_exists(used, :none) + :one",
                        ConditionExpression: "attribute_not_exists(used) OR used < :most",
                        ExpressionAttributeValues: { ":none": 0, ":one": 1, ":most": 2 },
                        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
                    },
                },
            ],
        });
        let now = 0;
        const shared = () => new Changes(client, { isShared: true, now: () => now });
        const used = async () =>
            (await database.all(table)).map((item) => `${item["deliveryKey"]}${item["used"]}`).sort();

        it("are single updates where they come alone, and report the item of a failed condition", async () => {
            const own = shared();
            const outcomes = [];
            for (const key of ["a", "a", "a"]) outcomes.push(await own.make(counting(key)));

            expect(outcomes).to.deep.equal([
                undefined,
                undefined,
                { found: [{ deliveryKey: "a", number: 1, used: 2 }] },
            ]);
            expect([calls(), aws.inputs("UpdateItem").length]).to.deep.equal([0, 3]);
        });

        it("are made alone after a conflict, at once and for a while, and delay no other", async () => {
            const own = shared();
            cancelled(1, "None", "TransactionConflict", "None");

            const some = await Promise.all(["a", "b", "c"].map((key) => own.make(counting(key))));
            expect(some).to.deep.equal([undefined, undefined, undefined]);
            expect(await used()).to.deep.equal(["a1", "b1", "c1"]);
            expect([calls(), aws.inputs("UpdateItem").length]).to.deep.equal([2, 1]);

            await Promise.all(["a", "b", "c"].map((key) => own.make(counting(key))));
            expect(await used()).to.deep.equal(["a2", "b2", "c2"]);
            expect([calls(), aws.inputs("UpdateItem").length]).to.deep.equal([3, 2]);

            now += 10_000;
            await Promise.all(["a", "b", "c"].map((key) => own.make(counting(key))));
            expect([calls(), aws.inputs("UpdateItem").length]).to.deep.equal([4, 2]);
        });

        it("fail alone when the update fails", async () => {
            const own = shared();
            cancelled(1, "None", "TransactionConflict", "None");
            aws.answers("UpdateItem", () => new Refusal("AccessDeniedException"));

            const outcomes = await Promise.allSettled(["a", "b", "c"].map((key) => own.make(counting(key))));

            expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected", "fulfilled"]);
        });
    });

    it("wait for other changes no longer than necessary", async () => {
        let isComplete = false;
        const patient = new Changes(client, { forMs: 60_000, isComplete: () => isComplete });

        const first = patient.make(adding("a"));
        isComplete = true;
        await Promise.all([first, patient.make(adding("b"))]);

        expect(calls()).to.equal(1);
    });
});
