import type { components } from "../../../spec/generated/ucp.types.ts";
import type { UpdateMode } from "../domain/call.ts";
import { type CommandRefused, unsupported } from "../domain/problem.ts";
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
    readonly aside?: Pick<Aside, "destinations" | "selectedDestination">;
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
    const options = methods.flatMap((method) => optionsOf(method, version));
    return { ...(ship && addressed(ship, buyer)), ...(options.length > 0 && { options }) };
}

/** The chosen ways, each for the lines of its method. */
function optionsOf(method: Method, version: UcpVersion): NonNullable<UpdateMode["options"]>[number][] {
    const { type, groups = [], line_item_ids: lines, selected_destination_id: place } = method;
    const chosen = groups.flatMap(({ selected_option_id: id }) => id ?? []);
    const collected = type === "pickup" && version.collectedAt !== undefined && place ? [`pickup_${place}`] : [];
    return [...new Set([...collected, ...chosen])].map((id) => ({ id, ...(lines && lines.length > 0 && { lines }) }));
}

/** The chosen destination, or the only one. One that is chosen by an id alone is that of the checkout as it is. */
function addressed(
    { destinations = [], selected_destination_id: wanted }: Method,
    buyer: Schemas["Buyer"] | undefined,
): Wanted {
    if (destinations.length === 0) return wanted ? { keepsDetails: true } : {};
    const named = destinations.map((destination, index) => ({
        ...postalAddress(destination),
        id: destination.id ?? `dest_${index + 1}`,
    }));
    const chosen = named.find(({ id }) => id === wanted) ?? (named.length === 1 ? named[0] : undefined);
    return {
        aside: { destinations: named, ...(chosen && { selectedDestination: chosen.id }) },
        ...(chosen && { details: detailsOf(chosen, destinations[named.indexOf(chosen)], buyer) }),
    };
}

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
