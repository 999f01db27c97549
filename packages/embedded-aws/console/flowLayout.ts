import { Graph, layout } from "@dagrejs/dagre";
import type { GraphEdge, GraphNode, ShownGraph } from "./types.ts";

export interface Box {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}

export interface Placed {
    readonly width: number;
    readonly height: number;
    readonly groups: readonly (Box & { readonly name: string })[];
    readonly nodes: ReadonlyMap<string, Box>;
    readonly edges: readonly { readonly edge: GraphEdge; readonly path: string; readonly isInside: boolean }[];
}

const nodeWidth = 146;
const nodeHeight = 30;
const padding = 14;
const headHeight = 26;
const gap = 16;

/**
 * Places the nodes of each outermost component from left to right as data flows, and the components in columns as they
 * feed each other.
 */
export function placed({ nodes, edges }: ShownGraph, kinds: ReadonlySet<GraphEdge["kind"]>): Placed {
    performance.mark("layout of the graph");
    const shown = nodes.filter(({ deadLetters, kind }) => deadLetters !== true && kind !== "mail");
    const groupOf = new Map(shown.map((node) => [node.urn, groupNameOf(node)]));
    const drawn = merged(edges.filter(({ kind, from, to }) => kinds.has(kind) && groupOf.has(from) && groupOf.has(to)));
    const groups = [...Map.groupBy(shown, groupNameOf)].map(([name, members]) => {
        const inside = drawn.filter(({ from, to }) => groupOf.get(from) === name && groupOf.get(to) === name);
        return { name, ...arranged(members, inside) };
    });
    const places = packed(groups);
    const boxes = new Map<string, Box>();
    for (const { name, nodes: own } of groups) {
        const { x = 0, y = 0 } = places.get(name) ?? {};
        for (const [urn, box] of own) boxes.set(urn, { ...box, x: box.x + x, y: box.y + y });
    }
    const outlines = groups.map(({ name, width, height }) => ({
        name,
        width,
        height,
        x: 0,
        y: 0,
        ...places.get(name),
    }));
    return {
        width: Math.max(...outlines.map(({ x, width }) => x + width)),
        height: Math.max(...outlines.map(({ y, height }) => y + height)),
        groups: outlines,
        nodes: boxes,
        edges: drawn.flatMap((edge) => {
            const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
            if (from === undefined || to === undefined) return [];
            return [{ edge, path: curve(from, to), isInside: groupOf.get(edge.from) === groupOf.get(edge.to) }];
        }),
    };
}

/** The component that it is part of; where that is made of others, the one below. */
function groupNameOf({ path, kind }: GraphNode): string {
    if (kind === "api") return "api";
    return path.length > 2 ? path.slice(0, 2).join(" › ") : (path[0] ?? "other");
}

/** One line between two nodes, whatever flows along it. */
function merged(edges: readonly GraphEdge[]): GraphEdge[] {
    return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()];
}

function arranged(members: readonly GraphNode[], edges: readonly GraphEdge[]) {
    const graph = new Graph();
    graph.setGraph({ rankdir: "LR", nodesep: 8, ranksep: 30, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
    for (const { urn } of members.filter((node) => linked.has(node.urn)))
        graph.setNode(urn, { width: nodeWidth, height: nodeHeight });
    for (const { from, to } of edges) graph.setEdge(from, to);
    layout(graph);
    const boxes = new Map<string, Box>();
    for (const urn of graph.nodes()) {
        const { x, y } = graph.node(urn);
        boxes.set(urn, {
            x: x - nodeWidth / 2 + padding,
            y: y - nodeHeight / 2 + headHeight,
            width: nodeWidth,
            height: nodeHeight,
        });
    }
    const bottom = Math.max(headHeight, ...[...boxes.values()].map(({ y }) => y + nodeHeight + 8));
    const right = Math.max(0, ...[...boxes.values()].map(({ x }) => x + nodeWidth - padding));
    // What nothing inside leads to stands in rows below.
    const perRow = Math.max(1, Math.floor((right + 30) / (nodeWidth + 30)));
    members
        .filter(({ urn }) => !linked.has(urn))
        .forEach(({ urn }, index) => {
            const x = padding + (index % perRow) * (nodeWidth + 30);
            boxes.set(urn, {
                x,
                y: bottom + Math.floor(index / perRow) * (nodeHeight + 8),
                width: nodeWidth,
                height: nodeHeight,
            });
        });
    const all = [...boxes.values()];
    return {
        nodes: boxes,
        width: Math.max(...all.map(({ x }) => x + nodeWidth)) + padding,
        height: Math.max(...all.map(({ y }) => y + nodeHeight)) + padding,
    };
}

/** The widest first, each at the highest place where it fits beside the others. */
function packed(groups: readonly { readonly name: string; readonly width: number; readonly height: number }[]) {
    const widest = Math.max(...groups.map(({ width }) => width));
    const places = new Map<string, Box>();
    const overlap = (x: number, width: number, other: Box) =>
        x < other.x + other.width + gap && other.x < x + width + gap;
    for (const { name, width, height } of [...groups].sort((one, other) => other.width - one.width)) {
        const taken = [...places.values()];
        const free = [0, ...taken.map((box) => box.x + box.width + gap)]
            .filter((x) => x + width <= widest)
            .map((x) => ({
                x,
                y: Math.max(0, ...taken.filter((box) => overlap(x, width, box)).map((box) => box.y + box.height + gap)),
            }))
            .sort((one, other) => one.y - other.y || one.x - other.x);
        places.set(name, { x: 0, y: 0, ...free[0], width, height });
    }
    return places;
}

function curve(from: Box, to: Box): string {
    const isForward = to.x >= from.x + from.width - 1;
    const [x1, x2] = isForward ? [from.x + from.width, to.x] : [from.x + from.width / 2, to.x + to.width / 2];
    const [y1, y2] = isForward
        ? [from.y + from.height / 2, to.y + to.height / 2]
        : to.y > from.y
          ? [from.y + from.height, to.y]
          : [from.y, to.y + to.height];
    if (isForward) {
        const bend = Math.max(18, (x2 - x1) / 2);
        return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    }
    const bend = (y2 - y1) / 2;
    return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
