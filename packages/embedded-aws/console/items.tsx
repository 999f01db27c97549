import { useState } from "preact/hooks";
import { get, post, useLoaded } from "./api.ts";
import { Drawer } from "./drawer.tsx";
import { extension } from "./extension.ts";
import { isRecord, parsed, pretty } from "./format.ts";
import { Action, Empty, Problem } from "./parts.tsx";
import { query, setQuery } from "./router.ts";
import type { TableShape } from "./types.ts";

type Item = Readonly<Record<string, unknown>>;

interface ItemPage {
    readonly items: readonly Item[];
    readonly keys: readonly string[];
    readonly next: string | null;
}

/** In the address, in place of an item's key: the one that is to be put. */
const newItem = "new";

/** The items of a table by page, or those with a key of the table or of one of its indexes. */
export function Items({ table }: { readonly table: TableShape }) {
    const parameter = (name: string) => query.value.get(name) ?? undefined;
    const [key, index, from, chosen] = [parameter("key"), parameter("index"), parameter("from"), parameter("item")];
    const { value, error, reload } = useLoaded(
        () => get<ItemPage>("items", { table: table.name, key, from, index }),
        [table.name, key, from, index],
    );
    const items = value?.items ?? [];
    const [hash] = table.indexes.find(({ name }) => name === index)?.keys ?? table.keys;
    const keyOf = (item: Item) => JSON.stringify(table.keys.map(({ name }) => item[name]));
    const edited = chosen === newItem ? {} : items.find((item) => keyOf(item) === chosen);
    return (
        <div class={edited === undefined ? "" : "beside"}>
            <div>
                <form
                    class="bar"
                    onSubmit={(event) => {
                        event.preventDefault();
                        const given = new FormData(event.currentTarget).get("key");
                        setQuery({
                            from: undefined,
                            item: undefined,
                            key: typeof given === "string" ? given : undefined,
                        });
                    }}
                >
                    {table.indexes.length > 0 && (
                        <select
                            aria-label="Key of"
                            value={index ?? ""}
                            onChange={({ currentTarget }) =>
                                setQuery({
                                    index: currentTarget.value,
                                    key: undefined,
                                    from: undefined,
                                    item: undefined,
                                })
                            }
                        >
                            <option value="">the table</option>
                            {table.indexes.map(({ name }) => (
                                <option key={name} value={name}>
                                    the index {name}
                                </option>
                            ))}
                        </select>
                    )}
                    <label>
                        {hash?.name} <input key={hash?.name} name="key" defaultValue={key ?? ""} placeholder="all" />
                    </label>
                    <button type="submit">Find</button>
                    {!extension().isReadOnly && (
                        <button type="button" class="quiet" onClick={() => setQuery({ item: newItem })}>
                            Put an item
                        </button>
                    )}
                </form>
                <Problem text={error} />
                {value?.items.length === 0 ? (
                    <NoItems hasKey={key !== undefined} />
                ) : (
                    <div class="wide" tabIndex={0} role="region" aria-label="Items">
                        <ItemTable page={value} open={(item) => setQuery({ item: keyOf(item) })} keyOf={keyOf} />
                    </div>
                )}
                <nav class="pages" aria-label="Pages">
                    {from !== undefined && (
                        <button type="button" class="quiet" onClick={() => setQuery({ from: undefined })}>
                            First
                        </button>
                    )}
                    {typeof value?.next === "string" && (
                        <button type="button" class="quiet" onClick={() => setQuery({ from: value.next ?? undefined })}>
                            More
                        </button>
                    )}
                </nav>
            </div>
            {edited !== undefined && (
                <ItemDrawer
                    key={chosen}
                    table={table.name}
                    text={pretty(edited)}
                    onClose={() => setQuery({ item: undefined })}
                    onChange={reload}
                />
            )}
        </div>
    );
}

const NoItems = ({ hasKey }: { readonly hasKey: boolean }) => (
    <Empty title="No items">
        {hasKey ? (
            "None has this key: find another, or all without one."
        ) : extension().isReadOnly ? (
            "The table is empty: what the program writes shows here."
        ) : (
            <>
                The table is empty:{" "}
                <button type="button" class="quiet" onClick={() => setQuery({ item: newItem })}>
                    put an item
                </button>
            </>
        )}
    </Empty>
);

interface ItemTableProps {
    readonly page: ItemPage | undefined;
    open(item: Item): void;
    keyOf(item: Item): string;
}

function ItemTable({ page, open, keyOf }: ItemTableProps) {
    const names = columnsOf(page);
    return (
        <table class="list">
            <thead>
                <tr>
                    {names.map((each) => (
                        <th key={each}>{each}</th>
                    ))}
                </tr>
            </thead>
            <tbody>
                {(page?.items ?? []).map((item) => (
                    <tr key={keyOf(item)} class="link" onClick={() => open(item)}>
                        {names.map((each, index) => (
                            <td key={each}>
                                {index === 0 ? (
                                    <button type="button" class="quiet" onClick={() => open(item)}>
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
    );
}

interface ItemDrawerProps {
    readonly table: string;
    readonly text: string;
    onClose(): void;
    onChange(): void;
}

function ItemDrawer({ table, text, onClose, onChange }: ItemDrawerProps) {
    const [draft, setDraft] = useState(text);
    const change = (action: "put-item" | "delete-item", name: "item" | "key") => async () => {
        const item = parsed(draft);
        if (!isRecord(item)) throw new Error("an item is a JSON object");
        await post(action, { table, [name]: item });
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
                        readOnly={extension().isReadOnly === true}
                        onInput={(event) => setDraft(event.currentTarget.value)}
                    />
                </label>
                {!extension().isReadOnly && (
                    <div class="bar">
                        <Action kind="primary" run={change("put-item", "item")}>
                            Put
                        </Action>
                        <Action kind="danger" run={change("delete-item", "key")}>
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
