import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { allRoutes } from "../../spec/generated/scopes.ts";
import type { Context } from "./context.ts";
import { logGroupOf } from "./logGroup.ts";
import { named } from "./naming.ts";
import type { Queue } from "./queue.ts";
import { type QueueRouteArgs, queueIntegration } from "./queueIntegration.ts";
import type { Invocable, Source } from "./source.ts";

interface HttpApiArgs {
    /** Name before the environment. */
    readonly name: string;
    /** Where it is reached instead of the name that AWS gives it. @default that name @example "api.example.com" */
    readonly domainName?: pulumi.Input<string> | undefined;
    /** Origins that browsers may call it from (CORS). @default none */
    readonly allowedOrigins?: readonly string[];
    /** Requests that it accepts before it answers 429: per second, and at once. @default 1000 and 2000 */
    readonly throttle?: { readonly rate: pulumi.Input<number>; readonly burst: pulumi.Input<number> };
    readonly context: Context;
}

/** The service that invokes callbacks for the API. */
const service = "apigateway.amazonaws.com";

/** Which callers a route admits. */
export type Authorization =
    | { readonly type: "NONE" }
    | { readonly type: "AWS_IAM" }
    | { readonly type: "JWT" | "CUSTOM"; readonly authorizer: aws.apigatewayv2.Authorizer };

/** The tokens that are accepted. */
interface TokenArgs {
    /** @example "https://login.example.com/" */
    readonly issuer: pulumi.Input<string>;
    readonly audiences: readonly pulumi.Input<string>[];
}

/** What an access log line tells; `correlationId` is the id that callbacks log, too, when the client sent none. */
const accessLogFormat = JSON.stringify({
    correlationId: "$context.requestId",
    time: "$context.requestTimeEpoch",
    route: "$context.routeKey",
    status: "$context.status",
    latencyMs: "$context.responseLatency",
    integrationLatencyMs: "$context.integrationLatency",
    responseBytes: "$context.responseLength",
    sourceIp: "$context.identity.sourceIp",
    userAgent: "$context.identity.userAgent",
    error: "$context.error.message",
    integrationError: "$context.integrationErrorMessage",
    authorizerError: "$context.authorizer.error",
});

/**
 * The one HTTP API of all components: an API Gateway HTTP API, served from the root (`$default`) and, as the source
 * systems had it, below the environment's name (`/dev/orders`), with access logs, throttling and CORS.
 */
export class HttpApi extends pulumi.ComponentResource {
    readonly api: aws.apigatewayv2.Api;
    /** Where the API is reached, without a slash at the end. */
    readonly url: pulumi.Output<string>;
    readonly #name: string;
    readonly #stages: Readonly<Record<"root" | "environment", aws.apigatewayv2.Stage>>;

