type Segment =
    | { readonly kind: "literal"; readonly text: string }
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "greedy"; readonly name: string };

interface Pattern<Route> {
    readonly route: Route;
    readonly method: string;
    readonly segments: readonly Segment[];
    readonly greedy: boolean;
}

interface RouteMatch<Route> {
    readonly route: Route;
    /** Decoded values; undefined when the route has no variables. */
    readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/**
 * Selects the route of a request by API Gateway's rules: a full match before a greedy one before `$default`, the
 * method's own route before ANY, and left to right a literal segment before a variable.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class RouteTable<Route extends { readonly routeKey: string }> {
    /** Sorted: the first that matches is the one. */
    readonly #patterns: readonly Pattern<Route>[];
    readonly #default: Route | undefined;

    /** Throws Error for a route key that API Gateway would refuse. */
    constructor(routes: readonly Route[]) {
        this.#patterns = routes
            .filter((route) => route.routeKey !== "$default")
            .map(parse)
            .sort(bySpecificity);
        this.#default = routes.find((route) => route.routeKey === "$default");
    }

    /**
     * @param path as sent: percent-encoded, starting with a slash, without the stage.
     * Throws URIError when the encoding is malformed.
     */
    select(method: string, path: string): RouteMatch<Route> | undefined {
        const given = path.slice(1).split("/").map(decodeURIComponent);
        for (const pattern of this.#patterns) {
            if (pattern.method !== "ANY" && pattern.method !== method) continue;
            if (!matches(pattern, given)) continue;
            return { route: pattern.route, pathParameters: parameters(pattern.segments, given) };
        }
        return this.#default === undefined ? undefined : { route: this.#default, pathParameters: undefined };
    }
}

function parse<Route extends { readonly routeKey: string }>(route: Route): Pattern<Route> {
    const [, method, path] = /^([A-Z]+) \/(.*)$/.exec(route.routeKey) ?? [];
    if (method === undefined || path === undefined) throw new Error(`"${route.routeKey}" is not a route key`);
    const segments = path.split("/").map((text): Segment => {
        const [, name, plus] = /^\{([\w.-]+)(\+?)\}$/.exec(text) ?? [];
        if (name === undefined) return { kind: "literal", text };
        return { kind: plus === "+" ? "greedy" : "variable", name };
    });
    const greedyAt = segments.findIndex((segment) => segment.kind === "greedy");
    if (greedyAt >= 0 && greedyAt !== segments.length - 1) {
        throw new Error(`"${route.routeKey}": a greedy variable must come last`);
    }
    return { route, method, segments, greedy: greedyAt >= 0 };
}

function bySpecificity(a: Pattern<unknown>, b: Pattern<unknown>): number {
    if (a.greedy !== b.greedy) return a.greedy ? 1 : -1;
    if ((a.method === "ANY") !== (b.method === "ANY")) return a.method === "ANY" ? 1 : -1;
    for (let index = 0; index < Math.min(a.segments.length, b.segments.length); index++) {
        const order = rank(a.segments[index]) - rank(b.segments[index]);
        if (order !== 0) return order;
    }
    return b.segments.length - a.segments.length;
}

function rank(segment: Segment | undefined): number {
    switch (segment?.kind) {
        case "literal":
            return 0;
        case "variable":
            return 1;
        case "greedy":
        case undefined:
            return 2;
    }
}

function matches({ segments, greedy }: Pattern<unknown>, given: readonly string[]): boolean {
    if (greedy ? given.length < segments.length : given.length !== segments.length) return false;
    return segments.every((segment, index) => {
        const text = given[index];
        if (segment.kind === "literal") return text === segment.text;
        return text !== "" || (segment.kind === "greedy" && given.length > segments.length);
    });
}

function parameters(segments: readonly Segment[], given: readonly string[]): Record<string, string> | undefined {
    let found: Record<string, string> | undefined;
    segments.forEach((segment, index) => {
        if (segment.kind === "literal") return;
        found ??= {};
        found[segment.name] = segment.kind === "greedy" ? given.slice(index).join("/") : (given[index] ?? "");
    });
    return found;
}
