import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { PlatformClient } from "../../tools/operator/platformClient.ts";
import { PlatformKey } from "../runtime/support/signingKey.ts";
import { CheckersPlatform } from "./checkersPlatform.ts";
import { ask } from "./client.ts";
import { copyOfProject, Embedded, endAll } from "./embedded.ts";
import { profileUrl, purchase } from "./platform.ts";

const checker = "spck-conformance==0.4.0";
const checkersProfile = "https://spck.dev/agent";

/** What the checker reports although the shop means it so (docs/decisions/0035-ucp.md). */
const deviations: Readonly<Record<string, string>> = {
    "cart.conversion_carries_codes": "Carts have no discounts, and tell so where codes are sent.",
    "catalog.search_requires_input": "An error of the protocol has code and content; the checker wants other members.",
    "checkout.completed_immutable":
        "The answer is 200 with an error and the unchanged checkout; the checker wants 4xx.",
    "checkout.unavailable_business_outcome": "A line that is sold out stays with its error; the checker wants it gone.",
    "discount.total_type_selection":
        "Off the delivery is no discount of lines, although it is allocated to the delivery.",
    "signature.verifies_es256_requests": "A signature without a time would count for ever; the checker's has none.",
};

/** Profiles of platforms that something is wrong with. */
const wrongProfiles = {
    unsupported_version_profile_url: { ucp: { version: "2025-01-01" } },
    incompatible_caps_profile_url: { ucp: { version: "2026-04-08", capabilities: {} } },
    malformed_profile_url: { ucp: { version: "newest" } },
};
const wrongUrl = (name: string) => `https://${name.replaceAll("_", "-")}.example/profile`;

const instruments = (token: string) => ({
    payment: {
        instruments: [
            { id: "i_1", handler_id: "sandbox", type: "card", selected: true, credential: { type: "token", token } },
        ],
    },
});
/** What the checker needs to know of the sample catalogue. */
const shop = {
    product_id: "67890",
    out_of_stock_id: "13579",
    fulfillment_option_id: "shipping_standard",
    currency: "USD",
    complete_payment: instruments("spt_success"),
    payment: { escalation_payment: instruments("spt_3ds") },
    discount: {
        valid_code: "FREESHIP",
        second_valid_code: "TAKE5",
        invalid_code: "NOPE",
        case_insensitive: true,
        rejected_messages: true,
        item: { product_id: "12345", quantity: 2, code: "SAVE10" },
    },
    cart: { second_product_id: "12345" },
    catalog: { variant_id: "12345", max_batch: 20 },
    signature: { responses: true },
    unavailable: { business_outcome: true },
    negotiation: {
        validates_profile_url: true,
        unreachable_profile_url: "https://unreachable.invalid/profile",
        ...Object.fromEntries(Object.keys(wrongProfiles).map((name) => [name, wrongUrl(name)])),
    },
};

describe("UCP in the embedded cloud", () => {
    const key = new PlatformKey();
    const directory = copyOfProject();
    const file = join(directory, "tools/embedded/settings.json");
    const folder = mkdtempSync(join(tmpdir(), "commerce-checker-"));
    let embedded: Embedded | undefined;
    after(async () => {
        await endAll();
        rmSync(folder, { recursive: true });
    });

    /** Starts it, or starts it again, with these signing keys. */
    async function start(...signingKeys: readonly string[]): Promise<Embedded> {
        const settings = JSON.parse(readFileSync(file, "utf8"));
        const { ucp } = settings.dev.checkout;
        const [{ document }] = ucp.platforms;
        const signing = { ...document, signing_keys: [key.jwk] };
        const wrong = Object.entries(wrongProfiles).map(([name, profile]) => ({
            profile: wrongUrl(name),
            document: { ...profile, signing_keys: [key.jwk] },
        }));
        const platforms = [profileUrl, checkersProfile].map((profile) => ({ profile, document: signing }));
        Object.assign(ucp, { signingKeys, platforms: [...platforms, ...wrong] });
        writeFileSync(file, JSON.stringify(settings));
        await embedded?.kill();
        embedded = await Embedded.start({ directory, ...(embedded && { continues: embedded }) });
        return embedded;
    }

    /** Ids of what the checker says of a shop. */
    async function checked(
        url: string,
        config: object,
    ): Promise<Readonly<Record<"deviation" | "clean-pass", string[]>>> {
        const configFile = join(folder, "config.json");
        writeFileSync(configFile, JSON.stringify(config));
        const args = ["--server", url, "--config", configFile, "--json"];
        const output = await new Promise<string>((resolve, reject) => {
            // It exits with 2 where it finds a deviation.
            execFile(join(folder, "venv/bin/spck-conformance"), args, { maxBuffer: 2 ** 26 }, (error, stdout) =>
                stdout === "" ? reject(error) : resolve(stdout),
            );
        });
        const { checks }: { checks: { id: string; status: string }[] } = JSON.parse(output);
        const of = (status: string) => checks.flatMap((check) => (check.status === status ? [check.id] : [])).sort();
        return { deviation: of("deviation"), "clean-pass": of("clean-pass") };
    }

    it("rotates its signing key with overlap, as the operators' guide says: publish, sign, withdraw", async () => {
        const seen: { readonly published: readonly string[]; readonly signedBy: string | undefined }[] = [];
        for (const signingKeys of [["first"], ["first", "second"], ["second", "first"], ["second"]]) {
            const { url } = await start(...signingKeys);
            let headers = new Headers();
            const client = new PlatformClient(url, profileUrl, key.signer, async (to, init) => {
                const answer = await ask(to, init);
                headers = answer.headers;
                return answer;
            });
            const { fault } = await client.rest("POST", "/checkout-sessions", purchase);
            expect(fault).to.equal(undefined);
            const [, signedBy] = /keyid="([^"]+)"/.exec(headers.get("signature-input") ?? "") ?? [];
            const published = (await client.merchant()).signing_keys.map(({ kid }) => kid);
            seen.push({ published, signedBy });
        }
        const [first = "", second = ""] = seen[1]?.published ?? [];
        expect(first).not.to.equal(second);
        expect(seen).to.deep.equal([
            { published: [first], signedBy: first },
            { published: [first, second], signedBy: first },
            { published: [second, first], signedBy: second },
            { published: [second], signedBy: second },
        ]);
    });

    it(`deviates for ${checker} only where it means to`, async function () {
        const made = spawnSync("python3", ["-m", "venv", join(folder, "venv")]);
        const python = join(folder, "venv/bin/python");
        const installed = made.status === 0 && spawnSync(python, ["-m", "pip", "-q", "install", checker]).status === 0;
        if (!installed) {
            console.log(`      ${checker} cannot be installed: there is no Python 3, or no package index`);
            return this.skip();
        }
        const { url } = await start("second");
        const platform = new CheckersPlatform(url, key.signer);
        await platform.start();
        const found = await checked(platform.url, shop).finally(() => platform.stop());
        // Signatures of its own, and none, meet the shop itself.
        const alone = { product_id: shop.product_id, signature: { request_private_jwk: key.privateJwk } };
        const direct = await checked(url, alone);
        const ofSignatures = (ids: readonly string[]) => ids.filter((id) => /^signature\.(err|verifies)_/.test(id));

        const reported = [...found.deviation, ...ofSignatures(direct.deviation)].sort();
        expect(reported).to.deep.equal(Object.keys(deviations).sort());
        // It has asked: what it cannot try is no deviation.
        expect(found["clean-pass"].length).to.be.at.least(95);
        expect(ofSignatures(direct["clean-pass"])).to.have.length(4);
    });
});
