import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { AwsCall } from "../aws/call.ts";
import { compilePolicy, evaluate, sessionArn } from "../identity/policy.ts";
import { parsePolicy } from "../identity/policyDocument.ts";
import type { AccessRequest, Decision, Principal } from "../identity/principal.ts";
import { RefusalError } from "./answer.ts";
import type { Authorization, JwtAuthorizer, RequestAuthorizer } from "./definition.ts";
import { authorizerEvent } from "./event.ts";
import { type AuthorizerContext, type Exchange, expressionValue, type IamCaller } from "./exchange.ts";
import { parseAuthorization, signatureFault } from "./signature.ts";
import { claimTexts, discoverKeys, scopesOf, tokenFault } from "./tokens.ts";

/** What the gate must know of identities: `Access` of `src/identity`. */
export interface Callers {
    principalOf(accessKeyId: string): Principal | undefined;
    secretOf(accessKeyId: string): string | undefined;
    decide(request: AccessRequest): Decision;
}

/** What a Lambda authorizer answered, as long as it is good. */
interface Opinion {
    readonly allows: (routeArn: string) => boolean;
    readonly context: Readonly<Record<string, unknown>>;
    /** Milliseconds since the epoch. */
    readonly until: number;
}

/** Lets requests pass or refuses them, by each route's authorization. */
export class Gate {
    readonly #call: AwsCall;
    readonly #callers: Callers;
    readonly #keySets = new Map<string, Promise<JWTVerifyGetKey>>();
    readonly #opinions = new Map<string, Opinion>();

    constructor(call: AwsCall, callers: Callers) {
        this.#call = call;
        this.#callers = callers;
    }

    /** What the authorizer says of the caller; undefined on an open route. Throws RefusalError. */
    async admit(authorization: Authorization, exchange: Exchange): Promise<AuthorizerContext | undefined> {
        switch (authorization.type) {
            case "NONE":
                return undefined;
            case "AWS_IAM":
                return this.#admitSigner(exchange);
            case "JWT":
                return this.#admitToken(authorization.authorizer, authorization.scopes, exchange);
            case "CUSTOM":
                return this.#admitByFunction(authorization.authorizer, exchange);
        }
    }

    /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
    async #admitSigner(exchange: Exchange): Promise<AuthorizerContext> {
        const { api, request } = exchange;
        const signature = parseAuthorization(request.headers["authorization"]);
        if (signature === undefined) return forbid("the request is not signed with Signature Version 4");
        const secret = this.#callers.secretOf(signature.accessKeyId);
        const principal = this.#callers.principalOf(signature.accessKeyId);
        if (secret === undefined || principal === undefined) {
            return forbid(`the access key ${signature.accessKeyId} is not known`);
        }
        if (signature.service !== "execute-api" || signature.region !== api.region) {
            return forbid(`the signature is for ${signature.service} in ${signature.region}`);
        }
        const fault = await signatureFault(request, signature, secret);
        if (fault !== undefined) return forbid(fault);
        const resource = executeApiArn(exchange, `${request.method}${exchange.routePath}`);
        const context = { "aws:SourceIp": request.sourceIp };
        const decision = this.#callers.decide({ principal, action: "execute-api:Invoke", resource, context });
        if (!decision.allowed) return forbid(decision.reason);
        return { iam: iamCaller(principal, signature.accessKeyId, api.accountId) };
    }

    /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
    async #admitToken(
        authorizer: JwtAuthorizer,
        scopes: readonly string[],
        exchange: Exchange,
    ): Promise<AuthorizerContext> {
        const token = expressionValue(authorizer.identitySource, exchange)?.replace(/^bearer +/i, "");
        if (!token) throw new RefusalError(401, "Unauthorized", { headers: { "www-authenticate": "Bearer" } });
        const claims = await this.#verify(token, authorizer).catch((error: unknown) =>
            refuseToken(401, "Unauthorized", scopes, "invalid_token", tokenFault(error), error),
        );
        const audience = claims.aud ?? claims["client_id"];
        if (![audience].flat().some((entry) => typeof entry === "string" && authorizer.audience.includes(entry))) {
            refuseToken(401, "Unauthorized", scopes, "invalid_token", "the token does not have a valid audience");
        }
        const granted = scopesOf(claims);
        if (scopes.length > 0 && !scopes.some((scope) => granted?.includes(scope))) {
            refuseToken(403, "Forbidden", scopes, "insufficient_scope", "the token does not have a required scope");
        }
        return { jwt: { claims: claimTexts(claims), scopes: granted ?? null } };
    }

    async #verify(token: string, { issuer }: JwtAuthorizer): Promise<JWTPayload> {
        let keys = this.#keySets.get(issuer);
        if (keys === undefined) {
            keys = discoverKeys(issuer);
            // An issuer out of reach is asked again by the next request.
            keys.catch(() => this.#keySets.delete(issuer));
            this.#keySets.set(issuer, keys);
        }
        const keySet = await keys;
        const keyOf: JWTVerifyGetKey = (header, jws) => {
            // A key set would find the key without an id, too, if only one fits; API Gateway wants the id.
            if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
            return keySet(header, jws);
        };
        const { payload } = await jwtVerify(token, keyOf, {
            issuer,
            algorithms: ["RS256", "RS384", "RS512"],
            requiredClaims: ["exp"],
        });
        if (payload.iat !== undefined && payload.iat * 1000 > Date.now()) {
            throw new errors.JWTClaimValidationFailed("issued in the future", payload, "iat", "check_failed");
        }
        return payload;
    }

    /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
    async #admitByFunction(authorizer: RequestAuthorizer, exchange: Exchange): Promise<AuthorizerContext> {
        const identity: string[] = [];
        for (const source of authorizer.identitySources) {
            const value = expressionValue(source, exchange);
            if (!value) throw new RefusalError(401, "Unauthorized");
            identity.push(value);
        }
        const cached = authorizer.resultTtlSeconds > 0 && identity.length > 0;
        const key = JSON.stringify([authorizer.id, ...identity]);
        let opinion = cached ? this.#opinions.get(key) : undefined;
        if (opinion === undefined || opinion.until <= Date.now()) {
            opinion = await this.#ask(authorizer, identity, exchange);
            if (cached) this.#keep(key, opinion);
        }
        if (!opinion.allows(routeArn(exchange))) return forbid("the authorizer does not allow it");
        return { lambda: opinion.context };
    }

    async #ask(authorizer: RequestAuthorizer, identity: readonly string[], exchange: Exchange): Promise<Opinion> {
        const { api } = exchange;
        const sourceArn = `arn:aws:execute-api:${api.region}:${api.accountId}:${api.id}/authorizers/${authorizer.id}`;
        const answer = await this.#call(
            { kind: "service", service: "apigateway.amazonaws.com", sourceArn },
            "lambda",
            "Invoke",
            {
                FunctionName: authorizer.functionArn,
                InvocationType: "RequestResponse",
                Payload: JSON.stringify(authorizerEvent(exchange, routeArn(exchange), identity)),
            },
        ).catch((error: unknown) => {
            throw unusable(exchange, error);
        });
        const payload = String(answer["Payload"]);
        const result = parseResult(payload);
        if (result["errorMessage"] === "Unauthorized") throw new RefusalError(401, "Unauthorized");
        if (answer["FunctionError"] !== undefined)
            throw unusable(exchange, new Error(`the authorizer failed: ${payload}`));
        return {
            allows: authorizer.simpleResponses ? simpleOpinion(result, exchange) : policyOpinion(result, exchange),
            context: recordOf(result["context"]),
            until: Date.now() + authorizer.resultTtlSeconds * 1000,
        };
    }

    #keep(key: string, opinion: Opinion): void {
        if (this.#opinions.size >= largestCache) {
            const now = Date.now();
            for (const [old, { until }] of this.#opinions) if (until <= now) this.#opinions.delete(old);
        }
        if (this.#opinions.size >= largestCache) this.#opinions.clear();
        this.#opinions.set(key, opinion);
    }
}

