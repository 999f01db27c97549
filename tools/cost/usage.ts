import { type Meter, prices, type Region } from "./prices.ts";

/** How much of what a month takes, and by which resources. */
export class Usage {
    readonly #quantities = new Map<Meter, Map<string, number>>();

    /** @param by the resource's logical name. */
    add(meter: Meter, by: string, quantity: number): void {
        const of = this.#quantities.get(meter) ?? new Map<string, number>();
        of.set(by, (of.get(by) ?? 0) + quantity);
        this.#quantities.set(meter, of);
    }

    of(meter: Meter): ReadonlyMap<string, number> {
        return this.#quantities.get(meter) ?? new Map();
    }

    get meters(): Meter[] {
        return [...this.#quantities.keys()];
    }
}

/** One line of the bill. */
export interface Line {
    readonly meter: Meter;
    /** What is there costs as much without an order; the rest follows the orders. */
    readonly kind: "fixed" | "orders";
    readonly service: string;
    readonly what: string;
    readonly quantity: number;
    readonly unit: string;
    readonly usd: number;
    /** What it is made of, the dearest first. */
    readonly by: readonly { readonly resource: string; readonly usd: number }[];
}

/** The lines of what was used, the dearest first, without those that nothing was used of. */
export function linesOf(usage: Usage, kind: Line["kind"], region: Region): Line[] {
    const lines = usage.meters.map((meter): Line => {
        const { service, what, unit, per, usd } = prices[meter];
        const each = usd[region] / per;
        const by = [...usage.of(meter)]
            .map(([resource, quantity]) => ({ resource, usd: quantity * each }))
            .sort((one, other) => other.usd - one.usd || one.resource.localeCompare(other.resource));
        const quantity = [...usage.of(meter).values()].reduce((sum, one) => sum + one, 0);
        return { meter, kind, service, what, quantity, unit, usd: quantity * each, by };
    });
    return lines.filter(({ quantity }) => quantity > 0).sort((one, other) => other.usd - one.usd);
}
