import { Empty, get, PageHead, Problem, query, setQuery, useLoaded } from "embedded-aws/console/kit";
import { money } from "./money.ts";

interface Bill {
    readonly stack: string;
    readonly region: string;
    readonly bills: readonly {
        readonly orders: number;
        readonly total: number;
        readonly fixed: number;
        readonly perOrder: number;
        readonly lines: readonly {
            readonly meter: string;
            readonly service: string;
            readonly what: string;
            readonly usd: number;
            readonly by: readonly { readonly resource: string; readonly usd: number }[];
        }[];
    }[];
}

const volumes = ["1000", "10000", "100000", "1000000", "10000000"];
const stacks = ["dev", "prod"] as const;

/** What a month costs by service and resource, stack beside stack. */
export function CostPage() {
    const index = Number(query.value.get("volume") ?? 0);
    const orders = volumes[index] ?? "1000";
    return (
        <>
            <PageHead title="Cost" lead="Of a month at list prices, by the recorded graph of each stack">
                <label class="slider">
                    {Number(orders).toLocaleString("en")} orders a month
                    <input
                        type="range"
                        min={0}
                        max={volumes.length - 1}
                        value={index}
                        aria-valuetext={`${orders} orders`}
                        onChange={(event) => setQuery("volume", event.currentTarget.value)}
                    />
                </label>
            </PageHead>
            <div class="two">
                {stacks.map((stack) => (
                    <StackBill key={stack} stack={stack} orders={orders} />
                ))}
            </div>
        </>
    );
}

function StackBill({ stack, orders }: { readonly stack: string; readonly orders: string }) {
    const { value, error, isLoading } = useLoaded(() => get<Bill>("program/cost", { stack, orders }), [stack, orders]);
    const bill = value?.bills[0];
    if (bill === undefined) {
        return (
            <section class="card" aria-label={stack}>
                <h2>{stack}</h2>
                <Problem text={error} />
                {isLoading && <p class="muted">The program is evaluated…</p>}
            </section>
        );
    }
    const services = [...Map.groupBy(bill.lines, ({ service }) => service)]
        .map(([service, lines]) => ({ service, lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0) }))
        .sort((one, other) => other.usd - one.usd);
    const most = services[0]?.usd ?? 1;
    return (
        <section class="card" aria-label={stack} aria-busy={isLoading}>
            <header>
                <h2>{stack}</h2>
                <strong>{money(bill.total)}</strong>
                <span class="muted">
                    {money(bill.fixed)} without an order, {bill.perOrder.toFixed(5)} USD an order
                </span>
            </header>
            {services.length === 0 && <Empty title="It costs nothing" />}
            {services.map(({ service, lines, usd }) => (
                <details key={service}>
                    <summary class="cost">
                        <span>{service}</span>
                        <meter min={0} max={most} value={usd} aria-label={`${service}, share`} />
                        <span class="number">{money(usd)}</span>
                    </summary>
                    <table class="list">
                        <tbody>
                            {lines.map((line) => (
                                <tr key={line.meter}>
                                    <td>
                                        {line.what}{" "}
                                        <span class="muted">
                                            {line.by
                                                .slice(0, 3)
                                                .map(({ resource, usd: own }) => `${resource} ${money(own)}`)
                                                .join(", ")}
                                            {line.by.length > 3 && ` and ${line.by.length - 3} more`}
                                        </span>
                                    </td>
                                    <td class="number">{money(line.usd)}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </details>
            ))}
        </section>
    );
}
