import { useEffect } from "preact/hooks";
import { activity, depthOf, depths } from "./activity.ts";
import { get, useLoaded } from "./api.ts";
import { Drawer } from "./drawer.tsx";
import { extension } from "./extension.ts";
import { isRecord, lastPart, parsed, span } from "./format.ts";
import { shortName } from "./graph.ts";
import { afterEntries } from "./live.ts";
import { Badge, Empty, Facts, Icon, Json, Problem, Tabs, Time } from "./parts.tsx";
import { href, query, setQuery, withQuery } from "./router.ts";
import type { GraphNode, Rights, ShownEntry, ShownGraph } from "./types.ts";

interface Resource {
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** A node's settings, environment, code, last invocations and rights. */
export function NodeDetail({
    graph,
    urn,
    onClose,
}: {
    readonly graph: ShownGraph;
    readonly urn: string;
    onClose(): void;
}) {
    const node = graph.nodes.find((each) => each.urn === urn);
    const asked = query.value.get("part");
    const { value: resource, error } = useLoaded(() => get<Resource>("resource", { urn }), [urn]);
    if (node === undefined) {
        return (
            <Drawer title="Gone" onClose={onClose}>
                <Empty title="The program has no such resource">
                    Choose another on the <a href={href()}>flow</a>.
                </Empty>
            </Drawer>
        );
    }
    const isFunction = node.kind === "function";
    const environment = isRecord(resource?.inputs["environment"])
        ? resource.inputs["environment"]["variables"]
        : undefined;
    const tabs = [
        { id: "overview", title: "Overview" },
        { id: "settings", title: "Settings" },
        ...(isFunction
            ? [
                  { id: "environment", title: "Environment" },
                  { id: "last", title: "Last" },
                  { id: "rights", title: "Rights" },
              ]
            : []),
    ];
    const tab = tabs.find(({ id }) => id === asked)?.id ?? "overview";
    return (
        <Drawer
            title={
                <>
                    <Icon kind={node.kind} /> {shortName(node.name)}
                </>
            }
            onClose={onClose}
        >
            <Problem text={error} />
            <Tabs label="Parts" tabs={tabs} current={tab} onChange={(id) => setQuery({ part: id })}>
                {tab === "overview" && <Overview graph={graph} node={node} resource={resource} />}
                {tab === "settings" && resource !== undefined && <Json value={settingsOf(resource)} label="Settings" />}
                {tab === "environment" && <Json value={environment ?? {}} label="Environment" />}
                {tab === "last" && <LastInvocations name={node.name} />}
                {tab === "rights" && <RoleRights role={String(resource?.inputs["role"] ?? "")} />}
            </Tabs>
        </Drawer>
    );
}

const settingsOf = ({ inputs }: Resource) =>
    Object.fromEntries(
        Object.entries(inputs)
            .filter(([name]) => !["environment", "code", "tags"].includes(name))
            .map(([name, value]) => [name, typeof value === "string" && value.startsWith("{") ? parsed(value) : value]),
    );

function Overview({
    graph,
    node,
    resource,
}: {
    readonly graph: ShownGraph;
    readonly node: GraphNode;
    readonly resource: Resource | undefined;
}) {
    const { count = 0, failures = 0, lastError } = activity.value.get(node.urn) ?? {};
    const depth = depths.value.get(node.name);
    const { folder = undefined, directory = undefined } = isRecord(resource?.inputs["code"])
        ? resource.inputs["code"]
        : {};
    // Where the program has its code, or where it was unpacked for this run.
    const code = folder ?? directory;
    const links = (urns: readonly string[]) =>
        urns.length === 0 ? (
            <span class="muted">nothing</span>
        ) : (
            <ul class="plain">
                {[...new Set(urns)].map((urn) => {
                    const other = graph.nodes.find((each) => each.urn === urn);
                    return other === undefined ? null : (
                        <li key={urn}>
                            <a href={withQuery({ node: urn })}>
                                <Icon kind={other.kind} /> {shortName(other.name)}
                            </a>
                        </li>
                    );
                })}
            </ul>
        );
    const edges = graph.edges.filter(({ kind }) => kind !== "reads" && kind !== "fails to");
    const dead = graph.edges.filter(({ kind, from }) => kind === "fails to" && from === node.urn);
    return (
        <>
            <Facts
                of={[
                    ["kind", node.kind],
                    ["component", node.path.join(" › ")],
                    ["logical name", <code key="l">{lastPart(node.urn)}</code>],
                    ["since the page is open", `${count} times, ${failures} failed`],
                    ...(depth === undefined
                        ? []
                        : [
                              [
                                  "messages",
                                  `${depth.visible} visible, ${depth.inFlight} in flight, ${depth.delayed} delayed`,
                              ] as const,
                          ]),
                    ...(typeof code === "string" ? [["code", <code key="c">{code}</code>] as const] : []),
                    ["from", links(edges.filter(({ to }) => to === node.urn).map(({ from }) => from))],
                    ["to", links(edges.filter(({ from }) => from === node.urn).map(({ to }) => to))],
                    [
                        "dead letters",
                        dead.length === 0 ? (
                            <span class="muted">none can be</span>
                        ) : (
                            <ul class="plain" key="d">
                                {dead.map(({ to }) => {
                                    const name = graph.nodes.find((each) => each.urn === to)?.name ?? "";
                                    const held = depthOf(depths.value.get(name));
                                    return (
                                        <li key={to}>
                                            <a href={href("failures")}>{shortName(name)}</a>{" "}
                                            {held > 0 ? <Badge tone="bad">{held}</Badge> : <span class="muted">0</span>}
                                        </li>
                                    );
                                })}
                            </ul>
                        ),
                    ],
                ]}
            />
            {lastError !== undefined && <p class="problem">✕ {lastError}</p>}
            {resource !== undefined && extension().nodeDetails?.(node.urn, resource.inputs)}
        </>
    );
}

function LastInvocations({ name }: { readonly name: string }) {
    const { value, reload } = useLoaded(
        () =>
            get<{ readonly entries: readonly ShownEntry[] }>("entries", {
                what: "invocation",
                where: name,
                limit: "20",
            }),
        [name],
    );
    useEffect(() => afterEntries(({ what, where }) => what === "invocation" && where === name, reload), [name]);
    if (value?.entries.length === 0)
        return (
            <Empty title="It has not run yet">
                What leads to it stands in its <a href={withQuery({ part: undefined })}>overview</a>, under “from”.
            </Empty>
        );
    return (
        <table class="list">
            <tbody>
                {(value?.entries ?? []).map((entry) => (
                    <tr key={entry.sequence}>
                        <td>
                            <a href={`${href("trace", entry.requestId ?? "")}`}>
                                <Time at={entry.start} />
                            </a>
                        </td>
                        <td>
                            <Badge tone={entry.status === 200 ? "good" : "bad"}>
                                {entry.status === 200 ? "succeeded" : "failed"}
                            </Badge>
                        </td>
                        <td class="number">{span(entry.durationMs ?? 0)}</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

function RoleRights({ role }: { readonly role: string }) {
    const { value } = useLoaded(() => get<readonly Rights[]>("permissions"), []);
    const report = value?.find(({ roleArn }) => roleArn === role);
    if (report === undefined) return null;
    const key = ({ action, resource }: { action: string; resource: string }) => `${action} ${resource}`;
    const used = new Set(report.used.map(key));
    return (
        <table class="list">
            <tbody>
                {report.denied.map((grant) => (
                    <tr key={key(grant)}>
                        <td>
                            <code>{grant.action}</code>
                        </td>
                        <td class="muted">{shortName(lastPart(grant.resource))}</td>
                        <td>
                            <Badge tone="bad">denied {grant.count} times</Badge>
                        </td>
                    </tr>
                ))}
                {report.allowed.map((grant) => (
                    <tr key={key(grant)}>
                        <td>
                            <code>{grant.action}</code>
                        </td>
                        <td class="muted">{shortName(lastPart(grant.resource))}</td>
                        <td>{used.has(key(grant)) ? <Badge tone="good">used</Badge> : <Badge>unused</Badge>}</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}
