import {
    at,
    choice,
    count,
    isKnown,
    isRecord,
    name,
    number,
    type Rule,
    text,
    unique,
    valuesAt,
    withAt,
} from "./rule.ts";

const api = "aws:apigatewayv2/api:Api";
const route = "aws:apigatewayv2/route:Route";
const stage = "aws:apigatewayv2/stage:Stage";
const integration = "aws:apigatewayv2/integration:Integration";
const authorizer = "aws:apigatewayv2/authorizer:Authorizer";

const routeKey =
    /^(\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/(([A-Za-z0-9._~-]+|\{[A-Za-z0-9._-]+\})(\/|$))*(\{[A-Za-z0-9._-]+\+\})?)$/;

/** `GET /orders/{id}` and `GET /orders/{orderId}` are the same route. */
const shapeOf = (key: unknown) => String(key).replace(/\{[^}+]*(\+?)\}/g, "{$1}");

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ and "Quotas for configuring and running an HTTP API". */
export const apis: readonly Rule[] = [
    ...name(api, { max: 128 }),
    ...text(api, "description", { min: 0, max: 1024 }),
    choice(api, "protocolType", ["HTTP", "WEBSOCKET"]),
    number(api, "corsConfiguration.maxAge", -1, 86_400),
    choice(api, "corsConfiguration.allowMethods[]", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "*"]),
    ...text(api, "corsConfiguration.allowOrigins[]", { pattern: /^(\*|https?:\/\/\S+)$/, max: 2048 }),
    {
        // "Configuring CORS for an HTTP API": credentials and * exclude each other.
        type: api,
        what: "does not let every origin send credentials",
        faults: ({ inputs }) => {
            const origins = valuesAt(inputs, "corsConfiguration.allowOrigins[]");
            return at(inputs, "corsConfiguration.allowCredentials") === true && origins.includes("*")
                ? ["* with credentials"]
                : [];
        },
        broken: ({ inputs }) => ({ ...inputs, corsConfiguration: { allowOrigins: ["*"], allowCredentials: true } }),
    },
    ...text(route, "routeKey", { pattern: routeKey, max: 2048 }),
    unique(route, ["apiId", "routeKey"], shapeOf),
    choice(route, "authorizationType", ["NONE", "AWS_IAM", "JWT", "CUSTOM"]),
    {
        type: route,
        what: "has an authorizer exactly when its authorization needs one, of that kind",
        faults: ({ inputs }, resources) => {
            const { authorizationType, authorizerId } = inputs;
            const needs = authorizationType === "JWT" || authorizationType === "CUSTOM";
            if (needs !== (authorizerId !== undefined))
                return [`${authorizationType} with the authorizer ${authorizerId}`];
            const found = resources.find(
                ({ type, id }) => type === authorizer && isKnown(authorizerId) && id === authorizerId,
            );
            const kind = found?.inputs["authorizerType"];
            const fits = kind === undefined || kind === (authorizationType === "JWT" ? "JWT" : "REQUEST");
            return fits ? [] : [`${authorizationType} by an authorizer of the type ${kind}`];
        },
        broken: ({ inputs }) => ({ ...inputs, authorizationType: "CUSTOM", authorizerId: undefined }),
    },
    ...name(stage, { pattern: /^(\$default|[A-Za-z0-9_-]+)$/, max: 128 }),
    unique(stage, ["apiId", "name"]),
    number(stage, "defaultRouteSettings.throttlingRateLimit", 0, Number.MAX_SAFE_INTEGER - 1),
    number(stage, "defaultRouteSettings.throttlingBurstLimit", 0, 2_147_483_646),
    {
        // "Access log template size: 3 KB"; one line, of variables that begin with $context.
        type: stage,
        what: "has a one-line format of its access log of at most 3 KB",
        faults: ({ inputs }) =>
            valuesAt(inputs, "accessLogSettings.format")
                .filter(
                    (format) =>
                        String(format).length > 3072 ||
                        /\n/.test(String(format)) ||
                        !/\$context\./.test(String(format)),
                )
                .map(() => "the access log's format"),
        broken: ({ inputs }) => withAt(inputs, "accessLogSettings.format", "line\nline"),
    },
    ...text(stage, "accessLogSettings.destinationArn", { pattern: /^arn:aws:(logs|firehose):(?!.*:\*$)/, max: 2048 }),

    // "Integration timeout: 30 seconds", and no less than 50 milliseconds.
    number(integration, "timeoutMilliseconds", 50, 30_000),
    choice(integration, "payloadFormatVersion", ["1.0", "2.0"]),
    choice(integration, "integrationType", ["AWS_PROXY", "HTTP_PROXY"]),
    choice(integration, "connectionType", ["INTERNET", "VPC_LINK"]),
    {
        // "Integration subtype reference": SQS-SendMessage and its parameters; services take the format 1.0 and a role.
        type: integration,
        what: "calls a service with a role, the format 1.0 and the parameters that it knows, or a function by its URI",
        faults: ({ inputs }) => {
            const { integrationSubtype: subtype, integrationUri: uri, integrationType } = inputs;
            if (integrationType !== "AWS_PROXY") return [];
            if (subtype === undefined) return uri === undefined ? ["has neither a URI nor a subtype"] : [];
            const parameters = isRecord(inputs["requestParameters"]) ? Object.keys(inputs["requestParameters"]) : [];
            const known = parametersOf[String(subtype)];
            return [
                ...(uri === undefined ? [] : ["has a URI and a subtype"]),
                ...(inputs["credentialsArn"] === undefined ? [`${subtype} without a role`] : []),
                ...(inputs["payloadFormatVersion"] === "1.0" ? [] : [`${subtype} with another format than 1.0`]),
                ...(known === undefined ? [`the subtype ${subtype}`] : []),
                ...parameters
                    .filter((one) => !known?.all.includes(one))
                    .map((one) => `${subtype} has no parameter ${one}`),
                ...(known?.required ?? [])
                    .filter((one) => !parameters.includes(one))
                    .map((one) => `${subtype} needs ${one}`),
            ];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            integrationType: "AWS_PROXY",
            integrationUri: undefined,
            integrationSubtype: "SQS-SendMessage",
            requestParameters: { Queue: "orders" },
        }),
    },
    {
        // "Transforming API requests and responses": append, overwrite or remove, of headers and the status code.
        type: integration,
        what: "maps responses by what API Gateway knows",
        faults: ({ inputs }) =>
            valuesAt(inputs, "responseParameters[].mappings")
                .filter(isRecord)
                .flatMap((mappings) => Object.keys(mappings))
                .filter((one) => !/^((append|overwrite|remove):header\.\S+|overwrite:statuscode)$/.test(one))
                .map((one) => `the mapping ${one}`),
        broken: ({ inputs }) => ({
            ...inputs,
            responseParameters: [{ statusCode: "200", mappings: { status: "202" } }],
        }),
    },

    ...name(authorizer, { max: 128 }),
    unique(authorizer, ["apiId", "name"]),
    choice(authorizer, "authorizerType", ["REQUEST", "JWT"]),
    choice(authorizer, "authorizerPayloadFormatVersion", ["1.0", "2.0"]),
    number(authorizer, "authorizerResultTtlInSeconds", 0, 3600),
    count(authorizer, "jwtConfiguration.audiences", 1, 50),
    ...text(authorizer, "jwtConfiguration.issuer", { pattern: /^https:\/\/\S+$/, max: 2048 }),
    ...text(authorizer, "identitySources[]", {
        pattern: /^\$(request\.(header|querystring)\.\S+|context\.\S+|stageVariables\.\S+)$/,
        max: 2048,
    }),
    {
        type: authorizer,
        what: "has what its type needs, and simple answers with the format 2.0 only",
        faults: ({ inputs }) => {
            const {
                authorizerType: kind,
                enableSimpleResponses: simple,
                authorizerPayloadFormatVersion: version,
            } = inputs;
            const needed = kind === "JWT" ? ["jwtConfiguration"] : ["authorizerUri", "authorizerPayloadFormatVersion"];
            const alien = kind === "JWT" ? ["authorizerUri", "authorizerResultTtlInSeconds"] : ["jwtConfiguration"];
            return [
                ...needed.filter((key) => inputs[key] === undefined).map((key) => `${kind} needs ${key}`),
                ...alien.filter((key) => inputs[key] !== undefined).map((key) => `${kind} has no ${key}`),
                ...(simple === true && version !== "2.0" ? ["simple answers with another format than 2.0"] : []),
                // Without sources nothing can be kept.
                ...(Number(inputs["authorizerResultTtlInSeconds"] ?? 0) > 0 &&
                valuesAt(inputs, "identitySources[]").length === 0
                    ? ["keeps answers without a source of identity"]
                    : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, authorizerType: "JWT", authorizerUri: "arn:aws:apigateway:…" }),
    },
];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
const parametersOf: Readonly<
    Record<string, { readonly required: readonly string[]; readonly all: readonly string[] }>
> = {
    "SQS-SendMessage": {
        required: ["QueueUrl", "MessageBody"],
        all: [
            "QueueUrl",
            "MessageBody",
            "DelaySeconds",
            "MessageAttributes",
            "MessageDeduplicationId",
            "MessageGroupId",
            "MessageSystemAttributes",
            "Region",
        ],
    },
};
