import { randomUUID } from "node:crypto";
import { expect } from "chai";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentUnavailableError,
} from "../../../runtime/checkoutSessions/payment/payment.ts";
import { Sandbox } from "../../../runtime/checkoutSessions/payment/sandbox/sandbox.ts";
import { isProof } from "../../proof.ts";
import {
    type Answer,
    authenticated,
    Checkout,
    expectSound,
    guide,
    held,
    mortal,
    ProcessGone,
    payingWith,
    readyCart,
    sell,
    short,
    traceOf,
} from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { started } from "../support/started.ts";

const minute = 60_000;
const later = (milliseconds: number) => () => Date.now() + milliseconds;

/** The result of a completion with each token, when the client retries until it has an answer. */
const ends = {
    spt_success: "200 completed",
    spt_timeout: "200 completed",
    spt_3ds: "200 authentication_required",
    spt_declined: "200 ready_for_payment",
    spt_down: "503 service_unavailable",
} as const;
/** All of them in `npm run proof`; `npm test` sees the one that is sold, and the one whose answer is lost. */
const tokens: readonly (keyof typeof ends)[] = isProof
    ? ["spt_success", "spt_timeout", "spt_3ds", "spt_declined", "spt_down"]
    : ["spt_success", "spt_timeout"];

/** The call that writes the first version of a completion; the ones before read. */
const begin = 3;

