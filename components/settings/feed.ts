import type { Feed, FeedTarget } from "../../runtime/feed/target.ts";
import { countries } from "../../spec/generated/countries.ts";
import { codesOf } from "../../spec/territories.ts";
import type { StackSettings } from "./schema.ts";

type Target = StackSettings["feed"]["targets"][number];

/** Where and how products are told, for the callbacks' variable FEED. */
export const feedOf = ({ feed, checkout }: Pick<StackSettings, "feed" | "checkout">): Feed => ({
    shop: { name: checkout.merchant.name, url: checkout.merchant.url },
    targets: feed.targets.map(
        (target): FeedTarget => ({
            name: target.name,
            kind: target.kind,
            ...(target.kind === "file" && target.format !== undefined && { format: target.format }),
            ...(target.kind !== "file" && { feedId: target.feedId ?? "", endpoint: target.endpoint ?? "" }),
            gzip: target.gzip,
            country: target.country,
            currency: target.currency ?? checkout.merchant.currency,
            eligibleForCheckout: target.eligibleForCheckout,
            hosted: target.hosted,
            shards: target.shards,
            rate: target.rate,
            tax: taxChangeOf(target, checkout.tax),
        }),
    ),
});

/** Only a country's own rate: regions of it have one price in a feed. */
function taxChangeOf(
    { country, pricesIncludeTax }: Target,
    { included, rates, classes }: StackSettings["checkout"]["tax"],
): FeedTarget["tax"] {
    if (pricesIncludeTax === undefined || pricesIncludeTax === included) {
        return { change: "none", percent: 0, classes: {} };
    }
    const rateIn = (all: Readonly<Record<string, number>>) => rateOf(country, all);
    const ofClasses = Object.entries(classes).flatMap(([name, all]) => {
        const percent = rateIn(all);
        return percent === undefined ? [] : [[name, percent] as const];
    });
    return {
        change: pricesIncludeTax ? "add" : "remove",
        percent: rateIn(rates) ?? 0,
        classes: Object.fromEntries(ofClasses),
    };
}

function rateOf(country: string, rates: Readonly<Record<string, number>>): number | undefined {
    const code = codesOf(country).find((one) => Object.hasOwn(rates, one));
    return rates[code ?? "*"];
}

/**
 * Bytes that the targets may take: AWS allows a function 4 KB of variables in all (Lambda quotas), of which the ARNs of ten
 * secrets take a quarter.
 */
const feedLimit = 2400;

/** Values of the feed that are valid alone and not together. */
export function* feedContradictions(settings: Pick<StackSettings, "feed" | "checkout">): Generator<string> {
    const { feed, checkout } = settings;
    const { currency: usual } = checkout.merchant;
    const known = new Set(countries.split(" "));
    for (const [index, target] of feed.targets.entries()) {
        const path = `feed.targets[${index}]`;
        const { name, kind, country, currency = usual } = target;
        const earlier = feed.targets.findIndex((other) => other.name === name);
        if (earlier < index) yield `${path}.name is ${name}, as that of feed.targets[${earlier}]: set another`;
        if (!known.has(country)) yield `${path}.country is ${country}: set a country of ISO 3166`;
        if (currency !== usual && !Object.hasOwn(checkout.currencies, currency)) {
            yield `${path}.currency is ${currency}, in which nothing is sold: set ${usual}, or add it to checkout.currencies`;
        }
        if (kind !== "file") {
            const same = feed.targets.findIndex(
                ({ endpoint, feedId }) => endpoint === target.endpoint && feedId === target.feedId,
            );
            if (same < index && target.feedId !== undefined) {
                yield `${path} has the feedId and endpoint of feed.targets[${same}]: each would undo what the other says`;
            }
        }
        const { included, rates } = checkout.tax;
        const { pricesIncludeTax = included } = target;
        if (pricesIncludeTax !== included && rateOf(country, rates) === undefined) {
            yield `${path}.pricesIncludeTax is ${pricesIncludeTax}, and ${country} has no rate: set checkout.tax.rates.${country}, 0 if there is no tax`;
        }
        const needed = kind === "file" ? (["format"] as const) : (["feedId", "endpoint"] as const);
        for (const member of needed) {
            if (target[member] === undefined) yield `${path}.kind is ${kind}: set ${path}.${member}`;
        }
        if (kind !== "file" && target.hosted !== "none") {
            yield `${path}.hosted is ${target.hosted}, and it has no file: set none, or file as kind`;
        }
    }
    const bytes = Buffer.byteLength(JSON.stringify(feedOf(settings)));
    if (bytes > feedLimit) {
        yield `the settings of feed take ${bytes} bytes: use fewer targets, or shorter names and addresses, up to ${feedLimit}`;
    }
}
