import { randomUUID } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { readSession } from "../../../runtime/checkoutSessions/calls/read.ts";
import type { Call, Holder, Scope, Served } from "../../../runtime/checkoutSessions/domain/call.ts";
import { busy, contended } from "../../../runtime/checkoutSessions/domain/problem.ts";
import {
    type AuthenticationResult,
    type CancelRequest,
    type CompleteRequest,
    type CreateRequest,
    type ProtocolError,
    protocolVersion,
    type Session,
    type UpdateRequest,
} from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { Reason } from "../../../runtime/checkoutSessions/events/event.ts";
import type { PaymentProvider } from "../../../runtime/checkoutSessions/payment/payment.ts";
import { Sandbox } from "../../../runtime/checkoutSessions/payment/sandbox/sandbox.ts";
import type { DiscountCode, Product } from "../../../runtime/checkoutSessions/pricing/market.ts";
import { Catalog } from "../../../runtime/checkoutSessions/session/catalog.ts";
import { changeSession } from "../../../runtime/checkoutSessions/session/commit.ts";
import { completeSession, finish } from "../../../runtime/checkoutSessions/session/completion.ts";
import { CompletionStore, HoldContendedError } from "../../../runtime/checkoutSessions/session/completionStore.ts";
import { decideCreate } from "../../../runtime/checkoutSessions/session/decide.ts";
import { Holds } from "../../../runtime/checkoutSessions/session/holds.ts";
import { orderIdOf } from "../../../runtime/checkoutSessions/session/order.ts";
import { evolve, isTerminal, present, type State } from "../../../runtime/checkoutSessions/session/session.ts";
import { SessionStore } from "../../../runtime/checkoutSessions/session/store.ts";
import type { HistoryEntry } from "../../../runtime/checkoutSessions/session/versions.ts";
import { fingerprint } from "../../../runtime/shared/canonical.ts";
import { Log } from "../../../runtime/shared/log.ts";
import { TransactionContendedError } from "../../../runtime/shared/transact.ts";
import { clientAt, type Database } from "./database.ts";
import { amountOf, marketOf, merchant, regions, sanFrancisco } from "./market.ts";

// ----- what is sold, and what is asked

/** Downloaded: a session for it is ready for payment as soon as there is a buyer. */
export const guide: Product = { productId: "guide", name: "Guide", price: 1500, currency: "usd", digital: true };
export const mug: Product = { productId: "mug", name: "Mug", price: 1000, currency: "usd", stock: 1000 };
export const jo = { email: "jo@example.com", first_name: "Jo" };

export const readyCart: CreateRequest = {
    currency: "usd",
    capabilities: {},
    line_items: [{ id: guide.productId, quantity: 2 }],
    buyer: jo,
    fulfillment_details: { address: sanFrancisco },
};

export async function sell(database: Database, ...things: readonly (Product | DiscountCode)[]): Promise<void> {
    for (const thing of things) await database.put("code" in thing ? "discounts" : "products", { ...thing });
}

/** @param billing_address by default the address of the ready cart, where its download is taxed */
export function payingWith(
    token: string,
    more: Partial<CompleteRequest> = {},
    billing_address = sanFrancisco,
): CompleteRequest {
    const credential = { type: "spt", token };
    const instrument = { type: "card" as const, credential };
    return { payment_data: { handler_id: "card_tokenized", instrument, billing_address }, ...more };
}

export const authenticated: AuthenticationResult = {
    outcome: "authenticated",
    outcome_details: {
        three_ds_cryptogram: "AAIBBYNoEwAAACcKhAJkdQAAAAA=",
        electronic_commerce_indicator: "05",
        transaction_id: "f38e6948-5388-41a6-bca4-b49723c19437",
        version: "2.2.0",
    },
};

/** What the agent needs for the buyer's authentication. */
export const authenticationMetadata = {
    acquirer_details: {
        acquirer_bin: "400000",
        acquirer_country: "US",
        acquirer_merchant_id: "m",
        merchant_name: "Shop",
    },
    directory_server: "visa" as const,
};

