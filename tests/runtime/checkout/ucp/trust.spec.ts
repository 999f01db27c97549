import { hash } from "node:crypto";
import { expect } from "chai";
import { contentDigest, isDigestOf } from "../../../../runtime/shared/signing/digest.ts";
import { serializedInput, signatureBase } from "../../../../runtime/shared/signing/message.ts";
import { signatureHeaders } from "../../../../runtime/shared/signing/sign.ts";
import { storedKeys } from "../../../storedKeys.ts";
import { Refusal } from "../../support/aws.ts";
import { guide, sell } from "../../support/checkout.ts";
import { Database } from "../../support/database.ts";
import { type HttpAnswer, httpRequest } from "../../support/events.ts";
import { signatureFault } from "../../support/signatureFault.ts";
import { PlatformKey, SigningKey } from "../../support/signingKey.ts";
import { secretArn, started, startedAws, startedCallback } from "../../support/started.ts";

const [platform, merchant] = [new PlatformKey(), new SigningKey()];
const profile = "https://platform.example/profile";
const keys = storedKeys({ agent: { key: "key-of-agent", scopes: ["checkout"] } });
const path = "/ucp/2026-04-08/checkout-sessions";
/** Address of the distribution. */
const edge = "64.252.64.1";
const target = { method: "POST", authority: "api.shop.example", path, query: "" };
const body = JSON.stringify({ line_items: [{ item: { id: guide.productId }, quantity: 1 }] });

