import { serializeDictionary } from "structured-headers";
import { componentsOf, type HttpMessage, serializedInput, signatureBase } from "./message.ts";

/** Signs in the name of the merchant. */
export interface Signer {
    /** The key as it is published. */
    readonly keyid: string;
    /** ECDSA with P-256 and SHA-256, as r‖s. */
    sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface SignatureHeaders {
    readonly "signature-input": string;
    readonly signature: string;
}

/**
 * The headers of a message's signature (RFC 9421).
 * @param names what it covers
 * @param now milliseconds since 1970
 */
export async function signatureHeaders(
    message: HttpMessage,
    names: readonly string[],
    signer: Signer,
    now: number,
): Promise<SignatureHeaders> {
    const parameters = new Map<string, number | string>([
        ["created", Math.floor(now / 1000)],
        ["keyid", signer.keyid],
    ]);
    const covered = { components: componentsOf(names), parameters };
    const signature = await signer.sign(signatureBase(message, covered));
    return {
        "signature-input": `sig1=${serializedInput(covered)}`,
        signature: serializeDictionary(new Map([["sig1", [signature, new Map()]]])),
    };
}