// ----- the checkout, as one process of it

/** What a client gets. */
export interface Answer {
    readonly status: number;
    readonly isReplay: boolean;
    readonly headers: Readonly<Record<string, string>>;
    readonly json: Partial<Session> & Partial<ProtocolError>;
}

/** The caller and its key. A fresh key by default. */
export interface Asking {
    readonly caller?: string;
    readonly isMerchant?: boolean;
    readonly key?: string;
}

/**
 * A process of the checkout API over a real DynamoDB, without Lambda and HTTP around it: answers as `calls/result.ts` does.
 * Two of them share nothing but the tables.
 */
export class Checkout {
    readonly store: SessionStore;
    readonly shop: Parameters<typeof completeSession>[0];
    readonly #now: () => number;
    readonly #leaseMs: number;

    constructor(
        client: DynamoDBDocumentClient,
        { now = Date.now, provider, leaseMs = 30_000, historyDays = 0, keptHours }: CheckoutOptions = {},
    ) {
        const tables = { sessions: "sessions", idempotency: "idempotency" };
        this.store = new SessionStore(client, tables, historyDays, now, keptHours);
        const holds = new Holds({ discounts: "discounts", products: "products", effects: "effects" });
        this.shop = {
            store: this.store,
            completions: new CompletionStore(client, this.store, holds),
            catalog: new Catalog(client, { products: "products", discounts: "discounts" }),
            merchant,
            regions,
            rules: undefined,
            provider: provider ?? new Sandbox(client, "payments", now),
            now,
        };
        this.#now = now;
        this.#leaseMs = leaseMs;
    }

    async create(body: CreateRequest, asking: Asking = {}): Promise<Answer> {
        const post = postOf(asking, "POST /checkout_sessions", undefined, body);
        return await this.#answer(changeSession(this.shop, { name: "create", ...post }));
    }

    /** A session that was created, by a fresh key. */
    async created(body: CreateRequest = readyCart, asking: Asking = {}): Promise<Session> {
        return sessionIn(await this.create(body, asking));
    }

    async read(sessionId: string, asking: Asking = {}): Promise<Answer> {
        return await this.#answer(readSession(sessionId, callOf(asking), this.store.versions));
    }

    async update(sessionId: string, body: UpdateRequest, asking: Asking = {}): Promise<Answer> {
        const post = postOf(asking, "POST /checkout_sessions/{id}", sessionId, body);
        return await this.#answer(changeSession(this.shop, { name: "update", sessionId, ...post }));
    }

    async cancel(sessionId: string, body: CancelRequest = {}, asking: Asking = {}): Promise<Answer> {
        const post = postOf(asking, "POST /checkout_sessions/{id}/cancel", sessionId, body);
        return await this.#answer(changeSession(this.shop, { name: "cancel", sessionId, ...post }));
    }

