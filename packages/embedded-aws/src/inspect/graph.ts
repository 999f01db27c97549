import { account } from "../aws/service.ts";
import type { Graph, Resource } from "../graph/graph.ts";
import type { RoleReport } from "../identity/access.ts";
import { functionNamed } from "../lambda/function.ts";
import { ofType, Properties } from "../provision/properties.ts";
import { ResourceNames } from "./entries.ts";

/** What the program is made of and what flows through, for `/_local/graph`. */
export interface ShownGraph {
    readonly stack: string;
    readonly project: string;
    readonly nodes: readonly GraphNode[];
    readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
    readonly urn: string;
    readonly kind: "function" | "queue" | "topic" | "table" | "bucket" | "bus" | "api" | "schedule" | "mail";
    /** The physical name. */
    readonly name: string;
    /** Names of the components around it, the outermost first. */
    readonly path: readonly string[];
    /** It holds what could not be processed. */
    readonly deadLetters?: true;
    readonly routes?: readonly string[];
}

export interface GraphEdge {
    /** URNs. */
    readonly from: string;
    readonly to: string;
    readonly kind: "invokes" | "sends" | "publishes" | "writes" | "reads" | "triggers" | "fails to";
    /** The route or rule. */
    readonly by?: string;
}

const kinds: Readonly<Record<string, GraphNode["kind"]>> = {
    "aws:lambda/function:Function": "function",
    "aws:sqs/queue:Queue": "queue",
    "aws:sns/topic:Topic": "topic",
    "aws:dynamodb/table:Table": "table",
    "aws:s3/bucket:Bucket": "bucket",
    "aws:cloudwatch/eventBus:EventBus": "bus",
    "aws:apigatewayv2/api:Api": "api",
    "aws:scheduler/schedule:Schedule": "schedule",
    "aws:sesv2/emailIdentity:EmailIdentity": "mail",
};

