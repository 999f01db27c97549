import { createPublicKey } from "node:crypto";
import { GetPublicKeyCommand, KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { type Jwk, publishedJwk } from "./jwk.ts";
import { rawSignature } from "./rawSignature.ts";
import type { Signer } from "./sign.ts";

/** KMS gave no key, or no signature. */
class SigningKeyError extends Error {
    override readonly name = "SigningKeyError";
}

/**
 * The merchant's signing keys, which are in KMS and leave it never. Public keys are read once.
 * @param list ARNs, separated by commas: the first one signs, the others are published with it
 */
export class SigningKeys {
    readonly #kms = new KMSClient({});
    readonly #ids: readonly string[];
    readonly #published = new Map<string, Promise<Jwk>>();

    constructor(list: string) {
        this.#ids = list.split(",");
    }

    /** As in the profile, the one that signs first. */
    published(): Promise<readonly Jwk[]> {
        return Promise.all(this.#ids.map((id) => this.#jwkOf(id)));
    }

    async signer(): Promise<Signer> {
        const [id = ""] = this.#ids;
        const { kid } = await this.#jwkOf(id);
        return { keyid: kid, sign: (bytes) => this.#sign(id, bytes) };
    }

    #jwkOf(id: string): Promise<Jwk> {
        const known = this.#published.get(id);
        if (known !== undefined) return known;
        const reading = this.#read(id);
        this.#published.set(id, reading);
        // A failure is not remembered.
        reading.catch(() => this.#published.delete(id));
        return reading;
    }

    async #read(id: string): Promise<Jwk> {
        const { PublicKey } = await this.#kms.send(new GetPublicKeyCommand({ KeyId: id }));
        if (PublicKey === undefined) throw new SigningKeyError("KMS has given no public key");
        return publishedJwk(createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" }));
    }

    async #sign(id: string, bytes: Uint8Array): Promise<Uint8Array> {
        const command = { KeyId: id, Message: bytes, MessageType: "RAW", SigningAlgorithm: "ECDSA_SHA_256" } as const;
        const { Signature } = await this.#kms.send(new SignCommand(command));
        if (Signature === undefined) throw new SigningKeyError("KMS has given no signature");
        return rawSignature(Signature);
    }
}
