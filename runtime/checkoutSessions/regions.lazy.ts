import { regions } from "../../spec/generated/regions.ts";

/** The regions of a country with codes and names: `CA California|…` (ISO 3166-2). Loaded only where taxes need them. */
export function regionsOf(country: string): string {
    return regions[country] ?? "";
}
