import { useState } from "preact/hooks";
import { get, post, useLoaded } from "./api.ts";
import { Drawer } from "./drawer.tsx";
import { extension } from "./extension.ts";
import { covers, isRecord, parsed, pretty, span } from "./format.ts";
import { shortName } from "./graph.ts";
import { Action, Badge, Copy, Details, Facts, Json, Problem, Tabs, Time } from "./parts.tsx";
import { href, query, setQuery } from "./router.ts";
import type { Span } from "./spans.ts";
import type { Rights } from "./types.ts";

/** What one bar was: what was sent and answered, its log lines, and the statement that allowed or denied it. */
export function SpanDetail({ of, onClose }: { readonly of: Span; onClose(): void }) {
    const { entry, logs, kind } = of;
    const isCall = entry.action !== undefined;
    const tabs = [
        ...(entry.payload !== undefined || !(isCall || logs.length > 0)
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
            <Tabs label="Parts" tabs={tabs} current={tab} onChange={(id) => setQuery({ part: id })}>
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
    const heads = Object.entries(extension().headers ?? {}).map(([name, value]) => ` -H '${name}: ${value}'`);
    return `curl -sS -X ${method} '${window.location.origin}${path}'${heads.join("")}${body}`;
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
                            <Details name={`line ${sequence}`} head={`${Object.keys(rest).length} more members`}>
                                <Json value={rest} label="Log line" />
                            </Details>
                        )}
                    </li>
                );
            })}
        </ol>
    );
}

/** The statement that allowed a call; of one that was refused the one that is missing. */
function Statement({ of }: { readonly of: Span }) {
    const { where, action = "", rights = [action], callees = [], resource } = of.entry;
    const { value, error } = useLoaded(async () => {
        const roles = await get<readonly Rights[]>("permissions");
        const caller = await get<{ readonly inputs: Readonly<Record<string, unknown>> }>("resource", { urn: resource });
        return roles.find(({ roleArn }) => roleArn === caller.inputs["role"]);
    }, [resource]);
    if (value === undefined) return <Problem text={error} />;
    const isDenied = of.status === "denied";
    const own = value.allowed.filter(
        (each) =>
            rights.some((right) => covers(each.action, right)) && callees.some((arn) => covers(each.resource, arn)),
    );
    const statements = isDenied
        ? callees.map((Resource) => ({ Effect: "Allow", Action: action, Resource }))
        : own.map((grant) => ({ Effect: "Allow", Action: grant.action, Resource: grant.resource }));
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
            {statements.slice(0, 6).map((statement) => (
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
