import type { Feed, FeedTarget } from "../../runtime/feed/target.ts";
import { filesOf } from "../../spec/feedFiles.ts";
import { countries } from "../../spec/generated/countries.ts";
import { codesOf } from "../../spec/territories.ts";
import type { StackSettings } from "./schema.ts";

type Target = StackSettings["feed"]["targets"][number];

/** Where and how products are told, for the callbacks' variable FEED. */
export const feedOf = ({ feed, checkout }: Pick<StackSettings, "feed" | "checkout">): Feed => ({
    shop: { name: checkout.merchant.name, url: checkout.merchant.url },
    targets: feed.targets.map((target) => targetOf(target, checkout)),
});

const targetOf = (target: Target, { merchant, tax }: StackSettings["checkout"]): FeedTarget => ({
    name: target.name,
    kind: target.kind,
    ...(target.kind === "file" && target.format !== undefined && { format: target.format }),
    ...(target.kind !== "file" && { feedId: target.feedId ?? "", endpoint: target.endpoint ?? "" }),
    gzip: target.gzip,
    country: target.country,
    currency: target.currency ?? merchant.currency,
    eligibleForCheckout: target.eligibleForCheckout,
    hosted: target.hosted,
    shards: target.shards,
    rate: target.rate,
    tax: taxChangeOf(target, tax),
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

/** Members of a target that the other kind of it does not use, and their values where they are left out. */
const ofFiles = { format: undefined, gzip: true, hosted: "none", shards: 1 } as const;
const ofApis = { feedId: undefined, endpoint: undefined, rate: 60 } as const;

/** What a target says without any effect. */
function* idleMembers(path: string, target: Target): Generator<string> {
    const { kind, format = "", eligibleForCheckout } = target;
    const [unused, users] = kind === "file" ? [ofApis, "kinds acp and openai-api use"] : [ofFiles, "kind file uses"];
    for (const [name, leftOut] of Object.entries(unused)) {
        const value = target[name as keyof Target];
        if (value !== leftOut) yield `${path}.${name} is ${value}, which only ${users}: leave it out`;
    }
    if (eligibleForCheckout && !(kind === "file" && format.startsWith("openai-"))) {
        yield `${path}.eligibleForCheckout is true, which the formats openai-jsonl and openai-csv alone tell: leave it out`;
    }
}

/** The names that a target's files are fetched by. */
const hostedFilesOf = (target: Target, checkout: StackSettings["checkout"]): string[] =>
    target.hosted === "none" ? [] : filesOf(targetOf(target, checkout));

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
        yield* idleMembers(path, target);
        for (const file of hostedFilesOf(target, checkout)) {
            const holder = feed.targets.slice(0, index).find((other) => hostedFilesOf(other, checkout).includes(file));
            if (holder !== undefined && holder.name !== name) {
                yield `${path} is hosted as ${file}, as ${holder.name} is: set another name`;
            }
        }
    }
    if (feed.leftOutAlarm !== undefined && feed.targets.length === 0) {
        yield `feed.leftOutAlarm is ${feed.leftOutAlarm}, and there is no feed: leave it out, or add to feed.targets`;
    }
    const bytes = Buffer.byteLength(JSON.stringify(feedOf(settings)));
    if (bytes > feedLimit) {
        yield `the settings of feed take ${bytes} bytes: use fewer targets, or shorter names and addresses, up to ${feedLimit}`;
    }
}
