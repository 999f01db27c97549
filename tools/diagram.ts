import type { Resource } from "embedded-aws/recorder";
import { sampleFeeds } from "./sampleFeeds.ts";

/** How each kind of resource is drawn: what brings data on, and what keeps it. */
const shapes: Readonly<Record<string, readonly [open: string, close: string]>> = {
    "aws:lambda/function:Function": ["[", "]"],
    "aws:sqs/queue:Queue": ["[/", "/]"],
    "aws:dynamodb/table:Table": ["[(", ")]"],
    "aws:s3/bucket:Bucket": ["[(", ")]"],
    "aws:cloudwatch/eventBus:EventBus": ["{{", "}}"],
    "aws:sns/topic:Topic": ["([", "])"],
    "aws:scheduler/schedule:Schedule": ["((", "))"],
};

/** Rights that mean: data flows from the callback to the resource. */
const flows = /^(sqs:SendMessage|events:PutEvents|sns:Publish|s3:PutObject|dynamodb:(PutItem|UpdateItem|DeleteItem))$/;
const reads = /^dynamodb:(GetItem|BatchGetItem|Query)$/;

interface Node {
    readonly id: string;
    /** The component that it is part of. */
    readonly component: string;
    readonly line: string;
    readonly arn: string;
}

/** All connections between two nodes are one arrow with several labels. */
interface Arrow {
    readonly from: Node;
    readonly to: Node;
    readonly labels: Set<string>;
}

/** Components with a diagram in docs/diagrams, and the overview of all. */
export const pictured = ["overview", "orders", "checkout", "fanout", "feed"];

/** The stack that they are drawn of. */
export const picturedStack = {
    stack: "dev",
    settings: {
        "orders.mail.sender": "shop@example.com",
        "feed.targets": sampleFeeds("public"),
    },
};

const api: Node = { id: "api", component: "api", line: '    api>"HTTP API"]', arn: "" };

/** The data flow of a recorded graph as Mermaid flowcharts: what runs, what holds data, and what goes where. */
export class Diagrams {
    readonly #nodes: readonly Node[];
    readonly #arrows: readonly Arrow[];

    constructor(resources: readonly Resource[]) {
        // Resources register when their inputs are there, which is not the same order every time.
        const drawn = resources
            .filter(({ type, name }) => type in shapes && !/-(failures|dead-letters)$/.test(name))
            .sort((one, other) => one.name.localeCompare(other.name));
        this.#nodes = drawn.map((resource) => nodeOf(resource, resources));
        this.#arrows = arrowsOf(resources, this.#nodes);
    }

    /** One component with its neighbours, which are dashed if they belong to another component. */
    of(component: string): string {
        if (component === "overview") return this.#overview();
        const arrows = this.#arrows.filter(({ from, to }) => [from.component, to.component].includes(component));
        const near = new Set(arrows.flatMap(({ from, to }) => [from, to]));
        const nodes = this.#nodes.filter((node) => node.component === component || near.has(node));
        const others = [...(near.has(api) ? [api] : []), ...nodes].filter((node) => node.component !== component);
        return [
            "flowchart LR",
            ...(near.has(api) ? [api.line] : []),
            ...nodes.map(({ line }) => line),
            ...arrows.map(lineOf).sort(),
            "    classDef other stroke-dasharray: 4",
            `    class ${others.map(({ id }) => id).join()} other`,
            "",
        ].join("\n");
    }

    /** The components with what passes between them. */
    #overview(): string {
        const between = this.#arrows.flatMap(({ from, to }) => {
            if (from.component === to.component) return [];
            const via = from === api ? "" : `|"${(shapeless(from) ? to : from).line.match(/"(.+)"/)?.[1] ?? ""}"|`;
            return [`    ${from.component} -->${via} ${to.component}`];
        });
        return ["flowchart LR", api.line, ...[...new Set(between)].sort(), ""].join("\n");
    }
}

/** Whether it is a callback: what passes between components is what holds the data, not who moves it. */
const shapeless = ({ arn }: Node) => arn.includes(":lambda:");

