import type * as pulumi from "@pulumi/pulumi";
import type { Seller } from "../runtime/orderIntake/confirmation.ts";
import type { Catalog } from "./catalog.ts";
import { type OrderTables, orderTables } from "./orderIntake/orderTables.ts";
import type { SubscriberArgs, SubscriberModule } from "./orderIntake/subscriber.ts";
import { Bucket } from "./parts/bucket.ts";
import { Bus } from "./parts/bus.ts";
import type { Callback, CallbackArgs } from "./parts/callback.ts";
import { Component } from "./parts/component.ts";
import type { Context } from "./parts/context.ts";
import { sendingFrom } from "./parts/email.ts";
import type { Grant } from "./parts/grant.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Key } from "./parts/key.ts";
import { Queue, sendingTo } from "./parts/queue.ts";
import type { Topic } from "./parts/topic.ts";

interface OrderIntakeArgs {
    /** The API that orders come in by. */
    readonly api: HttpApi;
    /** Authorizes callers that send and read orders. */
    readonly authorization: Authorization;
    /** The catalog whose stock orders reserve. */
    readonly catalog: Catalog;
    /** Encrypts announcements. */
    readonly key: Key;
    /** The intake of the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: OrderIntake | undefined;
    /** What handles POST /orders: a function, or API Gateway, directly into the orders queue. @default "function" */
    readonly ingress?: "function" | "direct";
    /** The recipient that notifications of new orders are addressed to. @default "sales@example.com" */
    readonly notificationRecipient?: pulumi.Input<string>;
    /** The verified SES address that notifications are sent from. @default none: they stay in their queue */
    readonly notificationSender?: pulumi.Input<string> | undefined;
    /** The seller, as confirmations name it. @default none */
    readonly seller?: Seller | undefined;
    /** The locale of customers whose order names none: BCP 47. @default "en-GB" */
    readonly locale?: string;
    /** Addresses that get an announcement of every order by e-mail. @default none */
    readonly announcementEmails?: readonly string[];
    /** Days that the bus keeps its events. @default 0 */
    readonly archiveDays?: number;
    /** Days that the steps of an order are kept. @default 0, for good */
    readonly historyDays?: number;
    readonly context: Context;
}

const received = ["order.received.v1"];

/**
 * Takes orders: stores each, and publishes it once it is stored.
 *
 *     POST /orders → receive → orders queue → store → orders table → publish → bus → notify, inventory, document, e-mail
 */
export class OrderIntake extends Component {
    /** Orders as they came in. */
    readonly queue: Queue;
    readonly tables: OrderTables;
    readonly bus: Bus;
    /** E-mails to sales that are to be sent. */
    readonly notifications: Queue;
    readonly documents: Bucket;
    readonly announcements: Topic;
    readonly #args: OrderIntakeArgs;

