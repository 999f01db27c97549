import { expect } from "chai";
import { route, serveApi, type TestApi, Thrown } from "./testApi.ts";

describe("the answer to what a function returned", () => {
    let api: TestApi;
    let returned: unknown;
    before(async () => {
        api = await serveApi({ routes: [route("$default")], functions: { echo: () => returned } });
    });
    after(() => api.close());

    async function answerTo(value: unknown) {
        returned = value;
        const response = await fetch(api.url);
        return {
            status: response.status,
            type: response.headers.get("content-type"),
            body: await response.text(),
            response,
        };
    }

    const json = "application/json";
    const text = "text/plain; charset=utf-8";
    const cases: [title: string, returned: unknown, status: number, type: string | null, body: string][] = [
        ["an object without statusCode is the JSON body", { message: "hi" }, 200, json, '{"message":"hi"}'],
        ["a text is the body", "hello", 200, json, "hello"],
        ["a number is the JSON body", 42, 200, json, "42"],
        ["a list is the JSON body", [1, 2], 200, json, "[1,2]"],
        ["nothing is null", undefined, 200, json, "null"],
        ["statusCode alone is an empty answer", { statusCode: 201 }, 201, text, ""],
        ["statusCode may be a text", { statusCode: "202", body: "x" }, 202, text, "x"],
        [
            "the content type is the function's",
            { statusCode: 200, headers: { "Content-Type": "text/html" }, body: "<p>" },
            200,
            "text/html",
            "<p>",
        ],
        ["base64 is decoded", { statusCode: 200, body: "aGk=", isBase64Encoded: true }, 200, text, "hi"],
        ["a body that is null is none", { statusCode: 200, body: null }, 200, text, ""],
    ];
    for (const [title, value, status, type, body] of cases) {
        it(title, async () => {
            expect(await answerTo(value)).to.deep.include({ status, type, body });
        });
    }

    const malformed: [title: string, returned: unknown][] = [
        ["statusCode is no status", { statusCode: "fine" }],
        ["statusCode is out of range", { statusCode: 1000 }],
        ["statusCode is that of an interim answer", { statusCode: 100 }],
        ["statusCode is a fraction", { statusCode: 200.5 }],
        ["body is an object", { statusCode: 200, body: { a: 1 } }],
        ["headers is a text", { statusCode: 200, headers: "x" }],
        ["a header is an object", { statusCode: 200, headers: { a: {} } }],
        ["a header breaks the line", { statusCode: 200, headers: { a: "b\r\nc: d" } }],
        ["cookies is a text", { statusCode: 200, cookies: "a=1" }],
        ["the function threw", new Thrown("boom")],
    ];
    for (const [title, value] of malformed) {
        it(`is 500 when ${title}`, async () => {
            expect(await answerTo(value)).to.deep.include({
                status: 500,
                type: json,
                body: '{"message":"Internal Server Error"}',
            });
        });
    }

    it("carries headers as texts and each cookie in a header of its own", async () => {
        const headers = { "X-Number": 7, "X-True": true, Connection: "close", "Transfer-Encoding": "chunked" };
        const { response } = await answerTo({ statusCode: 200, headers, cookies: ["a=1; Path=/", "b=2"] });
        expect(response.headers.get("x-number")).to.equal("7");
        expect(response.headers.get("x-true")).to.equal("true");
        expect(response.headers.get("transfer-encoding")).to.equal(null);
        expect(response.headers.getSetCookie()).to.deep.equal(["a=1; Path=/", "b=2"]);
    });

    it("tells the trace, not the client, why a function failed", async () => {
        api.traced.length = 0;
        await answerTo(new Thrown("out of stock"));
        const failures = api.traced.filter(({ what }) => what === "failure");
        expect(failures).to.have.length(1);
        expect(failures[0]?.text).to.contain("out of stock");
    });
});
