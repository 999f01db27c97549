import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import fc from "fast-check";
import { ProductStore } from "../../../runtime/catalog/productStore.ts";
import { PaymentOutcomeUnknownError } from "../../../runtime/checkoutSessions/payment/payment.ts";
import { LeaseLostError } from "../../../runtime/checkoutSessions/session/completionStore.ts";
import { orderIdOf } from "../../../runtime/checkoutSessions/session/order.ts";
import type { Reservation } from "../../../runtime/orderIntake/reservation.ts";
import { Stock } from "../../../runtime/orderIntake/stock.ts";
import { Idempotency, StepInProgressError } from "../../../runtime/shared/idempotency.ts";
import type { StockHold } from "../../../runtime/shared/stockHold.ts";
import { isProof } from "../../proof.ts";
import {
    authenticated,
    Checkout,
    conflicting,
    expectSound,
    guide,
    intercepted,
    ProcessGone,
    payingWith,
    readyCart,
    sell,
} from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { started } from "../support/started.ts";
import { Turns } from "../support/turns.ts";

const runs = isProof ? 300 : 10;
const minute = 60_000;
const stock = 5;
const codeLimit = 2;

const tokens = ["spt_success", "spt_success", "spt_timeout", "spt_declined", "spt_3ds", "spt_down"] as const;

/** An actor with a session of its own, or a client of the order API. */
interface Buyer {
    readonly kind: "agent" | "client";
    readonly pieces: number;
    readonly hasCode: boolean;
    readonly token: (typeof tokens)[number];
    /** Its process ends after so many calls to the database. @default never */
    readonly diesAfter: number | undefined;
    /** Whether it asks again by the same key. */
    readonly retries: boolean;
    /** Whether the settlement comes meanwhile. */
    readonly isSettled: boolean;
    /** Which of its transactions conflict with others' at first. */
    readonly conflicts: readonly boolean[];
    /** What the merchant counts and sets the stock to, among the buyers' steps. @default nothing */
    readonly counts: number | undefined;
}

const buyer: fc.Arbitrary<Buyer> = fc.record({
    kind: fc.constantFrom("agent", "agent", "agent", "client"),
    pieces: fc.integer({ min: 1, max: 3 }),
    hasCode: fc.boolean(),
    token: fc.constantFrom(...tokens),
    diesAfter: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    retries: fc.boolean(),
    isSettled: fc.boolean(),
    conflicts: fc.array(fc.boolean(), { maxLength: 4 }),
    counts: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 3, nil: undefined }),
});

/** A shop with one product of limited stock and one code of limited use, both this run's own. */
class Run {
    readonly #database: Database;
    readonly #turns: Turns;
    readonly #product = `product-${randomUUID()}`;
    readonly #code = `CODE-${randomUUID()}`.toUpperCase();
    readonly #orders = new Set<string>();
    /** Pieces that there are, in orders and outside, by the last count: at most and at least. */
    #pieces = { atMost: stock, atLeast: stock };
    readonly #sessions: { readonly id: string; readonly hasCode: boolean; readonly pieces: number }[] = [];

    constructor(database: Database, picks: () => number) {
        this.#database = database;
        this.#turns = new Turns(picks, () => this.expectNothingLost());
    }

