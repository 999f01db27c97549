import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import type { components } from "../../spec/generated/orders.types.ts";

/** A body of `POST /orders`. */
export type MappedOrder = components["schemas"]["CartOrder"];

/** An order of another shop that is none for this one, or cannot be read. */
export class UnmappableOrderError extends Error {
    override readonly name = "UnmappableOrderError";
}

/** Another shop's order by a member that it has in one of its forms. */
export function objectIn(value: unknown, what: string): JsonObject {
    if (isJsonObject(value)) return value;
    throw new UnmappableOrderError(`${what} is no object`);
}

export const listIn = (value: unknown): readonly JsonObject[] =>
    Array.isArray(value) ? value.filter((element) => isJsonObject(element)) : [];

/** In one line, cut to the 255 characters that names have; undefined if nothing is visible. */
export function lineIn(...values: readonly unknown[]): string | undefined {
    const text = values
        .flatMap((value) => (typeof value === "string" || typeof value === "number" ? [String(value)] : []))
        .join(" ")
        .replace(/\s+/g, " ")
        .trim();
    if (text === "") return undefined;
    const characters = [...text];
    return characters.length > 255 ? `${characters.slice(0, 254).join("")}…` : text;
}

/** `"19.90"` and 19.9, in units. Throws UnmappableOrderError. */
export function amountIn(value: unknown, what: string): number {
    const amount = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof amount === "number" && Number.isFinite(amount)) return amount;
    throw new UnmappableOrderError(`${what} is ${JSON.stringify(value)}, which is no amount`);
}

/**
 * `#1001` is `1001`. Ids that begin with `ord_` are the checkout's. What loses more than its `#` ends in a digest of it, so
 * that two numbers never become one.
 */
export function orderIdIn(value: unknown): string {
    const number = String(value ?? "")
        .trim()
        .replace(/^#/, "");
    const id = number.replace(/[^A-Za-z0-9._-]/g, "").replace(/^[._-]+|^ord_+/, "");
    if (id === "") throw new UnmappableOrderError(`${JSON.stringify(value)} is no order number`);
    if (id === number && id.length <= 64) return id;
    return `${id.slice(0, 55)}-${createHash("sha256").update(number).digest("hex").slice(0, 8)}`;
}

/** An id of a product, of the first value that is one. */
export const productIdIn = (...values: readonly unknown[]): string | undefined =>
    values
        .flatMap((value) => (typeof value === "string" || typeof value === "number" ? [String(value)] : []))
        .find((id) => id !== "0" && /^[!-~]{1,64}$/.test(id));

/** Notes of an order, without those that are empty; long ones are cut. */
export function metadataOf(notes: Readonly<Record<string, unknown>>): NonNullable<MappedOrder["metadata"]> {
    const usable = Object.entries(notes).map(([name, value]) => [name, noteIn(value)] as const);
    return Object.fromEntries(usable.filter(([, value]) => value !== ""));
}

function noteIn(value: unknown): string | number | boolean {
    if (typeof value === "number" || typeof value === "boolean") return value;
    const text = typeof value === "string" ? value.replace(/(?![\n\t])\p{Cc}/gu, " ").trim() : "";
    return [...text].slice(0, 500).join("");
}

/** A name and an e-mail address, as far as there are any. Sales at a counter have neither. */
export function customerOf(name: string | undefined, email: unknown): MappedOrder["customer"] {
    if (typeof email === "string" && email.trim() !== "") return { ...(name && { name }), email: email.trim() };
    return name ?? "Unknown";
}

/** An address in lines. */
export const addressOf = (...lines: readonly (string | undefined)[]): string => lines.filter(Boolean).join("\n");
