// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.

/** An order of any number of items. */
export type CartOrder = {
    readonly orderId?: OrderId;
    readonly customer: ShortText | Customer;
    readonly items: readonly (ShortText | Item)[];
    readonly total: Amount;
    readonly currency?: string;
    readonly metadata?: { readonly [name: string]: Note };
};

/** An order of one product. */
export type ProductOrder = {
    readonly orderId?: OrderId;
    readonly productId: ProductId;
    readonly productName: ShortText;
    readonly quantity: Quantity;
    readonly customerEmail: Email;
};

export type Customer = {
    readonly name?: ShortText;
    readonly email: Email;
};

export type Item = {
    readonly productId?: ProductId;
    readonly productName: ShortText;
    readonly quantity: Quantity;
    readonly unitPrice?: Amount;
};

export type OrderId = string;

export type ProductId = string;

export type Quantity = number;

/** In units of the currency, not in cents. Zero, or at least 0.000001. */
export type Amount = number;

export type ShortText = string;

export type Email = string;

export type Note = string | number | boolean;

export type Acceptance = {
    readonly orderId: OrderId;
    readonly status: "accepted";
};

export type Progress = {
    readonly orderId: OrderId;
    readonly status: "received" | "reserved" | "shortage";
    readonly receivedAt: string;
    readonly effects: readonly ({
        readonly name: "reservation" | "notification" | "mail" | "document";
        readonly at: string;
    })[];
};

/** Problem details, RFC 9457. */
export type Problem = {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    readonly instance: string;
    readonly correlationId: string;
    readonly errors?: readonly ({
        readonly pointer: string;
        readonly detail: string;
    })[];
};
