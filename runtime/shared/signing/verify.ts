import { hash, type KeyObject, verify as verifies } from "node:crypto";
import { type Dictionary, isInnerList } from "structured-headers";
import { es256KeyOf, type Jwk, mayVerify } from "./jwk.ts";
import { ComponentError, type Covered, type HttpMessage, signatureBase } from "./message.ts";
import { dictionaryIn, StructuredFieldError } from "./structured.ts";

interface Verification {
    /** Of whom the sender says to be. */
    readonly keys: readonly Jwk[];
    /** What the signature must cover. */
    readonly required: readonly string[];
    /** Milliseconds since 1970 */
    readonly now: number;
}

/** Why a message is not the sender's; the code is one of UCP's. */
export interface SignatureFault {
    readonly code: "signature_missing" | "signature_invalid" | "key_not_found" | "algorithm_unsupported";
    readonly reason: string;
}

/** Seconds that clocks may differ. */
const skew = 60;
/** Seconds that a signature counts after `created`, whatever `expires` says; or before `expires`. */
const longestAge = 300;
/** Signatures of a message that are looked at. */
const mostSignatures = 4;

/** What was signed. */
export interface Signed {
    /**
     * Of all that the signature covers and of its parameters. A replay has the same one, although it may have another
     * signature: who knows r‖s knows r‖−s, which is as good.
     */
    readonly digest: string;
}

/**
 * What a message's signature by one of these keys covers (RFC 9421), by ECDSA with P-256 and SHA-256 in the form r‖s. Of
 * several signatures one must be good.
 */
export function signedBy(message: HttpMessage, verification: Verification): Signed | SignatureFault {
    const { "signature-input": inputs, signature: signatures } = message.headers;
    if (inputs === undefined || signatures === undefined) {
        return { code: "signature_missing", reason: "the message needs Signature-Input and Signature" };
    }
    try {
        const [described, given] = [dictionaryIn(inputs), dictionaryIn(signatures)];
        const labels = [...described.keys()];
        if (labels.length > mostSignatures) return invalid(`there are more than ${mostSignatures} signatures`);
        const found = labels.map((label) => signedIn(message, candidateOf(label, described, given), verification));
        return found.find((each) => "digest" in each) ?? found[0] ?? invalid("there is no signature");
    } catch (error) {
        if (error instanceof StructuredFieldError) return invalid(error.message);
        throw error;
    }
}

interface Candidate extends Covered {
    readonly signature: Buffer;
}

function candidateOf(label: string, inputs: Dictionary, signatures: Dictionary): Candidate | undefined {
    const [input, signature] = [inputs.get(label), signatures.get(label)];
    const [bytes] = signature ?? [];
    if (input === undefined || !isInnerList(input) || !(bytes instanceof ArrayBuffer)) return undefined;
    const [components, parameters] = input;
    return { components, parameters, signature: Buffer.from(bytes) };
}

function signedIn(
    message: HttpMessage,
    candidate: Candidate | undefined,
    { keys, required, now }: Verification,
): Signed | SignatureFault {
    if (candidate === undefined) return invalid("a signature is not described, or is no bytes");
    const { components, parameters, signature } = candidate;
    // One that covers but a part of a header, `"content-digest";key="sha-512"`, does not cover the header.
    const covered = components.flatMap(([name, { size }]) => (size === 0 ? [name] : []));
    const missing = required.find((name) => !covered.includes(name));
    if (missing !== undefined) return invalid(`the signature does not cover ${missing}`);
    const key = keyBy(parameters.get("keyid"), parameters.get("alg"), keys);
    if ("code" in key) return key;
    const untimely = untimeliness(parameters.get("created"), parameters.get("expires"), now / 1000);
    if (untimely !== undefined) return invalid(untimely);
    try {
        const base = signatureBase(message, candidate);
        // The length tells r‖s from DER.
        const isGood =
            signature.length === 64 && verifies("sha256", base, { key, dsaEncoding: "ieee-p1363" }, signature);
        return isGood
            ? { digest: hash("sha256", base, "base64url") }
            : invalid("the signature is not one of this message by the key");
    } catch (error) {
        if (error instanceof ComponentError) return invalid(error.message);
        throw error;
    }
}

function keyBy(keyid: unknown, algorithm: unknown, keys: readonly Jwk[]): KeyObject | SignatureFault {
    const named = keys.filter((jwk) => jwk.kid === keyid && mayVerify(jwk));
    const [jwk] = named;
    // Two keys of one name are a mistake, or someone's attempt to be taken for another.
    if (jwk === undefined || named.length > 1) {
        return { code: "key_not_found", reason: "keyid names no signing key of the profile" };
    }
    const key = es256KeyOf(jwk);
    const isOther = algorithm !== undefined && algorithm !== "ecdsa-p256-sha256";
    if (key === undefined || isOther) return { code: "algorithm_unsupported", reason: "signatures are ES256" };
    return key;
}

/**
 * A signature without a time would count for ever; one that tells only when it ends counts no longer than another.
 * @param now in seconds
 */
function untimeliness(created: unknown, expires: unknown, now: number): string | undefined {
    for (const time of [created, expires]) {
        if (time !== undefined && !Number.isSafeInteger(time)) return "created and expires are whole seconds";
    }
    if (typeof created !== "number" && typeof expires !== "number") return "the signature needs created or expires";
    if (typeof created === "number" && created > now + skew) return "the signature is of the future";
    if (typeof created === "number" && created < now - longestAge) return "the signature is too old";
    if (typeof expires === "number" && expires < now - skew) return "the signature has expired";
    if (typeof created !== "number" && Number(expires) > now + longestAge + skew) {
        return "without created, expires must be within five minutes";
    }
    return undefined;
}

const invalid = (reason: string): SignatureFault => ({ code: "signature_invalid", reason });
