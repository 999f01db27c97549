import { useEffect } from "preact/hooks";
import { get, useLoaded } from "./api.ts";
import { lastPart, pretty } from "./format.ts";
import { shortName } from "./graph.ts";
import { afterEntries } from "./live.ts";
import { More, mostRows } from "./paging.tsx";
import { Badge, Copy, Empty, Note, PageHead, Problem, SearchBox } from "./parts.tsx";
import { href, query, setQuery } from "./router.ts";
import type { Rights } from "./types.ts";

type State = "denied" | "used" | "unused" | "allowed";
const tones = { denied: "bad", used: "good", unused: "plain", allowed: "plain" } as const;

/** How many rows the document has, until more are asked for. */
const step = 400;

/** Each role with each action: used, unused, or refused. */
export function RightsPage() {
    const { value, error, reload } = useLoaded(() => get<readonly Rights[]>("permissions"), []);
    useEffect(() => afterEntries(({ what }) => what === "denied" || what === "call", reload), []);
    const most = mostRows(step);
    const only = query.value.get("only") ?? "";
    const about = (query.value.get("about") ?? "").toLowerCase();
    const rows = (value ?? [])
        .flatMap((report) => rowsOf(report))
        .filter(
            (row) =>
                (only === "" || row.state === only) &&
                (about === "" || `${row.role} ${row.action} ${row.resource}`.toLowerCase().includes(about)),
        );
    const counts = Map.groupBy((value ?? []).flatMap(rowsOf), ({ state }) => state);
    return (
        <>
            <PageHead
                title="Rights"
                lead={`${counts.get("used")?.length ?? 0} used, ${counts.get("unused")?.length ?? 0} unused, ${counts.get("denied")?.length ?? 0} denied`}
            >
                <SearchBox parameter="about" placeholder="Function, action or resource" />
                <select
                    aria-label="Which"
                    value={only}
                    onChange={(event) => setQuery({ only: event.currentTarget.value })}
                >
                    <option value="">All</option>
                    <option value="denied">Denied</option>
                    <option value="used">Used</option>
                    <option value="unused">Unused</option>
                </select>
            </PageHead>
            <Note page="rights" />
            <Problem text={error} />
            {value !== undefined && rows.length === 0 ? (
                <Empty title="No such right">
                    {only === "denied" && "A call that a role does not allow appears here by itself. "}
                    <a href={href("rights")}>Show all</a>
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>Role</th>
                            <th>Action</th>
                            <th>Resource</th>
                            <th>State</th>
                            <th>
                                <span class="hidden">Statement</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows.slice(0, most).map((row) => (
                            <tr
                                // Refused once more it is a new row, which flashes.
                                key={`${row.role} ${row.action} ${row.resource} ${row.state} ${row.count}`}
                                class={row.state === "denied" ? "flash" : ""}
                            >
                                <td>{row.role}</td>
                                <td>
                                    <code>{row.action}</code>
                                </td>
                                <td class="muted" title={row.resource}>
                                    {shortName(lastPart(row.resource.replace(/\/\*$/, "")))}
                                </td>
                                <td>
                                    <Badge tone={tones[row.state]}>
                                        {row.state}
                                        {row.count > 0 ? ` ${row.count} times` : ""}
                                    </Badge>
                                </td>
                                <td>
                                    <Copy
                                        text={pretty({ Effect: "Allow", Action: row.action, Resource: row.resource })}
                                        label="Copy"
                                    />
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
            <More all={rows.length} most={most} step={step} />
        </>
    );
}

interface Row {
    readonly role: string;
    readonly action: string;
    readonly resource: string;
    readonly state: State;
    readonly count: number;
}

function rowsOf({ roleArn, allowed, used, unused, denied }: Rights): Row[] {
    const role = lastPart(roleArn).replace(/-role-[0-9a-f]{7}$/, "");
    return [
        ...denied.map((grant) => ({ ...grant, role, state: "denied" as const })),
        ...used.map((grant) => ({ ...grant, role, state: "used" as const, count: 0 })),
        // Of a program on AWS it is not known here what is used.
        ...(used.length + unused.length > 0 ? [] : allowed).map((grant) => ({
            ...grant,
            role,
            state: "allowed" as const,
            count: 0,
        })),
        ...unused.map((grant) => ({ ...grant, role, state: "unused" as const, count: 0 })),
    ];
}