    constructor(name: string, args: OrderIntakeArgs, opts?: pulumi.ComponentResourceOptions) {
        const { key, first, context } = args;
        super("commerce:index:OrderIntake", name, context, opts);
        this.#args = args;
        const { own } = this;

        // What holds data, in the order it gets there.
        this.queue = this.addQueue("orders", { name: "ecommerce-orders-queue", consumerTimeout: 30 });
        this.tables = orderTables(name, first?.tables, context, own);
        this.bus = new Bus(
            `${name}-events`,
            { name: "order-processing-bus", archiveDays: args.archiveDays ?? 0, context },
            own,
        );
        this.notifications = this.addQueue("notifications", { name: "order-notifications-queue", consumerTimeout: 30 });
        this.documents = new Bucket(`${name}-documents`, { context }, own);
        this.announcements = this.addTopic("announcements", {
            name: "order-announcements",
            displayName: "Orders",
            key,
            emails: args.announcementEmails ?? [],
        });

        // What moves it on.
        if (this.#ingress === "direct") this.#receiveWithoutCallback();
        else this.#receive();
        this.#store();
        this.#publish();
        this.#read();
        this.#notify();
        if (args.notificationSender !== undefined) this.#mail(args.notificationSender);
        this.#reserve();
        this.#document();
        this.#announce();

        this.registerOutputs({
            ordersQueueUrl: this.queue.url,
            ordersTable: this.tables.orders.name,
            busName: this.bus.name,
            notificationsQueueUrl: this.notifications.url,
            documentsBucket: this.documents.name,
        });
    }

    /**
     * Adds a consumer of order events: a rule, a queue with dead letters, and the callback that gets the batches. Each
     * message's body is the event; the callback reports failed messages item by item.
     */
    subscribe<Module extends SubscriberModule>(name: string, args: SubscriberArgs<Module>): Callback<Module> {
        const { detailTypes = received, detail, batch = 10, ...callback } = args;
        const queue = new Queue(
            `${this.name}-${name}`,
            { consumerTimeout: callback.timeout ?? 10, context: this.context },
            this.own,
        );
        this.bus.route({ rule: `route-to-${name}`, detailTypes, ...(detail && { detail }) }, queue.target(), this.own);
        // What is left of the subscriber's arguments is the callback's: the compiler cannot see it through the generic.
        const rest = callback as unknown as Omit<CallbackArgs<Module>, "from" | "context">;
        return this.addCallback<Module>(name, { ...rest, from: queue.batches({ size: batch }) });
    }

    #receive(): void {
        const { api, authorization } = this.#args;
        this.addCallback<typeof import("../runtime/orderIntake/receive.ts")>("receive", {
            entry: "orderIntake/receive",
            name: "order-receiver",
            description: "Answers POST /orders: checks the order and puts it into the orders queue.",
            from: api.requests("POST /orders", authorization),
            environment: { ORDERS_QUEUE_URL: this.queue.url, ORDERS_TABLE: this.tables.orders.name },
            // It looks whether an id that a client chose is taken. The queue it inspects once while it initialises, which
            // opens the connection before the first order.
            allow: [this.queue.send(), this.queue.inspect(), this.tables.orders.allow("GetItem")],
        });
    }

