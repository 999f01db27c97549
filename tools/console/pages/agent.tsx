import {
    Action,
    Badge,
    Copy,
    get,
    go,
    href,
    Json,
    PageHead,
    Problem,
    parsed,
    pretty,
    query,
    setQuery,
    span,
    useLoaded,
} from "embedded-aws/console/kit";
import { useEffect, useState } from "preact/hooks";
import { agentHeaders, bodies, type Exchange, freshKey, send } from "./shop.ts";

type Step = "create" | "update" | "complete" | "read" | "cancel";

const steps: readonly {
    readonly id: Step;
    readonly title: string;
    readonly method: string;
    path(id: string): string;
}[] = [
    { id: "create", title: "Create a session", method: "POST", path: () => "/checkout_sessions" },
    { id: "update", title: "Choose the shipping", method: "POST", path: (id) => `/checkout_sessions/${id}` },
    { id: "complete", title: "Pay", method: "POST", path: (id) => `/checkout_sessions/${id}/complete` },
    { id: "read", title: "Read the session", method: "GET", path: (id) => `/checkout_sessions/${id}` },
    { id: "cancel", title: "Cancel", method: "POST", path: (id) => `/checkout_sessions/${id}/cancel` },
];

/** What the sandbox makes of a token. */
const outcomes: readonly (readonly [token: string, title: string])[] = [
    ["spt_success", "succeeds"],
    ["spt_declined", "is declined"],
    ["spt_3ds", "needs authentication"],
    ["spt_timeout", "is charged, and the answer is lost"],
    ["spt_down", "finds the provider down"],
    ["spt_misrequested", "is refused as a request"],
    ["spt_token_expired", "has an expired token"],
];

const bodyOf = (step: Step, token: string): string => {
    switch (step) {
        case "create":
        case "update":
        case "cancel":
            return pretty(bodies[step]);
        case "complete":
            return pretty(bodies.complete(token));
        case "read":
            return "";
    }
};

