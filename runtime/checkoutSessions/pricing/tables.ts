import { blocker } from "../domain/messages.ts";
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

/** The message where rules have gaps. */
export const unpriced = blocker(
    "missing",
    "$.totals",
    "The shop cannot price this cart at the moment. Nothing here is a price. Try again in a minute.",
);
