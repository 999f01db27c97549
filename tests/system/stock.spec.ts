import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { charges, effectsIn, itemOf, stockOf, storedVersions } from "./effects.ts";
import { Embedded, endAll, eventually } from "./embedded.ts";
import { Agent, cart, FunctionFailedError, letLeasesRunOut, payment, type Reply } from "./shopping.ts";

const buyers = 20;
const atATime = 8;
const pieces = 5;
/** As long a client tries, and as long the system may take to come to rest. */
const patienceMs = 120_000;

describe("twenty buyers of five pieces, and of five uses of a discount code, while calls fail and answers are lost", () => {
    let embedded: Embedded;
    let agent: Agent;

    before(async () => {
        embedded = await Embedded.start({ environment: { LOCAL_FAULTS: "5", LOCAL_WAIT_FACTOR: "0.01" } });
        agent = new Agent(embedded.url);
    });
    after(endAll);

    it("are five charges, five orders and no stock; the others are told before anything is charged", async () => {
        await put("catalog-products-dev", { ...product("scarce"), stock: pieces });

        const sales = await sell({ ...cart, line_items: [{ id: "scarce" }] });

        await expectFiveSales(sales);
        expect(await stockOf(embedded, "scarce")).to.equal(0);
        for (const { session } of sales.told) {
            expect(session.status).to.equal("not_ready_for_payment");
            expect(session.messages[0]).to.include({ type: "error", code: "out_of_stock" });
        }
    });

    it("are five charges, five orders and five uses; the others are shown the full price first", async () => {
        await put("catalog-products-dev", product("plenty"));
        const code = { code: "FIVE", name: "For the first five", amountOff: 100, usageLimit: pieces };
        await put("catalog-discounts-dev", code);

        const sales = await sell({ ...cart, line_items: [{ id: "plenty" }], discounts: { codes: ["FIVE"] } });

        await expectFiveSales(sales);
        expect(await itemOf(embedded, "catalog-discounts-dev", { code: "FIVE" })).to.include({ timesRedeemed: pieces });
        for (const { session } of sales.told) {
            expect(session.status).to.equal("ready_for_payment");
            expect(session.discounts?.rejected?.[0]?.reason).to.equal("discount_code_usage_limit_reached");
        }
    });

    interface Sales {
        readonly sessionIds: readonly string[];
        /** The answers that sold nothing. */
        readonly told: readonly Reply[];
    }

    /** All have a session before the first completes. Every fourth one's answer is lost, and it does not come back. */
    async function sell(body: object): Promise<Sales> {
        const sessionIds: string[] = [];
        const told: Reply[] = [];
        await each(buyers, async () => {
            const { session } = await persist((key) => agent.create(body, key));
            sessionIds.push(session.id);
        });
        await each(buyers, async (number) => {
            const id = sessionIds[number] ?? "";
            if (number % 4 === 3) {
                await agent.complete(id, payment("spt_timeout")).catch(ignoreFailedFunction);
                return;
            }
            const reply = await persist((key) => agent.complete(id, payment("spt_success"), key));
            if (reply.session.status !== "completed") told.push(reply);
        });
        return { sessionIds, told };
    }

    /** Waits for the settlements and for the orders. */
    async function expectFiveSales({ sessionIds, told }: Sales): Promise<void> {
        const ofThese = <Item extends { readonly sessionId: string }>(items: readonly Item[]) =>
            items.filter(({ sessionId }) => sessionIds.includes(sessionId));
        await eventually(async () => {
            // Those of processes that were ended.
            await letLeasesRunOut(embedded);
            const { held, orders, recorded } = await effectsIn(embedded);
            expect(held, "held").to.deep.equal([]);
            const paid = ofThese(await charges(embedded));
            expect(paid, "charges").to.have.length(pieces);
            const placed = paid.map(({ orderId }) => orderId).filter((orderId) => orders.has(orderId));
            expect(placed, "orders").to.have.length(pieces);
            for (const orderId of placed) {
                const outcomes = recorded.get(orderId)?.filter(({ effect }) => effect === "reservation");
                expect(
                    outcomes?.map(({ outcome }) => outcome),
                    orderId,
                ).to.have.nested.property("[0].status", "reserved");
            }
            const statuses = await lastStatuses(sessionIds);
            expect(statuses.filter((status) => status === "completed")).to.have.length(pieces);
            expect(statuses).not.to.include("complete_in_progress");
        }, patienceMs);
        expect(new Set(ofThese(await charges(embedded)).map(({ sessionId }) => sessionId)).size).to.equal(pieces);
        expect(told.length, "buyers who were told").to.be.at.least(buyers - pieces - buyers / 4);
    }

    async function lastStatuses(sessionIds: readonly string[]): Promise<unknown[]> {
        const versions = Map.groupBy(await storedVersions(embedded), ({ SessionId }) => SessionId);
        return sessionIds.map(
            (id) =>
                versions
                    .get(id)
                    ?.sort((one, other) => one.Version - other.Version)
                    .at(-1)?.Status,
        );
    }

    /** Asks by one key until it is answered with a session. */
    async function persist(ask: (headers: { readonly "idempotency-key": string }) => Promise<Reply>): Promise<Reply> {
        const key = { "idempotency-key": randomUUID() };
        const deadline = Date.now() + patienceMs;
        for (;;) {
            const reply = await ask(key).catch(ignoreFailedFunction);
            if (reply === undefined) continue;
            if (reply.status < 300) return reply;
            const { code } = reply.error;
            expect(code, reply.text).to.be.oneOf(["service_unavailable", "idempotency_in_flight", "version_conflict"]);
            if (code === "idempotency_in_flight") await letLeasesRunOut(embedded);
            if (Date.now() > deadline) throw new Error(`not answered: ${reply.text}`);
        }
    }

    const product = (productId: string) => ({
        productId,
        name: "Licence",
        price: 1000,
        currency: "usd",
        digital: true,
    });

    async function put(TableName: string, Item: Record<string, unknown>): Promise<void> {
        const { dynamo } = embedded.clients();
        await dynamo.send(new PutCommand({ TableName, Item }));
        dynamo.destroy();
    }
});

/** A function may time out on a busy machine. */
function ignoreFailedFunction(error: unknown): undefined {
    if (!(error instanceof FunctionFailedError)) throw error;
}

/** Does a thing for each number below `count`, some at the same time. */
async function each(count: number, work: (number: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async () => {
        while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: atATime }, worker));
}
