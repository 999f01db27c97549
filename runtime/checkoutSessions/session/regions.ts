import type { Merchant } from "../domain/merchant.ts";
import { nameKey, type Regions, taxedByRegion } from "../pricing/places.ts";

/** The regions of the countries whose regions have tax rates of their own. */
export async function regionsFor(merchant: Merchant): Promise<Regions> {
    const countries = taxedByRegion(merchant);
    if (countries.length === 0) return new Map();
    const { regionsOf } = await import("../regions.lazy.ts");
    return new Map(countries.map((country) => [country, keysIn(regionsOf(country))]));
}

/** `CA California|…` by code and by name. */
function keysIn(regions: string): ReadonlyMap<string, string> {
    const named = regions.split("|").map((region) => region.split(/ (.*)/, 2));
    return new Map([
        ...named.map(([code = "", name = ""]) => [nameKey(name), code] as const),
        // Last: a code is never another region's name.
        ...named.map(([code = ""]) => [nameKey(code), code] as const),
    ]);
}