    async complete(sessionId: string, body: CompleteRequest, asking: Asking = {}): Promise<Answer> {
        const post = postOf(asking, "POST /checkout_sessions/{id}/complete", sessionId, body);
        const holder = this.#holder();
        return await this.#answer(
            completeSession(this.shop, { name: "complete", sessionId, holder, challenges: true, ...post }),
        );
    }

    /** The settlement of an abandoned completion. Undefined when there is none to take over. */
    async settle(sessionId: string): Promise<State | undefined> {
        const recordId = (await this.store.versions.latest(sessionId))?.hidden.completion?.recordId;
        const holder = this.#holder();
        const begun = recordId === undefined ? undefined : await this.store.requests.takeOver(recordId, holder);
        if (recordId === undefined || begun === undefined) return undefined;
        return await finish(
            begun,
            { recordId, holder: holder.holder, isResumed: !begun.isUncharged, requestId: "settlement", log: silent },
            this.shop,
        );
    }

    #holder(): Holder {
        return { holder: randomUUID(), until: this.#now() + this.#leaseMs };
    }

    /** As it comes over the wire. */
    async #answer(serving: Promise<Served>): Promise<Answer> {
        return JSON.parse(JSON.stringify(await this.#answered(serving)));
    }

    async #answered(serving: Promise<Served>): Promise<Answer> {
        const served = await serving.catch((error: unknown) => {
            if (error instanceof TransactionContendedError)
                return { problem: contended("other requests are changing the session") };
            if (error instanceof HoldContendedError) return { problem: busy() };
            throw error;
        });
        const plain = { isReplay: false, headers: {} };
        if ("problem" in served) {
            const { status, error: json, headers = {} } = served.problem;
            return { ...plain, status, json, headers };
        }
        if ("body" in served) return { ...plain, status: served.status, json: served.body };
        if ("session" in served) {
            return { ...plain, status: served.status, json: present(served.session, new Date(this.#now())) };
        }
        const { replay } = served;
        if ("content" in replay) return expect.fail("is no session");
        if ("body" in replay) {
            const { error, headers = {} } = JSON.parse(replay.body);
            return { status: replay.status, isReplay: true, headers, json: error };
        }
        const version = await this.store.versions.at(replay.sessionId, replay.version);
        if (version === undefined) throw new Error("the version that was answered with is gone");
        const json = present(version.session, new Date(version.timestamp));
        return { ...plain, status: replay.status, isReplay: true, json };
    }
}

interface CheckoutOptions {
    /** Milliseconds since 1970 */
    readonly now?: () => number;
    readonly provider?: PaymentProvider;
    /** The lease of a completion. */
    readonly leaseMs?: number;
    /** The setting. @default 0 */
    readonly historyDays?: number;
    /** That keys are kept. */
    readonly keptHours?: number;
}

export const silent = new Log({}, "error", () => undefined);

export function callOf({ caller: callerId = "agent", isMerchant = false }: Asking): Call {
    const correlationId = `correlation-${randomUUID()}`;
    return { callerId, isMerchant, correlationId, version: protocolVersion, log: silent };
}

function postOf<Body>(
    asking: Asking,
    route: string,
    sessionId: string | undefined,
    body: Body,
): Call & { readonly body: Body; readonly scope: Scope } {
    const call = callOf(asking);
    const { key = randomUUID() } = asking;
    const recordId = fingerprint([call.callerId, route, sessionId ?? null, key]);
    return { ...call, body, scope: { recordId, fingerprint: fingerprint(body) } };
}

/** The session of an answer that is one. */
export function sessionIn({ status, json }: Answer): Session {
    expect(status, JSON.stringify(json)).to.be.oneOf([200, 201]);
    // Success always carries a whole session.
    return json as Session;
}

/** An answer in short: `200 completed`, `409 session_completed`. */
export const short = ({ status, json }: Pick<Answer, "status" | "json">): string =>
    `${status} ${json.code ?? json.status}`;

export const totalOf = ({ totals }: Pick<Session, "totals">): number => amountOf(totals, "total");

// ----- what became of it

/** What there is of a session: its versions, and the charges that took money. */
export interface Trace {
    readonly history: readonly HistoryEntry[];
    readonly reasons: readonly Reason[];
    readonly last: State | undefined;
    readonly taken: readonly { readonly amount: unknown; readonly orderId: unknown }[];
}

export async function traceOf(database: Database, sessionId: string): Promise<Trace> {
    const { store } = new Checkout(database.client);
    const charges = new ScanCommand({
        TableName: "payments",
        FilterExpression: "sessionId = :id AND outcome = :outcome",
        ExpressionAttributeValues: { ":id": sessionId, ":outcome": "succeeded" },
    });
    const [history, last, { Items = [] }] = await Promise.all([
        store.versions.history(sessionId, 0, 100),
        store.versions.latest(sessionId),
        database.client.send(charges),
    ]);
    const taken = Items.map(({ amount, orderId }) => ({ amount, orderId }));
    return { history, reasons: history.map(({ reason }) => reason), last, taken };
}

/**
 * What holds for every session at every time: versions 1, 2, 3… without a gap; nothing after the end; money taken at
 * most once, and exactly when there is an order, for it and for the total that was shown.
 */
export async function expectSound(database: Database, sessionId: string): Promise<Trace> {
    const trace = await traceOf(database, sessionId);
    const { history, taken, last } = trace;
    expect(history.map(({ version }) => version)).to.deep.equal(history.map((_, index) => index + 1));
    for (const [index, { status }] of history.entries()) {
        if (isTerminal(status)) expect(history.slice(index + 1), `after ${status}`).to.deep.equal([]);
    }
    const session = last?.session ?? expect.fail("there is no session");
    const { order } = session;
    expect(order !== undefined, "has an order").to.equal(session.status === "completed");
    const charged = { amount: totalOf(session), orderId: orderIdOf(sessionId) };
    if (session.status === "complete_in_progress" && taken.length === 0) return trace;
    const isPaid = order !== undefined || session.status === "complete_in_progress";
    expect(taken).to.deep.equal(isPaid ? [charged] : []);
    if (order) expect(order).to.deep.include({ id: charged.orderId, totals: session.totals });
    return trace;
}

/** A provider that answers when it may, and says when it is asked. */
export function held(provider: PaymentProvider) {
    const begun = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const charge: PaymentProvider["charge"] = async (wanted) => {
        begun.resolve();
        await answered.promise;
        return await provider.charge(wanted);
    };
    return { provider: { charge }, begun: begun.promise, answer: answered.resolve };
}

// ----- processes that end in the midst of their work

/** The process is gone: what it was about to do does not happen any more. */
export class ProcessGone extends Error {
    override readonly name = "ProcessGone";
}

/** A DynamoDB client of a process that ends at one of its calls. */
export interface Mortal {
    readonly client: DynamoDBDocumentClient;
    /** How many calls it made or tried to make. */
    calls(): number;
}

/** @param last the number of the call after which it ends, from 1, when that has done its work */
export function mortal(database: Database, last: number): Mortal {
    let calls = 0;
    const client = intercepted(database, async (_, send) => {
        calls += 1;
        if (calls > last) throw new ProcessGone();
        const output = await send();
        if (calls >= last) throw new ProcessGone();
        return output;
    });
    return { client, calls: () => calls };
}

/**
 * A DynamoDB client with something around each of its calls.
 * @param around gets the command's name (`QueryCommand`), what sends it, and its input
 */
export function intercepted(
    { url, client: plain }: Database,
    around: <Output>(command: string, send: () => Promise<Output>, input: object) => Promise<Output>,
): DynamoDBDocumentClient {
    const client = clientAt(url, { requestHandler: plain.config.requestHandler });
    client.middlewareStack.add(
        (next, { commandName = "" }) =>
            (args) =>
                around(commandName, () => next(args), args.input),
        { step: "initialize", name: "around" },
    );
    return client;
}

/** DynamoDB's answer while another transaction writes one of the items. @param at its index */
export function conflicting(items: number, at: number): TransactionCanceledException {
    const CancellationReasons = Array.from({ length: items }, (_, index) => ({
        Code: index === at ? "TransactionConflict" : "None",
    }));
    return new TransactionCanceledException({ message: "conflict", $metadata: {}, CancellationReasons });
}

// ----- sessions without a database

/** A session that was just created, in the market of `market.ts`. */
export function stateOf(body: CreateRequest, market = marketOf()): State {
    const decision = decideCreate(body, { sessionId: "cs_1", caller: "agent", market });
    if ("problem" in decision) throw new Error(JSON.stringify(decision.problem));
    return evolve(undefined, decision.event, market.merchant);
}
