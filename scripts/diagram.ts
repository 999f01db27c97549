import type { Resource } from "../local/graph/graph.ts";

/** How each kind of resource is drawn: what brings data on, and what keeps it. */
const shapes: Readonly<Record<string, readonly [open: string, close: string]>> = {
    "aws:lambda/function:Function": ["[", "]"],
    "aws:sqs/queue:Queue": ["[/", "/]"],
    "aws:dynamodb/table:Table": ["[(", ")]"],
    "aws:s3/bucket:Bucket": ["[(", ")]"],
    "aws:cloudwatch/eventBus:EventBus": ["{{", "}}"],
    "aws:sns/topic:Topic": ["([", "])"],
};

/** Rights that mean: data flows from the callback to the resource. */
const flows = /^(sqs:SendMessage|events:PutEvents|sns:Publish|s3:PutObject|dynamodb:(PutItem|UpdateItem|DeleteItem))$/;
const reads = /^dynamodb:(GetItem|BatchGetItem|Query)$/;

/** The data flow of a recorded graph as a Mermaid flowchart: what runs, what holds data, and what goes where. */
export function diagramOf(resources: readonly Resource[]): string {
    // Resources register when their inputs are there, which is not the same order every time.
    const nodes = resources
        .filter(({ type, inputs }) => type in shapes && !isFailureQueue(type, inputs))
        .sort((one, other) => one.name.localeCompare(other.name));
    const idOf = (arn: unknown): string | undefined => {
        const whole = String(arn);
        const node = nodes.find(({ outputs }) => {
            const own = String(outputs["arn"]);
            return whole === own || whole.startsWith(`${own}/`);
        });
        return node && identifier(node.name);
    };
    /** From where to where, and what for: all that goes the same way is one arrow. */
    const edges = new Map<string, { from: string; to: string; labels: Set<string> }>();
    const edge = (from: string | undefined, to: string | undefined, label?: string) => {
        if (!from || !to) return;
        const { labels } = edges.get(`${from} ${to}`) ?? { labels: new Set() };
        edges.set(`${from} ${to}`, { from, to, labels: label ? labels.add(label) : labels });
    };
    const byId = (id: unknown) => resources.find((resource) => resource.id === id);
    for (const { type, inputs, name } of resources) {
        switch (type) {
            case "aws:apigatewayv2/route:Route": {
                const integration = byId(String(inputs["target"]).replace("integrations/", ""))?.inputs ?? {};
                const uri = /functions\/(.+)\/invocations/.exec(String(integration["integrationUri"]))?.[1];
                edge("api", idOf(uri), String(inputs["routeKey"]));
                break;
            }
            case "aws:lambda/eventSourceMapping:EventSourceMapping":
                edge(idOf(inputs["eventSourceArn"]), idOf(inputs["functionName"]));
                break;
            case "aws:cloudwatch/eventTarget:EventTarget": {
                const bus = resources.find((bus) => bus.outputs["name"] === inputs["eventBusName"])?.outputs["arn"];
                edge(idOf(bus), idOf(inputs["arn"]), String(inputs["rule"]));
                break;
            }
            case "aws:sns/topicSubscription:TopicSubscription":
                edge(idOf(inputs["topic"]), idOf(inputs["endpoint"]) ?? `${identifier(name)}[/"e-mail"/]`);
                break;
            case "aws:iam/rolePolicy:RolePolicy": {
                const callback = resources.find(
                    (one) =>
                        one.type === "aws:lambda/function:Function" &&
                        one.inputs["role"] === byId(inputs["role"])?.outputs["arn"],
                );
                if (callback === undefined) break;
                for (const { Action, Resource } of JSON.parse(String(inputs["policy"])).Statement) {
                    for (const resource of [Resource].flat()) {
                        const actions: string[] = [Action].flat();
                        const writes = actions.some((action) => flows.test(action));
                        if (writes) edge(identifier(callback.name), idOf(resource));
                        else if (actions.some((action) => reads.test(action))) {
                            edge(idOf(resource), identifier(callback.name));
                        }
                    }
                }
                break;
            }
        }
    }
    const lines = nodes.map(({ type, name, outputs }) => {
        const [open, close] = shapes[type] ?? ["[", "]"];
        const label = String(outputs["name"] ?? outputs["bucket"] ?? name).replace(/-(dev|[0-9a-f]{7})$/, "");
        return `    ${identifier(name)}${open}"${label}"${close}`;
    });
    const arrows = [...edges.values()].map(({ from, to, labels }) => {
        const label = [...labels].sort().join("<br>");
        return `    ${from} -->${label && `|"${label}"|`} ${to}`;
    });
    return ["flowchart LR", '    api>"HTTP API"]', ...lines, ...arrows.sort()].join("\n");
}

/** Every callback has such a queue; drawing them would hide the rest. */
const isFailureQueue = (type: string, inputs: Readonly<Record<string, unknown>>) =>
    type === "aws:sqs/queue:Queue" && inputs["redrivePolicy"] === undefined;

const identifier = (name: string) => name.replace(/[^A-Za-z0-9]/g, "_");
