import { Badge, href, Json, query, setQuery, Time } from "embedded-aws/console/kit";
import { changesBetween } from "./differences.ts";
import { toneOf } from "./lists.tsx";

export interface SessionVersion {
    readonly Version: number;
    readonly Status: string;
    readonly Reason: string;
    readonly Timestamp: string;
    readonly RequestId?: string;
    /** The client that asked for it. */
    readonly Caller?: string;
    readonly Data: unknown;
}

/** A slider over the versions of a session, and what the chosen one changed. */
export function VersionsView({ versions }: { readonly versions: readonly SessionVersion[] }) {
    const chosen = Number(query.value.get("version") ?? versions.at(-1)?.Version ?? 1);
    const index = Math.max(
        0,
        versions.findIndex(({ Version }) => Version === chosen),
    );
    const version = versions[index];
    if (version === undefined) return null;
    const before = versions[index - 1];
    const changes = changesBetween(before?.Data ?? {}, version.Data);
    return (
        <div class="versions">
            <label class="slider">
                Version {version.Version} of {versions.at(-1)?.Version}
                <input
                    type="range"
                    min={versions[0]?.Version ?? 1}
                    max={versions.at(-1)?.Version ?? 1}
                    value={version.Version}
                    onInput={(event) => setQuery({ version: event.currentTarget.value }, true)}
                />
            </label>
            <p>
                <Badge tone={toneOf(version.Status)}>{version.Status}</Badge> <strong>{version.Reason}</strong>{" "}
                <Time at={version.Timestamp} />{" "}
                {version.RequestId !== undefined && (
                    <>
                        by the request{" "}
                        <a href={href("trace", version.RequestId)}>
                            <code>{version.RequestId}</code>
                        </a>
                    </>
                )}
            </p>
            <div class="two">
                <section aria-label="What changed">
                    <h2 class="minor">
                        {before === undefined ? "The first version" : `Changed since version ${before.Version}`}
                    </h2>
                    {before === undefined ? (
                        <p class="muted">It is new.</p>
                    ) : changes.length === 0 ? (
                        <p class="muted">Nothing that agents see.</p>
                    ) : (
                        <table class="list diff">
                            <thead>
                                <tr>
                                    <th>Where</th>
                                    <th>Before</th>
                                    <th>Now</th>
                                </tr>
                            </thead>
                            <tbody>
                                {changes.map(({ path, old, now }) => (
                                    <tr key={path}>
                                        <td>
                                            <code>{path}</code>
                                        </td>
                                        <td>
                                            {old === undefined ? <span class="muted">–</span> : <del>{shown(old)}</del>}
                                        </td>
                                        <td>
                                            {now === undefined ? <span class="muted">–</span> : <ins>{shown(now)}</ins>}
                                        </td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    )}
                </section>
                <section aria-label="The session">
                    <h2 class="minor">The session</h2>
                    <Json value={version.Data} label="Session" />
                </section>
            </div>
        </div>
    );
}

const shown = (value: unknown): string => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.length > 240 ? `${text.slice(0, 240)}…` : text;
};
