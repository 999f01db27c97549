import { useState } from "preact/hooks";
import { get, post, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { covers, isRecord, lastPart, parsed, pretty, span } from "./format.ts";
import { nodesNow, shortName } from "./graph.ts";
import { Action, Badge, Copy, Drawer, Facts, Json, Problem, Tabs, Time } from "./parts.tsx";
import { href, query, setQuery } from "./router.ts";
import type { Span } from "./spans.ts";
import type { Rights } from "./types.ts";

/** What one bar was: what was sent and answered, its log lines, and the statement that allowed or denied it. */
export function SpanDetail({ of, onClose }: { readonly of: Span; onClose(): void }) {
    const { entry, logs, kind } = of;
    const isCall = entry.action !== undefined;
    const tabs = [
        ...(entry.payload !== undefined || !isCall
            ? [{ id: "sent", title: kind === "function" ? "Event" : "Sent" }]
            : []),
        ...(entry.result !== undefined ? [{ id: "answer", title: "Answer" }] : []),
        ...(logs.length > 0 ? [{ id: "log", title: `Log ${logs.length}` }] : []),
        ...(isCall ? [{ id: "rights", title: "Policy" }] : []),
        ...(kind === "function" && !extension().isReadOnly ? [{ id: "again", title: "Invoke again" }] : []),
    ];
    const chosen = query.value.get("part");
    const tab = tabs.find(({ id }) => id === chosen)?.id ?? (of.status === "denied" ? "rights" : tabs[0]?.id) ?? "sent";
    const tone = of.status === "good" ? "good" : "bad";
    return (
        <Drawer title={shortName(of.title)} onClose={onClose}>
            <Facts
                of={[
                    [
                        "status",
                        <Badge key="s" tone={tone}>
                            {entry.status ?? of.status}
                        </Badge>,
                    ],
                    ["began", <Time key="t" at={of.start} />],
                    ["took", span(of.end - of.start)],
                    ...(of.waitMs >= 1
                        ? [
                              [
                                  "waited",
                                  `${span(of.waitMs)}${of.initMs >= 1 ? `, ${span(of.initMs)} of it a cold start` : ""}`,
                              ] as const,
                          ]
                        : []),
                    [
                        "in",
                        <a key="r" href={href("trace")}>
                            {of.component}
                        </a>,
                    ],
                    ...(of.detail !== "" ? [["on", of.detail.split(", ").map(shortName).join(", ")] as const] : []),
                    ...(entry.requestId !== undefined
                        ? [["request id", <code key="i">{entry.requestId}</code>] as const]
                        : []),
                ]}
            />
            <Tabs label="Parts" tabs={tabs} current={tab} onChange={(id) => setQuery("part", id)}>
                {tab === "sent" && <Json value={entry.payload ?? entry.text} label="What was sent" />}
                {tab === "answer" && <Json value={readable(entry.result)} label="What was answered" />}
                {tab === "log" && <LogLines of={of} />}
                {tab === "rights" && <Statement of={of} />}
                {tab === "again" && <InvokeAgain of={of} />}
            </Tabs>
            {kind === "request" && <Copy text={curlOf(of)} label="Copy as curl" />}
        </Drawer>
    );
}

/** A function behind an API answers with its body as a text in JSON. */
function readable(result: string | undefined): unknown {
    const value = parsed(result ?? "");
    return isRecord(value) && typeof value["body"] === "string" ? { ...value, body: parsed(value["body"]) } : value;
}

function curlOf({ title, entry }: Span): string {
    const [method = "GET", path = "/"] = title.split(" ");
    const body = entry.payload
        ? ` \\\n  -H 'content-type: application/json' -d '${entry.payload.replaceAll("'", "'\\''")}'`
        : "";
    return `curl -sS -X ${method} '${window.location.origin}${path}' -H 'authorization: Bearer local-key'${body}`;
}

const levels: Readonly<Record<string, "bad" | "warn" | "plain">> = { error: "bad", critical: "bad", warn: "warn" };

function LogLines({ of }: { readonly of: Span }) {
    const lines = of.logs.map(({ text, time, sequence }) => ({ line: parsed(text.trim()), time, sequence }));
    return (
        <ol class="log">
            {lines.map(({ line, time, sequence }) => {
                const {
                    level = "info",
                    message = line,
                    timestamp: _,
                    service: __,
                    ...rest
                } = isRecord(line) ? line : {};
                if (!isRecord(line) && /^(START|END|INIT_START)/.test(String(line))) return null;
                return (
                    <li key={sequence}>
                        <span class="muted">+{span(Math.max(0, time - of.start))}</span>{" "}
                        {isRecord(line) && (
                            <Badge tone={levels[String(level).toLowerCase()] ?? "plain"}>{String(level)}</Badge>
                        )}{" "}
                        <strong>{String(message)}</strong>
                        {Object.keys(rest).length > 0 && (
                            <details>
                                <summary>{Object.keys(rest).length} more members</summary>
                                <Json value={rest} label="Log line" />
                            </details>
                        )}
                    </li>
                );
            })}
        </ol>
    );
}

/** The statement that allowed a call; of one that was refused the one that is missing. */
function Statement({ of }: { readonly of: Span }) {
    const { value, error } = useLoaded(() => get<readonly Rights[]>("permissions"), []);
    const { where, action = "", callees = [] } = of.entry;
    const isDenied = of.status === "denied";
    if (value === undefined) return <Problem text={error} />;
    // The role of a function is the one that has used, or was refused, just this.
    const found = value.flatMap(({ roleArn, allowed, denied }) => {
        const grants = isDenied
            ? denied.filter((each) => each.action === action && callees.includes(each.resource))
            : allowed.filter(
                  (each) => covers(each.action, rightOf(action)) && callees.some((arn) => covers(each.resource, arn)),
              );
        return grants.map(({ action: right, resource }) => ({
            roleArn,
            statement: { Effect: "Allow", Action: right, Resource: resource },
        }));
    });
    const role = rolesOf(
        found.map(({ roleArn }) => roleArn),
        where,
    );
    const own = found.filter(({ roleArn }) => role === undefined || roleArn === role);
    const missing = callees.map((Resource) => ({ Effect: "Allow", Action: action, Resource }));
    return (
        <div>
            <p>
                {isDenied ? (
                    <>
                        <Badge tone="bad">denied</Badge> No statement of {shortName(where)}'s role allows it. This one
                        would:
                    </>
                ) : (
                    <>
                        <Badge tone="good">allowed</Badge> by{" "}
                        {own.length === 1 ? "this statement" : `${own.length} statements`} of {shortName(where)}'s role:
                    </>
                )}
            </p>
            {(isDenied ? missing : own.slice(0, 6).map(({ statement }) => statement)).map((statement) => (
                <div key={JSON.stringify(statement)}>
                    <Json value={statement} label="Statement" />
                    <Copy text={pretty(statement)} label="Copy the statement" />
                </div>
            ))}
            <p>
                <a href={href("rights")}>All rights</a>
            </p>
        </div>
    );
}

/** Batches need the right to the single operation. */
const rightOf = (action: string): string =>
    action.replace(/^(sqs|sns):(\w+)Batch$/, "$1:$2").replace("TransactWriteItems", "*Item");

/** Physical names of roles begin with logical ones, in which the function's are. */
function rolesOf(roles: readonly string[], where: string): string | undefined {
    const node = [...nodesNow().values()].find(({ name, kind }) => kind === "function" && name === where);
    const logical = node === undefined ? "" : lastPart(node.urn).replace(/-function$/, "");
    return roles.find((role) => logical !== "" && lastPart(role).startsWith(logical));
}

function InvokeAgain({ of }: { readonly of: Span }) {
    const [payload, setPayload] = useState(pretty(of.entry.payload ?? "{}"));
    const [answer, setAnswer] = useState<{ readonly result: unknown; readonly error: string | null }>();
    const invoke = async () => setAnswer(await post("invoke", { function: of.entry.where, payload }));
    return (
        <div class="form">
            <label>
                Event
                <textarea
                    rows={14}
                    value={payload}
                    onInput={(event) => setPayload(event.currentTarget.value)}
                    spellcheck={false}
                />
            </label>
            <Action kind="primary" run={invoke}>
                Invoke
            </Action>
            {answer !== undefined && (
                <>
                    <Badge tone={answer.error === null ? "good" : "bad"}>{answer.error ?? "answered"}</Badge>
                    <Json
                        value={typeof answer.result === "string" ? readable(answer.result) : answer.result}
                        label="What was answered"
                    />
                </>
            )}
        </div>
    );
}
