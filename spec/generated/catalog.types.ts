// Made by `npm run generate` from spec/catalog.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        readonly Product: {
            readonly productId?: components["schemas"]["ProductId"];
            readonly title: components["schemas"]["Title"];
            readonly prices: components["schemas"]["Amounts"];
            /** @description What it costs elsewhere, or cost before, in currencies of `prices`; not below the price. */
            readonly listPrices?: components["schemas"]["Amounts"];
            readonly stock?: components["schemas"]["Count"];
            readonly description?: components["schemas"]["LongText"];
            /** @description URLs of pictures, the main one first. */
            readonly images?: readonly components["schemas"]["Url"][];
            /** @description URL of its page in the shop. */
            readonly link?: components["schemas"]["Url"];
            readonly brand?: components["schemas"]["Text"];
            /** @description Global Trade Item Number (EAN, UPC, ISBN-13), with its check digit. */
            readonly gtin?: string;
            /** @description The manufacturer's part number. */
            readonly mpn?: components["schemas"]["Text"];
            /** @description Each from the widest to the narrowest (`Home > Cleaning`). */
            readonly categories?: readonly components["schemas"]["Title"][];
            readonly condition?: components["schemas"]["Condition"];
            readonly group?: components["schemas"]["Group"];
            /** @description A class of the setting `checkout.tax.classes`. */
            readonly taxClass?: components["schemas"]["Text"];
            /** @description It is not taxed. By default false. */
            readonly taxExempt?: boolean;
            /** @description Grams, for shipping by weight. */
            readonly weight?: number;
            /** @description Delivered electronically. By default it is shipped. */
            readonly digital?: boolean;
            /**
             * Format: date-time
             * @description Not sold, nor shown to the public, before.
             */
            readonly availableFrom?: string;
            /** @description Not shown to the public. Who knows the id can buy it. By default false. */
            readonly hidden?: boolean;
            readonly returnPolicy?: components["schemas"]["ReturnPolicy"];
            readonly availability?: components["schemas"]["Availability"];
            readonly held?: components["schemas"]["Held"];
            readonly updatedAt?: components["schemas"]["UpdatedAt"];
        };
        readonly StockCount: {
            readonly stock: components["schemas"]["Count"];
        };
        readonly StockAdjustment: {
            /** @description Pieces. */
            readonly by: number;
        };
        /** @description With either `percentOff` or `amountOff`. */
        readonly DiscountCode: {
            readonly code?: components["schemas"]["Code"];
            /** @description As buyers see it. */
            readonly name: components["schemas"]["Title"];
            readonly percentOff?: number;
            /** @description In minor units of the shop's currency. */
            readonly amountOff?: components["schemas"]["Amount"];
            /**
             * @description By default items.
             * @enum {string}
             */
            readonly appliesTo?: "items" | "fulfillment";
            /** @description Ids of the products that it is for. By default all. */
            readonly products?: readonly components["schemas"]["ProductId"][];
            /** @description Least sum of the items before discounts, in minor units of the shop's currency. */
            readonly minimum?: components["schemas"]["Amount"];
            /** Format: date-time */
            readonly startsAt?: string;
            /** Format: date-time */
            readonly endsAt?: string;
            /** @description Orders that may use it. By default any number. */
            readonly usageLimit?: number;
            /** @description Whether other codes can be used with it. By default true. */
            readonly combinable?: boolean;
            /** @description Lower ones are applied first. By default 100. */
            readonly priority?: number;
            /** @description Set by the server. */
            readonly timesRedeemed?: number;
            readonly updatedAt?: components["schemas"]["UpdatedAt"];
        };
        readonly ProductId: string;
        readonly Code: string;
        readonly Title: string;
        readonly Text: string;
        /** @description Plain text. */
        readonly LongText: string;
        /** Format: uri */
        readonly Url: string;
        /** @description Minor units. */
        readonly Amount: number;
        /** @description By currency (ISO 4217) in lower case. */
        readonly Amounts: {
            readonly [key: string]: components["schemas"]["Amount"];
        };
        /**
         * @description Pieces that are not part of an order; `held` of them are held by running checkouts. null: it is not counted, and
         *     never runs out. Only for merchants.
         */
        readonly Count: number | null;
        /**
         * @default new
         * @enum {string}
         */
        readonly Condition: "new" | "refurbished" | "used";
        /** @description Products that differ in options only, as a size or a colour, have one group. */
        readonly Group: {
            readonly id: components["schemas"]["Text"];
            readonly title?: components["schemas"]["Title"];
            /** @description What this one is: `{colour: Blue, size: M}`. */
            readonly options: {
                readonly [key: string]: components["schemas"]["Text"];
            };
        };
        readonly ReturnPolicy: {
            /** @description Days in which it can be returned; 0 if it cannot. */
            readonly days: number;
            /** @description Whether it can be exchanged. */
            readonly exchanges?: boolean;
            readonly url?: components["schemas"]["Url"];
        };
        /** @description Cursor of the next page; absent on the last. */
        readonly Next: string;
        /** @description Only merchants get `stock`, `held`, `hidden`, `taxClass`, `taxExempt` and `updatedAt`. */
        readonly ShownProduct: {
            readonly productId: components["schemas"]["ProductId"];
            readonly title: components["schemas"]["Title"];
            readonly prices: components["schemas"]["Amounts"];
            /** @description What it costs elsewhere, or cost before, in currencies of `prices`; not below the price. */
            readonly listPrices?: components["schemas"]["Amounts"];
            readonly stock?: components["schemas"]["Count"];
            readonly description?: components["schemas"]["LongText"];
            /** @description URLs of pictures, the main one first. */
            readonly images?: readonly components["schemas"]["Url"][];
            /** @description URL of its page in the shop. */
            readonly link?: components["schemas"]["Url"];
            readonly brand?: components["schemas"]["Text"];
            /** @description Global Trade Item Number (EAN, UPC, ISBN-13), with its check digit. */
            readonly gtin?: string;
            /** @description The manufacturer's part number. */
            readonly mpn?: components["schemas"]["Text"];
            /** @description Each from the widest to the narrowest (`Home > Cleaning`). */
            readonly categories?: readonly components["schemas"]["Title"][];
            readonly condition: components["schemas"]["Condition"];
            readonly group?: components["schemas"]["Group"];
            /** @description A class of the setting `checkout.tax.classes`. */
            readonly taxClass?: components["schemas"]["Text"];
            /** @description It is not taxed. By default false. */
            readonly taxExempt?: boolean;
            /** @description Grams, for shipping by weight. */
            readonly weight?: number;
            /** @description Delivered electronically. By default it is shipped. */
            readonly digital: boolean;
            /**
             * Format: date-time
             * @description Not sold, nor shown to the public, before.
             */
            readonly availableFrom?: string;
            /** @description Not shown to the public. Who knows the id can buy it. By default false. */
            readonly hidden?: boolean;
            readonly returnPolicy?: components["schemas"]["ReturnPolicy"];
            readonly availability: components["schemas"]["Availability"];
            readonly held?: components["schemas"]["Held"];
            readonly updatedAt?: components["schemas"]["UpdatedAt"];
        };
        readonly Stock: {
            readonly productId: components["schemas"]["ProductId"];
            readonly stock: components["schemas"]["Count"];
            readonly held: components["schemas"]["Held"];
            readonly availability: components["schemas"]["Availability"];
        };
        readonly ShownDiscountCode: {
            readonly code: components["schemas"]["Code"];
            /** @description As buyers see it. */
            readonly name: components["schemas"]["Title"];
            readonly percentOff?: number;
            /** @description In minor units of the shop's currency. */
            readonly amountOff?: components["schemas"]["Amount"];
            /**
             * @description By default items.
             * @enum {string}
             */
            readonly appliesTo?: "items" | "fulfillment";
            /** @description Ids of the products that it is for. By default all. */
            readonly products?: readonly components["schemas"]["ProductId"][];
            /** @description Least sum of the items before discounts, in minor units of the shop's currency. */
            readonly minimum?: components["schemas"]["Amount"];
            /** Format: date-time */
            readonly startsAt?: string;
            /** Format: date-time */
            readonly endsAt?: string;
            /** @description Orders that may use it. By default any number. */
            readonly usageLimit?: number;
            /** @description Whether other codes can be used with it. By default true. */
            readonly combinable?: boolean;
            /** @description Lower ones are applied first. By default 100. */
            readonly priority?: number;
            /** @description Set by the server. */
            readonly timesRedeemed: number;
            readonly updatedAt?: components["schemas"]["UpdatedAt"];
        };
        /** @description Pieces that running checkouts hold. Set by the server; only for merchants. */
        readonly Held: number;
        /**
         * @description `limited_stock`: 5 or fewer. Set by the server.
         * @enum {string}
         */
        readonly Availability: "in_stock" | "limited_stock" | "out_of_stock" | "not_yet_available";
        /**
         * Format: date-time
         * @description Time of the last change by a merchant. Set by the server.
         */
        readonly UpdatedAt: string;
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
