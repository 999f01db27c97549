// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        /** @description An order of any number of items. */
        readonly CartOrder: {
            readonly orderId?: components["schemas"]["OrderId"];
            readonly customer: components["schemas"]["ShortText"] | components["schemas"]["Customer"];
            readonly items: readonly (components["schemas"]["ShortText"] | components["schemas"]["Item"])[];
            /** @description With no more digits than `currency` has, if it is given. */
            readonly total: components["schemas"]["Amount"];
            readonly currency?: components["schemas"]["Currency"];
            readonly locale?: components["schemas"]["Locale"];
            readonly metadata?: components["schemas"]["Metadata"];
        };
        /** @description An order of one product. */
        readonly ProductOrder: {
            readonly orderId?: components["schemas"]["OrderId"];
            readonly productId: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly customerEmail: components["schemas"]["Email"];
        };
        /**
         * @description The order of a paid checkout session, with all that shipping and bookkeeping need. Only the checkout sends it.
         *     The totals of items and fulfillments add up to `total`.
         */
        readonly CheckoutOrder: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly customer: components["schemas"]["Buyer"];
            readonly billingAddress?: components["schemas"]["PostalAddress"];
            readonly items: readonly components["schemas"]["CheckoutItem"][];
            readonly fulfillments: readonly components["schemas"]["Fulfillment"][];
            /** @description Tax by jurisdiction and rate, of items and fulfillments. */
            readonly taxes?: readonly components["schemas"]["Tax"][];
            /** @description The prices contain the taxes, which are not added to them. */
            readonly taxIncluded?: boolean;
            /** @description As the buyer saw them, the last one being `total`. */
            readonly totals: readonly components["schemas"]["OrderTotal"][];
            readonly total: components["schemas"]["Amount"];
            readonly currency: components["schemas"]["Currency"];
            readonly locale?: components["schemas"]["Locale"];
            /** @description The buyer's */
            readonly notes?: string;
            readonly payment?: components["schemas"]["Payment"];
            readonly checkout: {
                readonly sessionId: string;
                /** @description The agent's client id */
                readonly clientId?: string;
            };
            readonly metadata?: components["schemas"]["Metadata"];
        };
        readonly Buyer: {
            readonly name?: components["schemas"]["ShortText"];
            readonly email: components["schemas"]["ShortText"];
            readonly phone?: components["schemas"]["ShortText"];
            readonly company?: components["schemas"]["ShortText"];
            readonly taxId?: components["schemas"]["ShortText"];
        };
        readonly PostalAddress: {
            readonly name?: components["schemas"]["ShortText"];
            readonly company?: components["schemas"]["ShortText"];
            readonly line1: components["schemas"]["AddressText"];
            readonly line2?: components["schemas"]["AddressText"];
            readonly city: components["schemas"]["AddressText"];
            /** @description State or province */
            readonly region?: components["schemas"]["AddressText"];
            readonly postalCode: components["schemas"]["AddressText"];
            /** @description ISO 3166-1 alpha-2 */
            readonly country: components["schemas"]["AddressText"];
        };
        /** @description May be empty, since not every country has every part of an address. */
        readonly AddressText: string;
        /** @description A line of the order. `unitPrice` × `quantity` − `discount` + `tax` (unless included) = `total`. */
        readonly CheckoutItem: {
            /** @description Of the line item */
            readonly id: string;
            readonly productId: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly unitPrice: components["schemas"]["Amount"];
            readonly discount: components["schemas"]["Amount"];
            readonly discountCodes?: readonly string[];
            readonly tax: components["schemas"]["Amount"];
            /** @description In percent: 7.25 */
            readonly taxRate?: number;
            readonly total: components["schemas"]["Amount"];
        };
        /**
         * @description One way of items to the buyer, a fulfilment of the order. `price` − `discount` + `tax` (unless included) =
         *     `total`.
         */
        readonly Fulfillment: {
            /** @description Of the fulfilment */
            readonly id: string;
            /** @enum {string} */
            readonly type: "shipping" | "pickup" | "digital";
            readonly title: components["schemas"]["ShortText"];
            readonly items: readonly {
                readonly id: string;
                readonly quantity: components["schemas"]["Quantity"];
            }[];
            /**
             * Format: date-time
             * @description The promise to the buyer
             */
            readonly earliest?: string;
            /** Format: date-time */
            readonly latest?: string;
            /** @description Who receives the items, where it is not the buyer alone. */
            readonly recipient?: {
                readonly name?: components["schemas"]["ShortText"];
                readonly email?: components["schemas"]["ShortText"];
                readonly phone?: components["schemas"]["ShortText"];
            };
            /** @description Destination or pickup location */
            readonly address?: components["schemas"]["PostalAddress"];
            readonly instructions?: string;
            readonly price: components["schemas"]["Amount"];
            readonly discount: components["schemas"]["Amount"];
            readonly discountCodes?: readonly string[];
            readonly tax: components["schemas"]["Amount"];
            /** @description In percent: 7.25 */
            readonly taxRate?: number;
            readonly total: components["schemas"]["Amount"];
        };
        readonly Tax: {
            /** @description Country, or country and state: US-CA */
            readonly jurisdiction: string;
            /** @description In percent: 7.25 */
            readonly rate: number;
            readonly amount: components["schemas"]["Amount"];
        };
        readonly OrderTotal: {
            readonly type: string;
            readonly text: string;
            readonly amount: components["schemas"]["Amount"];
        };
        /** @description Absent if nothing was to be paid. */
        readonly Payment: {
            /** @description `stripe` or `sandbox` */
            readonly provider: string;
            /** @description The payment's id at the provider */
            readonly id: string;
            /** @description When the order was placed: `captured`, or `authorized` */
            readonly state: string;
            readonly amount: components["schemas"]["Amount"];
        };
        readonly Customer: {
            readonly name?: components["schemas"]["ShortText"];
            readonly email: components["schemas"]["Email"];
        };
        readonly Item: {
            readonly productId?: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly unitPrice?: components["schemas"]["Amount"];
        };
        readonly OrderId: string;
        readonly ProductId: string;
        readonly Quantity: number;
        /**
         * Format: iso-4217
         * @description A code of ISO 4217, in either case.
         */
        readonly Currency: string;
        /** @description The customer's (BCP 47), in which mails and the confirmation write numbers and dates. Without it the shop's. */
        readonly Locale: string;
        /**
         * @description The client's own notes: at most 50, each a text of at most 500 characters (line breaks and tabs among them),
         *     a number or true or false; no lists and no objects. They come back with the order and mean nothing here.
         */
        readonly Metadata: {
            readonly [key: string]: components["schemas"]["Note"];
        };
        /** @description In units of the currency, not in cents. Zero, or at least 0.000001. */
        readonly Amount: number;
        /** @description A name in one line with at least one visible character. */
        readonly ShortText: string;
        readonly Email: string;
        readonly Note: string | number | boolean;
        /** @description Without `amount` and `lines` all that is left is refunded. */
        readonly RefundRequest: {
            readonly amount?: components["schemas"]["RefundAmount"];
            /** @description A check; must be the payment's. */
            readonly currency?: string;
            /** @description Instead of `amount`. */
            readonly lines?: readonly {
                /** @description Of a line of the order, or of a product: all its lines */
                readonly id: string;
                readonly quantity?: components["schemas"]["Quantity"];
                readonly amount?: components["schemas"]["RefundAmount"];
            }[];
            readonly reason?: components["schemas"]["ShortText"];
        };
        /** @description In units of the currency, with tax; without it the share of the quantity. */
        readonly RefundAmount: number;
        readonly PaymentChange: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly entry?: components["schemas"]["PaymentEntry"];
            readonly payment: components["schemas"]["OrderPayment"];
        };
        /**
         * @description The payment of an order as it is now; with all members once something has happened to it. Amounts are in units
         *     of the currency.
         */
        readonly OrderPayment: {
            /** @enum {unknown} */
            readonly provider: "sandbox" | "stripe";
            /** @description The provider's id */
            readonly id: string;
            /** @enum {unknown} */
            readonly state: "authorized" | "captured" | "partially_refunded" | "refunded" | "voided";
            readonly currency?: string;
            /** @description What was authorised */
            readonly amount: number;
            readonly captured?: number;
            readonly refunded?: number;
            /** @description Captured, and neither refunded, nor about to be, nor disputed, nor reported as given back elsewhere */
            readonly refundable?: number;
            /** @description What the provider has taken because of disputes */
            readonly disputed?: number;
            readonly entries?: readonly components["schemas"]["PaymentEntry"][];
        };
        readonly PaymentEntry: {
            /** @description Its own; the provider's for what was made there */
            readonly id: string;
            /** @enum {unknown} */
            readonly kind: "capture" | "void" | "refund" | "dispute";
            /**
             * @description `pending`: not carried out yet, or the provider decides. `proposed`: an operator decides, by a refund that
             *     then `replaced` it; so does what leaves nothing to be refunded. A dispute is `completed` when it is lost, `failed` when it is won.
             * @enum {unknown}
             */
            readonly status: "proposed" | "replaced" | "pending" | "completed" | "failed";
            readonly amount: number;
            /** Format: date-time */
            readonly at: string;
            readonly lines?: readonly {
                readonly id: string;
                readonly quantity: number;
                readonly amount: number;
            }[];
            readonly reason?: string;
            /** @description The provider's code */
            readonly failure?: string;
        };
        readonly Acceptance: {
            readonly orderId: components["schemas"]["OrderId"];
            /** @constant */
            readonly status: "accepted";
        };
        /** @description A `CartOrder` with its status, progress and steps. */
        readonly StoredCart: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly customer: components["schemas"]["CartOrder"]["customer"];
            readonly items: components["schemas"]["CartOrder"]["items"];
            readonly total: components["schemas"]["Amount"];
            readonly currency?: components["schemas"]["Currency"];
            readonly locale?: components["schemas"]["Locale"];
            readonly metadata?: components["schemas"]["Metadata"];
            readonly status: components["schemas"]["Status"];
            /** Format: date-time */
            readonly receivedAt: string;
            readonly steps: components["schemas"]["Steps"];
            readonly version: components["schemas"]["Version"];
            readonly lines: components["schemas"]["OrderLines"];
            readonly fulfillments: components["schemas"]["ShownFulfillments"];
            readonly adjustments?: components["schemas"]["Adjustments"];
            readonly shopNotes: components["schemas"]["Notes"];
            readonly timeline: components["schemas"]["Timeline"];
        };
        /** @description A `ProductOrder` with its status, progress and steps. */
        readonly StoredProduct: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly productId: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly customerEmail: components["schemas"]["Email"];
            readonly status: components["schemas"]["Status"];
            /** Format: date-time */
            readonly receivedAt: string;
            readonly steps: components["schemas"]["Steps"];
            readonly version: components["schemas"]["Version"];
            readonly lines: components["schemas"]["OrderLines"];
            readonly fulfillments: components["schemas"]["ShownFulfillments"];
            readonly adjustments?: components["schemas"]["Adjustments"];
            readonly shopNotes: components["schemas"]["Notes"];
            readonly timeline: components["schemas"]["Timeline"];
        };
        /** @description A `CheckoutOrder` with its status, progress and steps. */
        readonly StoredCheckoutOrder: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly customer: components["schemas"]["CheckoutOrder"]["customer"];
            readonly billingAddress?: components["schemas"]["CheckoutOrder"]["billingAddress"];
            readonly items: components["schemas"]["CheckoutOrder"]["items"];
            readonly taxes?: components["schemas"]["CheckoutOrder"]["taxes"];
            readonly taxIncluded?: components["schemas"]["CheckoutOrder"]["taxIncluded"];
            readonly totals: components["schemas"]["CheckoutOrder"]["totals"];
            readonly total: components["schemas"]["Amount"];
            readonly currency: components["schemas"]["Currency"];
            readonly locale?: components["schemas"]["Locale"];
            readonly notes?: components["schemas"]["CheckoutOrder"]["notes"];
            readonly payment?: components["schemas"]["OrderPayment"];
            readonly checkout: components["schemas"]["CheckoutOrder"]["checkout"];
            readonly metadata?: components["schemas"]["Metadata"];
            readonly status: components["schemas"]["Status"];
            /** Format: date-time */
            readonly receivedAt: string;
            readonly steps: components["schemas"]["Steps"];
            readonly version: components["schemas"]["Version"];
            readonly lines: components["schemas"]["OrderLines"];
            readonly fulfillments: components["schemas"]["ShownFulfillments"];
            readonly adjustments?: components["schemas"]["Adjustments"];
            readonly shopNotes: components["schemas"]["Notes"];
            readonly timeline: components["schemas"]["Timeline"];
        };
        /**
         * @description `received` until the stock is reserved or short. `manual_review`: a person has to look. `processing`: pieces were
         *     fulfilled, others are left. `shipped`: none are left. `completed`: all are delivered.
         * @enum {unknown}
         */
        readonly Status: "received" | "reserved" | "shortage" | "manual_review" | "processing" | "shipped" | "completed" | "canceled";
        /**
         * @description `api`: an order of `POST /orders`. `checkout`: of an agent's session.
         * @enum {unknown}
         */
        readonly Source: "api" | "checkout";
        readonly ListedOrder: {
            readonly orderId: components["schemas"]["OrderId"];
            /** Format: date-time */
            readonly receivedAt: string;
            readonly status: components["schemas"]["Status"];
            readonly source: components["schemas"]["Source"];
            readonly customer: {
                readonly name?: string;
                readonly email?: string;
            };
            /** @description How many lines */
            readonly items: number;
            readonly total?: components["schemas"]["Amount"];
            readonly currency?: string;
        };
        readonly FulfillmentRequest: {
            /**
             * @description The planned fulfilment whose pieces leave, where those of several would that differ in type or destination.
             *     What is planned as several fulfilments of one type and destination may leave in one parcel: each of these
             *     has its tracking then.
             */
            readonly fulfillmentId?: string;
            /**
             * @description Of pieces that no planned fulfilment has; `shipping` if absent
             * @enum {unknown}
             */
            readonly type?: "shipping" | "pickup" | "digital";
            readonly lines?: components["schemas"]["PieceRequests"];
            /**
             * @description If absent `shipped`, or `ready_for_pickup`, or `delivered` for a download
             * @enum {unknown}
             */
            readonly status?: "ready_for_pickup" | "shipped" | "in_transit" | "out_for_delivery" | "delivered";
            readonly carrier?: components["schemas"]["ShortText"];
            readonly trackingNumber?: components["schemas"]["ShortText"];
            readonly trackingUrl?: components["schemas"]["WebAddress"];
        };
        readonly FulfillmentChange: {
            /** @enum {unknown} */
            readonly status?: "ready_for_pickup" | "shipped" | "in_transit" | "out_for_delivery" | "delivered" | "failed";
            readonly carrier?: components["schemas"]["ShortText"];
            readonly trackingNumber?: components["schemas"]["ShortText"];
            readonly trackingUrl?: components["schemas"]["WebAddress"];
            /** @description What the carrier says about it. */
            readonly event?: {
                readonly description?: components["schemas"]["ShortText"];
                readonly location?: components["schemas"]["ShortText"];
            };
        };
        readonly CancelRequest: {
            readonly lines?: components["schemas"]["PieceRequests"];
            readonly reason?: components["schemas"]["ShortText"];
            /** @description Reserved pieces go back to the stock, unless it is false */
            readonly restock?: boolean;
        };
        readonly NoteRequest: {
            readonly text: string;
            /**
             * @description `internal` if absent
             * @enum {unknown}
             */
            readonly audience?: "internal" | "customer";
        };
        readonly PieceRequests: readonly {
            /** @description Of a line of the order, or of a product: all its lines */
            readonly id: string;
            readonly quantity?: components["schemas"]["Quantity"];
        }[];
        readonly WebAddress: string;
        readonly ChangedOrder: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly version: components["schemas"]["Version"];
            readonly status: components["schemas"]["Status"];
            /** @description What the request did. */
            readonly change: {
                /** @enum {unknown} */
                readonly type: "fulfillment" | "cancellation" | "note";
                /** @description Of the fulfilment, the cancellation or the note */
                readonly id: string;
                /** Format: date-time */
                readonly at: string;
            };
            readonly lines: components["schemas"]["OrderLines"];
            readonly fulfillments: components["schemas"]["ShownFulfillments"];
            readonly adjustments?: components["schemas"]["Adjustments"];
            readonly shopNotes: components["schemas"]["Notes"];
        };
        /** @description Grows with each change of the order or its payment. */
        readonly Version: number;
        /** @description The items in one form, and how many pieces of each are wanted and fulfilled. */
        readonly OrderLines: readonly {
            readonly id: string;
            readonly productId?: string;
            readonly name: string;
            readonly ordered: number;
            /** @description Neither canceled nor returned */
            readonly current: number;
            readonly fulfilled: number;
        }[];
        /** @description Planned ones, and those that have left the shop. Those of the checkout have their prices. */
        readonly ShownFulfillments: readonly {
            readonly id: string;
            /** @enum {unknown} */
            readonly type: "shipping" | "pickup" | "digital";
            /** @enum {unknown} */
            readonly status: "pending" | "processing" | "ready_for_pickup" | "shipped" | "in_transit" | "out_for_delivery" | "failed" | "canceled" | "delivered";
            readonly items: components["schemas"]["Fulfillment"]["items"];
            readonly carrier?: string;
            readonly trackingNumber?: string;
            readonly trackingUrl?: string;
            readonly events: readonly {
                readonly id: string;
                readonly type: string;
                /** Format: date-time */
                readonly at: string;
                readonly description?: string;
                readonly location?: string;
            }[];
            readonly title?: string;
            /**
             * Format: date-time
             * @description The promise to the buyer
             */
            readonly earliest?: string;
            /** Format: date-time */
            readonly latest?: string;
            readonly recipient?: components["schemas"]["Fulfillment"]["recipient"];
            readonly address?: components["schemas"]["PostalAddress"];
            readonly instructions?: string;
            readonly price?: components["schemas"]["Amount"];
            readonly discount?: components["schemas"]["Amount"];
            readonly discountCodes?: readonly string[];
            readonly tax?: components["schemas"]["Amount"];
            readonly taxRate?: number;
            readonly total?: components["schemas"]["Amount"];
        }[];
        /** @description Cancellations, and what systems of the merchant reported, such as returns. Refunds are in `payment`. */
        readonly Adjustments: readonly {
            readonly id: string;
            readonly type: string;
            readonly status: string;
            /** Format: date-time */
            readonly at: string;
            /** @description In units of the currency */
            readonly amount?: number;
            readonly items?: components["schemas"]["Fulfillment"]["items"];
            readonly reason?: string;
            readonly description?: string;
        }[];
        readonly Notes: readonly {
            readonly id: string;
            readonly text: string;
            /** @enum {unknown} */
            readonly audience: "internal" | "customer";
            /** Format: date-time */
            readonly at: string;
            /** @description The client */
            readonly by: string;
        }[];
        /** @description What happened to the order, oldest first. */
        readonly Timeline: readonly {
            /** Format: date-time */
            readonly at: string;
            /**
             * @description `update`: by a system of the merchant, on the bus.
             * @enum {unknown}
             */
            readonly type: "received" | "step" | "payment" | "fulfillment" | "cancellation" | "note" | "update";
            /** @description Of the step; what was done with the payment */
            readonly name?: string;
            /** @description Of the fulfilment, the cancellation, the note or the entry of the payment */
            readonly id?: string;
            /** @description That it had then; of the payment's entry, now */
            readonly status?: string;
            /** @description The client */
            readonly by?: string;
        }[];
        /** @description Completed steps of the order, oldest first. */
        readonly Steps: readonly {
            /**
             * @description `reservation`, `notification` of sales and its `mail`, `document`, `announcement`, and the mails to the
             *     customer: `confirmation-mail`, and with the id of what they are about `shipment-mail/<id>`,
             *     `refund-mail/<id>`, `cancellation-mail/<id>` and `note-mail/<id>`.
             */
            readonly name: string;
            /** Format: date-time */
            readonly at: string;
        }[];
        /** @description Problem details, RFC 9457. */
        readonly Problem: {
            /** Format: uri-reference */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            /** Format: uri-reference */
            readonly instance: string;
            readonly correlationId: string;
            readonly errors?: readonly {
                /** @description JSON pointer (RFC 6901) to the invalid value; empty for the whole body. */
                readonly pointer: string;
                readonly detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
