import { expect } from "chai";
import fc from "fast-check";
import { type Product, reservationFor } from "../../runtime/orderIntake/reservation.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, meta, orderReceivedEvent } from "./support/events.ts";
import { Callback, started, startedAws, startedCallback } from "./support/started.ts";

describe("inventory: order.received.v1 to the stock", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const inventory = startedCallback(aws, "orderIntake/inventory");
    let count = 0;

    const stockOf = async (productId: string) => (await database.get("products", { productId }))?.["stock"];
    const effectOf = (orderId: string) => database.get("effects", { orderId, effect: "reservation" });
    const line = (productId: string, quantity: number) => ({
        productId,
        productName: `Name of ${productId}`,
        quantity,
    });
    function order(...items: (string | object)[]) {
        const orderId = `order-${++count}`;
        return { orderId, event: orderReceivedEvent({ ...cartBody, orderId, items, lines: [], meta }) };
    }
    beforeEach(async () => {
        const product = { name: "x", price: 1299, currency: "usd" };
        await database.put("products", { ...product, productId: "cleaner", stock: 100 });
        await database.put("products", { ...product, productId: "soap", stock: 5 });
        await database.put("products", { ...product, productId: "mop", stock: 0 });
        await database.put("products", { ...product, productId: "guide", digital: true });
    });
    it("takes all lines out of the stock, records it and publishes an event", async () => {
        const { orderId, event } = order(line("cleaner", 2), line("soap", 5), "Widget A");

        await inventory.invoke(event);

        expect(await stockOf("cleaner")).to.equal(98);
        expect(await stockOf("soap")).to.equal(0);
        const lines = [
            { productId: "cleaner", name: "Name of cleaner", quantity: 2 },
            { productId: "soap", name: "Name of soap", quantity: 5 },
        ];
        const untracked = [{ name: "Widget A", quantity: 1 }];
        expect(await effectOf(orderId)).to.deep.include({ outcome: { status: "reserved", lines, untracked } });
        expect((await effectOf(orderId))?.["doneAt"]).to.be.a("string");
        expect(aws.published()).to.deep.equal([
            {
                EventBusName: "order-bus",
                Source: "order.intake",
                DetailType: "inventory.reserved.v1",
                detail: { orderId, lines, untracked, meta },
            },
        ]);
        // The bus keeps the seconds of an event's time only.
        expect(JSON.stringify(aws.inputs("PutEvents"))).to.match(/occurredAt\W+[\d-]+T[\d:]+\.\d{3}Z/);
    });

    it("turns the checkout's hold into the reservation, once, and takes nothing more from the stock", async () => {
        const { orderId, event } = order(line("mop", 2), line("guide", 1));
        const held = { status: "held", lines: [{ productId: "mop", quantity: 2 }] };
        await database.put("effects", { orderId, effect: "reservation", outcome: held });

        await Promise.allSettled([inventory.invoke(event), inventory.invoke(event)]);
        await inventory.invoke(event);

        expect(await stockOf("mop")).to.equal(0);
        const lines = [
            { productId: "mop", name: "Name of mop", quantity: 2 },
            { productId: "guide", name: "Name of guide", quantity: 1 },
        ];
        const outcome = { status: "reserved", lines, untracked: [], uncounted: ["guide"] };
        expect(await effectOf(orderId)).to.deep.include({ outcome });
        expect(aws.published().map(({ DetailType }) => DetailType)).to.deep.equal(["inventory.reserved.v1"]);
    });

    it("adds what it takes over from a counted hold to the product's reserved pieces, once", async () => {
        await database.clear("stock");
        const { orderId, event } = order(line("soap", 2), line("soap", 1));
        const held = { status: "held", lines: [{ productId: "soap", quantity: 3 }], isCounted: true };
        await database.put("effects", { orderId, effect: "reservation", outcome: held });

        await Promise.allSettled([inventory.invoke(event), inventory.invoke(event)]);
        await inventory.invoke(event);

        expect(await stockOf("soap")).to.equal(5);
        expect(await database.all("stock")).to.deep.equal([{ productId: "soap", entry: "reserved", pieces: 3 }]);
        expect(await effectOf(orderId)).to.deep.nested.include({ "outcome.status": "reserved" });
    });

    it("finds a deleted product short, and no less than none of one that was counted too low", async () => {
        await database.put("products", { productId: "soap", stock: 9, deletedAt: "2026-11-20T10:11:12.000Z" });
        await database.put("products", { productId: "mop", name: "x", prices: { usd: 1 }, stock: -2 });
        const { orderId, event } = order(line("soap", 1), line("mop", 1));

        await inventory.invoke(event);

        const short = ["soap", "mop"].map((productId) => ({
            productId,
            name: `Name of ${productId}`,
            quantity: 1,
            available: 0,
        }));
        expect(await effectOf(orderId)).to.deep.nested.include({ "outcome.short": short });
        expect(await stockOf("soap")).to.equal(9);
    });

    it("never finds a digital product short", async () => {
        const { event } = order(line("guide", 10_000));

        await inventory.invoke(event);

        expect(aws.published()[0]?.DetailType).to.equal("inventory.reserved.v1");
        expect(await stockOf("guide")).to.equal(undefined);
    });

    it("reserves nothing when one line is short, records the short lines and publishes an event", async () => {
        const { orderId, event } = order(line("cleaner", 1), line("mop", 1), line("unknown", 2));

        await inventory.invoke(event);

        expect(await stockOf("cleaner")).to.equal(100);
        const short = [
            { productId: "mop", name: "Name of mop", quantity: 1, available: 0 },
            { productId: "unknown", name: "Name of unknown", quantity: 2, available: 0 },
        ];
        expect(await effectOf(orderId)).to.deep.nested.include({
            "outcome.status": "shortage",
            "outcome.short": short,
        });
        expect(aws.published()).to.have.length(1);
        expect(aws.published()[0]).to.deep.nested.include({
            DetailType: "inventory.shortage.v1",
            "detail.short": short,
        });
    });

    it("reserves and publishes once although the event arrives twenty times at once, and again", async () => {
        const { event } = order(line("cleaner", 1));

        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => inventory.invoke(event)));
        await inventory.invoke(event);

        expect(await stockOf("cleaner")).to.equal(99);
        expect(aws.published()).to.have.length(1);
        for (const outcome of outcomes) {
            if (outcome.status === "rejected") expect(outcome.reason.name).to.equal("StepInProgressError");
        }
    });

    it("publishes again only when the first try died before publishing, and does not reserve again", async () => {
        const { orderId, event } = order(line("cleaner", 3));
        const dying = new Callback(aws, "orderIntake/inventory");
        await dying.start();
        const publishing = Promise.withResolvers<void>();
        aws.answers("PutEvents", () => {
            publishing.resolve();
            return new Promise<never>(() => undefined);
        });
        const lost = dying.invoke(event, { remainingMs: 0 }).catch((error: Error) => error.message);
        await publishing.promise;
        await dying.kill();
        aws.reset();
        expect(await lost).to.equal("the function's process ended");

        // Its claim ends a second after its time was over.
        let said: unknown;
        do {
            said = await inventory.invoke(event).catch((error: Error) => error.name);
        } while (said === "StepInProgressError");

        expect(await stockOf("cleaner")).to.equal(97);
        expect(aws.published()).to.have.length(1);
        expect(aws.published()[0]?.detail.orderId).to.equal(orderId);
    });

    it("never reserves more than the stock for orders at the same moment", async () => {
        const orders = Array.from({ length: 12 }, () => order(line("soap", 1), line("cleaner", 1)));

        await Promise.all(orders.map(({ event }) => inventory.invoke(event)));

        const types = aws.published().map(({ DetailType }) => DetailType);
        expect(types.filter((type) => type === "inventory.reserved.v1")).to.have.length(5);
        expect(types.filter((type) => type === "inventory.shortage.v1")).to.have.length(7);
        expect(await stockOf("soap")).to.equal(0);
        expect(await stockOf("cleaner")).to.equal(95);
    });

    it("tries again when another transaction is in the way", async () => {
        const { event } = order(line("cleaner", 1));
        let tries = 0;
        aws.answers("TransactWriteItems", () => {
            tries += 1;
            const reasons = { CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }] };
            return tries < 3 ? new Refusal("TransactionCanceledException", 400, reasons) : undefined;
        });

        await inventory.invoke(event);

        expect(tries).to.equal(3);
        expect(await stockOf("cleaner")).to.equal(99);
    });

    it("fails when other transactions are always in the way, so that the event is retried later", async () => {
        const { event } = order(line("cleaner", 1));
        const reasons = { CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }] };
        aws.answers("TransactWriteItems", () => new Refusal("TransactionCanceledException", 400, reasons));

        const failure = await inventory.invoke(event).catch((error: Error) => error.name);
        aws.reset();
        await inventory.invoke(event);

        expect(failure).to.equal("StockContendedError");
        expect(await stockOf("cleaner")).to.equal(99);
    });

    it("fails at once for an error that a retry cannot cure", async () => {
        const { event } = order(line("cleaner", 1));
        const reasons = { CancellationReasons: [{ Code: "None" }, { Code: "ValidationError" }] };
        aws.answers("TransactWriteItems", () => new Refusal("TransactionCanceledException", 400, reasons));

        const failure = await inventory.invoke(event).catch((error: Error) => error.name);

        expect(failure).to.equal("TransactionCanceledException");
        expect(aws.inputs("TransactWriteItems")).to.have.length(1);
    });

    it("fails when the bus refuses the event inside a successful call, and publishes it at the retry", async () => {
        const { event } = order(line("cleaner", 1));
        aws.answers("PutEvents", () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] }));

        const failure = await inventory.invoke(event).catch((error: Error) => error.name);
        aws.reset();
        await inventory.invoke(event);

        expect(failure).to.equal("PublishError");
        expect(aws.published()).to.have.length(1);
        expect(await stockOf("cleaner")).to.equal(99);
    });

    it("reads products that DynamoDB left out of its first answer", async () => {
        const { event } = order(line("cleaner", 1), line("soap", 1));
        aws.answers("BatchGetItem", () => {
            aws.answers("BatchGetItem", () => undefined);
            const keys = [{ productId: { S: "cleaner" } }, { productId: { S: "soap" } }];
            return { Responses: { products: [] }, UnprocessedKeys: { products: { Keys: keys } } };
        });

        await inventory.invoke(event);

        expect(aws.published()[0]?.DetailType).to.equal("inventory.reserved.v1");
    });
});