describe("a completion whose process dies", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    /** A process without faults, when the lease of the one that ended is over. */
    const next = () => new Checkout(database.client, { now: later(minute) });

    /** A session that takes the last use of a discount code of its own. */
    async function session(): Promise<{ readonly id: string; redeemed(): Promise<number> }> {
        const code = `LAST-${randomUUID()}`.toUpperCase();
        await sell(database, { code, name: "The last one", amountOff: 100, usageLimit: 1 });
        const { id, totals } = await new Checkout(database.client).created({
            ...readyCart,
            discounts: { codes: [code] },
        });
        expect(totals.find(({ type }) => type === "items_discount")?.amount).to.equal(100);
        const redeemed = async () => Number((await database.get("discounts", { code }))?.["timesRedeemed"] ?? 0);
        return { id, redeemed };
    }

    /** Asks with the same key until there is an answer that will not change, at most three times. */
    async function persist(id: string, token: string, key: string): Promise<Answer> {
        for (let time = 1; ; time += 1) {
            const answer = await next().complete(id, payingWith(token), { key });
            if (answer.status < 500 || time === 3) return answer;
        }
    }

    /** What must hold once the client has its answer; then buys what could not be bought so far. */
    async function expectOneSale(
        { id, redeemed }: Awaited<ReturnType<typeof session>>,
        token: keyof typeof ends,
        key: string,
        answer: Answer,
    ): Promise<void> {
        expect(short(answer)).to.equal(ends[token]);
        const { last } = await expectSound(database, id);
        const { status } = last?.session ?? expect.fail("no session");
        const isTaken = status === "completed" || status === "complete_in_progress";
        expect(await redeemed(), `uses of the code, ${status}`).to.equal(isTaken ? 1 : 0);
        if (answer.status === 200) {
            const again = await next().complete(id, payingWith(token), { key });
            expect(again).to.deep.include({ status: 200, isReplay: true, json: answer.json });
        }
        if (status === "ready_for_payment" || status === "authentication_required") {
            const body = payingWith("spt_success", { authentication_result: authenticated });
            expect(short(await next().complete(id, body))).to.equal("200 completed");
            await expectSound(database, id);
            expect(await redeemed()).to.equal(1);
        }
    }

    for (const token of tokens) {
        /**
         * Lets a completion end after each of its calls to the database, which is before the next one, and does the same
         * with each session then.
         */
        async function afterEachCall(
            from: number,
            then: (of: Awaited<ReturnType<typeof session>>, key: string) => Promise<void>,
        ) {
            for (let call = from; ; call += 1) {
                const of = await session();
                const process = mortal(database, call);
                const key = randomUUID();
                await new Checkout(process.client)
                    .complete(of.id, payingWith(token), { key })
                    .catch((error: unknown) => expect(error).to.be.instanceOf(ProcessGone));
                if (process.calls() < call) {
                    expect(call, "calls of a completion").to.be.greaterThan(begin + 2);
                    return;
                }
                await then(of, key).catch((cause: unknown) => {
                    throw new Error(`call ${call}: ${cause instanceof Error ? cause.message : cause}`, { cause });
                });
            }
        }

        it(`after any of its calls is finished once by the client's retry: ${token}`, async () => {
            // Reading comes first, and is the same for all.
            await afterEachCall(token === "spt_success" ? 1 : begin - 1, async (of, key) => {
                await expectOneSale(of, token, key, await persist(of.id, token, key));
            });
        });

        // The other two end as these do.
        if (token === "spt_timeout" || token === "spt_declined") continue;
        it(`after any of its calls is finished once without the client: ${token}`, async () => {
            await afterEachCall(begin - 1, async (of, key) => {
                for (let time = 1; time <= 2; time += 1) await next().settle(of.id).catch(expectPaymentError);
                const { last, taken } = await expectSound(database, of.id);
                // Without the provider it is unknown whether it was charged before the process ended.
                if (token !== "spt_down") expect(last?.session.status).not.to.equal("complete_in_progress");
                if (last?.session.status === "ready_for_payment") expect(taken).to.deep.equal([]);

                await expectOneSale(of, token, key, await persist(of.id, token, key));
            });
        });
    }

    it("ends once although its successor ends as well, at whatever calls", async () => {
        for (const [first, second] of [
            [5, 1],
            [5, 3],
            [6, 2],
            [6, 3],
            [6, 4],
            [7, 4],
            [7, 5],
        ] as const) {
            const of = await session();
            const key = randomUUID();
            const expired = (time: number) => ({ now: later(time * minute) });
            for (const [time, call] of [first, second].entries()) {
                const process = mortal(database, call);
                const checkout = new Checkout(process.client, expired(time));
                await checkout.complete(of.id, payingWith("spt_success"), { key }).catch(() => undefined);
            }
            const last = new Checkout(database.client, expired(2));
            const answer = await last.complete(of.id, payingWith("spt_success"), { key });

            await expectOneSale(of, "spt_success", key, answer);
        }
    });

    it("belongs to its process until the lease ends: a retry receives 409", async () => {
        const of = await session();
        const key = randomUUID();
        const process = mortal(database, 5);
        await new Checkout(process.client, { leaseMs: 9_500 })
            .complete(of.id, payingWith("spt_success"), { key })
            .catch(() => undefined);

        const early = await new Checkout(database.client).complete(of.id, payingWith("spt_success"), { key });
        expect(short(early)).to.equal("409 idempotency_in_flight");
        expect(Number(early.headers["retry-after"])).to.be.within(1, 2);
        expect(await new Checkout(database.client).settle(of.id)).to.equal(undefined);

        await expectOneSale(of, "spt_success", key, await persist(of.id, "spt_success", key));
    });

    it("is remembered as long as who began it remembers, also where the settlement finishes it", async () => {
        const of = await session();
        const platform = new Checkout(mortal(database, 5).client, { leaseMs: -1, keptHours: 48 });
        await platform.complete(of.id, payingWith("spt_success")).catch(() => undefined);
        expect((await next().settle(of.id))?.session.status).to.equal("completed");
        const records = (await database.all("idempotency")).filter((item) => JSON.stringify(item).includes(of.id));
        const hours = records.map(({ expiresAt }) => Math.round((Number(expiresAt) * 1000 - Date.now()) / 3_600_000));
        expect(hours).to.have.members([25, 48]);
    });

    it("is finished by the same key at once where only the provider's answer was lost", async () => {
        const of = await session();
        const key = randomUUID();
        const now = new Checkout(database.client);
        expect((await now.complete(of.id, payingWith("spt_timeout"), { key })).status).to.equal(503);

        await expectOneSale(of, "spt_timeout", key, await now.complete(of.id, payingWith("spt_timeout"), { key }));
    });

    it("is finished by the same key within the day that the provider knows the charge, and is then left to a person", async () => {
        const of = await session();
        const key = randomUUID();
        const body = payingWith("spt_timeout");
        expect((await new Checkout(database.client).complete(of.id, body, { key })).status).to.equal(503);

        for (const hours of [24, 30, 23 * 24]) {
            const tooLate = new Checkout(database.client, { now: later(hours * 60 * minute) });
            expect((await tooLate.complete(of.id, body, { key })).status).to.equal(503);
            expect((await traceOf(database, of.id)).last?.session.status).to.equal("complete_in_progress");
        }
        const muchLater = new Checkout(database.client, { now: later(22 * 60 * minute) });
        const answer = await muchLater.complete(of.id, body, { key });

        expect(short(answer)).to.equal("200 completed");
        await expectSound(database, of.id);
    });

    it("is never treated as void because the provider is unavailable when it is resumed", async () => {
        for (const resume of ["retry", "settle"] as const) {
            const of = await session();
            const key = randomUUID();
            const body = payingWith("spt_success");
            const sandbox = new Sandbox(database.client, "payments");
            const charged = new Scripted(sandbox, ["answer lost"]);
            const away = new Scripted(sandbox, ["away"]);
            const first = new Checkout(database.client, { provider: charged });
            expect((await first.complete(of.id, body, { key })).status).to.equal(503);

            const second = new Checkout(database.client, { provider: away, now: later(minute) });
            if (resume === "retry") expect((await second.complete(of.id, body, { key })).status).to.equal(503);
            else await second.settle(of.id).catch(expectPaymentError);
            expect((await traceOf(database, of.id)).last?.session.status).to.equal("complete_in_progress");
            // Treating it as void would charge twice.
            await next().complete(of.id, body);

            await expectOneSale(of, "spt_success", key, await persist(of.id, "spt_success", key));
        }
    });
});

