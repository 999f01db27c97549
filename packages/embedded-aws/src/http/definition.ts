/**
 * An API Gateway HTTP API as the graph describes it, close to the aws.apigatewayv2 resources:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 */
export interface HttpApiDefinition {
    readonly id: string;
    readonly name: string;
    readonly region: string;
    readonly accountId: string;
    readonly cors?: CorsConfiguration;
    readonly routes: readonly RouteDefinition[];
    readonly stages: readonly StageDefinition[];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export interface CorsConfiguration {
    /** Origins, `*`, `http://*` or `https://*`. */
    readonly allowOrigins: readonly string[];
    readonly allowMethods: readonly string[];
    readonly allowHeaders: readonly string[];
    readonly exposeHeaders: readonly string[];
    readonly allowCredentials: boolean;
    readonly maxAgeSeconds?: number;
}

export interface RouteDefinition {
    /** `GET /pets/{petId}`, `ANY /pets/{proxy+}` or `$default` */
    readonly routeKey: string;
    readonly integration: Integration;
    readonly authorization: Authorization;
}

export type Authorization =
    | { readonly type: "NONE" }
    | { readonly type: "AWS_IAM" }
    | { readonly type: "JWT"; readonly authorizer: JwtAuthorizer; readonly scopes: readonly string[] }
    | { readonly type: "CUSTOM"; readonly authorizer: RequestAuthorizer };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
export interface JwtAuthorizer {
    readonly id: string;
    /** Where the token is: `$request.header.Authorization`. */
    readonly identitySource: string;
    readonly issuer: string;
    readonly audience: readonly string[];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html (payload format 2.0) */
export interface RequestAuthorizer {
    readonly id: string;
    readonly functionArn: string;
    readonly identitySources: readonly string[];
    /** True: `{isAuthorized, context}`. False: `{principalId, policyDocument, context}`. */
    readonly simpleResponses: boolean;
    /** 0 to 3600; 0 asks the function every time. */
    readonly resultTtlSeconds: number;
}

/** Parameter mapping by the integration's status: `{"200": {"overwrite:statuscode": "202"}}`. */
export type ResponseParameters = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Integration =
    | {
          readonly kind: "lambda";
          readonly functionArn: string;
          /** 50 to 30000 */
          readonly timeoutMs: number;
          readonly responseParameters: ResponseParameters;
      }
    | {
          /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#SQS-SendMessage */
          readonly kind: "SQS-SendMessage";
          readonly credentialsArn: string;
          /** `{QueueUrl, MessageBody: "$request.body", …}` */
          readonly requestParameters: Readonly<Record<string, string>>;
          /** 50 to 30000 */
          readonly timeoutMs: number;
          readonly responseParameters: ResponseParameters;
      };

export interface StageDefinition {
    /** `$default` is served at the root, any other name under its own first path segment. */
    readonly name: string;
    readonly variables: Readonly<Record<string, string>>;
    /** For each route that has none of its own; undefined: no limit. */
    readonly throttle?: ThrottleSettings;
    readonly routeThrottles: Readonly<Record<string, ThrottleSettings>>;
    /** A line with `$context.…` variables; undefined: no access log. */
    readonly accessLogFormat?: string;
    /** Name of the log group of the access log. */
    readonly accessLogGroup?: string;
}

export interface ThrottleSettings {
    readonly ratePerSecond: number;
    readonly burst: number;
}