const largestCache = 10_000;

/**
 * The ARN that API Gateway invokes a function under, made of the route's key: `…:api/stage/GET/pets/{petId}`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function routeArn(exchange: Exchange): string {
    if (exchange.routeKey === "$default") return executeApiArn(exchange, "$default");
    const path = exchange.routeKey.slice(exchange.routeKey.indexOf("/"));
    return executeApiArn(exchange, `${exchange.request.method}${path}`);
}

function executeApiArn({ api, stage }: Exchange, resource: string): string {
    return `arn:aws:execute-api:${api.region}:${api.accountId}:${api.id}/${stage.name}/${resource}`;
}

function forbid(reason: string): never {
    throw new RefusalError(403, "Forbidden", { cause: new Error(reason) });
}

/** The header tells the client why: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html */
function refuseToken(
    status: 401 | 403,
    message: string,
    scopes: readonly string[],
    error: string,
    description: string,
    cause: unknown = new Error(description),
): never {
    const challenge = `Bearer scope="${scopes.join(" ")}" error="${error}" error_description="${description}"`;
    throw new RefusalError(status, message, { headers: { "www-authenticate": challenge }, cause });
}

function simpleOpinion(result: Readonly<Record<string, unknown>>, exchange: Exchange): Opinion["allows"] {
    const { isAuthorized } = result;
    if (typeof isAuthorized === "boolean") return () => isAuthorized;
    throw unusable(exchange, new Error("the authorizer's simple response has no isAuthorized"));
}

/** The policy that the function returned is all there is to decide by; it is asked again for each route. */
function policyOpinion(result: Readonly<Record<string, unknown>>, exchange: Exchange): Opinion["allows"] {
    try {
        const policy = compilePolicy(parsePolicy(JSON.stringify(result["policyDocument"] ?? null)));
        const { sourceIp } = exchange.request;
        return (resource) => {
            const request = { principal: { kind: "administrator" }, action: "execute-api:Invoke", resource } as const;
            const context = (key: string) => (key === "aws:sourceip" ? [sourceIp] : undefined);
            return evaluate({ identity: [policy], resource: [] }, request, context).effect === "allow";
        };
    } catch (error) {
        throw unusable(exchange, error);
    }
}

/** The authorizer gave nothing to decide by. */
function unusable(exchange: Exchange, cause: unknown): RefusalError {
    exchange.authorizerError = cause instanceof Error ? cause.message : String(cause);
    return new RefusalError(500, "Internal Server Error", { cause });
}

function iamCaller(principal: Principal, accessKey: string, accountId: string): IamCaller {
    const same = { accessKey, accountId, cognitoIdentity: null, principalOrgId: null };
    switch (principal.kind) {
        case "administrator":
            return { ...same, callerId: accountId, userId: accountId, userArn: `arn:aws:iam::${accountId}:root` };
        case "role": {
            const role = principal.roleArn.slice(principal.roleArn.lastIndexOf("/") + 1);
            const id = `${role}:${principal.session}`;
            return { ...same, callerId: id, userId: id, userArn: sessionArn(principal) };
        }
        case "service":
            return {
                ...same,
                callerId: principal.service,
                userId: principal.service,
                userArn: principal.sourceArn ?? principal.service,
            };
    }
}

function parseResult(payload: string): Record<string, unknown> {
    try {
        return recordOf(JSON.parse(payload));
    } catch {
        return {};
    }
}

function recordOf(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
