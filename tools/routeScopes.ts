/** A route of the HTTP API, and which clients its OpenAPI document opens it to. */
export interface RouteAccess {
    /** `POST /orders` */
    readonly route: string;
    /** Scopes of which a client needs one; none where the route is always open to all. */
    readonly scopes: readonly string[];
    /** Whether `security` has `{}`: the route is open in stacks without authentication. */
    readonly isOptional: boolean;
}

/** An operation does not say which clients it is open to. */
export class ScopeMissingError extends Error {
    override readonly name = "ScopeMissing";
}

/** What `security` may hold (OpenAPI 3.1, Security Requirement Object): schemes with the scopes that each asks for. */
type Requirement = Readonly<Record<string, readonly string[]>>;

/** The part of an OpenAPI document that access to operations follows from. */
export interface SecuredDocument {
    readonly security?: readonly Requirement[];
    readonly paths: Readonly<Record<string, PathItem>>;
}
type PathItem = { readonly [method: string]: { readonly security?: readonly Requirement[] } | undefined };

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/** IAM policies name routes, not scopes: the scheme names none. */
const withoutScopes = "awsSignature";

/**
 * The routes of an OpenAPI document with the scopes that open them. Throws ScopeMissing for an operation that neither
 * names a scope in each of its schemes nor says `security: []`, and where one scheme asks for other scopes than another.
 */
export function routesIn({ security: ofDocument, paths }: SecuredDocument): RouteAccess[] {
    return Object.entries(paths).flatMap(([path, item]) =>
        methods.flatMap((method) => {
            const operation = item[method];
            if (operation === undefined) return [];
            const route = `${method.toUpperCase()} ${path}`;
            return [accessOf(route, operation.security ?? ofDocument)];
        }),
    );
}

function accessOf(route: string, security: readonly Requirement[] | undefined): RouteAccess {
    if (security === undefined)
        throw new ScopeMissingError(`${route} has no security: name a scope, or [] to open it to all`);
    const byScheme = new Map<string, Set<string>>();
    for (const [scheme, scopes] of security.flatMap((requirement) => Object.entries(requirement))) {
        if (scheme === withoutScopes) continue;
        if (scopes.length !== 1)
            throw new ScopeMissingError(`${route}: ${scheme} must name one scope, not ${scopes.length}`);
        byScheme.set(scheme, new Set([...(byScheme.get(scheme) ?? []), ...scopes]));
    }
    const [first = new Set<string>(), ...others] = byScheme.values();
    if (first.size === 0 && security.length > 0) throw new ScopeMissingError(`${route} names no scope`);
    if (others.some((other) => other.symmetricDifference(first).size > 0)) {
        throw new ScopeMissingError(`${route}: its schemes ask for different scopes`);
    }
    return { route, scopes: [...first], isOptional: security.some((one) => Object.keys(one).length === 0) };
}

/**
 * The text of `spec/generated/scopes.ts`. The routes of each document are a constant of their own, so that a callback has
 * those of its own document only.
 */
export function scopesModule(documents: readonly DocumentRoutes[]): string {
    const scopes = [...new Set(documents.flatMap(({ routes }) => routes.flatMap((route) => route.scopes)))].sort();
    const constants = documents.map(({ name, routes }) => {
        const lines = routes.map(({ route, scopes: of }) => `    ${JSON.stringify(route)}: ${JSON.stringify(of)},`);
        return `/** Of spec/${name}.openapi.yaml. */\nexport const ${name}Routes: RouteScopes = {\n${lines.join("\n")}\n};\n`;
    });
    return `/** Every scope that a client of the API can have. */
export const scopes = ${JSON.stringify(scopes)} as const;
export type Scope = (typeof scopes)[number];

/** By route, the scopes of which a client needs one; none where the route is open to all. */
export type RouteScopes = Readonly<Record<string, readonly Scope[]>>;

${constants.join("\n")}
export const allRoutes = (): RouteScopes => ({ ${documents.map(({ name }) => `...${name}Routes`).join(", ")} });
`;
}

/** The routes of an OpenAPI document. */
export interface DocumentRoutes {
    /** `orders` */
    readonly name: string;
    readonly routes: readonly RouteAccess[];
}