/** The callback as it is deployed, with its database, KMS and a platform that signs. */
describe("A platform at the door of UCP", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const aws = startedAws(database, (own) => {
        own.answers("GetSecretValue", () => ({ ARN: secretArn("api-keys"), SecretString: JSON.stringify(keys) }));
        merchant.in(own);
    });
    const door = startedCallback(aws, "checkoutSessions/ucp", {
        API_URL: "https://api.shop.example",
        UCP_PROFILES_TABLE: "ucp-profiles",
        UCP_SIGNING_KEYS: SigningKey.arn,
        UCP: JSON.stringify({
            trust: "signed",
            isDistributed: true,
            versions: ["2026-04-08"],
            platforms: [{ profile, client: "agent", isPinned: true }],
        }),
    });
    const document = {
        ucp: { version: "2026-04-08", capabilities: { "dev.ucp.shopping.checkout": [{ version: "2026-04-08" }] } },
        signing_keys: [platform.jwk],
    };
    before(() => database.put("ucp-profiles", { url: profile, document: JSON.stringify(document) }));

    async function create(headers: Record<string, string>): Promise<HttpAnswer> {
        const event = httpRequest({
            routeKey: "POST /ucp/{version}/checkout-sessions",
            rawPath: path,
            pathParameters: { version: "2026-04-08" },
            headers,
            body,
            requestContext: { http: { method: "POST", path, sourceIp: edge } },
        });
        return (await door.invoke(event)) as HttpAnswer;
    }
    async function signed(url: string, at = Date.now()): Promise<Record<string, string>> {
        const headers = {
            "ucp-agent": `profile="${url}"`,
            "content-type": "application/json",
            "content-digest": contentDigest(Buffer.from(body)),
        };
        const names = ["@method", "@authority", "@path", ...Object.keys(headers)];
        return { ...headers, ...(await signatureHeaders({ headers, target }, names, platform.signer, at)) };
    }

    it("that signs gets a checkout, signed by the merchant's key in KMS", async () => {
        const answer = await create(await signed(profile));
        expect(answer.statusCode, answer.body).to.equal(201);
        expect(isDigestOf(answer.headers["content-digest"] ?? "", Buffer.from(answer.body))).to.equal(true);
        const check = { keys: [merchant.published], required: ["@status", "content-digest"], now: Date.now() };
        expect(signatureFault({ status: 201, headers: answer.headers }, check)).to.equal(undefined);
        expect(aws.inputs("Sign")).to.have.length(1);
        expect(aws.inputs("Sign")[0]).to.include({ KeyId: SigningKey.arn, SigningAlgorithm: "ECDSA_SHA_256" });
    });

    it("that signs one member of a header gets a checkout", async () => {
        const { signature: _, "signature-input": __, ...headers } = await signed(profile);
        const names = ["@method", "@authority", "@path", ...Object.keys(headers)];
        const components: [string, Map<string, string>][] = names.map((name) => [name, new Map()]);
        components.push(["ucp-agent", new Map([["key", "profile"]])]);
        const parameters = new Map<string, number | string>([
            ["created", Math.floor(Date.now() / 1000)],
            ["keyid", platform.jwk.kid],
        ]);
        const covered = { components, parameters };
        const bytes = await platform.signer.sign(signatureBase({ headers, target }, covered));
        const answer = await create({
            ...headers,
            "signature-input": `one=${serializedInput(covered)}`,
            signature: `one=:${Buffer.from(bytes).toString("base64")}:`,
        });
        expect(answer.statusCode, answer.body).to.equal(201);
    });

    it("that sends a signed request again as it was gets the answer again, and no other checkout", async () => {
        const headers = await signed(profile);
        const [first, second] = [await create(headers), await create(headers)];
        expect([first.statusCode, second.statusCode]).to.deep.equal([201, 201]);
        expect(second.headers).to.include({ "idempotent-replayed": "true" });
        expect(JSON.parse(second.body)).to.deep.equal(JSON.parse(first.body));
        const another = await create(await signed(profile, Date.now() - 2000));
        expect(another.headers).not.to.have.property("idempotent-replayed");
        expect(JSON.parse(another.body).id).not.to.equal(JSON.parse(first.body).id);
    });

    it("that signs gets a checkout without a signature while KMS does not sign", async () => {
        aws.answers("Sign", () => new Refusal("KMSInvalidStateException"));
        const answer = await create(await signed(profile, Date.now() - 4000));
        expect(answer.statusCode).to.equal(201);
        expect(answer.headers).not.to.have.property("signature");
        expect(JSON.stringify(door.log)).to.contain("could not be signed");
    });

    it("that has the bound API key gets one without a signature", async () => {
        const answer = await create({ "ucp-agent": `profile="${profile}"`, authorization: "Bearer key-of-agent" });
        expect(answer.statusCode).to.equal(201);
        expect(answer.headers).not.to.have.property("signature");
    });

    it("that proves nothing, or whose profile is at home here, gets none", async () => {
        const unsigned = await create({ "ucp-agent": `profile="${profile}"` });
        expect([unsigned.statusCode, JSON.parse(unsigned.body).code]).to.deep.equal([401, "signature_missing"]);

        for (let count = 0; count < 2; count += 1) {
            const hostile = await create(await signed("https://localhost/profile"));
            expect([hostile.statusCode, JSON.parse(hostile.body).code]).to.deep.equal([424, "profile_unreachable"]);
            expect(hostile.body).not.to.contain("127.0.0.1");
        }
        // Asked for once, and counted for source and host: the failure is kept.
        const kept = await database.get("ucp-profiles", { url: "https://localhost/profile" });
        expect(JSON.parse(String(kept?.["seen"])).failure).to.include({ code: "profile_unreachable" });
        expect(aws.inputs("UpdateItem")).to.have.length(2);
    });

    it("is counted by its address, or its network of IPv6, as the distribution tells them", async () => {
        for (const [index, [address, source]] of [
            ["192.0.2.7", "192.0.2.7"],
            ["::ffff:192.0.2.8", "192.0.2.8"],
            ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
        ].entries()) {
            const minute = Math.floor(Date.now() / 60_000);
            const headers = await signed(`https://localhost/of/${index}`);
            const answer = await create({ ...headers, "x-forwarded-for": `6.6.6.6, ${address}, ${edge}` });
            expect(answer.statusCode, answer.body).to.equal(424);
            const asker = (at: number) => `#source ${hash("sha256", `${source} ${at}`, "base64url")} ${at}`;
            const counted = (await database.all("ucp-profiles")).map(({ url }) => url);
            expect(counted).to.satisfy((urls: string[]) => [minute, minute + 1].some((at) => urls.includes(asker(at))));
        }
    });

    it("is asked to come back while its profile cannot be read", async () => {
        aws.answers("GetItem", () => new Refusal("InternalServerError", 500));
        const answer = await create(await signed("https://another.example/profile"));
        expect([answer.statusCode, answer.headers["retry-after"]]).to.deep.equal([503, "5"]);
    });
});
