import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Catalog } from "./catalog.ts";
import { Bucket } from "./parts/bucket.ts";
import { Bus } from "./parts/bus.ts";
import { Callback, type CallbackArgs, type CallbackModule } from "./parts/callback.ts";
import type { Grant } from "./parts/grant.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Key } from "./parts/key.ts";
import { deadLetterQueue, Queue } from "./parts/queue.ts";
import type { Settings } from "./parts/settings.ts";
import { Table } from "./parts/table.ts";
import { Topic } from "./parts/topic.ts";

export interface OrderIntakeArgs {
    /** The API that orders come in by. */
    readonly api: HttpApi;
    /** Who may send and read orders. */
    readonly authorization: Authorization;
    /** Whose stock orders reserve. */
    readonly catalog: Catalog;
    /** Encrypts announcements. */
    readonly key: Key;
    readonly settings: Settings;
}

/** The module of a consumer of one's own: it gets messages whose bodies are events, and reports those that failed. */
export interface SubscriberModule extends CallbackModule {
    readonly handler: (batch: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
}

/** A consumer of one's own: gets every event of these types through a queue of its own. */
export type SubscriberArgs<Module extends SubscriberModule> = Omit<CallbackArgs<Module>, "from" | "settings"> & {
    /** @default order.received.v1 */
    readonly detailTypes?: readonly string[];
    /** EventBridge pattern for the event's detail. @default all */
    readonly detail?: Readonly<Record<string, unknown>>;
    /** Most events in a batch. @default 10 */
    readonly batch?: number;
};

const received = ["order.received.v1"];

/**
 * Takes orders: stores each before anyone hears of it, and tells everyone once it is stored.
 *
 *     POST /orders → receive → orders queue → store → orders table → announce → bus → notify, inventory, document, e-mail
 */
export class OrderIntake extends pulumi.ComponentResource {
    readonly queue: Queue;
    readonly orders: Table;
    readonly bus: Bus;
    readonly notifications: Queue;
    readonly documents: Bucket;
    readonly #name: string;
    readonly #settings: Settings;

    constructor(name: string, args: OrderIntakeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:OrderIntake", name, { settings: args.settings }, opts);
        const { api, authorization, catalog, key, settings } = args;
        const own = { parent: this };
        this.#name = name;
        this.#settings = settings;

        // In: a request becomes a message.
        this.queue = new Queue(
            `${name}-orders`,
            { name: "ecommerce-orders-queue", consumerTimeout: 30, settings },
            own,
        );
        switch (settings.ordersFront) {
            case "lambda":
                this.#receive(api, authorization);
                break;
            case "queue":
                api.enqueue(
                    `${name}-front`,
                    this.queue,
                    { route: "POST /orders", authorization, attributes: { correlationId: "context.requestId" } },
                    own,
                );
                break;
        }

        // Stored: a message becomes a row, and a row becomes an event.
        this.orders = new Table(
            `${name}-orders`,
            { name: "ecommerce-orders", key: ["orderId"], stream: true, settings },
            own,
        );
        const effects = new Table(
            `${name}-effects`,
            { name: "ecommerce-order-effects", key: ["orderId", "effect"], settings },
            own,
        );
        const once = effects.allow("UpdateItem");
        this.bus = new Bus(`${name}-events`, { name: "order-processing-bus", settings }, own);
        new Callback<typeof import("../runtime/orderIntake/store.ts")>(
            `${name}-store`,
            {
                entry: "orderIntake/store",
                name: "order-store",
                description: "Stores each order of the orders queue once.",
                from: this.queue.batches({ size: 10 }),
                environment: {
                    ORDERS_TABLE: this.orders.name,
                    EVENT_BUS_NAME: this.bus.name,
                    FRONT: settings.ordersFront,
                },
                allow: [this.orders.allow("PutItem"), this.bus.put()],
                timeout: 30,
                settings,
            },
            own,
        );
        const unannounced = deadLetterQueue(`${name}-unannounced`, own);
        new Callback<typeof import("../runtime/orderIntake/announce.ts")>(
            `${name}-announce`,
            {
                entry: "orderIntake/announce",
                name: "order-announcer",
                description: "Announces each stored order on the bus.",
                from: this.orders.changes({ size: 100, events: ["INSERT"] }),
                environment: { EVENT_BUS_NAME: this.bus.name, UNANNOUNCED_QUEUE_URL: unannounced.url },
                allow: [this.bus.put(), { actions: ["sqs:SendMessage"], resources: [unannounced.arn] }],
                timeout: 30,
                settings,
            },
            own,
        );
        new Callback<typeof import("../runtime/orderIntake/read.ts")>(
            `${name}-read`,
            {
                entry: "orderIntake/read",
                name: "order-reader",
                description: "Answers GET /orders/{orderId}.",
                from: api.requests("GET /orders/{orderId}", authorization),
                environment: { ORDERS_TABLE: this.orders.name, EFFECTS_TABLE: effects.name },
                allow: [this.orders.allow("GetItem"), effects.allow("Query")],
                settings,
            },
            own,
        );

        // Sales: an event becomes a notification, and, when there is a sender, an e-mail.
        this.notifications = new Queue(
            `${name}-notifications`,
            { name: "order-notifications-queue", consumerTimeout: 30, settings },
            own,
        );
        new Callback<typeof import("../runtime/orderIntake/notify.ts")>(
            `${name}-notify`,
            {
                entry: "orderIntake/notify",
                name: "notifier",
                description: "Puts a notification of each order into the e-mail queue.",
                from: this.bus.events({ rule: "route-to-notifier", detailTypes: received }),
                environment: {
                    QUEUE_URL: this.notifications.url,
                    RECIPIENT: settings.notificationRecipient,
                    EFFECTS_TABLE: effects.name,
                },
                allow: [this.notifications.send(), once],
                settings,
            },
            own,
        );
        if (settings.notificationSender !== "") {
            new Callback<typeof import("../runtime/orderIntake/mail.ts")>(
                `${name}-mail`,
                {
                    entry: "orderIntake/mail",
                    name: "mailer",
                    description: "Sends the notifications by e-mail.",
                    from: this.notifications.batches({ size: 10 }),
                    environment: { SENDER: settings.notificationSender, EFFECTS_TABLE: effects.name },
                    allow: [sendFrom(settings.notificationSender, own), once],
                    timeout: 30,
                    settings,
                },
                own,
            );
        }

        // Stock, paper, and who wants to read along.
        new Callback<typeof import("../runtime/orderIntake/inventory.ts")>(
            `${name}-inventory`,
            {
                entry: "orderIntake/inventory",
                name: "inventory",
                description: "Reserves the stock of each order, all of it or none.",
                from: this.bus.events({ rule: "route-to-inventory", detailTypes: received }),
                environment: {
                    PRODUCTS_TABLE: catalog.products.name,
                    EFFECTS_TABLE: effects.name,
                    EVENT_BUS_NAME: this.bus.name,
                },
                allow: [catalog.products.allow("BatchGetItem", "UpdateItem"), once, this.bus.put()],
                settings,
            },
            own,
        );
        this.documents = new Bucket(`${name}-documents`, { settings }, own);
        new Callback<typeof import("../runtime/orderIntake/document.ts")>(
            `${name}-document`,
            {
                entry: "orderIntake/document",
                name: "document",
                description: "Writes the confirmation of each order as a PDF.",
                from: this.bus.events({ rule: "route-to-document", detailTypes: received }),
                environment: {
                    DOCUMENTS_BUCKET: this.documents.name,
                    EFFECTS_TABLE: effects.name,
                    EVENT_BUS_NAME: this.bus.name,
                },
                allow: [this.documents.put("orders/*"), once, this.bus.put()],
                settings,
            },
            own,
        );
        const announcements = new Topic(
            `${name}-announcements`,
            {
                name: "order-announcements",
                displayName: "Orders",
                key,
                emails: settings.announcementEmails,
                settings,
            },
            own,
        );
        new Callback<typeof import("../runtime/orderIntake/announcements.ts")>(
            `${name}-announcements`,
            {
                entry: "orderIntake/announcements",
                name: "announcements",
                description: "Tells those who read along by e-mail of each order.",
                from: this.bus.events({ rule: "route-to-announcements", detailTypes: received }),
                environment: { TOPIC_ARN: announcements.arn, EFFECTS_TABLE: effects.name },
                allow: [...announcements.publish(), once],
                settings,
            },
            own,
        );
        this.registerOutputs({
            ordersQueueUrl: this.queue.url,
            ordersTable: this.orders.name,
            busName: this.bus.name,
            notificationsQueueUrl: this.notifications.url,
            documentsBucket: this.documents.name,
        });
    }

