import { useEffect, useState } from "preact/hooks";
import { get, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { span } from "./format.ts";
import { nodesNow, shortName } from "./graph.ts";
import { afterEntries, onEntries } from "./live.ts";
import { Badge, Empty, Icon, Note, PageHead, Problem, Time } from "./parts.tsx";
import { go, href, query, setQuery, withQuery } from "./router.ts";
import { SpanDetail } from "./spanDetail.tsx";
import { type Span, spanOf, spansOf } from "./spans.ts";
import type { ShownEntry } from "./types.ts";
import { Waterfall } from "./waterfall.tsx";

/** Everything that bears an id, as a waterfall that grows while it runs. */
export function TraceOf({ ids, isGrouped = false }: { readonly ids: readonly string[]; readonly isGrouped?: boolean }) {
    const { value, error, reload } = useLoaded(
        () => get<readonly ShownEntry[]>("trace", { correlationId: ids }),
        [ids.join()],
    );
    const nodes = nodesNow();
    const spans = spansOf(value ?? [], nodes);
    const selected = findSpan(spans, query.value.get("at"));
    useEffect(() => {
        const known = new Set(ids);
        const isAbout = ({ ids: named, text, what }: ShownEntry) =>
            what !== "log" &&
            (Object.values(named).some((id) => known.has(id) || ids.some((each) => id.startsWith(each))) ||
                ids.some((id) => text.includes(id)));
        return afterEntries(isAbout, reload);
    }, [ids.join()]);
    if (value === undefined && error === undefined) return <p class="muted">Reading the trace…</p>;
    if (value?.length === 0) {
        return (
            <Empty title="Nothing happened under this id yet">
                What happens appears here by itself: press an action on the <a href={href()}>flow</a>.
            </Empty>
        );
    }
    return (
        <div class={selected === undefined ? "" : "beside"}>
            <div>
                <Problem text={error} />
                <Waterfall
                    spans={spans}
                    selected={selected?.id}
                    select={({ id }) => setQuery({ at: id })}
                    isGrouped={isGrouped}
                />
            </div>
            {selected !== undefined && (
                <SpanDetail
                    key={selected.id}
                    of={selected}
                    onClose={() => setQuery({ at: undefined, part: undefined })}
                />
            )}
        </div>
    );
}

function findSpan(spans: readonly Span[], id: string | null): Span | undefined {
    for (const span of id === null ? [] : spans) {
        const found = span.id === id ? span : findSpan(span.children, id);
        if (found !== undefined) return found;
    }
    return undefined;
}

export function TracePage({ parts: [id] }: { readonly parts: readonly string[] }) {
    if (id === undefined) return <Activity />;
    const link = extension().linkOf(id);
    return (
        <>
            <PageHead title={<code>{id}</code>} lead="Everything that bears this id: requests, invocations, calls">
                {link !== undefined && (
                    <a class="button" href={link}>
                        Open it
                    </a>
                )}
            </PageHead>
            <Note page="trace" />
            <TraceOf ids={[id]} />
        </>
    );
}

const kinds: readonly { readonly id: string; readonly title: string; readonly what: string }[] = [
    { id: "", title: "Requests and functions", what: "response,invocation,denied,failure,dropped,mail" },
    { id: "failures", title: "What failed", what: "failure,denied,dropped" },
    { id: "calls", title: "Calls", what: "call,denied" },
    { id: "logs", title: "Log lines", what: "log" },
];
const pageLength = 60;

/** What happens, the newest on top; the document holds a page of it, however much there is. */
function Activity() {
    const kind = kinds.find(({ id }) => id === (query.value.get("kind") ?? "")) ?? kinds[0];
    const before = query.value.get("before") ?? undefined;
    const what = kind?.what ?? "";
    const [{ entries }, setShown] = useState<{ readonly list: string; readonly entries: readonly ShownEntry[] }>({
        list: "",
        entries: [],
    });
    const { value, error, reload } = useLoaded(
        () =>
            get<{ readonly entries: readonly ShownEntry[]; readonly next: number | null }>("entries", {
                limit: String(pageLength),
                what,
                before,
            }),
        [what, before],
    );
    const list = `${what} ${before}`;
    useEffect(() => setShown({ list, entries: [] }), [list]);
    // What was read and what was told overlap: each entry is there once, by its number.
    const add = (more: readonly ShownEntry[]) =>
        setShown((old) => (old.list === list ? { list, entries: merged(old.entries, more) } : old));
    useEffect(() => add(value?.entries ?? []), [value]);
    useEffect(() => {
        if (before !== undefined) return undefined;
        return onEntries((fresh) => add(fresh.filter((entry) => what.split(",").includes(entry.what))), reload);
    }, [list]);
    return (
        <>
            <PageHead title="Trace" lead="What happens in the cloud, as it happens">
                <select
                    aria-label="What to show"
                    value={kind?.id}
                    onChange={(event) =>
                        setQuery({ kind: event.currentTarget.value, before: undefined, at: undefined })
                    }
                >
                    {kinds.map(({ id, title }) => (
                        <option key={id} value={id}>
                            {title}
                        </option>
                    ))}
                </select>
            </PageHead>
            <Note page="trace" />
            <Problem text={error} />
            {value !== undefined && entries.length === 0 ? (
                <Empty title="Nothing has happened yet">
                    Send a request, or press an action on the <a href={href()}>flow</a>.
                </Empty>
            ) : (
                <div class={query.value.get("at") === null ? "" : "beside"}>
                    <table class="list">
                        <thead>
                            <tr>
                                <th>When</th>
                                <th>What</th>
                                <th>Came to</th>
                                <th class="number">Took</th>
                                <th>About</th>
                            </tr>
                        </thead>
                        <tbody>
                            {entries.map((entry) => (
                                <EntryRow key={entry.sequence} entry={entry} />
                            ))}
                        </tbody>
                    </table>
                    <EntryDetail />
                </div>
            )}
            <nav class="pages" aria-label="Pages">
                {before !== undefined && <a href={withQuery({ before: undefined })}>Newest</a>}
                {typeof value?.next === "number" && (
                    <button type="button" class="quiet" onClick={() => setQuery({ before: String(value.next) })}>
                        Older
                    </button>
                )}
            </nav>
        </>
    );
}

/** Of one entry that names nothing by which others could be found. */
function EntryDetail() {
    const at = Number(query.value.get("at") ?? Number.NaN);
    const { value } = useLoaded(
        async () =>
            at > 0
                ? await get<{ readonly entries: readonly ShownEntry[] }>("entries", {
                      before: String(at + 1),
                      limit: "1",
                  })
                : undefined,
        [at],
    );
    const [entry] = value?.entries ?? [];
    if (entry === undefined) return null;
    return (
        <SpanDetail
            key={at}
            of={spanOf(entry, nodesNow())}
            onClose={() => setQuery({ at: undefined, part: undefined })}
        />
    );
}

const linkTo = (id: string | undefined, sequence: number): string => {
    if (id !== undefined) return href("trace", id);
    const parameters = new URLSearchParams(query.value);
    parameters.set("at", String(sequence));
    return `${href("trace")}?${parameters}`;
};

function merged(old: readonly ShownEntry[], more: readonly ShownEntry[]): ShownEntry[] {
    const all = new Map([...old, ...more].map((entry) => [entry.sequence, entry]));
    return [...all.values()].sort((one, other) => other.sequence - one.sequence).slice(0, pageLength);
}

function EntryRow({ entry }: { readonly entry: ShownEntry }) {
    const { what, where, text, status, durationMs, ids, requestId, time, action } = entry;
    const isBad = (status ?? 200) >= 400 || /failure|denied|dropped/.test(what);
    const id = extension().idOf?.(ids) ?? ids["correlationId"] ?? requestId;
    const said = what === "invocation" || what === "response" ? "" : text.split("\n", 1)[0]?.slice(0, 160);
    return (
        <tr class="link" data-sequence={entry.sequence} onClick={() => go(linkTo(id, entry.sequence))}>
            <td>
                <Time at={time} />
            </td>
            <td>
                <Icon
                    kind={
                        what === "invocation"
                            ? "function"
                            : what === "response"
                              ? "request"
                              : what === "mail"
                                ? "mail"
                                : "call"
                    }
                />{" "}
                <strong>{shortName(where)}</strong> {action} <span class="muted">{said}</span>
            </td>
            <td>
                <Badge tone={isBad ? "bad" : "good"}>{what === "denied" ? "denied" : (status ?? what)}</Badge>
            </td>
            <td class="number">{durationMs === undefined ? "" : span(durationMs)}</td>
            <td>
                <a href={linkTo(id, entry.sequence)}>
                    {id === undefined ? "Details" : <code>{id.length > 64 ? `${id.slice(0, 63)}…` : id}</code>}
                </a>
            </td>
        </tr>
    );
}
