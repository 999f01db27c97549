import type { CorsConfiguration } from "./definition.ts";
import type { ApiRequest } from "./request.ts";

/**
 * CORS as an HTTP API with a CORS configuration answers it:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */

export function isPreflight({ method, headers }: Pick<ApiRequest, "method" | "headers">): boolean {
    return method === "OPTIONS" && "origin" in headers && "access-control-request-method" in headers;
}

/** The headers of a preflight's answer; none when the origin is not allowed. */
export function preflightHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
    const headers = originHeaders(cors, origin);
    if (headers === undefined) return {};
    if (cors.allowMethods.length > 0) headers["access-control-allow-methods"] = cors.allowMethods.join(",");
    if (cors.allowHeaders.length > 0) headers["access-control-allow-headers"] = cors.allowHeaders.join(",");
    if (cors.maxAgeSeconds !== undefined) headers["access-control-max-age"] = String(cors.maxAgeSeconds);
    return headers;
}

/** The answer's headers with the API's own CORS headers in place of any that the integration set. */
export function withCorsHeaders(
    cors: CorsConfiguration,
    origin: string | undefined,
    headers: Readonly<Record<string, string>>,
): Record<string, string> {
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));
    const added = originHeaders(cors, origin);
    if (added === undefined) return own;
    if (cors.exposeHeaders.length > 0) added["access-control-expose-headers"] = cors.exposeHeaders.join(",");
    if (own["vary"] !== undefined && added["vary"] !== undefined) added["vary"] = `${own["vary"]}, ${added["vary"]}`;
    return { ...own, ...added };
}

function originHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> | undefined {
    if (origin === undefined) return undefined;
    const any = cors.allowOrigins.includes("*");
    if (!any && !cors.allowOrigins.some((allowed) => admits(allowed, origin))) return undefined;
    const headers: Record<string, string> = { "access-control-allow-origin": any ? "*" : origin };
    if (!any) headers["vary"] = "Origin";
    if (cors.allowCredentials) headers["access-control-allow-credentials"] = "true";
    return headers;
}

function admits(allowed: string, origin: string): boolean {
    const wildcard = /^(https?:\/\/)\*$/.exec(allowed)?.[1];
    return wildcard === undefined ? allowed === origin : origin.startsWith(wildcard);
}
