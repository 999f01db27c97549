import { fractionOf, includedIn, percentOf } from "../../shared/percentages.ts";
import type { Merchant, TaxRates } from "../domain/merchant.ts";
import type { Total } from "../domain/protocol.ts";
import { type Place, placeOf, unknownRegion } from "./places.ts";
import type { Regions } from "./regions.ts";
import type { TaxRate, TaxRule } from "./rules.ts";

export interface Tax extends TaxRate {
    /** Minor units, half rounded up. */
    readonly amount: number;
}

/** The tax on an amount after discounts: on top of it, or contained in it where prices include the tax. */
export function taxOn(amount: number, { percent, jurisdiction }: TaxRate, { taxIncluded = false }: Merchant): Tax {
    return { jurisdiction, percent, amount: taxIncluded ? includedIn(amount, percent) : percentOf(amount, percent) };
}

/** The rates of the settings. A buyer's claim of exemption is ignored, because it is not verified. */
export const taxTable = (merchant: Merchant, regions: Regions): TaxRule => ({
    applies: hasTaxes(merchant),
    rate: ({ taxClass }, destination) => {
        const place = placeOf(destination, merchant, regions);
        if (!("country" in place)) return place;
        return rateAt(place, taxClass, merchant) ?? unknownRegion(place.country, destination.param);
    },
});

/**
 * @param taxClass of the product; a class without a rate for the place has the usual one.
 * @returns undefined if the rates differ within the place.
 */
function rateAt(
    place: Place,
    taxClass: string | undefined,
    { taxRates, taxClasses = {} }: Merchant,
): TaxRate | undefined {
    const special = taxClass === undefined ? undefined : taxClasses[taxClass];
    const [rate, ...others] = place.jurisdictions.map(
        (codes) => (special && rateIn(special, codes)) ?? rateIn(taxRates, codes) ?? { percent: 0 },
    );
    if (rate === undefined || others.some(({ percent }) => percent !== rate.percent)) return undefined;
    return { percent: rate.percent, jurisdiction: rate.jurisdiction ?? place.country };
}

/** Whether any place has a tax. */
function hasTaxes({ taxRates, taxClasses = {} }: Merchant): boolean {
    return [taxRates, ...Object.values(taxClasses)].some((rates) =>
        Object.values(rates).some((percent) => percent > 0),
    );
}

interface Rate {
    readonly percent: number;
    /** Absent: the rate of all other places. */
    readonly jurisdiction?: string;
}

function rateIn(rates: TaxRates, codes: readonly string[]): Rate | undefined {
    const jurisdiction = codes.find((code) => code in rates);
    const percent = rates[jurisdiction ?? "*"];
    return percent === undefined ? undefined : { percent, ...(jurisdiction !== undefined && { jurisdiction }) };
}

/** By jurisdiction and rate, in the order of the lines, without zero rates. */
export function breakdownOf(taxes: readonly Tax[]): Breakdown {
    const items = new Map<string, Breakdown[number]>();
    for (const { jurisdiction, percent, amount } of taxes) {
        if (percent === 0) continue;
        const key = `${jurisdiction} ${percent}`;
        const before = items.get(key)?.amount ?? 0;
        items.set(key, { jurisdiction, rate: fractionOf(percent), amount: before + amount });
    }
    return [...items.values()];
}

type Breakdown = NonNullable<Total["breakdown"]>;
