import { useState } from "preact/hooks";
import { get, post, useLoaded } from "./api.ts";
import { extension } from "./extension.ts";
import { pretty } from "./format.ts";
import { Objects } from "./objects.tsx";
import { Action, Drawer, Empty, PageHead, Problem, Tabs } from "./parts.tsx";
import { Names, Queues } from "./queues.tsx";
import { go, href, query, setQuery } from "./router.ts";
import { Schedules } from "./schedules.tsx";
import type { TableShape } from "./types.ts";

const tabs = [
    { id: "tables", title: "Tables" },
    { id: "queues", title: "Queues" },
    { id: "objects", title: "Objects" },
    { id: "schedules", title: "Schedules" },
] as const;

export function DataPage({ parts: [kind = "tables", name] }: { readonly parts: readonly string[] }) {
    return (
        <>
            <PageHead title="Data" lead="What the cloud holds now" />
            <Tabs label="Kinds of data" tabs={tabs} current={kind} onChange={(id) => go(href("data", id))}>
                {kind === "tables" && <Tables name={name} />}
                {kind === "queues" && <Queues name={name} />}
                {kind === "objects" && <Objects />}
                {kind === "schedules" && <Schedules />}
            </Tabs>
        </>
    );
}

interface ItemPage {
    readonly items: readonly Readonly<Record<string, unknown>>[];
    readonly keys: readonly string[];
    readonly next: string | null;
}

function Tables({ name }: { readonly name: string | undefined }) {
    const { value } = useLoaded(() => get<readonly TableShape[]>("tables"), []);
    const tables = value?.toSorted((one, other) => one.name.localeCompare(other.name));
    const table = tables?.find((each) => each.name === name) ?? tables?.[0];
    return (
        <div class="split">
            <Names names={(tables ?? []).map((each) => [each.name, undefined])} current={table?.name} kind="tables" />
            {table !== undefined && <Items key={table.name} table={table} />}
        </div>
    );
}

function Items({ table }: { readonly table: TableShape }) {
    const key = query.value.get("key") ?? undefined;
    const from = query.value.get("from") ?? undefined;
    const [edited, setEdited] = useState<string>();
    const { value, error, reload } = useLoaded(
        () => get<ItemPage>("items", { table: table.name, key, from }),
        [table.name, key, from],
    );
    const names = columnsOf(value);
    const [hash] = table.keys;
    return (
        <div>
            <form
                class="bar"
                onSubmit={(event) => {
                    event.preventDefault();
                    const given = new FormData(event.currentTarget).get("key");
                    setQuery("from", undefined);
                    setQuery("key", typeof given === "string" ? given : undefined);
                }}
            >
                <label>
                    {hash?.name} <input name="key" defaultValue={key ?? ""} placeholder="all" />
                </label>
                <button type="submit">Find</button>
                {!extension().isReadOnly && (
                    <button type="button" class="quiet" onClick={() => setEdited("{\n}")}>
                        Put an item
                    </button>
                )}
            </form>
            <Problem text={error} />
            {value?.items.length === 0 ? (
                <Empty title="No items">{key === undefined ? "The table is empty." : "None has this key."}</Empty>
            ) : (
                <div class="wide" tabIndex={0} role="region" aria-label="Items">
                    <table class="list">
                        <thead>
                            <tr>
                                {names.map((each) => (
                                    <th key={each}>{each}</th>
                                ))}
                            </tr>
                        </thead>
                        <tbody>
                            {(value?.items ?? []).map((item) => (
                                <tr
                                    key={(value?.keys ?? []).map((each) => String(item[each])).join(" ")}
                                    class="link"
                                    onClick={() => setEdited(pretty(item))}
                                >
                                    {names.map((each, index) => (
                                        <td key={each}>
                                            {index === 0 ? (
                                                <button
                                                    type="button"
                                                    class="quiet"
                                                    onClick={() => setEdited(pretty(item))}
                                                >
                                                    {cell(item[each])}
                                                </button>
                                            ) : (
                                                cell(item[each])
                                            )}
                                        </td>
                                    ))}
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
            {typeof value?.next === "string" && (
                <button type="button" class="quiet" onClick={() => setQuery("from", value.next ?? undefined)}>
                    More
                </button>
            )}
            {edited !== undefined && (
                <ItemDrawer table={table.name} text={edited} onClose={() => setEdited(undefined)} onChange={reload} />
            )}
        </div>
    );
}

function ItemDrawer({
    table,
    text,
    onClose,
    onChange,
}: {
    readonly table: string;
    readonly text: string;
    onClose(): void;
    onChange(): void;
}) {
    const [draft, setDraft] = useState(text);
    const change = async (action: string, input: object) => {
        await post(action, input);
        onChange();
        onClose();
    };
    return (
        <Drawer title="Item" onClose={onClose}>
            <div class="form">
                <label>
                    The item as JSON
                    <textarea
                        rows={24}
                        value={draft}
                        spellcheck={false}
                        onInput={(event) => setDraft(event.currentTarget.value)}
                    />
                </label>
                {!extension().isReadOnly && (
                    <div class="bar">
                        <Action kind="primary" run={() => change("put-item", { table, item: JSON.parse(draft) })}>
                            Put
                        </Action>
                        <Action kind="danger" run={() => change("delete-item", { table, key: JSON.parse(draft) })}>
                            Delete
                        </Action>
                    </div>
                )}
            </div>
        </Drawer>
    );
}

/** The keys first, then what most items have, as many as can be read. */
function columnsOf(page: ItemPage | undefined): string[] {
    const names = (page?.items ?? []).flatMap((item) => Object.keys(item));
    const common = [...Map.groupBy(names, (name) => name)].sort(([, one], [, other]) => other.length - one.length);
    return [...new Set([...(page?.keys ?? []), ...common.map(([name]) => name)])].slice(0, 8);
}

function cell(value: unknown): string {
    const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
    return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
