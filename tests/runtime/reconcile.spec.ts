import { expect } from "chai";
import { dueShards } from "../../runtime/webhookFanout/delivery/newDelivery.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { deliveryItem, endpointId, takeBatches, wakeUpsIn } from "./support/outbound.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

const minute = 60_000;

describe("reconcile: deliveries whose message was lost", () => {
    const database = started(new Database());
    const aws = startedAws(database, takeBatches);
    const reconcile = startedCallback(aws, "webhookFanout/reconcile");
    const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * minute).toISOString();

    beforeEach(() => database.clear("deliveries"));

    const overdue = (deliveryId: string, minutesAgo: number, over: object = {}) =>
        deliveryItem({ nextAttemptAt: at(minutesAgo), ...over }, { id: deliveryId });
    const put = (deliveryId: string, minutesAgo: number, over: object = {}) =>
        database.put("deliveries", { ...overdue(deliveryId, minutesAgo, over) });
    const run = (remainingMs = 60_000) => reconcile.invoke({}, { remainingMs });
    const woken = () => wakeUpsIn(aws).map(({ wakeUp }) => wakeUp);

    it("sends a message for a delivery that is due for more than ten minutes, with the due attempt", async () => {
        await put("evt_lost", 11, { attempts: 3 });
        await put("evt_soon", 9);
        await put("evt_later", -60);

        expect(await run()).to.deep.equal({ overdue: 1, woken: 1, failed: 0 });

        expect(wakeUpsIn(aws)).to.deep.equal([
            {
                wakeUp: { tenantId: "shop", endpointId, deliveryId: "evt_lost", attempt: 4 },
                group: endpointId,
                correlationId: "correlation-1",
            },
        ]);
        expect(reconcile.log.at(-1)).to.include({ level: "info", overdue: 1, woken: 1, failed: 0 });
    });

    it("ignores deliveries without a next attempt", async () => {
        for (const status of ["delivered", "exhausted", "skipped"]) {
            const { nextAttemptAt: _, ...done } = deliveryItem({}, { id: `evt_${status}` });
            await database.put("deliveries", { ...done, status });
        }

        expect(await run()).to.deep.equal({ overdue: 0, woken: 0, failed: 0 });
        expect(woken()).to.deep.equal([]);
    });

    it("finds them in every shard, and all pages of one", async () => {
        const ids = Array.from({ length: 150 }, (_, index) => `evt_${index}`);
        await database.putAll("deliveries", [
            ...ids.map((id) => overdue(id, 20)),
            ...ids.map((id) => overdue(`${id}:same`, 20, { dueShard: "0" })),
        ]);

        expect(await run()).to.deep.equal({ overdue: 300, woken: 300, failed: 0 });

        expect(woken()).to.have.length(300);
        const shards = (await database.all("deliveries")).map((item) => item["dueShard"]);
        expect(new Set(shards)).to.deep.equal(new Set(dueShards));
    });

    it("moves them to the end of the index, so that the next run reads others", async () => {
        await put("evt_1", 20);
        await run();

        expect(await run()).to.deep.equal({ overdue: 0, woken: 0, failed: 0 });
        const [item] = await database.all("deliveries");
        expect(Date.parse(String(item?.["nextAttemptAt"]))).to.be.closeTo(Date.now(), 60_000);
    });

    it("sends no message for a delivery that was attempted meanwhile", async () => {
        await put("evt_1", 20);
        aws.answers("UpdateItem", () => new Refusal("ConditionalCheckFailedException"));

        expect(await run()).to.deep.equal({ overdue: 1, woken: 0, failed: 0 });
        expect(woken()).to.deep.equal([]);
    });

    it("ends with time to spare, and leaves the rest to the next run", async () => {
        const many = Array.from({ length: 120 }, (_, index) => overdue(`evt_${index}`, 20, { dueShard: "0" }));
        await database.putAll("deliveries", many);

        expect(await run(4000)).to.deep.equal({ overdue: 100, woken: 100, failed: 0 });
        expect(await run()).to.deep.equal({ overdue: 20, woken: 20, failed: 0 });
    });

    it("does not count deliveries that the queue refused, and finds them again later", async () => {
        await put("evt_1", 20);
        await put("evt_2", 20);
        takeBatches(aws, (body) => body.includes("evt_2"));

        expect(await run()).to.deep.equal({ overdue: 2, woken: 1, failed: 1 });
        expect(reconcile.log.at(-1)).to.include({ notDone: "DeliveryNotWoken", failed: 1 });
    });

    it("fails when the table cannot be read, so that the alarm sees it", async () => {
        aws.answers("Query", () => new Refusal("AccessDeniedException"));

        const failure = await run().catch(String);

        expect(String(failure)).to.contain("AccessDeniedException");
        expect(reconcile.log.at(-1)).to.include({ level: "error" });
    });
});