    constructor(name: string, args: HttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:HttpApi", name, {}, opts);
        const { domainName, allowedOrigins = [], throttle = { rate: 1000, burst: 2000 }, context } = args;
        this.#name = name;
        this.api = new aws.apigatewayv2.Api(
            `${name}-api`,
            {
                name: named(args.name, context),
                description: "Receives orders and agentic checkouts from external clients.",
                protocolType: "HTTP",
                // Where it has a name of its own, it answers to no other.
                ...(domainName !== undefined && { disableExecuteApiEndpoint: true }),
                ...(allowedOrigins.length > 0 && {
                    corsConfiguration: {
                        allowOrigins: [...allowedOrigins],
                        allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
                        allowHeaders: [
                            "authorization",
                            "content-type",
                            "api-version",
                            "idempotency-key",
                            "if-match",
                            "request-id",
                            "signature",
                            "timestamp",
                            "x-api-key",
                            "x-correlation-id",
                        ],
                        exposeHeaders: [
                            "allow",
                            "etag",
                            "idempotency-key",
                            "idempotent-replayed",
                            "location",
                            "request-id",
                            "retry-after",
                            "x-correlation-id",
                        ],
                        maxAge: 600,
                    },
                }),
            },
            { parent: this },
        );
        const logs = logGroupOf(
            `${name}-access-logs`,
            { name: `/aws/apigateway/${named(args.name, context)}`, context },
            { parent: this },
        );
        const stage = (which: string, stageName: string) =>
            new aws.apigatewayv2.Stage(
                `${name}-${which}`,
                {
                    apiId: this.api.id,
                    name: stageName,
                    autoDeploy: true,
                    accessLogSettings: { destinationArn: logs.arn, format: accessLogFormat },
                    defaultRouteSettings: {
                        throttlingRateLimit: throttle.rate,
                        throttlingBurstLimit: throttle.burst,
                        detailedMetricsEnabled: true,
                    },
                },
                { parent: this },
            );
        this.#stages = {
            root: stage("root", "$default"),
            environment: stage("environment", context.environment),
        };
        this.url = domainName === undefined ? this.api.apiEndpoint : pulumi.interpolate`https://${domainName}`;
        this.registerOutputs({ url: this.url });
    }

    /**
     * Requests for a callback, which answers them: of one route (`POST /orders`), or of several, each of which the callback
     * then knows by its `routeKey`.
     */
    requests(routes: string | readonly string[], authorization: Authorization): Source {
        return {
            awaited: true,
            grants: [],
            connect: (callback) => {
                const integration = this.#invoke(`${callback.name}-integration`, callback);
                for (const route of [routes].flat()) {
                    const which = typeof routes === "string" ? "" : `-${slugOf(route)}`;
                    const sourceArn = pulumi.interpolate`${this.api.executionArn}/*/${requestsOf(route)}`;
                    callback.admit(`${callback.name}-requests${which}`, { service, sourceArn }, { parent: callback });
                    const former = { name: `${callback.name}-route${which}`, parent: callback };
                    this.#route(route, authorization, integration, former);
                }
            },
        };
    }

    /** Writes the body of every request of a route into a queue, without a callback in between, and answers 202. */
    enqueue(
        name: string,
        queue: Queue,
        { authorization, ...args }: QueueRouteArgs & { readonly authorization: Authorization },
        opts: pulumi.CustomResourceOptions,
    ): void {
        const integration = queueIntegration(name, this.api, queue, args, opts);
        const former = { name: `${name}-route`, ...(opts.parent && { parent: opts.parent }) };
        // No callback looks at the scopes of a token here: API Gateway does.
        this.#route(args.route, authorization, integration, former, allRoutes()[args.route]);
    }

    /** Serves the API at a name of one's own, from the root and below the environment's name as at AWS's. */
    serveAt(
        name: string,
        domainName: pulumi.Input<string>,
        certificateArn: pulumi.Input<string>,
        opts: pulumi.CustomResourceOptions,
    ): aws.apigatewayv2.DomainName {
        const domain = new aws.apigatewayv2.DomainName(
            name,
            {
                domainName,
                domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
            },
            opts,
        );
        for (const [which, stage] of Object.entries(this.#stages)) {
            new aws.apigatewayv2.ApiMapping(
                `${name}-${which}`,
                {
                    apiId: this.api.id,
                    domainName: domain.domainName,
                    stage: stage.name,
                    ...(which === "environment" && { apiMappingKey: stage.name }),
                },
                opts,
            );
        }
        return domain;
    }

    /** An authorizer that checks tokens of an OpenID Connect issuer. */
    jwt({ issuer, audiences }: TokenArgs): Authorization {
        const authorizer = new aws.apigatewayv2.Authorizer(
            `${this.#name}-jwt`,
            {
                apiId: this.api.id,
                name: "jwt",
                authorizerType: "JWT",
                identitySources: ["$request.header.Authorization"],
                jwtConfiguration: { issuer, audiences: [...audiences] },
            },
            { parent: this },
        );
        return { type: "JWT", authorizer };
    }

    /**
     * An authorizer that asks a callback, which answers in the simple format; the answer is kept for five minutes, and
     * for the one route.
     * @param header the request header that holds the secret; a request without it is refused unasked.
     */
    custom(callback: Invocable, header: string): Authorization {
        const authorizer = new aws.apigatewayv2.Authorizer(
            `${callback.name}-${header}`,
            {
                apiId: this.api.id,
                name: `${callback.name}-${header}`,
                authorizerType: "REQUEST",
                authorizerUri: callback.invokeArn,
                authorizerPayloadFormatVersion: "2.0",
                enableSimpleResponses: true,
                // API Gateway keeps an answer by these.
                identitySources: [`$request.header.${header}`, "$context.routeKey"],
                authorizerResultTtlInSeconds: 300,
            },
            { parent: callback },
        );
        const sourceArn = pulumi.interpolate`${this.api.executionArn}/authorizers/${authorizer.id}`;
        callback.admit(`${callback.name}-${header}-permission`, { service, sourceArn }, { parent: callback });
        return { type: "CUSTOM", authorizer };
    }

    #invoke(name: string, callback: Invocable): aws.apigatewayv2.Integration {
        return new aws.apigatewayv2.Integration(
            name,
            {
                apiId: this.api.id,
                integrationType: "AWS_PROXY",
                integrationUri: callback.invokeArn,
                payloadFormatVersion: "2.0",
                timeoutMilliseconds: Math.min(30, callback.timeout + 1) * 1000,
            },
            { parent: callback },
        );
    }

    /**
     * A route is the API's own and named by its key, whatever it leads to: AWS refuses a second one of the same key, and
     * Pulumi makes what is new before it deletes what is gone.
     * @param former where earlier versions of the program had it
     */
    #route(
        routeKey: string,
        authorization: Authorization,
        integration: aws.apigatewayv2.Integration,
        former: pulumi.Alias,
        scopes: readonly string[] = [],
    ): void {
        new aws.apigatewayv2.Route(
            `${this.#name}-${slugOf(routeKey)}`,
            {
                apiId: this.api.id,
                routeKey,
                authorizationType: authorization.type,
                ...(authorization.type === "JWT" && scopes.length > 0 && { authorizationScopes: [...scopes] }),
                ...("authorizer" in authorization && { authorizerId: authorization.authorizer.id }),
                target: pulumi.interpolate`integrations/${integration.id}`,
            },
            { parent: this, aliases: [former] },
        );
    }
}

/** `POST /orders/{id}` as the ARN of its requests ends: there the path's parameters stand with their values. */
const requestsOf = (route: string): string =>
    route
        .replace(/^ANY /, "*")
        .replace(" ", "")
        .replace(/\{[^}]*\}/g, "*");

/** `POST /orders/{id}` → `post-orders-id`, a name for what belongs to the route. */
const slugOf = (route: string): string =>
    route
        .toLowerCase()
        .match(/[a-z0-9]+/g)
        ?.join("-") ?? "";
