import {
    Action,
    afterEntries,
    Badge,
    Details,
    Empty,
    get,
    href,
    isRecord,
    Json,
    PageHead,
    Problem,
    parsed,
    post,
    type ShownEntry,
    Time,
    useLoaded,
} from "embedded-aws/console/kit";
import { useEffect, useState } from "preact/hooks";
import type { Received, ShownDelivery, ShownEndpoint } from "../shown.ts";
import { DeliveryCards } from "./deliveryCards.tsx";
import { call, freshKey } from "./shop.ts";
import { isEmbedded } from "./source.ts";

export function WebhooksPage({ id }: { readonly id: string | undefined }) {
    if (id === "inbox") return <InboxPage />;
    if (id === "types") return <TypesPage />;
    return id === undefined ? <Endpoints /> : <EndpointPage id={id} />;
}

const Head = () => (
    <>
        <a class="button" href={href("webhooks")}>
            Endpoints
        </a>
        {isEmbedded() && (
            <a class="button" href={href("webhooks", "inbox")}>
                Inbox
            </a>
        )}
        <a class="button" href={href("webhooks", "types")}>
            Types of events
        </a>
    </>
);

const isChange = ({ what, action }: ShownEntry) =>
    what === "event" || (what === "call" && /dynamodb:(Put|Update|Transact|Delete)/.test(action ?? ""));