describe("a reservation", () => {
    const products: Product[] = [{ productId: "a", stock: 10 }, { productId: "b", stock: 0 }, { productId: "c" }];
    const lines = fc.array(
        fc.record(
            {
                productId: fc.constantFrom("a", "b", "c", "d"),
                name: fc.string(),
                quantity: fc.integer({ min: 1, max: 8 }),
            },
            { requiredKeys: ["name", "quantity"] },
        ),
        { maxLength: 8 },
    );

    it("accounts for every line, and is a shortage exactly when a product has too little", () => {
        fc.assert(
            fc.property(lines, (ordered) => {
                const { status, lines: wanted, untracked, short } = reservationFor(ordered, products);
                const total = (each: readonly { quantity: number }[]) =>
                    each.reduce((sum, { quantity }) => sum + quantity, 0);
                const of = (id: string) => total(ordered.filter(({ productId }) => productId === id));

                expect(total(wanted) + total(untracked)).to.equal(total(ordered));
                const shortIds = ["a", "b", "d"].filter((id) => of(id) > (id === "a" ? 10 : 0));
                expect(status).to.equal(shortIds.length > 0 ? "shortage" : "reserved");
                expect(short?.map(({ productId }) => productId) ?? []).to.have.members(shortIds);
            }),
        );
    });
});
