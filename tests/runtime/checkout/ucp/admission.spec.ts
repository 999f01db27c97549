import { generateKeyPairSync, sign as signed } from "node:crypto";
import { expect } from "chai";
import { Admission, type Admitted, type Refusal } from "../../../../runtime/checkoutSessions/ucp/admission.ts";
import { type PlatformProfile, ProfileError } from "../../../../runtime/checkoutSessions/ucp/platformProfile.ts";
import type { UcpSettings } from "../../../../runtime/checkoutSessions/ucp/settings.ts";
import type { HttpRequest } from "../../../../runtime/shared/http.ts";
import { Log } from "../../../../runtime/shared/log.ts";
import { contentDigest, isDigestOf } from "../../../../runtime/shared/signing/digest.ts";
import { publishedJwk } from "../../../../runtime/shared/signing/jwk.ts";
import { signatureHeaders } from "../../../../runtime/shared/signing/sign.ts";
import { httpRequest } from "../../support/events.ts";
import { signatureFault } from "../../support/signatureFault.ts";

const profileUrl = "https://platform.example/profile";
const now = 1_800_000_000_000;
const authority = "api.shop.example";
const body = '{"line_items":[]}';

function keyPair() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = publishedJwk(publicKey);
    const sign = async (bytes: Uint8Array) => signed("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
    return { jwk, signer: { keyid: jwk.kid, sign } };
}
const platform = keyPair();
const merchant = keyPair();

const profile: PlatformProfile = {
    version: "2026-04-08",
    capabilities: { "dev.ucp.shopping.checkout": ["2026-04-08"], "dev.ucp.shopping.discount": ["2026-04-08"] },
    orderWebhook: "https://platform.example/orders",
    keys: [platform.jwk],
};

