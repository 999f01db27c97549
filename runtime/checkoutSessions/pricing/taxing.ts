import { blocker } from "../domain/messages.ts";
import type { Message } from "../domain/protocol.ts";
import type { Cart } from "./cart.ts";
import type { PricedLine } from "./lines.ts";
import type { Market, Product } from "./market.ts";
import type { Destination } from "./places.ts";
import type { Rules } from "./rules.ts";
import { rulesOf } from "./tables.ts";
import { type Tax, taxOn } from "./tax.ts";

/**
 * The taxes of a cart: of goods where they go, of downloads at the billing address, until that is known (a completion has
 * it) at the address that was given; and what is missing for them.
 */
export class Taxing {
    readonly #market: Market;
    readonly #rule: Rules["tax"];
    readonly #billing: Destination | undefined;
    /** One for each place. */
    readonly #messages = new Map<string, Message>();

    constructor({ billingAddress: address }: Cart, market: Market) {
        this.#market = market;
        this.#rule = rulesOf(market).tax;
        this.#billing = address && { address, param: "$.payment_data.billing_address" };
    }

    get messages(): Message[] {
        return [...this.#messages.values()];
    }

    ofLine({ product, base }: PricedLine, discount: number, destination: Destination | undefined): Tax | undefined {
        if (product === undefined || product.taxExempt === true) return undefined;
        if (product.digital === true) return this.#at(this.#billing ?? destination, base - discount, product);
        // Goods without a destination wait for the buyer's choice.
        return destination && this.#at(destination, base - discount, product);
    }

    /** @param price after discounts */
    ofFulfillment(price: number, destination: Destination | undefined): Tax | undefined {
        return this.#isTaxed(price) ? this.#at(destination, price) : undefined;
    }

    /** Of an option that may be chosen: nothing is missing for it yet. */
    ofOption(cost: number, destination: Destination | undefined): Tax | undefined {
        const told = this.#isTaxed(cost) && destination ? this.#told(destination, cost) : undefined;
        return told !== undefined && "amount" in told ? told : undefined;
    }

    #isTaxed(price: number): boolean {
        return this.#rule.applies && this.#market.merchant.taxOnShipping === true && price > 0;
    }

    #at(taxed: Destination | undefined, amount: number, product?: Product): Tax | undefined {
        if (!this.#rule.applies) return undefined;
        if (taxed === undefined) {
            this.#messages.set("", addressMissing);
            return undefined;
        }
        const told = this.#told(taxed, amount, product);
        if ("amount" in told) return told;
        this.#messages.set(taxed.param, told);
        return undefined;
    }

    #told(taxed: Destination, amount: number, { productId, taxClass }: Partial<Product> = {}): Tax | Message {
        const { merchant } = this.#market;
        const question = {
            currency: merchant.currency,
            amount,
            destination: taxed.address,
            ...(productId !== undefined && { productId }),
            ...(taxClass !== undefined && { taxClass }),
        };
        const told = this.#rule.rate(question, taxed);
        return "percent" in told ? taxOn(amount, told, merchant) : told;
    }
}

/** Whether a cart has a download whose tax only the billing address decides: any other one is the buyer's claim. */
export const needsBillingAddress = ({ lines, billingAddress }: Cart, market: Market): boolean =>
    billingAddress === undefined &&
    rulesOf(market).tax.applies &&
    lines.some(({ productId }) => {
        const { digital, taxExempt } = market.products.get(productId) ?? {};
        return digital === true && taxExempt !== true;
    });

export const addressMissing = blocker(
    "missing",
    "$.fulfillment_details.address",
    "Give the buyer's address for the tax, or complete with a billing address.",
);