    #receiveWithoutCallback(): void {
        const { api, authorization } = this.#args;
        const route = { route: "POST /orders", authorization, attributes: { correlationId: "context.requestId" } };
        api.enqueue(`${this.name}-front`, this.queue, route, this.own);
    }

    #store(): void {
        const rejected = this.addDeadLetters("rejected");
        this.addCallback<typeof import("../runtime/orderIntake/store.ts")>("store", {
            entry: "orderIntake/store",
            name: "order-store",
            description: "Stores each order of the orders queue once.",
            from: this.queue.batches({ size: 10 }),
            environment: {
                ORDERS_TABLE: this.tables.orders.name,
                EVENT_BUS_NAME: this.bus.name,
                REJECTED_QUEUE_URL: rejected.url,
                FRONT: this.#ingress === "direct" ? "queue" : "lambda",
            },
            allow: [this.tables.orders.allow("PutItem"), this.bus.put(), sendingTo(rejected, this.context)],
            timeout: 30,
        });
    }

    #publish(): void {
        const unannounced = this.addDeadLetters("unannounced");
        this.addCallback<typeof import("../runtime/orderIntake/publish.ts")>("announce", {
            entry: "orderIntake/publish",
            name: "order-announcer",
            description: "Publishes each stored order on the bus.",
            from: this.tables.orders.changes({ size: 100, events: ["INSERT"] }),
            environment: { EVENT_BUS_NAME: this.bus.name, UNANNOUNCED_QUEUE_URL: unannounced.url },
            allow: [this.bus.put(), sendingTo(unannounced, this.context)],
            timeout: 30,
        });
    }

    #read(): void {
        const { api, authorization } = this.#args;
        this.addCallback<typeof import("../runtime/orderIntake/read.ts")>("read", {
            entry: "orderIntake/read",
            name: "order-reader",
            description: "Answers GET /orders/{orderId}.",
            from: api.requests("GET /orders/{orderId}", authorization),
            environment: {
                ORDERS_TABLE: this.tables.orders.name,
                EFFECTS_TABLE: this.tables.effects.name,
                PAYMENTS_TABLE: this.tables.payments.name,
                VERSIONS_TABLE: this.tables.versions.name,
            },
            allow: [
                this.tables.orders.allow("GetItem"),
                this.tables.effects.allow("Query"),
                this.tables.payments.allow("Query"),
                this.tables.versions.allow("Query"),
            ],
        });
    }

    #notify(): void {
        this.addCallback<typeof import("../runtime/orderIntake/notify.ts")>("notify", {
            entry: "orderIntake/notify",
            name: "notifier",
            description: "Puts a notification of each order into the e-mail queue.",
            from: this.bus.events({ rule: "route-to-notifier", detailTypes: received }),
            environment: {
                QUEUE_URL: this.notifications.url,
                RECIPIENT: this.#args.notificationRecipient ?? "sales@example.com",
                ...this.#steps,
            },
            allow: [this.notifications.send(), this.#once()],
        });
    }

    #mail(sender: pulumi.Input<string>): void {
        this.addCallback<typeof import("../runtime/orderIntake/mail.ts")>("mail", {
            entry: "orderIntake/mail",
            name: "mailer",
            description: "Sends the notifications by e-mail.",
            from: this.notifications.batches({ size: 10 }),
            environment: { SENDER: sender, ...this.#steps },
            allow: [sendingFrom(sender, this.own), this.#once()],
            internet: true,
            timeout: 30,
        });
    }

    #reserve(): void {
        const { environment, allow } = this.#args.catalog.reserving;
        this.addCallback<typeof import("../runtime/orderIntake/inventory.ts")>("inventory", {
            entry: "orderIntake/inventory",
            name: "inventory",
            description: "Reserves the stock of each order, all of it or none.",
            from: this.bus.events({ rule: "route-to-inventory", detailTypes: received }),
            environment: {
                ...environment,
                EFFECTS_TABLE: this.tables.effects.name,
                EVENT_BUS_NAME: this.bus.name,
            },
            allow: [...allow, this.#once(), this.bus.put()],
        });
    }

    #document(): void {
        this.addCallback<typeof import("../runtime/orderIntake/document.ts")>("document", {
            entry: "orderIntake/document",
            name: "document",
            description: "Writes the confirmation of each order as a PDF.",
            from: this.bus.events({ rule: "route-to-document", detailTypes: received }),
            environment: {
                DOCUMENTS_BUCKET: this.documents.name,
                ...this.#steps,
                EVENT_BUS_NAME: this.bus.name,
                SELLER: JSON.stringify(this.#args.seller ?? ""),
                LOCALE: this.#args.locale ?? "en-GB",
            },
            allow: [this.documents.put("orders/*"), this.#once(), this.bus.put()],
        });
    }

    #announce(): void {
        this.addCallback<typeof import("../runtime/orderIntake/announcements.ts")>("announcements", {
            entry: "orderIntake/announcements",
            name: "announcements",
            description: "Mails each order to the addresses that subscribe to announcements.",
            from: this.bus.events({ rule: "route-to-announcements", detailTypes: received }),
            environment: { TOPIC_ARN: this.announcements.arn, ...this.#steps },
            allow: [...this.announcements.publish(), this.#once()],
        });
    }

    /** For consumers whose step is done once for an order: the table of steps, and how long it keeps their results. */
    get #steps() {
        return { EFFECTS_TABLE: this.tables.effects.name, HISTORY_DAYS: String(this.#args.historyDays ?? 0) };
    }

    /** Lets a consumer claim its step and record the result (`runtime/shared/idempotency.ts`). */
    #once(): Grant {
        return this.tables.effects.allow("UpdateItem");
    }

    get #ingress() {
        return this.#args.ingress ?? "function";
    }
}
