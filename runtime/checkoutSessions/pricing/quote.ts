import type { Pieces } from "../../shared/stockHold.ts";
import { blocker } from "../domain/messages.ts";
import type { PricedFulfillment } from "../domain/placement.ts";
import type {
    Capabilities,
    Discounts,
    FulfillmentOption,
    LineItem,
    Message,
    SelectedFulfillmentOption,
    Total,
} from "../domain/protocol.ts";
import { sharesOf, sumOf } from "./amounts.ts";
import { capabilitiesOf, interventionMessages } from "./capabilities.ts";
import type { Cart } from "./cart.ts";
import { reductionsBy } from "./discounts.ts";
import { fulfillmentOf } from "./fulfillment.ts";
import { lineItem, linesIn, stockedIn, stockMessages } from "./lines.ts";
import type { Market } from "./market.ts";
import { rulesOf, unpriced } from "./tables.ts";
import { Taxing } from "./taxing.ts";
import { largestAmount, optionTotals, totalOf, totalsOf } from "./totals.ts";

/** Prices and messages of a cart. */
export interface Quote {
    readonly status: "incomplete" | "not_ready_for_payment" | "ready_for_payment";
    readonly capabilities: Capabilities;
    readonly lineItems: readonly LineItem[];
    readonly fulfillmentOptions: readonly FulfillmentOption[];
    readonly selected: readonly SelectedFulfillmentOption[];
    /** The prices of the selected options, in the same order. */
    readonly fulfillments: readonly PricedFulfillment[];
    readonly totals: readonly Total[];
    readonly messages: readonly Message[];
    /** Absent if the client never sent codes. */
    readonly discounts?: Discounts;
    /** Applied codes with a usage limit, in upper case. */
    readonly redeems: readonly string[];
    /** Pieces of products with a stock, each product once. */
    readonly stock: readonly Pieces[];
    /** The total of type `total`, in minor units. */
    readonly total: number;
    /** The shop's rules do not answer: what is quoted is no price. */
    readonly isUnpriced: boolean;
}

/**
 * Quotes a cart. Pure. The cart is ready for payment if and only if there is no error among the messages.
 */
export function quote(cart: Cart, market: Market): Quote {
    const { merchant } = market;
    const { taxIncluded = false } = merchant;
    const lines = linesIn(cart, market);
    const fulfillment = fulfillmentOf(cart, lines, market);
    const costs = fulfillment.chosen.map(({ cost }) => cost);
    const reductions = cart.codes && reductionsBy(cart.codes, lines, sumOf(costs), market);
    const taxing = new Taxing(cart, market);
    const priced = lines.map((line) => {
        const discounts = reductions?.items.get(line.id) ?? [];
        const discount = sumOf(discounts.map(({ amount }) => amount));
        const tax = taxing.ofLine(line, discount, fulfillment.destinations.get(line.id));
        return { discount, tax, lineItem: lineItem(line, { discounts, tax, taxIncluded }) };
    });
    const shares = sharesOf(reductions?.fulfillment ?? 0, costs);
    const fulfillments = fulfillment.chosen.map(({ groupId, cost, destination }, index) => {
        const discount = shares[index] ?? 0;
        const tax = taxing.ofFulfillment(cost - discount, destination);
        return { ...(groupId !== undefined && { groupId }), cost, discount, tax };
    });
    const taxes = [...priced, ...fulfillments].flatMap(({ tax }) => tax ?? []);
    const amounts = {
        base: sumOf(lines.map(({ base }) => base)),
        itemsDiscount: sumOf(priced.map(({ discount }) => discount)),
        ...(costs.length > 0 && { fulfillment: sumOf(costs) }),
        discount: sumOf(shares),
        taxes,
        taxIncluded,
    };
    const isUnpriced = rulesOf(market).hasGaps();
    // The other messages may come from what is not known.
    const messages = isUnpriced
        ? [...stockMessages(lines), unpriced]
        : [
              ...stockMessages(lines),
              ...fulfillment.messages,
              ...taxing.messages.filter(
                  ({ param }) => !fulfillment.messages.some((message) => message.param === param),
              ),
              ...interventionMessages(cart, merchant),
              ...(reductions?.messages ?? []),
              ...(totalOf(amounts) > largestAmount ? [tooMuch] : []),
          ];
    return {
        status: statusOf(cart, messages),
        capabilities: capabilitiesOf(cart, merchant),
        lineItems: priced.map((line) => line.lineItem),
        fulfillmentOptions: fulfillment.offers.map(({ option, cost, destination }) => ({
            ...option,
            totals: optionTotals(option, cost, taxing.ofOption(cost, destination), taxIncluded),
        })),
        selected: fulfillment.selected,
        fulfillments: fulfillments.map(({ tax, ...fulfilled }) => ({
            ...fulfilled,
            tax: tax?.amount ?? 0,
            ...(tax && tax.percent > 0 && { percent: tax.percent }),
        })),
        totals: totalsOf(amounts),
        messages,
        ...(reductions && { discounts: reductions.discounts }),
        redeems: reductions?.redeems ?? [],
        stock: stockedIn(lines),
        total: totalOf(amounts),
        isUnpriced,
    };
}

function statusOf({ lines }: Cart, messages: readonly Message[]): Quote["status"] {
    if (lines.length === 0) return "incomplete";
    return messages.some(({ type }) => type === "error") ? "not_ready_for_payment" : "ready_for_payment";
}

const tooMuch = blocker("maximum_exceeded", "$.totals", "The total exceeds the maximum of one order. Order less.");
