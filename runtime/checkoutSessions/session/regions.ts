import type { Merchant } from "../domain/merchant.ts";
import { taxedByRegion } from "../pricing/places.ts";
import type { Regions } from "../pricing/regions.ts";

/** The regions of the countries whose regions have tax rates of their own. */
export async function regionsFor(merchant: Merchant): Promise<Regions> {
    const countries = taxedByRegion(merchant);
    if (countries.length === 0) return new Map();
    const { regionsOf } = await import("../regions.lazy.ts");
    return new Map(countries.map((country) => [country, regionsOf(country)]));
}
