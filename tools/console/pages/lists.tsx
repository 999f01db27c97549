import {
    afterEntries,
    Badge,
    Empty,
    get,
    go,
    href,
    PageHead,
    Problem,
    query,
    SearchBox,
    type ShownEntry,
    setQuery,
    Time,
    type Tone,
    useLoaded,
    withQuery,
} from "embedded-aws/console/kit";
import { useEffect } from "preact/hooks";
import type { Listed, Page as ListPage } from "../shown.ts";
import { money } from "./money.ts";
import { isDeployed } from "./source.ts";

export const toneOf = (status: string): Tone => {
    if (/^(reserved|completed|delivered|captured|succeeded|fulfilled|confirmed|sent|shipped|enabled)$/.test(status))
        return "good";
    if (/fail|exhausted|shortage|declined|error|lost/.test(status)) return "bad";
    if (/cancel|refund|expired|skipped|requires/.test(status)) return "warn";
    return "busy";
};

/** Newest first; rows appear by themselves. */
function List({
    kind,
    title,
    lead,
    empty,
    search: searched,
}: {
    readonly kind: "orders" | "sessions" | "customers";
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    /** What can be searched for. */
    readonly search: string;
}) {
    const search = query.value.get("search") ?? "";
    const before = query.value.get("before") ?? undefined;
    const look = query.value.get("look") ?? undefined;
    const { value, error, reload, isLoading } = useLoaded(
        () => get<ListPage>(`program/${kind}`, { search, before, look }),
        [search, before, look],
    );
    // A table is not read whole each time that something happens.
    const isFollowed = before === undefined && look === undefined;
    useEffect(() => (isFollowed ? afterEntries(isChange, reload) : undefined), [search, isFollowed]);
    const rows = value?.rows ?? [];
    const open = ({ id, cause }: Listed) => (kind === "customers" ? href("trace", cause ?? id) : href(kind, id));
    return (
        <>
            <PageHead title={title} lead={lead}>
                <SearchBox parameter="search" placeholder={searched} />
            </PageHead>
            <Problem text={error} />
            {value !== undefined && rows.length === 0 ? (
                <Empty title={search === "" ? `No ${kind} yet` : `No ${kind} with “${search}”`}>
                    {search === "" ? (
                        <>
                            {empty} on the <a href={href()}>flow</a>.
                        </>
                    ) : (
                        <>
                            Search for: {searched.toLowerCase()}, or <a href={href(kind)}>show all</a>.
                        </>
                    )}
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>Id</th>
                            <th>Status</th>
                            <th>{columns[kind]}</th>
                            {kind !== "customers" && <th>Customer</th>}
                            {kind !== "customers" && <th class="number">Total</th>}
                            <th>When</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows.map((row) => (
                            <tr key={row.id} class="link" onClick={() => go(open(row))}>
                                <td>
                                    <a href={open(row)}>
                                        <code>{row.id}</code>
                                    </a>
                                </td>
                                <td>
                                    <Badge tone={toneOf(row.status)}>{row.status}</Badge>
                                </td>
                                <td class="muted">{(row.steps ?? []).join(", ")}</td>
                                {kind !== "customers" && <td>{row.who}</td>}
                                {kind !== "customers" && (
                                    <td class="number">
                                        {row.total === undefined ? "" : money(row.total, row.currency)}
                                    </td>
                                )}
                                <td>
                                    <Time at={row.at} />
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
            {value?.bound !== undefined && (
                <p class="muted">
                    No index knows their time: these are the newest of the first {value.bound.toLocaleString("en")}{" "}
                    stored items.{" "}
                    <button type="button" class="quiet" disabled={isLoading} onClick={() => setQuery({ look: "all" })}>
                        Look at all
                    </button>{" "}
                    reads the whole table; a whole id finds any with Ctrl-K.
                </p>
            )}
            <nav class="pages" aria-label="Pages">
                {before !== undefined && <a href={withQuery({ before: undefined })}>Newest</a>}
                {value?.next !== undefined && (
                    <button type="button" class="quiet" onClick={() => setQuery({ before: value.next })}>
                        Older
                    </button>
                )}
            </nav>
        </>
    );
}

/** On this machine a call that writes; of an environment on AWS only log lines tell that something happened. */
const isChange = ({ what, action = "" }: ShownEntry): boolean =>
    isDeployed()
        ? what === "event" || what === "invocation"
        : what === "call" && /dynamodb:(Put|Update|Transact)/.test(action);

const columns = { orders: "Steps done", sessions: "Version", customers: "Sent to Segment" } as const;

export const OrdersPage = () => (
    <List
        kind="orders"
        title="Orders"
        lead="Newest first, with the steps that are done for each"
        empty="Press “Place an order” or “Buy as an agent”"
        search="Id, name or address"
    />
);

export const SessionsPage = () => (
    <List
        kind="sessions"
        title="Sessions"
        lead="Checkout sessions of agents, newest first"
        empty="Press “Buy as an agent”"
        search="Part of an id"
    />
);

export const CustomersPage = () => (
    <List
        kind="customers"
        title="Customers"
        lead="Customers of commercetools whose changes were sent to Segment, the last changed first"
        empty="Press “Change a customer”"
        search="Part of an id"
    />
);