function Endpoints() {
    const { value, error, reload } = useLoaded(() => get<readonly ShownEndpoint[]>("program/endpoints"), []);
    const [url, setUrl] = useState("http://127.0.0.1:9900/hooks");
    const [secret, setSecret] = useState<string>();
    useEffect(() => afterEntries(isChange, reload), []);
    const endpoints = value ?? [];
    const register = async () => {
        const { secret: made } = await call("POST", "/webhook_endpoints", { url, eventTypes: ["*"] });
        setSecret(typeof made === "string" ? made : undefined);
        reload();
    };
    return (
        <>
            <PageHead title="Webhooks" lead="Who is told of events, and how deliveries go">
                <Head />
            </PageHead>
            <Problem text={error} />
            {isEmbedded() && (
                <div class="bar card">
                    <label>
                        Address <input size={40} value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
                    </label>
                    <Action kind="primary" run={register}>
                        Register
                    </Action>
                    <Action run={() => post("program/open-inbox", {}).then(reload)}>Open the inbox</Action>
                    {secret !== undefined && (
                        <span>
                            Its secret, shown once: <code>{secret}</code>
                        </span>
                    )}
                </div>
            )}
            {value !== undefined && endpoints.length === 0 ? (
                <Empty title="No endpoint">
                    {isEmbedded() ? (
                        <>
                            Register an address above, or open the <a href={href("webhooks", "inbox")}>inbox</a>, which
                            verifies signatures.
                        </>
                    ) : (
                        <>
                            A client registers one with <code>POST /webhook_endpoints</code>.
                        </>
                    )}
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>Address</th>
                            <th>Status</th>
                            <th>Kind</th>
                            <th>Events</th>
                            <th class="number">Failures</th>
                            <th>Owner</th>
                            <th>Note</th>
                        </tr>
                    </thead>
                    <tbody>
                        {endpoints.map((endpoint) => (
                            <tr key={endpoint.id}>
                                <td>
                                    <a href={href("webhooks", endpoint.id)}>{endpoint.url}</a>
                                </td>
                                <td>
                                    <Badge tone={endpoint.status === "enabled" ? "good" : "bad"}>
                                        {endpoint.status}
                                        {endpoint.disabledBecause !== undefined && `: ${endpoint.disabledBecause}`}
                                    </Badge>
                                </td>
                                <td>{endpoint.kind}</td>
                                <td>{endpoint.eventTypes.join(", ")}</td>
                                <td class="number">{endpoint.failures}</td>
                                <td>{endpoint.owner}</td>
                                <td class="muted">{endpoint.description}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
        </>
    );
}

interface WholeEndpoint {
    readonly endpoint: ShownEndpoint;
    readonly deliveries: readonly ShownDelivery[];
}

function EndpointPage({ id }: { readonly id: string }) {
    const { value, error, reload } = useLoaded(() => get<WholeEndpoint>("program/endpoint", { id }), [id]);
    useEffect(() => afterEntries(isChange, reload), [id]);
    const [secret, setSecret] = useState<string>();
    const act = (path: string, body?: object) => async () => {
        const key = { "idempotency-key": freshKey() };
        const answer = await call("POST", `/webhook_endpoints/${id}/${path}`, body, key);
        if (typeof answer["secret"] === "string") setSecret(answer["secret"]);
        reload();
    };
    const status = value?.endpoint.status ?? "";
    return (
        <>
            <PageHead title={value?.endpoint.url ?? "Endpoint"} lead={<code>{id}</code>}>
                <Head />
            </PageHead>
            <Problem text={error} />
            <div class="bar">
                <Badge tone={status === "enabled" ? "good" : "bad"}>{status}</Badge>
                {isEmbedded() && (
                    <>
                        <Action kind="primary" run={act("test")}>
                            Send a test event
                        </Action>
                        <Action run={act(status === "enabled" ? "disable" : "enable")}>
                            {status === "enabled" ? "Disable" : "Enable"}
                        </Action>
                        <Action run={act("rotate", {})}>Rotate the secret</Action>
                        <Action run={act("replays", { since: new Date(Date.now() - 86_400_000).toISOString() })}>
                            Replay a day's failures
                        </Action>
                    </>
                )}
                {secret !== undefined && (
                    <span>
                        Its new secret, shown once: <code>{secret}</code>
                    </span>
                )}
            </div>
            {value?.deliveries.length === 0 ? (
                <Empty title="No delivery yet">
                    {isEmbedded() ? (
                        <>
                            Send a test event above, or buy as an agent on the <a href={href()}>flow</a>.
                        </>
                    ) : (
                        "Its next event shows here."
                    )}
                </Empty>
            ) : (
                <DeliveryCards deliveries={value?.deliveries ?? []} onChange={reload} />
            )}
            <Details name="settings" head="Settings">
                <Json value={value?.endpoint} label="Endpoint" />
            </Details>
        </>
    );
}

function InboxPage() {
    const { value, error, reload } = useLoaded(() => get<readonly Received[]>("program/received"), []);
    useEffect(() => afterEntries(({ where, what }) => what === "invocation" && /deliver/.test(where), reload), []);
    return (
        <>
            <PageHead
                title="Inbox"
                lead="An endpoint of the console's own, which verifies the signature of each webhook"
            >
                <Head />
            </PageHead>
            <Problem text={error} />
            {value?.length === 0 && (
                <Empty title="Nothing has come yet">
                    <Action kind="primary" run={() => post("program/open-inbox", {})}>
                        Open the inbox
                    </Action>{" "}
                    and buy as an agent.
                </Empty>
            )}
            {(value ?? []).map(({ id, at, isVerified, problem, headers, body }) => (
                <Details
                    class="card"
                    key={`${id} ${at}`}
                    name={`${id} ${at}`}
                    head={
                        <>
                            <Badge tone={isVerified ? "good" : "bad"}>
                                {isVerified ? "signature verified" : "not verified"}
                            </Badge>{" "}
                            <strong>{typeOf(body)}</strong> <code>{id}</code> <Time at={at} />
                        </>
                    }
                >
                    <Problem text={problem} />
                    <h2 class="minor">Body</h2>
                    <Json value={body} label="Body" />
                    <h2 class="minor">Headers</h2>
                    <Json value={headers} label="Headers" />
                </Details>
            ))}
        </>
    );
}

const typeOf = (body: string): string => {
    const value = parsed(body);
    return isRecord(value) ? String(value["type"] ?? "") : "";
};

interface EventType {
    readonly type: string;
    readonly summary: string;
}

function TypesPage() {
    const { value, error } = useLoaded(() => get<readonly EventType[]>("program/event-types"), []);
    return (
        <>
            <PageHead title="Types of events" lead="What endpoints can be told of">
                <Head />
            </PageHead>
            <Problem text={error} />
            <table class="list">
                <thead>
                    <tr>
                        <th>Type</th>
                        <th>Tells</th>
                    </tr>
                </thead>
                <tbody>
                    {(value ?? []).map(({ type, summary }) => (
                        <tr key={type}>
                            <td>
                                <code>{type}</code>
                            </td>
                            <td>{summary}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </>
    );
}
