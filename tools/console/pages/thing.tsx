import {
    Action,
    afterEntries,
    Badge,
    Copy,
    Empty,
    Facts,
    get,
    href,
    isRecord,
    Json,
    type Mail,
    MailView,
    ObjectPreview,
    PageHead,
    Problem,
    post,
    query,
    setQuery,
    Tabs,
    Time,
    TraceOf,
    useLoaded,
    withQuery,
} from "embedded-aws/console/kit";
import { useEffect, useMemo } from "preact/hooks";
import type { ShownDelivery } from "../shown.ts";
import { DeliveryCards } from "./deliveryCards.tsx";
import { toneOf } from "./lists.tsx";
import { money } from "./money.ts";
import { call, freshKey, repeat } from "./shop.ts";
import { isAllowed, isEmbedded, noteOf } from "./source.ts";
import { type SessionVersion, VersionsView } from "./versions.tsx";

type Item = Readonly<Record<string, unknown>>;

interface Thing {
    readonly order: Item | null;
    readonly effects: readonly Item[];
    readonly versions: readonly SessionVersion[];
    readonly ledger: readonly Item[];
    readonly correlationIds: readonly string[];
    readonly deliveries: readonly ShownDelivery[];
}

/** The steps that every order has, in the order in which they are usually done. */
const steps = ["reservation", "notification", "announcement", "document"] as const;

/** One purchase whole: what happened, hop by hop, and what came of it. */
export function ThingPage({ id }: { readonly id: string }) {
    const [orderId, sessionId] = [id.replace(/^cs_/, "ord_"), id.replace(/^ord_/, "cs_")];
    const ids = [...new Set([orderId, sessionId])];
    const { value, error, reload } = useLoaded(() => get<Thing>("program/thing", { id }), [id]);
    useEffect(
        () =>
            afterEntries(
                ({ what, text, ids: named }) =>
                    what !== "log" &&
                    (ids.some((each) => text.includes(each)) ||
                        Object.values(named).some((each) => ids.some((one) => each.includes(one)))),
                reload,
            ),
        [id],
    );
    const isHere = isEmbedded();
    const { value: mails } = useLoaded(
        () => (isHere ? get<readonly Mail[]>("mail", { about: orderId }) : Promise.resolve([])),
        [value, isHere],
    );
    const own = mails ?? [];
    const tab = query.value.get("tab") ?? "timeline";
    const key = documentOf(value?.effects ?? []);
    const deliveries = value?.deliveries ?? [];
    const versions = value?.versions ?? [];
    const tabs = [
        { id: "timeline", title: "Timeline" },
        ...(versions.length > 0 ? [{ id: "versions", title: `Versions ${versions.length}` }] : []),
        { id: "pdf", title: "PDF" },
        { id: "mails", title: `Mails ${own.length}` },
        { id: "deliveries", title: `Webhooks ${deliveries.length}` },
        { id: "payment", title: "Payment" },
        { id: "raw", title: "Raw" },
    ];
    return (
        <>
            <PageHead
                title={id.startsWith("cs_") && value?.order == null ? "Checkout session" : "Order"}
                lead={<code>{id}</code>}
            >
                {value?.order != null && <OrderActions id={orderId} thing={value} onDone={reload} />}
                {isHere && id.startsWith("cs_") && (
                    <a class="button" href={href("agent", id)}>
                        Go on as an agent
                    </a>
                )}
                {isHere && <Copy text={curlFor(id)} label="Copy as curl" />}
            </PageHead>
            <Problem text={error} />
            {value !== undefined && <Summary thing={value} />}
            <Tabs label="Parts" tabs={tabs} current={tab} onChange={(next) => setQuery({ tab: next })}>
                {tab === "timeline" && <TraceOf ids={ids} isGrouped />}
                {tab === "versions" && <VersionsView versions={versions} />}
                {tab === "pdf" &&
                    (key === undefined ? (
                        <Empty title="No document yet">
                            The step “document” makes it once the order is announced: its <Timeline /> tells how far it
                            is.
                        </Empty>
                    ) : (
                        <ObjectPreview objectKey={key} />
                    ))}
                {tab === "mails" &&
                    (own.length === 0 ? (
                        <Empty title="No mail yet">
                            {noteOf("mail") ?? "The announcement is mailed once the order is stored:"} the <Timeline />{" "}
                            tells how far it is.
                        </Empty>
                    ) : (
                        own.map((mail) => <MailView key={mail.id} mail={mail} />)
                    ))}
                {tab === "deliveries" && <DeliveryCards deliveries={deliveries} onChange={reload} />}
                {tab === "payment" && <Payment thing={value} />}
                {tab === "raw" && <Json value={value} label="All that is stored" />}
            </Tabs>
        </>
    );
}

const Timeline = () => <a href={withQuery({ tab: undefined })}>timeline</a>;

const curlFor = (id: string): string =>
    `curl -sS ${window.location.origin}/${id.startsWith("cs_") ? "checkout_sessions" : "orders"}/${id} -H 'authorization: Bearer local-key' -H 'api-version: 2026-04-17'`;

/** Key of the PDF, as the step noted it. */
function documentOf(effects: readonly Item[]): string | undefined {
    const outcome = effects.find(({ effect }) => effect === "document")?.["outcome"];
    return isRecord(outcome) && typeof outcome["key"] === "string" ? outcome["key"] : undefined;
}

