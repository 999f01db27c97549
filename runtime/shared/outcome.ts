import type { Fields, Level, Log } from "./log.ts";
import { alsoCounting, metricsIn } from "./metrics.ts";

interface Kind {
    /** The log message, which `npm run journey` prints. */
    readonly line: string;
    readonly level: Exclude<Level, "debug">;
    /**
     * What notifies operators besides log line and metric: `alarm`: an alarm on the metric; `queue`: the alarm of the
     * dead-letter queue that keeps a copy, which `npm run dlq` explains; `log`: nothing, no action is needed.
     */
    readonly reportedBy: "alarm" | "queue" | "log";
}

/**
 * Every case in which accepted work is not done: dropped, skipped, ignored or put aside. Consumers return an `Outcome`,
 * so that each case has a name here. The names are metrics of the namespace `Commerce/NotDone`.
 */
export const kinds = {
    OrderConflicted: { line: "Order rejected: another order has its id", level: "error", reportedBy: "queue" },
    OrderInvalid: { line: "Order rejected: invalid", level: "error", reportedBy: "queue" },
    OrderIdReserved: { line: "Order rejected: its id is one of the checkout's", level: "error", reportedBy: "queue" },
    OrderRepeated: { line: "Order stored before", level: "info", reportedBy: "log" },
    OrderShort: { line: "Stock decided: the order is short, nothing is reserved", level: "error", reportedBy: "alarm" },
    OrderUpdateUnused: { line: "Order update ignored: no session has the order", level: "error", reportedBy: "alarm" },
    OrderUnannounced: { line: "A record of the orders table cannot be published", level: "error", reportedBy: "queue" },
    VersionUnpublished: {
        line: "A record of the sessions table cannot be published",
        level: "error",
        reportedBy: "queue",
    },
    VersionShortened: { line: "Version published without its descriptions", level: "warn", reportedBy: "log" },
    PaymentUnpublished: {
        line: "A record of the payments table cannot be published",
        level: "error",
        reportedBy: "queue",
    },
    ProductUnpublished: {
        line: "A record of the products table cannot be published",
        level: "error",
        reportedBy: "queue",
    },
    FeedChangeUnread: {
        line: "A record of the products table cannot be told to feeds",
        level: "error",
        reportedBy: "queue",
    },
    FeedProductRefused: { line: "A feed does not take the product", level: "error", reportedBy: "queue" },
    OrderUpdateUnpublished: {
        line: "A record of the table of orders' versions cannot be published",
        level: "error",
        reportedBy: "queue",
    },
    PaymentUnmatched: { line: "A payment has money and no order", level: "error", reportedBy: "alarm" },
    PaymentDisputed: { line: "A payment is disputed", level: "error", reportedBy: "alarm" },
    PaymentChangeFailed: { line: "A refund, capture or release has failed", level: "error", reportedBy: "alarm" },
    RefundProposed: { line: "A refund is proposed: an operator decides", level: "error", reportedBy: "alarm" },
    PaymentForeign: {
        line: "Event of a payment ignored: it is none of this program",
        level: "info",
        reportedBy: "log",
    },
    PlatformRefused: {
        line: "A platform wants order events at an address that is not allowed",
        level: "warn",
        reportedBy: "log",
    },
    DeliverySkipped: { line: "Delivery skipped: the endpoint is disabled", level: "warn", reportedBy: "log" },
    DeliveryUnaddressed: { line: "Delivery skipped: the endpoint is gone", level: "warn", reportedBy: "log" },
    DeliveryForgotten: { line: "Delivery passed over: it is gone", level: "warn", reportedBy: "log" },
    DeliveryExhausted: { line: "Delivery exhausted", level: "warn", reportedBy: "queue" },
    DeliveryNotWoken: { line: "Deliveries wait for the reconciler to wake them", level: "warn", reportedBy: "log" },
    AttemptOvertaken: {
        line: "Attempt overtaken: its lease ran out while it was made",
        level: "warn",
        reportedBy: "log",
    },
    EndpointDisabled: { line: "Endpoint disabled", level: "error", reportedBy: "alarm" },
    EndpointPassedOver: {
        line: "Endpoint passed over: its filter cannot be used",
        level: "error",
        reportedBy: "alarm",
    },
    CustomerIgnored: { line: "Customer notification ignored", level: "info", reportedBy: "log" },
    CustomerClosed: {
        line: "Customer notification ignored: the customer is deleted",
        level: "info",
        reportedBy: "log",
    },
    CustomerSkipped: { line: "Customer notification skipped", level: "error", reportedBy: "queue" },
    CustomerIncomplete: {
        line: "Customer notification used in part: it lacks values",
        level: "warn",
        reportedBy: "queue",
    },
    MessageSkipped: { line: "Message skipped", level: "info", reportedBy: "log" },
    MessageShortened: { line: "Members taken out of the message", level: "warn", reportedBy: "log" },
    MailOfUnknownOrder: { line: "No mail to the customer: the order is not stored", level: "warn", reportedBy: "log" },
    MailUnaddressed: {
        line: "No mail to the customer: the order has no e-mail address",
        level: "info",
        reportedBy: "log",
    },
    MailRefused: { line: "No mail to the customer: SES refuses the address", level: "error", reportedBy: "alarm" },
    AuditRowMissing: { line: "The failure is missing in the audit trail", level: "error", reportedBy: "alarm" },
} as const satisfies Readonly<Record<string, Kind>>;

export type NotDone = keyof typeof kinds;
/** Each has an alarm in components/production/monitoring/businessAlarms.ts. */
export type AlarmedNotDone = {
    [Name in NotDone]: (typeof kinds)[Name]["reportedBy"] extends "alarm" ? Name : never;
}[NotDone];

const counted = metricsIn<NotDone>("Commerce/NotDone");

/** The result of a consumer. Only `done` and `notDone` create it, so each has a log line. */
export class Outcome {
    readonly notDone: NotDone | undefined;
    // Makes the type nominal.
    protected readonly isLogged = true;

    constructor(notDone: NotDone | undefined) {
        this.notDone = notDone;
    }
}

/** @param level `warn` for work that was done after a detour */
export function done(log: Log, line: string, fields: Fields = {}, level: "info" | "warn" = "info"): Outcome {
    log[level](line, fields);
    return new Outcome(undefined);
}

export function notDone(log: Log, kind: NotDone, fields: Fields = {}): Outcome {
    const { line, level } = kinds[kind];
    log[level](line, { notDone: kind, ...alsoCounting(fields, counted({ [kind]: 1 })) });
    return new Outcome(kind);
}
