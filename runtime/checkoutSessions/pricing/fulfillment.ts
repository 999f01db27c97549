import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { FulfillmentGroup, FulfillmentOption, Message, SelectedFulfillmentOption } from "../domain/protocol.ts";
import type { Cart } from "./cart.ts";
import type { PricedLine } from "./lines.ts";
import type { Market } from "./market.ts";
import { isDigital, parcelOf, waysTo } from "./parcel.ts";
import { type Destination, unusableAddress } from "./places.ts";
import { obstacleTo, shippingOption } from "./shipping.ts";
import { rulesOf } from "./tables.ts";
import { entry } from "./totals.ts";

/** Offered and selected fulfilment. */
interface Fulfillment {
    readonly offers: readonly FulfillmentOffer[];
    /** Each option at most once, with the ids of its lines. */
    readonly selected: readonly SelectedFulfillmentOption[];
    /** Of the selected options, in the same order. */
    readonly chosen: readonly ChosenFulfillment[];
    /** Known destinations by line id. */
    readonly destinations: ReadonlyMap<string, Destination>;
    readonly messages: readonly Message[];
}

/** An option with what its taxes depend on. */
interface FulfillmentOffer {
    /** Its total is the cost. */
    readonly option: FulfillmentOption;
    /** Minor units, before tax */
    readonly cost: number;
    readonly destination: Destination | undefined;
}

interface ChosenFulfillment extends Pick<FulfillmentOffer, "cost" | "destination"> {
    readonly groupId?: string;
}

/** Lines that are fulfilled together: those of a group of the client, or those without a group. */
interface Scope {
    readonly group?: FulfillmentGroup;
    /** JSONPath of the group. */
    readonly path: string;
    readonly lines: readonly PricedLine[];
    readonly destination: Destination | undefined;
    /** JSONPath of the destination. */
    readonly param: string;
}

interface Offer extends FulfillmentOffer {
    readonly scope: Scope;
    /** The offer with the price for these goods; undefined if they are not shipped this way. */
    readonly pricedFor?: (goods: readonly PricedLine[]) => Offer | undefined;
}

/** What a scope is offered, and the offer of each line that has one. */
interface Assignment {
    readonly offers: readonly Offer[];
    readonly chosen: ReadonlyMap<PricedLine, Offer>;
    readonly obstacle: Message | undefined;
}

/**
 * Offers the possible options for each group and for the other lines, and applies the buyer's selection. A line with a
 * single option gets it; among several the buyer must choose.
 */
export function fulfillmentOf(cart: Cart, lines: readonly PricedLine[], market: Market): Fulfillment {
    const sold = lines.filter(({ product }) => product !== undefined);
    const scopes = scopesOf(cart, sold).map((scope) => ({
        scope,
        ...assigned(scope, offersFor(scope, market), cart.selected ?? [], market),
    }));
    const chosen = new Map(scopes.flatMap((scope) => [...scope.chosen]));
    const messages = scopes.flatMap(({ scope, obstacle }): Message[] => {
        const open = scope.lines.filter((line) => !chosen.has(line));
        if (open.length > 0) return [obstacle ?? misplacedIn(scope, open) ?? choiceMissing(open)];
        const isShipped = scope.lines.some((line) => chosen.get(line)?.option.type === "shipping");
        return scope.destination ? unusableAddress(scope.destination, isShipped) : [];
    });
    const all = scopes.flatMap(({ offers }) => offers);
    const used = all.filter((offer) => chosen.values().some((other) => other === offer));
    return {
        offers: all,
        selected: used.map((offer) => ({
            type: offer.option.type,
            option_id: offer.option.id,
            item_ids: sold.filter((line) => chosen.get(line) === offer).map(({ id }) => id),
        })),
        chosen: used.map(({ scope, cost, destination }) => ({
            ...(scope.group && { groupId: scope.group.id }),
            cost,
            destination,
        })),
        destinations: new Map(
            scopes.flatMap(({ scope }) =>
                scope.lines.flatMap((line) => {
                    const destination = chosen.get(line)?.destination ?? scope.destination;
                    return destination === undefined ? [] : [[line.id, destination] as const];
                }),
            ),
        ),
        messages,
    };
}

