import { createHash, randomBytes } from "node:crypto";

/** A UUID of version 7 (RFC 9562), sortable by time. */
export function uuidV7(now = Date.now()): string {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(now, 0, 6);
    return uuid(bytes, 7);
}

/** A deterministic UUID of version 8 (RFC 9562, appendix B.2). */
export function uuidOf(...texts: readonly string[]): string {
    // As JSON, so that ("a", "bc") and ("ab", "c") differ.
    return uuid(createHash("sha256").update(JSON.stringify(texts)).digest(), 8);
}

function uuid(bytes: Buffer, version: number): string {
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
