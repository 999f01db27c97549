import {
    Details,
    Empty,
    get,
    href,
    lastPart,
    PageHead,
    Problem,
    query,
    setQuery,
    useLoaded,
} from "embedded-aws/console/kit";
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

/** What a month costs by service and resource, stack beside stack. */
export function CostPage() {
    const dev = useBill("dev");
    const prod = useBill("prod");
    const volumes = (dev.value ?? prod.value)?.bills.map(({ orders }) => orders) ?? [];
    const index = Math.min(Number(query.value.get("volume") ?? 0), Math.max(0, volumes.length - 1));
    const orders = volumes[index];
    const said = orders === undefined ? "…" : orders.toLocaleString("en");
    return (
        <>
            <PageHead title="Cost" lead="Of a month at list prices, by the recorded graph of each stack">
                <label class="slider">
                    {said} orders a month
                    <input
                        type="range"
                        min={0}
                        max={Math.max(0, volumes.length - 1)}
                        value={index}
                        aria-valuetext={`${said} orders`}
                        onInput={(event) => setQuery({ volume: event.currentTarget.value }, true)}
                    />
                </label>
            </PageHead>
            <div class="two">
                <StackBill stack="dev" of={dev} index={index} />
                <StackBill stack="prod" of={prod} index={index} />
            </div>
        </>
    );
}

const useBill = (stack: string) => useLoaded(() => get<Bill>("program/cost", { stack }), [stack]);

function StackBill({
    stack,
    of: { value, error, isLoading },
    index,
}: {
    readonly stack: string;
    readonly of: ReturnType<typeof useBill>;
    readonly index: number;
}) {
    const bill = value?.bills[index];
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
            {services.length === 0 && (
                <Empty title="It costs nothing">
                    No resource of the program has a price: the <a href={href()}>flow</a> shows all of them.
                </Empty>
            )}
            {services.map(({ service, lines, usd }) => (
                <Details
                    key={service}
                    name={`${stack} ${service}`}
                    headClass="cost"
                    head={
                        <>
                            <span>{service}</span>
                            <meter min={0} max={most} value={usd} aria-label={`${service}, share`} />
                            <span class="number">{money(usd)}</span>
                        </>
                    }
                >
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
                </Details>
            ))}
        </section>
    );
}

/** Of the lines of a bill those of one resource, with its log, its alarms and its polling. */
function costOfNode({ lines }: Bill["bills"][number], name: string) {
    const own = `${name.replace(/-(function|queue|table|topic|bucket|bus|schedule)$/, "")}-`;
    return lines
        .map(({ what, by }) => ({
            what,
            usd: by
                .filter(({ resource }) => resource === name || resource.startsWith(own))
                .reduce((sum, { usd }) => sum + usd, 0),
        }))
        .filter(({ usd }) => usd > 0);
}

/** What a resource of the graph costs in a month, by volume. */
export function NodeCost({ urn }: { readonly urn: string }) {
    const { value: source } = useLoaded(() => get<{ readonly stack: string }>("graph"), []);
    const { value, error, isLoading } = useLoaded(
        async () => (source === undefined ? undefined : await get<Bill>("program/cost", { stack: source.stack })),
        [source?.stack],
    );
    const name = lastPart(urn);
    const rows = (value?.bills ?? []).map((bill) => ({ orders: bill.orders, parts: costOfNode(bill, name) }));
    return (
        <section aria-label="Cost a month">
            <h2 class="minor apart">Cost a month, with its log and alarms</h2>
            <Problem text={error} />
            {value === undefined && isLoading && <p class="muted">The program is evaluated…</p>}
            {rows.length > 0 && (
                <table class="list">
                    <tbody>
                        {rows.map(({ orders, parts }) => (
                            <tr key={orders}>
                                <td class="number">{orders.toLocaleString("en")} orders</td>
                                <td class="number">
                                    <strong>{money(parts.reduce((sum, { usd }) => sum + usd, 0))}</strong>
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
            {rows[0] !== undefined && rows[0].parts.length > 0 && (
                <p class="muted">
                    At {rows[0].orders.toLocaleString("en")} orders:{" "}
                    {rows[0].parts
                        .toSorted((one, other) => other.usd - one.usd)
                        .slice(0, 4)
                        .map(({ what, usd }) => `${what} ${money(usd)}`)
                        .join("; ")}
                    .
                </p>
            )}
        </section>
    );
}
