import type { Graph } from "../graph/graph.ts";
import type {
    Authorization,
    CorsConfiguration,
    HttpApiDefinition,
    Integration,
    ResponseParameters,
    StageDefinition,
    ThrottleSettings,
} from "../http/definition.ts";
import { byId, ofType, type Properties, UnusableResourceError } from "./properties.ts";

/** Every HTTP API of the program with its routes, integrations, authorizers and stages. */
export function httpApisOf(
    graph: Graph,
    place: { readonly region: string; readonly account: string },
): HttpApiDefinition[] {
    const integrations = byId(graph, "aws:apigatewayv2/integration:Integration");
    const authorizers = byId(graph, "aws:apigatewayv2/authorizer:Authorizer");
    const routes = ofType(graph, "aws:apigatewayv2/route:Route");
    const stages = ofType(graph, "aws:apigatewayv2/stage:Stage");
    return [...byId(graph, "aws:apigatewayv2/api:Api")].map(([id, api]) => {
        const cors = api.child("corsConfiguration");
        return {
            id,
            name: api.text("name"),
            region: place.region,
            accountId: place.account,
            ...(cors && { cors: corsOf(cors) }),
            routes: routes
                .filter((route) => route.text("apiId") === id)
                .map((route) => ({
                    routeKey: route.text("routeKey"),
                    integration: integrationOf(
                        found(integrations, route.text("target").replace("integrations/", "")),
                        route.text("routeKey"),
                    ),
                    authorization: authorizationOf(route, authorizers),
                })),
            stages: stages
                .filter((stage) => stage.text("apiId") === id)
                // A stage without a deployment serves nothing.
                .filter((stage) => stage.flag("autoDeploy") || stage.optionalText("deploymentId") !== undefined)
                .map(stageOf),
        };
    });
}

const corsOf = (cors: Properties): CorsConfiguration => {
    const maxAgeSeconds = cors.optionalNumber("maxAge");
    return {
        allowOrigins: cors.texts("allowOrigins"),
        allowMethods: cors.texts("allowMethods"),
        allowHeaders: cors.texts("allowHeaders"),
        exposeHeaders: cors.texts("exposeHeaders"),
        allowCredentials: cors.flag("allowCredentials"),
        ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    };
};

function integrationOf(integration: Properties, routeKey: string): Integration {
    const timeoutMs = integration.number("timeoutMilliseconds");
    const responseParameters: ResponseParameters = Object.fromEntries(
        integration
            .children("responseParameters")
            .map((parameters) => [parameters.text("statusCode"), parameters.map("mappings")]),
    );
    const subtype = integration.optionalText("integrationSubtype");
    switch (subtype) {
        case undefined: {
            const version = integration.text("payloadFormatVersion");
            if (version !== "2.0") {
                throw new UnusableResourceError(routeKey, `this cloud has no payload format ${version}, only 2.0`);
            }
            return {
                kind: "lambda",
                functionArn: functionOf(integration.text("integrationUri")),
                timeoutMs,
                responseParameters,
            };
        }
        case "SQS-SendMessage":
            return {
                kind: "SQS-SendMessage",
                credentialsArn: integration.text("credentialsArn"),
                requestParameters: integration.map("requestParameters"),
                timeoutMs,
                responseParameters,
            };
        default:
            throw new UnusableResourceError(subtype, "is an integration that this cloud does not have");
    }
}

function authorizationOf(route: Properties, authorizers: ReadonlyMap<string, Properties>): Authorization {
    const type = route.text("authorizationType");
    switch (type) {
        case "NONE":
        case "AWS_IAM":
            return { type };
        case "JWT": {
            const id = route.text("authorizerId");
            const authorizer = found(authorizers, id);
            const jwt = authorizer.child("jwtConfiguration");
            return {
                type,
                authorizer: {
                    id,
                    identitySource: authorizer.texts("identitySources")[0] ?? "$request.header.Authorization",
                    issuer: jwt?.text("issuer") ?? "",
                    audience: jwt?.texts("audiences") ?? [],
                },
                scopes: route.texts("authorizationScopes"),
            };
        }
        case "CUSTOM": {
            const id = route.text("authorizerId");
            const authorizer = found(authorizers, id);
            return {
                type,
                authorizer: {
                    id,
                    functionArn: functionOf(authorizer.text("authorizerUri")),
                    identitySources: authorizer.texts("identitySources"),
                    simpleResponses: authorizer.flag("enableSimpleResponses"),
                    resultTtlSeconds: authorizer.number("authorizerResultTtlInSeconds"),
                },
            };
        }
        default:
            throw new UnusableResourceError(route.text("routeKey"), `authorizationType ${type} is unknown`);
    }
}

function stageOf(stage: Properties): StageDefinition {
    const settings = stage.child("defaultRouteSettings");
    const accessLog = stage.child("accessLogSettings");
    const accessLogFormat = accessLog?.text("format");
    const accessLogGroup = accessLog?.text("destinationArn").replace(/^.*:log-group:|:\*$/g, "");
    return {
        name: stage.text("name"),
        variables: stage.map("stageVariables"),
        ...(settings && { throttle: throttleOf(settings) }),
        routeThrottles: Object.fromEntries(
            stage.children("routeSettings").map((settings) => [settings.text("routeKey"), throttleOf(settings)]),
        ),
        ...(accessLogFormat && { accessLogFormat }),
        ...(accessLogGroup && { accessLogGroup }),
    };
}

const throttleOf = (settings: Properties): ThrottleSettings => ({
    ratePerSecond: settings.number("throttlingRateLimit"),
    burst: settings.number("throttlingBurstLimit"),
});

/** The function in an invocation ARN of API Gateway: `…:lambda:path/2015-03-31/functions/<arn>/invocations`. */
const functionOf = (uri: string): string => /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

function found(resources: ReadonlyMap<string, Properties>, id: string): Properties {
    const resource = resources.get(id);
    if (resource === undefined) throw new UnusableResourceError(id, "is not a resource of this program");
    return resource;
}
