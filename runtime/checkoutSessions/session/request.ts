import type { UpdateMode } from "../domain/call.ts";
import { type CommandRefused, invalid, type Problem } from "../domain/problem.ts";
import type {
    AgentCapabilities,
    CreateRequest,
    FulfillmentDetails,
    FulfillmentGroup,
    UpdateRequest,
} from "../domain/protocol.ts";
import type { Cart, CartLine } from "../pricing/cart.ts";
import { inCountry } from "../pricing/places.ts";

type Requested = CreateRequest["line_items"][number];

/** The cart after a request: absent members stay unchanged unless it replaces the whole cart, lists are replaced. */
export function cartAfter(
    request: Partial<Pick<CreateRequest, "capabilities">> & UpdateRequest,
    earlier: Cart,
    { keepsContact, keepsDetails, replaces, aside }: UpdateMode = {},
): { readonly cart: Cart } | CommandRefused {
    const before = replaces ? remainder(earlier, keepsDetails) : earlier;
    const lines = request.line_items === undefined ? before.lines : linesFor(request.line_items, earlier.lines);
    const codes = request.discounts?.codes ?? request.coupons ?? before.codes;
    const selected = resolved(request.selected_fulfillment_options, lines, "selected_fulfillment_options");
    if ("problem" in selected) return selected;
    const groups = resolved(request.fulfillment_groups, lines, "fulfillment_groups");
    if ("problem" in groups) return groups;

    const twice = repeatedIn(groups.list ?? []);
    if (twice !== undefined) return { problem: twice };

    const buyer = request.buyer ?? before.buyer;
    const details = withCountry(request.fulfillment_details) ?? before.fulfillmentDetails;
    const fulfillmentDetails = keepsContact ? { ...before.fulfillmentDetails, ...details } : details;
    const selections = selected.list ?? remaining(before.selected, lines);
    const fulfillmentGroups = groups.list?.map(located) ?? remaining(before.fulfillmentGroups, lines);
    return {
        cart: {
            lines,
            capabilities: before.capabilities,
            ...(buyer && { buyer }),
            ...(fulfillmentDetails && { fulfillmentDetails }),
            ...(before.billingAddress && { billingAddress: before.billingAddress }),
            ...(fulfillmentGroups && { fulfillmentGroups }),
            ...(selections && { selected: selections }),
            ...(codes && { codes }),
            ...((before.aside || aside) && { aside: { ...before.aside, ...aside } }),
        },
    };
}

/** What a replacement leaves of a cart, besides the ids of its lines. */
function remainder({ capabilities, fulfillmentDetails, aside }: Cart, keepsDetails: UpdateMode["keepsDetails"]): Cart {
    const isKept =
        keepsDetails !== undefined && Object.entries(keepsDetails).every(([name, value]) => aside?.[name] === value);
    return {
        ...emptyCart(capabilities),
        ...(isKept && fulfillmentDetails && { fulfillmentDetails }),
        ...(isKept && aside && { aside }),
    };
}

/** Details with the country's code as ISO 3166-1 writes it, where it can be told. */
function withCountry(details: FulfillmentDetails | undefined): FulfillmentDetails | undefined {
    return details?.address === undefined ? details : { ...details, address: inCountry(details.address) };
}

function located(group: FulfillmentGroup): FulfillmentGroup {
    const details = withCountry(group.fulfillment_details);
    return details === undefined ? group : { ...group, fulfillment_details: details };
}

export const emptyCart = (capabilities: AgentCapabilities): Cart => ({ lines: [], capabilities });

/** The product id of a requested line, in either form, with its JSONPath in the body. */
export function itemIn(requested: Requested): { readonly productId: string; readonly member: string } {
    return requested.item === undefined
        ? { productId: requested.id, member: "id" }
        : { productId: requested.item.id, member: "item.id" };
}

/** The requested lines. A line keeps its id as long as its item stays in the cart: the id that it names, or a free one. */
export function linesFor(requested: readonly Requested[], before: readonly CartLine[]): CartLine[] {
    const free = new Set(before);
    const take = (line: CartLine | undefined) => (line !== undefined && free.delete(line) ? line : undefined);
    const named = requested.map((line) => take(before.find((known) => isNamed(known, line))));
    let last = Math.max(0, ...before.map(({ id }) => Number(id.slice(3))));
    return requested.map((line, index) => {
        const { productId } = itemIn(line);
        const quantity = line.quantity ?? 1;
        const kept = named[index] ?? take([...free].find((candidate) => candidate.productId === productId));
        if (kept === undefined) last += 1;
        return { id: kept?.id ?? `li_${last}`, productId, quantity };
    });
}

const isNamed = ({ id, productId }: CartLine, line: Requested): boolean =>
    line.item !== undefined && line.id === id && line.item.id === productId;

/** Resolves `item_ids` to ids of lines: clients may send ids of lines or items. */
function resolved<Element extends { readonly item_ids: readonly string[] }>(
    list: readonly Element[] | undefined,
    lines: readonly CartLine[],
    name: string,
): { readonly list: readonly Element[] | undefined } | CommandRefused {
    const whole: Element[] = [];
    for (const [index, element] of (list ?? []).entries()) {
        const ids = new Set<string>();
        for (const [position, id] of element.item_ids.entries()) {
            const named = lines.filter((line) => line.id === id || line.productId === id);
            if (named.length === 0) {
                const param = `$.${name}[${index}].item_ids[${position}]`;
                return { problem: invalid("no line of the cart has this id", param) };
            }
            for (const line of named) ids.add(line.id);
        }
        whole.push({ ...element, item_ids: [...ids] });
    }
    return { list: list && whole };
}

/** A group whose id is another group's, or a line in two groups. */
function repeatedIn(groups: readonly FulfillmentGroup[]): Problem | undefined {
    const ids = new Set<string>();
    const lines = new Set<string>();
    for (const [index, { id, item_ids }] of groups.entries()) {
        const path = `$.fulfillment_groups[${index}]`;
        if (ids.has(id)) return invalid("another group has this id", `${path}.id`);
        ids.add(id);
        if (item_ids.some((line) => lines.has(line))) return invalid("a line is in another group", `${path}.item_ids`);
        for (const line of item_ids) lines.add(line);
    }
    return undefined;
}

/** Removes ids of removed lines. */
function remaining<Element extends { readonly item_ids: readonly string[] }>(
    list: readonly Element[] | undefined,
    lines: readonly CartLine[],
): readonly Element[] | undefined {
    return list
        ?.map((element) => ({
            ...element,
            item_ids: element.item_ids.filter((id) => lines.some((line) => line.id === id)),
        }))
        .filter(({ item_ids }) => item_ids.length > 0);
}