function scopesOf({ fulfillmentGroups = [], fulfillmentDetails }: Cart, sold: readonly PricedLine[]): Scope[] {
    const param = "$.fulfillment_details.address";
    const common = fulfillmentDetails?.address && { address: fulfillmentDetails.address, param };
    const groups = fulfillmentGroups.map((group, index): Scope => {
        const path = `$.fulfillment_groups[${index}]`;
        const own = `${path}.fulfillment_details.address`;
        const address = group.fulfillment_details?.address;
        const destination = address ? { address, param: own } : common;
        const lines = sold.filter(({ id }) => group.item_ids.includes(id));
        return { group, path, lines, destination, param: destination?.param ?? own };
    });
    const others = sold.filter(({ id }) => !fulfillmentGroups.some(({ item_ids }) => item_ids.includes(id)));
    return [...groups, { path: "$", lines: others, destination: common, param }].filter(
        ({ lines }) => lines.length > 0,
    );
}

/** The options of a scope: of all ways, or of the way that the client wants for its group. */
function offersFor(scope: Scope, market: Market): Offer[] {
    const { group, lines } = scope;
    const goods = lines.filter((line) => !isDigital(line));
    const isWanted = (type: FulfillmentGroup["destination_type"]) =>
        group === undefined || group.destination_type === type;
    return [
        ...(goods.length > 0 && isWanted("shipping") ? shippingOffers(scope, market) : []),
        ...(goods.length > 0 && isWanted("pickup") ? pickupOffers(scope, market.merchant) : []),
        ...(goods.length < lines.length && isWanted("digital") ? [digitalOffer(scope)] : []),
    ];
}

const optionId = (id: string, { group }: Scope): string => (group === undefined ? id : `${id}@${group.id}`);

/** The ways of shipping, not yet priced. */
function shippingOffers(scope: Scope, market: Market): Offer[] {
    const { destination } = scope;
    const { shipping } = rulesOf(market);
    return waysTo(scope, market).map((way): Offer => {
        const id = optionId(way.id, scope);
        const at = (cost: number): Offer => ({
            option: shippingOption(way, id, cost, market.now),
            scope,
            cost,
            destination,
        });
        const pricedFor = (goods: readonly PricedLine[]) => {
            const cost = destination && shipping.cost(way, parcelOf(goods, destination, market));
            return cost === undefined ? undefined : at(cost);
        };
        return { ...at(0), pricedFor };
    });
}

/**
 * First the offer of each line, then the price of each offer for just its lines; for a way that no line comes by, the price
 * that it would have for those that are open. An offer without a price is none, and its lines are assigned again.
 */
function assigned(
    scope: Scope,
    offers: readonly Offer[],
    wishes: readonly SelectedFulfillmentOption[],
    market: Market,
): Assignment {
    const obstacle = obstacleIn(scope, offers, market);
    const choices = scope.lines.map((line) => [line, chosenFor(line, offers, wishes, obstacle === undefined)] as const);
    const goods = choices.filter(([line]) => !isDigital(line));
    const linesOf = (wanted: Offer | undefined) => goods.filter(([, offer]) => offer === wanted).map(([line]) => line);
    const priced = new Map(
        offers.map((offer) => {
            const preview = [linesOf(offer), linesOf(undefined)].find((lines) => lines.length > 0);
            const lines = preview ?? goods.map(([line]) => line);
            return [offer, offer.pricedFor ? offer.pricedFor(lines) : offer] as const;
        }),
    );
    const possible = offers.filter((offer) => priced.get(offer) !== undefined);
    if (possible.length < offers.length) return assigned(scope, possible, wishes, market);
    return {
        offers: [...priced.values()].flatMap((offer) => offer ?? []),
        chosen: new Map(
            choices.flatMap(([line, offer]) => {
                const own = offer && priced.get(offer);
                return own === undefined ? [] : [[line, own] as const];
            }),
        ),
        obstacle,
    };
}

