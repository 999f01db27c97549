import {
    Badge,
    Details,
    Empty,
    get,
    href,
    PageHead,
    Problem,
    query,
    SearchBox,
    useLoaded,
} from "embedded-aws/console/kit";

interface Settings {
    readonly stack: string;
    readonly rows: readonly {
        readonly path: string;
        readonly description: string;
        readonly default: unknown;
        readonly value: unknown;
        readonly source: string;
    }[];
    readonly refusedInProd: readonly string[];
}

/** Each setting's value, default and source, and what production would refuse. */
export function SettingsPage() {
    const { value, error } = useLoaded(() => get<Settings>("program/settings"), []);
    const about = query.value.get("about") ?? "";
    const rows = (value?.rows ?? []).filter(({ path, description }) =>
        `${path} ${description}`.toLowerCase().includes(about.toLowerCase()),
    );
    return (
        <>
            <PageHead title="Settings" lead={`Of the stack ${value?.stack ?? ""}, with what its file sets`}>
                <SearchBox parameter="about" placeholder="Setting" />
            </PageHead>
            <Problem text={error} />
            {(value?.refusedInProd ?? []).length > 0 && (
                <Details
                    class="card"
                    name="refused"
                    head={
                        <>
                            <Badge tone="warn">{value?.refusedInProd.length}</Badge> reasons for which a stack prod
                            would refuse these settings
                        </>
                    }
                >
                    <ul>
                        {value?.refusedInProd.map((reason) => (
                            <li key={reason}>{reason}</li>
                        ))}
                    </ul>
                </Details>
            )}
            {value !== undefined && rows.length === 0 ? (
                <Empty title="No such setting">
                    Search for a part of its name or description, or <a href={href("settings")}>show all</a>.
                </Empty>
            ) : (
                <table class="list">
                    <thead>
                        <tr>
                            <th>Setting</th>
                            <th>Value</th>
                            <th>Default</th>
                            <th>From</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows.map((row) => (
                            <tr key={row.path}>
                                <td>
                                    <code>{row.path}</code> <span class="muted">{row.description}</span>
                                </td>
                                <td>
                                    <code>{shown(row.value)}</code>
                                </td>
                                <td class="muted">
                                    <code>{shown(row.default)}</code>
                                </td>
                                <td class="when">
                                    {row.source === "default" ? (
                                        <span class="muted">default</span>
                                    ) : (
                                        <strong>{row.source}</strong>
                                    )}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            )}
        </>
    );
}

function shown(value: unknown): string {
    const text = value === null ? "–" : typeof value === "string" ? value : JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
