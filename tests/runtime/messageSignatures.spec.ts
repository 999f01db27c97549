import { createHmac, createPublicKey, generateKeyPairSync, sign as signed, verify as verified } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { isInnerList } from "structured-headers";
import { contentDigest, isDigestOf } from "../../runtime/shared/signing/digest.ts";
import { type Jwk, publishedJwk, thumbprint } from "../../runtime/shared/signing/jwk.ts";
import { type HttpMessage, signatureBase } from "../../runtime/shared/signing/message.ts";
import { DerError, rawSignature } from "../../runtime/shared/signing/rawSignature.ts";
import { type SignatureHeaders, signatureHeaders } from "../../runtime/shared/signing/sign.ts";
import { dictionaryIn, StructuredFieldError } from "../../runtime/shared/signing/structured.ts";
import { signedBy } from "../../runtime/shared/signing/verify.ts";
import { signatureFault } from "./support/signatureFault.ts";

/** RFC 9421, appendix B.1.3. */
const published: Jwk = {
    kid: "test-key-ecc-p256",
    kty: "EC",
    crv: "P-256",
    x: "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
    y: "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
};

/** RFC 9421, appendix B.2.4: a response. */
const response: HttpMessage = {
    status: 200,
    headers: {
        date: "Tue, 20 Apr 2021 02:07:56 GMT",
        "content-type": "application/json",
        "content-digest":
            "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:",
        "content-length": "23",
        "signature-input":
            'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
        signature: "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:",
    },
};

/** RFC 9421, section 4.3: a request, before a proxy adds a signature of another algorithm. */
const request: HttpMessage = {
    target: { method: "POST", authority: "example.com", path: "/foo", query: "param=Value&Pet=dog" },
    headers: {
        "content-type": "application/json",
        "content-length": "18",
        "content-digest":
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
        "signature-input":
            'sig1=("@method" "@authority" "@path" "content-digest" "content-type" "content-length");created=1618884475;keyid="test-key-ecc-p256"',
        signature: "sig1=:X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==:",
    },
};
/** The proxy's, of that section. */
const proxy = {
    "signature-input":
        'proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540',
    signature:
        "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:",
};

const then = 1_618_884_480_000;
const checked = (message: HttpMessage, more: Partial<Parameters<typeof signatureFault>[1]> = {}) =>
    signatureFault(message, { keys: [published], required: [], now: then, ...more });
const withHeaders = (message: HttpMessage, headers: Record<string, string | undefined>): HttpMessage => ({
    ...message,
    headers: { ...message.headers, ...headers },
});

