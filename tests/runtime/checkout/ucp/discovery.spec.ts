import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { ownProfile } from "../../../../runtime/checkoutSessions/ucp/ownProfile.ts";
import { publishedJwk } from "../../../../runtime/shared/signing/jwk.ts";
import { ucpJudge, ucpMissing, ucpPresent } from "../../../ucp.ts";
import { Database } from "../../support/database.ts";
import { type HttpAnswer, httpRequest } from "../../support/events.ts";
import { merchant } from "../../support/market.ts";
import { Callback, started, startedAws } from "../../support/started.ts";

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = publishedJwk(publicKey);
const [first, second] = [
    "arn:aws:kms:eu-west-1:000000000000:key/first",
    "arn:aws:kms:eu-west-1:000000000000:key/second",
];

describe("The merchant's profile for UCP", () => {
    const profiled = { apiUrl: "https://api.shop.example", merchant, keys: [jwk] };

    it("is valid by the schema of discovery", function () {
        if (!ucpPresent) {
            console.log(`      skipped: ${ucpMissing}`);
            this.skip();
        }
        const judge = ucpJudge("2026-04-08");
        for (const provider of ["sandbox", "stripe"] as const) {
            const selling = { ...merchant, payment: { ...merchant.payment, provider } };
            const document = ownProfile({ ...profiled, merchant: selling, versions: ["2026-08-25", "2026-04-08"] });
            expect(judge("../discovery/profile_schema.json#/$defs/business_profile", document)).to.deep.equal([]);
        }
    });

    it("tells of the newest version, and where older ones are, which tell of themselves alone", () => {
        const versions = ["2026-08-25", "2026-04-08"];
        const all = JSON.parse(JSON.stringify(ownProfile({ ...profiled, versions }))).ucp;
        expect(all.version).to.equal("2026-08-25");
        expect(all.supported_versions).to.deep.equal({
            "2026-04-08": "https://api.shop.example/.well-known/ucp/2026-04-08",
        });
        const older = JSON.parse(JSON.stringify(ownProfile({ ...profiled, versions }, "2026-04-08"))).ucp;
        expect(older).to.include({ version: "2026-04-08" }).and.not.to.have.property("supported_versions");
        const services = older.services["dev.ucp.shopping"];
        expect(
            services.map(({ transport, endpoint }: Record<string, string>) => `${transport} ${endpoint}`),
        ).to.deep.equal(["rest https://api.shop.example/ucp/2026-04-08", "mcp https://api.shop.example/mcp"]);
        const only = JSON.parse(JSON.stringify(ownProfile({ ...profiled, versions: ["2026-04-08"] }))).ucp;
        expect(only).not.to.have.property("supported_versions");
    });
});

describe("GET /.well-known/ucp", () => {
    const aws = startedAws(undefined, (each) => {
        const key = publicKey.export({ type: "spki", format: "der" }).toString("base64");
        each.answers("GetPublicKey", ({ KeyId }) => ({ KeyId, PublicKey: key }));
    });
    const ucp = JSON.stringify({ trust: "signed", versions: ["2026-04-08"], platforms: [] });
    const over = { UCP: ucp, UCP_SIGNING_KEYS: `${first},${second}` };
    const discover = started(new Callback(aws, "checkoutSessions/ucpDiscover", over));
    const get = async (pathParameters?: Record<string, string>): Promise<HttpAnswer> =>
        (await discover.invoke(httpRequest({ routeKey: "GET /.well-known/ucp", pathParameters }))) as HttpAnswer;

    it("has the public keys of all signing keys, may be cached, and reads them once", async () => {
        const answer = await get();
        expect(answer).to.include({ statusCode: 200 });
        expect(answer.headers).to.include({
            "cache-control": "public, max-age=3600",
            "content-type": "application/json",
        });
        expect(JSON.parse(answer.body).signing_keys).to.deep.equal([jwk, jwk]);
        expect(JSON.parse(answer.body).keys).to.deep.equal([jwk, jwk]);
        await get();
        expect(aws.inputs("GetPublicKey")).to.deep.equal([]);
    });

    it("has the profile of a version that is served, and of no other", async () => {
        expect(JSON.parse((await get({ version: "2026-04-08" })).body).ucp.version).to.equal("2026-04-08");
        expect(await get({ version: "2026-01-11" })).to.include({ statusCode: 404 });
    });
});

describe("The profiles of known platforms", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const platforms = [
        { profile: "https://localhost/profile" },
        { profile: "https://pinned.example/profile", isPinned: true },
    ];
    const UCP = JSON.stringify({ trust: "signed", versions: ["2026-04-08"], platforms });
    const refresh = started(
        new Callback(aws, "checkoutSessions/ucpRefresh", { UCP, UCP_PROFILES_TABLE: "ucp-profiles" }),
    );

    it("are fetched by a schedule, which fails where one of them cannot be had", async () => {
        const error: unknown = await refresh.invoke({}).catch((reason: unknown) => reason);
        expect(error).to.include({
            name: "NotRefreshedError",
            message: "1 of 1 profiles of platforms are not refreshed",
        });
        expect(refresh.log.at(-1)).to.deep.include({ level: "error", profile: "https://localhost/profile" });
        expect(JSON.stringify(refresh.log)).to.contain("public addresses only").and.not.to.contain("127.0.0.1");
    });
});
