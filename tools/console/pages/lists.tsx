import {
    afterEntries,
    Badge,
    Empty,
    get,
    go,
    href,
    Json,
    PageHead,
    Problem,
    query,
    SearchBox,
    Time,
    type Tone,
    useLoaded,
} from "embedded-aws/console/kit";
import { useEffect } from "preact/hooks";
import type { Listed } from "../shown.ts";
import { money } from "./money.ts";

export const toneOf = (status: string): Tone => {
    if (/^(reserved|completed|delivered|captured|succeeded|fulfilled|confirmed)$/.test(status)) return "good";
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
}: {
    readonly kind: "orders" | "sessions";
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
}) {
    const search = query.value.get("search") ?? "";
    const { value, error, reload } = useLoaded(() => get<readonly Listed[]>(`program/${kind}`, { search }), [search]);
    useEffect(
        () =>
            afterEntries(
                ({ what, action }) => what === "call" && /dynamodb:(Put|Update|Transact)/.test(action ?? ""),
                reload,
            ),
        [search],
    );
    return (
        <>
            <PageHead title={title} lead={lead}>
                <SearchBox parameter="search" placeholder="Id or customer" />
            </PageHead>
            <Problem text={error} />
            {value?.length === 0 ? (
                <Empty title={search === "" ? `No ${kind} yet` : `No ${kind} with “${search}”`}>
                    {search === "" ? (
                        <>
                            {empty} on the <a href={href()}>flow</a>.
                        </>
                    ) : (
                        "Search for a part of an id or of a customer's name."
                    )}
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>Id</th>
                            <th>Status</th>
                            <th>{kind === "orders" ? "Steps done" : "Version"}</th>
                            <th>Customer</th>
                            <th class="number">Total</th>
                            <th>When</th>
                        </tr>
                    </thead>
                    <tbody>
                        {(value ?? []).map(({ id, status, who, total, currency, at, steps = [] }) => (
                            <tr key={id} class="link" onClick={() => go(href(kind, id))}>
                                <td>
                                    <a href={href(kind, id)}>
                                        <code>{id}</code>
                                    </a>
                                </td>
                                <td>
                                    <Badge tone={toneOf(status)}>{status}</Badge>
                                </td>
                                <td class="muted">{steps.join(", ")}</td>
                                <td>{who}</td>
                                <td class="number">{total === undefined ? "" : money(total, currency)}</td>
                                <td>
                                    <Time at={at} />
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
        </>
    );
}

export const OrdersPage = () => (
    <List
        kind="orders"
        title="Orders"
        lead="Newest first, with the steps that are done for each"
        empty="Press “Place an order” or “Buy as an agent”"
    />
);

export const SessionsPage = () => (
    <List
        kind="sessions"
        title="Sessions"
        lead="Checkout sessions of agents, newest first"
        empty="Press “Buy as an agent”"
    />
);

export function CustomersPage() {
    const { value, error } = useLoaded(
        () => get<readonly Readonly<Record<string, unknown>>[]>("program/customers"),
        [],
    );
    return (
        <>
            <PageHead title="Customers" lead="What was synchronised from commercetools to Segment" />
            <Problem text={error} />
            {value?.length === 0 ? (
                <Empty title="No customer has changed yet">
                    A notification of commercetools on its topic appears here: docs/guides/customers.md sends one.
                </Empty>
            ) : (
                (value ?? []).map((item) => (
                    <details key={JSON.stringify(item)} class="card">
                        <summary>
                            <code>{String(Object.values(item)[0])}</code>
                        </summary>
                        <Json value={item} label="Customer" />
                    </details>
                ))
            )}
        </>
    );
}
