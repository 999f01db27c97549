import { createServer, type Server } from "node:http";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from "jose";
import type { Authorization, RequestAuthorizer } from "../../src/http/definition.ts";
import { Sha256 } from "../../src/http/signature.ts";
import { Access } from "../../src/identity/access.ts";
import { echo, lambda, route, serving, stage, type TestApi, Thrown } from "./testApi.ts";

const apiArn = "arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5";

describe("authorization of a route", () => {
    const serve = serving();
    async function authorizerSeen(response: Response): Promise<unknown> {
        expect(response.status).to.equal(200);
        const event: unknown = await response.json();
        const requestContext = new Map(Object.entries(event ?? {})).get("requestContext");
        expect(requestContext).to.be.an("object");
        return new Map(Object.entries(requestContext)).get("authorizer");
    }

    describe("by JWT", () => {
        let issuer: string;
        let server: Server;
        let keys: GenerateKeyPairResult;
        let foreignKeys: GenerateKeyPairResult;
        let keyRequests = 0;
        before(async () => {
            keys = await generateKeyPair("RS256", { extractable: true });
            foreignKeys = await generateKeyPair("RS256");
            const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };
            server = createServer((request, response) => {
                response.setHeader("content-type", "application/json");
                if (request.url === "/.well-known/openid-configuration") {
                    response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
                } else {
                    keyRequests += 1;
                    response.end(JSON.stringify({ keys: [jwk] }));
                }
            });
            await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
            const address = server.address();
            issuer = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
        });
        after(() => {
            server.closeAllConnections();
            server.close();
        });

        function sign(claims: Record<string, unknown>, key = keys.privateKey): Promise<string> {
            const now = Math.floor(Date.now() / 1000);
            return new SignJWT({ iss: issuer, aud: "shop", sub: "ann", iat: now, exp: now + 60, ...claims })
                .setProtectedHeader({ alg: "RS256", kid: "one" })
                .sign(key);
        }

        function jwt(
            scopes: readonly string[] = [],
            identitySource = "$request.header.Authorization",
            from = issuer,
        ): Authorization {
            const authorizer = { id: "jwt", identitySource, issuer: from, audience: ["shop", "app"] };
            return { type: "JWT", authorizer, scopes };
        }

        async function get(authorization: Authorization, headers: Record<string, string>, path = "/pets") {
            const { url } = await serve({ routes: [route("GET /pets", { authorization })], functions: { echo } });
            return fetch(`${url}${path}`, { headers });
        }

        it("shows the claims as texts to the function", async () => {
            const token = await sign({ scope: "pets:read pets:write", groups: ["a", "b"], level: 3, admin: true });
            const seen = await authorizerSeen(await get(jwt(), { authorization: `Bearer ${token}` }));
            const claims = { sub: "ann", aud: "shop", groups: "[a b]", level: "3", admin: "true" };
            expect(seen).to.have.nested.property("jwt.claims").that.includes(claims);
            expect(seen).to.have.nested.property("jwt.claims.exp").that.is.a("string");
            expect(seen).to.have.deep.nested.property("jwt.scopes", ["pets:read", "pets:write"]);
        });

        it("takes a token without Bearer, and one in the query", async () => {
            const token = await sign({});
            expect((await get(jwt(), { authorization: token })).status).to.equal(200);
            expect((await get(jwt([], "$request.querystring.token"), {}, `/pets?token=${token}`)).status).to.equal(200);
        });

        it("reads the issuer's keys once for many requests", async () => {
            const { url } = await serve({
                routes: [route("GET /pets", { authorization: jwt() })],
                functions: { echo },
            });
            const headers = { authorization: `Bearer ${await sign({})}` };
            keyRequests = 0;
            for (let count = 0; count < 3; count++)
                expect((await fetch(`${url}/pets`, { headers })).status).to.equal(200);
            expect(keyRequests).to.equal(1);
        });

        const past = 1_700_000_000;
        const future = 4_000_000_000;
        const refused: [title: string, description: string, token: () => Promise<string>][] = [
            ["has expired", "expired", () => sign({ exp: past })],
            ["never expires", "exp", () => sign({ exp: undefined })],
            ["is not valid yet", "nbf", () => sign({ nbf: future })],
            ["was issued in the future", "iat", () => sign({ iat: future })],
            ["is of another issuer", "iss", () => sign({ iss: "https://elsewhere.example" })],
            ["is for another audience", "audience", () => sign({ aud: "other" })],
            ["has an audience beside a right client_id", "audience", () => sign({ aud: "other", client_id: "app" })],
            ["is signed with another key", "signature", () => sign({}, foreignKeys.privateKey)],
            [
                "names no key",
                "key",
                () =>
                    new SignJWT({ iss: issuer, aud: "shop" })
                        .setProtectedHeader({ alg: "RS256" })
                        .setExpirationTime("1m")
                        .sign(keys.privateKey),
            ],
            ["is no token", "malformed", async () => "token"],
            [
                "is signed with a secret",
                "algorithm",
                () =>
                    new SignJWT({ iss: issuer, aud: "shop" })
                        .setProtectedHeader({ alg: "HS256" })
                        .setExpirationTime("1m")
                        .sign(Buffer.alloc(32)),
            ],
        ];
        for (const [title, description, token] of refused) {
            it(`answers 401 to a token that ${title}`, async () => {
                const response = await get(jwt(), { authorization: `Bearer ${await token()}` });
                expect([response.status, await response.text()]).to.deep.equal([401, '{"message":"Unauthorized"}']);
                const challenge = response.headers.get("www-authenticate");
                expect(challenge).to.match(/^Bearer scope="" error="invalid_token" error_description="/);
                expect(challenge).to.contain(description);
            });
        }

        it("answers 401 without a token", async () => {
            const response = await get(jwt(), {});
            expect([response.status, await response.text()]).to.deep.equal([401, '{"message":"Unauthorized"}']);
            expect(response.headers.get("www-authenticate")).to.equal("Bearer");
        });

        it("takes client_id for the audience where aud is missing", async () => {
            const token = await sign({ aud: undefined, client_id: "app" });
            expect((await get(jwt(), { authorization: token })).status).to.equal(200);
        });

        const scopes: [granted: Record<string, unknown>, needed: string[], status: number][] = [
            [{ scope: "a b" }, ["b", "c"], 200],
            [{ scp: ["c"] }, ["b", "c"], 200],
            [{ scope: "a" }, ["b"], 403],
            [{}, ["b"], 403],
        ];
        for (const [granted, needed, status] of scopes) {
            it(`answers ${status} to ${JSON.stringify(granted)} on a route for ${needed.join(" or ")}`, async () => {
                const response = await get(jwt(needed), { authorization: await sign(granted) });
                expect(response.status).to.equal(status);
                if (status !== 403) return;
                expect(await response.text()).to.equal('{"message":"Forbidden"}');
                expect(response.headers.get("www-authenticate")).to.contain('error="insufficient_scope"');
            });
        }

        it("answers 401 when the issuer cannot be reached", async () => {
            const authorization = jwt([], "$request.header.Authorization", "http://127.0.0.1:1");
            expect((await get(authorization, { authorization: await sign({}) })).status).to.equal(401);
        });
    });

    describe("by a function", () => {
        const authorizer: RequestAuthorizer = {
            id: "keys",
            functionArn: "authorizer",
            identitySources: ["$request.header.x-api-key"],
            simpleResponses: true,
            resultTtlSeconds: 0,
        };
        const custom = (parts: Partial<RequestAuthorizer> = {}): Authorization => ({
            type: "CUSTOM",
            authorizer: { ...authorizer, ...parts },
        });
        const withKey = (key: string) => ({ headers: { "x-api-key": key } });
        const asked = ({ made }: TestApi) => made.filter(({ input }) => input["FunctionName"] === "authorizer");

        it("asks with the event, as the authorizer, and hands its context to the integration", async () => {
            let event: Record<string, unknown> = {};
            const decide = (given: Record<string, unknown>) => {
                event = given;
                return { isAuthorized: true, context: { client: "acme", level: 3 } };
            };
            const routes = [route("POST /pets/{petId}", { authorization: custom() })];
            const running = await serve({ routes, functions: { echo, authorizer: decide } });
            const response = await fetch(`${running.url}/pets/7?x=1`, {
                method: "POST",
                body: "secret",
                ...withKey("k"),
            });
            expect(await authorizerSeen(response)).to.deep.equal({ lambda: { client: "acme", level: 3 } });
            expect(event).to.deep.include({
                version: "2.0",
                type: "REQUEST",
                routeArn: `${apiArn}/$default/POST/pets/{petId}`,
                identitySource: ["k"],
                routeKey: "POST /pets/{petId}",
                rawPath: "/pets/7",
                queryStringParameters: { x: "1" },
                pathParameters: { petId: "7" },
            });
            expect(event).not.to.have.any.keys("body", "isBase64Encoded");
            const sourceArn = `${apiArn}/authorizers/keys`;
            expect(asked(running)[0]?.principal).to.deep.equal({
                kind: "service",
                service: "apigateway.amazonaws.com",
                sourceArn,
            });
        });

        it("answers 401 without asking when an identity source is missing", async () => {
            const routes = [route("GET /pets", { authorization: custom() })];
            const running = await serve({ routes, functions: { echo, authorizer: () => ({ isAuthorized: true }) } });
            const response = await fetch(`${running.url}/pets`);
            expect([response.status, await response.text()]).to.deep.equal([401, '{"message":"Unauthorized"}']);
            expect(running.made).to.deep.equal([]);
        });

        const policy = (Effect: string, Resource: string) => ({
            principalId: "ann",
            policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect, Resource }] },
            context: {},
        });
        const answers: [title: string, simpleResponses: boolean, answer: unknown, status: number][] = [
            ["isAuthorized", true, { isAuthorized: true }, 200],
            ["not isAuthorized", true, { isAuthorized: false }, 403],
            ["a simple response without isAuthorized", true, {}, 500],
            ["a policy where a simple response is due", true, policy("Allow", "*"), 500],
            ["an allowing policy", false, policy("Allow", `${apiArn}/*/GET/pets`), 200],
            ["a policy for another route", false, policy("Allow", `${apiArn}/*/GET/cats`), 403],
            ["a denying policy", false, policy("Deny", "*"), 403],
            ["a simple response where a policy is due", false, { isAuthorized: true }, 500],
            ["the error Unauthorized", true, new Thrown("Unauthorized"), 401],
            ["another error", true, new Thrown("no database"), 500],
        ];
        for (const [title, simpleResponses, answer, status] of answers) {
            it(`answers ${status} to ${title}`, async () => {
                const routes = [route("GET /pets", { authorization: custom({ simpleResponses }) })];
                const { url } = await serve({ routes, functions: { echo, authorizer: () => answer } });
                expect((await fetch(`${url}/pets`, withKey("k"))).status).to.equal(status);
            });
        }

        it("answers 500 when it may not ask", async () => {
            const { url, traced } = await serve({
                routes: [route("GET /pets", { authorization: custom() })],
                functions: { echo },
            });
            expect((await fetch(`${url}/pets`, withKey("k"))).status).to.equal(500);
            expect(traced.some(({ what, text }) => what === "failure" && text === "Function not found")).to.equal(true);
        });

        it("remembers an answer for its time to live by the identity sources, on all routes", async () => {
            const authorization = custom({ resultTtlSeconds: 60 });
            const routes = [route("GET /pets", { authorization }), route("GET /cats", { authorization })];
            const decide = ({ identitySource }: Record<string, unknown>) => ({
                isAuthorized: String(identitySource) === "good",
            });
            const running = await serve({ routes, functions: { echo, authorizer: decide } });
            const statuses: number[] = [];
            for (const [path, key] of [
                ["pets", "good"],
                ["cats", "good"],
                ["pets", "bad"],
                ["pets", "bad"],
                ["pets", "good"],
            ]) {
                statuses.push((await fetch(`${running.url}/${path}`, withKey(key ?? ""))).status);
            }
            expect(statuses).to.deep.equal([200, 200, 403, 403, 200]);
            expect(asked(running)).to.have.length(2);
        });

        it("asks a remembered policy again for each route", async () => {
            const authorization = custom({ resultTtlSeconds: 60, simpleResponses: false });
            const routes = [route("GET /pets", { authorization }), route("GET /cats", { authorization })];
            const running = await serve({
                routes,
                functions: { echo, authorizer: () => policy("Allow", `${apiArn}/*/GET/pets`) },
            });
            expect((await fetch(`${running.url}/pets`, withKey("k"))).status).to.equal(200);
            expect((await fetch(`${running.url}/cats`, withKey("k"))).status).to.equal(403);
            expect(asked(running)).to.have.length(1);
        });

        it("asks for each route where the route key is an identity source", async () => {
            const authorization = custom({
                resultTtlSeconds: 60,
                identitySources: ["$request.header.x-api-key", "$context.routeKey"],
            });
            const routes = [route("GET /pets", { authorization }), route("GET /cats", { authorization })];
            const running = await serve({ routes, functions: { echo, authorizer: () => ({ isAuthorized: true }) } });
            for (const path of ["pets", "cats", "pets"]) await fetch(`${running.url}/${path}`, withKey("k"));
            expect(asked(running)).to.have.length(2);
        });

        it("remembers nothing with a time to live of 0", async () => {
            const routes = [route("GET /pets", { authorization: custom() })];
            const running = await serve({ routes, functions: { echo, authorizer: () => ({ isAuthorized: true }) } });
            for (let count = 0; count < 3; count++) await fetch(`${running.url}/pets`, withKey("k"));
            expect(asked(running)).to.have.length(3);
        });
    });

    describe("by IAM", () => {
        const roleArn = "arn:aws:iam::000000000000:role/caller";
        const access = new Access({ account: "000000000000" });
        const credentials = access.credentialsOf(roleArn, "test");
        const routes = [route("ANY /pets/{proxy+}", { authorization: { type: "AWS_IAM" } })];

        function allow(...resources: string[]): void {
            const Statement = resources.map((Resource) => ({
                Effect: "Allow" as const,
                Action: "execute-api:Invoke",
                Resource,
            }));
            access.defineRole({ arn: roleArn, policies: [{ Version: "2012-10-17", Statement }] });
        }

        /** A request signed by the SDK's own signer, and then changed by `change`. */
        async function signed(
            url: string,
            {
                method = "GET",
                body,
                service = "execute-api",
                secret = credentials.secretAccessKey,
                at = new Date(),
            }: { method?: string; body?: string; service?: string; secret?: string; at?: Date } = {},
        ) {
            const { hostname, host, pathname, searchParams } = new URL(url);
            const signer = new SignatureV4({
                service,
                region: "eu-west-1",
                credentials: { ...credentials, secretAccessKey: secret },
                sha256: Sha256,
            });
            const query: Record<string, string[]> = {};
            for (const name of searchParams.keys()) query[name] = searchParams.getAll(name);
            const request = await signer.sign(
                {
                    method,
                    protocol: "http:",
                    hostname,
                    path: pathname,
                    query,
                    headers: { host, "content-type": "application/json" },
                    ...(body !== undefined && { body }),
                },
                { signingDate: at },
            );
            return { method, headers: request.headers, ...(body !== undefined && { body }) };
        }

        it("lets a signer pass that a policy allows the path, and shows its identity", async () => {
            allow(`${apiArn}/$default/POST/pets/*`);
            const { url } = await serve({ routes, callers: access, functions: { echo } });
            const target = `${url}/pets/a%20b/c?b=2&a=1&a=%26%20x`;
            const response = await fetch(target, await signed(target, { method: "POST", body: '{"a":1}' }));
            expect(await authorizerSeen(response)).to.deep.equal({
                iam: {
                    accessKey: credentials.accessKeyId,
                    accountId: "000000000000",
                    callerId: "caller:test",
                    cognitoIdentity: null,
                    principalOrgId: null,
                    userArn: "arn:aws:sts::000000000000:assumed-role/caller/test",
                    userId: "caller:test",
                },
            });
        });

        it("checks the stage of a named stage", async () => {
            allow(`${apiArn}/prod/GET/pets/1`);
            const { url } = await serve({
                routes,
                stages: [stage("prod"), stage("$default")],
                callers: access,
                functions: { echo },
            });
            expect((await fetch(`${url}/prod/pets/1`, await signed(`${url}/prod/pets/1`))).status).to.equal(200);
            expect((await fetch(`${url}/pets/1`, await signed(`${url}/pets/1`))).status).to.equal(403);
        });

        const refusals: [title: string, request: (target: string) => Promise<RequestInit>][] = [
            ["is not signed", async () => ({})],
            ["is signed with a wrong secret", (target) => signed(target, { secret: "wrong" })],
            ["is signed for another service", (target) => signed(target, { service: "sqs" })],
            ["is signed too long ago", (target) => signed(target, { at: new Date(Date.now() - 6 * 60_000) })],
            [
                "has another body than was signed",
                async (target) => ({ ...(await signed(target, { method: "POST", body: "a" })), body: "b" }),
            ],
            ["has another path than was signed", (target) => signed(`${target}/more`)],
            ["has another query than was signed", (target) => signed(`${target}?a=1`)],
        ];
        for (const [title, request] of refusals) {
            it(`answers 403 to a request that ${title}`, async () => {
                allow(`${apiArn}/*`);
                const { url, made } = await serve({ routes, callers: access, functions: { echo } });
                const response = await fetch(`${url}/pets/1`, await request(`${url}/pets/1`));
                expect([response.status, await response.text()]).to.deep.equal([403, '{"message":"Forbidden"}']);
                expect(made).to.deep.equal([]);
            });
        }

        it("answers 403, traced as denied, to a signer that no policy allows it", async () => {
            allow(`${apiArn}/$default/GET/cats`);
            const { url, traced } = await serve({ routes, callers: access, functions: { echo } });
            expect((await fetch(`${url}/pets/1`, await signed(`${url}/pets/1`))).status).to.equal(403);
            expect(traced.find(({ what }) => what === "denied")?.text).to.contain("execute-api:Invoke");
        });
    });

    it("leaves an open route without an authorizer in its event", async () => {
        const { url } = await serve({ routes: [route("GET /pets", { integration: lambda() })], functions: { echo } });
        expect(await authorizerSeen(await fetch(`${url}/pets`))).to.equal(undefined);
    });
});
