import { expect } from "chai";
import { RouteTable } from "../../src/http/routes.ts";

function select(routeKeys: readonly string[], method: string, path: string) {
    const table = new RouteTable(routeKeys.map((routeKey) => ({ routeKey })));
    const match = table.select(method, path);
    return match && { routeKey: match.route.routeKey, pathParameters: match.pathParameters };
}

describe("selection of a route", () => {
    const documented = ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"];
    const cases: [routeKeys: string[], request: string, routeKey: string | undefined, parameters?: object][] = [
        [documented, "GET /pets/dog/1", "GET /pets/dog/1"],
        [documented, "GET /pets/dog/2", "GET /pets/dog/{id}", { id: "2" }],
        [documented, "GET /pets/cat/1", "GET /pets/{proxy+}", { proxy: "cat/1" }],
        [documented, "POST /test/5", "ANY /{proxy+}", { proxy: "test/5" }],
        [documented, "GET /", "$default"],
        [["GET /orders", "POST /orders"], "POST /orders", "POST /orders"],
        [["GET /orders"], "DELETE /orders", undefined],
        [["GET /orders"], "GET /orders/", undefined],
        [["GET /orders"], "GET /orders/1", undefined],
        [["ANY /orders", "POST /orders"], "POST /orders", "POST /orders"],
        [["ANY /orders", "POST /orders"], "PUT /orders", "ANY /orders"],
        [["GET /{proxy+}", "ANY /orders"], "GET /orders", "ANY /orders"],
        [["GET /{a}/b", "GET /a/{b}"], "GET /a/b", "GET /a/{b}", { b: "b" }],
        [["GET /{proxy+}", "GET /a/{proxy+}"], "GET /a/b", "GET /a/{proxy+}", { proxy: "b" }],
        [["GET /a/{proxy+}"], "GET /a", undefined],
        [["GET /a/{proxy+}"], "GET /a/", undefined],
        [["GET /a/{id}"], "GET /a/", undefined],
        [["GET /"], "GET /", "GET /"],
        [["GET /.well-known/acp.json"], "GET /.well-known/acp.json", "GET /.well-known/acp.json"],
        [["GET /a/{id}"], "GET /a/x%2Fy%20z", "GET /a/{id}", { id: "x/y z" }],
        [["GET /caf%C3%A9", "GET /café"], "GET /caf%C3%A9", "GET /café"],
    ];
    for (const [routeKeys, request, routeKey, pathParameters] of cases) {
        it(`gives ${request} to ${routeKey ?? "none"} of ${routeKeys.join(", ")}`, () => {
            const [method = "", path = ""] = request.split(" ");
            expect(select(routeKeys, method, path)).to.deep.equal(routeKey && { routeKey, pathParameters });
            // The order in which routes are defined does not matter.
            expect(select(routeKeys.toReversed(), method, path)?.routeKey).to.equal(routeKey);
        });
    }

    for (const routeKey of ["/orders", "get /orders", "GET orders", "GET /{proxy+}/more"]) {
        it(`refuses the route key "${routeKey}"`, () => {
            expect(() => new RouteTable([{ routeKey }])).to.throw(routeKey);
        });
    }

    it("throws for a path whose encoding is malformed", () => {
        expect(() => select(["GET /{id}"], "GET", "/%zz")).to.throw(URIError);
    });
});