    async play(buyers: readonly Buyer[]): Promise<void> {
        await sell(
            this.#database,
            { ...guide, productId: this.#product, stock },
            { code: this.#code, name: "A code", amountOff: 100, usageLimit: codeLimit },
        );
        const actors = [];
        for (const buyer of buyers) {
            actors.push(...(await this.#actorsOf(buyer)));
            const { counts } = buyer;
            if (counts !== undefined) actors.push(() => this.#count(counts));
        }
        await this.#turns.play(actors, expectPassing);
        await this.#recover();
        await this.#expectEnd();
    }

    async #actorsOf(buyer: Buyer): Promise<(() => Promise<void>)[]> {
        if (buyer.kind === "client") {
            const orderId = `order-${randomUUID()}`;
            return [() => this.#reserve(orderId, buyer.pieces, this.#mortal(buyer))];
        }
        const { pieces, hasCode, token } = buyer;
        const { id } = await new Checkout(this.#database.client).created({
            ...readyCart,
            line_items: [{ id: this.#product, quantity: pieces }],
            ...(hasCode && { discounts: { codes: [this.#code] } }),
        });
        this.#sessions.push({ id, hasCode, pieces });
        this.#orders.add(orderIdOf(id));
        const key = randomUUID();
        const body = payingWith(token, { authentication_result: authenticated });
        const buy = async () => {
            await new Checkout(this.#mortal(buyer)).complete(id, token === "spt_3ds" ? payingWith(token) : body, {
                key,
            });
            if (!buyer.retries) return;
            await new Checkout(this.#mortal({ ...buyer, diesAfter: undefined })).complete(id, body, { key });
        };
        const settle = async () => {
            await this.#later.settle(id);
        };
        return buyer.isSettled ? [buy, settle] : [buy];
    }

    /** The order intake's reservation of an order, as `inventory` makes it. */
    async #reserve(orderId: string, quantity: number, client: DynamoDBDocumentClient): Promise<void> {
        this.#orders.add(orderId);
        const idempotency = new Idempotency(client, "effects", 0, () => Date.now());
        const lines = [{ productId: this.#product, name: "A product", quantity }];
        const lease = { holder: randomUUID(), ms: 1 };
        const key = { orderId, step: "reservation" };
        await idempotency.runOnce<Reservation, StockHold>(key, lease, (claim) =>
            new Stock(client, { products: "products", stock: "stock" }).reserve(lines, claim),
        );
    }

    /** The merchant sets the stock to what lies outside of orders. What becomes an order meanwhile may be counted, too. */
    async #count(count: number): Promise<void> {
        let orderedBefore = 0;
        const client = intercepted(this.#database, (command, send, input) =>
            this.#turns.take(async () => {
                const { TableName } = input as { readonly TableName?: string };
                if (command === "GetItemCommand" && TableName === "stock")
                    orderedBefore = (await this.#inOrders()).reserved;
                const output = await send();
                const { reserved } = await this.#inOrders();
                if (command === "UpdateItemCommand") {
                    this.#pieces = { atMost: count + reserved, atLeast: count + orderedBefore };
                }
                return output;
            }),
        );
        const products = new ProductStore(client, { products: "products", stock: "stock" });
        const change = { correlationId: randomUUID(), now: Date.now() };
        const set = await products.setStock(this.#product, count, change);
        if (!("product" in set)) expect.fail(JSON.stringify(set));
    }

    /** A process whose calls take turns with those of others, and which may end or conflict. */
    #mortal({ diesAfter = Number.POSITIVE_INFINITY, conflicts }: Buyer): DynamoDBDocumentClient {
        let calls = 0;
        const open = [...conflicts];
        return intercepted(this.#database, async (command, send, input) => {
            calls += 1;
            if (calls > diesAfter) throw new ProcessGone();
            const { TransactItems: items = [] } = input as { readonly TransactItems?: readonly unknown[] };
            const output = await this.#turns.take(async () => {
                if (command === "TransactWriteItemsCommand" && items.length > 2 && open.shift())
                    throw conflicting(items.length, items.length - 1);
                return await send();
            });
            if (calls >= diesAfter) throw new ProcessGone();
            return output;
        });
    }

    /** A process without faults, when all leases are over. */
    get #later(): Checkout {
        const client = intercepted(this.#database, (_, send) => this.#turns.take(send));
        return new Checkout(client, { now: () => Date.now() + minute });
    }

    /** All settlements come, and then each order twice. */
    async #recover(): Promise<void> {
        for (const { id } of this.#sessions) {
            for (let time = 1; time <= 2; time += 1) await this.#later.settle(id).catch(expectPassing);
        }
        for (const { id, pieces } of this.#sessions) {
            const { last } = await expectSound(this.#database, id);
            if (last?.session.status !== "completed") continue;
            for (let time = 1; time <= 2; time += 1) {
                await this.#reserve(orderIdOf(id), pieces, this.#database.client);
            }
        }
    }

    /** Pieces by the state of the reservations that contain them. */
    async #inOrders(): Promise<{ readonly held: number; readonly reserved: number }> {
        const sums = { held: 0, reserved: 0 };
        for (const { orderId, outcome } of await this.#database.all("effects")) {
            const { status, lines = [] } = (outcome ?? {}) as Partial<StockHold | Reservation>;
            if (!this.#orders.has(String(orderId)) || (status !== "held" && status !== "reserved")) continue;
            for (const { quantity } of lines) sums[status] += quantity;
        }
        return sums;
    }

    /** What has left the stock is in a reservation, and nothing was sold that is not there. */
    async expectNothingLost(): Promise<void> {
        const { held, reserved } = await this.#inOrders();
        const left = Number((await this.#database.get("products", { productId: this.#product }))?.["stock"]);
        expect(left + held + reserved, "pieces").to.be.within(this.#pieces.atLeast, this.#pieces.atMost);
    }

    async #expectEnd(): Promise<void> {
        await this.expectNothingLost();
        const ends = await Promise.all(
            this.#sessions.map(async (session) => {
                const { last } = await expectSound(this.#database, session.id);
                return { ...session, state: last ?? expect.fail("no session") };
            }),
        );
        const open = ends.filter(({ state }) => state.session.status === "complete_in_progress");
        const { held } = await this.#inOrders();
        expect(held, "held pieces").to.equal(open.reduce((sum, { pieces }) => sum + pieces, 0));
        const isUsing = ({ state }: (typeof ends)[number]) =>
            state.session.discounts?.applied?.some(({ amount }) => amount > 0) ?? false;
        const isSold = ({ state }: (typeof ends)[number]) =>
            ["completed", "complete_in_progress"].includes(state.session.status);
        const { timesRedeemed = 0 } = (await this.#database.get("discounts", { code: this.#code })) ?? {};
        expect(timesRedeemed, "uses of the code").to.equal(ends.filter((end) => isSold(end) && isUsing(end)).length);
        expect(timesRedeemed).to.be.at.most(codeLimit);
    }
}

function expectPassing(error: unknown): void {
    const passing = [ProcessGone, LeaseLostError, PaymentOutcomeUnknownError, StepInProgressError];
    if (!passing.some((kind) => error instanceof kind)) throw error;
}

describe("stock and discount codes that completions and orders compete for", () => {
    const database = started(new Database());

    it("are neither lost nor given twice, however their steps interleave, conflict and end early", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(buyer, { minLength: 2, maxLength: 5 }),
                fc.infiniteStream(fc.nat()),
                async (buyers, picks) => {
                    await database.clear("effects");
                    const next = () => picks.next().value;
                    await new Run(database, next).play(buyers);
                },
            ),
            { numRuns: runs },
        );
    }).timeout(240_000 + 3000 * runs);
});
