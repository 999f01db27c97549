import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetPublicKeyCommand, KMSClient, SignCommand, type SignCommandInput } from "@aws-sdk/client-kms";
import { expect } from "chai";
import { keysOf } from "../../src/provision/secrets.ts";
import { allow, type Cloud, failure, startCloud } from "../endpoint/startedCloud.ts";
import { graphOf, resource } from "../provision/resources.ts";

const keyArn = (id: string) => `arn:aws:kms:eu-west-1:000000000000:key/${id}`;
const definition = (id: string, spec: string, usage = "SIGN_VERIFY") => ({ arn: keyArn(id), id, spec, usage });
const keys = [
    definition("signing", "ECC_NIST_P256"),
    definition("longer", "ECC_NIST_P384"),
    definition("data", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"),
];
const Message = Buffer.from("what is signed");

describe("Keys of KMS", () => {
    let cloud: Cloud;
    const directory = mkdtempSync(join(tmpdir(), "keys-"));
    const start = () => startCloud({ directory, keys, roles: { signer: allow("kms:Sign", keyArn("signing")) } });
    before(async () => {
        cloud = await start();
    });
    after(async () => {
        await cloud.stop();
        rmSync(directory, { recursive: true, force: true });
    });

    const kms = (role?: string) => new KMSClient(cloud.as(role));
    const sign = (input: Partial<SignCommandInput> = {}, role?: string) =>
        kms(role).send(new SignCommand({ KeyId: "signing", Message, SigningAlgorithm: "ECDSA_SHA_256", ...input }));
    const publicKey = async (KeyId = "signing") => {
        const answer = await kms().send(new GetPublicKeyCommand({ KeyId }));
        const key = createPublicKey({ key: Buffer.from(answer.PublicKey ?? []), format: "der", type: "spki" });
        return { key, answer };
    };

    it("sign as DER, and their public keys verify it", async () => {
        const { Signature = new Uint8Array(), KeyId } = await sign();
        expect(KeyId).to.equal(keyArn("signing"));
        const { key, answer } = await publicKey(keyArn("signing"));
        expect(answer).to.include({ KeyId: keyArn("signing"), KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
        expect(answer.SigningAlgorithms).to.deep.equal(["ECDSA_SHA_256"]);
        expect(verify("sha256", Message, { key, dsaEncoding: "der" }, Signature)).to.equal(true);
        expect(verify("sha256", Buffer.from("other"), { key, dsaEncoding: "der" }, Signature)).to.equal(false);

        const longer = await sign({ KeyId: "longer", SigningAlgorithm: "ECDSA_SHA_384" });
        const other = await publicKey("longer");
        expect(verify("sha384", Message, other.key, longer.Signature ?? new Uint8Array())).to.equal(true);
    });

    it("are the same after a restart", async () => {
        const before = await publicKey();
        await cloud.stop();
        cloud = await start();
        expect((await publicKey()).key.equals(before.key)).to.equal(true);
    });

    it("sign for none without the right, and not by another way than they may", async () => {
        expect((await sign({}, "signer")).Signature).to.be.instanceOf(Uint8Array);
        expect(await failure(sign({ KeyId: "longer" }, "signer"))).to.have.property("name", "AccessDeniedException");
        const refused = kms("signer").send(new GetPublicKeyCommand({ KeyId: "signing" }));
        expect(await failure(refused)).to.have.property("name", "AccessDeniedException");

        const named = async (input: Partial<SignCommandInput>) => (await failure(sign(input))).name;
        expect(await named({ KeyId: "none" })).to.equal("NotFoundException");
        expect(await named({ KeyId: "data" })).to.equal("InvalidKeyUsageException");
        expect(await named({ SigningAlgorithm: "ECDSA_SHA_512" })).to.equal("InvalidKeyUsageException");
        expect(await named({ MessageType: "DIGEST" })).to.equal("ValidationException");
        expect(await named({ Message: Buffer.alloc(4097) })).to.equal("ValidationException");
        expect(await named({ Message: new Uint8Array() })).to.equal("ValidationException");
    });

    it("are those of the program", () => {
        const known = (id: string) => ({ keyId: id, arn: keyArn(id) });
        const signing = { ...known("signing"), customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" };
        const graph = graphOf(
            resource("aws:kms/key:Key", "signing", signing),
            resource("aws:kms/key:Key", "data", known("data")),
        );
        expect(keysOf(graph)).to.deep.equal([keys[0], keys[2]]);
    });
});
