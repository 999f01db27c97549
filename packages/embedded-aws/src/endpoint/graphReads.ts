import { AwsError } from "../aws/call.ts";
import { type Input, isInput, textOf, textsOf } from "../aws/input.ts";
import { account } from "../aws/service.ts";
import type { RuleDefinition } from "../events/bus.ts";
import type { Graph, Resource } from "../graph/graph.ts";
import { busesOf, rulesOf } from "../provision/events.ts";
import { byId, ofType, type Properties } from "../provision/properties.ts";

interface Question {
    readonly graph: Graph;
    readonly region: string;
    readonly input: Input;
}

type Read = (question: Question) => Record<string, unknown>;

/**
 * What is answered from the program's graph alone, by service and operation: everything in one page, as AWS shows it where
 * the graph has it. Services that have a state of their own answer such questions themselves.
 */
const reads: Readonly<Record<string, Read>> = {
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
    "events:ListEventBuses": (question) => ({
        EventBuses: busesIn(question).filter(({ Name }) => Name.startsWith(textOf(question.input, "NamePrefix") ?? "")),
    }),
    "events:DescribeEventBus": (question) => {
        const name = busName(textOf(question.input, "Name"));
        return existing(
            busesIn(question).find(({ Name }) => Name === name),
            `Event bus ${name} does not exist.`,
        );
    },
    "events:ListRules": (question) => ({
        Rules: rulesIn(question)
            .filter(({ name }) => name.startsWith(textOf(question.input, "NamePrefix") ?? ""))
            .map(ruleShown),
    }),
    "events:DescribeRule": (question) => ruleShown(ruleIn(question, "Name")),
    "events:ListTargetsByRule": (question) => ({ Targets: ruleIn(question, "Rule").targets.map(capitalised) }),

    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
    "iam:ListRoles": ({ graph }) => ({ Roles: ofType(graph, role).map(roleShown), IsTruncated: false }),
    "iam:GetRole": (question) => ({ Role: roleShown(roleIn(question)) }),
    "iam:ListRolePolicies": (question) => ({
        PolicyNames: inlineIn(question).map((policy) => policy.text("name")),
        IsTruncated: false,
    }),
    "iam:GetRolePolicy": (question) => {
        const PolicyName = textOf(question.input, "PolicyName");
        const policy = inlineIn(question).find((one) => one.text("name") === PolicyName);
        if (policy === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
        const RoleName = roleIn(question).text("name");
        return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(policy.text("policy")) };
    },
    "iam:ListAttachedRolePolicies": (question) => {
        const name = roleIn(question).text("name");
        const AttachedPolicies = ofType(question.graph, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
            .filter((attachment) => attachment.text("role") === name)
            .map((attachment) => attachment.text("policyArn"))
            .map((PolicyArn) => ({ PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1), PolicyArn }));
        return { AttachedPolicies, IsTruncated: false };
    },

    // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/resources.html
    "apigateway:GetApis": ({ graph }) => ({ items: [...byId(graph, api)].map(apiShown) }),
    "apigateway:GetApi": (question) => apiShown([apiId(question), apiIn(question)]),
    "apigateway:GetRoutes": (question) => ({
        items: partsIn(question, "aws:apigatewayv2/route:Route").map(([routeId, route]) => ({
            routeId,
            routeKey: route.text("routeKey"),
            target: route.optionalText("target"),
            authorizationType: route.text("authorizationType"),
            authorizerId: route.optionalText("authorizerId"),
            authorizationScopes: route.texts("authorizationScopes"),
        })),
    }),
    "apigateway:GetIntegrations": (question) => ({
        items: partsIn(question, "aws:apigatewayv2/integration:Integration").map(([integrationId, integration]) => ({
            integrationId,
            integrationType: integration.optionalText("integrationType"),
            integrationSubtype: integration.optionalText("integrationSubtype"),
            integrationUri: integration.optionalText("integrationUri"),
            credentialsArn: integration.optionalText("credentialsArn"),
            payloadFormatVersion: integration.text("payloadFormatVersion"),
            timeoutInMillis: integration.number("timeoutMilliseconds"),
            requestParameters: integration.map("requestParameters"),
        })),
    }),
    "apigateway:GetStages": (question) => ({
        items: partsIn(question, "aws:apigatewayv2/stage:Stage").map(([, stage]) => ({
            stageName: stage.text("name"),
            autoDeploy: stage.flag("autoDeploy"),
            stageVariables: stage.map("stageVariables"),
        })),
    }),

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    "monitoring:DescribeAlarms": ({ graph, region, input }) => {
        const [names, prefix] = [textsOf(input, "AlarmNames"), textOf(input, "AlarmNamePrefix") ?? ""];
        const [state = unknownState, types] = [textOf(input, "StateValue"), textsOf(input, "AlarmTypes")];
        const shown = (type: string) =>
            graph.resources
                .filter((resource) => resource.type === type)
                .map((alarm) => alarmShown(alarm, region))
                .filter(({ AlarmName }) => AlarmName.startsWith(prefix) && state === unknownState)
                .filter(({ AlarmName }) => names.length === 0 || names.includes(AlarmName));
        const has = (type: string, otherwise: boolean) => (types.length === 0 ? otherwise : types.includes(type));
        return {
            MetricAlarms: has("MetricAlarm", true) ? shown("aws:cloudwatch/metricAlarm:MetricAlarm") : [],
            CompositeAlarms: has("CompositeAlarm", false) ? shown("aws:cloudwatch/compositeAlarm:CompositeAlarm") : [],
        };
    },
};

