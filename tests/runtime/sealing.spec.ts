import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import type { EndpointSecret } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { newSecret, rotated } from "../../runtime/webhookFanout/endpoints/endpointSecret.ts";
import { Sealing } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { masterKeys } from "./support/outbound.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const sealingFrom = (secret: string) => Sealing.from(async () => secret);

describe("the sealing of endpoints' secrets", () => {
    it("opens every text that it has sealed, and never seals it the same way twice", async () => {
        const sealing = await sealingFrom(masterKeys);
        await fc.assert(
            fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.uuid(), async (text, id) => {
                const sealed = [sealing.seal(text, id), sealing.seal(text, id)];

                expect(new Set(sealed).size).to.equal(2);
                for (const one of sealed) expect(await sealing.open(one, id)).to.equal(text);
            }),
        );
    });

    it("leaves nothing of the text to be read", async () => {
        const sealing = await sealingFrom(masterKeys);
        const sealed = sealing.seal("whsec_visible", "ep_1");

        expect(sealed).not.to.contain("visible");
        expect(Buffer.from(sealed.split(".")[1] ?? "", "base64url").toString("latin1")).not.to.contain("visible");
    });

    it("does not open a secret of another endpoint", async () => {
        const sealing = await sealingFrom(masterKeys);

        const error = await sealing.open(sealing.seal("whsec_1", "ep_1"), "ep_2").catch((thrown: unknown) => thrown);

        expect(error).to.have.property("name", "UnsealError");
    });

    it("does not open a secret with a single changed bit", async () => {
        const sealing = await sealingFrom(masterKeys);
        const [keyId, content = ""] = sealing.seal("whsec_1", "ep_1").split(".");
        const bytes = Buffer.from(content, "base64url");
        for (let bit = 0; bit < bytes.length * 8; bit += 1) {
            const changed = Buffer.from(bytes);
            changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
            const error = await sealing
                .open(`${keyId}.${changed.toString("base64url")}`, "ep_1")
                .catch((thrown: unknown) => thrown);
            expect(error, `bit ${bit}`).to.have.property("name", "UnsealError");
        }
    });

    it("does not open a truncated secret", async () => {
        const sealing = await sealingFrom(masterKeys);
        const sealed = sealing.seal("whsec_1", "ep_1");
        for (const cut of ["", "k1", "k1.", sealed.slice(0, 20), sealed.slice(0, -4)]) {
            const error = await sealing.open(cut, "ep_1").catch((thrown: unknown) => thrown);
            expect(error, cut).to.have.property("name", "UnsealError");
        }
    });

    it("seals with the current key, opens with the older ones, and reads the secret again for one it does not know", async () => {
        let secret = JSON.stringify({ current: "old", keys: { old: key(1) } });
        const running = await Sealing.from(async () => secret);
        const old = running.seal("whsec_old", "ep_1");
        secret = JSON.stringify({ current: "new", keys: { old: key(1), new: key(2) } });
        const later = await Sealing.from(async () => secret);
        const fresh = later.seal("whsec_new", "ep_1");

        expect(fresh).to.match(/^new\./);
        expect(await later.open(old, "ep_1")).to.equal("whsec_old");
        expect(await running.open(fresh, "ep_1")).to.equal("whsec_new");
        expect(running.seal("whsec_next", "ep_1")).to.match(/^new\./);
    });

    it("names the missing key", async () => {
        const gone = (await sealingFrom(JSON.stringify({ current: "a", keys: { a: key(1) } }))).seal("text", "ep_1");

        const error = await (await sealingFrom(masterKeys)).open(gone, "ep_1").catch((thrown: unknown) => thrown);

        expect(String(error)).to.contain("the key a of a secret of ep_1 is gone");
    });

    const unreadable = [
        "",
        "no JSON secret-text",
        "[]",
        "{}",
        JSON.stringify({ current: "a", keys: {} }),
        JSON.stringify({ current: "b", keys: { a: key(1) } }),
        JSON.stringify({ current: "a", keys: { a: "secret-text" } }),
        JSON.stringify({ current: "a.b", keys: { "a.b": key(1) } }),
    ];
    for (const secret of unreadable) {
        it(`does not begin with master keys like ${secret.slice(0, 40)}, and does not repeat them`, async () => {
            const error = await sealingFrom(secret).catch((thrown: unknown) => thrown);

            expect(error).to.have.property("name", "SealingKeysUnreadableError");
            expect(String(error)).not.to.contain("secret-text").and.not.to.contain(key(1));
        });
    }
});

describe("a new secret", () => {
    it("of v1 is one that Standard Webhooks signs and verifies with", async () => {
        const sealing = await sealingFrom(masterKeys);
        const { kept, shown } = newSecret("v1", "ep_1", sealing);
        const secret = "secret" in shown ? shown.secret : "";

        expect(secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
        expect(await sealing.open(kept.sealed, "ep_1")).to.equal(secret);
        const now = new Date();
        const headers = {
            "webhook-id": "evt_1",
            "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
            "webhook-signature": new Webhook(secret).sign("evt_1", now, "{}"),
        };
        expect(new Webhook(secret).verify("{}", headers)).to.deep.equal({});
    });

    it("of v1a shows its owner the public key, which verifies signatures of the sealed key", async () => {
        const sealing = await sealingFrom(masterKeys);
        const { kept, shown } = newSecret("v1a", "ep_1", sealing);
        const publicKey = "publicKey" in shown ? shown.publicKey : "";
        const secret = await sealing.open(kept.sealed, "ep_1");

        expect(shown).to.have.all.keys("publicKey");
        expect(kept.publicKey).to.equal(publicKey);
        const seed = Buffer.from(secret.slice("whsk_".length), "base64").subarray(0, 32);
        const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
        const signature = sign(null, Buffer.from("hi"), createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }));
        const x = Buffer.from(publicKey.slice("whpk_".length), "base64").toString("base64url");
        const verifier = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
        expect(verify(null, Buffer.from("hi"), verifier, signature)).to.equal(true);
    });
});

describe("rotated secrets", () => {
    const now = Date.parse("2026-11-20T10:00:00Z");
    const day = 86_400;
    const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
    const secret = (sealed: string, expiresAt?: string): EndpointSecret => ({
        scheme: "v1",
        sealed,
        ...(expiresAt !== undefined && { expiresAt }),
    });

    it("end when they were to end anyway, and are gone when they have", () => {
        const before = [secret("c"), secret("b", at(60)), secret("a", at(-1))];

        expect(rotated(before, secret("d"), day, now)).to.deep.equal([
            secret("d"),
            secret("c", at(day)),
            secret("b", at(60)),
        ]);
    });

    it("never last longer for being rotated again", () => {
        const overlaps = fc.array(fc.tuple(fc.nat(7 * day), fc.nat(7 * day)), { minLength: 1, maxLength: 20 });
        fc.assert(
            fc.property(overlaps, (rotations) => {
                let clock = now;
                let secrets = [secret("0")];
                const ends = new Map<string, number>();
                for (const [index, [pause, overlap]] of rotations.entries()) {
                    clock += pause * 1000;
                    secrets = rotated(secrets, secret(String(index + 1)), overlap, clock);
                    const [newest, ...older] = secrets;
                    expect(newest).to.deep.equal(secret(String(index + 1)));
                    for (const { sealed, expiresAt = "" } of older) {
                        const end = Date.parse(expiresAt);
                        expect(end)
                            .to.be.greaterThan(clock)
                            .and.at.most(ends.get(sealed) ?? clock + overlap * 1000);
                        ends.set(sealed, end);
                    }
                }
            }),
        );
    });
});
