import { request as send } from "node:http";
import { expect } from "chai";
import fc from "fast-check";
import { isText } from "../../src/http/event.ts";
import { readHeaders, readQuery } from "../../src/http/request.ts";
import { echo, route, serveApi, stage, type TestApi } from "./testApi.ts";

interface Echoed {
    readonly [field: string]: unknown;
    readonly headers: Record<string, string>;
    readonly requestContext: Record<string, unknown> & { readonly http: Record<string, string> };
}

async function echoed(response: Response): Promise<Echoed> {
    expect(response.status).to.equal(200);
    return response.json() as Promise<Echoed>;
}

describe("the event of an HTTP API (payload format 2.0)", () => {
    let api: TestApi;
    before(async () => {
        const prod = { ...stage("prod"), variables: { color: "blue" } };
        const routes = [route("POST /orders/{orderId}"), route("GET /search"), route("$default")];
        api = await serveApi({ routes, stages: [stage("$default"), prod], functions: { echo } });
    });
    after(() => api.close());

    it("describes the request as API Gateway does", async () => {
        const startedAt = Date.now();
        const event = await echoed(
            await fetch(`${api.url}/orders/a%20b?x=1&x=2&y=%26&z`, {
                method: "POST",
                headers: {
                    "content-type": "application/json",
                    cookie: "a=1; b=2",
                    "user-agent": "test/1",
                    "X-Mixed": "Yes",
                },
                body: '{"ü":1}',
            }),
        );
        const { headers, requestContext, ...rest } = event;
        expect(rest).to.deep.equal({
            version: "2.0",
            routeKey: "POST /orders/{orderId}",
            rawPath: "/orders/a b",
            rawQueryString: "x=1&x=2&y=%26&z",
            cookies: ["a=1", "b=2"],
            queryStringParameters: { x: "1,2", y: "&", z: "" },
            pathParameters: { orderId: "a b" },
            body: '{"ü":1}',
            isBase64Encoded: false,
        });
        expect(headers).to.include({
            "content-type": "application/json",
            "x-mixed": "Yes",
            "x-forwarded-for": "127.0.0.1",
            "x-forwarded-proto": "http",
            host: new URL(api.url).host,
        });
        expect(headers).not.to.have.property("cookie");
        expect(headers["x-amzn-trace-id"]).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
        const { requestId, time, timeEpoch, ...context } = requestContext;
        expect(context).to.deep.equal({
            accountId: "000000000000",
            apiId: "a1b2c3d4e5",
            domainName: "127.0.0.1",
            domainPrefix: "a1b2c3d4e5",
            http: {
                method: "POST",
                path: "/orders/a b",
                protocol: "HTTP/1.1",
                sourceIp: "127.0.0.1",
                userAgent: "test/1",
            },
            routeKey: "POST /orders/{orderId}",
            stage: "$default",
        });
        expect(timeEpoch).to.be.within(startedAt, Date.now());
        expect(time).to.match(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
        expect(requestId).to.be.a("string");
    });

    it("has the request id of the header apigw-requestid", async () => {
        const response = await fetch(`${api.url}/search`);
        const id = response.headers.get("apigw-requestid");
        expect(id).to.match(/^[\w-]{15}=$/);
        expect((await echoed(response)).requestContext).to.have.property("requestId", id);
    });

    it("leaves out what the request does not have", async () => {
        const event = await echoed(await fetch(`${api.url}/search`));
        expect(event).not.to.have.any.keys(
            "body",
            "cookies",
            "queryStringParameters",
            "pathParameters",
            "stageVariables",
        );
        expect(event).to.include({ rawQueryString: "", isBase64Encoded: false });
    });

    it("shows a named stage in rawPath, and its variables", async () => {
        const event = await echoed(await fetch(`${api.url}/prod/search`));
        expect(event).to.deep.include({
            rawPath: "/prod/search",
            routeKey: "GET /search",
            stageVariables: { color: "blue" },
        });
        expect(event.requestContext).to.have.property("stage", "prod");
        expect(event.requestContext.http).to.have.property("path", "/prod/search");
    });

    it("answers a path whose encoding is malformed with 400", async () => {
        const response = await fetch(`${api.url}/%zz`);
        expect([response.status, await response.json()]).to.deep.equal([400, { message: "Bad Request" }]);
    });

    const types: [contentType: string, text: boolean][] = [
        ["application/json", true],
        ["application/json; charset=utf-8", true],
        ["Application/JSON", true],
        ["text/csv", true],
        ["application/xml", true],
        ["application/javascript", true],
        ["application/jsonl", false],
        ["application/problem+json", false],
        ["application/x-www-form-urlencoded", false],
        ["application/octet-stream", false],
        ["image/png", false],
        ["multipart/form-data; boundary=x", false],
    ];
    for (const [contentType, text] of types) {
        it(`hands over ${contentType} as ${text ? "text" : "base64"}`, async () => {
            const event = await echoed(
                await fetch(`${api.url}/upload`, {
                    method: "PUT",
                    headers: { "content-type": contentType },
                    body: Buffer.from("grüße"),
                }),
            );
            const body = text ? "grüße" : Buffer.from("grüße").toString("base64");
            expect(event).to.include({ body, isBase64Encoded: !text });
        });
    }

    it("takes a body without a content type for binary", () => {
        expect(isText(undefined)).to.equal(false);
    });

    it("joins repeated headers with commas", async () => {
        const event = await new Promise<Echoed>((resolve, reject) => {
            const request = send(`${api.url}/search`, { headers: { "x-many": ["a", "b"] } }, async (response) => {
                resolve(JSON.parse(Buffer.concat(await response.toArray()).toString()));
            });
            request.on("error", reject).end();
        });
        expect(event.headers).to.have.property("x-many", "a,b");
    });
});

describe("reading queries and headers", () => {
    it("gives each query parameter as it was before encoding", () => {
        const entries = fc.array(
            fc.tuple(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" })),
        );
        fc.assert(
            fc.property(entries, (pairs) => {
                const raw = pairs
                    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
                    .join("&");
                const expected = new Map<string, string>();
                for (const [name, value] of pairs) {
                    const earlier = expected.get(name);
                    expected.set(name, earlier === undefined ? value : `${earlier},${value}`);
                }
                expect(new Map(Object.entries(readQuery(raw) ?? {}))).to.deep.equal(expected);
            }),
        );
    });

    it("reads any text as a query without failing", () => {
        fc.assert(fc.property(fc.string({ unit: "binary" }), (raw) => void readQuery(raw)));
    });

    it("keeps every header value, in order, under its lower-case name", () => {
        const names = fc.constantFrom("X-One", "x-one", "X-TWO", "__proto__", "constructor");
        const values = fc.string({ unit: fc.constantFrom(..."abc-=") });
        fc.assert(
            fc.property(fc.array(fc.tuple(names, values)), (pairs) => {
                const { headers } = readHeaders(pairs.flat());
                for (const name of new Set(pairs.map(([given]) => given.toLowerCase()))) {
                    const given = pairs.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
                    expect(new Map(Object.entries(headers)).get(name)).to.equal(given.join(","));
                }
            }),
        );
    });
});
