import { blocker } from "../domain/messages.ts";
import type { Message } from "../domain/protocol.ts";
import type { Cart } from "./cart.ts";
import type { PricedLine } from "./lines.ts";
import type { Market } from "./market.ts";
import { type Destination, placeOf } from "./places.ts";
import { hasTaxes, type Tax, taxOn } from "./tax.ts";

/** The taxes of a cart, at the destinations of its lines, else at the billing address; and what is missing for them. */
export class Taxing {
    readonly #market: Market;
    readonly #billing: Destination | undefined;
    /** One for each place. */
    readonly #messages = new Map<string, Message>();

    constructor({ billingAddress: address }: Cart, market: Market) {
        this.#market = market;
        this.#billing = address && { address, param: "$.payment_data.billing_address" };
    }

    get messages(): Message[] {
        return [...this.#messages.values()];
    }

    ofLine({ product, base }: PricedLine, discount: number, destination: Destination | undefined): Tax | undefined {
        if (product === undefined || product.taxExempt === true) return undefined;
        // Goods without a destination wait for the buyer's choice.
        if (destination === undefined && product.digital !== true) return undefined;
        return this.#at(destination, base - discount, product.taxClass);
    }

    /** @param price after discounts */
    ofFulfillment(price: number, destination: Destination | undefined): Tax | undefined {
        const isTaxed = this.#market.merchant.taxOnShipping === true && price > 0;
        return isTaxed ? this.#at(destination, price, undefined) : undefined;
    }

    #at(destination: Destination | undefined, amount: number, taxClass: string | undefined): Tax | undefined {
        const { merchant, regions } = this.#market;
        if (!hasTaxes(merchant)) return undefined;
        const taxed = destination ?? this.#billing;
        if (taxed === undefined) {
            this.#messages.set("", addressMissing);
            return undefined;
        }
        const place = placeOf(taxed, merchant, regions);
        if ("country" in place) return taxOn(amount, place, taxClass, merchant);
        this.#messages.set(taxed.param, place);
        return undefined;
    }
}

export const addressMissing = blocker(
    "missing",
    "$.fulfillment_details.address",
    "Give the buyer's address for the tax, or complete with a billing address.",
);