describe("two processes that both work on one completion", () => {
    const database = started(new Database(), (own) => sell(own, guide));

    it("charge once, and the slower one learns that it has lost", async () => {
        const { provider, begun: asked, answer } = held(new Sandbox(database.client, "payments"));
        const { id } = await new Checkout(database.client).created();
        const asking = { key: randomUUID() };
        const body = payingWith("spt_success");
        const slower = new Checkout(database.client, { provider }).complete(id, body, asking);
        await asked;
        const faster = await new Checkout(database.client, { now: later(minute) }).complete(id, body, asking);
        answer();

        expect(short(faster)).to.equal("200 completed");
        expect(short(await slower)).to.equal("409 idempotency_in_flight");
        await expectSound(database, id);
        const again = await new Checkout(database.client).complete(id, body, asking);
        expect(again).to.deep.include({ status: 200, isReplay: true, json: faster.json });
    });

    it("do not undo each other: a process without its lease does not reopen the session when the provider is unavailable", async () => {
        const sandbox = new Sandbox(database.client, "payments");
        const { provider, begun: asked, answer } = held(new Scripted(sandbox, ["away"]));
        const { id } = await new Checkout(database.client).created();
        const asking = { key: randomUUID() };
        const body = payingWith("spt_success");
        const slower = new Checkout(database.client, { provider }).complete(id, body, asking);
        await asked;
        const charged = new Checkout(database.client, {
            provider: new Scripted(sandbox, ["answer lost"]),
            now: later(minute),
        });
        expect((await charged.complete(id, body, asking)).status).to.equal(503);
        answer();

        expect(short(await slower)).to.equal("409 idempotency_in_flight");
        const last = await new Checkout(database.client).complete(id, body, asking);
        expect(short(last)).to.equal("200 completed");
        await expectSound(database, id);
    });
});

/** Lets the first charges go wrong. */
class Scripted implements PaymentProvider {
    readonly #provider: PaymentProvider;
    readonly #mishaps: ("answer lost" | "away")[];

    constructor(provider: PaymentProvider, mishaps: readonly ("answer lost" | "away")[]) {
        this.#provider = provider;
        this.#mishaps = [...mishaps];
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        switch (this.#mishaps.shift()) {
            case "away":
                throw new PaymentUnavailableError("the provider is away");
            case "answer lost":
                await this.#provider.charge(charge);
                throw new PaymentOutcomeUnknownError("the answer is lost");
            case undefined:
                return await this.#provider.charge(charge);
        }
    }
}

function expectPaymentError(error: unknown): void {
    expect(error).to.satisfy(
        (thrown: unknown) => thrown instanceof PaymentUnavailableError || thrown instanceof PaymentOutcomeUnknownError,
    );
}