/** The answer to an operation that the graph alone answers; undefined for all others. @throws AwsError */
export function graphRead(service: string, action: string): Read | undefined {
    const name = `${service}:${action}`;
    return Object.hasOwn(reads, name) ? reads[name] : undefined;
}

const [role, api] = ["aws:iam/role:Role", "aws:apigatewayv2/api:Api"];

function existing<Found>(found: Found | undefined, otherwise: string): Found {
    if (found === undefined) throw new AwsError("ResourceNotFoundException", otherwise);
    return found;
}

/** Buses are named by their names or ARNs. */
const busName = (name: string | undefined) => name?.replace(/^arn:.*:event-bus\//, "") ?? "default";

function busesIn({ graph, region }: Question) {
    const standard = { name: "default", arn: `arn:aws:events:${region}:${account}:event-bus/default` };
    return [standard, ...busesOf(graph)].map(({ name, arn }) => ({ Name: name, Arn: arn }));
}

function rulesIn({ graph, input }: Question): RuleDefinition[] {
    const bus = busName(textOf(input, "EventBusName"));
    return rulesOf(graph).filter(({ eventBusName }) => eventBusName === bus);
}

/** @param member that names the rule: operations call it differently. */
function ruleIn(question: Question, member: string): RuleDefinition {
    const rule = textOf(question.input, member);
    const bus = busName(textOf(question.input, "EventBusName"));
    return existing(
        rulesIn(question).find(({ name }) => name === rule),
        `Rule ${rule} does not exist on EventBus ${bus}.`,
    );
}

function ruleShown({ targets: _, ...rule }: RuleDefinition): Record<string, unknown> {
    return Object.fromEntries(Object.entries(rule).map(([key, value]) => [capital(key), value]));
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Definitions are named as in the API, which writes members with a capital letter. */
function capitalised(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [capital(key), capitalised(member)]));
}

const noSuchEntity = (message: string) => new AwsError("NoSuchEntity", message, 404);

function roleIn({ graph, input }: Question): Properties {
    const name = textOf(input, "RoleName");
    const found = ofType(graph, role).find((one) => one.text("name") === name);
    if (found === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return found;
}

function inlineIn(question: Question): Properties[] {
    const name = roleIn(question).text("name");
    return ofType(question.graph, "aws:iam/rolePolicy:RolePolicy").filter((policy) => policy.text("role") === name);
}

const roleShown = (one: Properties) => ({
    Path: one.optionalText("path") ?? "/",
    RoleName: one.text("name"),
    RoleId: one.text("name"),
    Arn: one.text("arn"),
    // The graph does not tell when.
    CreateDate: new Date(0).toISOString(),
    Description: one.optionalText("description"),
    AssumeRolePolicyDocument: encodeURIComponent(one.text("assumeRolePolicy")),
});

const apiId = ({ input }: Question) => textOf(input, "ApiId") ?? "";

function apiIn(question: Question): Properties {
    const found = byId(question.graph, api).get(apiId(question));
    if (found !== undefined) return found;
    throw new AwsError("NotFoundException", `Invalid API identifier specified ${account}:${apiId(question)}`, 404);
}

/** Routes, integrations or stages of the API that is asked about. */
function partsIn(question: Question, type: string): [string, Properties][] {
    apiIn(question);
    return [...byId(question.graph, type)].filter(([, part]) => part.text("apiId") === apiId(question));
}

const apiShown = ([id, one]: readonly [string, Properties]) => ({
    apiId: id,
    name: one.text("name"),
    protocolType: one.text("protocolType"),
    apiEndpoint: one.text("apiEndpoint"),
    description: one.optionalText("description"),
    routeSelectionExpression: "$request.method $request.path",
});

const unknownState = "INSUFFICIENT_DATA";

/** Members that stand under the same name in the graph and in the API, but for the first letter. */
const alarmMembers =
    /^(alarmDescription|alarmRule|actionsEnabled|alarmActions|insufficientDataActions|comparisonOperator|datapointsToAlarm|evaluationPeriods|extendedStatistic|metricName|namespace|period|statistic|threshold|treatMissingData|unit)$/;

/** Metrics are not kept here, so no alarm ever has the data to tell more than that. */
function alarmShown({ name, inputs, outputs }: Resource, region: string) {
    const { okActions, dimensions, ...others } = { ...inputs, ...outputs };
    const AlarmName = String(others["name"] ?? others["alarmName"] ?? name);
    const members = Object.entries(others)
        .filter(([key]) => alarmMembers.test(key))
        .map(([key, value]) => [capital(key), value]);
    return {
        AlarmName,
        AlarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`,
        StateValue: unknownState,
        StateReason: "The embedded cloud keeps no metrics.",
        ...Object.fromEntries(members),
        ...(okActions !== undefined && { OKActions: okActions }),
        ...(isInput(dimensions) && {
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        }),
    };
}