function Summary({ thing: { order, effects, versions, deliveries } }: { readonly thing: Thing }) {
    const last = versions.at(-1);
    const data = isRecord(last?.Data) ? last.Data : {};
    const protocol = protocolOf(last);
    const customer = isRecord(order?.["customer"]) ? order["customer"] : isRecord(data["buyer"]) ? data["buyer"] : {};
    const lines = [order?.["items"]].flat().filter(isRecord);
    const delivered = deliveries.filter(({ status }) => status === "delivered").length;
    const total = order?.["total"];
    const reservation = effects.find(({ effect }) => effect === "reservation")?.["outcome"];
    const stored = order === null ? last?.Status : order["status"];
    const status = String((isRecord(reservation) ? reservation["status"] : undefined) ?? stored ?? "unknown");
    return (
        <section class="card summary" aria-label="Facts">
            <Facts
                of={[
                    [
                        "status",
                        <Badge key="s" tone={toneOf(status)}>
                            {status}
                        </Badge>,
                    ],
                    ...(last === undefined
                        ? []
                        : [
                              [
                                  "session",
                                  <>
                                      <Badge key="b" tone={toneOf(last.Status)}>
                                          {last.Status}
                                      </Badge>{" "}
                                      version {last.Version}
                                  </>,
                              ] as const,
                          ]),
                    ...(protocol === "" ? [] : [["protocol", protocol] as const]),
                    ["customer", `${customer["name"] ?? customer["full_name"] ?? ""} ${customer["email"] ?? ""}`],
                    ...(typeof total === "number"
                        ? [
                              [
                                  "total",
                                  <strong key="t">{money(total, String(order?.["currency"] ?? ""))}</strong>,
                              ] as const,
                          ]
                        : []),
                    ...(lines.length > 0
                        ? [
                              [
                                  "lines",
                                  lines.map(({ quantity, productName }) => `${quantity} × ${productName}`).join(", "),
                              ] as const,
                          ]
                        : []),
                    ["received", <Time key="r" at={String(order?.["storedAt"] ?? versions[0]?.Timestamp ?? "")} />],
                ]}
            />
            <ol class="steps" aria-label="Steps">
                {[...(versions.length > 0 ? ["payment"] : []), ...steps, "webhooks"].map((name) => {
                    const done = doneAt(name, effects, last, deliveries.length, delivered);
                    return (
                        <li key={name} class={done === undefined ? "" : "done"}>
                            <span aria-hidden="true">{done === undefined ? "○" : "✓"}</span> {name}{" "}
                            <span class="muted">{done ?? "not yet"}</span>
                        </li>
                    );
                })}
            </ol>
        </section>
    );
}

/** By which protocol the session is led, and for whom: its data is in the words of ACP whichever it is. */
function protocolOf(version: SessionVersion | undefined): string {
    if (version === undefined) return "";
    const { Data, Caller = "" } = version;
    if (Caller.startsWith("ucp:")) return `UCP, platform ${Caller.slice("ucp:".length)}`;
    const protocol = isRecord(Data) && isRecord(Data["protocol"]) ? Data["protocol"]["version"] : undefined;
    return protocol === undefined ? "" : `ACP ${protocol}${Caller === "" ? "" : `, client ${Caller}`}`;
}

function doneAt(
    name: string,
    effects: readonly Item[],
    last: SessionVersion | undefined,
    deliveries: number,
    delivered: number,
): string | undefined {
    if (name === "payment") return last?.Status === "completed" ? "captured or authorised" : undefined;
    if (name === "webhooks") return deliveries > 0 && delivered === deliveries ? `${delivered} delivered` : undefined;
    const effect = effects.find((each) => each["effect"] === name);
    const at = effect?.["doneAt"];
    if (typeof at !== "string") return undefined;
    const outcome = isRecord(effect?.["outcome"]) ? effect["outcome"] : {};
    return typeof outcome["status"] === "string" ? outcome["status"] : new Date(at).toLocaleTimeString("en-GB");
}

function OrderActions({ id, thing, onDone }: { readonly id: string; readonly thing: Thing; onDone(): void }) {
    const isPaid = isRecord(thing.order?.["payment"]);
    // One wish, however often the button is pressed: the same key is the same refund.
    const key = useMemo(freshKey, [id, thing.ledger.length]);
    const change = (path: string, body: object) => async () => {
        await call("POST", `/orders/${id}/${path}`, body, { "idempotency-key": freshKey() });
        onDone();
    };
    const refund = async () => {
        if (isEmbedded())
            await call(
                "POST",
                `/orders/${id}/refunds`,
                { reason: "Refunded in the console" },
                { "idempotency-key": key },
            );
        else await post("program/refund", { orderId: id, key });
        onDone();
    };
    return (
        <>
            {isEmbedded() && (
                <>
                    <Action run={change("fulfillments", {})}>Ship all</Action>
                    <Action run={change("cancel", { reason: "Canceled in the console" })}>Cancel what is left</Action>
                    <Action run={() => repeat(thing)}>Repeat</Action>
                </>
            )}
            {isPaid && (isEmbedded() || isAllowed()) && (
                <Action kind="danger" run={refund}>
                    Refund all
                </Action>
            )}
        </>
    );
}

function Payment({ thing }: { readonly thing: Thing | undefined }) {
    const payment = thing?.order?.["payment"];
    if (payment === undefined && thing?.ledger.length === 0) {
        return (
            <Empty title="Nothing was paid">
                An order without a checkout session is paid elsewhere: buy as an agent on the <a href={href()}>flow</a>.
            </Empty>
        );
    }
    return (
        <>
            {payment !== undefined && <Json value={payment} label="Payment" />}
            {(thing?.ledger ?? []).length > 0 && (
                <>
                    <h2>Ledger</h2>
                    <Json value={thing?.ledger} label="Ledger" />
                </>
            )}
            <p class="muted">
                Its calls stand in the <a href={href("trace", String(thing?.order?.["orderId"] ?? ""))}>trace</a>.
            </p>
        </>
    );
}
