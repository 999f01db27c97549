import { randomUUID } from "node:crypto";
import type { Operation } from "./operation.ts";

export type JsonObject = Record<string, unknown>;

/** The input as the services take it. Made once for all tries of a call, which thereby have one token. */
export function serialized({ token }: Operation, input: object): string {
    const whole = token === undefined ? input : { [token]: randomUUID(), ...defined(input) };
    return isPlain(whole) ? JSON.stringify(whole) : JSON.stringify(whole, wireValue);
}

/** Whether JSON says it as it is, which is usual, and much quicker. */
function isPlain(value: unknown): boolean {
    if (typeof value !== "object") return true;
    if (value === null || value instanceof Uint8Array) return false;
    if (Array.isArray(value)) return value.every(isPlain);
    for (const name in value) {
        if (!isPlain((value as JsonObject)[name])) return false;
    }
    return true;
}

const defined = (input: object) => Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));

/** Bytes as Base64; members that are null are left out, as the SDK does. */
function wireValue(this: unknown, name: string, value: unknown): unknown {
    if (value === null) return Array.isArray(this) ? null : undefined;
    if (typeof value !== "object") return value;
    // Buffers have made themselves an object by now.
    const original = (this as JsonObject)[name];
    if (!(original instanceof Uint8Array)) return value;
    return Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString("base64");
}

/** The members of a response, also where it is no object. */
export const parsed = (text: string): JsonObject => (text === "" ? {} : Object(JSON.parse(text)));

/** The output of an operation from the text of the response. */
export function deserialized({ times = [], bytes = [], attributes }: Operation, text: string): JsonObject {
    const output = parsed(text);
    for (const name of times) {
        const value = output[name];
        if (typeof value === "number") output[name] = new Date(value * 1000);
    }
    for (const name of bytes) {
        const value = output[name];
        if (typeof value === "string") output[name] = bytesOf(value);
    }
    if (attributes && hasBytes(text)) decodeBytes(output);
    return output;
}

/** Attribute values with bytes are rare: the text says whether to look for them. */
export const hasBytes = (text: string) => text.includes('"B"') || text.includes('"BS"');

/** Replaces Base64 by bytes in all attribute values. An attribute that is named `B` has an object as its value. */
export function decodeBytes(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    const members = value as JsonObject;
    for (const [name, member] of Object.entries(members)) {
        if (name === "B" && typeof member === "string") members[name] = bytesOf(member);
        else if (name === "BS" && Array.isArray(member)) members[name] = member.map((text) => bytesOf(String(text)));
        else decodeBytes(member);
    }
}

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
