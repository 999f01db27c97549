import { randomUUID } from "node:crypto";
import { DeleteCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { beforeEach } from "mocha";
import Stripe from "stripe";
import type { Merchant } from "../../../runtime/checkoutSessions/domain/merchant.ts";
import type { CreateRequest, Order } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { placedOrderOf } from "../../../runtime/checkoutSessions/events/placedOrder.ts";
import { eventOf } from "../../../runtime/checkoutSessions/events/publication.ts";
import { balanceOf, type Ledger } from "../../../runtime/checkoutSessions/money/ledger.ts";
import type { ShownPayment } from "../../../runtime/checkoutSessions/money/shownPayment.ts";
import { Sandbox } from "../../../runtime/checkoutSessions/payment/sandbox/sandbox.ts";
import { SandboxMoney } from "../../../runtime/checkoutSessions/payment/sandbox/sandboxMoney.ts";
import { accountIn } from "../../../runtime/checkoutSessions/payment/stripe/account.ts";
import { StripePayments } from "../../../runtime/checkoutSessions/payment/stripe/stripe.ts";
import type { DiscountCode, Product } from "../../../runtime/checkoutSessions/pricing/market.ts";
import { orderIdOf, sessionIdOf } from "../../../runtime/checkoutSessions/session/order.ts";
import { linesOf } from "../../../runtime/orderIntake/order.ts";
import { listingOf } from "../../../runtime/orderIntake/progress/listing.ts";
import type { Aws } from "./aws.ts";
import { Checkout, guide, payingWith, readyCart, sell } from "./checkout.ts";
import type { Database } from "./database.ts";
import { busEvent, type HttpAnswer, httpRequest, meta, sqsRecord, streamRecord } from "./events.ts";
import { merchant } from "./market.ts";
import { secretArn, startedCallback } from "./started.ts";
import { type StripeDouble, secretKey } from "./stripe.ts";

export const webhookSecret = "whsec_of_the_shop";

/** The secret with the account at the double, as `GetSecretValue` answers. */
export const accountAt = (stripe: StripeDouble) => ({
    SecretString: JSON.stringify({ secretKey, webhookSecret, apiBase: stripe.url }),
});

/** What is bought, and in which shop. */
export interface Sale {
    readonly things: readonly (Product | DiscountCode)[];
    readonly cart: CreateRequest;
    readonly shop?: Partial<Merchant>;
    /** @default "stripe" */
    readonly provider?: "sandbox";
}

/** Downloads, at Stripe. */
export const guides = (quantity = 2): Sale => ({
    things: [guide],
    cart: { ...readyCart, line_items: [{ id: guide.productId, quantity }] },
});

/** Something that is under way to a callback. */
interface Message {
    readonly to: "keep" | "follow" | "track";
    readonly body: unknown;
}

/** The callbacks of payments with Stripe's double, and what is under way between them. */
export class Till {
    readonly under: Message[] = [];
    /** What is sold next. */
    sale: Sale = guides();
    readonly #database: Database;
    readonly #aws: Aws;
    readonly #stripe: StripeDouble;
    readonly #callbacks;
    /** By order: the versions of its ledger that were announced. */
    readonly #announced = new Map<string, number>();
    /** By stored order: its versions that were announced. */
    readonly #stored = new Map<string, number>();

    /** @param isSandboxed whether it sells at the sandbox, too */
    constructor(database: Database, aws: Aws, stripe: StripeDouble, isSandboxed = false) {
        this.#database = database;
        this.#aws = aws;
        this.#stripe = stripe;
        const account = { PAYMENT_PROVIDER: "stripe", PAYMENT_RESOURCE: secretArn("payment") };
        this.#callbacks = {
            change: startedCallback(aws, "checkoutSessions/changePayment"),
            announce: startedCallback(aws, "checkoutSessions/publishPayments"),
            follow: startedCallback(aws, "checkoutSessions/follow"),
            manage: startedCallback(aws, "orderIntake/manageOrders"),
            track: startedCallback(aws, "orderIntake/trackOrders"),
            announceOrders: startedCallback(aws, "orderIntake/publishUpdates"),
            hear: startedCallback(aws, "checkoutSessions/stripeEvents", account),
            keep: startedCallback(aws, "checkoutSessions/keepPayments", account),
            ...(isSandboxed && { keepSandbox: startedCallback(aws, "checkoutSessions/keepPayments") }),
            propose: startedCallback(aws, "checkoutSessions/keepPayments", {
                ...account,
                MERCHANT: JSON.stringify({ ...merchant, payment: { ...merchant.payment, unfulfillable: "propose" } }),
            }),
        };
        beforeEach(() => {
            this.under.length = 0;
            this.sale = guides();
        });
    }

    get log() {
        const { keep, propose } = this.#callbacks;
        return [...keep.log, ...propose.log];
    }

    /** A session whose order is paid at Stripe. */
    async paid(
        capture: "automatic" | "manual" = "automatic",
        token = "spt_success",
        quantity?: number,
    ): Promise<PaidOrder> {
        const open = await this.open(quantity);
        await this.checkout(capture).complete(open.sessionId, payingWith(this.tokenFor(token)));
        const { order, payment } = await this.sessionOf(open);
        if (order === undefined) return expect.fail("the session has no order");
        return { ...open, paymentId: payment?.id ?? expect.fail("is not paid") };
    }

    /** A token of Stripe's double is granted for one currency. */
    tokenFor(token: string): string {
        const { cart, provider } = this.sale;
        return provider === "sandbox" || cart.currency === "usd" ? token : `${token}_${cart.currency}`;
    }

    /** A session that is ready for payment. */
    async open(quantity?: number): Promise<Purchase> {
        const { things, cart } = quantity === undefined ? this.sale : guides(quantity);
        await sell(this.#database, ...things);
        const { id: sessionId } = await this.checkout().created(cart);
        return { sessionId, orderId: orderIdOf(sessionId) };
    }

    /** A process of the checkout API that charges at Stripe. Its lease ends at once, as after a crash. */
    checkout(capture: "automatic" | "manual" = "automatic"): Checkout {
        const account = accountIn(accountAt(this.#stripe).SecretString);
        const provider =
            this.sale.provider === "sandbox"
                ? new Sandbox(this.#database.client, "payments")
                : new StripePayments(account, undefined);
        const checkout = new Checkout(this.#database.client, { provider, leaseMs: 0 });
        const shop = { ...merchant, ...this.sale.shop };
        Object.assign(checkout.shop, { merchant: { ...shop, payment: { ...shop.payment, capture } } });
        return checkout;
    }

    /**
     * The order is stored, and the session's retention has ended.
     * @param after the last version that DynamoDB has not deleted yet
     */
    async expire({ sessionId }: PaidOrder, after = 0): Promise<void> {
        const { versions } = new Checkout(this.#database.client).store;
        for (const { version } of await versions.history(sessionId, after, 100)) {
            const Key = { SessionId: sessionId, Version: version };
            const { Item = {} } = await this.#database.client.send(new GetCommand({ TableName: "sessions", Key }));
            const event = eventOf(Item);
            if (event.session.order !== undefined) await this.#database.put("orders", placedOrderOf(event));
            await this.#database.client.send(new DeleteCommand({ TableName: "sessions", Key }));
        }
    }

    /** A session whose payment the provider has not decided about. */
    async begun(token: string): Promise<Purchase> {
        const open = await this.open();
        await this.checkout().complete(open.sessionId, payingWith(token));
        return open;
    }

    /** What a client of the merchant asks for. */
    async ask(
        { orderId }: Pick<PaidOrder, "orderId">,
        what: "refunds" | "capture",
        body: object | string | undefined = {},
        key: string | undefined = randomUUID(),
        scopes = "merchant",
        ifMatch?: string,
    ) {
        const request = httpRequest({
            routeKey: `POST /orders/{orderId}/${what}`,
            rawPath: `/orders/${orderId}/${what}`,
            pathParameters: { orderId },
            headers: {
                ...(key && { "idempotency-key": key }),
                ...(body === "" && { "content-type": undefined }),
                ...(ifMatch && { "if-match": ifMatch }),
            },
            requestContext: { authorizer: { lambda: { callerId: "shop", scopes } } },
            body: typeof body === "string" ? body : JSON.stringify(body),
        });
        const answer = (await this.#callbacks.change.invoke(request)) as HttpAnswer;
        await this.#announce(orderId);
        return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body) };
    }

    /** The order is stored, and its stock reserved. */
    async store({ orderId }: Pick<Purchase, "orderId">): Promise<void> {
        if (this.#stored.has(orderId)) return;
        const { versions } = new Checkout(this.#database.client).store;
        const sessionId = sessionIdOf(orderId) ?? "";
        const history = await versions.history(sessionId, 0, 100);
        const version = history.find(({ status }) => status === "completed")?.version;
        if (version === undefined) return;
        const Key = { SessionId: sessionId, Version: version };
        const { Item = {} } = await this.#database.client.send(new GetCommand({ TableName: "sessions", Key }));
        const placed = placedOrderOf(eventOf(Item));
        await this.#database.put("orders", {
            ...placed,
            lines: linesOf(placed),
            meta,
            ...listingOf(placed, meta.receivedAt),
        });
        const outcome = { status: "reserved" };
        await this.#database.put("effects", { orderId, effect: "reservation", doneAt: meta.receivedAt, outcome });
        this.#stored.set(orderId, 0);
    }

    /** What the merchant does with a stored order. */
    async manage(
        { orderId }: Pick<PaidOrder, "orderId">,
        what: "cancel" | "fulfillments" | `fulfillments/${string}`,
        body: object = {},
    ) {
        const [route, fulfillmentId] = what.split("/");
        const answer = (await this.#callbacks.manage.invoke(
            httpRequest({
                routeKey: `POST /orders/{orderId}/${route}${fulfillmentId ? "/{fulfillmentId}" : ""}`,
                rawPath: `/orders/${orderId}/${what}`,
                pathParameters: { orderId, ...(fulfillmentId && { fulfillmentId }) },
                headers: { "idempotency-key": randomUUID() },
                body: JSON.stringify(body),
            }),
        )) as HttpAnswer;
        await this.#announceOrder(orderId);
        return { status: answer.statusCode, json: JSON.parse(answer.body) };
    }

    /** The stream of the orders' versions. */
    async #announceOrder(orderId: string): Promise<void> {
        const known = this.#stored.get(orderId) ?? 0;
        const fresh = (await this.#itemsOf("orderVersions", orderId)).filter((item) => Number(item["version"]) > known);
        if (fresh.length === 0) return;
        const before = this.#aws.inputs("PutEvents").length;
        const Records = fresh.map((item, index) => streamRecord(index + 1, item));
        expect(await this.#callbacks.announceOrders.invoke({ Records })).to.deep.equal({ batchItemFailures: [] });
        this.#stored.set(orderId, Number(fresh.at(-1)?.["version"]));
        const published = this.#aws.inputs("PutEvents").slice(before);
        for (const { DetailType, Detail } of published.flatMap(
            ({ Entries }) => Entries as { readonly DetailType: string; readonly Detail: string }[],
        )) {
            const detail = JSON.parse(Detail);
            // Its rule keeps from `track` what the program itself has changed.
            this.tell(DetailType, detail, DetailType === "order.tracked.v1" ? ["keep"] : ["follow", "keep"]);
        }
    }

    /** An event of the order bus, for all who listen. */
    tell(type: string, detail: object, to: readonly Message["to"][] = ["follow", "keep", "track"]): void {
        for (const each of to) this.under.push({ to: each, body: busEvent(type, detail) });
    }

    /** An event of Stripe, signed. */
    async hear(event: unknown, { secret = webhookSecret, timestamp = Math.floor(Date.now() / 1000) } = {}) {
        const body = JSON.stringify(event);
        const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
        const before = this.#aws.sentTo("payment-tasks").length;
        const answer = (await this.#callbacks.hear.invoke(
            httpRequest({ routeKey: "POST /payments/stripe", headers: { "stripe-signature": signature }, body }),
        )) as HttpAnswer;
        for (const task of this.#aws.sentTo("payment-tasks").slice(before)) this.under.push({ to: "keep", body: task });
        return { status: answer.statusCode, json: JSON.parse(answer.body) };
    }

    /** Delivers a message. @returns whether it was processed; a failed one is under way again */
    async deliver(at: number, order: Pick<PaidOrder, "orderId">, by: "keep" | "propose" = "keep"): Promise<boolean> {
        const [message] = this.under.splice(at, 1);
        if (message === undefined) return true;
        if (message.to === "track") await this.store(order);
        const failed = await this.#sent(message, by);
        await this.#announce(order.orderId);
        await this.#announceOrder(order.orderId);
        if (failed) this.under.push(message);
        return !failed;
    }

    async #sent({ to, body }: Message, by: "keep" | "propose"): Promise<boolean> {
        if (to === "follow") {
            return await this.#callbacks.follow.invoke(body).then(
                () => false,
                // What is refused is so each time: it ends in the failure queue.
                (error: unknown) => !/refused, the rest is applied/.test(String(error)),
            );
        }
        if (to === "track") {
            return await this.#callbacks.track.invoke(body).then(
                () => false,
                () => true,
            );
        }
        const Records = [sqsRecord(randomUUID(), body)];
        const { keepSandbox, [by]: keepStripe } = this.#callbacks;
        const keeper = this.sale.provider === "sandbox" ? keepSandbox : keepStripe;
        if (keeper === undefined) throw new Error("the till does not sell at the sandbox");
        try {
            const answer = await keeper.invoke({ Records });
            return (answer as { readonly batchItemFailures: readonly object[] }).batchItemFailures.length > 0;
        } catch {
            // Its process has ended; Lambda starts another one.
            await keeper.start();
            return true;
        }
    }

    /** The next time that Stripe has done something for it, the process ends before it gets the answer. */
    crashNext(): void {
        this.#stripe.beforeAnswer = async ({ method }) => {
            if (method !== "POST") return;
            this.#stripe.beforeAnswer = async () => {};
            await this.#callbacks.keep.kill();
        };
    }

    /** Delivers everything, and what follows from it. */
    async drain(order: Pick<PaidOrder, "orderId">, by: "keep" | "propose" = "keep"): Promise<void> {
        for (let tries = 0; this.under.length > 0; tries += 1) {
            if (tries > 300) throw new Error("the messages do not end");
            await this.deliver(0, order, by);
        }
    }

    /** The stream of the table. */
    async #announce(orderId: string): Promise<void> {
        const known = this.#announced.get(orderId) ?? 0;
        const fresh = (await this.versionsOf(orderId)).filter(({ version }) => version > known);
        if (fresh.length === 0) return;
        const before = this.#aws.published().length;
        const Records = fresh.map((item, index) => streamRecord(index + 1, item));
        expect(await this.#callbacks.announce.invoke({ Records })).to.deep.equal({ batchItemFailures: [] });
        this.#announced.set(orderId, fresh.at(-1)?.version ?? known);
        // The rules keep from them that the payment has changed when they hear so by its own event.
        for (const { DetailType, detail } of this.#aws.published().slice(before)) {
            if (detail.meta.change === undefined) this.tell(DetailType, detail);
        }
    }

    /** The payment as `GET /orders/{orderId}` shows it. */
    async shownOf({ orderId }: PaidOrder): Promise<ShownPayment | undefined> {
        return (await this.versionsOf(orderId)).at(-1)?.payment;
    }

    async versionsOf(orderId: string): Promise<LedgerVersion[]> {
        return (await this.#itemsOf("ledgers", orderId)) as unknown as LedgerVersion[];
    }

    async #itemsOf(TableName: string, orderId: string) {
        const { Items = [] } = await this.#database.client.send(
            new QueryCommand({
                TableName,
                KeyConditionExpression: "orderId = :id",
                ExpressionAttributeValues: { ":id": orderId },
                ConsistentRead: true,
            }),
        );
        return Items;
    }

    /** The order as its latest version says, on which its payment rests; undefined before there is one. */
    async trackedOf({ orderId }: Pick<Purchase, "orderId">): Promise<Order | undefined> {
        const state = (await this.#itemsOf("orderVersions", orderId)).at(-1)?.["state"];
        return (state as { readonly order: Order } | undefined)?.order;
    }

    async ledgerOf({ orderId }: Pick<Purchase, "orderId">): Promise<Ledger | undefined> {
        return (await this.versionsOf(orderId)).at(-1)?.ledger;
    }

    /** The session's order and payment as they are now, with the numbers of its versions. */
    async sessionOf({ sessionId }: Purchase) {
        const { state, versions } = await this.stateOf(sessionId);
        const order: Order = state?.session.order ?? expect.fail("the session has no order");
        return { order, payment: state?.hidden.payment, versions };
    }

    async stateOf(sessionId: string) {
        const { versions } = new Checkout(this.#database.client).store;
        const [state, history] = await Promise.all([versions.latest(sessionId), versions.history(sessionId, 0, 100)]);
        return { state, versions: history.map(({ version }) => version) };
    }

    /** That ledger and provider agree. */
    async expectEqual(order: PaidOrder): Promise<void>;
    async expectEqual(order: Purchase, paymentId: string): Promise<void>;
    async expectEqual(order: Purchase & Partial<PaidOrder>, paymentId = order.paymentId ?? ""): Promise<void> {
        const ledger = await this.ledgerOf(order);
        if (ledger === undefined) return;
        expect(balanceOf(ledger), JSON.stringify(ledger.entries)).to.equal(await this.balanceAtProvider(paymentId));
    }

    /** What the provider has of a payment for the merchant. */
    async balanceAtProvider(paymentId: string): Promise<number> {
        if (this.sale.provider !== "sandbox") return this.#stripe.refunds.balanceOf(paymentId);
        const seen = await new SandboxMoney(this.#database.client, "payments").look(paymentId);
        const { captured, refunds } = seen ?? expect.fail(`the sandbox has no payment ${paymentId}`);
        return captured - refunds.reduce((sum, { amount }) => sum + amount, 0);
    }
}

interface LedgerVersion {
    readonly version: number;
    readonly ledger: Ledger;
    readonly payment: ShownPayment;
}

/** A session, and the order that it becomes. */
export interface Purchase {
    readonly orderId: string;
    readonly sessionId: string;
}

export interface PaidOrder extends Purchase {
    readonly paymentId: string;
}
