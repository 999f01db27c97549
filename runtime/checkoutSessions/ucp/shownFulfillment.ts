import type { Merchant } from "../domain/merchant.ts";
import type { FulfillmentOption, Session } from "../domain/protocol.ts";
import { postalAddressOf } from "./address.ts";
import type { Aside } from "./aside.ts";
import type { Telling } from "./telling.ts";
import { type UcpTotal, ucpTotals } from "./totals.ts";

type ShippingOption = Extract<FulfillmentOption, { readonly type: "shipping" }>;
type PickupOption = Extract<FulfillmentOption, { readonly type: "pickup" }>;

/** A way of delivery for a group of lines. */
interface ShownOption {
    readonly id: string;
    readonly title: string;
    readonly description?: unknown;
    readonly carrier?: string;
    readonly earliest_fulfillment_time?: string;
    readonly latest_fulfillment_time?: string;
    readonly totals: readonly UcpTotal[];
}

export interface ShownMethod {
    readonly id: string;
    readonly type: "shipping" | "pickup";
    readonly line_item_ids: readonly string[];
    readonly destinations?: readonly object[];
    readonly selected_destination_id?: string | null;
    readonly groups: readonly {
        readonly id: string;
        readonly line_item_ids: readonly string[];
        readonly options: readonly ShownOption[];
        readonly selected_option_id: string | null;
    }[];
}

/**
 * How a session's goods are delivered: those that are chosen to be picked up, or can be in no other way, by pickup, all
 * others by shipping, each in one group. Downloads are in no method.
 */
export function shownMethods(session: Session, aside: Aside, { version, merchant }: Telling): ShownMethod[] {
    const { fulfillment_options: options } = session;
    const shipping = options.filter((option) => option.type === "shipping");
    const pickup = options.filter((option) => option.type === "pickup");
    const isOnlyCollected = shipping.length === 0 && pickup.length > 0 && !isShipping(merchant);
    const goods = goodsIn(session);
    const collected = isOnlyCollected ? goods : linesBy("pickup", session).filter((id) => goods.includes(id));
    const shipped = goods.filter((id) => !collected.includes(id));
    const { destinations, selected } = destinationsOf(session, aside);
    return [
        ...(shipped.length > 0
            ? [
                  {
                      id: "shipping",
                      type: "shipping" as const,
                      line_item_ids: shipped,
                      ...(destinations.length > 0 && {
                          destinations: destinations.map((destination) => version.shippingTo(destination)),
                      }),
                      selected_destination_id: selected,
                      groups: [
                          {
                              id: "shipping",
                              line_item_ids: shipped,
                              options: shipping.map((option) => shippingOption(option, version)),
                              selected_option_id: chosenFor(shipped, session),
                          },
                      ],
                  },
              ]
            : []),
        ...(collected.length > 0 ? [pickupMethod(collected, pickup, session, { version, merchant })] : []),
    ];
}

const isShipping = ({ shippingRates, rules }: Merchant) => rules !== undefined || Object.keys(shippingRates).length > 0;

/** Ids of the lines that are delivered somewhere. What is not sold is not. */
function goodsIn(session: Session): string[] {
    const downloads = linesBy("digital", session);
    return session.line_items
        .filter(({ id, name }) => name !== undefined && !downloads.includes(id))
        .map(({ id }) => id);
}

const linesBy = (type: FulfillmentOption["type"], { selected_fulfillment_options: selected = [] }: Session) =>
    selected.flatMap((chosen) => (chosen.type === type ? chosen.item_ids : []));

/** The way that has all of the lines. */
const chosenFor = (lines: readonly string[], { selected_fulfillment_options: selected = [] }: Session) =>
    selected.find(({ item_ids }) => lines.every((id) => item_ids.includes(id)))?.option_id ?? null;

function destinationsOf({ fulfillment_details: details }: Session, aside: Aside) {
    const { destinations, selectedDestination: selected = null } = aside;
    if (destinations !== undefined) return { destinations, selected };
    if (details?.address === undefined) return { destinations: [], selected: null };
    return { destinations: [{ ...postalAddressOf(details.address), id: "dest_1" }], selected: "dest_1" };
}

const shippingOption = (option: ShippingOption, version: Telling["version"]): ShownOption => ({
    id: option.id,
    title: option.title,
    ...(option.description !== undefined && { description: version.describe(option.description) }),
    ...(option.carrier !== undefined && { carrier: option.carrier }),
    ...(option.earliest_delivery_time !== undefined && { earliest_fulfillment_time: option.earliest_delivery_time }),
    ...(option.latest_delivery_time !== undefined && { latest_fulfillment_time: option.latest_delivery_time }),
    totals: ucpTotals(option.totals),
});

/** Each place is a destination where the version has such, and a way of the one group elsewhere. */
function pickupMethod(
    lines: readonly string[],
    options: readonly PickupOption[],
    session: Session,
    { version, merchant }: Pick<Telling, "version" | "merchant">,
): ShownMethod {
    const chosen = chosenFor(lines, session);
    const { collectedAt } = version;
    const offered = collectedAt === undefined ? options : options.filter(({ id }) => id === chosen);
    const places = Object.entries(merchant.pickupLocations);
    return {
        id: "pickup",
        type: "pickup",
        line_item_ids: lines,
        ...(collectedAt !== undefined && {
            destinations: places.map(([id, place]) => collectedAt(id, place)),
            selected_destination_id: places.find(([id]) => `pickup_${id}` === chosen)?.[0] ?? null,
        }),
        groups: [
            {
                id: "pickup",
                line_item_ids: lines,
                options: offered.map(({ id, title, description, totals }) => ({
                    id,
                    title,
                    ...(description !== undefined && { description: version.describe(description) }),
                    totals: ucpTotals(totals),
                })),
                selected_option_id: chosen,
            },
        ],
    };
}
