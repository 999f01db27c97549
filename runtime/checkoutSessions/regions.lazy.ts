import { regions } from "../../spec/generated/regions.ts";

/** The regions of a country (`Regions` in pricing/regions.ts). Loaded only where taxes need them. */
export function regionsOf(country: string): string {
    return regions[country] ?? "";
}
