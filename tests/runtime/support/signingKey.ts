import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { type Jwk, publishedJwk } from "../../../runtime/shared/signing/jwk.ts";
import type { Signer } from "../../../runtime/shared/signing/sign.ts";
import type { Aws } from "./aws.ts";

/** A key of a platform's own. */
export class PlatformKey {
    readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    /** As its profile has it. */
    readonly jwk: Jwk = publishedJwk(this.#pair.publicKey);
    /** For a program that signs by itself. */
    readonly privateJwk: object = {
        ...this.jwk,
        d: this.#pair.privateKey.export({ format: "jwk" }).d,
    };
    readonly signer: Signer = {
        keyid: this.jwk.kid,
        sign: async (bytes) => sign("sha256", bytes, { key: this.#pair.privateKey, dsaEncoding: "ieee-p1363" }),
    };
}

/** A key of KMS, as callbacks use it. */
export class SigningKey {
    static readonly arn = "arn:aws:kms:eu-west-1:000000000000:key/signing";
    readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });

    /** As the merchant's profile has it. */
    get published(): Jwk {
        return publishedJwk(createPublicKey(this.#pair.privateKey));
    }

    /** From now on AWS answers for it. */
    in(aws: Aws): void {
        const der = this.#pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
        aws.answers("GetPublicKey", () => ({ KeyId: SigningKey.arn, PublicKey: der }));
        aws.answers("Sign", ({ Message }) => ({
            KeyId: SigningKey.arn,
            Signature: sign("sha256", Buffer.from(String(Message), "base64"), this.#pair.privateKey).toString("base64"),
        }));
    }
}
