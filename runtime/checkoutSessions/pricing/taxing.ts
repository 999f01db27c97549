import { blocker } from "../domain/messages.ts";
import type { Message } from "../domain/protocol.ts";
import type { Cart } from "./cart.ts";
import type { PricedLine } from "./lines.ts";
import type { Market } from "./market.ts";
import { type Destination, placeOf, unknownRegion } from "./places.ts";
import { hasTaxes, type Tax, taxOn } from "./tax.ts";

/**
 * The taxes of a cart: of goods where they go, of downloads at the billing address, until that is known (a completion has
 * it) at the address that was given; and what is missing for them.
 */
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
        if (product.digital === true) return this.#at(this.#billing ?? destination, base - discount, product.taxClass);
        // Goods without a destination wait for the buyer's choice.
        return destination && this.#at(destination, base - discount, product.taxClass);
    }

    /** @param price after discounts */
    ofFulfillment(price: number, destination: Destination | undefined): Tax | undefined {
        return this.#isTaxed(price) ? this.#at(destination, price, undefined) : undefined;
    }

    /** Of an option that may be chosen: nothing is missing for it yet. */
    ofOption(cost: number, destination: Destination | undefined): Tax | undefined {
        const { merchant, regions } = this.#market;
        const place = this.#isTaxed(cost) && destination ? placeOf(destination, merchant, regions) : undefined;
        return place !== undefined && "country" in place ? taxOn(cost, place, undefined, merchant) : undefined;
    }

    #isTaxed(price: number): boolean {
        return this.#market.merchant.taxOnShipping === true && price > 0;
    }

    #at(taxed: Destination | undefined, amount: number, taxClass: string | undefined): Tax | undefined {
        const { merchant, regions } = this.#market;
        if (!hasTaxes(merchant)) return undefined;
        if (taxed === undefined) {
            this.#messages.set("", addressMissing);
            return undefined;
        }
        const place = placeOf(taxed, merchant, regions);
        const tax = "country" in place ? taxOn(amount, place, taxClass, merchant) : undefined;
        if (tax !== undefined) return tax;
        this.#messages.set(taxed.param, "country" in place ? unknownRegion(place.country, taxed.param) : place);
        return undefined;
    }
}

/** Whether a cart has a download whose tax only the billing address decides: any other one is the buyer's claim. */
export const needsBillingAddress = ({ lines, billingAddress }: Cart, { merchant, products }: Market): boolean =>
    billingAddress === undefined &&
    hasTaxes(merchant) &&
    lines.some(({ productId }) => {
        const { digital, taxExempt } = products.get(productId) ?? {};
        return digital === true && taxExempt !== true;
    });

export const addressMissing = blocker(
    "missing",
    "$.fulfillment_details.address",
    "Give the buyer's address for the tax, or complete with a billing address.",
);
