import type { Resource } from "embedded-aws/recorder";
import { feed } from "./feeds.ts";
import { Hops } from "./hops.ts";
import { prices, type Region } from "./prices.ts";
import { standingIn, stored } from "./resources.ts";
import { Stack } from "./stack.ts";
import { assumptions, type Traffic } from "./traffic.ts";
import { type Line, linesOf, type Usage } from "./usage.ts";

/** What a month with so many orders costs, in US dollars. */
export interface Bill {
    readonly orders: number;
    readonly fixed: number;
    readonly total: number;
    readonly perOrder: number;
    /** The dearest first. */
    readonly lines: readonly Line[];
    /** How many of them make up 80 % of the total. */
    readonly most: number;
}

/** Orders a month for which the source systems state a cost. */
export const volumes: readonly number[] = [1000, 100_000, 10_000_000];

/**
 * @param months how long such months have been: what is kept of those before costs, too.
 * @param products of the catalogue, all of which feeds read
 */
export function billOf(
    resources: readonly Resource[],
    traffic: Traffic,
    orders: number,
    region: Region,
    months = 1,
    products: number = assumptions.products,
): Bill {
    const stack = new Stack(resources);
    const idle = new Hops(stack, traffic);
    feed(idle, stack, products);
    idle.tick();
    const moved = new Hops(stack, traffic);
    moved.request(
        Object.fromEntries(Object.entries(traffic.requests).map(([route, times]) => [route, times * orders])),
    );
    // Documents stay for good.
    for (const [bucket, gigabytes] of [...moved.usage.of("objectStorage")]) {
        moved.usage.add("objectStorage", bucket, gigabytes * (months - 1));
    }
    const fixed = linesOf(merged([standingIn(resources), idle.usage]), "fixed", region);
    const lines = [...fixed, ...linesOf(merged([moved.usage, stored(stack, orders, months)]), "orders", region)].sort(
        (one, other) => other.usd - one.usd,
    );
    const total = sum(lines);
    let most = 0;
    while (sum(lines.slice(0, most)) < 0.8 * total) most += 1;
    return { orders, fixed: sum(fixed), total, perOrder: total / orders, lines, most };
}

const sum = (lines: readonly Line[]): number => lines.reduce((total, { usd }) => total + usd, 0);

function merged(usages: readonly Usage[]): Usage {
    const [first, ...others] = usages;
    if (first === undefined) throw new RangeError("there is nothing to merge");
    for (const other of others) {
        for (const meter of other.meters) for (const [by, quantity] of other.of(meter)) first.add(meter, by, quantity);
    }
    return first;
}

/** The months that the prices are of, the oldest and the newest. */
export function datesOf(lines: readonly Line[]): readonly [oldest: string, newest: string] {
    const dates = lines.map(({ meter }) => prices[meter].asOf).sort();
    return [dates[0] ?? "", dates.at(-1) ?? ""];
}
