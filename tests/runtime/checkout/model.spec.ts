import { randomUUID } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import type { LineItem, Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { isProof } from "../../proof.ts";
import {
    type Answer,
    authenticated,
    Checkout,
    expectSound,
    guide,
    jo,
    mug,
    payingWith,
    sell,
    short,
} from "../support/checkout.ts";
import { Model, type ModelPost } from "../support/checkoutModel.ts";
import { Database } from "../support/database.ts";
import { amountOf, sanFrancisco } from "../support/market.ts";
import { started } from "../support/started.ts";

/** Random sequences. */
const runs = isProof ? 200 : 12;

// ----- what clients, the merchant and time do

/** Lines without the prefix that makes the products of a run its own. */
type Lines = readonly { readonly id: string; readonly quantity?: number }[];

type Act =
    | {
          readonly act: "create";
          readonly lines: Lines;
          readonly hasAddress: boolean;
          readonly hasBuyer: boolean;
          readonly hasCode: boolean;
          readonly currency: string;
          readonly caller: number;
          readonly key: string | undefined;
      }
    | {
          readonly act: "update";
          readonly session: number;
          readonly lines?: Lines;
          readonly hasAddress: boolean;
          readonly isChoosing: boolean;
          readonly hasBuyer: boolean;
          readonly codes?: readonly "CODE"[];
          readonly isStranger: boolean;
          readonly key: string | undefined;
      }
    | {
          readonly act: "complete";
          readonly session: number;
          readonly token: string;
          readonly authentication?: "authenticated" | "denied";
          readonly hasBuyer: boolean;
          readonly handler: string;
          readonly isStranger: boolean;
          readonly key: string | undefined;
      }
    | {
          readonly act: "cancel";
          readonly session: number;
          readonly isStranger: boolean;
          readonly key: string | undefined;
      }
    | { readonly act: "read"; readonly session: number; readonly isStranger: boolean }
    /** Sends the latest request or one before it again, its members in another order; or with another body. */
    | { readonly act: "repeat"; readonly before: number; readonly isChanged: boolean }
    | { readonly act: "wait"; readonly hours: number }
    | { readonly act: "price"; readonly guide: number }
    | { readonly act: "stock"; readonly mugs: number };

const rarely = (odds: number) =>
    fc.oneof({ weight: odds, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const usually = <Value>(usual: Value, other: Value) => rarely(12).map((isOther) => (isOther ? other : usual));
const session = fc.nat({ max: 2 });
const key = rarely(5).map((isTaken) => (isTaken ? "again" : undefined));
const lines = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Lines>([{ id: "guide" }], [{ id: "guide", quantity: 3 }]) },
    {
        weight: 5,
        arbitrary: fc.constantFrom<Lines>(
            [{ id: "mug" }],
            [{ id: "mug", quantity: 2 }, { id: "guide" }],
            [{ id: "mug", quantity: 9 }],
            [{ id: "guide" }, { id: "mug" }],
        ),
    },
    { weight: 1, arbitrary: fc.constant<Lines>([{ id: "guide" }, { id: "nothing" }]) },
);
const isStranger = rarely(15);
const optional = { requiredKeys: [] };

const create: fc.Arbitrary<Act> = fc.record({
    act: fc.constant("create" as const),
    lines,
    hasAddress: usually(true, false),
    hasBuyer: usually(true, false),
    hasCode: fc.boolean(),
    currency: usually("usd", "eur"),
    caller: usually(0, 1),
    key,
});
const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 2, arbitrary: create },
    {
        weight: 5,
        arbitrary: fc
            .tuple(
                fc.record({
                    act: fc.constant("update" as const),
                    session,
                    hasAddress: fc.boolean(),
                    isChoosing: fc.boolean(),
                    hasBuyer: fc.boolean(),
                    isStranger,
                    key,
                }),
                fc.record(
                    {
                        lines: fc.oneof(lines, fc.constant<Lines>([])),
                        codes: fc.constantFrom<readonly "CODE"[]>([], ["CODE"]),
                    },
                    optional,
                ),
            )
            .map(([always, sometimes]) => ({ ...always, ...sometimes })),
    },
    {
        weight: 9,
        arbitrary: fc
            .tuple(
                fc.record({
                    act: fc.constant("complete" as const),
                    session,
                    token: fc.constantFrom(
                        ...["spt_success", "spt_success", "spt_timeout", "spt_timeout"],
                        ...["spt_3ds", "spt_3ds", "spt_declined", "spt_down", "spt_unheard_of"],
                    ),
                    hasBuyer: fc.boolean(),
                    handler: usually("card_tokenized", "cash"),
                    isStranger,
                    key,
                }),
                fc.record({ authentication: fc.constantFrom("authenticated" as const, "denied" as const) }, optional),
            )
            .map(([always, sometimes]) => ({ ...always, ...sometimes })),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("cancel" as const), session, isStranger, key }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("read" as const), session, isStranger: fc.boolean() }) },
    {
        weight: 9,
        arbitrary: fc.record({
            act: fc.constant("repeat" as const),
            before: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 9 }) }),
            isChanged: rarely(4),
        }),
    },
    // Sums of these are never 24 or 25 hours.
    { weight: 1, arbitrary: fc.record({ act: fc.constant("wait" as const), hours: fc.constantFrom(7, 28, 49) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("price" as const), guide: fc.constantFrom(1500, 1600) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("stock" as const), mugs: fc.constantFrom(1, 5) }) },
);

