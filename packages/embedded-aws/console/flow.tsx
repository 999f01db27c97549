import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { activity, depthOf, depths, followActivity, pulses } from "./activity.ts";
import { extension } from "./extension.ts";
import { NodeDetail } from "./flowDetail.tsx";
import { type Box, type Placed, placed } from "./flowLayout.ts";
import { graphNow, shortName } from "./graph.ts";
import { Action, Badge, Empty, Icon, PageHead } from "./parts.tsx";
import { query, setQuery, withQuery } from "./router.ts";
import type { GraphEdge, GraphNode, ShownGraph } from "./types.ts";

const flows: ReadonlySet<GraphEdge["kind"]> = new Set(["invokes", "sends", "publishes", "writes", "triggers"]);

/** The home page: the program as it is connected, and what goes through it. */
export function FlowPage() {
    const graph = graphNow();
    const selected = query.value.get("node");
    const isList = query.value.get("view") === "list";
    useEffect(() => (graph === undefined ? undefined : followActivity(graph.edges)), [graph]);
    return (
        <>
            <PageHead
                title="Flow"
                lead={
                    graph === undefined
                        ? "…"
                        : `${graph.project}, stack ${graph.stack}: what the program is made of, and what goes through it`
                }
            >
                {extension().actions.map(({ title, run, isPrimary }) => (
                    <Action key={title} run={run} kind={isPrimary ? "primary" : "plain"}>
                        {title}
                    </Action>
                ))}
                <button
                    type="button"
                    class="quiet"
                    aria-pressed={isList}
                    onClick={() => setQuery({ view: isList ? undefined : "list" })}
                >
                    {isList ? "As a graph" : "As a list"}
                </button>
            </PageHead>
            {graph !== undefined && (
                <div class={selected === null ? "" : "beside"}>
                    {isList ? <FlowList graph={graph} /> : <FlowGraph graph={graph} selected={selected} />}
                    {selected !== null && (
                        <NodeDetail
                            key={selected}
                            graph={graph}
                            urn={selected}
                            onClose={() => setQuery({ node: undefined, part: undefined })}
                        />
                    )}
                </div>
            )}
        </>
    );
}

/** How many of its messages failed for good: those in the queues behind it, or in it where nothing reads it. */
function deadBehind({ edges, nodes }: ShownGraph, urn: string): number {
    const names = edges
        .filter(({ kind, from }) => kind === "fails to" && from === urn)
        .map(({ to }) => nodes.find((each) => each.urn === to)?.name ?? "");
    const own = depths.value.get(nodes.find((each) => each.urn === urn)?.name ?? "");
    const held = own?.deadLetters === true ? depthOf(own) : 0;
    return names.reduce((sum, name) => sum + depthOf(depths.value.get(name)), held);
}

function FlowGraph({ graph, selected }: { readonly graph: ShownGraph; readonly selected: string | null }) {
    const frame = useRef<HTMLDivElement>(null);
    const [width, setWidth] = useState(0);
    useEffect(() => {
        const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
        if (frame.current !== null) observer.observe(frame.current);
        return () => observer.disconnect();
    }, []);
    const plan = useMemo(() => placed(graph, flows), [graph]);
    if (graph.nodes.length === 0) return <NoNodes />;
    const scale = Math.min(1.15, Math.max(0.55, (width - 2) / plan.width));
    return (
        <div class="flow" ref={frame}>
            {width > 0 && (
                <svg
                    width={plan.width * scale}
                    height={plan.height * scale}
                    viewBox={`0 0 ${plan.width} ${plan.height}`}
                    role="group"
                    aria-label="Graph of the program"
                >
                    {plan.groups.map(({ name, ...box }) => (
                        <g key={name}>
                            <rect class="group" {...box} rx="10" />
                            <text class="group-name" x={box.x + 14} y={box.y + 17}>
                                {name}
                            </text>
                        </g>
                    ))}
                    <Edges plan={plan} selected={selected} />
                    {graph.nodes.map((node) => {
                        const box = plan.nodes.get(node.urn);
                        return box === undefined ? null : (
                            <Node
                                key={node.urn}
                                node={node}
                                box={box}
                                graph={graph}
                                isSelected={node.urn === selected}
                            />
                        );
                    })}
                </svg>
            )}
        </div>
    );
}

const NoNodes = () => (
    <Empty title="The program has nothing to show">
        A resource in the program such as <code>aws:lambda/function:Function</code> shows here, with what leads to it.
    </Empty>
);

function Edges({ plan, selected }: { readonly plan: Placed; readonly selected: string | null }) {
    const lit = pulses.value;
    return (
        <g>
            {plan.edges.map(({ edge, path, isInside }) => {
                const key = `${edge.from} ${edge.to}`;
                const times = lit.get(key) ?? 0;
                const isOf = selected === edge.from || selected === edge.to;
                return (
                    <g key={key}>
                        <path class={`edge${isInside ? "" : " between"}${isOf ? " of" : ""}`} d={path} />
                        {/* A new element begins its animation anew. */}
                        {times > 0 && <path key={times} class="pulse" d={path} pathLength={1} />}
                    </g>
                );
            })}
        </g>
    );
}

