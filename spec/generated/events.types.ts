// Made by `npm run generate` from spec/events.asyncapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Envelope: {
            readonly id: components["schemas"]["EventId"];
            readonly type: string;
            /**
             * Format: date-time
             * @description Time of the event.
             */
            readonly timestamp: string;
            /** @description `tenant.<client>`, of events that a client publishes; absent for ours. */
            readonly source?: string;
            /**
             * @description Of events of a checkout session and its order: the session's version, which grows. An event with a lower
             *     one than the last says nothing new.
             */
            readonly sequence?: number;
            readonly data: Record<string, never>;
        };
        /** @description Without a dot, the separator in signed content. */
        readonly EventId: string;
        readonly OrderReceived: {
            readonly orderId: components["schemas"]["OrderId"];
            /** @description As sent. */
            readonly customer: string | {
                readonly name?: string;
                readonly email: string;
                readonly phone?: string;
                readonly company?: string;
                readonly taxId?: string;
            };
            /** @description As sent. */
            readonly items: readonly (string | {
                readonly productId?: string;
                readonly productName: string;
                readonly quantity: number;
                readonly unitPrice?: number;
                /** @description Of the line item of the checkout */
                readonly id?: string;
                readonly discount?: number;
                readonly discountCodes?: readonly string[];
                readonly tax?: number;
                /** @description In percent */
                readonly taxRate?: number;
                readonly total?: number;
            })[];
            readonly total?: number;
            readonly currency?: string;
            /** @description The customer's (BCP 47) */
            readonly locale?: string;
            readonly metadata?: Record<string, never>;
            readonly billingAddress?: components["schemas"]["PostalAddress"];
            readonly fulfillments?: readonly components["schemas"]["Fulfillment"][];
            readonly taxes?: readonly {
                readonly jurisdiction: string;
                /** @description In percent */
                readonly rate: number;
                readonly amount: number;
            }[];
            /** @description The prices contain the taxes. */
            readonly taxIncluded?: boolean;
            readonly totals?: readonly {
                readonly type: string;
                readonly text: string;
                readonly amount: number;
            }[];
            readonly notes?: string;
            readonly payment?: {
                readonly provider: string;
                readonly id: string;
                readonly state: string;
                readonly amount: number;
            };
            readonly checkout?: {
                readonly sessionId: string;
                readonly clientId?: string;
            };
            /** @description The items, all in one form. */
            readonly lines: readonly components["schemas"]["Line"][];
            readonly meta: components["schemas"]["Meta"];
        };
        readonly OrderRejected: {
            readonly orderId: string;
            /**
             * @description `conflict`: another order has this id. `invalid`: not a valid order.
             * @enum {string}
             */
            readonly reason: "conflict" | "invalid";
            readonly errors?: readonly components["schemas"]["Fault"][];
            /** @description As received; absent if too large. */
            readonly order?: unknown;
            readonly meta: components["schemas"]["Meta"];
        };
        readonly InventoryReserved: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly lines: readonly components["schemas"]["Quantity"][];
            /** @description Lines without a productId. */
            readonly untracked: readonly components["schemas"]["Line"][];
            readonly meta: components["schemas"]["Meta"];
        };
        readonly InventoryShortage: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly lines: readonly components["schemas"]["Quantity"][];
            readonly untracked: readonly components["schemas"]["Line"][];
            /** @description Products with too little stock. */
            readonly short: readonly components["schemas"]["Shortage"][];
            readonly meta: components["schemas"]["Meta"];
        };
        readonly DocumentGenerated: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly bucket: string;
            readonly key: string;
            readonly meta: components["schemas"]["Meta"];
        };
        /** @description How the payment of an order is now. Amounts are in minor units. */
        readonly PaymentUpdated: {
            readonly orderId: components["schemas"]["OrderId"];
            /** @description A later one contains all of an earlier one */
            readonly version: number;
            readonly payment: {
                /** @enum {unknown} */
                readonly provider: "sandbox" | "stripe";
                /** @description The provider's id */
                readonly id: string;
                /** @enum {unknown} */
                readonly state: "authorized" | "captured" | "partially_refunded" | "refunded" | "voided";
                readonly amount: number;
                readonly currency: string;
            };
            /** @description Refunds, releases and disputes in the form of the Agentic Commerce Protocol. */
            readonly adjustments: readonly {
                readonly id: string;
                /** @enum {unknown} */
                readonly type: "refund" | "cancellation" | "dispute";
                /** Format: date-time */
                readonly occurred_at: string;
                /** @enum {unknown} */
                readonly status: "pending" | "completed" | "failed";
                readonly amount: number;
                readonly currency: string;
                readonly line_items?: readonly {
                    readonly id: string;
                    readonly quantity: number;
                }[];
                readonly reason?: string;
            }[];
            /** @description The order cannot be fulfilled, and its payment was given back. */
            readonly isCanceled: boolean;
            /** @description Something is to be done at the provider */
            readonly isPending: boolean;
            readonly meta: components["schemas"]["Meta"];
        };
        /**
         * @description The changed members of an order, as they are now, in the form of the Agentic Commerce Protocol (`OrderUpdate` in
         *     checkout.openapi.yaml), whose amounts are in minor units. It is published for each change by the order API
         *     (`meta.version`, `meta.change`) and of the payment, which `payment.updated.v1` describes. Systems of the merchant may put it on the bus, too: what they say about an
         *     order is merged into it.
         */
        readonly OrderUpdated: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly status?: string;
            readonly line_items?: readonly {
                readonly id: string;
                readonly quantity?: {
                    readonly ordered?: number;
                    /** @description Not canceled and not returned */
                    readonly current?: number;
                    readonly fulfilled?: number;
                };
            }[];
            readonly fulfillments?: readonly {
                readonly id: string;
                readonly type?: string;
                readonly status?: string;
                readonly line_items?: readonly components["schemas"]["Pieces"][];
                readonly carrier?: string;
                readonly tracking_number?: string;
                readonly tracking_url?: string;
                readonly events?: readonly Record<string, never>[];
            }[];
            readonly adjustments?: readonly Record<string, never>[];
            readonly estimated_delivery?: Record<string, never>;
            /** @description For the customer. */
            readonly notes?: readonly {
                readonly id: string;
                readonly text: string;
            }[];
            readonly meta?: {
                readonly correlationId?: string;
                readonly occurredAt?: components["schemas"]["OccurredAt"];
                /** @description The order's version by this change, of the order API */
                readonly version?: number;
                readonly change?: components["schemas"]["OrderChange"];
            };
        };
        /** @description What the order API did, or that the payment has changed. */
        readonly OrderChange: {
            /** @enum {unknown} */
            readonly type: "fulfillment" | "cancellation" | "note" | "payment";
            /** @description Of the fulfilment, the cancellation, the note or the payment */
            readonly id: string;
            /** @description Of the fulfilment or the payment */
            readonly status?: string;
            /** @description Of the payment: `version` of its `payment.updated.v1` */
            readonly sequence?: number;
            /** @description The pieces that it is about. */
            readonly lines?: readonly {
                readonly id: string;
                readonly productId?: string;
                readonly name: string;
                readonly quantity: number;
            }[];
            readonly carrier?: string;
            readonly trackingNumber?: string;
            readonly trackingUrl?: string;
            readonly reason?: string;
            /** @description Of the note */
            readonly text?: string;
            /** @enum {unknown} */
            readonly audience?: "internal" | "customer";
        };
        readonly Pieces: {
            readonly id: string;
            readonly quantity: number;
        };
        /** @description How a product is now. */
        readonly ProductUpdated: {
            readonly productId: string;
            /** @enum {unknown} */
            readonly change: "created" | "changed" | "deleted";
            /**
             * @description Names of the product's members that are not as before. A sale changes `availability` only when that turns,
             *     and is no event otherwise.
             */
            readonly members: readonly string[];
            /** @description The product without `stock` and `held`, as in the API of the catalogue; absent if it is deleted. */
            readonly product?: {
                readonly productId: string;
                readonly title: string;
                readonly prices: {
                    readonly [key: string]: number;
                };
                readonly availability: string;
            };
            /** @description Pieces that can be sold; absent if they are not counted. */
            readonly sellable?: number;
            /** @description Of the change; the same if the event comes again */
            readonly changeId: string;
            readonly meta: {
                /** @description Of the request that made the change */
                readonly correlationId: string;
                readonly occurredAt?: components["schemas"]["OccurredAt"];
            };
        };
        readonly PostalAddress: {
            readonly name?: string;
            readonly company?: string;
            readonly line1: string;
            readonly line2?: string;
            readonly city: string;
            readonly region?: string;
            readonly postalCode: string;
            readonly country: string;
        };
        readonly Fulfillment: {
            readonly id: string;
            readonly type: string;
            readonly title: string;
            readonly items: readonly {
                readonly id: string;
                readonly quantity: number;
            }[];
            /** Format: date-time */
            readonly earliest?: string;
            /** Format: date-time */
            readonly latest?: string;
            readonly recipient?: {
                readonly name?: string;
                readonly email?: string;
                readonly phone?: string;
            };
            readonly address?: components["schemas"]["PostalAddress"];
            readonly instructions?: string;
            readonly price: number;
            readonly discount: number;
            readonly discountCodes?: readonly string[];
            readonly tax: number;
            readonly taxRate?: number;
            readonly total: number;
        };
        readonly OrderId: string;
        readonly Line: {
            readonly productId?: string;
            readonly name: string;
            readonly quantity: number;
            /** @description In units of the order's currency. */
            readonly unitPrice?: number;
        };
        readonly Quantity: {
            readonly productId: string;
            readonly name: string;
            readonly quantity: number;
        };
        readonly Shortage: {
            readonly productId: string;
            readonly name: string;
            readonly quantity: number;
            readonly available: number;
        };
        readonly Fault: {
            /** @description JSON pointer (RFC 6901). */
            readonly pointer: string;
            readonly detail: string;
        };
        /** @description Data of the receipt. */
        readonly Meta: {
            readonly correlationId: string;
            /** Format: date-time */
            readonly receivedAt: string;
            readonly occurredAt?: components["schemas"]["OccurredAt"];
        };
        /**
         * Format: date-time
         * @description The event's own time, with milliseconds: the order of an order's events. The bus's time has seconds only; it
         *     counts where this is absent.
         */
        readonly OccurredAt: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
