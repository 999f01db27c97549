import type { Address, Buyer, Message } from "../domain/protocol.ts";
import type { Destination } from "./places.ts";

/**
 * What decides prices, ways of shipping and tax rates: the catalogue and the tables of the settings, or in place of any of
 * them a module of the merchant (`ShopRules`). Amounts are in minor units of the session's currency.
 */
export interface Rules {
    /** The price of one piece; undefined: not sold. */
    price(question: PriceQuestion): number | undefined;
    readonly shipping: ShippingRule;
    readonly tax: TaxRule;
    /** Whether something was asked that has no answer: then nothing of the quote may be paid. */
    hasGaps(): boolean;
}

/** Rules that are asked between quotes. */
export interface AskingRules extends Rules {
    /** Decides with all answers, or with gaps where there are none. */
    decided<T>(decide: () => T): Promise<T>;
}

export interface ShippingRule {
    /** The ways to the place; none: nothing is shipped there. */
    waysFor(parcel: Parcel): readonly ShippingWay[];
    /** What a way costs for these goods; undefined: they do not come by it. */
    cost(way: ShippingWay, parcel: Parcel): number | undefined;
}

export interface TaxRule {
    /** Whether any place may have a tax. */
    readonly applies: boolean;
    /** The rate at a place, or the message why it cannot be told. */
    rate(question: TaxQuestion, destination: Destination): TaxRate | Message;
}

export interface PriceQuestion {
    readonly productId: string;
    /** Of the product in the whole cart. */
    readonly quantity: number;
    /** In the catalogue. */
    readonly price: number;
    readonly currency: string;
    readonly buyer?: Partial<Pick<Buyer, "email" | "company">>;
}

export interface Parcel {
    readonly currency: string;
    readonly destination: Address;
    readonly items: readonly {
        readonly productId: string;
        readonly quantity: number;
        /** Grams of all pieces */
        readonly weight: number;
        /** Price of all pieces, before discounts */
        readonly amount: number;
    }[];
}

export interface ShippingWay {
    /** Stable: the buyer's choice names it. */
    readonly id: string;
    readonly title: string;
    /** Days until it arrives. */
    readonly days: readonly [from: number, to: number];
}

export interface TaxQuestion {
    readonly currency: string;
    /** After discounts */
    readonly amount: number;
    readonly destination: Address;
    /** Absent: of shipping. */
    readonly productId?: string;
    readonly taxClass?: string;
}

export interface TaxRate {
    readonly percent: number;
    /** `US-CA` */
    readonly jurisdiction: string;
}

/**
 * A merchant's module, which replaces what it has functions for. They get plain data and a signal that aborts when their
 * time is over (`askedRules.lazy.ts`), and answer in the order of the questions. One that throws, is late or answers
 * something else leaves the session without a price, and unpaid.
 */
export interface ShopRules {
    /** Null: not sold to this buyer. */
    prices?(questions: readonly PriceQuestion[], signal: AbortSignal): Promise<readonly (number | null)[]>;
    /** Each with what it costs; none: nothing is shipped there, or so much. */
    shipping?(parcel: Parcel, signal: AbortSignal): Promise<readonly PricedWay[]>;
    taxes?(questions: readonly TaxQuestion[], signal: AbortSignal): Promise<readonly TaxRate[]>;
}

export interface PricedWay extends ShippingWay {
    readonly cost: number;
}