function pickupOffers(scope: Scope, { pickupLocations }: Merchant): Offer[] {
    const wanted = scope.group?.location_id;
    return Object.entries(pickupLocations)
        .filter(([id]) => wanted === undefined || wanted === id)
        .map(([id, { name, address }]) => ({
            option: {
                type: "pickup",
                id: optionId(`pickup_${id}`, scope),
                title: `Pickup at ${name}`,
                location: { name, address },
                totals: [entry("total", "Pickup", 0)],
            },
            scope,
            cost: 0,
            destination: { address, param: "$.fulfillment_options" },
        }));
}

function digitalOffer(scope: Scope): Offer {
    return {
        option: {
            type: "digital",
            id: optionId("digital", scope),
            title: "Digital delivery",
            totals: [entry("total", "Digital delivery", 0)],
        },
        scope,
        cost: 0,
        destination: scope.destination,
    };
}

/** The first selection of the line that is offered, or the only option. Other selections are dropped. */
function chosenFor(
    line: PricedLine,
    offers: readonly Offer[],
    wishes: readonly SelectedFulfillmentOption[],
    isUnobstructed: boolean,
): Offer | undefined {
    const fitting = offers.filter(({ option }) => (option.type === "digital") === isDigital(line));
    for (const { type, option_id, item_ids } of wishes) {
        const offer = fitting.find(({ option }) => option.id === option_id && option.type === type);
        if (offer !== undefined && item_ids.includes(line.id)) return offer;
    }
    const [only, ...others] = fitting;
    return others.length === 0 && (isDigital(line) || isUnobstructed) ? only : undefined;
}

/** Why goods of the scope cannot be delivered (yet). None for a merchant who only hands out. */
function obstacleIn(scope: Scope, offers: readonly Offer[], market: Market): Message | undefined {
    const { merchant } = market;
    const { group, path, lines, destination, param } = scope;
    const isHandingOut = Object.keys(merchant.pickupLocations).length > 0;
    const isShipping = market.rules !== undefined || Object.keys(merchant.shippingRates).length > 0;
    switch (group?.destination_type) {
        case undefined:
            return isShipping || !isHandingOut
                ? shipping(isHandingOut ? ", or choose where to pick it up" : "")
                : undefined;
        case "shipping":
            return isShipping ? shipping("") : unsupported("Nothing is shipped here.");
        case "pickup":
            if (!isHandingOut) return unsupported("Nothing can be picked up here.");
            return offers.length > 0 || lines.every(isDigital)
                ? undefined
                : blocker("invalid", `${path}.location_id`, "There is no such location. Choose one of the options.");
        case "digital":
            return undefined;
        case "local_delivery":
            return unsupported("There is no local delivery here.");
    }

    function shipping(alternative: string): Message | undefined {
        const isReached = lines.every(isDigital) || waysTo(scope, market).length > 0;
        const obstacle = obstacleTo(destination, merchant, isReached, param, alternative);
        const isOffered = lines.every(isDigital) || offers.some(({ option }) => option.type === "shipping");
        if (obstacle !== undefined || isOffered) return obstacle;
        return blocker(
            "maximum_exceeded",
            "$.line_items",
            `This is too much for one shipment. Order less${alternative}.`,
        );
    }

    function unsupported(why: string): Message {
        return blocker("unsupported", `${path}.destination_type`, `${why} Choose another way.`);
    }
}

/** The message about items in a group for another kind of items. */
function misplacedIn({ group, path }: Scope, open: readonly PricedLine[]): Message | undefined {
    if (group === undefined) return undefined;
    const misplaced = open.filter((line) => isDigital(line) !== (group.destination_type === "digital"));
    if (misplaced.length === 0) return undefined;
    const kind = group.destination_type === "digital" ? "not digital" : "digital";
    return blocker("unsupported", `${path}.item_ids`, `${namesOf(misplaced)} is ${kind}. Put it into another group.`);
}

function choiceMissing(lines: readonly PricedLine[]): Message {
    return blocker("missing", "$.selected_fulfillment_options", `Choose a fulfilment option for ${namesOf(lines)}.`);
}

const namesOf = (lines: readonly PricedLine[]) => lines.map(({ product }) => `'${product?.name}'`).join(", ");
