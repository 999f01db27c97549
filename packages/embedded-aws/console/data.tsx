import { get, useLoaded } from "./api.ts";
import { Items } from "./items.tsx";
import { Objects } from "./objects.tsx";
import { Empty, PageHead, Problem, Tabs } from "./parts.tsx";
import { Names, Queues } from "./queues.tsx";
import { go, href } from "./router.ts";
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

function Tables({ name }: { readonly name: string | undefined }) {
    const { value, error } = useLoaded(() => get<readonly TableShape[]>("tables"), []);
    const tables = value?.toSorted((one, other) => one.name.localeCompare(other.name));
    const table = tables?.find((each) => each.name === name) ?? tables?.[0];
    if (tables?.length === 0) {
        return (
            <Empty title="No table">
                A resource of the type <code>aws:dynamodb/table:Table</code> in the program adds one.
            </Empty>
        );
    }
    return (
        <div class="split">
            <Names names={(tables ?? []).map((each) => [each.name, undefined])} current={table?.name} kind="tables" />
            <Problem text={error} />
            {table !== undefined && <Items key={table.name} table={table} />}
        </div>
    );
}