describe("Signatures of messages", () => {
    it("are good where RFC 9421 says so, for a response and a request", () => {
        expect(checked(response)).to.equal(undefined);
        expect(checked(request, { required: ["@method", "@authority", "@path", "content-digest"] })).to.equal(
            undefined,
        );
    });

    // The other vectors of appendix B.2: what is signed is the same, and other algorithms than ES256 are refused.
    const other = {
        ...request,
        headers: { ...request.headers, date: "Tue, 20 Apr 2021 02:07:55 GMT", signature: undefined },
    };
    const digest = request.headers["content-digest"];
    const vectors = [
        {
            section: "B.2.1, nothing covered",
            input: '();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
            lines: [],
        },
        {
            section: "B.2.3, all covered",
            input: '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
            lines: [
                '"date": Tue, 20 Apr 2021 02:07:55 GMT',
                '"@method": POST',
                '"@path": /foo',
                '"@query": ?param=Value&Pet=dog',
                '"@authority": example.com',
                '"content-type": application/json',
                `"content-digest": ${digest}`,
                '"content-length": 18',
            ],
        },
        {
            section: "B.2.5, with a shared secret",
            input: '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
            lines: [
                '"date": Tue, 20 Apr 2021 02:07:55 GMT',
                '"@authority": example.com',
                '"content-type": application/json',
            ],
            isSigned: (base: Buffer) =>
                createHmac(
                    "sha256",
                    Buffer.from(
                        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==",
                        "base64",
                    ),
                )
                    .update(base)
                    .digest("base64") === "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=",
        },
        {
            section: "B.2.6, by Ed25519",
            input: '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
            lines: [
                '"date": Tue, 20 Apr 2021 02:07:55 GMT',
                '"@method": POST',
                '"@path": /foo',
                '"@authority": example.com',
                '"content-type": application/json',
                '"content-length": 18',
            ],
            isSigned: (base: Buffer) =>
                verified(
                    null,
                    base,
                    createPublicKey({
                        key: { kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" },
                        format: "jwk",
                    }),
                    Buffer.from(
                        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
                        "base64",
                    ),
                ),
        },
    ];
    for (const { section, input, lines, isSigned } of vectors) {
        it(`have the base of RFC 9421, ${section}`, () => {
            const described = dictionaryIn(`sig=${input}`).get("sig");
            if (described === undefined || !isInnerList(described)) return expect.fail("it is no list");
            const [components, parameters] = described;
            const base = signatureBase(other, { components, parameters });
            expect(base.toString()).to.equal([...lines, `"@signature-params": ${input}`].join("\n"));
            if (isSigned !== undefined) expect(isSigned(base)).to.equal(true);
            const kid = String(parameters.get("keyid"));
            const message = withHeaders(other, { "signature-input": `sig=${input}`, signature: "sig=:AAAA:" });
            const keys = [{ kid, kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" }];
            expect(checked(message, { keys, now: 1_618_884_473_000 })).to.include({ code: "algorithm_unsupported" });
        });
    }

    it("are refused that cover a parameter of the query, as B.2.2 does", () => {
        const message = withHeaders(other, {
            "signature-input":
                'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-ecc-p256";tag="header-example"',
            signature: "sig-b22=:AAAA:",
        });
        expect(checked(message, { now: 1_618_884_473_000 })).to.deep.equal({
            code: "signature_invalid",
            reason: "@query-param with parameters is not supported",
        });
    });

    it("may stand beside others, of algorithms and keys that are not known", () => {
        const both = withHeaders(request, {
            forwarded: "for=192.0.2.123;host=example.com;proto=https",
            "signature-input": `${proxy["signature-input"]}, ${request.headers["signature-input"]}`,
            signature: `${request.headers["signature"]}, ${proxy.signature}`,
        });
        expect(checked(both)).to.equal(undefined);
        expect(checked(withHeaders(both, proxy))).to.include({ code: "key_not_found" });
    });

    it("are bad for another message", () => {
        const target = { method: "POST", authority: "example.com", path: "/foo", query: "" };
        const others: HttpMessage[] = [
            withHeaders(request, { "content-digest": "sha-512=:AAAA:" }),
            withHeaders(request, { "content-type": "application/json, application/json" }),
            { ...request, target: { ...target, method: "PUT" } },
            { ...request, target: { ...target, authority: "example.com:8443" } },
            { ...request, target: { ...target, path: "/foo/" } },
            withHeaders(request, { "content-length": undefined }),
            withHeaders(request, { "content-length": '18\n"forged": 1' }),
            withHeaders(request, { "content-type": "application/j\u0173on" }),
        ];
        for (const other of others) expect(checked(other)).to.include({ code: "signature_invalid" });
        // Not covered, as the RFC's own example says.
        expect(checked({ ...request, target })).to.equal(undefined);
        expect(checked(request, { required: ["@query"] })).to.include({ code: "signature_invalid" });
        expect(checked({ ...response, status: 201 })).to.include({ code: "signature_invalid" });
    });

    it("are bad as DER, cut off and by another key", async () => {
        const { privateKey, jwk, signer } = keyPair();
        const headers = await signatureHeaders(request, ["@method", "@path"], signer, then);
        expect(checked(withHeaders(request, { ...headers }), { keys: [jwk] })).to.equal(undefined);
        expect(checked(withHeaders(request, { ...headers }))).to.include({ code: "key_not_found" });
        expect(checked(withHeaders(request, { ...headers }), { keys: [{ ...published, kid: jwk.kid }] })).to.include({
            code: "signature_invalid",
        });

        const base = baseOf(headers);
        const der = signed("sha256", base, { key: privateKey, dsaEncoding: "der" });
        const raw = signed("sha256", base, { key: privateKey, dsaEncoding: "ieee-p1363" });
        const fault = (signature: Uint8Array) =>
            checked(
                withHeaders(request, {
                    ...headers,
                    signature: `sig1=:${Buffer.from(signature).toString("base64")}:`,
                }),
                { keys: [jwk] },
            );
        expect(fault(raw)).to.equal(undefined);
        expect(fault(der)).to.include({ code: "signature_invalid" });
        expect(fault(raw.subarray(0, 63))).to.include({ code: "signature_invalid" });
        expect(fault(new Uint8Array(64))).to.include({ code: "signature_invalid" });
    });

    it("have the same digest when they come again under another label and as r‖−s, and another one for another time", async () => {
        const { jwk, signer } = keyPair();
        const order = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        const headers = await signatureHeaders(request, ["@method", "@path"], signer, then);
        const bytes = Buffer.from(/:(.*):/.exec(headers.signature)?.[1] ?? "", "base64");
        const s = order - BigInt(`0x${bytes.toString("hex", 32)}`);
        const mirrored = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, "0"), "hex")]);
        const replay = {
            "signature-input": headers["signature-input"].replace("sig1", "other"),
            signature: `other=:${mirrored.toString("base64")}:`,
        };
        const later = await signatureHeaders(request, ["@method", "@path"], signer, then + 1000);
        const [first, second, third] = [headers, replay, later].map((each) =>
            signedBy(withHeaders(request, { ...each }), { keys: [jwk], required: [], now: then }),
        );
        expect(first).to.have.property("digest").with.length(43);
        expect(second).to.deep.equal(first);
        expect(third)
            .to.have.property("digest")
            .not.equal(first && "digest" in first && first.digest);
    });

    it("do not cover a header of which they cover but a member", async () => {
        const { jwk, privateKey } = keyPair();
        const parameters = new Map<string, string | number>([
            ["created", 1618884473],
            ["keyid", jwk.kid],
        ]);
        const member: [string, Map<string, string>] = ["content-digest", new Map([["key", "sha-512"]])];
        const covered = { components: [member], parameters };
        const bytes = signed("sha256", signatureBase(request, covered), { key: privateKey, dsaEncoding: "ieee-p1363" });
        const message = withHeaders(request, {
            "signature-input": `sig1=("content-digest";key="sha-512");created=1618884473;keyid="${jwk.kid}"`,
            signature: `sig1=:${bytes.toString("base64")}:`,
        });
        expect(checked(message, { keys: [jwk] })).to.equal(undefined);
        expect(checked(message, { keys: [jwk], required: ["content-digest"] })?.reason).to.equal(
            "the signature does not cover content-digest",
        );
    });

    it("need a key that is theirs alone, may verify and is of P-256", () => {
        const codes = (keys: readonly Jwk[]) => checked(response, { keys })?.code;
        expect(codes([])).to.equal("key_not_found");
        expect(codes([{ ...published, use: "enc" }])).to.equal("key_not_found");
        expect(codes([{ ...published, key_ops: ["sign"] }])).to.equal("key_not_found");
        expect(codes([published, { ...published, use: "sig" }])).to.equal("key_not_found");
        expect(codes([{ ...published, crv: "P-384" }])).to.equal("algorithm_unsupported");
        expect(codes([{ ...published, alg: "ES384" }])).to.equal("algorithm_unsupported");
        expect(codes([{ kid: published.kid, kty: "OKP", crv: "Ed25519", x: published.x }])).to.equal(
            "algorithm_unsupported",
        );
        expect(codes([{ ...published, y: published.x }])).to.equal("algorithm_unsupported");
        expect(codes([{ ...published, use: "sig", alg: "ES256", key_ops: ["verify"] }, keyPair().jwk])).to.equal(
            undefined,
        );
    });

    it("count from a minute before their time to five minutes after, and no longer than they say", async () => {
        const { privateKey, jwk, signer } = keyPair();
        const message = withHeaders(request, { ...(await signatureHeaders(request, ["@path"], signer, then)) });
        const at = (seconds: number) => checked(message, { keys: [jwk], now: then + seconds * 1000 })?.code;
        expect([-61, -60, 0, 300, 301].map(at)).to.deep.equal([
            "signature_invalid",
            undefined,
            undefined,
            undefined,
            "signature_invalid",
        ]);
        const input = (more: string) => `sig1=("@path");keyid="${jwk.kid}"${more}`;
        const resigned = (more: string) => {
            const headers = { "signature-input": input(more) };
            const bytes = signed("sha256", Buffer.from(`"@path": /foo\n"@signature-params": ${input(more).slice(5)}`), {
                key: privateKey,
                dsaEncoding: "ieee-p1363",
            });
            const whole = withHeaders(request, { ...headers, signature: `sig1=:${bytes.toString("base64")}:` });
            return checked(whole, { keys: [jwk] })?.reason;
        };
        expect(resigned("")).to.equal("the signature needs created or expires");
        expect(resigned(';tag="web-bot-auth";nonce="a"')).to.equal("the signature needs created or expires");
        expect(resigned(";expires=1618884480")).to.equal(undefined);
        expect(resigned(";expires=1618884840")).to.equal(undefined);
        expect(resigned(";expires=1618884841")).to.equal("without created, expires must be within five minutes");
        expect(resigned(";created=1618884480;expires=1618904480")).to.equal(undefined);
        expect(resigned(';created=1618884480;tag="web-bot-auth";nonce="a"')).to.equal(undefined);
        expect(resigned(";expires=1618884419")).to.equal("the signature has expired");
        expect(resigned(';created="1618884480"')).to.equal("created and expires are whole seconds");
        expect(resigned(";created=1618884480.5")).to.equal("created and expires are whole seconds");
        expect(resigned(';created=1618884480;alg="ecdsa-p256-sha256"')).to.equal(undefined);
        expect(resigned(';created=1618884480;alg="ecdsa-p384-sha384"')).to.equal("signatures are ES256");
    });

    it("are bad where they or what they cover are malformed", () => {
        const input = (text: string) => checked(withHeaders(response, { "signature-input": text }));
        const covering = (components: string) => `sig-b24=(${components});created=1618884473;keyid="test-key-ecc-p256"`;
        const malformed = [
            "",
            "sig-b24",
            "sig-b24=:AAAA:",
            'sig-b24=("@status"',
            `${covering('"@status"')}, ${covering('"date"')}`,
            covering('"@status" "@status"'),
            covering('"@status";req'),
            covering('"date";bs'),
            covering('"date";key="a";sf'),
            covering('"@signature-params"'),
            covering('"@target-uri"'),
            covering('"__proto__"'),
            covering('"Date"'),
            covering("date"),
            ["a", "b", "c", "d", "e"].map((label) => `${label}=("@status")`).join(", "),
        ];
        for (const text of malformed) expect(input(text), text).to.include({ code: "signature_invalid" });
        expect(checked(withHeaders(response, { signature: "sig-b24=1" }))).to.include({ code: "signature_invalid" });
        expect(checked(withHeaders(response, { signature: "other=:AAAA:" }))).to.include({ code: "signature_invalid" });
        expect(checked(withHeaders(response, { signature: undefined }))).to.include({ code: "signature_missing" });
        expect(checked(withHeaders(response, { "signature-input": undefined }))).to.include({
            code: "signature_missing",
        });
    });

    it("may cover one member of a dictionary, as Web Bot Auth does", () => {
        const headers = { "signature-agent": 'sig1="https://a.example/ucp";type=jwks_uri, other=1' };
        const covered = {
            components: [["signature-agent", new Map([["key", "sig1"]])] as const],
            parameters: new Map(),
        };
        const base = signatureBase({ headers }, { ...covered, components: covered.components.map(([a, b]) => [a, b]) });
        expect(base.toString()).to.equal(
            '"signature-agent";key="sig1": "https://a.example/ucp";type=jwks_uri\n"@signature-params": ("signature-agent";key="sig1")',
        );
    });

    it("name keys by the thumbprints that RFC 7638 gives them", () => {
        const { jwk } = keyPair();
        expect(jwk.kid)
            .to.equal(thumbprint(jwk))
            .and.to.match(/^[\w-]{43}$/);
        expect(jwk).to.not.have.property("d");
        // RFC 7638's members, in their order.
        expect(thumbprint(published)).to.equal("ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI");
    });
});

