import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { documentedRoutes } from "../../tools/generate.ts";
import { graphOf, type Recorded } from "../graph.ts";
import { proof } from "../proof.ts";
import { checkedVariants, direct, variants } from "../variants.ts";

const documented = new Map(documentedRoutes().map((route) => [route.route, route]));

const routesOf = (graph: Recorded) =>
    graph
        .of("aws:apigatewayv2/route:Route")
        .map((resource) => ({ key: String(resource.inputs["routeKey"]), resource }));

/** What stands behind a route. */
const integrationOf = (graph: Recorded, route: Resource) =>
    graph
        .of("aws:apigatewayv2/integration:Integration")
        .find(({ id }) => `integrations/${id}` === route.inputs["target"]);

/** The variables of the function that an authorizer asks. */
const variablesOf = (graph: Recorded, authorizer: Resource): Record<string, string> => {
    const asked = graph
        .of("aws:lambda/function:Function")
        .find(({ outputs }) => String(authorizer.inputs["authorizerUri"]).includes(`${outputs["arn"]}`));
    return (asked?.inputs["environment"] as { variables: Record<string, string> } | undefined)?.variables ?? {};
};

const authorizerOf = (graph: Recorded, route: Resource) =>
    graph.of("aws:apigatewayv2/authorizer:Authorizer").find(({ id }) => id === route.inputs["authorizerId"]);

/** API Gateway authorizes no call of the checkout, whose callbacks check keys and signatures themselves. */
const isCheckout = (route: string) => /^\w+ \/(checkout_sessions|carts|mcp|ucp)\b/.test(route);

/** Whether the documents open a route to all: always, or in a stack without authentication. */
const isOpen = (route: string, authentication: string) => {
    const access = documented.get(route);
    return access?.scopes.length === 0 || (authentication === "none" && access?.isOptional === true);
};

/** Each ingress with each authentication. */
const ingresses = ["function", "direct"].flatMap((ingress) =>
    ["none", "iam", "jwt", "apiKey"].map((authentication) => ({ ingress, authentication })),
);
const types: Readonly<Record<string, string>> = { iam: "AWS_IAM", jwt: "JWT", apiKey: "CUSTOM" };

describe("the scopes of routes", () => {
    for (const [name, { stack, settings }] of Object.entries(checkedVariants)) {
        it(`are named by a document for every route of ${name}, but where a callback catches the rest of its paths`, async () => {
            const graph = await graphOf(stack, settings);
            for (const { key } of routesOf(graph)) {
                if (documented.has(key)) continue;
                // What is left of the checkout is answered with 404 and 405, for clients with the scope checkout.
                expect(key.startsWith("ANY ") && isCheckout(key), key).to.equal(true);
            }
        });
    }

    it("are those of routes that there are", async () => {
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        const routes = new Set(routesOf(await graphOf(stack, settings)).map(({ key }) => key));
        expect([...documented.keys()].filter((route) => !routes.has(route))).to.deep.equal([]);
    });

    for (const { ingress, authentication } of ingresses) {
        const test = ingress === "direct" && authentication.match(/jwt|apiKey/) ? it : proof;
        test(`are asked for at every route, with the ingress ${ingress} and ${authentication}`, async () => {
            const { stack, settings } = direct(authentication, ingress);
            const graph = await graphOf(stack, settings);
            for (const { key, resource } of routesOf(graph)) {
                const type = resource.inputs["authorizationType"];
                if (isOpen(key, authentication) || isCheckout(key)) {
                    expect(type, key).to.equal("NONE");
                    continue;
                }
                // The API key decides whose endpoint, event or tenant it is, also for clients that may place orders; and no
                // stack changes what is sold, or refunds, for callers that it does not know.
                const isOfKeys =
                    authentication === "none" ||
                    / \/(webhook_endpoints|events|event_types|asyncapi\.json|tenants)\b/.test(key);
                expect(type, key).to.equal(isOfKeys ? "CUSTOM" : types[authentication]);
                // Where no callback answers, only the authorizer can refuse a client for its scopes.
                if (integrationOf(graph, resource)?.inputs["integrationSubtype"] === undefined) continue;
                const authorizer = authorizerOf(graph, resource);
                if (type === "JWT") {
                    expect(resource.inputs["authorizationScopes"]).to.deep.equal(documented.get(key)?.scopes);
                } else if (type === "CUSTOM" && authorizer !== undefined) {
                    expect(variablesOf(graph, authorizer)["UNANSWERED_ROUTES"]?.split(",")).to.include(key);
                }
            }
        });
    }

    it("are never those of another route in an answer that API Gateway keeps", async () => {
        const graph = await graphOf("prod");
        const kept = graph
            .of("aws:apigatewayv2/authorizer:Authorizer")
            .filter(({ inputs }) => Number(inputs["authorizerResultTtlInSeconds"]) > 0);
        expect(kept).not.to.deep.equal([]);
        for (const { name, inputs } of kept) expect(inputs["identitySources"], name).to.include("$context.routeKey");
    });
});
