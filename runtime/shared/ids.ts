import { createHash, randomUUID } from "node:crypto";

/** A UUID of version 7 (RFC 9562), sortable by time. */
export function uuidV7(now = Date.now()): string {
    const time = now.toString(16).padStart(12, "0");
    // Node.js makes random UUIDs (version 4) in advance; the variant is the same.
    return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
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