// ----- a run: the checkout and the model side by side

class Run {
    readonly #database: Database;
    readonly #model = new Model(Date.parse("2026-11-20T10:00:00Z"), guide.price);
    /** What makes products, the code and callers this run's own. */
    readonly #prefix = randomUUID();
    readonly #callers = [`${this.#prefix}-a`, `${this.#prefix}-b`];
    readonly #ids: string[] = [];
    readonly #posts: ModelPost[] = [];
    readonly #answers = new Map<number, Answer>();

    constructor(database: Database) {
        this.#database = database;
    }

    async play(acts: readonly Act[]): Promise<void> {
        await sell(
            this.#database,
            { ...mug, productId: `${this.#prefix}-mug`, stock: this.#model.mugs },
            { ...guide, productId: `${this.#prefix}-guide` },
            { code: this.#code, name: "A code", amountOff: 300, usageLimit: this.#model.code.limit },
        );
        for (const act of acts) {
            this.#model.now += 1000;
            await this.#do(act);
        }
        await this.#expectEnd();
    }

    get #code(): string {
        return `${this.#prefix}-CODE`.toUpperCase();
    }

    /** Another process each time. */
    get #checkout(): Checkout {
        return new Checkout(this.#database.client, { now: () => this.#model.now });
    }

    async #do(act: Act): Promise<void> {
        switch (act.act) {
            case "wait":
                this.#model.now += act.hours * 3_600_000;
                return;
            case "price":
                this.#model.guidePrice = act.guide;
                return await sell(this.#database, {
                    ...guide,
                    productId: `${this.#prefix}-guide`,
                    price: act.guide,
                });
            case "stock":
                this.#model.mugs = act.mugs;
                return await sell(this.#database, { ...mug, productId: `${this.#prefix}-mug`, stock: act.mugs });
            case "read":
                return await this.#read(act);
            case "repeat": {
                const post = this.#posts.at(-1 - act.before);
                return post && (await this.#post(repeated(post, act.isChanged)));
            }
            case "create": {
                const { lines, hasAddress, hasBuyer, hasCode, currency, caller, key = randomUUID() } = act;
                const body = {
                    currency,
                    capabilities: {},
                    line_items: this.#named(lines),
                    ...(hasAddress && { fulfillment_details: { address: sanFrancisco } }),
                    ...(hasBuyer && { buyer: jo }),
                    ...(hasCode && { discounts: { codes: [this.#code] } }),
                };
                return await this.#post({ route: "create", caller: this.#callers[caller] ?? "", key, body });
            }
            case "update": {
                const { lines, hasAddress, isChoosing, hasBuyer, codes } = act;
                const option = { type: "shipping" as const, option_id: "shipping_express" };
                const body = {
                    ...(lines && { line_items: this.#named(lines) }),
                    ...(hasAddress && { fulfillment_details: { address: sanFrancisco } }),
                    ...(isChoosing && {
                        selected_fulfillment_options: [{ ...option, item_ids: [`${this.#prefix}-mug`] }],
                    }),
                    ...(hasBuyer && { buyer: jo }),
                    ...(codes && { discounts: { codes: codes.map(() => this.#code.toLowerCase()) } }),
                };
                return await this.#at(act, (asked) => ({ route: "update", ...asked, body }));
            }
            case "complete": {
                const { token, handler, hasBuyer, authentication } = act;
                const { payment_data: payment } = payingWith(token);
                // Without the buyer's address the billing address would tax, and show another price first.
                const { billing_address, ...unbilled } = payment;
                const isBilled = this.#model.sessions[act.session % this.#ids.length]?.hasAddress;
                const body = {
                    payment_data: { ...(isBilled ? payment : unbilled), handler_id: handler },
                    ...(hasBuyer && { buyer: jo }),
                    ...(authentication === "authenticated" && { authentication_result: authenticated }),
                    ...(authentication === "denied" && { authentication_result: { outcome: "denied" as const } }),
                };
                return await this.#at(act, (asked) => ({ route: "complete", ...asked, body }));
            }
            case "cancel":
                return await this.#at(act, (asked) => ({ route: "cancel", ...asked, body: {} }));
        }
    }

    /** Posts to one of the sessions, if there is any yet. */
    async #at(
        act: { readonly session: number; readonly isStranger: boolean; readonly key: string | undefined },
        post: (asked: { readonly session: number; readonly caller: string; readonly key: string }) => ModelPost,
    ): Promise<void> {
        if (this.#ids.length === 0) return;
        const session = act.session % this.#ids.length;
        await this.#post(post({ session, caller: this.#callerAt(session, act), key: act.key ?? randomUUID() }));
    }

    #callerAt(session: number, { isStranger }: { readonly isStranger: boolean }): string {
        const owner = this.#model.sessions[session]?.owner ?? "";
        return isStranger ? (this.#callers.find((caller) => caller !== owner) ?? "") : owner;
    }

    async #post(post: ModelPost): Promise<void> {
        this.#posts.push(post);
        const { answered, ...expected } = this.#model.post(post);
        const answer = await this.#ask(post);
        this.#answers.set(answered, answer);
        if ("replay" in expected) {
            const first = this.#answers.get(expected.replay);
            expect({ ...answer, isReplay: first?.isReplay }, `replay of ${post.route}`).to.deep.equal(first);
            expect(answer.isReplay, `${post.route} is a replay`).to.equal(true);
            return;
        }
        expect(short(answer), post.route).to.equal(expected.answer);
        expect(answer.isReplay, `${post.route} is a replay`).to.equal(false);
        if (expected.isNew) this.#ids.push(answer.json.id ?? "");
        if (answer.status < 300) expectToAddUp(answer.json);
    }

    async #ask(post: ModelPost): Promise<Answer> {
        if (post.route === "create") return await this.#checkout.create(post.body, post);
        const id = this.#ids[post.session] ?? "";
        switch (post.route) {
            case "update":
                return await this.#checkout.update(id, post.body, post);
            case "complete":
                return await this.#checkout.complete(id, post.body, post);
            case "cancel":
                return await this.#checkout.cancel(id, post.body, post);
        }
    }

    async #read(act: { readonly session: number; readonly isStranger: boolean }): Promise<void> {
        if (this.#ids.length === 0) return;
        const session = act.session % this.#ids.length;
        const caller = this.#callerAt(session, act);
        const answer = await this.#checkout.read(this.#ids[session] ?? "", { caller });
        const shown = act.isStranger ? "404 session_not_found" : `200 ${this.#model.statusOf(session)}`;
        expect(short(answer), "read").to.equal(shown);
    }

    async #expectEnd(): Promise<void> {
        for (const [number, id] of this.#ids.entries()) {
            await this.#read({ session: number, isStranger: false });
            await this.#read({ session: number, isStranger: true });
            const { history } = await expectSound(this.#database, id);
            expect(history, `versions of session ${number}`).to.have.length(
                this.#model.sessions[number]?.versions ?? 0,
            );
        }
        const { timesRedeemed = 0 } = (await this.#database.get("discounts", { code: this.#code })) ?? {};
        expect(timesRedeemed, "uses of the code").to.equal(this.#model.code.used);
        const { stock } = (await this.#database.get("products", { productId: `${this.#prefix}-mug` })) ?? {};
        expect(stock, "mugs").to.equal(this.#model.mugs);
    }

    #named(lines: Lines) {
        return lines.map((line) => ({ ...line, id: `${this.#prefix}-${line.id}` }));
    }
}

/** The same request in other words, or another one with its key. */
function repeated(post: ModelPost, isChanged: boolean): ModelPost {
    const reordered = <Body extends object>(body: Body) =>
        Object.fromEntries(Object.entries(body).toReversed()) as Body;
    const noted = isChanged && { order_notes: "Ring twice" };
    switch (post.route) {
        case "create":
            return { ...post, body: { ...reordered(post.body), ...noted } };
        case "update":
            return { ...post, body: { ...reordered(post.body), ...noted } };
        case "complete":
            return { ...post, body: { ...reordered(post.body), ...noted } };
        case "cancel":
            return { ...post, body: isChanged ? { intent_trace: { reason_code: "other" } } : {} };
    }
}

function expectToAddUp({ totals = [], line_items: lines = [] }: Partial<Session>): void {
    const sum = (type: LineItem["totals"][number]["type"]) =>
        lines.reduce((amount, line) => amount + amountOf(line.totals, type), 0);
    const fulfillment = amountOf(totals, "fulfillment");
    expect(amountOf(totals, "subtotal")).to.equal(sum("items_base_amount") - sum("items_discount"));
    expect(amountOf(totals, "tax")).to.equal(sum("tax"));
    expect(amountOf(totals, "total")).to.equal(amountOf(totals, "subtotal") + fulfillment + amountOf(totals, "tax"));
}

describe("any sequence of requests, by two callers", () => {
    const database = started(new Database());

    it("is answered as a simple model of the checkout says", async () => {
        await fc.assert(
            fc.asyncProperty(create, fc.array(act, { maxLength: 24, size: "max" }), async (first, acts) => {
                await new Run(database).play([first, ...acts]);
            }),
            { numRuns: runs },
        );
    }).timeout(240_000 + 1000 * runs);
});
