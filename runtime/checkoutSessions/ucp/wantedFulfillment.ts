import type { components } from "../../../spec/generated/ucp.types.ts";
import type { UpdateMode } from "../domain/call.ts";
import { type CommandRefused, invalid, type Problem, unsupported } from "../domain/problem.ts";
import { addressIn, type PostalAddress } from "./address.ts";
import type { Aside } from "./aside.ts";
import { countryCode } from "./country.ts";
import type { UcpVersion } from "./versions.ts";

type Schemas = components["schemas"];
type Method = Schemas["FulfillmentMethod"];
type Sent = Schemas["Destination"];

/** How the platform wants a checkout delivered. */
interface Wanted extends Pick<UpdateMode, "options" | "keepsDetails"> {
    readonly details?: object;
    readonly aside?: Pick<Aside, "destinations" | "selectedDestination" | "wantedDestination">;
}

/**
 * Goods are shipped to one address, and collected in a place. A line is delivered by the method that names it, and by any
 * if none does.
 */
export function raisedFulfillment(
    { fulfillment: { methods = [] } = {}, buyer }: Pick<Schemas["CheckoutUpdate"], "fulfillment" | "buyer">,
    version: UcpVersion,
): Wanted | CommandRefused {
    const of = (type: string) => methods.filter((method) => (method.type ?? "shipping") === type);
    const [ship, another] = of("shipping");
    if (another !== undefined) {
        const path = `$.fulfillment.methods[${methods.indexOf(another)}]`;
        return { problem: unsupported("a checkout is shipped to one address", path) };
    }
    const other = methods.findIndex(({ type = "shipping" }) => type !== "shipping" && type !== "pickup");
    if (other >= 0) {
        return { problem: unsupported("goods are shipped or picked up here", `$.fulfillment.methods[${other}].type`) };
    }
    const ambiguous = ambiguityIn(methods);
    if (ambiguous !== undefined) return { problem: ambiguous };
    const options = methods.flatMap((method) => optionsOf(method, version));
    return { ...(ship && addressed(ship, buyer)), ...(options.length > 0 && { options }) };
}

/** What does not say which of two is meant: one of two destinations with one id, or of two ways for one line. */
function ambiguityIn(methods: readonly Method[]): Problem | undefined {
    const chosen: { readonly option: string; readonly index: number; readonly lines: readonly string[] }[] = [];
    for (const [index, { destinations = [], groups = [], line_item_ids: lines = [] }] of methods.entries()) {
        const path = `$.fulfillment.methods[${index}]`;
        const ids = destinations.map(idOf);
        const again = ids.findIndex((id, position) => ids.indexOf(id) < position);
        if (again >= 0) return invalid("another destination has this id", `${path}.destinations[${again}].id`);
        for (const [position, { selected_option_id: option }] of groups.entries()) {
            if (!option) continue;
            // Groups of a method are for its lines.
            const isTwice = chosen.some(
                (other) =>
                    other.option !== option &&
                    (other.index === index || other.lines.some((line) => lines.includes(line))),
            );
            const place = `${path}.groups[${position}].selected_option_id`;
            if (isTwice) return invalid("another group has chosen another way for a line of this one", place);
            chosen.push({ option, index, lines });
        }
    }
    return undefined;
}

/** The chosen ways, each for the lines of its method. */
function optionsOf(method: Method, version: UcpVersion): NonNullable<UpdateMode["options"]>[number][] {
    const { type, groups = [], line_item_ids: lines, selected_destination_id: place } = method;
    const chosen = groups.flatMap(({ selected_option_id: id }) => id ?? []);
    const collected = type === "pickup" && version.collectedAt !== undefined && place ? [`pickup_${place}`] : [];
    return [...new Set([...collected, ...chosen])].map((id) => ({ id, ...(lines && lines.length > 0 && { lines }) }));
}

/**
 * The chosen destination, or the only one if none is chosen. One that is chosen and not sent is that of the checkout as
 * it is, if that has this id: else there is none, so that nothing is shipped to where it is not wanted.
 */
function addressed(
    { destinations = [], selected_destination_id: wanted }: Method,
    buyer: Schemas["Buyer"] | undefined,
): Wanted {
    const asked = wanted ? { wantedDestination: wanted } : {};
    if (destinations.length === 0) {
        return wanted ? { keepsDetails: { selectedDestination: wanted }, aside: asked } : {};
    }
    const named = destinations.map((destination, index) => ({
        ...postalAddress(destination),
        id: idOf(destination, index),
    }));
    const only = !wanted && named.length === 1 ? named[0] : undefined;
    const chosen = named.find(({ id }) => id === wanted) ?? only;
    return {
        aside: { destinations: named, ...asked, ...(chosen && { selectedDestination: chosen.id }) },
        ...(chosen && { details: detailsOf(chosen, destinations[named.indexOf(chosen)], buyer) }),
    };
}

const idOf = ({ id }: Sent, index: number): string => id ?? `dest_${index + 1}`;

function postalAddress({ address_country: country, ...sent }: Sent): PostalAddress {
    const { first_name, last_name, street_address, extended_address } = sent;
    const { address_locality, address_region, postal_code, phone_number } = sent;
    return Object.fromEntries(
        Object.entries({
            first_name,
            last_name,
            phone_number,
            street_address,
            extended_address,
            address_locality,
            address_region,
            address_country: country && countryCode(country),
            postal_code,
        }).filter(([, value]) => value !== undefined),
    );
}

/** What is missing is blank, and told in a message. */
function detailsOf(address: PostalAddress, sent: Sent | undefined, buyer: Schemas["Buyer"] | undefined) {
    const name = nameOf(address) || nameOf(buyer ?? {});
    return {
        ...(name !== "" && { name }),
        ...(sent?.phone_number !== undefined && { phone_number: sent.phone_number }),
        address: { line_one: "", city: "", country: "", postal_code: "", ...addressIn({ ...address }), name },
    };
}

const nameOf = ({ first_name, last_name }: Pick<PostalAddress, "first_name" | "last_name">): string =>
    [first_name, last_name].filter((part) => part !== undefined && part !== "").join(" ");