/** The protocol's conversation, step by step: what is sent at the left, what is answered at the right. */
export function AgentPage({ id }: { readonly id: string | undefined }) {
    const given = steps.find((each) => each.id === query.value.get("step"));
    const current = given ?? steps[id === undefined ? 0 : 1];
    const [token, setToken] = useState("spt_success");
    const [key, setKey] = useState(freshKey);
    const [body, setBody] = useState("");
    const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
    const step = current?.id ?? "create";
    useEffect(() => {
        setBody(bodyOf(step, token));
        setKey(freshKey());
    }, [step, token]);
    if (current === undefined) return null;
    const needsSession = step !== "create" && id === undefined;
    const request = (idempotencyKey: string) => {
        const sent = current.method === "GET" ? {} : { body };
        return send({
            title: current.title,
            method: current.method,
            path: current.path(id ?? ""),
            headers: agentHeaders(idempotencyKey),
            ...sent,
        });
    };
    const once = async (idempotencyKey: string) => {
        setKey(idempotencyKey);
        take([await request(idempotencyKey)]);
    };
    const twice = async () => take(await Promise.all([request(key), request(key)]));
    const take = (came: readonly Exchange[]) => {
        setExchanges((before) => [...came.toReversed(), ...before].slice(0, 40));
        const session = parsed(came[0]?.answer ?? "");
        const made =
            typeof session === "object" && session !== null && "id" in session ? String(session.id) : undefined;
        if (step === "create" && made?.startsWith("cs_")) go(href("agent", made));
    };
    return (
        <>
            <PageHead title="Agent" lead="A purchase by the Agentic Commerce Protocol, as an agent makes it">
                {id !== undefined && (
                    <>
                        <a class="button" href={href("sessions", id)}>
                            Its versions and trace
                        </a>
                        <a class="button" href={href("agent")}>
                            New session
                        </a>
                    </>
                )}
            </PageHead>
            <ol class="conversation" aria-label="Steps of the protocol">
                {steps.map((each) => (
                    <li key={each.id}>
                        <button
                            type="button"
                            aria-current={each === current ? "step" : undefined}
                            onClick={() => setQuery("step", each.id)}
                        >
                            {each.title}
                        </button>
                    </li>
                ))}
            </ol>
            <div class="two">
                <form class="card form" onSubmit={(event) => event.preventDefault()} aria-label="Request">
                    <p>
                        <code>
                            <strong>{current.method}</strong> {current.path(id ?? "{id}")}
                        </code>
                    </p>
                    <Operation path={current.path("{id}")} method={current.method} />
                    {step === "complete" && (
                        <label>
                            The payment
                            <select value={token} onChange={(event) => setToken(event.currentTarget.value)}>
                                {outcomes.map(([value, title]) => (
                                    <option key={value} value={value}>
                                        {title} ({value})
                                    </option>
                                ))}
                            </select>
                        </label>
                    )}
                    <label>
                        Idempotency-Key
                        <input value={key} onInput={(event) => setKey(event.currentTarget.value)} />
                    </label>
                    {current.method !== "GET" && (
                        <label>
                            Body
                            <textarea
                                rows={18}
                                value={body}
                                spellcheck={false}
                                onInput={(event) => setBody(event.currentTarget.value)}
                            />
                        </label>
                    )}
                    {needsSession && <Problem text="Create a session first." />}
                    <div class="bar">
                        <Action
                            kind="primary"
                            disabled={needsSession}
                            run={() =>
                                once(
                                    exchanges.some(({ headers }) => headers["idempotency-key"] === key)
                                        ? freshKey()
                                        : key,
                                )
                            }
                        >
                            Send
                        </Action>
                        <Action disabled={needsSession || exchanges.length === 0} run={() => once(key)}>
                            Send again with the same key
                        </Action>
                        <Action disabled={needsSession} run={twice}>
                            Two at once
                        </Action>
                    </div>
                </form>
                <section aria-label="Answers">
                    {exchanges.length === 0 && <p class="muted">Answers appear here, the newest on top.</p>}
                    {exchanges.map((exchange, index) => (
                        <ExchangeCard key={exchanges.length - index} exchange={exchange} isOpen={index === 0} />
                    ))}
                </section>
            </div>
        </>
    );
}

interface ApiDocument {
    readonly paths: Readonly<
        Record<string, Readonly<Record<string, { readonly summary?: string; readonly description?: string }>>>
    >;
}

/** What the OpenAPI document says about the step. */
function Operation({ path, method }: { readonly path: string; readonly method: string }) {
    const { value } = useLoaded(() => get<ApiDocument>("program/checkout-api"), []);
    const { summary, description } = value?.paths[path]?.[method.toLowerCase()] ?? {};
    return (
        <p class="muted">
            {summary}. {description}
        </p>
    );
}

function ExchangeCard({ exchange, isOpen }: { readonly exchange: Exchange; readonly isOpen: boolean }) {
    const { title, status, tookMs, answer, method, path, headers, body, correlationId } = exchange;
    const heads = Object.entries(headers)
        .map(([name, value]) => ` -H '${name}: ${value}'`)
        .join("");
    const curl = `curl -sS -X ${method} ${window.location.origin}${path}${heads}${body === undefined ? "" : ` -d '${body.replaceAll("'", "'\\''")}'`}`;
    return (
        <details class="card" open={isOpen}>
            <summary>
                <Badge tone={status < 300 ? "good" : status < 500 ? "warn" : "bad"}>{status}</Badge>{" "}
                <strong>{title}</strong> <span class="muted">{span(tookMs)}</span>
            </summary>
            <Json value={answer} label="Answer" />
            <Copy text={curl} label="Copy as curl" />
            {correlationId !== null && <a href={href("trace", correlationId)}>Trace</a>}
        </details>
    );
}
