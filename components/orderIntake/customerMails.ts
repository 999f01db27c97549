import type * as pulumi from "@pulumi/pulumi";
import type { OrderIntake } from "../orderIntake.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import { sendingFrom } from "../parts/email.ts";
import type { Queue } from "../parts/queue.ts";

interface CustomerMailsArgs {
    /** The orders, and the bus that tells what becomes of them. */
    readonly orders: OrderIntake;
    /** The verified SES address that mails are sent from. @default none: customers get no mails */
    readonly sender?: pulumi.Input<string> | undefined;
    /** The shop, as mails name it. */
    readonly shop: { readonly name: string; readonly url: string };
    /** The locale of customers whose order names none: BCP 47. @default "en-GB" */
    readonly locale?: string;
    /** A folder of the project with templates of one's own (docs/guides/mails.md). @default those of the program */
    readonly templates?: string | undefined;
    /** Days that the steps of an order are kept. @default 0, for good */
    readonly historyDays?: number;
    readonly context: Context;
}

/** Seconds that a batch may take. */
const timeout = 30;

/**
 * Mails customers what becomes of their orders.
 *
 *     order bus: document, order and payment events → queue → send → SES
 */
export class CustomerMails extends Component {
    constructor(name: string, args: CustomerMailsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:CustomerMails", name, args.context, opts);
        // Kept without a sender, with what could not be mailed before.
        const news = this.addQueue("news", { consumerTimeout: timeout });
        if (args.sender !== undefined) this.#send(news, args.sender, args);

        this.registerOutputs();
    }

    #send(news: Queue, sender: pulumi.Input<string>, args: CustomerMailsArgs): void {
        const { orders, shop, locale = "en-GB", templates, historyDays = 0 } = args;
        const { own } = this;
        const detailTypes = ["document.generated.v1", "order.updated.v1", "payment.updated.v1"];
        orders.bus.route({ rule: "route-to-customer-mails", detailTypes }, news.target(), own);
        this.addCallback<typeof import("../../runtime/orderIntake/customerMail.ts")>("send", {
            entry: "orderIntake/customerMail",
            name: "customer-mailer",
            description: "Mails customers the confirmation, shipments, refunds and cancellations of their orders.",
            from: news.batches({ size: 10 }),
            environment: {
                SENDER: sender,
                SHOP_NAME: shop.name,
                SHOP_URL: shop.url,
                LOCALE: locale,
                ORDERS_TABLE: orders.tables.orders.name,
                EFFECTS_TABLE: orders.tables.effects.name,
                HISTORY_DAYS: String(historyDays),
                DOCUMENTS_BUCKET: orders.documents.name,
            },
            allow: [
                orders.tables.orders.allow("GetItem"),
                orders.tables.effects.allow("UpdateItem"),
                orders.documents.get("orders/*"),
                sendingFrom(sender, own),
            ],
            templates,
            internet: true,
            timeout,
        });
    }
}