function nodeOf(resource: Resource, resources: readonly Resource[]): Node {
    const { type, name, outputs, inputs } = resource;
    const [open, close] = shapes[type] ?? ["[", "]"];
    const label = inputs["scheduleExpression"] ?? outputs["name"] ?? outputs["bucket"] ?? name;
    const id = identifier(name);
    const line = `    ${id}${open}"${String(label).replace(/-(dev|[0-9a-f]{7})(?=\.fifo$|$)/, "")}"${close}`;
    return { id, component: componentOf(resource, resources), line, arn: String(outputs["arn"]) };
}

/** The name of the component that a resource is in, the outermost one that is more than a place. */
function componentOf(resource: Resource, resources: readonly Resource[]): string {
    const parent = resources.find(({ urn }) => urn === resource.parent);
    const isOutermost = parent === undefined || /^(pulumi:pulumi:Stack|commerce:index:Region)$/.test(parent.type);
    return isOutermost ? resource.name : componentOf(parent, resources);
}

function lineOf({ from, to, labels }: Arrow): string {
    const label = [...labels].sort().join("<br>");
    return `    ${from.id} -->${label && `|"${label}"|`} ${to.id}`;
}

function arrowsOf(resources: readonly Resource[], nodes: readonly Node[]): Arrow[] {
    const arrows = new Map<string, Arrow>();
    const arrow = (from: Node | undefined, to: Node | undefined, label?: string) => {
        if (from === undefined || to === undefined) return;
        const { labels } = arrows.get(`${from.id} ${to.id}`) ?? { labels: new Set() };
        arrows.set(`${from.id} ${to.id}`, { from, to, labels: label ? labels.add(label) : labels });
    };
    const at = (arn: unknown) =>
        nodes.find((node) => String(arn) === node.arn || String(arn).startsWith(`${node.arn}/`));
    const named = (name: string) => nodes.find(({ id }) => id === identifier(name));
    const byId = (id: unknown) => resources.find((resource) => resource.id === id);
    for (const { type, inputs, name, parent } of resources) {
        switch (type) {
            case "aws:apigatewayv2/route:Route": {
                const integration = byId(String(inputs["target"]).replace("integrations/", ""))?.inputs ?? {};
                const uri = /functions\/(.+)\/invocations/.exec(String(integration["integrationUri"]))?.[1];
                arrow(api, at(uri), String(inputs["routeKey"]));
                break;
            }
            case "aws:lambda/eventSourceMapping:EventSourceMapping":
                arrow(at(inputs["eventSourceArn"]), at(inputs["functionName"]));
                break;
            case "aws:cloudwatch/eventTarget:EventTarget": {
                const bus = resources.find((bus) => bus.outputs["name"] === inputs["eventBusName"])?.outputs["arn"];
                arrow(at(bus), at(inputs["arn"]), String(inputs["rule"]));
                break;
            }
            case "aws:scheduler/schedule:Schedule": {
                const target: unknown = Object(inputs["target"])["arn"];
                arrow(named(name), at(target));
                break;
            }
            case "aws:sns/topicSubscription:TopicSubscription": {
                const topic = at(inputs["topic"]);
                const id = identifier(name);
                const mail = topic && { ...topic, id: `${id}[/"e-mail"/]` };
                arrow(topic, at(inputs["endpoint"]) ?? (inputs["protocol"] === "email" ? mail : undefined));
                break;
            }
            case "aws:iam/rolePolicy:RolePolicy": {
                const callback = resources.find(
                    (one) => one.type === "aws:lambda/function:Function" && one.parent === parent,
                );
                if (callback === undefined) break;
                for (const { Action, Resource } of JSON.parse(String(inputs["policy"])).Statement) {
                    for (const resource of [Resource].flat()) {
                        const actions: string[] = [Action].flat();
                        if (actions.some((action) => flows.test(action))) arrow(named(callback.name), at(resource));
                        else if (actions.some((action) => reads.test(action))) {
                            arrow(at(resource), named(callback.name));
                        }
                    }
                }
                break;
            }
        }
    }
    return [...arrows.values()];
}

const identifier = (name: string) => name.replace(/[^A-Za-z0-9]/g, "_");