describe("Which callers UCP admits", () => {
    const asked: string[] = [];
    const lines: string[] = [];
    const log = new Log({}, "debug", (line) => lines.push(line));
    beforeEach(() => {
        asked.length = 0;
        lines.length = 0;
    });

    function admission({
        settings = {},
        found = profile as PlatformProfile | ProfileError,
        renewed = undefined as PlatformProfile | undefined,
        isReadable = true,
    }: {
        settings?: Partial<UcpSettings>;
        found?: PlatformProfile | ProfileError;
        renewed?: PlatformProfile | undefined;
        isReadable?: boolean;
    } = {}) {
        return new Admission({
            settings: { trust: "signed", versions: ["2026-04-08"], platforms: [], ...settings },
            profiles: {
                of: async (url) => {
                    asked.push(url);
                    if (found instanceof ProfileError) throw found;
                    return found;
                },
                renewed: async (url) => {
                    asked.push(`renewed ${url}`);
                    return renewed;
                },
            },
            apiKeys: {
                isReadable,
                callerOf: async (key) => {
                    if (!isReadable) return undefined;
                    if (key === "key-of-agent") return { callerId: "agent", scopes: ["checkout"] };
                    return key === "key-of-reader" ? { callerId: "reader", scopes: ["orders:read"] } : undefined;
                },
            },
            signingKeys: { signer: async () => merchant.signer },
            authority,
            now: () => now,
        });
    }

    const agent = `profile="${profileUrl}"`;
    interface Sent {
        readonly headers?: Readonly<Record<string, string | undefined>>;
        readonly body?: string;
        readonly method?: string;
        readonly path?: string;
        readonly query?: string;
    }
    const request = ({
        headers = {},
        method = "POST",
        path = "/ucp/2026-04-08/checkout-sessions",
        query = "",
        ...rest
    }: Sent = {}) => {
        const sent = "body" in rest ? rest.body : body;
        const whole = { "ucp-agent": agent, ...(sent && { "content-type": "application/json" }), ...headers };
        const defined = Object.entries(whole).filter(([, value]) => value !== undefined);
        const event = httpRequest({
            rawPath: path,
            rawQueryString: query,
            requestContext: { http: { method, path } },
            ...(sent && { body: sent }),
        });
        return { ...event, headers: Object.fromEntries(defined) } as unknown as HttpRequest;
    };

    /** The same request with a signature of the platform's. */
    async function signedRequest(
        sent: Sent = {},
        names?: readonly string[],
        by = platform.signer,
    ): Promise<HttpRequest> {
        const plain = request(sent);
        const digest = plain.body === undefined ? {} : { "content-digest": contentDigest(Buffer.from(plain.body)) };
        const headers = { ...plain.headers, ...digest };
        const { method } = plain.requestContext.http;
        const target = { method, authority, path: plain.rawPath, query: plain.rawQueryString };
        const usual = [
            ...["@method", "@authority", "@path", ...(plain.rawQueryString === "" ? [] : ["@query"])],
            ...["ucp-agent", "idempotency-key", "content-digest", "content-type"].filter((name) => name in headers),
        ];
        const signature = await signatureHeaders({ headers, target }, names ?? usual, by, now);
        return { ...plain, headers: { ...headers, ...signature } };
    }
    const codeOf = (admitted: Admitted | Refusal) =>
        "code" in admitted ? `${admitted.status} ${admitted.code}` : "in";
    const admitted = async (of: Admission, one: HttpRequest, named?: string): Promise<Admitted> => {
        const result = await of.admit(one, log, named);
        if ("code" in result) throw new Error(`refused: ${result.code} ${result.content}`);
        return result;
    };
    const refused = async (of: Admission, one: HttpRequest, named?: string) => codeOf(await of.admit(one, log, named));

    it("is a platform whose signature is by a key of its profile, and what both can do is known", async () => {
        const result = await admitted(admission(), await signedRequest({ headers: { "idempotency-key": "key-1" } }));
        const { ownKey, ...known } = result;
        expect(ownKey).to.match(/^signed [\w-]{43}$/);
        expect({ ...known, capabilities: [...known.capabilities] }).to.deep.equal({
            version: "2026-04-08",
            platform: {
                profileUrl,
                isProven: true,
                callerId: `ucp:${profileUrl}`,
                orderWebhook: "https://platform.example/orders",
            },
            capabilities: [
                ["dev.ucp.shopping.checkout", "2026-04-08"],
                ["dev.ucp.shopping.discount", "2026-04-08"],
            ],
            mustSign: true,
        });
        const get = await signedRequest({ method: "GET", body: "", query: "a=b&c=d" });
        expect(await refused(admission(), get)).to.equal("in");
    });

    it("is none that proves nothing, for whom nothing is fetched", async () => {
        expect(await refused(admission(), request())).to.equal("401 signature_missing");
        expect(asked).to.deep.equal([]);
        for (const name of ["signature", "signature-input"]) {
            const { headers, ...rest } = await signedRequest();
            const { [name]: _, ...others } = headers;
            expect(await refused(admission(), { ...rest, headers: others })).to.equal("401 signature_missing");
        }
    });

    it("may be anybody where trust is open, who then is nobody in particular", async () => {
        const open = admission({ settings: { trust: "open" } });
        const result = await admitted(open, request());
        expect(result.platform).to.include({ isProven: false, callerId: "ucp:unproven", profileUrl });
        expect(result.mustSign).to.equal(false);
        const forged = await signedRequest({}, undefined, keyPair().signer);
        expect(await refused(open, forged)).to.equal("401 key_not_found");
    });

    it("has signed all that the request says", async () => {
        const sent = { headers: { "idempotency-key": "key-1" }, query: "a=b" };
        const all = [
            "@method",
            "@authority",
            "@path",
            "@query",
            "ucp-agent",
            "idempotency-key",
            "content-digest",
            "content-type",
        ];
        expect(await refused(admission(), await signedRequest(sent, all))).to.equal("in");
        for (const left of all) {
            const names = all.filter((name) => name !== left);
            expect(await refused(admission(), await signedRequest(sent, names)), left).to.equal(
                "401 signature_invalid",
            );
        }
        const good = await signedRequest(sent, all);
        const changes: Partial<HttpRequest>[] = [
            { rawPath: "/ucp/2026-04-08/carts" },
            { rawQueryString: "a=c" },
            { requestContext: { ...good.requestContext, http: { ...good.requestContext.http, method: "PUT" } } },
            { headers: { ...good.headers, "idempotency-key": "key-2" } },
            { headers: { ...good.headers, "ucp-agent": `${agent}, other=1` } },
        ];
        for (const change of changes) {
            expect(await refused(admission(), { ...good, ...change })).to.equal("401 signature_invalid");
        }
        expect(await refused(admission(), { ...good, body: '{"line_items":[1]}' })).to.equal("400 digest_mismatch");
        const { "content-digest": _, ...undigested } = good.headers;
        expect(await refused(admission(), { ...good, headers: undigested })).to.equal("401 signature_invalid");
        expect(await refused(admission(), { ...good, headers: { ...good.headers, "content-digest": "a" } })).to.equal(
            "400 digest_mismatch",
        );
        // API Gateway's name for us is not the one that platforms know.
        const elsewhere = new Admission({ ...partsOf(), authority: "other.example" });
        expect(await refused(elsewhere, good)).to.equal("401 signature_invalid");
    });

    it("is a platform with a new key once its profile is looked at again, and none with one that it has taken back", async () => {
        const next = keyPair();
        const rotated = { ...profile, keys: [next.jwk] };
        const byNext = await signedRequest({}, undefined, next.signer);
        expect(await refused(admission({ renewed: rotated }), byNext)).to.equal("in");
        expect(asked).to.deep.equal([profileUrl, `renewed ${profileUrl}`]);
        expect(await refused(admission({ found: rotated }), await signedRequest())).to.equal("401 key_not_found");
        expect(
            await refused(admission({ found: { ...profile, keys: [] }, renewed: rotated }), await signedRequest()),
        ).to.equal("401 key_not_found");
    });

    it("may be a client whose API key is bound to the profile, in either header", async () => {
        const settings = {
            platforms: [{ profile: profileUrl, client: "agent", webhookUrl: "https://hooks.example/" }],
        };
        const bound = admission({
            settings,
            found: { ...profile, orderWebhook: undefined } as unknown as PlatformProfile,
        });
        for (const headers of [{ "x-api-key": "key-of-agent" }, { authorization: "Bearer key-of-agent" }]) {
            const result = await admitted(bound, request({ headers }));
            expect(result.platform).to.deep.equal({
                profileUrl,
                isProven: true,
                callerId: `ucp:${profileUrl}`,
                orderWebhook: "https://hooks.example/",
            });
            expect(result.mustSign).to.equal(false);
        }
        const other = { "x-api-key": "key-of-agent", "ucp-agent": 'profile="https://other.example/"' };
        expect(await refused(bound, request({ headers: other }))).to.equal("403 profile_not_trusted");
        expect(await refused(bound, request({ headers: { "x-api-key": "key-of-reader" } }))).to.equal(
            "403 profile_not_trusted",
        );
        expect(await refused(admission(), request({ headers: { "x-api-key": "key-of-agent" } }))).to.equal(
            "403 profile_not_trusted",
        );
        expect(await refused(bound, request({ headers: { "x-api-key": "no" } }))).to.equal("401 unauthorized");
        const unread = admission({ settings, isReadable: false });
        expect(await refused(unread, request({ headers: { "x-api-key": "key-of-agent" } }))).to.equal(
            "503 unavailable",
        );
        const reader = admission({ settings: { platforms: [{ profile: profileUrl, client: "reader" }] } });
        expect(await refused(reader, request({ headers: { "x-api-key": "key-of-reader" } }))).to.equal(
            "403 profile_not_trusted",
        );
        // Nor is the digest of another body right because there is a key.
        const elsewhere = { "x-api-key": "key-of-agent", "content-digest": contentDigest(Buffer.from("{}")) };
        expect(await refused(bound, request({ headers: elsewhere }))).to.equal("400 digest_mismatch");
        // A key does not make up for a bad signature.
        const both = await signedRequest({ headers: { "x-api-key": "key-of-agent" } }, ["@method"]);
        expect(await refused(bound, both)).to.equal("401 signature_invalid");
    });

    it("names its profile in UCP-Agent, in a tool's call, or in both alike", async () => {
        const open = admission({ settings: { trust: "open" } });
        const wrong = [
            undefined,
            "",
            "profile",
            "profile=abc",
            'other="https://a.example/"',
            'profile="http://a.example/"',
        ];
        for (const each of [
            ...wrong,
            `${agent}, ${agent}`,
            "profile=https://a.example",
            'profile="https://10.0.0.1/"',
        ]) {
            expect(await refused(open, request({ headers: { "ucp-agent": each } })), each).to.equal(
                "400 invalid_profile_url",
            );
        }
        expect(asked).to.deep.equal([]);
        const none = request({ headers: { "ucp-agent": undefined } });
        expect(await refused(open, none, profileUrl)).to.equal("in");
        expect(await refused(open, request(), profileUrl)).to.equal("in");
        expect(await refused(open, request(), "https://other.example/")).to.equal("400 invalid_profile_url");
        expect(await refused(open, none, "http://localhost/")).to.equal("400 invalid_profile_url");
        const pinned = admission({
            settings: { trust: "open", platforms: [{ profile: "http://localhost/agent", isPinned: true }] },
        });
        expect(await refused(pinned, none, "http://localhost/agent")).to.equal("in");
        expect(
            await refused(
                open,
                request({ headers: { "ucp-agent": 'profile="https://PLATFORM.example/profile";v=1' } }),
            ),
        ).to.equal("in");
        expect(asked.at(-1)).to.equal(profileUrl);
    });

    it("is answered by the protocol's errors when its profile cannot be used", async () => {
        const failing = (code: ProfileError["code"]) =>
            admission({ settings: { trust: "open" }, found: new ProfileError(code, "why") });
        expect(await refused(failing("profile_unreachable"), request())).to.equal("424 profile_unreachable");
        expect(await refused(failing("profile_malformed"), request())).to.equal("422 profile_malformed");
        const busy = await failing("too_many_platforms").admit(request(), log);
        expect(busy).to.deep.equal({ status: 503, code: "too_many_platforms", content: "why", retryAfter: 60 });
        const greedy = await failing("rate_limit_exceeded").admit(request(), log);
        expect(greedy).to.deep.equal({ status: 429, code: "rate_limit_exceeded", content: "why", retryAfter: 60 });
        const older = admission({ settings: { trust: "open" }, found: { ...profile, version: "2026-01-23" } });
        expect(await refused(older, request())).to.equal("422 version_unsupported");
        const poor = admission({ settings: { trust: "open" }, found: { ...profile, capabilities: {} } });
        expect((await admitted(poor, request())).capabilities.size).to.equal(0);
        expect(lines.join("")).to.contain("profile_unreachable");
    });

    it("is counted by where its request comes from, which before the firewall's distribution it cannot invent", async () => {
        const from = async (over: Partial<UcpSettings>, sourceIp: string, forwarded?: string) => {
            const sources: string[] = [];
            const of = async (_: string, source: string) => {
                sources.push(source);
                return profile;
            };
            const settings = { trust: "open", versions: ["2026-04-08"], platforms: [], ...over } as const;
            const { requestContext, headers, ...rest } = request();
            const http = { ...requestContext.http, sourceIp };
            await admitted(
                new Admission({ ...partsOf(), settings, profiles: { of, renewed: async () => undefined } }),
                {
                    ...rest,
                    headers: { ...headers, ...(forwarded !== undefined && { "x-forwarded-for": forwarded }) },
                    requestContext: { ...requestContext, http },
                },
            );
            return sources.join();
        };
        expect(await from({}, "192.0.2.1", "6.6.6.6, 192.0.2.1")).to.equal("192.0.2.1");
        const distributed = { isDistributed: true } as const;
        const edge = "64.252.64.1";
        expect(await from(distributed, edge, `6.6.6.6, 192.0.2.1, ${edge}`)).to.equal("192.0.2.1");
        expect(await from(distributed, edge, `192.0.2.1,${edge}`)).to.equal("192.0.2.1");
        expect(await from(distributed, edge, edge)).to.equal(edge);
        expect(await from(distributed, edge, `unknown, ${edge}`)).to.equal(edge);
        expect(await from(distributed, edge)).to.equal(edge);
        // Whoever has a network of IPv6 has all of its addresses.
        const network = await from({}, "2001:db8:1:2:3:4:5:6");
        expect(await from({}, "2001:db8:1:2::1")).to.equal(network);
        expect(await from({}, "2001:db8:1:3::1")).not.to.equal(network);
        expect(await from({}, "::ffff:192.0.2.1")).to.equal("192.0.2.1");
    });

    it("gets signed answers to signed requests, and plain ones to others", async () => {
        const of = admission();
        const { requestContext: _, ...rest } = await admitted(of, await signedRequest()).then((all) => ({
            ...all,
            requestContext: 0,
        }));
        const answer = { statusCode: 201, headers: { "content-type": "application/json" }, body: '{"id":"cs_1"}' };
        const finished = await of.finish(answer, rest);
        const headers = Object.fromEntries(
            Object.entries(finished.headers ?? {}).map(([name, value]) => [name, String(value)]),
        );
        expect(finished).to.include({ statusCode: 201, body: answer.body });
        expect(isDigestOf(headers["content-digest"] ?? "", Buffer.from(answer.body))).to.equal(true);
        expect(headers["signature-input"]).to.equal(
            `sig1=("@status" "content-digest" "content-type");created=1800000000;keyid="${merchant.jwk.kid}"`,
        );
        const check = { keys: [merchant.jwk], required: ["@status", "content-digest"], now };
        expect(signatureFault({ status: 201, headers }, check)).to.equal(undefined);
        expect(signatureFault({ status: 200, headers }, check)).to.include({ code: "signature_invalid" });

        const empty = await of.finish({ statusCode: 204 }, rest);
        expect(empty.headers).to.have.keys(["signature-input", "signature"]);
        expect(await of.finish(answer, { ...rest, mustSign: false })).to.equal(answer);
    });

    it("is asked to come back while profiles or keys cannot be read, and is told what is done without a signature", async () => {
        const broken = new Error("throttled");
        const fails = async () => {
            throw broken;
        };
        const away = new Admission({ ...partsOf(), profiles: { of: fails, renewed: fails } });
        expect(await away.admit(await signedRequest(), log)).to.deep.include({
            status: 503,
            code: "unavailable",
            retryAfter: 5,
        });
        expect(lines.join("")).to.contain("could not be looked up").and.to.contain("throttled");
        const silent = new Admission({ ...partsOf(), signingKeys: { signer: fails } });
        const one = await admitted(silent, await signedRequest());
        const answer = { statusCode: 200, headers: { "content-type": "application/json" }, body: "{}" };
        expect(await silent.finish(answer, one)).to.equal(answer);
    });

    function partsOf(): ConstructorParameters<typeof Admission>[0] {
        return {
            settings: { trust: "signed", versions: ["2026-04-08"], platforms: [] },
            profiles: { of: async () => profile, renewed: async () => undefined },
            apiKeys: { isReadable: true, callerOf: async () => undefined },
            signingKeys: { signer: async () => merchant.signer },
            authority,
            now: () => now,
        };
    }
});
