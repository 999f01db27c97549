// biome-ignore-all lint/suspicious/noTemplateCurlyInString: API Gateway writes its expressions like this.
import { connect } from "node:net";
import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import { InvalidHttpApiError } from "../../src/http/api.ts";
import type { CorsConfiguration, Integration } from "../../src/http/definition.ts";
import { echo, lambda, route, serving, stage } from "./testApi.ts";

async function seen(response: Response) {
    return [response.status, await response.text()];
}

describe("an HTTP API", () => {
    const serve = serving();

    describe("answers itself", () => {
        it("404 where no route matches, also for another method of a route", async () => {
            const { url } = await serve({ routes: [route("GET /pets")], functions: { echo } });
            expect(await seen(await fetch(`${url}/cats`))).to.deep.equal([404, '{"message":"Not Found"}']);
            expect(await seen(await fetch(`${url}/pets`, { method: "POST" }))).to.deep.equal([
                404,
                '{"message":"Not Found"}',
            ]);
        });

        it("404 where no stage is", async () => {
            const { url } = await serve({ routes: [route("$default")], stages: [stage("prod")], functions: { echo } });
            expect((await fetch(`${url}/pets`)).status).to.equal(404);
            expect((await fetch(`${url}/prod/pets`)).status).to.equal(200);
            expect((await fetch(`${url}/prod`)).status).to.equal(200);
        });

        it("413 for a body above 10 MB, and takes one of 10 MB", async () => {
            const length = ({ body }: Record<string, unknown>) => ({
                length: Buffer.from(String(body), "base64").length,
            });
            const { url, made } = await serve({ routes: [route("$default")], functions: { echo: length } });
            const limit = 10 * 1024 * 1024;
            const post = (size: number) => fetch(url, { method: "POST", body: Buffer.alloc(size) });
            expect(await seen(await post(limit + 1))).to.deep.equal([413, '{"message":"Request Too Long"}']);
            expect(made).to.deep.equal([]);
            expect(await seen(await post(limit))).to.deep.equal([200, `{"length":${limit}}`]);
        });

        it("431 for a request line and headers above 10,240 bytes together, cookies among them", async () => {
            const { url, made } = await serve({ routes: [route("$default")], functions: { echo } });
            const sizeOf = (headers: Headers) =>
                [...headers].reduce((sum, [name, value]) => sum + `${name}${value}`.length, 0);
            for (const large of [{ cookie: "c".repeat(10_000) }, { a: "a".repeat(5_000), b: "b".repeat(5_000) }]) {
                const headers = new Headers(large);
                expect(sizeOf(headers)).to.be.below(10_240);
                expect((await fetch(url, { headers })).status, "just within").to.equal(200);
                headers.set("x-more", "x".repeat(240));
                const calls = made.length;
                const refused = await fetch(url, { method: "POST", headers, body: "{}" });
                expect(await seen(refused)).to.deep.equal([431, '{"message":"Request Header Fields Too Large"}']);
                expect(made).to.have.length(calls);
            }
            expect((await fetch(`${url}/${"p".repeat(10_000)}`)).status).to.equal(200);
            expect((await fetch(`${url}/${"p".repeat(10_240)}`)).status).to.equal(431);
        });

        it("503 when the integration takes longer than its time-out", async () => {
            const never = () => new Promise(() => {});
            const slow: Integration = { ...lambda(), timeoutMs: 50 };
            const { url } = await serve({
                routes: [route("$default", { integration: slow })],
                functions: { echo: never },
            });
            expect(await seen(await fetch(url))).to.deep.equal([503, '{"message":"Service Unavailable"}']);
        });

        for (const code of ["TooManyRequestsException", "AccessDeniedException", "ResourceNotFoundException"]) {
            it(`500 when Lambda refuses with ${code}`, async () => {
                const refuse = () => {
                    throw new AwsError(code, "no", 429);
                };
                const { url } = await serve({ routes: [route("$default")], functions: { echo: refuse } });
                expect(await seen(await fetch(url))).to.deep.equal([500, '{"message":"Internal Server Error"}']);
            });
        }

        it("500, traced as denied, when it may not invoke the function", async () => {
            const refuse = () => {
                throw new AwsError("AccessDeniedException", "not authorized to perform: lambda:InvokeFunction", 403);
            };
            const { url, traced } = await serve({ routes: [route("GET /pets")], functions: { echo: refuse } });
            expect((await fetch(`${url}/pets`)).status).to.equal(500);
            const denied = traced.filter(({ what }) => what === "denied");
            expect(denied.map(({ where }) => where)).to.deep.equal(["GET /pets"]);
            expect(denied[0]?.text).to.contain("lambda:InvokeFunction");
        });
    });

    it("forgets a request whose client goes away before its end", async () => {
        const { url, made, traced, close } = await serve({ routes: [route("$default")], functions: { echo } });
        const client = connect(Number(new URL(url).port), "127.0.0.1");
        client.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
        while (traced.length === 0) await new Promise(setImmediate);
        client.destroy();
        await close();
        expect(traced.map(({ what }) => what)).to.deep.equal(["request"]);
        expect(made).to.deep.equal([]);
    });

    it("invokes a function as itself, under the ARN of the route", async () => {
        const routes = [route("ANY /pets/{petId}"), route("$default")];
        const { url, made } = await serve({ routes, stages: [stage("$default"), stage("prod")], functions: { echo } });
        await fetch(`${url}/prod/pets/7`, { method: "PUT" });
        await fetch(`${url}/elsewhere`);
        const api = "arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5";
        expect(made.map(({ principal }) => principal)).to.deep.equal([
            { kind: "service", service: "apigateway.amazonaws.com", sourceArn: `${api}/prod/PUT/pets/{petId}` },
            { kind: "service", service: "apigateway.amazonaws.com", sourceArn: `${api}/$default/$default` },
        ]);
    });

    describe("with throttling", () => {
        it("answers 429 above the burst, for each route by itself", async () => {
            const throttled = { ...stage("$default"), throttle: { ratePerSecond: 0.001, burst: 2 } };
            const routes = [route("GET /a"), route("GET /b")];
            const { url } = await serve({ routes, stages: [throttled], functions: { echo } });
            const statuses: number[] = [];
            for (const path of ["a", "a", "a", "b"]) statuses.push((await fetch(`${url}/${path}`)).status);
            expect(statuses).to.deep.equal([200, 200, 429, 200]);
            expect(await seen(await fetch(`${url}/a`))).to.deep.equal([429, '{"message":"Too Many Requests"}']);
        });

        it("prefers a route's own limit", async () => {
            const routeThrottles = { "GET /a": { ratePerSecond: 0.001, burst: 1 } };
            const { url } = await serve({
                routes: [route("GET /a"), route("GET /b")],
                stages: [{ ...stage("$default"), routeThrottles }],
                functions: { echo },
            });
            const statuses: number[] = [];
            for (const path of ["a", "a", "b", "b"]) statuses.push((await fetch(`${url}/${path}`)).status);
            expect(statuses).to.deep.equal([200, 429, 200, 200]);
        });

        it("lets requests pass again at its rate", async () => {
            const throttled = { ...stage("$default"), throttle: { ratePerSecond: 50, burst: 1 } };
            const { url } = await serve({ routes: [route("GET /a")], stages: [throttled], functions: { echo } });
            expect((await fetch(`${url}/a`)).status).to.equal(200);
            let status = 429;
            while (status === 429) ({ status } = await fetch(`${url}/a`));
            expect(status).to.equal(200);
        });
    });

    describe("with CORS", () => {
        const cors: CorsConfiguration = {
            allowOrigins: ["https://shop.example"],
            allowMethods: ["GET", "POST"],
            allowHeaders: ["content-type"],
            exposeHeaders: ["location"],
            allowCredentials: true,
            maxAgeSeconds: 60,
        };
        const preflight = (origin: string) => ({
            method: "OPTIONS",
            headers: { origin, "access-control-request-method": "POST" },
        });

        it("answers a preflight without a route for it", async () => {
            const { url, made } = await serve({ cors, routes: [route("POST /pets")], functions: { echo } });
            const response = await fetch(`${url}/pets`, preflight("https://shop.example"));
            expect(await seen(response)).to.deep.equal([204, ""]);
            expect(Object.fromEntries(response.headers)).to.include({
                "access-control-allow-origin": "https://shop.example",
                "access-control-allow-methods": "GET,POST",
                "access-control-allow-headers": "content-type",
                "access-control-allow-credentials": "true",
                "access-control-max-age": "60",
            });
            expect(made).to.deep.equal([]);
        });

        it("allows nothing to another origin", async () => {
            const { url } = await serve({ cors, routes: [route("POST /pets")], functions: { echo } });
            const response = await fetch(`${url}/pets`, preflight("https://evil.example"));
            expect(response.status).to.equal(204);
            expect(response.headers.get("access-control-allow-origin")).to.equal(null);
        });

        it("has the preflight pass the authorizer of a route that takes OPTIONS requests", async () => {
            const routes = [route("$default", { authorization: { type: "AWS_IAM" } })];
            const { url } = await serve({ cors, routes, functions: { echo } });
            expect((await fetch(`${url}/pets`, preflight("https://shop.example"))).status).to.equal(403);
        });

        it("puts its headers on every answer, in place of the function's", async () => {
            const own = () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*", vary: "Accept" } });
            const { url } = await serve({ cors, routes: [route("GET /pets")], functions: { echo: own } });
            for (const path of ["pets", "nothing"]) {
                const response = await fetch(`${url}/${path}`, { headers: { origin: "https://shop.example" } });
                expect(response.headers.get("access-control-allow-origin")).to.equal("https://shop.example");
                expect(response.headers.get("access-control-expose-headers")).to.equal("location");
                expect(response.headers.get("vary")).to.contain("Origin");
            }
            const plain = await fetch(`${url}/pets`);
            expect(plain.headers.get("access-control-allow-origin")).to.equal(null);
        });

        const origins: [allowed: string, origin: string, answered: string | null][] = [
            ["*", "http://a.example", "*"],
            ["https://*", "https://a.example", "https://a.example"],
            ["https://*", "http://a.example", null],
            ["http://*", "http://localhost:3000", "http://localhost:3000"],
            ["http://localhost:3000", "http://localhost:3001", null],
        ];
        for (const [allowed, origin, answered] of origins) {
            it(`answers ${origin} with ${answered} when ${allowed} is allowed`, async () => {
                const open = { ...cors, allowOrigins: [allowed], allowCredentials: false };
                const { url } = await serve({ cors: open, routes: [route("GET /pets")], functions: { echo } });
                const response = await fetch(`${url}/pets`, { headers: { origin } });
                expect(response.headers.get("access-control-allow-origin")).to.equal(answered);
            });
        }
    });

    describe("with an access log", () => {
        const accessLogFormat = JSON.stringify({
            id: "$context.requestId",
            call: "$context.httpMethod $context.path $context.routeKey $context.stage",
            status: "$context.status",
            length: "$context.responseLength",
            integration: "$context.integrationStatus",
            error: "$context.error.message",
            integrationError: "$context.integrationErrorMessage",
            unknown: "$context.nothing",
        });

        it("writes one line a request, with a dash for what is not known", async () => {
            const { url, logged } = await serve({
                routes: [route("GET /pets/{petId}")],
                stages: [{ ...stage("$default"), accessLogFormat }],
                functions: { echo: () => ({ statusCode: 201, body: "12345" }) },
            });
            const response = await fetch(`${url}/pets/7`);
            expect(logged.map((line) => JSON.parse(line))).to.deep.equal([
                {
                    id: response.headers.get("apigw-requestid"),
                    call: "GET /pets/7 GET /pets/{petId} $default",
                    status: "201",
                    length: "5",
                    integration: "201",
                    error: "-",
                    integrationError: "-",
                    unknown: "-",
                },
            ]);
        });

        it("logs reasons that the client does not receive", async () => {
            const { url, logged } = await serve({
                routes: [route("GET /pets")],
                stages: [{ ...stage("$default"), accessLogFormat }],
                functions: { echo: () => ({ statusCode: "none" }) },
            });
            await fetch(`${url}/pets`);
            await fetch(`${url}/nothing`);
            const [failed, missing] = logged.map((line) => JSON.parse(line));
            expect(failed).to.include({ status: "500", error: "Internal Server Error", integration: "-" });
            expect(failed.integrationError).to.contain('statusCode is "none"');
            expect(missing).to.include({ status: "404", error: "Not Found", call: "GET /nothing - $default" });
        });
    });

    describe("with the integration SQS-SendMessage", () => {
        const queue = "http://127.0.0.1:4566/000000000000/intake";
        const integration = (parts: Partial<Extract<Integration, { kind: "SQS-SendMessage" }>> = {}): Integration => ({
            kind: "SQS-SendMessage",
            credentialsArn: "arn:aws:iam::000000000000:role/front",
            requestParameters: { QueueUrl: queue, MessageBody: "$request.body" },
            timeoutMs: 5000,
            responseParameters: {},
            ...parts,
        });
        const post = (url: string, body: string | null, headers: Record<string, string> = {}) =>
            fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

        it("sends as the role that it names, and answers as SQS does", async () => {
            const { url, made } = await serve({ routes: [route("POST /pets", { integration: integration() })] });
            const response = await post(`${url}/pets`, '{"name":"Rex"}');
            expect(response.status).to.equal(200);
            expect(response.headers.get("content-type")).to.equal("text/xml");
            expect(await response.text()).to.contain("<MessageId>5fea7756-0ea4-451a-a703-a558b933e274</MessageId>");
            const { principal, service, action, input } = made[0] ?? {};
            expect(principal).to.deep.include({ kind: "role", roleArn: "arn:aws:iam::000000000000:role/front" });
            expect([service, action]).to.deep.equal(["sqs", "SendMessage"]);
            expect(input).to.deep.equal({ QueueUrl: queue, MessageBody: '{"name":"Rex"}' });
        });

        it("maps parts of the request, alone and inside a text", async () => {
            const requestParameters = {
                QueueUrl: queue,
                MessageBody: "$request.body.pet.name",
                DelaySeconds: "$request.querystring.delay",
                MessageGroupId: "${request.path.petId}-${request.header.X-Kind}-${request.header.missing}",
                MessageDeduplicationId: "$request.header.missing",
                MessageAttributes: JSON.stringify({
                    request: { DataType: "String", StringValue: "${context.requestId}" },
                    shop: { DataType: "String", StringValue: "${stageVariables.shop}" },
                }),
                Region: "eu-west-1",
            };
            const { url, made } = await serve({
                routes: [route("POST /pets/{petId}", { integration: integration({ requestParameters }) })],
                stages: [{ ...stage("$default"), variables: { shop: "berlin" } }],
            });
            const response = await post(`${url}/pets/7?delay=3`, '{"pet":{"name":"Rex"}}', { "x-kind": "dog" });
            expect(made[0]?.input).to.deep.equal({
                QueueUrl: queue,
                MessageBody: "Rex",
                DelaySeconds: 3,
                MessageGroupId: "7-dog-",
                MessageAttributes: {
                    request: { DataType: "String", StringValue: response.headers.get("apigw-requestid") },
                    shop: { DataType: "String", StringValue: "berlin" },
                },
            });
        });

        it("changes the answer as the response parameters of its status say", async () => {
            const responseParameters = {
                "200": {
                    "overwrite:statuscode": "202",
                    "overwrite:header.content-type": "text/plain",
                    "append:header.x-request": "$context.requestId",
                    "append:header.X-Fixed": "${request.path.petId}!",
                    "remove:header.x-nothing": "''",
                },
                "403": { "overwrite:statuscode": "503", "append:header.retry-after": "30" },
            };
            let refuse = false;
            const { url } = await serve({
                routes: [route("POST /pets/{petId}", { integration: integration({ responseParameters }) })],
                send: () => {
                    if (refuse) throw new AwsError("AccessDenied", "not authorized to perform: sqs:SendMessage", 403);
                },
            });
            const taken = await post(`${url}/pets/7`, "{}");
            expect(taken.status).to.equal(202);
            expect(taken.headers.get("content-type")).to.equal("text/plain");
            expect(taken.headers.get("x-request")).to.equal(taken.headers.get("apigw-requestid"));
            expect(taken.headers.get("x-fixed")).to.equal("7!");
            refuse = true;
            const refused = await post(`${url}/pets/7`, "{}");
            expect(refused.status).to.equal(503);
            expect(refused.headers.get("retry-after")).to.equal("30");
            expect(await refused.text()).to.contain("<Code>AccessDenied</Code>");
        });

        it("hands on what SQS refuses, traced as denied when the role may not send", async () => {
            const refuse = () => {
                throw new AwsError("AccessDenied", "not authorized to perform: sqs:SendMessage", 403);
            };
            const { url, traced } = await serve({
                routes: [route("POST /pets", { integration: integration() })],
                send: refuse,
            });
            const response = await post(`${url}/pets`, "{}");
            expect(response.status).to.equal(403);
            expect(await response.text()).to.contain("<Code>AccessDenied</Code>");
            expect(traced.filter(({ what }) => what === "denied").map(({ where }) => where)).to.deep.equal([
                "POST /pets",
            ]);
        });

        it("answers 400 for an empty body, which is no message", async () => {
            const { url, made } = await serve({ routes: [route("POST /pets", { integration: integration() })] });
            const response = await post(`${url}/pets`, null);
            expect(response.status).to.equal(400);
            expect(await response.text()).to.contain("MessageBody");
            expect(made).to.deep.equal([]);
        });

        const invalid: [fault: string, integration: Integration][] = [
            ["MessageBody is missing", integration({ requestParameters: { QueueUrl: queue } })],
            [
                '"Colour" is no request parameter',
                integration({ requestParameters: { QueueUrl: queue, MessageBody: "x", Colour: "x" } }),
            ],
            ['"status" is no response parameter', integration({ responseParameters: { "200": { status: "202" } } })],
            [
                "x-amzn-trace-id are restricted",
                integration({ responseParameters: { "200": { "append:header.x-amzn-trace-id": "x" } } }),
            ],
        ];
        for (const [fault, faulty] of invalid) {
            it(`is refused when ${fault}`, async () => {
                const error = await serve({ routes: [route("POST /pets", { integration: faulty })] }).catch(
                    (thrown) => thrown,
                );
                expect(error).to.be.instanceOf(InvalidHttpApiError);
                expect(error.message).to.contain(fault);
            });
        }
    });
});
