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

/** Each by its operation in the OpenAPI document, which says how it is requested. */
const steps: readonly { readonly id: Step; readonly title: string; readonly operation: string }[] = [
    { id: "create", title: "Create a session", operation: "createSession" },
    { id: "update", title: "Choose the shipping", operation: "updateSession" },
    { id: "complete", title: "Pay", operation: "completeSession" },
    { id: "read", title: "Read the session", operation: "readSession" },
    { id: "cancel", title: "Cancel", operation: "cancelSession" },
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
    const { value: document, error } = useLoaded(() => get<ApiDocument>("program/checkout-api"), []);
    const token = query.value.get("payment") ?? "spt_success";
    const [key, setKey] = useState(freshKey);
    const [body, setBody] = useState("");
    const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
    const step = current?.id ?? "create";
    useEffect(() => {
        setBody(bodyOf(step, token));
        setKey(freshKey());
    }, [step, token]);
    const operation =
        current === undefined || document === undefined ? undefined : operationIn(document, current.operation);
    if (current === undefined || operation === undefined) return <Problem text={error} />;
    const { method, path, summary, description } = operation;
    const needsSession = step !== "create" && id === undefined;
    const request = (idempotencyKey: string) => {
        return send({
            title: current.title,
            method,
            path: path.replace("{id}", id ?? ""),
            headers: agentHeaders(idempotencyKey),
            ...(method !== "GET" && { body }),
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
                            onClick={() => setQuery({ step: each.id })}
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
                            <strong>{method}</strong> {path.replace("{id}", id ?? "{id}")}
                        </code>
                    </p>
                    <p class="muted">
                        {summary}. {description}
                    </p>
                    {step === "complete" && (
                        <label>
                            The payment
                            <select
                                value={token}
                                onChange={(event) => setQuery({ payment: event.currentTarget.value })}
                            >
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
                    {method !== "GET" && (
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

interface Operation {
    readonly operationId?: string;
    readonly summary?: string;
    readonly description?: string;
}

interface ApiDocument {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Where an operation of the document is requested, and what the document says about it. */
function operationIn({ paths }: ApiDocument, id: string) {
    for (const [path, operations] of Object.entries(paths)) {
        for (const [method, operation] of Object.entries(operations)) {
            if (operation.operationId === id) return { method: method.toUpperCase(), path, ...operation };
        }
    }
    return undefined;
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
