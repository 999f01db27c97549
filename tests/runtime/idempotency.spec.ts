import { randomUUID } from "node:crypto";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { Idempotency, StepInProgressError } from "../../runtime/shared/idempotency.ts";
import { leaseOf } from "../../runtime/shared/lease.ts";
import { Database } from "./support/database.ts";
import { started } from "./support/started.ts";

describe("once", () => {
    const database = started(new Database());
    let now: number;
    let count = 0;
    const idempotency = () => new Idempotency(database.client, "effects", 0, () => now);
    /** Each one of a holder of its own, as each delivery is. */
    const lease = (ms: number, holder: string = randomUUID()) => ({ holder, ms });
    const freshKey = () => ({ orderId: `order-${++count}`, step: "mail" });
    const itemOf = ({ orderId, step }: { orderId: string; step: string }) =>
        database.get("effects", { orderId, effect: step });

    beforeEach(() => {
        now = Date.parse("2026-11-20T10:00:00Z");
    });

    it("runs it and records its time and result", async () => {
        const key = freshKey();

        const done = await idempotency().runOnce(key, lease(1000), async () => ({ messageId: "m" }));

        expect(done).to.deep.equal({ repeated: false, outcome: { messageId: "m" } });
        const { claimant, ...kept } = (await itemOf(key)) ?? {};
        expect(claimant).to.be.a("string");
        expect(kept).to.deep.equal({
            orderId: key.orderId,
            effect: "mail",
            claimedAt: "2026-11-20T10:00:00.000Z",
            doneAt: "2026-11-20T10:00:00.000Z",
            outcome: { messageId: "m" },
        });
    });

    it("does not run it again, and returns the recorded result", async () => {
        const key = freshKey();
        await idempotency().runOnce(key, lease(1000), async () => ({ messageId: "first" }));
        let runs = 0;

        const again = await idempotency().runOnce(key, lease(1000), async () => ({ messageId: `again ${++runs}` }));

        expect(again).to.deep.equal({ repeated: true, outcome: { messageId: "first" } });
        expect(runs).to.equal(0);
    });

    it("keeps apart orders, and effects of one order", async () => {
        const key = freshKey();
        const ran: string[] = [];
        for (const each of [key, { ...key, step: "document" }, freshKey()]) {
            await idempotency().runOnce(each, lease(1000), async () => void ran.push(each.step));
        }

        expect(ran).to.deep.equal(["mail", "document", "mail"]);
    });

    it("runs once although twenty try at once; the others are to retry later", async () => {
        const key = freshKey();
        let runs = 0;
        let turnedAway = 0;
        const gate = Promise.withResolvers<void>();
        const tries = Array.from({ length: 20 }, async () => {
            const run = async () => {
                runs += 1;
                await gate.promise;
                return "done";
            };
            return await idempotency()
                .runOnce(key, lease(60_000), run)
                .catch((error: unknown) => {
                    turnedAway += 1;
                    if (turnedAway === 19) gate.resolve();
                    return error;
                });
        });

        const outcomes = await Promise.all(tries);

        expect(runs).to.equal(1);
        expect(outcomes.filter((outcome) => outcome instanceof StepInProgressError)).to.have.length(19);
    });

    it("gives the claim back when the run throws, so that the next try can run at once", async () => {
        const key = freshKey();

        const failure = await idempotency()
            .runOnce(key, lease(60_000), async () => {
                throw new Error("SES is away");
            })
            .catch((error: Error) => error.message);
        const done = await idempotency().runOnce(key, lease(60_000), async () => "sent");

        expect(failure).to.equal("SES is away");
        expect(done).to.deep.equal({ repeated: false, outcome: "sent" });
    });

    it("refuses other runs before the lease ends, and allows one after", async () => {
        const key = freshKey();
        const never = new Promise<never>(() => undefined);
        void idempotency().runOnce(key, lease(5000), () => never);
        while ((await itemOf(key)) === undefined);

        now += 5000;
        const early = await idempotency()
            .runOnce(key, lease(5000), async () => "taken over")
            .catch((error: unknown) => error);
        now += 1;
        const late = await idempotency().runOnce(key, lease(5000), async () => "taken over");

        expect(early).to.be.instanceOf(StepInProgressError);
        expect(late).to.deep.equal({ repeated: false, outcome: "taken over" });
    });

    it("does not let a run whose lease ended overwrite the later run's record", async () => {
        const key = freshKey();
        const gate = Promise.withResolvers<string>();
        const slow = idempotency()
            .runOnce(key, lease(5000), () => gate.promise)
            .catch((error: unknown) => error);
        while ((await itemOf(key)) === undefined);
        now += 5001;
        await idempotency().runOnce(key, lease(5000), async () => "quick");

        gate.resolve("slow");

        expect(await slow).to.be.instanceOf(StepInProgressError);
        expect((await itemOf(key))?.["outcome"]).to.equal("quick");
    });

    it("gives the record of a run that died to the run that takes over", async () => {
        const key = freshKey();
        const never = new Promise<never>(() => undefined);
        const recorded = Promise.withResolvers<void>();
        void idempotency().runOnce<string>(key, lease(5000), async (claim) => {
            const TransactItems = [{ Update: claim.recording("reserved") }];
            await database.client.send(new TransactWriteCommand({ TransactItems }));
            recorded.resolve();
            return await never;
        });
        await recorded.promise;
        now += 5001;

        const found = await idempotency().runOnce<string>(key, lease(5000), async (claim) => `found ${claim.recorded}`);

        expect(found.outcome).to.equal("found reserved");
    });

    it("is kept for the configured time from the last try on, and without end when that is 0", async () => {
        const days = (count: number) => Math.floor(now / 1000) + count * 86_400;
        const kept = new Idempotency(database.client, "effects", 30, () => now);
        const [key, forEver] = [freshKey(), freshKey()];
        const claimed = Promise.withResolvers<number>();
        const gate = Promise.withResolvers<string>();
        const running = kept.runOnce(key, lease(60_000), () => {
            claimed.resolve(days(30));
            return gate.promise;
        });

        expect(await claimed.promise).to.equal((await itemOf(key))?.["expiresAt"]);
        now += 86_400_000;
        gate.resolve("done");
        await running;
        await idempotency().runOnce(forEver, lease(1000), async () => "done");

        expect((await itemOf(key))?.["expiresAt"]).to.equal(days(30));
        expect(await itemOf(forEver)).not.to.have.property("expiresAt");
    });

    it("refuses to record what is recorded already", async () => {
        const key = freshKey();

        const failure = await idempotency()
            .runOnce<string>(key, lease(5000), async (claim) => {
                for (const outcome of ["first", "second"]) {
                    const TransactItems = [{ Update: claim.recording(outcome) }];
                    await database.client.send(new TransactWriteCommand({ TransactItems }));
                }
                return "both";
            })
            .catch((error: Error) => error.name);

        expect(failure).to.equal("TransactionCanceledException");
        expect((await itemOf(key))?.["outcome"]).to.equal("first");
    });

    it("lets a retry of the same delivery take over the claim of its earlier try at once", async () => {
        const key = freshKey();
        const never = new Promise<never>(() => undefined);
        void idempotency().runOnce(key, lease(60_000, "request-1"), () => never);
        while ((await itemOf(key)) === undefined);

        const done = await idempotency().runOnce(key, lease(60_000, "request-1"), async () => "second try");

        expect(done).to.deep.equal({ repeated: false, outcome: "second try" });
    });

    it("holds a claim a little longer than the invocation can last, for the invocation's request", () => {
        const context = { awsRequestId: "request-1", getRemainingTimeInMillis: () => 30_000 };
        expect(leaseOf(context)).to.deep.equal({ holder: "request-1", ms: 31_000 });
    });
});
