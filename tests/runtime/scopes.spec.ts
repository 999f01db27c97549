import { expect } from "chai";
import { operations } from "../../runtime/checkoutSessions/ucp/operations.ts";
import { type HttpRequest, scopeProblem } from "../../runtime/shared/http.ts";
import { allRoutes, scopes } from "../../spec/generated/scopes.ts";
import { documentedRoutes } from "../../tools/generate.ts";
import { routesIn, ScopeMissingError, type SecuredDocument } from "../../tools/routeScopes.ts";
import { httpRequest } from "./support/events.ts";

/** A request as API Gateway passes it on, with what its authorizer said. */
const request = (routeKey: string, authorizer: object | undefined) =>
    httpRequest({ routeKey, requestContext: { authorizer } }) as unknown as HttpRequest;

/** What each kind of authorizer says of a client with these scopes. */
const sayings: Readonly<Record<string, (scopes: readonly string[]) => object>> = {
    "an API key": (own) => ({ lambda: { callerId: "client", scopes: own.join(" ") } }),
    "a token": (own) => ({ jwt: { claims: { sub: "client", scope: own.join(" ") }, scopes: null } }),
    "a token whose scopes are a list": (own) => ({ jwt: { claims: { sub: "client", scp: `[${own.join(" ")}]` } } }),
};

describe("scopes", () => {
    const routes = documentedRoutes().filter((route) => route.scopes.length > 0);

    for (const [means, say] of Object.entries(sayings)) {
        it(`of ${means} open the routes that the documents say, and no others`, () => {
            for (const { route, scopes: needed } of routes) {
                for (const scope of scopes) {
                    const problem = scopeProblem(request(route, say(["other", scope])), allRoutes());
                    expect(problem?.status, `${route} with ${scope}`).to.equal(
                        needed.includes(scope) ? undefined : 403,
                    );
                }
            }
        });

        it(`of ${means} that has none open nothing`, () => {
            for (const { route } of routes)
                expect(scopeProblem(request(route, say([])), allRoutes())?.status, route).to.equal(403);
        });
    }

    it("that the authorizer does not return open nothing", () => {
        for (const said of [{ lambda: {} }, { lambda: { scopes: ["checkout"] } }, { jwt: { claims: {} } }]) {
            for (const { route } of routes)
                expect(scopeProblem(request(route, said), allRoutes())?.status, route).to.equal(403);
        }
    });

    it("open no route that the documents do not name", () => {
        const everything = { lambda: { scopes: scopes.join(" ") } };
        for (const route of ["DELETE /orders", "ANY /orders"]) {
            expect(scopeProblem(request(route, everything), allRoutes())?.status, route).to.equal(403);
        }
    });

    it("are not checked where IAM has allowed the route, and where the API is open", () => {
        for (const said of [undefined, { iam: { userArn: "arn:aws:iam::000000000000:user/shop" } }]) {
            for (const { route } of routes)
                expect(scopeProblem(request(route, said), allRoutes()), route).to.equal(undefined);
        }
    });
});

describe("the OpenAPI documents", () => {
    it("open these routes to all, and no others", () => {
        const open = documentedRoutes().filter((route) => route.scopes.length === 0);
        expect(open.map(({ route }) => route)).to.have.members([
            "GET /.well-known/acp.json",
            "GET /.well-known/ucp",
            "GET /.well-known/ucp/{version}",
            "GET /feeds/{file}",
            "GET /health",
            "GET /products",
            "GET /products/{id}",
            "POST /payments/stripe",
            // Platforms prove by themselves who they are, and have no scopes.
            ...operations.map(({ route }) => route.replace(" ", " /ucp/{version}")),
        ]);
    });

    it("open these routes to all in a stack without authentication", () => {
        const optional = documentedRoutes().filter(({ isOptional }) => isOptional);
        expect(optional.map(({ route }) => route)).to.have.members([
            "POST /orders",
            "GET /orders/{orderId}",
            "POST /messages",
        ]);
    });

    it("name each route's scopes as the callbacks know them", () => {
        expect(allRoutes()).to.deep.equal(
            Object.fromEntries(documentedRoutes().map((route) => [route.route, route.scopes])),
        );
    });

    const refused: Readonly<Record<string, SecuredDocument>> = {
        "has no security": { paths: { "/new": { get: {} } } },
        "asks for a key of any client": { paths: { "/new": { get: { security: [{ apiKey: [] }] } } } },
        "has an optional key and no scope": { paths: { "/new": { get: { security: [{}] } } } },
        "asks for two scopes at once": { paths: { "/new": { get: { security: [{ apiKey: ["one", "two"] }] } } } },
        "asks keys for another scope than tokens": {
            paths: { "/new": { get: { security: [{ apiKey: ["one"] }, { bearer: ["two"] }] } } },
        },
        "has no scope, as its document has none": { security: [{ apiKey: [] }], paths: { "/new": { get: {} } } },
    };
    for (const [what, document] of Object.entries(refused)) {
        it(`are refused with a route that ${what}`, () => {
            expect(() => routesIn(document)).to.throw(ScopeMissingError, "GET /new");
        });
    }
});
