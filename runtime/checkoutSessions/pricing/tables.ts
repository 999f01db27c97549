import type { Market } from "./market.ts";
import type { Rules } from "./rules.ts";
import { shippingTable } from "./shipping.ts";
import { taxTable } from "./tax.ts";

/** What a market goes by: the catalogue's prices and the tables of the settings, unless it has other rules. */
export const rulesOf = ({ rules, merchant, regions }: Pick<Market, "rules" | "merchant" | "regions">): Rules =>
    rules ?? {
        price: ({ price }) => price,
        shipping: shippingTable(merchant),
        tax: taxTable(merchant, regions),
        hasGaps: () => false,
    };
