import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import { type ApiRequest, parseAuthorization, Sha256, signatureFault } from "embedded-aws/testing";
import fc from "fast-check";
import { encoded, type Signable, signatureOf } from "../src/signature.ts";

const text = fc.string({ unit: "binary" });
const word = fc.stringMatching(/^\w+$/);
const credentials = fc.record(
    { accessKeyId: word, secretAccessKey: text, sessionToken: word },
    { requiredKeys: ["accessKeyId", "secretAccessKey"] },
);
/** Some of them proxies may change: they are not signed. */
const headerName = fc.oneof(
    fc.stringMatching(/^h[a-z0-9-]{0,20}$/),
    fc.constantFrom("user-agent", "x-amzn-trace-id", "expect", "sec-fetch", "proxy-to", "connection", "x-amz-target"),
);
const segment = fc.oneof(text, fc.constantFrom("..", ".", "", "a b", "!'()*", "%2F"));
const request: fc.Arbitrary<Signable> = fc.record({
    method: fc.constantFrom("POST", "GET"),
    path: fc.array(segment).map((segments) => `/${segments.map(encoded).join("/")}`),
    // The SDK loses a parameter named __proto__.
    query: fc.dictionary(
        text.filter((name) => name !== "__proto__"),
        fc.oneof(text, fc.array(text)),
        { noNullPrototype: true },
    ),
    headers: fc
        .dictionary(headerName, fc.string({ unit: fc.constantFrom("a", " ", "\t", "=", "é") }), {
            noNullPrototype: true,
        })
        .map((headers) => ({ host: "sqs.eu-west-1.amazonaws.com", ...headers })),
    body: text,
});
const date = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });

describe("the signature of a request", () => {
    it("is that of @smithy/signature-v4, for every request, signer and time", async () => {
        const region = fc.constantFrom("eu-west-1", "us-gov-west-1");
        const service = fc.constantFrom("sqs", "dynamodb");
        const same = fc.asyncProperty(request, credentials, date, region, service, async (asked, by, at, ...of) => {
            const signer = { region: of[0], service: of[1], credentials: by };
            const query = Object.fromEntries(
                Object.entries(asked.query).map(([name, value]) => [
                    name,
                    typeof value === "string" ? value : [...value],
                ]),
            );
            const official = await new SignatureV4({ ...signer, sha256: Sha256 }).sign(
                { ...asked, headers: { ...asked.headers }, query, protocol: "https:", hostname: "" },
                { signingDate: at },
            );
            expect({ ...asked.headers, ...signatureOf(asked, signer, at) }).to.deep.equal(official.headers);
        });
        await fc.assert(same, { numRuns: 500 });
    });

    it("is accepted by the embedded cloud, unless the body was changed or a clock is wrong", async () => {
        const plain = fc.record({ asked: request, by: credentials, at: date });
        const checked = fc.asyncProperty(plain, async ({ asked, by, at }) => {
            const signer = { service: "execute-api", region: "eu-west-1", credentials: by };
            const signature = signatureOf(asked, signer, at);
            const given = parseAuthorization(signature.authorization);
            if (given === undefined) throw new Error(`not read: ${signature.authorization}`);
            const faultOf = (body: string, receivedAt: number) =>
                signatureFault(
                    received({ ...asked, body, headers: { ...asked.headers, ...signature } }, receivedAt),
                    given,
                    by.secretAccessKey,
                );
            expect(await faultOf(asked.body, at.getTime())).to.equal(undefined);
            expect(await faultOf(`${asked.body}!`, at.getTime())).to.include("hash of the body");
            for (const wrong of [-302_000, 302_000]) {
                expect(await faultOf(asked.body, at.getTime() + wrong)).to.include("expired");
            }
        });
        await fc.assert(checked, { numRuns: 100 });
    });
});

/** As it arrives. */
function received({ method, path, query, headers, body }: Signable, receivedAt: number): ApiRequest {
    const pairs = Object.entries(query).flatMap(([name, values]) =>
        [values].flat().map((value) => `${encoded(name)}=${encoded(value)}`),
    );
    return {
        ...{
            method,
            headers,
            receivedAt,
            id: "1",
            cookies: [],
            query: undefined,
            sourceIp: "127.0.0.1",
            protocol: "HTTP/1.1",
        },
        encodedPath: path,
        rawQueryString: pairs.join("&"),
        body: Buffer.from(body),
    };
}