/** On the average, in the font of nodes. */
const widthOfLetter = 6.3;

interface NodeProps {
    readonly node: GraphNode;
    readonly box: Box;
    readonly graph: ShownGraph;
    readonly isSelected: boolean;
}

function Node({ node, box, graph, isSelected }: NodeProps) {
    const { count = 0, failures = 0, lastError } = activity.value.get(node.urn) ?? {};
    const dead = deadBehind(graph, node.urn);
    const waiting = node.kind === "queue" ? depthOf(depths.value.get(node.name)) : 0;
    const name = node.kind === "api" ? "HTTP API" : shortName(node.name);
    const sums = [
        dead > 0 ? `${dead} dead` : "",
        waiting > 0 ? `${waiting} waiting` : "",
        count > 0 ? `${count} times` : "",
        failures > 0 ? `${failures} failed` : "",
        lastError === undefined ? "" : `last error: ${lastError}`,
    ].filter(Boolean);
    const tone = dead > 0 ? "bad" : failures > 0 ? "warn" : "";
    const shown = [[dead, "✕"] as const, [failures, "!"] as const, [waiting, "◔"] as const, [count, ""] as const]
        .filter(([number]) => number > 0)
        .map(([number, sign]) => `${sign}${number}`)
        .at(0);
    // What has no room ends in dots; whole it is in what is read out, and under the pointer.
    const room = box.width - (shown === undefined ? 34 : 44 + shown.length * widthOfLetter);
    const isWhole = name.length * widthOfLetter <= room;
    return (
        <a
            href={withQuery({ node: node.urn })}
            class={`node ${isSelected ? "selected" : ""} ${tone}`}
            aria-label={[node.kind, shown === undefined ? name : `${name} ${shown}`, ...sums].join(", ")}
        >
            <rect {...box} rx="7" />
            <svg x={box.x + 7} y={box.y + 7} width="16" height="16" overflow="visible">
                <Icon kind={node.kind} />
            </svg>
            <title>{[name, ...sums].join(", ")}</title>
            <svg x={box.x + 29} y={box.y} width={room - (isWhole ? 0 : 12)} height={box.height}>
                <text y="19.5">{name}</text>
            </svg>
            {!isWhole && <path class="dots" d={`M${box.x + 20 + room} ${box.y + 19}h.01m4 0h.01m4 0h.01`} />}
            {shown !== undefined && (
                <text class="count" x={box.x + box.width - 8} y={box.y + 19.5} text-anchor="end">
                    {` ${shown}`}
                </text>
            )}
        </a>
    );
}

/** The same as a list, for readers and for whom a graph is no help. */
function FlowList({ graph }: { readonly graph: ShownGraph }) {
    const names = new Map(graph.nodes.map(({ urn, name }) => [urn, shortName(name)]));
    return (
        <table class="list">
            <thead>
                <tr>
                    <th>Component</th>
                    <th>Resource</th>
                    <th>Leads to</th>
                    <th class="number">Times</th>
                    <th class="number">Failed</th>
                    <th class="number">Waiting</th>
                    <th class="number">Dead letters</th>
                </tr>
            </thead>
            <tbody>
                {graph.nodes
                    .filter(({ deadLetters }) => deadLetters !== true)
                    .toSorted((one, other) => one.path.join().localeCompare(other.path.join()))
                    .map((node) => {
                        const to = graph.edges.filter(({ from, kind }) => from === node.urn && flows.has(kind));
                        const dead = deadBehind(graph, node.urn);
                        const { count = 0, failures = 0, lastError } = activity.value.get(node.urn) ?? {};
                        return (
                            <tr key={node.urn}>
                                <td>{node.path[0] ?? ""}</td>
                                <td>
                                    <span class="when">
                                        <a href={withQuery({ node: node.urn })}>
                                            <Icon kind={node.kind} /> {shortName(node.name)}
                                        </a>{" "}
                                        <span class="muted">{node.kind}</span>
                                    </span>
                                    {lastError !== undefined && <div class="problem">{lastError}</div>}
                                </td>
                                <td class="muted">{[...new Set(to.map((edge) => names.get(edge.to)))].join(", ")}</td>
                                <td class="number">{count}</td>
                                <td class="number">{failures > 0 ? <Badge tone="warn">{failures}</Badge> : 0}</td>
                                <td class="number">
                                    {node.kind === "queue" ? depthOf(depths.value.get(node.name)) : ""}
                                </td>
                                <td class="number">{dead > 0 ? <Badge tone="bad">{dead}</Badge> : 0}</td>
                            </tr>
                        );
                    })}
            </tbody>
        </table>
    );
}
