import { isUtf8 } from "node:buffer";
import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from "aws-lambda";
import type { AuthorizerContext, Exchange } from "./exchange.ts";
import { hostName, requestTime } from "./request.ts";

type RequestContext = APIGatewayEventRequestContextV2 & { authorizer?: AuthorizerContext };

/** Payload format 2.0. */
type HttpEvent = APIGatewayProxyEventV2WithRequestContext<RequestContext>;

/** The event of an authorizer: the request's event without its body, with the authorizer's own members. */
interface AuthorizerEvent extends Omit<HttpEvent, "body" | "isBase64Encoded"> {
    type: "REQUEST";
    routeArn: string;
    identitySource: readonly string[];
}

/**
 * The event of a Lambda integration:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(exchange: Exchange): HttpEvent {
    const { request } = exchange;
    const event: HttpEvent = { ...eventHead(exchange), isBase64Encoded: false };
    if (request.body.length > 0) {
        // What is no text cannot be handed over as such, whatever its type says.
        event.isBase64Encoded = !(isText(request.headers["content-type"]) && isUtf8(request.body));
        event.body = request.body.toString(event.isBase64Encoded ? "base64" : "utf8");
    }
    return event;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format */
export function authorizerEvent(
    exchange: Exchange,
    routeArn: string,
    identitySource: readonly string[],
): AuthorizerEvent {
    return { ...eventHead(exchange), type: "REQUEST", routeArn, identitySource };
}

/**
 * API Gateway hands over as text only these types and encodes everything else, a form and a body without a type
 * included. AWS does not list them; they are what its endpoint was observed to do.
 */
export function isText(contentType: string | undefined): boolean {
    return contentType !== undefined && /^\s*(text\/|application\/(json|xml|javascript)\s*(;|$))/i.test(contentType);
}

function eventHead({ api, request, stage, routeKey, path, pathParameters, authorizer }: Exchange) {
    const head: Omit<HttpEvent, "body" | "isBase64Encoded"> = {
        version: "2.0",
        routeKey,
        rawPath: path,
        rawQueryString: request.rawQueryString,
        headers: request.headers,
        requestContext: {
            accountId: api.accountId,
            apiId: api.id,
            domainName: hostName(request.headers["host"]),
            domainPrefix: api.id,
            http: {
                method: request.method,
                path,
                protocol: request.protocol,
                sourceIp: request.sourceIp,
                userAgent: request.headers["user-agent"] ?? "",
            },
            requestId: request.id,
            routeKey,
            stage: stage.name,
            time: requestTime(request.receivedAt),
            timeEpoch: request.receivedAt,
        },
    };
    if (request.cookies.length > 0) head.cookies = [...request.cookies];
    if (request.query !== undefined) head.queryStringParameters = request.query;
    if (pathParameters !== undefined) head.pathParameters = pathParameters;
    if (Object.keys(stage.variables).length > 0) head.stageVariables = stage.variables;
    if (authorizer !== undefined) head.requestContext.authorizer = authorizer;
    return head;
}
