import type { ValidateFunction } from "ajv";
import type { components } from "../../../spec/generated/webhooks.types.ts";
import { rules } from "../../../spec/generated/webhooks.validators.js";
import { type HttpRequest, jsonBodyOf, type Refused } from "../../shared/http.ts";
import { limited, type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { Endpoint } from "./endpoint.ts";
import { covers, typesFor } from "./eventTypes.ts";
import { filterErrors } from "./filter.ts";

type Schemas = components["schemas"];
export type EndpointCreate = Schemas["EndpointCreate"];
type EndpointChange = Schemas["EndpointChange"];

/** Bytes. */
const largestBody = 64 * 1024;
const refusal = "the body is invalid";

/** The validated body. An absent one counts as `{}` if no member is required. */
export function bodyIn<Body>(
    request: HttpRequest,
    validate: ValidateFunction<Body>,
    most = largestBody,
): { readonly body: Body } | Refused {
    const posted = jsonBodyOf(request, { most, refusal, isOptional: true });
    if ("problem" in posted) return posted;
    const { value } = posted;
    return validate(value) ? { body: value } : invalid(validationErrorsOf(validate.errors, rules));
}

export const invalid = (errors: readonly ValidationError[]): Refused => ({
    problem: { status: 400, detail: refusal, errors: limited(errors) },
});

/** Errors that the schema cannot express. */
export function errorsIn(
    kind: Endpoint["kind"],
    { eventTypes = [], filter, headers = {} }: Pick<EndpointChange, "eventTypes" | "filter" | "headers">,
    ownTypes: readonly string[],
): ValidationError[] {
    return [
        ...patternErrors(kind, eventTypes, "/eventTypes", ownTypes),
        ...filterErrors(filter),
        ...Object.keys(headers).flatMap((name, index, names) => {
            const pointer = `/headers/${name.replaceAll("~", "~0")}`;
            if (isReserved(name)) return [{ pointer, detail: "is a header that deliveries set" }];
            const isRepeated = names.slice(0, index).some((other) => other.toLowerCase() === name.toLowerCase());
            return isRepeated ? [{ pointer, detail: "is duplicated" }] : [];
        }),
    ];
}

/** Patterns that no event type matches. @param ownTypes those of clients */
export function patternErrors(
    kind: Endpoint["kind"],
    patterns: readonly string[] = [],
    pointer: string,
    ownTypes: readonly string[],
): ValidationError[] {
    return patterns.flatMap((pattern, index) =>
        [...typesFor(kind), ...(kind === "standard" ? ownTypes : [])].some((type) => covers(pattern, type))
            ? []
            : [{ pointer: `${pointer}/${index}`, detail: `matches no event of endpoints of the kind ${kind}` }],
    );
}

/** @param served the versions of ACP that the checkout serves, the oldest first */
export function versionErrors(
    kind: Endpoint["kind"],
    version: string | null | undefined,
    served: readonly string[],
): ValidationError[] {
    if (version === null || version === undefined) return [];
    const pointer = "/api_version";
    if (kind !== "acp") return [{ pointer, detail: "must be absent for an endpoint of the kind standard" }];
    if (served.includes(version)) return [];
    return [{ pointer, detail: `is not supported, must be one of ${served.toReversed().join(", ")}` }];
}

/** Contradictions between a secret's scheme and text. */
export function secretErrors(
    kind: Endpoint["kind"],
    { scheme, secret }: Pick<EndpointCreate, "scheme" | "secret">,
): ValidationError[] {
    if (scheme === "v1a") {
        return [
            ...(kind === "acp" ? [{ pointer: "/scheme", detail: "must be v1 for an endpoint of the kind acp" }] : []),
            ...(secret === undefined ? [] : [{ pointer: "/secret", detail: "must be absent if the scheme is v1a" }]),
        ];
    }
    const isUsable = secret === undefined || kind === "acp" || isStandardSecret(secret);
    return isUsable ? [] : [{ pointer: "/secret", detail: "must be whsec_ followed by 24 to 64 bytes in base64" }];
}

function isStandardSecret(secret: string): boolean {
    const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
    if (base64 === undefined) return false;
    const { length } = Buffer.from(base64, "base64");
    return base64.length % 4 === 0 && length >= 24 && length <= 64;
}

/** Headers of connection, body and signature. */
const reserved: ReadonlySet<string> = new Set([
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "merchant-signature",
    "request-id",
    "te",
    "timestamp",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
]);

function isReserved(name: string): boolean {
    const lower = name.toLowerCase();
    return reserved.has(lower) || /^(webhook|proxy)-/.test(lower);
}