export function shownGraph(graph: Graph, reports: readonly RoleReport[], region: string): ShownGraph {
    const names = new ResourceNames(graph);
    const byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
    const urnOf = (arn: string) => names.urnOf(arn) ?? names.urnOf(functionNamed(arn, region, account).arn);
    const edges = [
        ...routeEdges(graph, urnOf),
        ...triggerEdges(graph, urnOf),
        ...deliveryEdges(graph, urnOf),
        ...grantEdges(graph, reports, urnOf),
        ...failureEdges(graph, urnOf),
    ];
    const deadLetters = new Set(edges.flatMap(({ kind, to }) => (kind === "fails to" ? to : [])));
    const nodes = graph.resources.flatMap((resource): GraphNode[] => {
        const kind = kinds[resource.type];
        if (kind === undefined) return [];
        const { urn } = resource;
        return [
            {
                urn,
                kind,
                name: nameOf(resource),
                path: pathOf(resource, byUrn),
                ...(deadLetters.has(urn) && { deadLetters: true }),
                ...(kind === "api" && { routes: routesOf(graph, resource.id) }),
            },
        ];
    });
    const known = new Set(nodes.map(({ urn }) => urn));
    const drawn = new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.kind} ${edge.by}`, edge]));
    return {
        stack: graph.stack,
        project: graph.project,
        nodes,
        edges: [...drawn.values()].filter(({ from, to }) => known.has(from) && known.has(to)),
    };
}

/** Whether what lies in a queue waits for a person: nothing reads it, and it sends nothing on. */
export function holdsDeadLetters(graph: Graph, queue: Properties): boolean {
    const mappings = ofType(graph, "aws:lambda/eventSourceMapping:EventSourceMapping");
    return (
        queue.optionalText("redrivePolicy") === undefined &&
        !mappings.some((mapping) => mapping.text("eventSourceArn") === queue.text("arn"))
    );
}

type UrnOf = (arn: string) => string | undefined;

function edge(from: string | undefined, to: string | undefined, kind: GraphEdge["kind"], by?: string): GraphEdge[] {
    if (from === undefined || to === undefined) return [];
    return [{ from, to, kind, ...(by !== undefined && { by }) }];
}

const nameOf = ({ name, outputs, inputs }: Resource): string => {
    const { bucket, name: physical, emailIdentity } = { ...inputs, ...outputs };
    return [bucket, physical, emailIdentity].find((each) => typeof each === "string") ?? name;
};

function pathOf({ parent }: Resource, byUrn: ReadonlyMap<string, Resource>): string[] {
    const above = parent === undefined ? undefined : byUrn.get(parent);
    if (above === undefined || above.type === "pulumi:pulumi:Stack") return [];
    return [...pathOf(above, byUrn), above.name];
}

const routesOf = (graph: Graph, apiId: string): string[] =>
    ofType(graph, "aws:apigatewayv2/route:Route")
        .filter((route) => route.text("apiId") === apiId)
        .map((route) => route.text("routeKey"));

function routeEdges(graph: Graph, urnOf: UrnOf): GraphEdge[] {
    const apis = new Map(graph.resources.filter(({ type }) => kinds[type] === "api").map(({ id, urn }) => [id, urn]));
    const integrations = new Map(
        graph.resources
            .filter(({ type }) => type === "aws:apigatewayv2/integration:Integration")
            .map((resource) => [resource.id, Properties.of(resource)]),
    );
    return ofType(graph, "aws:apigatewayv2/route:Route").flatMap((route) => {
        const integration = integrations.get((route.optionalText("target") ?? "").replace("integrations/", ""));
        const uri = integration?.optionalText("integrationUri") ?? "";
        const [arn = uri] = /arn:aws:lambda:[^/]*:function:[^/]+/.exec(uri) ?? [];
        const queue = integration?.map("requestParameters")["QueueUrl"] ?? "";
        return edge(apis.get(route.text("apiId")), urnOf(arn) ?? urnOf(queue), "invokes", route.text("routeKey"));
    });
}

const triggerEdges = (graph: Graph, urnOf: UrnOf): GraphEdge[] =>
    ofType(graph, "aws:lambda/eventSourceMapping:EventSourceMapping").flatMap((mapping) =>
        edge(urnOf(mapping.text("eventSourceArn")), urnOf(mapping.text("functionName")), "triggers"),
    );

const deliveryEdges = (graph: Graph, urnOf: UrnOf): GraphEdge[] => [
    ...ofType(graph, "aws:cloudwatch/eventTarget:EventTarget").flatMap((target) =>
        edge(urnOf(target.text("eventBusName")), urnOf(target.text("arn")), "triggers", target.text("rule")),
    ),
    ...ofType(graph, "aws:sns/topicSubscription:TopicSubscription").flatMap((subscription) =>
        edge(urnOf(subscription.text("topic")), urnOf(subscription.text("endpoint")), "triggers"),
    ),
    ...graph.resources
        .filter(({ type }) => type === "aws:scheduler/schedule:Schedule")
        .flatMap((schedule) =>
            edge(schedule.urn, urnOf(Properties.of(schedule).child("target")?.text("arn") ?? ""), "triggers"),
        ),
];

/** What a role may do is what its functions are there for. */
function grantEdges(graph: Graph, reports: readonly RoleReport[], urnOf: UrnOf): GraphEdge[] {
    const functions = graph.resources.filter(({ type }) => kinds[type] === "function");
    return functions.flatMap((resource) => {
        const role = Properties.of(resource).text("role");
        const report = reports.find(({ roleArn }) => roleArn === role);
        return (report?.allowed ?? []).flatMap(({ action, resource: arn }) => {
            const kind = kindOf(action);
            const to = urnOf(arn.replace(/\/\*$/, ""));
            return kind === undefined || to === resource.urn ? [] : edge(resource.urn, to, kind);
        });
    });
}

function kindOf(action: string): GraphEdge["kind"] | undefined {
    if (/^sqs:SendMessage/.test(action)) return "sends";
    if (/^(sns:Publish|events:PutEvents)/.test(action)) return "publishes";
    if (/^(lambda:Invoke|ses:Send)/.test(action)) return "invokes";
    if (/^(dynamodb:(Put|Update|Delete|BatchWrite)|s3:(Put|Delete))/.test(action)) return "writes";
    if (
        /^(dynamodb:(Get|Query|Scan|BatchGet|ConditionCheck)|s3:Get)/.test(action) &&
        !/Stream|Records|Shard/.test(action)
    ) {
        return "reads";
    }
    return undefined;
}

/** Queues of what could not be processed, at the ends of what fails. */
function failureEdges(graph: Graph, urnOf: UrnOf): GraphEdge[] {
    const destination = (properties: Properties) => properties.child("destinationConfig")?.child("onFailure");
    const target = (policy: string | undefined): string => {
        const parsed: unknown = JSON.parse(policy ?? "{}");
        const of = typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
        return "deadLetterTargetArn" in of ? String(of.deadLetterTargetArn) : "";
    };
    return [
        ...ofType(graph, "aws:sqs/queue:Queue").flatMap((queue) =>
            edge(urnOf(queue.text("arn")), urnOf(target(queue.optionalText("redrivePolicy"))), "fails to"),
        ),
        ...ofType(graph, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").flatMap((config) =>
            edge(urnOf(config.text("functionName")), urnOf(destination(config)?.text("destination") ?? ""), "fails to"),
        ),
        ...ofType(graph, "aws:lambda/eventSourceMapping:EventSourceMapping").flatMap((mapping) =>
            edge(
                urnOf(mapping.text("functionName")),
                urnOf(destination(mapping)?.text("destinationArn") ?? ""),
                "fails to",
            ),
        ),
        ...ofType(graph, "aws:cloudwatch/eventTarget:EventTarget").flatMap((of) =>
            edge(urnOf(of.text("arn")), urnOf(of.child("deadLetterConfig")?.optionalText("arn") ?? ""), "fails to"),
        ),
        ...ofType(graph, "aws:sns/topicSubscription:TopicSubscription").flatMap((of) =>
            edge(urnOf(of.text("endpoint")), urnOf(target(of.optionalText("redrivePolicy"))), "fails to"),
        ),
    ];
}
