import type { HttpApiDefinition, StageDefinition } from "./definition.ts";
import { type ApiRequest, headerOf, hostName, requestTime } from "./request.ts";

/** What an authorizer says of the caller, as `requestContext.authorizer` shows it. */
export type AuthorizerContext =
    | { readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null } }
    | { readonly lambda: Readonly<Record<string, unknown>> }
    | { readonly iam: IamCaller };

export interface IamCaller {
    readonly accessKey: string;
    readonly accountId: string;
    readonly callerId: string;
    readonly cognitoIdentity: null;
    readonly principalOrgId: null;
    readonly userArn: string;
    readonly userId: string;
}

/** One request on its way through the API, and what became of it. */
export interface Exchange {
    readonly api: HttpApiDefinition;
    readonly request: ApiRequest;
    readonly stage: StageDefinition;
    /** Decoded, with the stage's name where it was sent: API Gateway shows a path so. */
    readonly path: string;
    /** Percent-encoded, without the stage's name: what routes and policies speak of. */
    readonly routePath: string;
    readonly routeKey: string;
    readonly pathParameters: Readonly<Record<string, string>> | undefined;
    authorizer?: AuthorizerContext;
    authorizerError?: string;
    integrationStatus?: number;
    integrationError?: string;
    integrationLatencyMs?: number;
    /** The message of an answer that the API itself gave. */
    errorMessage?: string;
    status?: number;
    responseLength?: number;
    responseLatencyMs?: number;
}

/**
 * The value of `$request.…`, `$context.…` or `$stageVariables.…`; undefined when the request has none.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function expressionValue(expression: string, exchange: Exchange): string | undefined {
    const [, source, rest = ""] = /^\$(request|context|stageVariables)\.(.+)$/.exec(expression) ?? [];
    switch (source) {
        case "request":
            return requestValue(rest, exchange);
        case "context":
            return contextVariable(rest, exchange);
        case "stageVariables":
            return exchange.stage.variables[rest];
        default:
            return undefined;
    }
}

function requestValue(expression: string, { request, routePath, pathParameters }: Exchange): string | undefined {
    const dot = expression.indexOf(".");
    const source = dot < 0 ? expression : expression.slice(0, dot);
    const name = dot < 0 ? undefined : expression.slice(dot + 1);
    switch (source) {
        case "header":
            return name === undefined ? undefined : headerOf(request, name.toLowerCase());
        case "querystring":
            return name === undefined ? undefined : request.query?.[name];
        case "path":
            return name === undefined ? decodeURIComponent(routePath) : pathParameters?.[name];
        case "body":
            return name === undefined ? request.body.toString() : jsonValue(request.body.toString(), name);
        default:
            return undefined;
    }
}

/** A value inside JSON text by a path such as `customer.email` or `items[0].id`; objects come as JSON. */
export function jsonValue(text: string, path: string): string | undefined {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return undefined;
    }
    for (const [, name, index, quoted] of path.matchAll(/([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)) {
        const key = index ?? quoted ?? name;
        if (key === undefined || typeof value !== "object" || value === null || !Object.hasOwn(value, key))
            return undefined;
        value = new Map<string, unknown>(Object.entries(value)).get(key);
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
function contextVariable(name: string, exchange: Exchange): string | undefined {
    const { api, request, stage } = exchange;
    switch (name) {
        case "accountId":
            return api.accountId;
        case "apiId":
            return api.id;
        case "domainName":
            return hostName(request.headers["host"]);
        case "domainPrefix":
            return api.id;
        case "requestId":
        case "extendedRequestId":
            return request.id;
        case "httpMethod":
            return request.method;
        case "path":
            return exchange.path;
        case "protocol":
            return request.protocol;
        case "requestTime":
            return requestTime(request.receivedAt);
        case "requestTimeEpoch":
            return String(request.receivedAt);
        case "routeKey":
            return exchange.routeKey;
        case "stage":
            return stage.name;
        case "identity.sourceIp":
            return request.sourceIp;
        case "identity.userAgent":
            return request.headers["user-agent"];
        case "identity.caller":
        case "identity.user":
            return iamCaller(exchange)?.userId;
        case "identity.userArn":
            return iamCaller(exchange)?.userArn;
        case "identity.accountId":
            return iamCaller(exchange)?.accountId;
        case "authorizer.error":
            return exchange.authorizerError;
        case "error.message":
            return exchange.errorMessage;
        case "error.messageString":
            return exchange.errorMessage === undefined ? undefined : JSON.stringify(exchange.errorMessage);
        case "integrationErrorMessage":
        case "integration.error":
            return exchange.integrationError;
        case "integrationStatus":
        case "integration.integrationStatus":
        case "integration.status":
            return exchange.integrationStatus?.toString();
        case "integrationLatency":
        case "integration.latency":
            return exchange.integrationLatencyMs?.toFixed(0);
        case "responseLatency":
            return exchange.responseLatencyMs?.toFixed(0);
        case "responseLength":
            return exchange.responseLength?.toString();
        case "status":
            return exchange.status?.toString();
        default:
            return name.startsWith("authorizer.")
                ? authorizerProperty(name.slice("authorizer.".length), exchange.authorizer)
                : undefined;
    }
}

/** The line of the access log; a variable without a value is a dash, and a format that is JSON stays JSON. */
export function accessLogLine(format: string, exchange: Exchange): string {
    const isJson = format.trimStart().startsWith("{");
    return format.replaceAll(/\$context\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)/g, (_, name: string) => {
        const value = contextVariable(name, exchange) ?? "-";
        return isJson && name !== "error.messageString" ? JSON.stringify(value).slice(1, -1) : value;
    });
}

function iamCaller({ authorizer }: Exchange): IamCaller | undefined {
    return authorizer !== undefined && "iam" in authorizer ? authorizer.iam : undefined;
}

function authorizerProperty(name: string, authorizer: AuthorizerContext | undefined): string | undefined {
    if (authorizer === undefined) return undefined;
    if ("jwt" in authorizer) {
        return name.startsWith("claims.") ? authorizer.jwt.claims[name.slice("claims.".length)] : undefined;
    }
    if ("iam" in authorizer) return undefined;
    const value = authorizer.lambda[name];
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