describe("A signature in DER", () => {
    it("is the same as r‖s, whatever the numbers are", () => {
        const number = fc.uint8Array({ minLength: 1, maxLength: 32 });
        const most = Buffer.alloc(32, 255);
        fc.assert(
            fc.property(fc.oneof(number, fc.constant(most)), fc.oneof(number, fc.constant(most)), (r, s) => {
                const raw = rawSignature(derOf(r, s));
                expect(Buffer.from(raw).toString("hex")).to.equal(`${padded(r)}${padded(s)}`);
            }),
        );
        const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        for (let count = 0; count < 20; count += 1) {
            const der = signed("sha256", Buffer.from(`${count}`), privateKey);
            const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
            expect(verified("sha256", Buffer.from(`${count}`), key, rawSignature(der))).to.equal(true);
        }
    });

    it("is nothing else", () => {
        const der = derOf(Buffer.alloc(32, 1), Buffer.alloc(32, 2));
        const wrong = [
            Buffer.alloc(0),
            Buffer.alloc(64, 1),
            der.subarray(1),
            der.subarray(0, -1),
            Buffer.concat([der, Buffer.of(0)]),
            Buffer.from([0x30, 6, 2, 1, 0x80, 2, 1, 1]),
            Buffer.from([0x30, 4, 2, 0, 2, 0]),
            Buffer.from([0x30, 3, 2, 1, 1]),
            derOf(Buffer.alloc(33, 1), Buffer.alloc(32, 2)),
            Buffer.concat([Buffer.from([0x30, 9]), der.subarray(2, 4), Buffer.from([2, 1, 1, 2, 1, 1, 2, 1, 1])]),
        ];
        for (const bytes of wrong) expect(() => rawSignature(bytes), bytes.toString("hex")).to.throw(DerError);
    });
});

