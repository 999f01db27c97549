import type { Merchant, ShippingRate } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { Address, FulfillmentOption, Message, SelectedFulfillmentOption } from "../domain/protocol.ts";
import { sumOf } from "./amounts.ts";
import type { Cart } from "./cart.ts";
import type { PricedLine } from "./lines.ts";
import type { Market } from "./market.ts";
import { entry } from "./totals.ts";

/** Offered and selected fulfilment. */
interface Fulfillment {
    readonly options: readonly FulfillmentOption[];
    /** Each option at most once, with the ids of its lines. */
    readonly selected: readonly SelectedFulfillmentOption[];
    /** Prices of the selected options, in minor units, in the same order. */
    readonly costs: readonly number[];
    /** Their sum; absent if none is selected. */
    readonly cost?: number;
    /** Known destinations by line id. */
    readonly destinations: ReadonlyMap<string, Address>;
    readonly messages: readonly Message[];
}

/**
 * Offers the possible options and applies the buyer's selection. A line with a single option gets it; among several the
 * buyer must choose. Ignores the client's groups: all shipping goes to the address in the fulfilment details.
 */
export function fulfillmentOf(cart: Cart, lines: readonly PricedLine[], { merchant, now }: Market): Fulfillment {
    const address = cart.fulfillmentDetails?.address;
    const sold = lines.filter(({ product }) => product !== undefined);
    const goods = sold.filter((line) => !isDigital(line));
    const obstacle = obstacleTo(address, merchant);
    const offers = [
        ...(goods.length > 0 ? [...shippingOffers(address, merchant, now), ...pickupOffers(merchant)] : []),
        ...(goods.length < sold.length ? [digitalOffer(address)] : []),
    ];
    const chosen = choices(cart.selected ?? [], offers, sold);
    for (const line of sold.filter(({ id }) => !chosen.has(id))) {
        const [only, ...others] = offers.filter((offer) => fits(offer, line));
        const isSettled = isDigital(line) || obstacle === undefined;
        if (only !== undefined && others.length === 0 && isSettled) chosen.set(line.id, only);
    }
    const used = offers.filter((offer) => chosen.values().some((other) => other === offer));
    const open = goods.filter(({ id }) => !chosen.has(id));
    return {
        options: offers.map(({ option }) => option),
        selected: used.map((offer) => ({
            type: offer.option.type,
            option_id: offer.option.id,
            item_ids: sold.filter(({ id }) => chosen.get(id) === offer).map(({ id }) => id),
        })),
        costs: used.map(({ cost }) => cost),
        ...(used.length > 0 && { cost: sumOf(used.map(({ cost }) => cost)) }),
        destinations: new Map(
            sold.flatMap(({ id }) => {
                const destination = chosen.get(id)?.destination ?? address;
                return destination === undefined ? [] : [[id, destination]];
            }),
        ),
        messages: open.length === 0 ? [] : [obstacle ?? choiceMissing(open)],
    };
}

interface Offer {
    readonly option: FulfillmentOption;
    /** Minor units */
    readonly cost: number;
    readonly destination: Address | undefined;
}

function isDigital({ product }: PricedLine): boolean {
    return product?.digital === true;
}

function fits({ option }: Offer, line: PricedLine): boolean {
    return (option.type === "digital") === isDigital(line);
}

/** By line id. Drops options and lines that no longer exist; the first selection of a line wins. */
function choices(
    wishes: readonly SelectedFulfillmentOption[],
    offers: readonly Offer[],
    lines: readonly PricedLine[],
): Map<string, Offer> {
    const chosen = new Map<string, Offer>();
    for (const { type, option_id, item_ids } of wishes) {
        const offer = offers.find(({ option }) => option.id === option_id && option.type === type);
        if (offer === undefined) continue;
        for (const line of lines) {
            if (item_ids.includes(line.id) && fits(offer, line) && !chosen.has(line.id)) chosen.set(line.id, offer);
        }
    }
    return chosen;
}

/** The message why shipping is impossible (yet); none for a merchant without shipping. */
function obstacleTo(address: Address | undefined, merchant: Merchant): Message | undefined {
    const { shippingRates, pickupLocations } = merchant;
    const isShipping = Object.keys(shippingRates).length > 0;
    const isHandingOut = Object.keys(pickupLocations).length > 0;
    if (rateTo(address, merchant) !== undefined || (!isShipping && isHandingOut)) return undefined;
    const param = "$.fulfillment_details.address";
    const alternative = isHandingOut ? ", or choose where to pick it up" : "";
    if (address === undefined) return blocker("missing", param, `Give the address to ship to${alternative}.`);
    if (!isCountry(address.country)) {
        return blocker("invalid", `${param}.country`, "Give the country as two letters (ISO 3166-1): 'DE'.");
    }
    return blocker(
        "region_restricted",
        `${param}.country`,
        `Nothing is shipped there. Change the address${alternative}.`,
    );
}

function choiceMissing(lines: readonly PricedLine[]): Message {
    const names = lines.map(({ product }) => `'${product?.name}'`);
    return blocker("missing", "$.selected_fulfillment_options", `Choose a fulfilment option for ${names.join(", ")}.`);
}

function isCountry(country: string): boolean {
    return /^[a-z]{2}$/i.test(country);
}

function rateTo(address: Address | undefined, { shippingRates }: Merchant): ShippingRate | undefined {
    if (address === undefined || !isCountry(address.country)) return undefined;
    return shippingRates[address.country.toUpperCase()] ?? shippingRates["*"];
}

function shippingOffers(address: Address | undefined, merchant: Merchant, now: Date): Offer[] {
    const rate = rateTo(address, merchant);
    if (rate === undefined) return [];
    const offer = (id: string, title: string, cost: number, days: readonly [from: number, to: number]): Offer => ({
        option: {
            type: "shipping",
            id,
            title,
            description: `Arrives in ${days[0]} to ${days[1]} days`,
            earliest_delivery_time: dayAfter(now, days[0], "00:00:00"),
            latest_delivery_time: dayAfter(now, days[1], "23:59:59"),
            totals: [entry("total", title, cost)],
        },
        cost,
        destination: address,
    });
    return [
        offer("shipping_standard", "Standard shipping", rate.standard, [3, 5]),
        ...(rate.express === undefined ? [] : [offer("shipping_express", "Express shipping", rate.express, [1, 2])]),
    ];
}

function pickupOffers({ pickupLocations }: Merchant): Offer[] {
    return Object.entries(pickupLocations).map(([id, { name, address }]) => ({
        option: {
            type: "pickup",
            id: `pickup_${id}`,
            title: `Pickup at ${name}`,
            location: { name, address },
            totals: [entry("total", "Pickup", 0)],
        },
        cost: 0,
        destination: address,
    }));
}

function digitalOffer(address: Address | undefined): Offer {
    return {
        option: {
            type: "digital",
            id: "digital",
            title: "Digital delivery",
            totals: [entry("total", "Digital delivery", 0)],
        },
        cost: 0,
        destination: address,
    };
}

/** A day in UTC, so that a quote does not change every minute. */
function dayAfter(now: Date, days: number, time: "00:00:00" | "23:59:59"): string {
    const day = new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    return `${day}T${time}Z`;
}