    /**
     * Adds a consumer of order events: a rule, a queue with dead letters, and the callback that gets the batches. Each
     * message's body is the event; the callback reports failed messages item by item.
     *
     * @example
     * orders.subscribe<typeof import("./runtime/loyalty/award.ts")>("loyalty", {
     *     entry: "loyalty/award", name: "loyalty", description: "Awards points.", environment: {},
     * });
     */
    subscribe<Module extends SubscriberModule>(name: string, args: SubscriberArgs<Module>): Callback<Module> {
        const { detailTypes = received, detail, batch = 10, ...callback } = args;
        const own = { parent: this };
        const settings = this.#settings;
        const queue = new Queue(`${this.#name}-${name}`, { consumerTimeout: callback.timeout ?? 10, settings }, own);
        this.bus.route({ rule: `route-to-${name}`, detailTypes, ...(detail && { detail }) }, queue.target(), own);
        return new Callback<Module>(
            `${this.#name}-${name}`,
            { ...callback, from: queue.batches({ size: batch }), settings } as CallbackArgs<Module>,
            own,
        );
    }

    #receive(api: HttpApi, authorization: Authorization): void {
        new Callback<typeof import("../runtime/orderIntake/receive.ts")>(
            `${this.#name}-receive`,
            {
                entry: "orderIntake/receive",
                name: "order-receiver",
                description: "Answers POST /orders: checks the order and puts it into the orders queue.",
                from: api.requests("POST /orders", authorization),
                environment: { ORDERS_QUEUE_URL: this.queue.url },
                // It inspects the queue once while it initialises, which opens the connection before the first order.
                allow: [this.queue.send(), this.queue.inspect()],
                settings: this.#settings,
            },
            { parent: this },
        );
    }
}

/** The right to send e-mail from one address, by whichever identity SES knows it, to anybody. */
function sendFrom(sender: string, opts: pulumi.InvokeOptions): Grant {
    const region = aws.getRegionOutput({}, opts).region;
    const account = aws.getCallerIdentityOutput({}, opts).accountId;
    return {
        actions: ["ses:SendEmail"],
        // The sender's own identity or its domain's, and for an account in the sandbox the recipient's, too.
        resources: [pulumi.interpolate`arn:aws:ses:${region}:${account}:identity/*`],
        condition: { StringEquals: { "ses:FromAddress": sender } },
    };
}
