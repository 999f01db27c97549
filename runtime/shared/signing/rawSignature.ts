/** Bytes that are no ECDSA signature of P-256 in DER. */
export class DerError extends Error {
    override readonly name = "DerError";
}

/** Bytes of each number of a signature by P-256. */
const width = 32;

/**
 * An ECDSA signature of P-256 as r‖s, which RFC 9421 wants, from DER, which KMS gives (RFC 3279, section 2.2.3). Throws
 * DerError.
 */
export function rawSignature(der: Uint8Array): Uint8Array {
    // A sequence of less than 128 bytes, which both numbers always are.
    if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new DerError("the signature is no sequence");
    const r = numberAt(der, 2);
    const s = numberAt(der, r.end);
    if (s.end !== der.length) throw new DerError("the signature has more than two numbers");
    const raw = new Uint8Array(2 * width);
    raw.set(r.bytes, width - r.bytes.length);
    raw.set(s.bytes, 2 * width - s.bytes.length);
    return raw;
}

/** The bytes of a positive number, without the zero that tells its sign. */
function numberAt(der: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } {
    const length = der[at + 1] ?? 0;
    const end = at + 2 + length;
    const bytes = der.subarray(at + 2, end);
    if (der[at] !== 0x02 || length === 0 || bytes.length !== length) throw new DerError("a number is missing");
    const isSigned = (bytes[0] ?? 0) >= 0x80;
    const significant = bytes[0] === 0 ? bytes.subarray(1) : bytes;
    if (isSigned || significant.length > width) throw new DerError("a number is negative or too long");
    return { bytes: significant, end };
}