describe("Digests of bodies", () => {
    const body = Buffer.from('{"hello": "world"}');

    it("are those of RFC 9530", () => {
        expect(contentDigest(body)).to.equal("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        const sha512 = request.headers["content-digest"];
        expect(isDigestOf(contentDigest(body), body)).to.equal(true);
        expect(isDigestOf(`${sha512}, ${contentDigest(body)}`, body)).to.equal(true);
        expect(isDigestOf(`md5=:AAAA:, ${contentDigest(body)}`, body)).to.equal(true);
    });

    it("are refused for other bytes, without SHA-256, and where one of several is wrong", () => {
        expect(isDigestOf(contentDigest(body), Buffer.from('{"hello":"world"}'))).to.equal(false);
        const wrong = [
            request.headers["content-digest"] ?? "",
            `sha-512=:AAAA:, ${contentDigest(body)}`,
            `sha-256=:AAAA:, ${contentDigest(body)}`,
            "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
            "sha-256",
            "",
            "sha-256=:",
        ];
        for (const header of wrong) expect(isDigestOf(header, body), header).to.equal(false);
    });
});

describe("Dictionaries of headers", () => {
    it("have each name once", () => {
        expect([...dictionaryIn('a="1, b=2", b=(1 2);c="x,y", d').keys()]).to.deep.equal(["a", "b", "d"]);
        expect(dictionaryIn("").size).to.equal(0);
        for (const text of ["a=1, a=2", 'a="x", b, a', "a=1,", "a=1 b=2", "A=1", 'a="', "a=(1"]) {
            expect(() => dictionaryIn(text), text).to.throw(StructuredFieldError);
        }
    });
});

/** By the rules of DER: the shortest form, and a zero before a byte that would be a sign. */
function derOf(...numbers: Uint8Array[]): Buffer {
    const encoded = numbers.map((number) => {
        const bytes = [...number];
        while (bytes.length > 1 && bytes[0] === 0) bytes.shift();
        if ((bytes[0] ?? 0) >= 0x80) bytes.unshift(0);
        return Buffer.from([2, bytes.length, ...bytes]);
    });
    const content = Buffer.concat(encoded);
    return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

const padded = (number: Uint8Array) => Buffer.from(number).toString("hex").padStart(64, "0");

function keyPair() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = publishedJwk(publicKey);
    const sign = async (bytes: Uint8Array) => signed("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
    return { privateKey, jwk, signer: { keyid: jwk.kid, sign } };
}

/** What was signed: method and path. */
const baseOf = (headers: SignatureHeaders) =>
    Buffer.from(`"@method": POST\n"@path": /foo\n"@signature-params": ${headers["signature-input"].slice(5)}`);
