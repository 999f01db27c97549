import type { AlarmedNotDone } from "../../../runtime/shared/outcome.ts";
import { functionsNamed, type Inventory } from "../../parts/inventory.ts";
import { type Alarm, alarmsOverMany, alone, one, type Severity } from "./alarm.ts";
import { ofBusiness, ofMessages, ofNotDone } from "./metric.ts";

/** What the canary in a second region finds out about the first, which may be away with all of its alarms. */
export const ofOtherRegion = (inventory: Inventory): Alarm[] =>
    functionsNamed("health-watch", inventory).map((watch) => ({
        name: "first-region-down",
        severity: "P1",
        runbook: "region-down",
        says: "The first region does not answer this one, or says that it cannot read its tables or secrets.",
        watches: one(ofBusiness(watch, "RegionUnanswered")),
        goesOff: { from: 1 },
        period: 60,
        periods: 3,
        outOf: 5,
    }));

/** The callbacks that count it, by their logical names, the severity, and the alarm's sentence. */
interface WorkNotDone {
    readonly by: RegExp;
    readonly severity: Severity;
    readonly says: string;
}

/** Work that is accepted and not done, needs an operator, and is in no dead-letter queue. */
const workNotDone: Readonly<Record<AlarmedNotDone, WorkNotDone>> = {
    OrderShort: {
        by: /^orders-inventory-/,
        severity: "P4",
        says: "An order is accepted that is short of stock: nothing is reserved for it.",
    },
    OrderUpdateUnused: {
        by: /^checkout-follow-/,
        severity: "P3",
        says: "An event order.updated.v1 is about an order that no session has: no agent is notified.",
    },
    PaymentUnmatched: {
        by: /^payments-keep-/,
        severity: "P2",
        says: "The payment provider has money for an order that does not exist.",
    },
    PaymentDisputed: {
        by: /^payments-keep-/,
        severity: "P3",
        says: "A buyer disputes a payment: the provider awaits evidence within days.",
    },
    PaymentChangeFailed: {
        by: /^payments-keep-/,
        severity: "P2",
        says: "A refund, capture or release of a payment has failed, or it was released before the delivery.",
    },
    RefundProposed: {
        by: /^payments-keep-/,
        severity: "P3",
        says: "An order cannot be fulfilled and its payment is to be given back: an operator decides.",
    },
    EndpointDisabled: {
        by: /^webhooks-deliver-/,
        severity: "P4",
        says: "A webhook endpoint was disabled, because it is gone or fails: no event is sent to it.",
    },
    EndpointPassedOver: {
        by: /^webhooks-dispatch-/,
        severity: "P3",
        says: "A webhook endpoint gets no events, because its filter cannot be used.",
    },
    MailRefused: {
        by: /^customer-mails-/,
        severity: "P4",
        says: "A customer gets no mail about the order: SES refuses the e-mail address.",
    },
    AuditRowMissing: {
        by: /^messages-(?!anchor)/,
        severity: "P3",
        says: "A failure of a subscriber is missing in the audit trail.",
    },
};

export function ofWorkNotDone({ functions }: Inventory): Alarm[] {
    return Object.entries(workNotDone).flatMap(([kind, { by, severity, says }]) =>
        alarmsOverMany(
            {
                name: `not-done${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
                severity,
                runbook: "not-done",
                says,
                goesOff: { from: 1 },
            },
            functions
                .filter(({ name }) => by.test(name))
                .map((callback) => alone(ofNotDone(callback, kind as AlarmedNotDone))),
        ),
    );
}

/** By what callbacks count in their log lines, at every `logLevel`. */
export function ofBusinessFigures(inventory: Inventory): Alarm[] {
    const by = (name: string) => functionsNamed(name, inventory);
    return [
        ...by("orders-store").map(
            (store): Alarm => ({
                name: "orders-drop",
                severity: "P2",
                runbook: "traffic-drop",
                says: "Fewer orders come in than is usual for the hour and the weekday.",
                watches: one(ofBusiness(store, "OrdersStored")),
                goesOff: "unlike itself",
                period: 900,
                periods: 4,
            }),
        ),
        ...by("checkout-complete").map(
            (complete): Alarm => ({
                name: "completions-failing",
                severity: "P2",
                runbook: "failing-completions",
                says: "Half of all payments or more are declined, or their provider does not answer.",
                watches: [
                    {
                        metrics: [
                            ofBusiness(complete, "SessionsCompleted"),
                            ofBusiness(complete, "PaymentsDeclined"),
                            ofBusiness(complete, "PaymentsUnanswered"),
                        ],
                        formula: ([done, declined, unanswered]) => shareOfMany(`${declined} + ${unanswered}`, done, 5),
                    },
                ],
                goesOff: { from: 50 },
                period: 900,
                periods: 2,
            }),
        ),
        ...[...by("checkout-complete"), ...by("checkout-settle")].map(
            (callback): Alarm => ({
                name: `${callback.name}-payments-refused`,
                severity: "P2",
                runbook: "failing-completions",
                says: "The payment provider refuses our requests: completions are tried for ten minutes and given up.",
                watches: one(ofBusiness(callback, "PaymentRequestsRefused")),
                goesOff: { from: 1 },
            }),
        ),
        ...by("webhooks-deliver").map(
            (deliver): Alarm => ({
                name: "webhooks-failing",
                severity: "P2",
                runbook: "failing-webhooks",
                says: "Half of all attempts to deliver webhooks or more fail, to whichever endpoint.",
                watches: [
                    {
                        metrics: [ofBusiness(deliver, "DeliveriesDelivered"), ofBusiness(deliver, "DeliveriesFailed")],
                        formula: ([delivered, failed]) => shareOfMany(failed, delivered, 20),
                    },
                ],
                goesOff: { from: 50 },
                periods: 3,
            }),
        ),
        ...by("messages-alert").map(
            (alert): Alarm => ({
                name: "business-alerts",
                severity: "P4",
                runbook: "business-alerts",
                says: "A business alert was published.",
                watches: one(ofMessages(alert, "Alerts")),
                goesOff: { from: 1 },
            }),
        ),
    ];
}

/** Percent that failed, where there were enough to say so. */
const shareOfMany = (failed: string | undefined, done: string | undefined, enough: number) =>
    `IF(${failed} + ${done} >= ${enough}, 100 * (${failed}) / (${failed} + ${done}), 0)`;
